"""Referral, and the answers to it: a history that is only added to."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.cases.models import Case
from tracker.consents.models import Consent
from tracker.db import Key, Line, Model, Moment, PublicId, coded, version_column
from tracker.directory.programs.models import Program
from tracker.directory.programs.words import CapacityStatus, LevelOfCare
from tracker.people.models import Person
from tracker.referrals.words import LIVE, DischargeType, Handoff, LocSource, ProviderResponse, ReferralStatus, StatusSetBy


class Referral(Model):
    """One person, one program. Sent is not complete: it ends only when somebody told us how it ended."""

    __tablename__ = "referrals"
    __table_args__ = (
        CheckConstraint("handoff = 'family_calls' OR consent_id IS NOT NULL OR status IN ('draft', 'entered_in_error')", name="shared_under_consent"),
        CheckConstraint("status <> 'in_progress' OR admitted_on IS NOT NULL", name="started_has_day"),
        CheckConstraint("status <> 'failed' OR admitted_on IS NULL", name="failed_never_admitted"),
        CheckConstraint("discharge_type IS NULL OR discharged_on IS NOT NULL", name="discharge_has_day"),
        CheckConstraint("admitted_on IS NULL OR discharged_on IS NULL OR discharged_on >= admitted_on", name="days_ordered"),
        CheckConstraint("status NOT IN ('rejected', 'cancelled', 'on_hold', 'failed') OR length(reason) > 0", name="reason_said"),
        Index("ix_referrals_case", "case_id", "id"),
        Index("ix_referrals_waiting", "status", "provider_response", "sent_at"),
    )

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    episode: Mapped[int] = mapped_column(Integer)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id"), index=True)
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consents.id"), index=True)
    handoff: Mapped[Handoff] = mapped_column(coded(Handoff))
    level_of_care: Mapped[LevelOfCare] = mapped_column(coded(LevelOfCare))
    loc_source: Mapped[LocSource] = mapped_column(coded(LocSource))
    capacity_at_send: Mapped[CapacityStatus] = mapped_column(coded(CapacityStatus))
    told: Mapped[list[str]] = mapped_column(JSON, default=list)  # line by line, what was shared

    status: Mapped[ReferralStatus] = mapped_column(coded(ReferralStatus))
    status_at: Mapped[Moment]
    status_set_by: Mapped[StatusSetBy] = mapped_column(coded(StatusSetBy))
    reason: Mapped[str] = mapped_column(String(60), default="")  # a code of the set that belongs to the status
    reason_text: Mapped[str] = mapped_column(Text, default="")
    sent_at: Mapped[Moment | None]
    check_back_on: Mapped[date | None] = mapped_column(Date)
    provider_response: Mapped[ProviderResponse] = mapped_column(coded(ProviderResponse), default=ProviderResponse.NONE_YET)
    response_at: Mapped[Moment | None]
    expected_on: Mapped[date | None] = mapped_column(Date)  # a start, an offered place, the end of a waiting list
    admitted_on: Mapped[date | None] = mapped_column(Date)
    discharged_on: Mapped[date | None] = mapped_column(Date)
    discharge_type: Mapped[DischargeType | None] = mapped_column(coded(DischargeType))
    loop_closed_at: Mapped[Moment | None]
    outcome_confirmed_by: Mapped[StatusSetBy | None] = mapped_column(coded(StatusSetBy))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    version: Mapped[int] = version_column()

    __mapper_args__ = {"version_id_col": version}

    case: Mapped[Case] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
    program: Mapped[Program] = relationship(lazy="raise")
    consent: Mapped[Consent | None] = relationship(lazy="raise")
    answers: Mapped[list["ReferralAnswer"]] = relationship(lazy="raise", order_by="ReferralAnswer.id")

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def shares_nothing(self) -> bool:
        """The family has the details; the program knows nothing from us."""
        return self.handoff is Handoff.FAMILY_CALLS

    @property
    def in_treatment(self) -> bool:
        """Admitted and not discharged, which is shown beside the stage of the case."""
        running = self.status in (ReferralStatus.IN_PROGRESS, ReferralStatus.ON_HOLD)
        return running and self.admitted_on is not None and self.discharged_on is None


class ReferralAnswer(Model):
    """One thing that was told about a referral: a move, or a response that leaves its status. Never changed."""

    __tablename__ = "referral_answers"
    __table_args__ = (Index("ix_referral_answers_referral", "referral_id", "id"),)

    id: Mapped[Key]
    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id"))
    at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    from_status: Mapped[ReferralStatus] = mapped_column(coded(ReferralStatus))
    to_status: Mapped[ReferralStatus] = mapped_column(coded(ReferralStatus))
    set_by: Mapped[StatusSetBy] = mapped_column(coded(StatusSetBy))
    words: Mapped[Line]  # as the history tells it
    reason: Mapped[str] = mapped_column(String(60), default="")
    note: Mapped[str] = mapped_column(Text, default="")
