"""Who holds what: all that a family was given, who holds an edition that was replaced, and who never got what they should have."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker import clock
from tracker.cases.access import visible_to
from tracker.cases.models import Case
from tracker.consents.reaching import may_reach, said_by
from tracker.consents.words import Channel, ReachPurpose, Verdict
from tracker.db import db
from tracker.library.models import Edition, Material
from tracker.library.words import MaterialStatus
from tracker.mailroom.models import Letter
from tracker.mailroom.words import LetterState
from tracker.packets.models import Packet, PacketItem, Recall, RecallLine
from tracker.people.models import Family, Person, PointKind, Relation
from tracker.staff.sessions import Actor

SIZE = 25
NEVER_CAME = (LetterState.CANCELLED, LetterState.FAILED, LetterState.EXPIRED, LetterState.BOUNCED)


@dataclass(frozen=True, slots=True)
class Held:
    """One edition that somebody of a family was given; `now` is the number of today's edition, None when there is none."""

    edition: Edition
    packet: Packet
    now: int | None


def came() -> ColumnElement[bool]:
    """Packets that left and, as far as anybody knows, came."""
    return Packet.sealed_at.is_not(None) & ~exists().where(Letter.packet_id == Packet.id, Letter.state.in_(NEVER_CAME))


def held_by(case: Case) -> list[Held]:
    """All that the people of a case were given, newest first."""
    query = (
        select(Edition, Packet).join(PacketItem, PacketItem.edition_id == Edition.id).join(Packet, Packet.id == PacketItem.packet_id)
        .where(Packet.case_id == case.id, came()).options(joinedload(Edition.material), joinedload(Packet.receiver), joinedload(Packet.sealed_by))
        .order_by(Packet.sealed_at.desc(), PacketItem.position).limit(200)
    )  # fmt: skip
    rows = db.session.execute(query).all()
    current = _current({edition.material_id for edition, _ in rows})
    return [Held(edition, packet, current.get(edition.material_id)) for edition, packet in rows]


