"""What may be said about a placement."""

from datetime import date
from typing import Any

from wtforms import HiddenField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.forms import AtMost, Day, Form, LongText, Needed, OneOf, Pick, Text, Tick
from tracker.placements.actions import BEGINS_AS
from tracker.placements.models import MOVES, Attendance, Placement, PlacementStatus


class PickSome(SelectMultipleField):
    """Some of a few given rows, by public id, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str, needed: str, **more: Any) -> None:
        super().__init__(label, validators=[Needed(needed)], **more)
        self.choices: list[tuple[str, str]] = []


class PlaceForm(Form):
    """Who goes to which meeting, from when, and when we ask."""

    people = PickSome("Who will go", needed="Choose who will go.")
    meeting = HiddenField("Meeting", validators=[Needed("Choose a meeting."), AtMost(40)])
    stands = OneOf("Where it stands", PlacementStatus, needed="Choose whether they agreed.", only=BEGINS_AS, default=PlacementStatus.AGREED)
    first_on = Pick("First meeting")
    ask_on = Day("Ask how it went")
    asked_about_faith = Tick("They were asked, and a Christian group is welcome")
    next_step = Tick("Make asking the next step of the case")

    @property
    def first_day(self) -> date | None:
        """The day of the first meeting, on the meeting's own calendar."""
        return date.fromisoformat(self.first_on.data) if self.first_on.data else None


class MoveForm(Form):
    """Where a placement goes from here."""

    stands = OneOf("How it stands now", PlacementStatus, needed="Choose how it stands now.")
    why = Text("Why, in their words", limit=300)

    def __init__(self, placement: Placement, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stands.choices = [(word.value, word.label) for word in PlacementStatus if word in MOVES[placement.status]]
        if not self.is_submitted():
            self.version.data = placement.version


class ToldForm(Form):
    """How it went, as the family tells it."""

    attendance = OneOf("How it went", Attendance, needed="Choose how it went.")
    on_day = Day("Which day", needed="Enter which day it is about.")
    note = LongText("In their words", limit=2000)
    not_for_them = Tick("This group is not for them; look for another")
    ask_on = Day("Ask again")
