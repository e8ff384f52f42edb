"""What may be done with a letter: queue it, take it back, let it go, lease it for a try, note what came of it."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import CursorResult, or_, select, update

from tracker import clock
from tracker.db import db
from tracker.mailroom.models import Letter, LetterEvent
from tracker.mailroom.transport import Tried
from tracker.mailroom.words import TO_LEAVE, LetterKind, LetterState, Outcome, Subject
from tracker.moves import Refused

LEASE = timedelta(seconds=180)  # longer than the longest conversation
AGAIN = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]  # after a "not now"; then every hour
GIVE_UP = timedelta(hours=24)
MOST_TRIES = 30
TWICE = "It may be there twice: an earlier try may have arrived too."


class Someone(Protocol):
    """Whoever acts; without an id the program itself."""

    id: int | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A letter that shall leave. `address` is one bare e-mail address; `token` the secret of its link, encrypted already."""

    kind: LetterKind
    address: str
    subject: Subject
    language: str
    with_file: bool
    token_sealed: str | None
    case_id: int | None
    packet_id: int | None
    person_id: int | None
    point_id: int | None


def queue(wanted: Wanted, due_at: datetime, host: str, *, by: Someone) -> Letter:
    """Put a letter into the outbox, in the caller's transaction.

    Args:
        due_at: not before this moment.
        host: the neutral host whose name its Message-ID bears.
    """
    number = uuid.uuid4()
    letter = Letter(
        public_id=number, kind=wanted.kind, case_id=wanted.case_id, packet_id=wanted.packet_id, person_id=wanted.person_id,
        point_id=wanted.point_id, address=wanted.address, subject=wanted.subject.label, language=wanted.language,
        with_file=wanted.with_file, token_sealed=wanted.token_sealed, message_id=f"<{number}@{host}>", state=LetterState.WAITING,
        created_at=clock.now(), sent_by_id=by.id, due_at=due_at, events=[],
    )  # fmt: skip
    db.session.add(letter)
    db.session.flush()
    note(letter, LetterState.WAITING, "Asked to be sent.", by=by)
    return letter


def note(letter: Letter, state: LetterState, words: str, code: int | None = None, *, by: Someone | None = None) -> None:
    """Add one thing that happened to a letter; nothing that was noted is ever changed."""
    event = LetterEvent(letter_id=letter.id, at=clock.now(), state=state, words=words[:300], code=code, by_id=by.id if by else None)
    db.session.add(event)
    db.session.flush()


def stop(letter: Letter, why: str, *, by: Someone | None = None) -> None:
    """Take a waiting letter back, or stop it.

    Raises:
        Refused: it is on its way or has left.
    """
    if not _move(letter, LetterState.CANCELLED, LetterState.WAITING, due_at=None, token_sealed=None, ended_at=clock.now()):
        raise Refused(None, "It has left already and cannot be taken back." if letter.state is not LetterState.CANCELLED else "It was taken back already.")
    note(letter, LetterState.CANCELLED, why, by=by)


def stop_all_to(person_id: int, why: str, *, by: Someone) -> int:
    """Stop every letter to somebody that has not left, in the transaction that says they must not be reached.

    Returns:
        how many were stopped; one whose last bytes are going out at this instant is no longer among them.
    """
    not_gone = or_(Letter.due_at.is_not(None), Letter.state == LetterState.SENDING)
    waiting = select(Letter).where(Letter.person_id == person_id, not_gone, Letter.ending_at.is_(None))
    stopped = 0
    for letter in db.session.scalars(waiting.order_by(Letter.id).limit(1000)):
        if _move(letter, LetterState.CANCELLED, *TO_LEAVE, LetterState.SENDING, unless_ending=True, due_at=None, token_sealed=None, ended_at=clock.now()):
            note(letter, LetterState.CANCELLED, why, by=by)
            stopped += 1
    return stopped


def release(letter: Letter, *, by: Someone) -> None:
    """Let a waiting letter go now.

    Raises:
        Refused: it waits no longer.
    """
    if not _move(letter, LetterState.WAITING, LetterState.WAITING, due_at=clock.now()):
        raise Refused(None, "It waits no longer.")
    note(letter, LetterState.WAITING, "Let go at once.", by=by)


def postpone(letter: Letter, until: datetime, why: str) -> None:
    """Wait longer: it is not a safe hour."""
    if _move(letter, LetterState.WAITING, *TO_LEAVE, due_at=until):
        note(letter, LetterState.WAITING, why)


def lease(letter: Letter) -> str | None:
    """Take a due letter for one try.

    Returns:
        what the try is known by, or None when it is not due or somebody else has it.
    """
    moment, holder = clock.now(), secrets.token_hex(16)
    if letter.due_at is None or letter.due_at > moment:
        return None
    first = letter.first_tried_at or moment
    taken = _move(
        letter, LetterState.SENDING, *TO_LEAVE, due_at=None, lease_by=holder, lease_until=moment + LEASE, ending_at=None,
        first_tried_at=first, attempts=letter.attempts + 1,
    )  # fmt: skip
    return holder if taken else None


