"""What may be said in follow-up."""

from tracker.cases.step_fields import StepFields
from tracker.forms import Choose, Day, Form, LongText, Pick, Text
from tracker.recovery.words import AnchorKind, CheckInNextAction, CheckInResult


class PlanForm(Form):
    """Who agreed, and from which day on."""

    person = Pick("Who agreed to be asked how they are", needed="Choose who agreed.")
    anchor = Choose("Counted from", AnchorKind, needed="Choose what it counts from.")
    anchor_on = Day("On", needed="Enter the day it counts from.")
    wish = LongText("How often and how they want to be asked, in their words", limit=2000)
    goal = LongText("Their own goal, in their words", limit=2000)


class CheckInForm(StepFields):
    """How they are, and what the case does next. Call `ask(zone)` before showing or reading it."""

    result = Choose("How they are", CheckInResult, needed="Choose how they are.")
    next_action = Choose("What follows", CheckInNextAction, needed="Choose what follows.")
    note = LongText("In their words", limit=4000)


class TryForm(Form):
    """Not reached."""

    again_on = Day("Try again on")


class DateForm(Form):
    """Another day."""

    day = Day("Day", needed="Enter a day.")


class EndForm(Form):
    """The end of follow-up."""

    why = Text("Why it ends", needed="Enter why it ends.", limit=300)