def edition_of(public_id: object) -> Edition | None:
    """An edition with its material."""
    return db.session.scalars(select(Edition).where(Edition.public_id == public_id).options(joinedload(Edition.material))).first()


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds an edition: in which packet, and by which ways they may be reached today."""

    item_id: int
    packet: Packet
    reachable: tuple[str, ...]
    why_not: str
    line: RecallLine | None


def holders(actor: Actor, edition: Edition, before: int | None = None, size: int = SIZE) -> tuple[list[Holder], bool]:
    """One page of those who hold an edition, newest first, and whether there are more.

    Args:
        before: the key of the last row of the page before.
    """
    # Which ones is asked along the index of one edition; joined to cases, SQLite would read every packet of every case first.
    seen = exists().where(Packet.id == PacketItem.packet_id, Case.id == Packet.case_id, came(), visible_to(actor))
    which = select(PacketItem.id).where(PacketItem.edition_id == edition.id, seen)
    if before is not None:
        which = which.where(PacketItem.id < before)
    keys = db.session.scalars(which.order_by(PacketItem.id.desc()).limit(size + 1)).all()
    query = (
        select(PacketItem.id, Packet).join(Packet, Packet.id == PacketItem.packet_id).where(PacketItem.id.in_(keys))
        .options(
            joinedload(Packet.case).joinedload(Case.family), joinedload(Packet.receiver).selectinload(Person.points), joinedload(Packet.sealed_by)
        )
    )  # fmt: skip
    rows = db.session.execute(query.order_by(PacketItem.id.desc())).all()
    shown, said = rows[:size], said_by([packet.receiver_id for _, packet in rows])
    done = _lines(edition, [packet.id for _, packet in shown])
    found = []
    for key, packet in shown:
        ways, why = _reachable(packet, said[packet.receiver_id])
        found.append(Holder(key, packet, ways, why, done.get(packet.id)))
    return found, len(rows) > size


def _reachable(packet: Packet, said: dict) -> tuple[tuple[str, ...], str]:
    found, why, moment = [], "", clock.now()
    for channel, kind in ((Channel.EMAIL, PointKind.EMAIL), (Channel.CALL, PointKind.PHONE), (Channel.POST, PointKind.POST), (Channel.IN_PERSON, None)):
        if kind is not None and not any(point.kind is kind and point.retired_at is None for point in packet.receiver.points):
            continue
        answer = may_reach(packet.receiver, channel, purpose=ReachPurpose.MATERIAL, at=moment, case=packet.case, said=said)
        if answer.verdict is Verdict.BLOCKED:
            why = why or answer.reason
        else:
            found.append(channel.label)
    return tuple(found), why


def _lines(edition: Edition, packet_ids: Sequence[int]) -> dict[int, RecallLine]:
    query = (
        select(RecallLine).join(RecallLine.recall).where(RecallLine.packet_id.in_(packet_ids), Recall.edition_id == edition.id)
        .options(joinedload(RecallLine.new_packet)).order_by(RecallLine.id)
    )  # fmt: skip
    return {line.packet_id: line for line in db.session.scalars(query)}


def to_be_reached(actor: Actor, edition: Edition, recall_id: int, after: int = 0) -> tuple[int, Packet] | None:
    """The next packet with an edition about which a recall has done nothing yet, oldest first, with the key of its item.

    Args:
        after: the key of the item that was reached last; what stands before it is not looked at again.
    """
    done = exists().where(RecallLine.packet_id == PacketItem.packet_id, RecallLine.recall_id == recall_id)
    seen = exists().where(Packet.id == PacketItem.packet_id, Case.id == Packet.case_id, came(), visible_to(actor))
    which = select(PacketItem.id, PacketItem.packet_id).where(PacketItem.edition_id == edition.id, PacketItem.id > after, ~done, seen)
    found = db.session.execute(which.order_by(PacketItem.id).limit(1)).first()
    if found is None:
        return None
    query = select(Packet).where(Packet.id == found.packet_id).options(
        joinedload(Packet.case).joinedload(Case.family), joinedload(Packet.receiver), selectinload(Packet.items).joinedload(PacketItem.edition)
    )  # fmt: skip
    return found.id, db.session.scalars(query).one()


@dataclass(frozen=True, slots=True)
class Lacking:
    """An open case, and the titles that its family should have and never got."""

    case: Case
    titles: list[str]


def lacking(
    actor: Actor, materials: Sequence[Material], stages: Sequence[str], language: str, kinship: str | None, before: int | None
) -> tuple[list[Lacking], bool]:
    """Open cases at some stages whose family lacks at least one of some materials, newest first, and whether there are more.

    Args:
        language: of the materials; families of another language are not asked for.
        kinship: only where the main contact is this to the person of concern; None for everybody.
        before: the key of the last case of the page before.
    """
    keys = [material.id for material in materials]
    got = exists().where(
        Packet.case_id == Case.id, came(), PacketItem.packet_id == Packet.id, Edition.id == PacketItem.edition_id, Edition.material_id == Material.id
    )
    short = exists(select(Material.id).where(Material.id.in_(keys), ~got.correlate(Case, Material)).correlate(Case))
    query = (
        select(Case).join(Case.family).where(visible_to(actor), Case.closed_at.is_(None), Case.stage.in_(stages), short, _speaks(language))
        .options(joinedload(Case.family), joinedload(Case.main_contact), joinedload(Case.owner))
    )  # fmt: skip
    if kinship:
        query = query.where(
            exists().where(Relation.person_id == Case.main_contact_id, Relation.to_person_id == Case.person_id, Relation.kinship == kinship)
        )
    if before is not None:
        query = query.where(Case.id < before)
    found = db.session.scalars(query.order_by(Case.id.desc()).limit(SIZE + 1)).all()
    given = _given([case.id for case in found])
    titles = titles_of(materials)
    rows = [Lacking(case, [titles[key] for key in keys if key not in given.get(case.id, set()) and key in titles]) for case in found[:SIZE]]
    return rows, len(found) > SIZE


def titles_of(materials: Sequence[Material]) -> dict[int, str]:
    """Today's title of each material that has an edition."""
    query = select(Edition.material_id, Edition.title).where(
        Edition.material_id.in_([material.id for material in materials]), Edition.status == MaterialStatus.PUBLISHED
    )
    return dict(db.session.execute(query).all())


def _speaks(language: str) -> ColumnElement[bool]:
    plain = language.partition("-")[0]
    return or_(Family.language == plain, Family.language.like(f"{plain}-%"))


def _given(case_ids: Sequence[int]) -> dict[int, set[int]]:
    query = (
        select(Packet.case_id, Edition.material_id).join(PacketItem, PacketItem.packet_id == Packet.id).join(Edition, Edition.id == PacketItem.edition_id)
        .where(Packet.case_id.in_(case_ids), came())
    )  # fmt: skip
    found: dict[int, set[int]] = {}
    for case_id, material_id in db.session.execute(query):
        found.setdefault(case_id, set()).add(material_id)
    return found


def _current(material_ids: set[int]) -> dict[int, int]:
    query = select(Edition.material_id, Edition.number).where(Edition.material_id.in_(material_ids), Edition.status == MaterialStatus.PUBLISHED)
    return dict(db.session.execute(query).all())


def recalls_of(edition: Edition) -> Sequence[Recall]:
    """What was set out to reach the holders of an edition, newest first."""
    query = select(Recall).where(Recall.edition_id == edition.id).options(joinedload(Recall.by))
    return db.session.scalars(query.order_by(Recall.id.desc()).limit(20)).all()
