"""Entry: one line of the journal."""

from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from tracker.db import BigKey, Model, Moment, coded
from tracker.words import Words


class Kind(Words):
    """Where a line stands: the kinds of a case's history, and the two that only the audit shows."""

    CONTACT = "contact", "Contacts"
    INTERVENTION = "intervention", "Interventions"
    REFERRAL = "referral", "Referrals"
    GROUP = "group", "Groups"
    PACKET = "packet", "Packets"
    FOLLOW_UP = "follow_up", "Follow-up"
    NOTE = "note", "Notes"
    CHANGE = "change", "Changes"
    VIEWING = "viewing", "Viewings"
    ACCESS = "access", "Access"


TOLD = [kind for kind in Kind if kind not in (Kind.VIEWING, Kind.ACCESS)]


class Entry(Model):
    """One deed or viewing. Numbers run without a gap; `mac` covers the line and the one before it.

    `facts` (the payload) may be erased on its own: the chain holds only a salted commitment to it.
    """

    __tablename__ = "journal"
    __table_args__ = (
        UniqueConstraint("prev"),
        Index("ix_journal_case_number", "case_id", "number"),
        Index("ix_journal_case_kind_number", "case_id", "kind", "number"),
        Index("ix_journal_actor_number", "actor_id", "number"),
    )

    number: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    at: Mapped[Moment]
    kind: Mapped[Kind] = mapped_column(coded(Kind))
    verb: Mapped[str] = mapped_column(String(60))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    session_id: Mapped[str | None] = mapped_column(String(64))
    about_type: Mapped[str] = mapped_column(String(60))
    about_id: Mapped[str] = mapped_column(String(64))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    facts: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    salt: Mapped[str] = mapped_column(String(32))
    commitment: Mapped[str] = mapped_column(String(64))
    prev: Mapped[str] = mapped_column(String(64))
    mac: Mapped[str] = mapped_column(String(64))

