"""The one door to a packet: its case's door for whoever builds, the register's predicate for whoever reads."""

from uuid import UUID

from flask import g, request
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.cases.access import case_or_404
from tracker.cases.models import Case
from tracker.db import db
from tracker.errors import Conflict, NotHere
from tracker.library.models import Edition
from tracker.packets.models import Delivery, Packet, PacketItem
from tracker.packets.queries import readable_by
from tracker.people.models import Person
from tracker.staff.gate import SAFE, me
from tracker.staff.permissions import Permission

WHOLE = (
    joinedload(Packet.receiver).selectinload(Person.points),
    joinedload(Packet.built_by),
    joinedload(Packet.sealed_by),
    selectinload(Packet.items).joinedload(PacketItem.edition).joinedload(Edition.material),
    selectinload(Packet.deliveries).options(joinedload(Delivery.given_to), joinedload(Delivery.by)),
)


def packet_or_404(public_id: UUID, version: int | None = None) -> Packet:
    """A packet that this request's person may read, with its case, receiver, items and deliveries.

    Raises:
        NotHere: there is none for them.
        Conflict: it was changed after the form was opened.
    """
    query = select(Packet).join(Packet.case).where(Packet.public_id == public_id, readable_by(me()))
    query = query.options(*WHOLE, joinedload(Packet.case).options(joinedload(Case.family), joinedload(Case.main_contact), joinedload(Case.owner)))
    if g.policy.writes and request.method not in SAFE:
        query = query.with_for_update(of=Packet)
    found = db.session.scalars(query).first()
    if found is None:
        raise NotHere
    if version is not None and version != found.version:
        raise Conflict("Somebody else changed this packet after you opened it.")
    return found


def packet_to_build(public_id: UUID, version: int | None = None) -> tuple[Packet, Case]:
    """A packet and its case for somebody who may build packets on that case.

    Raises:
        NotHere, NotYours: as `case_or_404` has it.
    """
    packet = packet_or_404(public_id, version)
    return packet, case_or_404(packet.case.public_id, permission=Permission.BUILD_PACKET)
