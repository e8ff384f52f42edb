"""Draft: the fields of one form, as they stood at the last pause."""

from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from tracker.db import Key, Model, Moment
from tracker.words import Words

SEAL = "drafts"  # the purpose of the key under which they lie


class DraftKind(Words):
    """The forms that are kept while they are typed."""

    INQUIRY = "inquiry", "New inquiry"
    CONTACT = "contact", "Log contact"
    PACKET = "packet", "Packet"
    PLAN = "plan", "Plan"
    REFERRAL = "referral", "Referral"


class Draft(Model):
    """One person's words in one form. Nobody else ever reads them."""

    __tablename__ = "drafts"
    __table_args__ = (Index("ix_drafts_form", "staff_id", "kind", "key", unique=True), Index("ix_drafts_saved_at", "saved_at"))

    id: Mapped[Key]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(64))  # the case's id in its address, or a random key for a form without one
    body: Mapped[Any] = mapped_column(JSON)  # encrypted: pairs of field and text, in the form's order (older ones lie there plainly)
    saved_at: Mapped[Moment]
