"""A packet leaves the desk: sealed for good, by hand or through the mail room; and what is told of it later."""

from datetime import datetime, timedelta

from flask import current_app

from tracker import clock, journal, sealed, storage
from tracker.cases.actions import leave_packet_queue, must_be_open
from tracker.cases.models import Case
from tracker.consents.words import Channel
from tracker.db import db
from tracker.journal import Kind
from tracker.mailroom import actions as mailroom
from tracker.mailroom import queries as letters
from tracker.mailroom.models import Letter
from tracker.mailroom.words import LetterKind
from tracker.moves import Refused, may_follow
from tracker.packets import facts, links
from tracker.packets.actions import must_be_building, must_be_current, must_be_reachable, titles
from tracker.packets.models import Delivery, Packet
from tracker.packets.ways import Way, Ways, ways_to
from tracker.packets.words import BY_POST_ONLY, CHANNELS, MOVES, DeliveryChannel, DeliveryStatus, Leaving
from tracker.packets.writing import host_of, subject_in
from tracker.people.models import Person
from tracker.staff.sessions import Actor

PRINTED = journal.verb("packet.printed", Kind.PACKET, "printer", "Packet {receipt} printed at the desk")
POSTED = journal.verb("packet.for_post", Kind.PACKET, "mailbox", "Packet {receipt} printed for {who}, to be posted")
HANDED_OVER = journal.verb("packet.handed_over", Kind.PACKET, "package", "Packet {receipt} handed to {who}")
READ = journal.verb("packet.read_aloud", Kind.PACKET, "phone", "Packet {receipt} read aloud to {who}")
QUEUED = journal.verb("packet.queued", Kind.PACKET, "mail", "Packet {receipt} leaves for {who} by e-mail, {how}")
TAKEN_BACK = journal.verb("packet.taken_back", Kind.PACKET, "history", "Packet {receipt} taken back. Nothing was sent")
RELEASED = journal.verb("packet.released", Kind.PACKET, "mail", "Packet {receipt} let go at once")
TOLD = journal.verb("packet.told", Kind.PACKET, "package", "Packet {receipt}: {status}. {note}")
SEEN_TO = journal.verb("packet.seen_to", Kind.PACKET, "check", "Packet {receipt} did not arrive: seen to. {note}")

LARGEST = 8 * 2**20  # bytes of a file in an e-mail

NEW_FACT = {
    Leaving.IN_PERSON: (DeliveryStatus.HANDED_OVER, HANDED_OVER),
    Leaving.AT_THE_DESK: (DeliveryStatus.PRINTED, PRINTED),
    Leaving.POST: (DeliveryStatus.PRINTED, POSTED),
    Leaving.READ_ALOUD: (DeliveryStatus.READ_ALOUD, READ),
}


def ways(packet: Packet, case: Case) -> Ways:
    """In which ways a packet may go to its receiver now."""
    return ways_to(packet.receiver, case, clock.now(), sends_mail=current_app.config["WAYPOINT"].sends_mail)


def seal(packet: Packet, case: Case, code: str | None, note: str = "", *, read_back: bool = False, by: Actor) -> Way:
    """Let a packet leave the desk: from now on it is exactly this, for good, and has a receipt.

    By e-mail it waits in the outbox first, where it can be taken back.

    Args:
        code: the way, as `Way.code`.
        note: a line under a hand-over: where, or who was there.
        read_back: an address was read back to them.
    Raises:
        Refused: it has left already, its pages were not made, an edition is outdated by now, the way is closed, or the address
            was not read back.
    """
    must_be_open(case)
    must_be_building(packet)
    if packet.pdf_sha256 is None:
        raise Refused(None, "The pages are not made yet. Open the packet again to see them.")
    must_be_current([item.edition for item in packet.items])
    must_be_reachable(packet.receiver, field="way")
    way = ways(packet, case).by_code(code)
    if way is None:
        raise Refused("way", "Choose how it leaves the desk, among the ways shown.")
    if way.point is not None and not read_back:
        raise Refused("read_back", f"Read the address back to {packet.receiver.called}, then tick this.")
    if way.leaving is Leaving.EMAIL_FILE and len(storage.get(packet.pdf_sha256)) > LARGEST:
        raise Refused("way", "The file is too large for e-mail. Choose another way, or fewer materials.")
    packet.sealed_at, packet.sealed_by = clock.now(), by.staff
    packet.channel, packet.point_id = CHANNELS[way.leaving], way.point.id if way.point else None
    packet.address = (way.point.value if way.is_mail else way.point.as_typed)[:300] if way.point else None
    told = _told(packet)
    token = sealed.open_(packet.token_sealed, links.SEAL) if packet.with_qr else ""
    if way.leaving is Leaving.EMAIL_LINK:
        token = token or links.new_token()
    packet.token_sealed = None
    db.session.flush()
    if token:
        links.make(packet, token, current_app.config["WAYPOINT"].link_days)
    if way.is_mail:
        _post(packet, case, way, token, by)
        how = "as a link" if way.leaving is Leaving.EMAIL_LINK else "as a file"
        journal.record(QUEUED, by=by, about=packet, case=case, who=packet.receiver.name, how=how, **told)
    else:
        status, verb = NEW_FACT[way.leaving]
        add(packet, status, packet.receiver if status in facts.TO_SOMEBODY else None, note, by=by)
        journal.record(verb, by=by, about=packet, case=case, who=packet.receiver.name, **told)
    leave_packet_queue(case)
    return way


