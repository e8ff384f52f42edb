"""What may be done with a packet on the desk: build it, change it, order it, put it aside."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app

from tracker import clock, journal, sealed
from tracker.cases.actions import ask_for_packet, leave_packet_queue, must_be_open
from tracker.cases.models import Case
from tracker.consents.queries import may_reach
from tracker.consents.words import Channel, ReachPurpose
from tracker.db import db
from tracker.journal import Kind
from tracker.library.models import Edition
from tracker.library.words import MaterialStatus
from tracker.moves import Refused
from tracker.packets import links
from tracker.packets.models import Packet, PacketItem
from tracker.people.models import Person
from tracker.staff.sessions import Actor

BUILT = journal.verb("packet.built", Kind.CHANGE, "package", "Packet begun")
WITHDRAWN = journal.verb("packet.withdrawn", Kind.CHANGE, "package", "Packet put aside, nothing was handed over")
UNASKED = journal.verb("packet.unasked", Kind.CHANGE, "package", "No packet is needed any more")
MOST = 20  # materials in a packet


@dataclass(frozen=True, slots=True)
class Wish:
    """What a packet shall be. `editions` in the order of the pages."""

    editions: Sequence[Edition]
    receiver: Person
    title: str
    line: str = ""
    name_on_cover: bool = False
    large_print: bool = False
    with_qr: bool = False


def build(case: Case, wish: Wish, *, by: Actor) -> Packet:
    """Begin a packet for somebody of a case's family.

    Raises:
        Refused: the case is closed, nothing or something outdated was chosen, or the receiver may not be reached.
    """
    must_be_open(case)
    packet = Packet(case=case, items=[], deliveries=[])
    _take(packet, case, wish, by)
    db.session.flush()
    journal.record(BUILT, by=by, about=packet, case=case, materials=titles(wish.editions))
    return packet


def change(packet: Packet, case: Case, wish: Wish, *, by: Actor) -> None:
    """Change what a packet that is still being built shall be; its pages are then made anew.

    Raises:
        Refused: it has left the desk, or as in `build`.
    """
    must_be_open(case)
    must_be_building(packet)
    _take(packet, case, wish, by)
    db.session.flush()


def reorder(packet: Packet, order: Sequence[int], *, by: Actor) -> None:
    """Put the materials of a packet into another order.

    Args:
        order: the present places (0, 1, 2 …) in the order wished for.
    """
    must_be_building(packet)
    if sorted(order) != list(range(len(packet.items))):
        raise Refused(None, "The list has changed in the meantime. Order it again.")
    editions = [packet.items[place].edition for place in order]
    _place(packet, editions)
    packet.built_at, packet.built_by, packet.pdf_sha256, packet.page_count = clock.now(), by.staff, None, None
    db.session.flush()


def keep_pages(packet: Packet, pdf_sha256: str, page_count: int) -> None:
    """Note under which hash the packet's PDF lies in the storage, and how many pages it has."""
    must_be_building(packet)
    packet.pdf_sha256, packet.page_count = pdf_sha256, page_count


def withdraw(packet: Packet, case: Case, *, by: Actor) -> None:
    """Put a packet aside that was never handed over."""
    must_be_building(packet)
    packet.withdrawn_at = clock.now()
    journal.record(WITHDRAWN, by=by, about=packet, case=case)


def unask(case: Case, *, by: Actor) -> None:
    """No packet is needed any more: the case leaves the packet queue."""
    if case.packet_asked_at is None:
        raise Refused(None, "No packet is asked for.")
    leave_packet_queue(case)
    journal.record(UNASKED, by=by, about=case, case=case)


def _take(packet: Packet, case: Case, wish: Wish, by: Actor) -> None:
    if not wish.editions:
        raise Refused("chosen", "Choose at least one material.")
    if len(wish.editions) > MOST:
        raise Refused("chosen", f"Choose at most {MOST} materials.")
    must_be_current(wish.editions)
    _must_be_of(case, wish.receiver)
    must_be_reachable(wish.receiver)
    packet.receiver, packet.title, packet.line = wish.receiver, wish.title, wish.line
    packet.name_on_cover, packet.large_print, packet.with_qr = wish.name_on_cover, wish.large_print, wish.with_qr
    packet.token_sealed = sealed.close(links.new_token(), links.SEAL) if wish.with_qr else None
    packet.language = wish.receiver.language or case.family.language
    packet.built_at, packet.built_by, packet.pdf_sha256, packet.page_count = clock.now(), by.staff, None, None
    db.session.add(packet)
    _place(packet, wish.editions)


def _place(packet: Packet, editions: Sequence[Edition]) -> None:
    packet.items.clear()
    db.session.flush()  # the places must be free before they are taken anew
    packet.items.extend(PacketItem(edition=edition, position=place) for place, edition in enumerate(editions))


def must_be_building(packet: Packet) -> None:
    """Refuse what only a packet on the desk allows."""
    if packet.sealed_at is not None:
        raise Refused(None, f"This packet has left the desk as {packet.receipt}. Build a new one.")
    if packet.withdrawn_at is not None:
        raise Refused(None, "This packet was put aside. Build a new one.")


def must_be_current(editions: Sequence[Edition]) -> None:
    """Refuse editions that were replaced, retired, or not looked through for too long."""
    today = clock.today(current_app.config["WAYPOINT"].zone)
    for edition in editions:
        if edition.status is not MaterialStatus.PUBLISHED:
            raise Refused("chosen", f"“{edition.title}” has a newer version. Choose it again.")
        if edition.past_review(today):
            raise Refused("chosen", f"“{edition.title}” is past its check date and cannot be handed over. Ask packet staff to check it.")


def _must_be_of(case: Case, person: Person) -> None:
    if person.family_id != case.family_id:
        raise Refused("receiver", "Choose somebody of this family.")


def must_be_reachable(person: Person, channel: Channel = Channel.IN_PERSON, field: str = "receiver") -> None:
    """Refuse somebody who may not be reached."""
    # The safe-contact gate (trust 2.1): general material by hand needs no consent, but nothing passes the no-contact flag.
    answer = may_reach(person, channel, purpose=ReachPurpose.MATERIAL, at=clock.now())
    if not answer.yes:
        raise Refused(field, f"{answer.reason} Nothing is handed over.")


def titles(editions: Sequence[Edition]) -> str:
    """Materials with their versions, as a history tells them."""
    return ", ".join(f"{edition.title} (version {edition.number})" for edition in editions)


__all__ = ["Wish", "ask_for_packet", "build", "change", "keep_pages", "must_be_open", "reorder", "unask", "withdraw"]