def about_to_end(key: int, holder: str) -> bool:
    """Note that the last bytes go out now; False when the letter was stopped in the meantime."""
    done = db.session.execute(
        update(Letter).where(Letter.id == key, Letter.state == LetterState.SENDING, Letter.lease_by == holder).values(ending_at=clock.now())
    )
    return _one(done)


def settle(letter: Letter, holder: str, tried: Tried) -> bool:
    """Note what a try came to, and when the next one is, if there is one.

    Returns:
        False when the lease had run out or the letter was stopped meanwhile: then nothing changes.
    """
    if letter.state is not LetterState.SENDING or letter.lease_by != holder:
        return False
    moment = clock.now()
    match tried.outcome:
        case Outcome.ACCEPTED:
            twice = f" {TWICE}" if letter.doubtful else ""
            _end(letter, LetterState.ACCEPTED, f"Sent. The server said: {tried.words or 'taken'}.{twice}", tried.code)
        case Outcome.NEVER:
            _end(letter, LetterState.FAILED, f"Refused for good: {tried.words}", tried.code)
        case Outcome.UNKNOWN:
            _doubt(letter, tried.words)
        case _:
            last = moment - (letter.first_tried_at or moment) >= GIVE_UP or letter.attempts >= MOST_TRIES
            if last:
                _end(letter, LetterState.EXPIRED, f"Not taken within 24 hours. The last answer: {tried.words}", tried.code)
                return True
            due = moment + (AGAIN[letter.attempts - 1] if letter.attempts <= len(AGAIN) else AGAIN[-1])
            _free(letter, LetterState.WAITING, due)
            note(letter, LetterState.WAITING, f"Not now: {tried.words} Tried again later.", tried.code)
    return True


def recover(letter: Letter) -> None:
    """A worker died with this letter in its hands: try again, once more only where the last bytes may have gone out."""
    if letter.state is not LetterState.SENDING or letter.lease_until is None or letter.lease_until > clock.now():
        return
    if letter.ending_at is not None:
        _doubt(letter, "The program stopped while the last bytes went out.")
        return
    _free(letter, LetterState.WAITING, clock.now())
    note(letter, LetterState.WAITING, "The program stopped before anything was handed over. Tried again.")


def came_back(letter: Letter, words: str, code: int | None = None) -> bool:
    """A bounce arrived for a letter that had left; False when that is known already."""
    if letter.state not in (LetterState.ACCEPTED, LetterState.UNKNOWN, LetterState.DELIVERED):
        return False
    letter.handled_at = letter.handled_by_id = None
    _end(letter, LetterState.BOUNCED, f"Came back: {words}", code)
    return True


def arrived(letter: Letter, words: str) -> bool:
    """The receiving side reported delivery; False when that is known already."""
    if letter.state not in (LetterState.ACCEPTED, LetterState.UNKNOWN):
        return False
    _end(letter, LetterState.DELIVERED, f"Delivered: {words}")
    return True


def handle(letter: Letter, words: str, *, by: Someone) -> None:
    """Somebody saw to a letter that needed a hand."""
    if letter.handled_at is None:
        letter.handled_at, letter.handled_by_id = clock.now(), by.id
        note(letter, letter.state, words or "Seen to.", by=by)


def _doubt(letter: Letter, words: str) -> None:
    letter.doubtful += 1
    again = clock.now() + AGAIN[1] if letter.doubtful == 1 else None  # one second try: at most one letter too many
    _free(letter, LetterState.UNKNOWN, again)
    more = "Tried once more in five minutes; then it may be there twice." if again else "It is not tried again. It may have arrived, perhaps twice."
    if again is None:
        letter.ended_at, letter.token_sealed = clock.now(), None
    note(letter, LetterState.UNKNOWN, f"{words} {more}")


def _end(letter: Letter, state: LetterState, words: str, code: int | None = None) -> None:
    _free(letter, state, None)
    letter.ended_at, letter.token_sealed = clock.now(), None
    note(letter, state, words, code)


def _free(letter: Letter, state: LetterState, due_at: datetime | None) -> None:
    letter.state, letter.due_at = state, due_at
    letter.lease_by = letter.lease_until = letter.ending_at = None


def _move(letter: Letter, then: LetterState, *now: LetterState, unless_ending: bool = False, **more: object) -> bool:
    """Compare and swap: the state moves only if it is still what we believe (two workers, or a worker and a person)."""
    db.session.flush()
    change = update(Letter).where(Letter.id == letter.id, Letter.state.in_(now))
    if unless_ending:
        change = change.where(Letter.ending_at.is_(None))
    done = db.session.execute(change.values(state=then, **more), execution_options={"synchronize_session": False})
    db.session.refresh(letter)
    return _one(done)


def _one(done: object) -> bool:
    return isinstance(done, CursorResult) and done.rowcount == 1
