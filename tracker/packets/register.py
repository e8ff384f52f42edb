"""The register: what was handed to whom, by what became of it and by channel; what needs a hand; today's post."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy import ColumnElement, Row, Select, and_, exists, or_, select
from sqlalchemy.orm import joinedload

from tracker import clock
from tracker.cases.models import NUMBERS_FROM, Case
from tracker.db import db
from tracker.mailroom.models import UNHANDLED, Letter
from tracker.mailroom.queries import overdue
from tracker.mailroom.words import LetterState
from tracker.packets.models import RECEIPTS_FROM, Delivery, Packet, PacketLink
from tracker.packets.queries import readable_by
from tracker.packets.words import DeliveryChannel, DeliveryStatus
from tracker.paging import SIZE
from tracker.people import names
from tracker.people.models import Family, Person
from tracker.staff.sessions import Actor
from tracker.words import Words

MOST_POST = 50  # packets printed in one go


class Shown(Words):
    """What became of a packet, as the register can be narrowed to."""

    BUILDING = "building", "Being built"
    WAITING = "waiting", "Waiting to leave"
    SENT = "sent", "Sent by e-mail"
    LOST = "lost", "Did not arrive"
    TO_POST = "to_post", "To be posted"
    BY_HAND = "by_hand", "By hand"


@dataclass(frozen=True, slots=True)
class Filter:
    """How the register is narrowed; what cannot be read narrows nothing."""

    shown: Shown | None = None
    channel: DeliveryChannel | None = None

    @classmethod
    def read(cls, args: Mapping[str, str]) -> Self:
        """From an address's query."""
        shown = next((word for word in Shown if word.value == args.get("show")), None)
        channel = next((word for word in DeliveryChannel if word.value == args.get("channel")), None)
        return cls(shown, channel)

    def query(self, **changes: str | None) -> dict[str, str | None]:
        """The query of the same register with something changed."""
        standing = {"show": self.shown.value if self.shown else None, "channel": self.channel.value if self.channel else None}
        return {**standing, **changes}


def rows(actor: Actor, wanted: Filter, before: int | None = None, size: int = SIZE) -> Sequence[Packet]:
    """One page (and one row more) of packets, newest first, with case, family and receiver.

    Args:
        before: the key of the last packet of the page before.
    """
    query = (
        select(Packet).join(Packet.case).where(readable_by(actor), Packet.withdrawn_at.is_(None))
        .options(joinedload(Packet.case).joinedload(Case.family), joinedload(Packet.receiver), joinedload(Packet.built_by))
    )  # fmt: skip
    if wanted.shown is not None:
        query = query.where(_became(wanted.shown))
    if wanted.channel is not None:
        query = query.where(Packet.channel == wanted.channel)
    if before is not None:
        query = query.where(Packet.id < before)
    return db.session.scalars(query.order_by(Packet.id.desc()).limit(size + 1)).all()


@dataclass(frozen=True, slots=True)
class InNeed:
    """A packet that somebody should see to, and why."""

    packet_id: object
    receipt: str
    family: str
    number: int
    receiver: str
    why: str
    at: datetime


def needs_a_hand(actor: Actor, owner_id: int | None = None, size: int = SIZE) -> list[InNeed]:
    """What came back, failed, may have arrived, waits too long, or whose link was locked or sent back; oldest first.

    Args:
        owner_id: only on the cases of one owner.
    """
    letters = _about(actor, owner_id).add_columns(Letter.state, Letter.created_at).join(Letter, Letter.packet_id == Packet.id)
    turned_back = and_(or_(PacketLink.locked_at.is_not(None), PacketLink.revoked_at.is_not(None)), PacketLink.handled_at.is_(None))
    by_link = (
        _about(actor, owner_id).add_columns(PacketLink.locked_at, PacketLink.created_at)
        .join(PacketLink, PacketLink.packet_id == Packet.id).where(turned_back)
    )  # fmt: skip
    found = []
    for which in (UNHANDLED, overdue(clock.now())):  # each from an index of its own
        found += [_in_need(row, _why(row.state)) for row in db.session.execute(letters.where(which).order_by(Packet.id).limit(size))]
    known = {one.packet_id for one in found}
    for row in db.session.execute(by_link.order_by(Packet.id).limit(size)):
        if row.public_id not in known:
            found.append(_in_need(row, "Its link was locked after wrong tries" if row.locked_at else "Whoever opened its link says it is not for them"))
    return sorted(found, key=lambda one: one.at)[:size]


def mail_of_today(actor: Actor) -> int:
    """How many packets are printed for the post and not posted yet, at most as many as are printed in one go."""
    query = select(Packet.id).join(Packet.case).where(readable_by(actor), _became(Shown.TO_POST)).limit(MOST_POST)
    return len(db.session.scalars(query).all())


def to_post(actor: Actor) -> Sequence[Packet]:
    """The packets that are to be posted, oldest first, with their receivers."""
    query = (
        select(Packet).join(Packet.case).where(readable_by(actor), _became(Shown.TO_POST))
        .options(joinedload(Packet.receiver), joinedload(Packet.case)).order_by(Packet.id).limit(MOST_POST)
    )  # fmt: skip
    return db.session.scalars(query).all()


def _became(shown: Shown) -> ColumnElement[bool]:
    mail = lambda *states: exists().where(Letter.packet_id == Packet.id, Letter.state.in_(states))  # noqa: E731
    fact = lambda *statuses: exists().where(Delivery.packet_id == Packet.id, Delivery.status.in_(statuses))  # noqa: E731
    match shown:
        case Shown.BUILDING:
            return Packet.sealed_at.is_(None)
        case Shown.WAITING:
            return mail(LetterState.WAITING, LetterState.SENDING)
        case Shown.SENT:
            return mail(LetterState.ACCEPTED, LetterState.DELIVERED)
        case Shown.LOST:
            back = and_(Packet.channel == DeliveryChannel.POSTAL, fact(DeliveryStatus.BOUNCED))
            return or_(mail(LetterState.BOUNCED, LetterState.FAILED, LetterState.UNKNOWN, LetterState.EXPIRED), back)
        case Shown.TO_POST:
            return and_(Packet.channel == DeliveryChannel.POSTAL, ~fact(DeliveryStatus.ACCEPTED))
        case _:
            hands = or_(Packet.channel.is_(None), Packet.channel.in_((DeliveryChannel.PRINT_IN_PERSON, DeliveryChannel.READ_ALOUD)))
            return and_(Packet.sealed_at.is_not(None), hands)


def _about(actor: Actor, owner_id: int | None) -> Select:
    query = (
        select(Packet.id, Packet.public_id, Family.name, Case.id.label("case_id"), Person.first_name, Person.last_name)
        .join(Packet.case).join(Family, Family.id == Case.family_id).join(Packet.receiver).where(readable_by(actor))
    )  # fmt: skip
    return query.where(Case.owner_id == owner_id) if owner_id is not None else query


def _in_need(row: Row, why: str) -> InNeed:
    who = names.whole(row.first_name, row.last_name)
    return InNeed(row.public_id, f"PK-{RECEIPTS_FROM + row.id}", names.family(row.name), NUMBERS_FROM + row.case_id, who, why, row.created_at)


def _why(state: LetterState) -> str:
    return "Waits too long: the worker that sends does not run" if state in (LetterState.WAITING, LetterState.SENDING) else state.label
