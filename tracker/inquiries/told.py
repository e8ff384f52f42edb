"""What somebody told us, as far as they told it: what the form hands to the actions."""

from dataclasses import dataclass, field
from datetime import time

from tracker.inquiries.words import (
    CrisisMark,
    DangerAnswer,
    HowHeard,
    InquirerRelationship,
    InquiryChannel,
    Reach,
    ReportedBy,
    ReportedSign,
    Substance,
    UnmetNeedReason,
    Urgency,
    UseContext,
    Want,
)
from tracker.library.words import RiskFactor
from tracker.people.models import AgeBand, Kinship

# How the caller is kin to the person of concern.
KIN = {
    InquirerRelationship.PARENT: Kinship.PARENT,
    InquirerRelationship.ADULT_CHILD: Kinship.CHILD,
    InquirerRelationship.MINOR_CHILD: Kinship.CHILD,
    InquirerRelationship.SPOUSE_PARTNER: Kinship.SPOUSE_PARTNER,
    InquirerRelationship.EX_PARTNER: Kinship.EX_PARTNER,
    InquirerRelationship.SIBLING: Kinship.SIBLING,
    InquirerRelationship.GRANDPARENT: Kinship.GRANDPARENT,
    InquirerRelationship.OTHER_FAMILY: Kinship.OTHER_FAMILY,
    InquirerRelationship.FRIEND: Kinship.FRIEND,
    InquirerRelationship.GUARDIAN: Kinship.GUARDIAN,
}

@dataclass(slots=True)
class Told:
    """What somebody told us, as far as they told it.

    Attributes:
        phone: E.164, or None; `phone_typed` is what was typed.
        reach: the ways that are safe to reach the caller.
        best_from, best_until: safe hours, on the caller's clock.
    """

    channel: InquiryChannel = InquiryChannel.PHONE_INBOUND
    phone: str | None = None
    phone_typed: str = ""
    extension: str = ""
    second_phone: str | None = None
    second_typed: str = ""
    email: str = ""
    address: str = ""
    name: str = ""
    danger: DangerAnswer = DangerAnswer.NOT_ASKED
    marks: list[CrisisMark] = field(default_factory=list)
    relation: InquirerRelationship = InquirerRelationship.UNKNOWN
    person_name: str = ""
    age_band: AgeBand | None = None
    words: str = ""
    wants: list[Want] = field(default_factory=list)
    reach: list[Reach] = field(default_factory=list)
    shared_with: str | None = None
    best_from: time | None = None
    best_until: time | None = None
    zip_code: str | None = None
    language: str = "en-US"
    urgency: Urgency | None = None
    how_heard: HowHeard | None = None
    signs: list[ReportedSign] = field(default_factory=list)
    background: list[RiskFactor] = field(default_factory=list)
    reported_by: ReportedBy | None = None
    substances: list[tuple[Substance, UseContext, ReportedBy]] = field(default_factory=list)
    unmet_need: UnmetNeedReason | None = None

    @property
    def says_something(self) -> bool:
        """Whether there is enough to keep: a phone, a name, or words."""
        return bool(self.phone_typed or self.name or self.words)

    @property
    def in_danger(self) -> bool:
        """Danger was said or could not be ruled out, and nobody has found since that there is none."""
        return self.danger in (DangerAnswer.YES, DangerAnswer.NOT_SURE) and CrisisMark.NO_DANGER_NOW not in self.marks

    @property
    def about_oneself(self) -> bool:
        """Whether caller and person of concern are one human."""
        return self.relation is InquirerRelationship.SELF

    @property
    def kinship(self) -> Kinship:
        """How the caller is kin to the person of concern."""
        return KIN.get(self.relation, Kinship.OTHER)
