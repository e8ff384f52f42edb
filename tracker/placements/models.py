"""Placement with its moves, and what was told about going. No meeting is ever asked who came."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.cases.models import Case
from tracker.db import Key, Line, Model, Moment, PublicId, coded, version_column
from tracker.directory.groups.models import Meeting
from tracker.people.models import Person
from tracker.words import Words


class PlacementStatus(Words):
    """Where a placement stands."""

    SUGGESTED = "suggested", "Suggested"
    AGREED = "agreed", "Agreed to try"
    CONTACT_MADE = "contact_made", "Made contact"
    ATTENDED_FIRST = "attended_first", "Attended first meeting"
    ATTENDING = "attending", "Attending"
    PAUSED = "paused", "Paused"
    STOPPED = "stopped", "Stopped"
    DECLINED = "declined", "Declined"
    COMPLETED_SERIES = "completed_series", "Completed series"
    MEETING_CLOSED = "meeting_closed", "Meeting closed / moved"


class Attendance(Words):
    """Whether somebody went, as they tell it."""

    ATTENDED = "attended", "Attended", "Self-report by default"
    MISSED_OK = "missed_ok", "Missed (let us know)"
    MISSED = "missed", "Missed"
    UNKNOWN = "unknown", "Unknown"


S = PlacementStatus
_GONE = {S.ATTENDING, S.PAUSED, S.STOPPED, S.COMPLETED_SERIES, S.MEETING_CLOSED}
MOVES: dict[PlacementStatus, set[PlacementStatus]] = {
    S.SUGGESTED: {S.AGREED, S.CONTACT_MADE, S.ATTENDED_FIRST, S.DECLINED, S.MEETING_CLOSED},
    S.AGREED: {S.CONTACT_MADE, S.ATTENDED_FIRST, S.DECLINED, S.MEETING_CLOSED},
    S.CONTACT_MADE: {S.ATTENDED_FIRST, S.DECLINED, S.MEETING_CLOSED},
    S.ATTENDED_FIRST: _GONE,
    S.ATTENDING: _GONE - {S.ATTENDING},
    S.PAUSED: _GONE - {S.PAUSED},
    S.STOPPED: {S.ATTENDING},  # people come back
    S.DECLINED: {S.AGREED},
    S.COMPLETED_SERIES: set(),
    S.MEETING_CLOSED: set(),
}
LIVE = (S.SUGGESTED, S.AGREED, S.CONTACT_MADE, S.ATTENDED_FIRST, S.ATTENDING, S.PAUSED)
NOT_GONE_YET = (S.SUGGESTED, S.AGREED, S.CONTACT_MADE)


class Placement(Model):
    """One person in one meeting: offered, agreed to, never an order."""

    __tablename__ = "placements"
    __table_args__ = (Index("ix_placements_case", "case_id", "id"), Index("ix_placements_meeting", "meeting_id"))

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    episode: Mapped[int] = mapped_column(Integer)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    status: Mapped[PlacementStatus] = mapped_column(coded(PlacementStatus))
    status_since: Mapped[Moment]
    why: Mapped[Line | None]  # why it was paused, stopped or declined, as they say it
    first_on: Mapped[date | None] = mapped_column(Date)  # on the meeting's own calendar; the hour is the meeting's
    ask_on: Mapped[date | None] = mapped_column(Date)  # when we ask how it went, where the family is
    placed_at: Mapped[Moment]
    placed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    version: Mapped[int] = version_column()

    __mapper_args__ = {"version_id_col": version}

    case: Mapped[Case] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
    meeting: Mapped[Meeting] = relationship(lazy="raise")
    told: Mapped[list["Told"]] = relationship(lazy="raise", order_by="Told.on_day.desc(), Told.id.desc()")

    @property
    def is_live(self) -> bool:
        """Whether it goes on."""
        return self.status in LIVE

    @property
    def first_at(self) -> datetime | None:
        """The moment of the first meeting, by the meeting's hour as it is listed now."""
        if self.first_on is None or self.meeting.start_local is None:
            return None
        return self.meeting.starts_on(self.first_on)


class Told(Model):
    """What was told about one day: went or not, in their words."""

    __tablename__ = "placement_attendances"
    __table_args__ = (Index("ix_placement_attendances_placement", "placement_id"),)

    id: Mapped[Key]
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"))
    attendance: Mapped[Attendance] = mapped_column(coded(Attendance))
    on_day: Mapped[date] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
