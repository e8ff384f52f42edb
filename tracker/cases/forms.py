"""What may be said about a case: its next step, a hold, an owner, its end, its plan, its risks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from tracker.cases.models import Plan
from tracker.cases.promises import BY_HAND
from tracker.cases.step_fields import StepFields
from tracker.cases.words import PATH, CaseStage, ClosureReason, EpisodeReason, HoldReason, PlanLimit, PlanOpenness, PromiseState, RiskFlag
from tracker.forms import Choose, Day, Form, LongText, OneOf, Pick, PickOne, SomeOf, Text
from tracker.moves import Refused
from tracker.templating import show_day
from tracker.words import Words

HELPERS = 8  # rows of a plan


class NextStepForm(StepFields):
    """Set or move the next step; end a hold; or say what follows a step that is done."""


class HoldForm(Form):
    """A case waits until a day."""

    hold_until = Day("Until", needed="Enter the day on which it comes back.")
    hold_reason = Choose("Why it waits", HoldReason, needed="Choose why it waits.")
    hold_note = Text("Note", limit=300)


class HandOverForm(Form):
    """Who has the case from now on; the choices are people who may see it."""

    owner = PickOne("New owner", needed="Choose who has it from now on.")
    note = Text("What they should know", limit=300)


class Again(Words):
    """May we be in touch again?"""

    YES = "yes", "Yes"
    NO = "no", "No"


class CloseForm(Form):
    """Why a case ends, what whoever reads it next should know, and whether we may be in touch again (domain 3.0)."""

    closure_reason = Choose("Why it closes", ClosureReason, needed="Choose why it closes.")
    closing_summary = LongText("Summary", needed="Enter a summary for whoever reads this next.", limit=4000)
    pointed_to = Text("Where they were pointed to instead", limit=300)
    again = OneOf("May we be in touch again?", Again, needed="Choose whether we may be in touch again.")

    @property
    def summary(self) -> str:
        """The summary, with where they were pointed to.

        Raises:
            Refused: it is not our service, and nothing else was named.
        """
        if self.closure_reason.data is ClosureReason.NOT_OUR_SERVICE and not self.pointed_to.data:
            raise Refused("pointed_to", "Enter where they were pointed to instead.")
        pointed = f"\nPointed to: {self.pointed_to.data}" if self.pointed_to.data else ""
        return f"{self.closing_summary.data}{pointed}"


class ReopenForm(StepFields):
    """Why a new episode begins, where it stands, and the next step."""

    reason = OneOf("Why now", EpisodeReason, needed="Choose why it opens again.", only=[r for r in EpisodeReason if r is not EpisodeReason.FIRST_CONTACT])
    stage = OneOf("Where it stands", CaseStage, needed="Choose where it stands.", only=PATH)


class PlanForm(Form):
    """The plan, tailored to the person. `version` carries the number of the plan that it was opened on (0: none)."""

    what_matters = LongText("What matters, in their words", limit=4000)
    openness = SomeOf("Open to", PlanOpenness)
    openness_note = LongText("More about that", limit=1000)
    limits = SomeOf("What it must respect", PlanLimit)
    limits_note = LongText("More about the limits", limit=1000)

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """The fields who, what and by of each row."""
        return [(self[f"who_{n}"], self[f"what_{n}"], self[f"by_{n}"]) for n in range(HELPERS)]

    def fill(self, plan: Plan | None) -> None:
        """Put the plan in force into a form that is opened."""
        self.version.data = str(plan.number if plan else 0)
        if plan is None:
            return
        self.what_matters.data, self.openness.data, self.openness_note.data = plan.what_matters, plan.openness, plan.openness_note
        self.limits.data, self.limits_note.data = plan.limits, plan.limits_note
        for row, helper in zip(self.rows(), plan.helpers, strict=False):
            row[0].data, row[1].data = helper["who"], helper["what"]
            row[2].data = date.fromisoformat(helper["by"]) if helper["by"] else None

    def helpers(self) -> list[dict[str, Any]]:
        """Who helps with what by when, as the plan keeps it.

        Raises:
            Refused: a row says what or when, and not who; or who, and not what; or nothing was written at all.
        """
        kept = []
        for who, what, by in self.rows():
            if (what.data or by.data) and not who.data:
                raise Refused(who.name, "Enter who helps.")
            if who.data and not what.data:
                raise Refused(what.name, f"Enter what {who.data} helps with.")
            if who.data:
                kept.append({"who": who.data, "what": what.data, "by": by.data.isoformat() if by.data else ""})
        if not any((self.what_matters.data, self.openness.data, self.openness_note.data, self.limits.data, self.limits_note.data, kept)):
            raise Refused("what_matters", "Enter what matters, what they are open to, or who helps.")
        return kept


for _n in range(HELPERS):
    setattr(PlanForm, f"who_{_n}", Text("Who", limit=120))
    setattr(PlanForm, f"what_{_n}", Text("With what", limit=300))
    setattr(PlanForm, f"by_{_n}", Day("By"))


class Danger(Words):
    """Whether anybody is in danger now, as far as we know."""

    NO = "no", "No"
    YES = "yes", "Yes"
    NOT_SURE = "not_sure", "Not sure"


class RiskForm(Form):
    """A risk that was said, and whether there is danger now."""

    flag = Choose("What was said", RiskFlag, needed="Choose what was said.")
    note = Text("In their words", limit=300)
    danger = OneOf("Is anyone in danger now?", Danger, needed="Choose whether anyone is in danger.")


class OverForm(Form):
    """Why a risk, or a danger, is over."""

    why = Text("How you know", needed="Enter how you know.", limit=300)


class MainContactForm(Form):
    """Whom we talk to first; the choices are people of the family."""

    main_contact = Pick("Main contact", needed="Choose whom we talk to first.")


def told_plan(plan: Plan | None) -> list[tuple[str, str]]:
    """A plan as labelled texts, to be read beside another."""
    if plan is None:
        return [(label, "") for label in ("What matters, in their words", "Open to", "What it must respect", "Who helps with what")]
    helpers = [_row(helper["who"], helper["what"], helper["by"]) for helper in plan.helpers]
    return _told(plan.what_matters, plan.openness, plan.openness_note, plan.limits, plan.limits_note, helpers)


def told_form(form: PlanForm) -> list[tuple[str, str]]:
    """What stands in a plan's form, as the same labelled texts."""
    rows = [(who.data or "", what.data or "", by.data.isoformat() if by.data else "") for who, what, by in form.rows()]
    return _told(
        form.what_matters.data, form.openness.data, form.openness_note.data, form.limits.data, form.limits_note.data,
        [_row(*row) for row in rows if any(row)],
    )  # fmt: skip


def _told(
    matters: str | None, openness: Sequence[PlanOpenness], openness_note: str | None,
    limits: Sequence[PlanLimit], limits_note: str | None, helpers: list[str],
) -> list[tuple[str, str]]:  # fmt: skip
    return [
        ("What matters, in their words", matters or ""),
        ("Open to", _listed(openness, openness_note)),
        ("What it must respect", _listed(limits, limits_note)),
        ("Who helps with what", "\n".join(helpers)),
    ]


def _listed(words: Sequence[Words], note: str | None) -> str:
    return "\n".join(part for part in (", ".join(word.label for word in words), note or "") if part)


def _row(who: str, what: str, by: str) -> str:
    return f"{who}: {what}" + (f", by {show_day(date.fromisoformat(by))}" if by else "")


class SettleForm(Form):
    """What became of a promise."""

    state = OneOf("What became of it", PromiseState, needed="Choose what became of it.", only=BY_HAND)
    note = Text("What happened", limit=300)
