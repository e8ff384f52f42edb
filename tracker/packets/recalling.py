"""A recall: everybody who holds an edition that was replaced or retired is sent the new one, or somebody is asked to see to it."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker import clock, journal
from tracker.cases.actions import ask_for_packet
from tracker.cases.models import Case
from tracker.db import db
from tracker.journal import Kind
from tracker.library import queries as library
from tracker.library.models import Edition
from tracker.library.words import MaterialStatus
from tracker.moves import Refused
from tracker.packets import actions, content, leaving
from tracker.packets.models import Packet, PacketItem, Recall, RecallLine
from tracker.packets.words import BY_MAIL, CHANNELS, Reached
from tracker.people.models import Person
from tracker.staff.sessions import Actor

BEGUN = journal.verb("recall.begun", Kind.CHANGE, "history", "Everybody who holds {title}, version {number}, is to be reached. {why}")
REACHED = journal.verb("recall.reached", Kind.PACKET, "history", "Packet {receipt} holds a version that was replaced: {what}. {words}")

LINE = {
    "en": "This takes the place of something we sent you before. Please use this one.",
    "es": "Esto reemplaza algo que le mandamos antes. Por favor, use este.",
}


def begin(edition: Edition, why: str, *, by: Actor) -> Recall:
    """Set out to reach everybody who holds an edition; the work is done by the queue, line by line.

    Raises:
        Refused: the edition is the one that is handed out today.
    """
    if edition.status is MaterialStatus.PUBLISHED:
        raise Refused(None, "This version is the one that is handed out today. Nothing takes its place.")
    recall = Recall(edition=edition, why=why.strip(), by=by.staff, at=clock.now())
    db.session.add(recall)
    db.session.flush()
    journal.record(BEGUN, by=by, about=recall, title=edition.title, number=edition.number, why=why)
    return recall


def rebuild(packet: Packet, case: Case, edition: Edition, *, by: Actor) -> Packet | str:
    """Build the packet that takes an older one's place, where it may go to the very address that was used before.

    Returns:
        the new packet, not sealed and without pages yet; or why that cannot be, in a sentence.
    """
    material = library.material_by_key(edition.material_id)
    fresh = library.current(material) if material else None
    if fresh is None:
        return "Nothing takes its place: it was withdrawn."
    mail = [way for way in leaving.ways(packet, case).open if way.leaving in BY_MAIL and way.point and way.point.id == packet.point_id]
    if not any(CHANNELS[way.leaving] is packet.channel for way in mail):
        return f"It went {packet.channel.label.lower() if packet.channel else 'by hand'} and cannot be sent by itself."
    title = content.NEUTRAL_TITLE
    line = LINE["es" if packet.language.startswith("es") else "en"]
    try:
        made = actions.build(case, actions.Wish([fresh], packet.receiver, title, line, large_print=packet.large_print), by=by)
    except Refused as refused:
        return refused.sentence
    made.replaces_id = packet.id
    db.session.flush()
    return made


def begun(packet: Packet) -> Packet | None:
    """The packet that was built to take a packet's place and has not left yet, as a worker left it."""
    items = selectinload(Packet.items).joinedload(PacketItem.edition).joinedload(Edition.material)
    query = select(Packet).where(Packet.replaces_id == packet.id, Packet.sealed_at.is_(None), Packet.withdrawn_at.is_(None))
    people = joinedload(Packet.receiver).selectinload(Person.points)
    options = (items, people, joinedload(Packet.built_by), selectinload(Packet.deliveries), joinedload(Packet.case).joinedload(Case.family))
    return db.session.scalars(query.options(*options).order_by(Packet.id.desc())).first()


def send(made: Packet, packet: Packet, case: Case, *, by: Actor) -> str:
    """Let the new packet leave for the address that was read back before.

    Returns:
        "" when it waits in the outbox now; else why not.
    """
    channel = packet.channel
    way = next((one for one in leaving.ways(made, case).open if one.point and one.point.id == packet.point_id and CHANNELS[one.leaving] is channel), None)
    try:
        leaving.seal(made, case, way.code if way else None, read_back=True, by=by)
    except Refused as refused:
        return refused.sentence
    return ""


def ask(packet: Packet, case: Case, edition: Edition, *, by: Actor) -> None:
    """Ask packet staff to see to it: the case then stands in their queue, with what it is about."""
    words = f"“{edition.title}” was replaced: {packet.receiver.called} holds version {edition.number}."
    asked = case.packet_asked_note if case.packet_asked_at else ""
    ask_for_packet(case, f"{asked} {words}".strip()[:300], by=by)


def note(recall: Recall, packet: Packet, reached: Reached, words: str, new: Packet | None = None, *, by: Actor) -> RecallLine:
    """Write down what was done about one packet; it never changes."""
    line = RecallLine(recall_id=recall.id, packet_id=packet.id, reached=reached, words=words[:300], new_packet_id=new.id if new else None, at=clock.now())
    db.session.add(line)
    db.session.flush()
    journal.record(REACHED, by=by, about=packet, case_id=packet.case_id, receipt=packet.receipt, what=reached.label.lower(), words=words)
    return line
