"""Inquiry: one call, message or visit; and the substances that were named in it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from tracker.cases.models import Case
from tracker.db import FoldedText, Key, Line, Model, Moment, PublicId, Short, coded, coded_list, version_column
from tracker.inquiries.words import (
    CrisisMark,
    DangerAnswer,
    HowHeard,
    InquirerRelationship,
    InquiryChannel,
    InquiryDisposition,
    InquiryStatus,
    ReportedBy,
    ReportedSign,
    Substance,
    UnmetNeedReason,
    Urgency,
    UseContext,
    Want,
)
from tracker.library.words import RiskFactor
from tracker.people.models import AgeBand

UNCLAIMED = text("status = 'unclaimed'")


def asked(caller: str, person: str) -> str:
    """Who asked about whom, as lists show it."""
    who = caller or "Somebody"
    return f"{who}, about {person}" if person else who


class Inquiry(Model):
    """Who asked. A case is opened from it at once, or it stays an inquiry and is counted; everything may be empty but
    the way it came and when (INFORM USA: an inquirer may stay anonymous)."""

    __tablename__ = "inquiries"
    __table_args__ = (
        Index("ix_inquiries_unclaimed", "team_id", "at", "id", sqlite_where=UNCLAIMED, postgresql_where=UNCLAIMED),
        Index("ix_inquiries_team", "team_id", "id"),
        Index("ix_inquiries_case", "case_id", "id"),
        Index("ix_inquiries_digits_reversed", "digits_reversed"),
    )

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    at: Mapped[Moment]
    channel: Mapped[InquiryChannel] = mapped_column(coded(InquiryChannel))
    status: Mapped[InquiryStatus] = mapped_column(coded(InquiryStatus))
    disposition: Mapped[InquiryDisposition | None] = mapped_column(coded(InquiryDisposition))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    taken_at: Mapped[Moment | None]
    closed_at: Mapped[Moment | None]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))

    caller_name: Mapped[Short] = mapped_column(default="")
    caller_phone: Mapped[str | None] = mapped_column(String(40))  # E.164
    phone_typed: Mapped[Short] = mapped_column(default="")
    digits_reversed: Mapped[str | None] = mapped_column(FoldedText)
    caller_email: Mapped[Line | None]
    caller_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    relation: Mapped[InquirerRelationship] = mapped_column(coded(InquirerRelationship))
    person_name: Mapped[Short] = mapped_column(default="")
    age_band: Mapped[AgeBand | None] = mapped_column(coded(AgeBand))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)

    danger: Mapped[DangerAnswer] = mapped_column(coded(DangerAnswer))
    crisis_marks: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)  # mark and moment
    words: Mapped[str] = mapped_column(Text, default="")
    wants: Mapped[list[Want]] = mapped_column(coded_list(Want), default=list)
    urgency: Mapped[Urgency | None] = mapped_column(coded(Urgency))
    how_heard: Mapped[HowHeard | None] = mapped_column(coded(HowHeard))
    language: Mapped[str] = mapped_column(String(20), default="en-US")
    zip_code: Mapped[str | None] = mapped_column(String(10))
    unmet_need: Mapped[UnmetNeedReason | None] = mapped_column(coded(UnmetNeedReason))
    signs: Mapped[list[ReportedSign]] = mapped_column(coded_list(ReportedSign), default=list)
    background: Mapped[list[RiskFactor]] = mapped_column(coded_list(RiskFactor), default=list)
    reported_by: Mapped[ReportedBy | None] = mapped_column(coded(ReportedBy))
    created_at: Mapped[Moment]
    version: Mapped[int] = version_column()

    __mapper_args__ = {"version_id_col": version}

    case: Mapped[Case | None] = relationship(lazy="raise")
    substances: Mapped[list["SubstanceReport"]] = relationship(lazy="raise", order_by="SubstanceReport.id")

    @property
    def title(self) -> str:
        """Who asked about whom, as lists show it."""
        return asked(self.caller_name, self.person_name)

    def marked(self) -> list[tuple[CrisisMark, datetime]]:
        """What was done when danger was said, and when it was saved."""
        return [(CrisisMark(one["mark"]), datetime.fromisoformat(one["at"])) for one in self.crisis_marks]


class SubstanceReport(Model):
    """A substance, how it is used, and who said so: all three together, and several for one inquiry."""

    __tablename__ = "substance_reports"

    id: Mapped[Key]
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiries.id"), index=True)
    substance: Mapped[Substance] = mapped_column(coded(Substance))
    context: Mapped[UseContext] = mapped_column(coded(UseContext))
    reported_by: Mapped[ReportedBy] = mapped_column(coded(ReportedBy))


class NotTheSame(Model):
    """Somebody said of a caller and a known case: not the same. The caller is kept as a keyed mark of what was typed, never as that."""

    __tablename__ = "not_the_same"
    __table_args__ = (UniqueConstraint("mark", "case_id"),)

    id: Mapped[Key]
    mark: Mapped[str] = mapped_column(String(64))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[Moment]
