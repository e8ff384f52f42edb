"""The fields of the next step, for every form that ends in one."""

from datetime import timedelta

from wtforms import Form as PlainForm

from tracker import clock
from tracker.cases.actions import NextStep, due_on
from tracker.cases.words import NextStepKind
from tracker.forms import Choose, Day, OneOf, Text, TimeOfDay
from tracker.words import Words


class When(Words):
    """Quick answers to "when": a day, or one to pick."""

    TODAY = "today", "Today"
    TOMORROW = "tomorrow", "Tomorrow"
    NEXT_WEEKDAY = "next_weekday", "Next weekday"
    IN_A_WEEK = "in_a_week", "In a week"
    PICK = "pick", "Pick"


class NextStepFields(PlainForm):
    """Fields to mix into a Form that asks what happens next: next_step, step_kind, when, on, at."""

    next_step = Text("Next step", limit=300)
    step_kind = Choose("Kind", NextStepKind, blank="")
    when = OneOf("When", When)
    on = Day("Day")
    at = TimeOfDay("Time")

    def said_next_step(self) -> bool:
        """Whether anything of a next step was said."""
        return bool(self.next_step.data)

    def step(self, zone: str) -> NextStep | None:
        """The next step that was said, or None when none was.

        Puts a sentence beside the field and returns None when the day is missing or past; ask `errors` afterwards.

        Args:
            zone: IANA zone in which day and time are meant (the family's).
        """
        if not self.next_step.data:
            return None
        today = clock.today(zone)
        day = {
            When.TODAY: today,
            When.TOMORROW: today + timedelta(days=1),
            When.NEXT_WEEKDAY: today + timedelta(days={4: 3, 5: 2}.get(today.weekday(), 1)),
            When.IN_A_WEEK: today + timedelta(days=7),
        }.get(self.when.data, self.on.data) if self.when.data else self.on.data
        if day is None:
            self.on.errors = [*self.on.errors, "Enter a day for the next step."]
            return None
        if day < today:
            self.on.errors = [*self.on.errors, "This day is past. Enter today or a later day."]
            return None
        due, timed = due_on(day, zone, self.at.data)
        return NextStep(self.step_kind.data or kind_of(self.next_step.data), self.next_step.data, due, timed)


FIRST_WORDS = {
    "text": NextStepKind.TEXT, "message": NextStepKind.TEXT, "email": NextStepKind.EMAIL, "e-mail": NextStepKind.EMAIL, "meet": NextStepKind.MEETING,
    "send": NextStepKind.SEND_PACKET, "refer": NextStepKind.REFER, "ask": NextStepKind.CHECK_IN, "check": NextStepKind.CHECK_IN,
    "place": NextStepKind.PLACE, "find": NextStepKind.PLACE, "record": NextStepKind.OBTAIN_CONSENT, "decide": NextStepKind.DECIDE,
}  # fmt: skip


def kind_of(text: str) -> NextStepKind:
    """The kind of step that its first word names; a call when it names none."""
    return FIRST_WORDS.get(text.split()[0].lower().strip(",.:"), NextStepKind.CALL) if text.split() else NextStepKind.CALL
