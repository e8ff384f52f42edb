"""Consent with its elements and its programs; Disclosure, which is never changed."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.cases.models import Case
from tracker.consents.words import (
    RELEASES,
    ConsentElement,
    ConsentStatus,
    ConsentType,
    DisclosurePurpose,
    InfoCategory,
    SignatureMethod,
    SignerCapacity,
)
from tracker.db import BigKey, Key, Line, Model, Moment, PublicId, Short, coded, coded_list, version_column
from tracker.directory.programs.models import Program
from tracker.people.models import Person

S = ConsentStatus
# Nothing that was agreed or declined is deleted; a consent whose day has passed counts as none without anybody's move.
MOVES: dict[ConsentStatus, set[ConsentStatus]] = {
    S.DRAFT: {S.ACTIVE, S.REVOKED, S.SUPERSEDED, S.ENTERED_IN_ERROR},
    S.ACTIVE: {S.EXPIRED, S.REVOKED, S.SUPERSEDED, S.ENTERED_IN_ERROR},
    S.EXPIRED: {S.REVOKED, S.SUPERSEDED, S.ENTERED_IN_ERROR},
    S.REVOKED: {S.ENTERED_IN_ERROR},
    S.SUPERSEDED: {S.ENTERED_IN_ERROR},
    S.REFUSED: {S.SUPERSEDED, S.ENTERED_IN_ERROR},
    S.ENTERED_IN_ERROR: set(),
}


class Consent(Model):
    """What one person allowed or declined about their own information, and who signed.

    Sources: 42 CFR 2.31(a) for the elements of a release, 2.31(c) for what is not a consent (domain 3.4).
    """

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_case", "case_id", "id"), Index("ix_consents_subject", "subject_id", "id"))

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    subject_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    type: Mapped[ConsentType] = mapped_column(coded(ConsentType))
    status: Mapped[ConsentStatus] = mapped_column(coded(ConsentStatus))
    status_at: Mapped[Moment]

    giver_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: somebody outside the family's record
    signer_capacity: Mapped[SignerCapacity | None] = mapped_column(coded(SignerCapacity))
    signer_name: Mapped[Short] = mapped_column(default="")
    signature_method: Mapped[SignatureMethod | None] = mapped_column(coded(SignatureMethod))
    signed_on: Mapped[date | None] = mapped_column(Date)
    evidence: Mapped[str] = mapped_column(Text, default="")  # where the paper is, what shows the signer's right

    discloser: Mapped[Line] = mapped_column(default="")
    info_categories: Mapped[list[InfoCategory]] = mapped_column(coded_list(InfoCategory), default=list)
    info_text: Mapped[str] = mapped_column(Text, default="")
    recipients_text: Mapped[Line] = mapped_column(default="")
    purpose: Mapped[DisclosurePurpose | None] = mapped_column(coded(DisclosurePurpose))
    purpose_text: Mapped[Line] = mapped_column(default="")
    revocation_told: Mapped[bool] = mapped_column(Boolean, default=False)
    expires_on: Mapped[date | None] = mapped_column(Date)  # the last day on which it holds
    expires_event: Mapped[Line] = mapped_column(default="")

    recorded_at: Mapped[Moment]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    revoked_at: Mapped[Moment | None]  # of receipt: it holds from here on, and does not unsend
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))  # who recorded it
    revoked_words: Mapped[Line | None]  # who said it, how, in which words
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("consents.id"))
    version: Mapped[int] = version_column()

    __mapper_args__ = {"version_id_col": version}

    case: Mapped[Case] = relationship(lazy="raise")
    subject: Mapped[Person] = relationship(foreign_keys=[subject_id], lazy="raise")
    giver: Mapped[Person | None] = relationship(foreign_keys=[giver_id], lazy="raise")
    programs: Mapped[list[Program]] = relationship(secondary="consent_programs", lazy="raise", order_by=Program.name)

    @property
    def is_release(self) -> bool:
        """Whether information would leave or come in under it."""
        return self.type in RELEASES

    def standing(self, today: date) -> ConsentStatus:
        """Its status on a day: one whose last day has passed counts as expired.

        Args:
            today: the calendar day in the organisation's zone.
        """
        if self.status is S.ACTIVE and self.expires_on is not None and self.expires_on < today:
            return S.EXPIRED
        return self.status

    def missing(self, programs: Collection[Program]) -> tuple[ConsentElement, ...]:
        """The elements of 42 CFR 2.31(a) that a release lacks; () for what is no release."""
        if not self.is_release:
            return ()
        e = ConsentElement
        have = {
            e.SUBJECT_NAME: bool(self.subject_id),
            e.DISCLOSER: bool(self.discloser),
            e.INFORMATION: bool(self.info_categories),
            e.RECIPIENTS: bool(programs or self.recipients_text),
            e.PURPOSE: self.purpose is not None,
            e.RIGHT_TO_REVOKE: self.revocation_told,
            e.EXPIRY: self.expires_on is not None or bool(self.expires_event),
            # A spoken yes is recorded, and never opens this gate.
            e.SIGNATURE: bool(self.signer_capacity and self.signer_name and self.signature_method not in (None, SignatureMethod.VERBAL_DOCUMENTED)),
            e.DATE_SIGNED: self.signed_on is not None,
        }
        return tuple(element for element, there in have.items() if not there)


class ConsentProgram(Model):
    """That a consent names a program as one that may be told, or may tell."""

    __tablename__ = "consent_programs"

    consent_id: Mapped[int] = mapped_column(ForeignKey("consents.id"), primary_key=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id"), primary_key=True, index=True)


class Disclosure(Model):
    """One time that information left under a consent; written with the deed that sent it, and never changed.

    Source: 42 CFR 2.25, content as in 45 CFR 164.528(b): date, recipient, description, purpose.
    """

    __tablename__ = "disclosures"
    __table_args__ = (Index("ix_disclosures_case", "case_id", "id"), CheckConstraint("length(recipient) > 0", name="recipient_said"))

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    subject_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    consent_id: Mapped[int] = mapped_column(ForeignKey("consents.id"), index=True)
    program_id: Mapped[int | None] = mapped_column(ForeignKey("programs.id"))
    referral_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("referrals.id"))
    recipient: Mapped[Line]
    recipient_at: Mapped[Line] = mapped_column(default="")  # address or number
    categories: Mapped[list[InfoCategory]] = mapped_column(coded_list(InfoCategory))
    told: Mapped[list[str]] = mapped_column(JSON)  # line by line, as it was told
    purpose: Mapped[DisclosurePurpose] = mapped_column(coded(DisclosurePurpose))
    way: Mapped[str] = mapped_column(String(120))
    at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    subject: Mapped[Person] = relationship(lazy="raise")
