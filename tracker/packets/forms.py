"""What may be said when a packet is built, ordered and handed over."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectMultipleField, ValidationError
from wtforms.validators import Length

from tracker.forms import AtMost, Form, LongText, OneOf, PickOne, Text, Tick
from tracker.library.models import Edition
from tracker.packets.actions import MOST
from tracker.packets.content import NEUTRAL_TITLE
from tracker.packets.glyphs import unprintable
from tracker.packets.ways import Ways
from tracker.packets.words import DeliveryStatus
from tracker.people.models import Person


def _prints(_form: Form, field: Text) -> None:
    bad = unprintable(field.data or "")
    if bad:
        raise ValidationError(f"{field.label.text}: the printer has no sign for {' '.join(bad[:8])}. Leave it out or write it in words.")


class Chosen(SelectMultipleField):
    """Editions by their public id; only those that the page offered."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, choices=[], validators=[Length(max=MOST, message=f"Choose at most {MOST} materials.")], **more)

    def pre_validate(self, form: Form) -> None:
        if not self.data:
            raise ValidationError("Choose at least one material.")
        if not set(self.data) <= {code for code, _ in self.choices}:
            raise ValidationError("Choose among the materials shown.")


class PacketForm(Form):
    """Choose, for whom, and a line from the sender."""

    chosen = Chosen("Materials")
    receiver = PickOne("For", "Choose who it is for.")
    title = Text("Title on the first page", "Enter a title.", limit=80, default=NEUTRAL_TITLE, validators=[_prints])
    line = LongText("A line from you", limit=600, validators=[_prints])
    name_on_cover = Tick("Put their name on the first page")
    large_print = Tick("Large print")
    with_qr = Tick("QR code to read it on a phone")

    def offer(self, editions: Sequence[Edition], people: Sequence[Person]) -> None:
        """Fill in what may be chosen."""
        self.editions = editions
        self.chosen.choices = [(str(edition.public_id), edition.title) for edition in editions]
        self.receiver.choices = [(str(person.public_id), person.name) for person in people]


class OrderForm(Form):
    """Another order of the materials; `move` is "place:up" or "place:down" where there is no script."""

    def wished(self, raw: Sequence[str], move: str, count: int) -> list[int]:
        """The present places in the order wished for (garbage comes back as an order that no packet has)."""
        try:
            order = [int(place) for place in raw[: count + 1]]
            if move:
                place, _, way = move.partition(":")
                at = order.index(int(place))
                to = min(max(at + (-1 if way == "up" else 1), 0), len(order) - 1)
                order.insert(to, order.pop(at))
        except ValueError:
            return []
        return order


class SealForm(Form):
    """How it leaves the desk; an address is read back first."""

    way = PickOne("How does it go to them", "Choose how it leaves the desk.")
    read_back = Tick("I read the address back, and it is right")
    note = Text("A line: where, or who was there", limit=300)

    def offer(self, ways: Ways) -> None:
        """Only the ways that are open now."""
        self.way.choices = [(way.code, way.label) for way in ways.open]


class TellForm(Form):
    """What came after: added under the receipt, never instead of it."""

    what = OneOf("What happened", DeliveryStatus, "Choose what happened.", only=())
    note = Text("Note", limit=300)
    tracking = Text("Tracking number", limit=60)

    def offer(self, follow: Sequence[tuple[DeliveryStatus, str]]) -> None:
        """What may follow, in the words of its channel."""
        self.what.choices = [(status.value, label) for status, label in follow]


class SeenForm(Form):
    """What was done about a packet that did not arrive."""

    note = Text("What was done", "Enter what was done.", limit=200)


class RecallForm(Form):
    """Why everybody who holds an edition is to be reached."""

    why = Text("Why it was replaced", "Enter why it was replaced.", limit=300)


class AskForm(Form):
    """What the family needs, for whoever builds the packet."""

    note = Text("What should be in it, and for whom", limit=300, validators=[AtMost(300)])
