"""The secret link of a packet: made when it leaves, opened with a typed address and a code, ended by time, number, wrong tries or a press."""

import hashlib
import hmac
import secrets
from datetime import timedelta

from sqlalchemy import CursorResult, exists, select, update
from sqlalchemy.orm import joinedload, selectinload

from tracker import clock, journal, sealed
from tracker.cases.models import Case
from tracker.consents.reaching import may_reach, points_of
from tracker.consents.words import Channel, ReachPurpose, Verdict
from tracker.db import db
from tracker.journal import Kind
from tracker.journal.actions import Someone
from tracker.library.models import Edition
from tracker.packets.models import Packet, PacketItem, PacketLink, Recall
from tracker.packets.words import DeliveryChannel

REVOKED = journal.verb("packet.link_revoked", Kind.PACKET, "lock", "The link of packet {receipt} was ended")
OPENED = journal.verb("packet.link_opened", Kind.PACKET, "eye", "The link of packet {receipt} was opened")
LOCKED = journal.verb("packet.link_locked", Kind.PACKET, "lock", "The link of packet {receipt} was locked after {tries} wrong tries")
NOT_FOR_ME = journal.verb("packet.link_sent_back", Kind.PACKET, "alert-triangle", "Whoever opened packet {receipt} says it is not for them. Its link was ended")

MAILED = (DeliveryChannel.EMAIL_LINK, DeliveryChannel.EMAIL_ATTACHMENT)
OPENS = 10
WRONG = 5
SEAL = "links"  # the purpose of the key under which codes and secrets lie


def new_token() -> str:
    """256 random bits, as they stand in an address."""
    return secrets.token_urlsafe(32)


def name_of(token: str) -> str:
    """Under which name a secret is kept: its SHA-256, never itself."""
    return hashlib.sha256(token.encode()).hexdigest()


def make(packet: Packet, token: str, days: int) -> PacketLink:
    """The link of a packet that leaves now, with a code of six figures for the phone."""
    moment = clock.now()
    code = f"{secrets.randbelow(10**6):06}"
    link = PacketLink(
        packet=packet, token_sha256=name_of(token), code_sealed=sealed.close(code, SEAL), created_at=moment,
        expires_at=moment + timedelta(days=days), opens_left=OPENS,
    )  # fmt: skip
    db.session.add(link)
    db.session.flush()
    return link


def code_of(link: PacketLink) -> str:
    """The code as it is said on the phone: 482 913."""
    code = sealed.open_(link.code_sealed, SEAL)
    return f"{code[:3]} {code[3:]}"


def of_packet(packet_id: int) -> PacketLink | None:
    """The link of a packet, live or ended."""
    return db.session.scalars(select(PacketLink).where(PacketLink.packet_id == packet_id).options(joinedload(PacketLink.packet))).first()


def by_token(token: str, *, lock: bool = False) -> PacketLink | None:
    """A link by its secret, with its packet as the family reads it."""
    return by_name(name_of(token), lock=lock)


def by_name(token_sha256: str, *, lock: bool = False) -> PacketLink | None:
    """A link by the hash of its secret.

    Args:
        lock: hold its row until the transaction ends, so that tries are counted one after the other.
    """
    query = _whole().where(PacketLink.token_sha256 == token_sha256)
    return db.session.scalars(query.with_for_update(of=PacketLink) if lock else query).first()


def is_live(link: PacketLink) -> bool:
    """Whether it opens: not ended, not locked, not past its day, not opened too often."""
    return is_readable(link) and link.opens_left > 0


def is_readable(link: PacketLink) -> bool:
    """Whether somebody who has opened it may still read: the number of openings was counted when they came in."""
    return link.revoked_at is None and link.locked_at is None and link.expires_at > clock.now()


def is_safe(link: PacketLink) -> bool:
    """Whether it may be shown now: they want contact, the address is still theirs and open, and nothing in it was recalled (trust 4.9: 7)."""
    packet, receiver = link.packet, link.packet.receiver
    if receiver.no_contact_at or receiver.died_at:
        return False
    if packet.channel in MAILED:
        point = next((one for one in points_of(receiver) if one.id == packet.point_id), None)
        if point is None or point.retired_at is not None or point.value != packet.address:
            return False
        answer = may_reach(receiver, Channel.EMAIL, purpose=ReachPurpose.MATERIAL, at=clock.now(), case=packet.case, point=point)
        if answer.verdict is Verdict.BLOCKED:
            return False
    return not db.session.scalar(select(exists().where(Recall.edition_id.in_([item.edition_id for item in packet.items]))))


def fits(link: PacketLink, address: str, code: str) -> bool:
    """Whether what somebody typed is the address that it was sent to (where it was sent to one) and the code."""
    figures = "".join(letter for letter in code if letter.isdigit())
    right_code = hmac.compare_digest(figures.encode(), sealed.open_(link.code_sealed, SEAL).encode())
    wanted = (link.packet.address or "") if "@" in (link.packet.address or "") else ""
    right_address = not wanted or hmac.compare_digest(address.strip().lower().encode(), wanted.lower().encode())
    return right_code and right_address


def count_opening(link: PacketLink, by: Someone) -> bool:
    """Use one opening up; False when none was left."""
    done = db.session.execute(
        update(PacketLink).where(PacketLink.id == link.id, PacketLink.opens_left > 0)
        .values(opens_left=PacketLink.opens_left - 1, last_opened_at=clock.now(), wrong_tries=0)
    )  # fmt: skip
    if not _one(done):
        return False
    journal.record(OPENED, by=by, about=link.packet, case_id=link.packet.case_id, receipt=link.packet.receipt)
    return True


def count_wrong(link: PacketLink, by: Someone) -> None:
    """Count one wrong try; the fifth locks the link, and staff see it."""
    db.session.execute(update(PacketLink).where(PacketLink.id == link.id).values(wrong_tries=PacketLink.wrong_tries + 1))
    db.session.refresh(link)
    if link.wrong_tries >= WRONG and link.locked_at is None:
        link.locked_at = clock.now()
        journal.record(LOCKED, by=by, about=link.packet, case_id=link.packet.case_id, receipt=link.packet.receipt, tries=link.wrong_tries)


def revoke(link: PacketLink, *, by: Someone, not_for_me: bool = False) -> None:
    """End a link at once, for good."""
    if link.revoked_at is None:
        link.revoked_at, link.revoked_by_id = clock.now(), by.id
        verb = NOT_FOR_ME if not_for_me else REVOKED
        journal.record(verb, by=by, about=link.packet, case_id=link.packet.case_id, receipt=link.packet.receipt)


def _whole():
    items = selectinload(Packet.items).joinedload(PacketItem.edition).joinedload(Edition.material)
    case = joinedload(Packet.case).joinedload(Case.family)
    return select(PacketLink).options(joinedload(PacketLink.packet).options(joinedload(Packet.receiver), case, joinedload(Packet.built_by), items))


def _one(done: object) -> bool:
    return isinstance(done, CursorResult) and done.rowcount == 1
