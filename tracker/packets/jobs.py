"""What the queue does for packets: one letter's try, the round that finds what is due, and what came back."""

from pathlib import Path
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker import clock, journal, queue, sealed, storage
from tracker.cases.models import Case
from tracker.consents.queries import may_reach
from tracker.consents.words import Channel, ReachPurpose, Verdict
from tracker.db import begin_writing, db
from tracker.journal import Kind
from tracker.mailroom import actions as mailroom
from tracker.mailroom import bounces, queries, transport
from tracker.mailroom.models import Letter
from tracker.mailroom.words import LetterState
from tracker.packets import actions, content, holding, links, recalling
from tracker.packets.models import Packet, Recall
from tracker.packets.typeset import PacketContent
from tracker.packets.words import Reached
from tracker.packets.writing import message
from tracker.people.models import ContactPoint, Person
from tracker.staff.actions import as_staff
from tracker.staff.models import Staff
from tracker.staff.permissions import Permission, scope
from tracker.staff.sessions import Actor, Program

SENT = journal.verb("packet.sent", Kind.PACKET, "mail", "Packet {receipt} sent to {who}")
STOPPED = journal.verb("packet.stopped", Kind.PACKET, "alert-triangle", "Packet {receipt} was not sent. {why}")
NOT_SENT = journal.verb("packet.not_sent", Kind.PACKET, "alert-triangle", "Packet {receipt} to {who}: {what}")
CAME_BACK = journal.verb("packet.came_back", Kind.PACKET, "alert-triangle", "Packet {receipt} to {who} came back")


def deliver(key: int) -> None:
    """Try to send one letter, if its time has come and everything still allows it.

    The same questions as when it was asked to be sent are asked again. No transaction is open while the mail server is talked to.
    """
    begin_writing()
    letter = queries.locked(key)
    if letter is None or not _may_go(letter):
        journal.commit()
        return
    holder = mailroom.lease(letter)
    journal.commit()
    if holder is None:
        return
    begin_writing()
    tried = _try(key, holder)
    begin_writing()
    letter = queries.locked(key)
    if letter is not None and mailroom.settle(letter, holder, tried):
        tell(letter)
    journal.commit()


def sweep() -> list[int]:
    """Find letters whose time has come, and those that a dead worker left lying, and wake whoever tries them.

    Returns:
        the keys of letters to be tried now.
    """
    begin_writing()
    for letter in queries.left_lying(clock.now()):
        mailroom.recover(letter)
    journal.commit()
    begin_writing()
    found = list(queries.due(clock.now()))
    unfinished = db.session.scalars(select(Recall.id).where(Recall.finished_at.is_(None)).limit(20)).all()
    db.session.rollback()
    for key in found:
        queue.wake("deliver", key)
    for key in unfinished:
        queue.wake("reach", key)
    return found


def read_own_mailbox() -> None:
    """The round's look at what came back, where a mailbox is named in the settings."""
    place = Path(current_app.config["WAYPOINT"].bounce_mailbox or "/nowhere")
    if current_app.config["WAYPOINT"].bounce_mailbox and place.exists():
        read_bounces(place)


def read_bounces(place: Path) -> tuple[int, int]:
    """Read what came back out of a mailbox; what was about our letters is taken out of it.

    Returns:
        how many reports changed a letter, and how many messages were left because they are about none.
    """
    known = left = 0
    with bounces.taken_from(place) as messages:
        for raw, done in messages:
            found = [report for report in bounces.reports(raw) if _take(report)]
            known += len(found)
            about_ours = found or any(_is_ours(report) for report in bounces.reports(raw))
            done.append("read") if about_ours else None
            left += not about_ours
    return known, left


