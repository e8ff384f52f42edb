"""What may be done with a packet: build it, change it, seal it as it leaves the desk, withdraw it, add what came after."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app

from tracker import clock, journal
from tracker.cases.actions import ask_for_packet, leave_packet_queue, must_be_open
from tracker.cases.models import Case
from tracker.consents.queries import may_reach
from tracker.consents.words import Channel, ReachPurpose
from tracker.db import db
from tracker.journal import Kind
from tracker.library.models import Edition
from tracker.library.words import MaterialStatus
from tracker.moves import Refused, may_follow
from tracker.packets.models import Delivery, Packet, PacketItem
from tracker.packets.words import MOVES, ByHand, DeliveryChannel, DeliveryStatus
from tracker.people.models import Person
from tracker.staff.sessions import Actor

BUILT = journal.verb("packet.built", Kind.CHANGE, "package", "Packet begun")
WITHDRAWN = journal.verb("packet.withdrawn", Kind.CHANGE, "package", "Packet put aside, nothing was handed over")
UNASKED = journal.verb("packet.unasked", Kind.CHANGE, "package", "No packet is needed any more")
PRINTED = journal.verb("packet.printed", Kind.PACKET, "printer", "Packet {receipt} printed at the desk")
HANDED_OVER = journal.verb("packet.handed_over", Kind.PACKET, "package", "Packet {receipt} handed to {who}")
TOLD = journal.verb("packet.told", Kind.PACKET, "package", "Packet {receipt}: {status}. {note}")

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


def build(case: Case, wish: Wish, *, by: Actor) -> Packet:
    """Begin a packet for somebody of a case's family.

    Raises:
        Refused: the case is closed, nothing or something outdated was chosen, or the receiver may not be reached.
    """
    must_be_open(case)
    packet = Packet(case=case, items=[], deliveries=[])
    _take(packet, case, wish, by)
    db.session.flush()
    journal.record(BUILT, by=by, about=packet, case=case, materials=_titles(wish.editions))
    return packet


def change(packet: Packet, case: Case, wish: Wish, *, by: Actor) -> None:
    """Change what a packet that is still being built shall be; its pages are then made anew.

    Raises:
        Refused: it has left the desk, or as in `build`.
    """
    must_be_open(case)
    _must_be_building(packet)
    _take(packet, case, wish, by)
    db.session.flush()


def reorder(packet: Packet, order: Sequence[int], *, by: Actor) -> None:
    """Put the materials of a packet into another order.

    Args:
        order: the present places (0, 1, 2 …) in the order wished for.
    """
    _must_be_building(packet)
    if sorted(order) != list(range(len(packet.items))):
        raise Refused(None, "The list has changed in the meantime. Order it again.")
    editions = [packet.items[place].edition for place in order]
    _place(packet, editions)
    packet.built_at, packet.built_by, packet.pdf_sha256, packet.page_count = clock.now(), by.staff, None, None
    db.session.flush()


def keep_pages(packet: Packet, pdf_sha256: str, page_count: int) -> None:
    """Note under which hash the packet's PDF lies in the storage, and how many pages it has."""
    _must_be_building(packet)
    packet.pdf_sha256, packet.page_count = pdf_sha256, page_count


def seal(packet: Packet, case: Case, how: ByHand, given_to: Person | None, *, by: Actor) -> Delivery:
    """Let a packet leave the desk: from now on it is exactly this, for good, and has a receipt.

    Args:
        given_to: who took it, when it is handed over in person: the one for whom it was made.
    Raises:
        Refused: it has left already, its pages were not made, an edition is outdated by now, somebody else took it, or the
            person may not be reached.
    """
    must_be_open(case)
    _must_be_building(packet)
    if packet.pdf_sha256 is None:
        raise Refused(None, "The pages are not made yet. Open the packet again to see them.")
    _must_be_current([item.edition for item in packet.items])
    channel = Channel.IN_PERSON if how is ByHand.IN_PERSON else Channel.PRINT
    _must_be_reachable(packet.receiver, channel, "given_to")
    if how is ByHand.IN_PERSON:
        _must_be_theirs(packet, given_to)
    packet.sealed_at, packet.sealed_by = clock.now(), by.staff
    db.session.flush()
    status = DeliveryStatus.HANDED_OVER if how is ByHand.IN_PERSON else DeliveryStatus.PRINTED
    delivery = _add(packet, status, given_to if how is ByHand.IN_PERSON else None, None, by)
    leave_packet_queue(case)
    facts = {
        "receipt": packet.receipt, "materials": _titles([item.edition for item in packet.items]), "sha256": packet.pdf_sha256,
        "editions": [f"{item.edition.sha256} v{item.edition.number}" for item in packet.items],
    }
    if how is ByHand.IN_PERSON:
        journal.record(HANDED_OVER, by=by, about=packet, case=case, who=given_to.name if given_to else "", **facts)
    else:
        journal.record(PRINTED, by=by, about=packet, case=case, **facts)
    return delivery


