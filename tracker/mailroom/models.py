"""Letter: one message to one address, and LetterEvent: what happened to it, which never changes."""

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Key, Line, Model, Moment, PublicId, Short, coded
from tracker.mailroom.words import LetterKind, LetterState

DUE = text("due_at IS NOT NULL")
LEASED = text("lease_until IS NOT NULL")
UNHANDLED = text("state IN ('bounced', 'failed', 'unknown', 'expired') AND handled_at IS NULL")


class Letter(Model):
    """A message that was asked to be sent, in the same transaction as the deed that asked (trust 4.3).

    Whom it goes to, and what it brings, never changes (the database refuses). `token_sealed` is the secret of its link, encrypted,
    until the sending has ended; then it is wiped. `ending_at` is the moment at which the last bytes were about to be handed
    over: a worker that is killed before it has surely sent nothing.
    """

    __tablename__ = "letters"
    __table_args__ = (
        CheckConstraint("state <> 'waiting' OR due_at IS NOT NULL", name="waiting_until"),
        CheckConstraint("state <> 'sending' OR lease_until IS NOT NULL", name="sending_leased"),
        Index("ix_letters_due", "due_at", sqlite_where=DUE, postgresql_where=DUE),
        Index("ix_letters_leased", "lease_until", sqlite_where=LEASED, postgresql_where=LEASED),
        Index("ix_letters_unhandled", "case_id", "id", sqlite_where=UNHANDLED, postgresql_where=UNHANDLED),
    )

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    kind: Mapped[LetterKind] = mapped_column(coded(LetterKind))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    packet_id: Mapped[int | None] = mapped_column(ForeignKey("packets.id"), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    point_id: Mapped[int | None] = mapped_column(ForeignKey("contact_points.id"))
    address: Mapped[Line]
    subject: Mapped[Short]
    language: Mapped[str] = mapped_column(String(20), default="en-US")
    with_file: Mapped[bool] = mapped_column(Boolean, default=False)
    token_sealed: Mapped[str | None] = mapped_column(Text)
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    state: Mapped[LetterState] = mapped_column(coded(LetterState), default=LetterState.WAITING)
    created_at: Mapped[Moment]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    due_at: Mapped[Moment | None]
    lease_by: Mapped[str | None] = mapped_column(String(40))
    lease_until: Mapped[Moment | None]
    ending_at: Mapped[Moment | None]
    first_tried_at: Mapped[Moment | None]
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    doubtful: Mapped[int] = mapped_column(Integer, default=0)  # tries that may have arrived
    ended_at: Mapped[Moment | None]
    handled_at: Mapped[Moment | None]
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    events: Mapped[list["LetterEvent"]] = relationship(back_populates="letter", lazy="raise", order_by="LetterEvent.id")


class LetterEvent(Model):
    """One thing that happened to a letter: in which state it was then, what the other server answered, who did it."""

    __tablename__ = "letter_events"
    __table_args__ = (Index("ix_letter_events_letter", "letter_id", "id"),)

    id: Mapped[Key]
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"))
    at: Mapped[Moment]
    state: Mapped[LetterState] = mapped_column(coded(LetterState))
    words: Mapped[Line]
    code: Mapped[int | None] = mapped_column(Integer)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    letter: Mapped[Letter] = relationship(back_populates="events", lazy="raise")
