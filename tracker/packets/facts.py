"""What became of a packet, in order: what staff said of it by hand, and what the mail room learned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from tracker.db import db
from tracker.mailroom.models import Letter, LetterEvent
from tracker.mailroom.words import LetterState
from tracker.packets.models import Delivery, Packet
from tracker.packets.words import DeliveryChannel, DeliveryStatus
from tracker.staff.models import Staff

TO_SOMEBODY = (DeliveryStatus.HANDED_OVER, DeliveryStatus.READ_ALOUD)
GOOD = (DeliveryStatus.HANDED_OVER, DeliveryStatus.ACKNOWLEDGED, DeliveryStatus.READ_ALOUD, DeliveryStatus.DELIVERED, DeliveryStatus.ACCEPTED)
BAD = (DeliveryStatus.BOUNCED, DeliveryStatus.FAILED, DeliveryStatus.UNKNOWN, DeliveryStatus.EXPIRED, DeliveryStatus.DECLINED)
ICONS = {
    DeliveryStatus.WAITING: "hourglass", DeliveryStatus.SENDING: "send", DeliveryStatus.CANCELLED: "history", DeliveryStatus.PRINTED: "printer",
    **dict.fromkeys(GOOD, "circle-check"), **dict.fromkeys(BAD, "alert-triangle"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened to a packet. `by` is None where the program or another server did it."""

    status: DeliveryStatus
    at: datetime
    words: str
    by: str | None
    to: str | None = None
    channel: str = ""


def told(packet: Packet) -> list[Fact]:
    """Everything that became of a packet (loaded with its deliveries), in order of time."""
    by_hand = [
        Fact(one.status, one.at, _words(one), one.by.name, one.given_to.name if one.given_to else None, one.channel.label) for one in packet.deliveries
    ]
    query = (
        select(LetterEvent, Staff.name).join(Letter, Letter.id == LetterEvent.letter_id).outerjoin(Staff, Staff.id == LetterEvent.by_id)
        .where(Letter.packet_id == packet.id).order_by(LetterEvent.id).limit(100)
    )
    by_mail = [Fact(status_of(event.state), event.at, event.words, name, None, "E-mail") for event, name in db.session.execute(query)]
    return sorted([*by_hand, *by_mail], key=lambda fact: fact.at)


def standing(packet: Packet, letter: Letter | None) -> DeliveryStatus:
    """What is true of a sealed packet now: the newest of what was said by hand and what the mail room knows."""
    last = packet.deliveries[-1] if packet.deliveries else None
    return standing_of(last, letter)


def standing_of(last: Delivery | None, letter: Letter | None) -> DeliveryStatus:
    """The same from the newest fact by hand and the letter."""
    if letter is not None and (last is None or letter.state is LetterState.BOUNCED):
        return status_of(letter.state)
    return last.status if last is not None else DeliveryStatus.WAITING


def label_of(status: DeliveryStatus, channel: DeliveryChannel | None) -> str:
    """A status in the words of its channel."""
    if channel is DeliveryChannel.POSTAL:
        return {DeliveryStatus.PRINTED: "Printed, to be posted", DeliveryStatus.ACCEPTED: "Posted"}.get(status, status.label)
    return status.label


def tone_of(status: DeliveryStatus) -> str:
    """How a status is coloured."""
    if status in GOOD:
        return "ok"
    if status in BAD:
        return "late"
    return "soon" if status in (DeliveryStatus.WAITING, DeliveryStatus.SENDING) else "n"


def status_of(state: LetterState) -> DeliveryStatus:
    """A letter's state as the delivery status of its packet."""
    return DeliveryStatus(state.value)


def statuses(packets: Sequence[Packet]) -> dict[int, DeliveryStatus]:
    """What is true of each of some sealed packets, by key: three questions for all of them."""
    keys = [packet.id for packet in packets]
    last: dict[int, Delivery] = {}
    for fact in db.session.scalars(select(Delivery).where(Delivery.packet_id.in_(keys)).order_by(Delivery.id)):
        last[fact.packet_id] = fact
    letters = {letter.packet_id: letter for letter in db.session.scalars(select(Letter).where(Letter.packet_id.in_(keys)))}
    return {packet.id: standing_of(last.get(packet.id), letters.get(packet.id)) for packet in packets if packet.sealed_at}


def _words(one: Delivery) -> str:
    tracking = f"Tracking {one.tracking}." if one.tracking else ""
    return " ".join(part for part in (one.note, tracking) if part)
