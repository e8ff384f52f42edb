"""Reading messages that came back: delivery status notifications (RFC 3464) out of a mailbox."""

import email
import email.policy
import mailbox
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage, Message
from pathlib import Path

MESSAGE_ID = re.compile(r"<[^<>\s@]{1,100}@[^<>\s@]{1,100}>")
MOST = 2_000_000  # bytes of one message: a report is a few thousand


@dataclass(frozen=True, slots=True)
class Report:
    """What one report says about one recipient. `action` is failed, delayed, delivered, relayed or expanded."""

    message_id: str
    recipient: str
    action: str
    status: str
    words: str


def reports(raw: bytes) -> list[Report]:
    """What a message tells about letters of ours; nothing when it is no delivery status notification.

    Args:
        raw: the whole message as it lay in the mailbox.
    """
    if len(raw) > MOST:
        return []
    message = email.message_from_bytes(raw, policy=email.policy.default)
    status = next((part for part in message.walk() if part.get_content_type() == "message/delivery-status"), None)
    about = _original(message)
    if status is None or about is None:
        return []
    found = []
    for block in status.get_payload() if status.is_multipart() else []:
        action = _field(block, "Action").lower()
        recipient = _field(block, "Original-Recipient") or _field(block, "Final-Recipient")
        if action and recipient:
            diagnostic = _field(block, "Diagnostic-Code").partition(";")[2].strip()
            code = _field(block, "Status").split(" ")[0]
            found.append(Report(about, recipient.partition(";")[2].strip().lower() or recipient.lower(), action, code, _plain(diagnostic) or code))
    return found


@contextmanager
def taken_from(place: Path) -> Iterator[Iterator[tuple[bytes, list[str]]]]:
    """The messages of an mbox file or a Maildir folder, locked meanwhile.

    Yields:
        each message, and a list: whatever is appended to it has the message removed from the mailbox at the end.
    """
    box: mailbox.Mailbox[mailbox.Message] = mailbox.Maildir(place, create=False) if place.is_dir() else mailbox.mbox(place, create=False)  # type: ignore[assignment]
    box.lock()
    used: list[str] = []

    def each() -> Iterator[tuple[bytes, list[str]]]:
        for key in list(box.keys()):
            mark: list[str] = []
            yield box.get_bytes(key), mark
            if mark:
                used.append(key)

    try:
        yield each()
        for key in used:
            box.remove(key)
        box.flush()
    finally:
        box.unlock()
        box.close()


def _original(message: Message) -> str | None:
    """The Message-ID of the letter that a report is about: from the part that quotes it."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822" and part.is_multipart():
            inner = part.get_payload(0)
            return _id(_field(inner, "Message-ID")) if isinstance(inner, Message) else None
        if kind == "text/rfc822-headers":
            text = part.get_content() if isinstance(part, EmailMessage) else str(part.get_payload())
            return _id(str(email.message_from_string(text).get("Message-ID", "")))
    return None


def _id(text: str) -> str | None:
    found = MESSAGE_ID.search(text)
    return found[0] if found else None


def _field(block: Message, name: str) -> str:
    try:
        return str(block.get(name, "")).strip()
    except (ValueError, IndexError, AttributeError):  # a header that the library cannot read says nothing
        return ""


def _plain(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)[:200]
