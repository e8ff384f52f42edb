"""What can be asked about packets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from tracker.cases.access import visible_to
from tracker.cases.models import Case
from tracker.db import db
from tracker.library.models import Edition
from tracker.packets.models import Packet, PacketItem
from tracker.paging import SIZE
from tracker.people.models import Person
from tracker.staff.permissions import Permission, Scope, scope
from tracker.staff.sessions import Actor


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """The packets somebody may read, as an SQL predicate over Packet joined with Case.

    Packet staff read what is being built for their queue, and the packets that they handed over themselves (their own
    receipts); the others those of the cases they see.
    """
    if scope(actor.role, Permission.READ_PACKET) is Scope.QUEUE:
        return or_(Packet.sealed_by_id == actor.id, visible_to(actor))
    return visible_to(actor)


def materials_of(packets: Sequence[Packet]) -> dict[int, list[str]]:
    """The titles inside each of some packets, in order, by the packet's key."""
    query = (
        select(PacketItem.packet_id, Edition.title).join(PacketItem.edition)
        .where(PacketItem.packet_id.in_([packet.id for packet in packets])).order_by(PacketItem.packet_id, PacketItem.position)
    )
    found: dict[int, list[str]] = {}
    for key, title in db.session.execute(query):
        found.setdefault(key, []).append(title)
    return found


def waiting(actor: Actor, size: int = SIZE) -> Sequence[Case]:
    """The packet queue: cases for which a packet was asked, longest waiting first."""
    query = (
        select(Case).where(Case.packet_asked_at.is_not(None), visible_to(actor))
        .options(joinedload(Case.family), joinedload(Case.main_contact), joinedload(Case.owner))
    )
    return db.session.scalars(query.order_by(Case.packet_asked_at, Case.id).limit(size)).all()


@dataclass(frozen=True, slots=True)
class Given:
    """That a material was handed to a case before: when last, to whom, which version."""

    at: datetime
    to: str
    number: int


def given_before(case: Case) -> dict[int, Given]:
    """What this case was given, newest first wins, by the material's key."""
    query = (
        select(Edition.material_id, Packet.sealed_at, Person, Edition.number)
        .join(PacketItem, PacketItem.edition_id == Edition.id).join(Packet, Packet.id == PacketItem.packet_id)
        .join(Person, Person.id == Packet.receiver_id)
        .where(Packet.case_id == case.id, Packet.sealed_at.is_not(None)).order_by(Packet.sealed_at)
    )
    return {key: Given(at, person.called, number) for key, at, person, number in db.session.execute(query)}


def people_of(case: Case) -> Sequence[Person]:
    """The people of a case's family, main contact first."""
    found = db.session.scalars(select(Person).where(Person.family_id == case.family_id).order_by(Person.id).limit(50)).all()
    return sorted(found, key=lambda person: person.id != case.main_contact_id)


def among(people: Sequence[Person], public_id: str | None) -> Person | None:
    """The one of some people that a form named by public id."""
    return next((person for person in people if str(person.public_id) == public_id), None)
