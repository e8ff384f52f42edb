"""What may be said about an intervention."""

from wtforms import Form as PlainForm
from wtforms import SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.forms import Choose, Day, Form, LongText, OneOf, Pick, Text, Tick, TimeOfDay
from tracker.interventions.words import (
    SCREEN,
    InterventionModel,
    InterventionOutcome,
    InterventionStatus,
    ParticipantRole,
    ScreenAnswer,
)


class Boxes(SelectMultipleField):
    """Some of a few given rows or steps, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: PlainForm) -> None:
        """Only what is offered."""
        if not set(self.data or ()) <= {code for code, *_ in self.choices or ()}:
            raise ValidationError("Choose among those shown.")


class BeginForm(Form):
    """Which way to invite the person into help."""

    model = OneOf("How", InterventionModel, needed="Choose how the family would go about it.")
    aim = LongText("What the family hopes for, in their words", limit=4000)
    led_by = Text("Who leads it")
    sessions_planned = Text("Sessions planned", limit=3)

    def sessions(self) -> int | None:
        """The number of sessions, or None when it was left out or is no number."""
        text = self.sessions_planned.data or ""
        return int(text) if text.isascii() and text.isdigit() and 0 < int(text) <= 60 else None


class ScreenForm(Form):
    """The safety screen: asked before any face-to-face meeting."""

    violence = OneOf(SCREEN[0][1], ScreenAnswer)
    suicide = OneOf(SCREEN[1][1], ScreenAnswer)
    withdrawal = OneOf(SCREEN[2][1], ScreenAnswer)
    psychosis = OneOf(SCREEN[3][1], ScreenAnswer)
    minors = OneOf(SCREEN[4][1], ScreenAnswer)
    private = Tick("Violence was asked about in private")
    note = LongText("What was said", limit=4000)

    def answers(self) -> dict[str, ScreenAnswer | None]:
        """Question code to answer."""
        return self.facts(*[code for code, _ in SCREEN])


class SignForm(Form):
    """A supervisor's sign-off."""

    signed_note = Text("What makes it safe enough to go on", needed="Enter what makes it safe enough to go on.", limit=300)


class ParticipantForm(Form):
    """Who takes part."""

    person = Pick("Of the family")
    name = Text("Or somebody else, by name")
    role = Choose("As", ParticipantRole, needed="Choose as what they take part.")


class PrepareForm(Form):
    """The steps of the model."""

    steps = Boxes("Steps done")


class MeetingForm(Form):
    """When and where."""

    day = Day("Day", needed="Enter a day.")
    time = TimeOfDay("Time, where the family is", needed="Enter a time, like 4:30 PM.")
    place = Text("Where", limit=300)


class HeldForm(Form):
    """Who came."""

    came = Boxes("Who came")
    note = LongText("What to remember", limit=4000)


class OutcomeForm(Form):
    """What came of it."""

    outcome = Choose("What came of it", InterventionOutcome, needed="Choose what came of it.")
    outcome_note = LongText("In their words", limit=4000)


class StatusForm(Form):
    """Another state."""

    status = Choose("State", InterventionStatus, needed="Choose a state.")
    why = Text("Why", limit=300)
