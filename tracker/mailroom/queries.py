"""What can be asked of the mail room."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, select

from tracker.db import db
from tracker.mailroom.models import Letter, LetterEvent
from tracker.mailroom.words import LetterState

WAITS_TOO_LONG = timedelta(minutes=15)  # past its time: then the worker does not run
A_SWEEP = 2_000


def due(at: datetime, size: int = A_SWEEP) -> Sequence[int]:
    """The keys of letters whose time has come, oldest first. A state is asked for, never a position (trust 1.1 rule 4)."""
    return db.session.scalars(select(Letter.id).where(Letter.due_at <= at).order_by(Letter.due_at, Letter.id).limit(size)).all()


def left_lying(at: datetime, size: int = A_SWEEP) -> Sequence[Letter]:
    """Letters in the hands of a worker whose lease has run out."""
    query = select(Letter).where(Letter.state == LetterState.SENDING, Letter.lease_until < at)
    return db.session.scalars(query.order_by(Letter.lease_until, Letter.id).limit(size).with_for_update(skip_locked=True)).all()


def locked(key: int) -> Letter | None:
    """A letter for a deed of this transaction; None when there is none, or another one works at it."""
    return db.session.scalars(select(Letter).where(Letter.id == key).with_for_update(skip_locked=True)).first()


def of_packet(packet_id: int, lock: bool = False) -> Letter | None:
    """The letter of a packet."""
    query = select(Letter).where(Letter.packet_id == packet_id)
    return db.session.scalars(query.with_for_update() if lock else query).first()


def of_packets(packet_ids: Sequence[int]) -> dict[int, Letter]:
    """The letters of some packets, by packet."""
    found = db.session.scalars(select(Letter).where(Letter.packet_id.in_(packet_ids)))
    return {letter.packet_id: letter for letter in found if letter.packet_id is not None}


def by_message(message_id: str) -> Letter | None:
    """The letter that bears a Message-ID."""
    return db.session.scalars(select(Letter).where(Letter.message_id == message_id).with_for_update()).first()


def events(letter: Letter) -> Sequence[LetterEvent]:
    """What happened to a letter, in order."""
    return db.session.scalars(select(LetterEvent).where(LetterEvent.letter_id == letter.id).order_by(LetterEvent.id).limit(200)).all()


def overdue(at: datetime) -> ColumnElement[bool]:
    """Letters that should have left and wait too long, as an SQL predicate."""
    return and_(Letter.due_at.is_not(None), Letter.due_at < at - WAITS_TOO_LONG)
