"""The fields of the next step, for every form that ends in one."""

from datetime import date, timedelta
from typing import Any

from wtforms import Form as PlainForm
from wtforms import RadioField, ValidationError

from tracker import clock
from tracker.cases.actions import NextStep, due_on
from tracker.cases.models import Case
from tracker.cases.words import NextStepKind
from tracker.forms import Choose, Day, Form, Text, TimeOfDay
from tracker.moves import Refused
from tracker.templating import zone_letters

PICK = "pick"
AHEAD = 2  # years a step or a hold may lie ahead


class QuickDay(RadioField):
    """Today, tomorrow, the next weekday, or "pick"; the codes are the days themselves, so that they mean the same after midnight."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, choices=[], **more)

    def offer(self, today: date) -> None:
        """Offer the days that are near on somebody's calendar."""
        then = today + timedelta(days=2)
        while then.isoweekday() > 5:
            then += timedelta(days=1)
        near = [(today, "Today"), (today + timedelta(days=1), "Tomorrow"), (then, f"{then:%a} {then:%b} {then.day}")]
        self.choices = [(day.isoformat(), words) for day, words in near] + [(PICK, "Pick a day")]

    def pre_validate(self, form: PlainForm) -> None:
        """A form that was opened yesterday still carries yesterday's days; any real day is one."""
        if self.data and self.data != PICK and self.day is None:
            raise ValidationError("Choose one of the days shown.")

    @property
    def day(self) -> date | None:
        """The day that was pressed; None when it is to be picked, or nothing was."""
        try:
            return date.fromisoformat(self.data) if self.data else None
        except ValueError:
            return None


class StepFields(Form):
    """What happens next and when; forms that end a deed with the next step grow from it.

    Call `ask(zone)` before showing or reading it: it sets the near days on the writer's calendar.
    """

    step_kind = Choose("Kind", NextStepKind, blank="As it says", default=None)
    step = Text("Next step", limit=300)
    step_on = QuickDay("When")
    step_day = Day("Day")
    step_time = TimeOfDay("Time")

    def ask(self, zone: str) -> None:
        """Offer the near days, and say whose clock a time is on.

        Args:
            zone: IANA name of the writer's zone.
        """
        self.step_on.offer(clock.today(zone))
        self.step_time.label.text = f"Time ({zone_letters(clock.now(), zone)})"

    def fill(self, case: Case, zone: str) -> None:
        """Put a case's running step into a form that is opened."""
        self.step.data, self.step_kind.data = case.next_step_text, case.next_step_kind
        if case.next_step_at is None:
            return
        due = clock.local(case.next_step_at, zone if case.next_step_timed else case.family.zone)
        self.step_time.data = due.time().replace(second=0, microsecond=0) if case.next_step_timed else None
        if due.date() < clock.today(zone):
            return  # a day that has passed is left to be chosen anew
        near = {code for code, _ in self.step_on.choices}
        self.step_on.data = due.date().isoformat() if due.date().isoformat() in near else PICK
        self.step_day.data = due.date() if self.step_on.data == PICK else None

    def to_step(self, zone: str, family_zone: str) -> NextStep:
        """The step that was said.

        Args:
            zone: the writer's zone, in which a time of day is read.
            family_zone: where the day ends when no time was named.
        Raises:
            Refused: nothing was said, or no day, or one that has passed, or one too far ahead.
        """
        if not self.step.data:
            raise Refused("step", "Enter a next step, or choose Close case.")
        day = self.step_on.day or self.step_day.data
        where = "step_day" if self.step_on.data == PICK else "step_on"
        if day is None:
            raise Refused(where, "Choose when, or pick a day.")
        today = clock.today(zone)
        if day < today:
            raise Refused(where, "Choose a day from today on.")
        if day > today.replace(year=today.year + AHEAD, day=min(today.day, 28)):
            raise Refused("step_day", f"Choose a day within {AHEAD} years.")
        due, timed = due_on(day, zone if self.step_time.data else family_zone, self.step_time.data)
        if timed and not clock.is_shown(due):
            raise Refused("step_time", "The clocks jump over this time that night. Enter another one.")
        if timed and due < clock.now():
            raise Refused("step_time", "That time has passed. Choose a later one.")
        return NextStep(self.step_kind.data or kind_of(self.step.data), self.step.data, due, timed)


FIRST_WORDS = {
    "text": NextStepKind.TEXT, "message": NextStepKind.TEXT, "email": NextStepKind.EMAIL, "e-mail": NextStepKind.EMAIL, "meet": NextStepKind.MEETING,
    "send": NextStepKind.SEND_PACKET, "refer": NextStepKind.REFER, "ask": NextStepKind.CHECK_IN, "check": NextStepKind.CHECK_IN,
    "place": NextStepKind.PLACE, "find": NextStepKind.PLACE, "record": NextStepKind.OBTAIN_CONSENT, "decide": NextStepKind.DECIDE,
}  # fmt: skip


def kind_of(text: str) -> NextStepKind:
    """The kind of step that its first word names; a call when it names none."""
    return FIRST_WORDS.get(text.split()[0].lower().strip(",.:"), NextStepKind.CALL) if text.split() else NextStepKind.CALL
