"""SupportGroup, Meeting and the list a meeting came from. A weekly meeting is a wall-clock time in a zone, never UTC."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, Float, ForeignKey, Index, Integer, String, Text, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import FoldedText, Key, Line, Model, Moment, PublicId, Short, coded, coded_list, version_column
from tracker.directory.readers.rows import UNSAID_MINUTES
from tracker.directory.words import (
    FacilitatorType,
    Fellowship,
    GroupAccess,
    GroupApproach,
    GroupAudience,
    GroupFormat,
    MeetingMode,
    MeetingStatus,
)

BY_HAND = "staff"  # source_system of what staff typed themselves
STALE_AFTER = timedelta(days=14)  # a listing is asked about again before it is handed out (interface, settings)


class MeetingSource(Model):
    """A list that meetings are read from, and when it was last read."""

    __tablename__ = "meeting_sources"

    id: Mapped[Key]
    system: Mapped[str] = mapped_column(String(60), unique=True)
    fellowship: Mapped[Fellowship] = mapped_column(coded(Fellowship))
    default_zone: Mapped[str | None] = mapped_column(String(60))
    refreshed_at: Mapped[Moment]


class SupportGroup(Model):
    """A group: whose fellowship it is, how it works, who leads."""

    __tablename__ = "support_groups"
    __table_args__ = (UniqueConstraint("source_system", "source_key"), Index("ix_support_groups_name", "folded_name", "id"))

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    name: Mapped[str] = mapped_column(String(255))
    folded_name: Mapped[str] = mapped_column(FoldedText)
    fellowship: Mapped[Fellowship] = mapped_column(coded(Fellowship), index=True)
    approach: Mapped[GroupApproach | None] = mapped_column(coded(GroupApproach))
    facilitator: Mapped[FacilitatorType | None] = mapped_column(coded(FacilitatorType))
    medication_friendly: Mapped[bool] = mapped_column(Boolean, default=False)
    cost: Mapped[Short] = mapped_column(default="")
    website: Mapped[str] = mapped_column(String(1000), default="")
    report_url: Mapped[str] = mapped_column(String(1000), default="")
    source_system: Mapped[str] = mapped_column(String(60))
    source_key: Mapped[str] = mapped_column(String(80))
    source_org: Mapped[str] = mapped_column(String(255), default="")
    created_at: Mapped[Moment]
    version: Mapped[int] = version_column()

    __mapper_args__ = {"version_id_col": version}

    meetings: Mapped[list["Meeting"]] = relationship(back_populates="group", lazy="raise", order_by="Meeting.weekday, Meeting.start_local")


class Meeting(Model):
    """One weekly meeting of a group. Never deleted: a placement may point at it."""

    __tablename__ = "meetings"
    __table_args__ = (
        UniqueConstraint("source_system", "source_key"),
        CheckConstraint("weekday IS NULL OR weekday BETWEEN 1 AND 7", name="weekday_iso"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="place_whole"),
        Index("ix_meetings_group", "group_id"),
    )

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    group_id: Mapped[int] = mapped_column(ForeignKey("support_groups.id"))
    name: Mapped[str] = mapped_column(String(255))
    weekday: Mapped[int | None] = mapped_column(Integer)  # ISO, Monday 1; None by appointment
    start_local: Mapped[time | None] = mapped_column(Time)
    end_local: Mapped[time | None] = mapped_column(Time)
    zone: Mapped[str] = mapped_column(String(60))
    mode: Mapped[MeetingMode] = mapped_column(coded(MeetingMode))
    access: Mapped[GroupAccess] = mapped_column(coded(GroupAccess))
    audiences: Mapped[list[GroupAudience]] = mapped_column(coded_list(GroupAudience), default=list)
    formats: Mapped[list[GroupFormat]] = mapped_column(coded_list(GroupFormat), default=list)
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    types: Mapped[list[str]] = mapped_column(JSON, default=list)
    unknown_types: Mapped[list[str]] = mapped_column(JSON, default=list)
    step_free: Mapped[bool] = mapped_column(Boolean, default=False)
    childcare: Mapped[bool] = mapped_column(Boolean, default=False)
    proof_of_attendance: Mapped[bool] = mapped_column(Boolean, default=False)

    location: Mapped[str] = mapped_column(String(255), default="")
    address: Mapped[str] = mapped_column(String(255), default="")
    city: Mapped[str] = mapped_column(String(80), default="")
    state: Mapped[str] = mapped_column(String(80), default="")
    postal_code: Mapped[str] = mapped_column(String(80), default="")
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    approximate: Mapped[bool] = mapped_column(Boolean, default=False)
    region_path: Mapped[str] = mapped_column(String(255), default="")
    notes: Mapped[str] = mapped_column(Text, default="")

    join_url: Mapped[str] = mapped_column(String(1000), default="")  # this and the next three: staff screens only
    join_url_notes: Mapped[str] = mapped_column(Text, default="")
    join_phone: Mapped[str] = mapped_column(String(80), default="")
    join_phone_notes: Mapped[str] = mapped_column(Text, default="")

    status: Mapped[MeetingStatus] = mapped_column(coded(MeetingStatus))
    status_since: Mapped[Moment]
    source_system: Mapped[str] = mapped_column(String(60))
    source_key: Mapped[str] = mapped_column(String(80))
    source_updated_at: Mapped[Moment | None]
    imported_at: Mapped[Moment | None]
    last_verified_on: Mapped[date | None] = mapped_column(Date)
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    verified_note: Mapped[Line | None]
    created_at: Mapped[Moment]
    version: Mapped[int] = version_column()

    __mapper_args__ = {"version_id_col": version}

    group: Mapped[SupportGroup] = relationship(back_populates="meetings", lazy="raise")

    @property
    def by_appointment(self) -> bool:
        """No fixed day and time."""
        return self.weekday is None or self.start_local is None

    @property
    def minutes(self) -> int:
        """How long it lasts; an end before the start lies on the next day, no end means an hour."""
        if self.start_local is None or self.end_local is None:
            return UNSAID_MINUTES
        length = (self.end_local.hour - self.start_local.hour) * 60 + self.end_local.minute - self.start_local.minute
        return length % (24 * 60) or UNSAID_MINUTES

    @property
    def offered(self) -> bool:
        """Whether anybody may be placed in it as things stand."""
        return self.status is MeetingStatus.ACTIVE and self.mode is not MeetingMode.INACTIVE

    def starts_on(self, day: date) -> datetime:
        """The moment it starts on a day of its own calendar. Raises ValueError by appointment."""
        return starts_on(day, self.start_local, self.zone)

    def next_day(self, after: datetime) -> date:
        """The next day, on its own calendar, on which it starts at or after a moment. Raises ValueError by appointment."""
        return next_day(self.weekday, self.start_local, self.zone, after)


def starts_on(day: date, start: time | None, zone: str) -> datetime:
    """The moment of a wall-clock time on a day in a zone: 7 PM stays 7 PM when the clocks change."""
    if start is None:
        raise ValueError("A meeting by appointment has no start.")
    return datetime.combine(day, start, tzinfo=ZoneInfo(zone))


def next_day(weekday: int | None, start: time | None, zone: str, after: datetime) -> date:
    """The next day, on the meeting's own calendar, on which it starts at or after a moment."""
    if weekday is None or start is None:
        raise ValueError("A meeting by appointment has no next day.")
    here = after.astimezone(ZoneInfo(zone)).date()
    day = here + timedelta(days=(weekday - here.isoweekday()) % 7)
    return day if starts_on(day, start, zone) >= after else day + timedelta(days=7)