def tell(packet: Packet, case: Case, status: DeliveryStatus, note: str, tracking: str = "", *, by: Actor) -> Delivery:
    """Add a later fact under a receipt; what stands there is never changed.

    Args:
        tracking: the number under which a posted packet can be followed.
    Raises:
        Refused: the fact does not follow from the last one, or they may not be reached.
    """
    if packet.sealed_at is None:
        raise Refused(None, "This packet has not left the desk yet.")
    now = facts.standing(packet, letters.of_packet(packet.id))
    may_follow(MOVES, now, status)
    if status in BY_POST_ONLY and packet.channel is not DeliveryChannel.POSTAL:
        raise Refused("what", "That is said of a posted packet only.")
    if status in facts.TO_SOMEBODY:
        must_be_reachable(packet.receiver, Channel.IN_PERSON, "what")
    receiver = packet.receiver if status in facts.TO_SOMEBODY else None
    delivery = add(packet, status, receiver, note, tracking, by=by)
    if receiver is not None and status is DeliveryStatus.HANDED_OVER:
        journal.record(HANDED_OVER, by=by, about=packet, case=case, who=receiver.name, **_told(packet))
    else:
        label = "Posted" if status is DeliveryStatus.ACCEPTED else status.label
        journal.record(TOLD, by=by, about=packet, case=case, receipt=packet.receipt, status=label, note=note)
    return delivery


def take_back(packet: Packet, case: Case, *, by: Actor) -> None:
    """Take an e-mailed packet back before it leaves; its link, if it has one, is ended.

    Raises:
        Refused: it has left, or was never waiting.
    """
    mailroom.stop(_letter(packet), "Taken back. Nothing was sent.", by=by)
    _end_link(packet)
    journal.record(TAKEN_BACK, by=by, about=packet, case=case, receipt=packet.receipt)


def release(packet: Packet, case: Case, *, by: Actor) -> Letter:
    """Let an e-mailed packet go now, for somebody who is still on the phone.

    Raises:
        Refused: it waits no longer.
    """
    letter = _letter(packet)
    mailroom.release(letter, by=by)
    journal.record(RELEASED, by=by, about=packet, case=case, receipt=packet.receipt)
    return letter


def see_to(packet: Packet, case: Case, note: str, *, by: Actor) -> None:
    """Somebody saw to a packet that did not arrive, or whose link was locked or sent back."""
    letter, link = letters.of_packet(packet.id, lock=True), links.of_packet(packet.id)
    if letter is not None:
        mailroom.handle(letter, note, by=by)
    if link is not None and link.handled_at is None and (link.locked_at or link.revoked_at):
        link.handled_at = clock.now()
    journal.record(SEEN_TO, by=by, about=packet, case=case, receipt=packet.receipt, note=note)


def add(packet: Packet, status: DeliveryStatus, given_to: Person | None, note: str = "", tracking: str = "", *, by: Actor) -> Delivery:
    """Add a fact; the caller has asked the rules."""
    delivery = Delivery(
        channel=_channel(packet, status), status=status, given_to=given_to, by=by.staff, at=clock.now(), note=note.strip() or None,
        tracking=tracking.strip() or None,
    )  # fmt: skip
    packet.deliveries.append(delivery)
    db.session.flush()
    return delivery


def _channel(packet: Packet, status: DeliveryStatus) -> DeliveryChannel:
    if status is DeliveryStatus.READ_ALOUD:
        return DeliveryChannel.READ_ALOUD
    return packet.channel or DeliveryChannel.PRINT_IN_PERSON


def _post(packet: Packet, case: Case, way: Way, token: str, by: Actor) -> None:
    settings, point = current_app.config["WAYPOINT"], way.point
    subject = subject_in(packet.language)
    wanted = mailroom.Wanted(
        LetterKind.PACKET, packet.address or "", subject, packet.language, way.leaving is Leaving.EMAIL_FILE,
        sealed.close(token, links.SEAL) if token else None, case.id, packet.id, packet.receiver_id, point.id if point else None,
    )  # fmt: skip
    mailroom.queue(wanted, leaves_at(), host_of(settings.link_url), by=by)


def leaves_at() -> datetime:
    """When a packet that is sent now leaves the outbox."""
    return clock.now() + timedelta(minutes=current_app.config["WAYPOINT"].take_back_minutes)


def _letter(packet: Packet) -> Letter:
    letter = letters.of_packet(packet.id, lock=True)
    if letter is None:
        raise Refused(None, "This packet did not go by e-mail.")
    return letter


def _end_link(packet: Packet) -> None:
    link = links.of_packet(packet.id)
    if link is not None and link.revoked_at is None:
        link.revoked_at = link.handled_at = clock.now()


def _told(packet: Packet) -> dict[str, object]:
    return {
        "receipt": packet.receipt, "materials": titles([item.edition for item in packet.items]), "sha256": packet.pdf_sha256,
        "editions": [f"{item.edition.sha256} v{item.edition.number}" for item in packet.items],
    }  # fmt: skip