def tell(packet: Packet, case: Case, status: DeliveryStatus, given_to: Person | None, note: str, *, by: Actor) -> Delivery:
    """Add a later fact under a receipt; what stands there is never changed.

    Raises:
        Refused: the fact does not follow from the last one, or nobody is named where somebody must be.
    """
    if packet.sealed_at is None:
        raise Refused(None, "This packet has not left the desk yet.")
    may_follow(MOVES, packet.deliveries[-1].status, status)
    if status in (DeliveryStatus.HANDED_OVER, DeliveryStatus.READ_ALOUD):
        _must_be_theirs(packet, given_to)
        _must_be_reachable(packet.receiver, Channel.IN_PERSON, "given_to")
    delivery = _add(packet, status, given_to, note.strip() or None, by)
    if status is DeliveryStatus.HANDED_OVER and given_to:
        titles = _titles([item.edition for item in packet.items])
        journal.record(HANDED_OVER, by=by, about=packet, case=case, receipt=packet.receipt, who=given_to.name, materials=titles)
    else:
        journal.record(TOLD, by=by, about=packet, case=case, receipt=packet.receipt, status=status, note=note)
    return delivery


def withdraw(packet: Packet, case: Case, *, by: Actor) -> None:
    """Put a packet aside that was never handed over."""
    _must_be_building(packet)
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
    _must_be_current(wish.editions)
    _must_be_of(case, wish.receiver)
    _must_be_reachable(wish.receiver)
    packet.receiver, packet.title, packet.line = wish.receiver, wish.title, wish.line
    packet.name_on_cover, packet.large_print = wish.name_on_cover, wish.large_print
    packet.language = wish.receiver.language or case.family.language
    packet.built_at, packet.built_by, packet.pdf_sha256, packet.page_count = clock.now(), by.staff, None, None
    db.session.add(packet)
    _place(packet, wish.editions)


def _place(packet: Packet, editions: Sequence[Edition]) -> None:
    packet.items.clear()
    db.session.flush()  # the places must be free before they are taken anew
    packet.items.extend(PacketItem(edition=edition, position=place) for place, edition in enumerate(editions))


def _add(packet: Packet, status: DeliveryStatus, given_to: Person | None, note: str | None, by: Actor) -> Delivery:
    channel = DeliveryChannel.READ_ALOUD if status is DeliveryStatus.READ_ALOUD else DeliveryChannel.PRINT_IN_PERSON
    delivery = Delivery(channel=channel, status=status, given_to=given_to, by=by.staff, at=clock.now(), note=note)
    packet.deliveries.append(delivery)
    db.session.flush()
    return delivery


def _must_be_building(packet: Packet) -> None:
    if packet.sealed_at is not None:
        raise Refused(None, f"This packet has left the desk as {packet.receipt}. Build a new one.")
    if packet.withdrawn_at is not None:
        raise Refused(None, "This packet was put aside. Build a new one.")


def _must_be_current(editions: Sequence[Edition]) -> None:
    today = clock.today(current_app.config["WAYPOINT"].zone)
    for edition in editions:
        if edition.status is not MaterialStatus.PUBLISHED:
            raise Refused("chosen", f"“{edition.title}” has a newer version. Choose it again.")
        if edition.past_review(today):
            raise Refused("chosen", f"“{edition.title}” is past its check date and cannot be handed over. Ask packet staff to check it.")


def _must_be_of(case: Case, person: Person) -> None:
    if person.family_id != case.family_id:
        raise Refused("receiver", "Choose somebody of this family.")


def _must_be_theirs(packet: Packet, given_to: Person | None) -> None:
    # Cover, line and choice were made for one person; what helps a mother may endanger her when her husband opens it.
    if given_to is None:
        raise Refused("given_to", "Choose who took it.")
    if given_to.id != packet.receiver_id:
        raise Refused("given_to", f"This packet was made for {packet.receiver.called}. Build one for {given_to.called} to hand them something.")


def _must_be_reachable(person: Person, channel: Channel = Channel.IN_PERSON, field: str = "receiver") -> None:
    # The safe-contact gate (trust 2.1): general material by hand needs no consent, but nothing passes the no-contact flag.
    answer = may_reach(person, channel, purpose=ReachPurpose.MATERIAL, at=clock.now())
    if not answer.yes:
        raise Refused(field, f"{answer.reason} Nothing is handed over.")


def _titles(editions: Sequence[Edition]) -> str:
    return ", ".join(f"{edition.title} (version {edition.number})" for edition in editions)


__all__ = ["Wish", "ask_for_packet", "build", "change", "keep_pages", "must_be_open", "reorder", "seal", "tell", "unask", "withdraw"]