def reach(key: int) -> None:
    """Go on with a recall: what can be sent is sent, for the rest somebody is asked. Each step is a transaction, and pages are set in none."""
    after = 0
    while True:
        begin_writing()
        recall = db.session.get(Recall, key, options=[joinedload(Recall.edition), joinedload(Recall.by)])
        if recall is None or recall.finished_at is not None:
            db.session.rollback()
            return
        by = as_staff(recall.by)
        found = holding.to_be_reached(by, recall.edition, recall.id, after)
        if found is None:
            recall.finished_at = clock.now()
            journal.commit()
            return
        after, packet = found[0] - 1, found[1]
        made = recalling.begun(packet)
        if made is not None and made.pdf_sha256 is None and (wanted := _content(made)) is not None:
            _set_pages(made.id, made.version, wanted)
        else:
            _reach(recall, packet, made, by)


def _content(made: Packet) -> PacketContent | None:
    try:
        return content.content(made)
    except storage.BlobMissing:
        return None


def _set_pages(key: int, version: int, wanted: PacketContent) -> None:
    db.session.rollback()
    pages = content.make_pages(wanted)
    begin_writing()
    made = db.session.get(Packet, key, populate_existing=True)
    if made is not None and made.version == version and made.is_open:
        actions.keep_pages(made, *pages)
    journal.commit()


def _reach(recall: Recall, packet: Packet, made: Packet | None, by: Actor) -> None:
    case, edition = packet.case, recall.edition
    if not case.is_open or packet.receiver.no_contact_at or packet.receiver.died_at:
        why = "The case is closed." if not case.is_open else f"{packet.receiver.called} is not to be contacted."
        recalling.note(recall, packet, Reached.LEFT, why, by=by)
    elif made is None and not isinstance(why := recalling.rebuild(packet, case, edition, by=by), str):
        pass  # it is built; its pages are set next, and then it leaves
    elif made is not None and not (why := recalling.send(made, packet, case, by=by)):
        recalling.note(recall, packet, Reached.SENT, f"As {made.receipt}.", made, by=by)
    else:
        if made is not None:
            actions.withdraw(made, case, by=by)
        recalling.ask(packet, case, edition, by=by)
        recalling.note(recall, packet, Reached.ASKED, str(why), by=by)
    journal.commit()


def _take(report: bounces.Report) -> bool:
    begin_writing()
    letter = queries.by_message(report.message_id)
    changed = False
    # Anybody can write a report: only one about the very address counts.
    if letter is not None and report.recipient == letter.address.lower():
        if report.action == "failed":
            changed = mailroom.came_back(letter, report.words)
        elif report.action in ("delivered", "relayed"):
            changed = mailroom.arrived(letter, report.words)
        if changed:
            tell(letter)
    journal.commit()
    return changed


def _is_ours(report: bounces.Report) -> bool:
    begin_writing()
    found = queries.by_message(report.message_id) is not None
    db.session.rollback()
    return found


def _may_go(letter: Letter) -> bool:
    """Ask everything again; what is no longer allowed stops the letter for good, with its reason on the record."""
    if letter.due_at is None or letter.due_at > clock.now():
        return False
    packet = db.session.get(Packet, letter.packet_id) if letter.packet_id else None
    person = db.session.get(Person, letter.person_id) if letter.person_id else None
    case = db.session.get(Case, letter.case_id, options=[joinedload(Case.family)], populate_existing=True) if letter.case_id else None
    point = db.session.get(ContactPoint, letter.point_id) if letter.point_id else None
    if packet is None or person is None or case is None or point is None:
        return _stop(letter, packet, "What it was about is no longer on record.")
    if why := _changed(letter, packet, person, case, point):
        return _stop(letter, packet, why)
    answer = may_reach(person, Channel.EMAIL, purpose=ReachPurpose.MATERIAL, at=clock.now(), case=case, point=point)
    if answer.verdict is Verdict.BLOCKED:
        return _stop(letter, packet, answer.reason)
    if answer.verdict is Verdict.WAIT and answer.until:
        mailroom.postpone(letter, answer.until, answer.reason)
        return False
    return True


