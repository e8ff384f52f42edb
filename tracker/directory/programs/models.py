"""Provider, Site, Program (a service at a site), and Capacity: whether there is a place, as a dated fact of its own."""

from datetime import datetime, timedelta

from sqlalchemy import JSON, Boolean, CheckConstraint, Float, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import FoldedText, Key, Line, Model, Moment, PublicId, Short, coded, coded_list, version_column
from tracker.directory.programs.words import (
    CapacityStatus,
    CareAttribute,
    LevelOfCare,
    NarrLevel,
    Payment,
    ProgramStatus,
    Serves,
    VerifiedHow,
)


class Provider(Model):
    """An organisation that gives treatment or housing."""

    __tablename__ = "providers"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    name: Mapped[Short]
    folded_name: Mapped[str] = mapped_column(FoldedText, index=True)
    website: Mapped[Line] = mapped_column(default="")
    # Any tie between us and them, in words; shown wherever somebody may be referred there. Nothing is sorted by it.
    coi_disclosure: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[Moment]
    version: Mapped[int] = version_column()

    __mapper_args__ = {"version_id_col": version}


class Site(Model):
    """Where a provider works. A confidential address is shown and printed nowhere."""

    __tablename__ = "sites"
    __table_args__ = (
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="place_whole"),
        Index("ix_sites_place", "latitude", "longitude"),
    )

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    provider_id: Mapped[int] = mapped_column(ForeignKey("providers.id"), index=True)
    address: Mapped[Line] = mapped_column(default="")
    address_confidential: Mapped[bool] = mapped_column(Boolean, default=False)
    city: Mapped[Short] = mapped_column(default="")
    state: Mapped[str] = mapped_column(String(2), default="")
    zip_code: Mapped[str] = mapped_column(String(10), default="")
    latitude: Mapped[float | None] = mapped_column(Float)  # the middle of the ZIP
    longitude: Mapped[float | None] = mapped_column(Float)

    @property
    def town(self) -> str:
        """City and state, which are shown for confidential addresses too."""
        return ", ".join(part for part in (self.city, self.state) if part)

    @property
    def shown_address(self) -> str:
        """The address as any screen, print or export may show it."""
        return (
            f"{self.town} (address kept confidential)".strip()
            if self.address_confidential
            else ", ".join(p for p in (self.address, self.town, self.zip_code) if p)
        )


class Program(Model):
    """One service of a provider at one site. Never deleted: referrals and consents point at it."""

    __tablename__ = "programs"
    __table_args__ = (
        CheckConstraint("age_from IS NULL OR age_to IS NULL OR age_from <= age_to", name="ages_ordered"),
        CheckConstraint("narr_level IS NULL OR level_of_care = 'recovery_residence'", name="narr_of_residence"),
        Index("ix_programs_name", "folded_name", "id"),
        Index("ix_programs_level", "level_of_care"),
    )

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    provider_id: Mapped[int] = mapped_column(ForeignKey("providers.id"), index=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"), index=True)
    name: Mapped[Short]
    folded_name: Mapped[str] = mapped_column(FoldedText)
    level_of_care: Mapped[LevelOfCare] = mapped_column(coded(LevelOfCare))
    narr_level: Mapped[NarrLevel | None] = mapped_column(coded(NarrLevel))
    payments: Mapped[list[Payment]] = mapped_column(coded_list(Payment), default=list)
    attributes: Mapped[list[CareAttribute]] = mapped_column(coded_list(CareAttribute), default=list)
    serves: Mapped[list[Serves]] = mapped_column(coded_list(Serves), default=list)
    serves_note: Mapped[Line] = mapped_column(default="")
    age_from: Mapped[int | None] = mapped_column(Integer)
    age_to: Mapped[int | None] = mapped_column(Integer)
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)  # BCP 47
    phone: Mapped[str] = mapped_column(String(20), default="")  # E.164, intake
    fax: Mapped[str] = mapped_column(String(20), default="")
    alert: Mapped[Line] = mapped_column(default="")  # a short-term notice
    notes: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[ProgramStatus] = mapped_column(coded(ProgramStatus))
    verified_at: Mapped[Moment | None]
    verified_how: Mapped[VerifiedHow | None] = mapped_column(coded(VerifiedHow))
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    verified_note: Mapped[Line | None]  # with whom one spoke
    created_at: Mapped[Moment]
    version: Mapped[int] = version_column()

    __mapper_args__ = {"version_id_col": version}

    provider: Mapped[Provider] = relationship(lazy="raise")
    site: Mapped[Site] = relationship(lazy="raise")

    @property
    def offered(self) -> bool:
        """Whether anybody may be referred there as things stand."""
        return self.status is ProgramStatus.ACTIVE

    def stale(self, at: datetime, days: int) -> bool:
        """Whether nobody has confirmed its facts for so many days: call before you refer."""
        return self.verified_at is None or at - self.verified_at > timedelta(days=days)


class Capacity(Model):
    """What a program said about places at one moment; rows are only added. Asked without naming anybody."""

    __tablename__ = "capacities"
    __table_args__ = (Index("ix_capacities_program", "program_id", "id"),)

    id: Mapped[Key]
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id"))
    status: Mapped[CapacityStatus] = mapped_column(coded(CapacityStatus))
    as_of: Mapped[Moment]
    available: Mapped[int | None] = mapped_column(Integer)
    maximum: Mapped[int | None] = mapped_column(Integer)
    wait_days: Mapped[int | None] = mapped_column(Integer)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


def believed(told: Capacity | None, at: datetime, hours: int) -> CapacityStatus:
    """Whether there is a place, as far as it is known: what was told is believed for so many hours.

    Source: Gravity's capacity codes; domain 3.5 (unknown after 24 h).
    """
    if told is None or at - told.as_of > timedelta(hours=hours):
        return CapacityStatus.UNKNOWN
    return told.status