def _changed(letter: Letter, packet: Packet, person: Person, case: Case, point: ContactPoint) -> str:
    sender = db.session.get(Staff, letter.sent_by_id) if letter.sent_by_id else None
    if point.retired_at is not None or point.value != letter.address or point.person_id != person.id:
        return "The address was changed after it was sent to the outbox."
    if person.family_id != case.family_id or packet.receiver_id != person.id:
        return f"{person.called} no longer belongs to this case."
    if letter.with_file and not point.wants_file:
        return f"{person.called} no longer wants files themselves."
    if sender is None or sender.disabled_at is not None or scope(sender.role, Permission.BUILD_PACKET) is None:
        return "Whoever sent it may no longer send packets."
    link = links.of_packet(packet.id)
    if not letter.with_file and (link is None or not links.is_live(link)):
        return "Its link was ended."
    return ""


def _stop(letter: Letter, packet: Packet | None, why: str) -> bool:
    if letter.state is LetterState.UNKNOWN:
        letter.due_at, letter.token_sealed, letter.ended_at = None, None, clock.now()
        mailroom.note(letter, LetterState.UNKNOWN, f"Not tried again. {why}")
    else:
        mailroom.stop(letter, f"Stopped before it was sent. {why}")
    if packet is not None:
        journal.record(STOPPED, by=Program(), about=packet, case_id=packet.case_id, receipt=packet.receipt, why=why)
    return False


def _try(key: int, holder: str) -> transport.Tried:
    settings = current_app.config["WAYPOINT"]
    letter = db.session.get(Letter, key)
    packet = db.session.get(Packet, letter.packet_id) if letter else None
    if letter is None or packet is None:
        return transport.Tried(transport.Outcome.LATER, None, "It is not on record.")
    try:
        raw = _written(letter, packet)
    except (ValueError, storage.BlobMissing) as cause:
        return transport.Tried(transport.Outcome.NEVER, None, f"It could not be written ({type(cause).__name__}).")
    to, server = letter.address, transport.Server.of(settings.smtp_url)
    db.session.rollback()

    def about_to_end() -> None:
        begin_writing()
        going = mailroom.about_to_end(key, holder)
        journal.commit()
        if not going:
            raise transport.Stopped

    return transport.hand_over(raw, settings.mail_from, to, server, about_to_end)


def _written(letter: Letter, packet: Packet) -> bytes:
    settings = current_app.config["WAYPOINT"]
    zone = ZoneInfo(settings.zone)
    common = {
        "number": letter.public_id, "message_id": letter.message_id, "at": letter.created_at.astimezone(zone), "name": settings.mail_name,
        "sender": settings.mail_from, "to": letter.address, "subject": letter.subject, "language": letter.language,
    }  # fmt: skip
    if letter.with_file:
        return message(**common, file=storage.get(packet.pdf_sha256 or ""))
    link = links.of_packet(packet.id)
    token = sealed.open_(letter.token_sealed, links.SEAL)
    if link is None or not token:
        raise ValueError("the link's secret is gone")
    return message(**common, link=f"{settings.link_url}/p/{token}", until=link.expires_at.astimezone(zone))


def tell(letter: Letter) -> None:
    """Tell the case's history what became of a letter just now."""
    packet = db.session.get(Packet, letter.packet_id, options=[joinedload(Packet.receiver)]) if letter.packet_id else None
    if packet is None:
        return
    told = {"receipt": packet.receipt, "who": packet.receiver.name}
    verb = {
        LetterState.ACCEPTED: SENT, LetterState.BOUNCED: CAME_BACK,
        **dict.fromkeys((LetterState.FAILED, LetterState.UNKNOWN, LetterState.EXPIRED), NOT_SENT),
    }.get(letter.state)  # fmt: skip
    if verb is not None:
        journal.record(verb, by=Program(), about=packet, case_id=packet.case_id, what=letter.state.label.lower(), **told)
