"""The group finder: the coming seven days of meetings, as the clock stands where the family is."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import cos, radians
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, and_, or_, select
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.directory.audience import Attendee, admits, whom
from tracker.directory.fellowships import ABOUT
from tracker.directory.groups.models import STALE_AFTER, Meeting, MeetingSource, SupportGroup, next_day, starts_on
from tracker.directory.groups.wanted import LOOKS_FOR, WAYS, ForWhom, Wanted, Way, is_for, part_of_day
from tracker.directory.words import Fellowship, GroupAudience, MeetingMode, MeetingStatus
from tracker.places import Point, miles

SHOWN = 60
AT_MOST = 400
MILES_A_DEGREE = 68.7  # of latitude, at its least


@dataclass(frozen=True, slots=True)
class Listed:
    """A meeting as the finder shows it.

    Attributes:
        starts: the coming start, in the family's zone; None by appointment.
        away: miles, for meetings in a room whose place is known.
        ask_first: what to ask before placing somebody here, "" when nothing.
        stale: neither confirmed nor refreshed for 14 days.
    """

    meeting: Meeting
    starts: datetime | None
    away: float | None
    ask_first: str
    stale: bool

    @property
    def audiences(self) -> list[tuple[str, str, str]]:
        """Whom it is for, as tags."""
        is_for = whom(self.meeting.group.fellowship, self.meeting.audiences)
        if GroupAudience.PARENTS in is_for:
            is_for -= {GroupAudience.FAMILY_FRIENDS}
        return [(audience.label, "n", "users") for audience in GroupAudience if audience in is_for]

    @property
    def for_person(self) -> bool:
        """Whether its door asks for somebody's own use, so that open and closed matter."""
        return GroupAudience.INDIVIDUAL in whom(self.meeting.group.fellowship, self.meeting.audiences)

    @property
    def length(self) -> str:
        """How long it lasts: 1 h, 45 min, 1 h 30 min."""
        hours, minutes = divmod(self.meeting.minutes, 60)
        return " ".join(part for part in (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "") if part)


@dataclass(slots=True)
class Week:
    """What was found.

    Attributes:
        counts: ISO weekday, where the family is, to the number of meetings that can be offered.
        languages: tags that listings name, before a language was asked for.
        more: how many of the day are not among `rows`.
    """

    day: int
    counts: Counter[int] = field(default_factory=Counter)
    rows: list[Listed] = field(default_factory=list)
    languages: set[str] = field(default_factory=set)
    more: int = 0
    refreshed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    id: int
    starts: datetime | None
    away: float | None
    ask_first: str
    offered: bool
    name: str


def week(
    wanted: Wanted, zone: str, now: datetime, day: int | None = None, going: Sequence[Attendee] = (), everything: bool = False
) -> Week:
    """The coming seven days of meetings that fit.

    Args:
        zone: IANA zone of the family; days, parts of the day and the order follow its clock.
        now: the moment from which seven days are looked ahead.
        day: ISO weekday to list; today's when left out.
        going: who would go; a meeting that does not admit each of them is not offered.
        everything: list up to 400 of the day instead of the first 60.
    """
    here = ZoneInfo(zone)
    found = Week(day or now.astimezone(here).isoweekday())
    candidates = _candidates(wanted, here, now, going, found.languages)
    for one in candidates:
        if one.starts and one.offered:
            found.counts[one.starts.isoweekday()] += 1
    of_day = [one for one in candidates if one.starts is None or one.starts.isoweekday() == found.day]
    of_day.sort(key=lambda one: (one.starts is None, one.starts.time() if one.starts else time.max, one.name.casefold(), one.id))
    shown = of_day[: AT_MOST if everything else SHOWN]
    found.more = len(of_day) - len(shown)
    meetings = _by_id([one.id for one in shown])
    read = refreshed()
    found.refreshed_at = max(read.values(), default=None)
    found.rows = [Listed(meetings[one.id], one.starts, one.away, one.ask_first, stale(meetings[one.id], read, now)) for one in shown]
    return found


def soonest(
    wanted: Wanted, zone: str, now: datetime, going: Sequence[Attendee], without: int | None = None, how_many: int = 3
) -> list[Listed]:
    """The next few meetings that fit and admit everybody who goes, one a group, without one meeting."""
    fitting = [one for one in _candidates(wanted, ZoneInfo(zone), now, going, set()) if one.offered and one.starts and one.id != without]
    first = sorted(fitting, key=lambda one: (one.starts, one.id))[: how_many * 5]
    meetings, read = _by_id([one.id for one in first]), refreshed()
    chosen: dict[int, Listed] = {}
    for one in first:
        meeting = meetings[one.id]
        chosen.setdefault(meeting.group_id, Listed(meeting, one.starts, one.away, one.ask_first, stale(meeting, read, now)))
    return list(chosen.values())[:how_many]


def refreshed() -> dict[str, datetime]:
    """When each list was last read, by the name of its source."""
    return dict(db.session.execute(select(MeetingSource.system, MeetingSource.refreshed_at)).all())


def stale(meeting: Meeting, refreshed: dict[str, datetime], now: datetime) -> bool:
    """Whether a listing was neither confirmed by staff nor refreshed by its source within 14 days."""
    oldest = now - STALE_AFTER
    read = refreshed.get(meeting.source_system)
    return not (read and read >= oldest) and not (meeting.last_verified_on and meeting.last_verified_on >= oldest.date())


def coming_days(meeting: Meeting, now: datetime, how_many: int = 6) -> list[date]:
    """The next days, on the meeting's own calendar, on which it starts; none by appointment."""
    if meeting.by_appointment:
        return []
    first = meeting.next_day(now)
    return [first + timedelta(days=7 * later) for later in range(how_many)]


def _candidates(wanted: Wanted, here: ZoneInfo, now: datetime, going: Sequence[Attendee], told: set[str]) -> list[_Candidate]:
    known: dict[tuple[int, time, str], datetime] = {}

    def start(row: Row[Any]) -> datetime | None:
        if row.weekday is None or row.start_local is None:
            return None
        key = (row.weekday, row.start_local, row.zone)
        if key not in known:
            known[key] = starts_on(next_day(*key, after=now), row.start_local, row.zone).astimezone(here)
        return known[key]

    fitting = []
    for row in db.session.execute(_asked(wanted)):
        told.update(row.languages)
        if one := _fits(row, start(row), wanted, going):
            fitting.append(one)
    return fitting


def _asked(wanted: Wanted) -> Any:
    query: Any = (
        select(
            Meeting.id, Meeting.name, Meeting.weekday, Meeting.start_local, Meeting.zone, Meeting.mode, Meeting.access,
            Meeting.audiences, Meeting.languages, Meeting.latitude, Meeting.longitude, Meeting.status, SupportGroup.fellowship,
        )
        .join(SupportGroup, SupportGroup.id == Meeting.group_id)
        .where(Meeting.status != MeetingStatus.MISSING_FROM_SOURCE, Meeting.mode != MeetingMode.INACTIVE)
    )  # fmt: skip
    if wanted.fellowship:
        query = query.where(SupportGroup.fellowship == wanted.fellowship)
    elif wanted.whom and wanted.whom is not ForWhom.TEENS:
        query = query.where(SupportGroup.fellowship.in_(_for(wanted.whom)))
    if wanted.way:
        query = query.where(Meeting.mode.in_(sorted(WAYS[wanted.way])))
    if wanted.step_free:
        query = query.where(Meeting.step_free)
    if wanted.origin and wanted.within:
        query = query.where(or_(Meeting.mode.in_(sorted(WAYS[Way.ONLINE])), _around(wanted.origin, wanted.within)))
    return query


def _around(origin: Point, within: int) -> Any:
    # A square that holds the circle: a list of the whole country shrinks to a town before a distance is counted.
    north = within / MILES_A_DEGREE
    east = north / max(0.1, cos(radians(origin.latitude)))
    return and_(
        Meeting.latitude.between(origin.latitude - north, origin.latitude + north),
        Meeting.longitude.between(origin.longitude - east, origin.longitude + east),
    )


def _for(look: ForWhom) -> list[Fellowship]:
    side = {GroupAudience.FAMILY_FRIENDS} if look is ForWhom.PARENTS else LOOKS_FOR[look]
    return [fellowship for fellowship, about in ABOUT.items() if not about.audiences or side & set(about.audiences)]


def _fits(row: Row[Any], starts: datetime | None, wanted: Wanted, going: Sequence[Attendee]) -> _Candidate | None:
    if wanted.whom and not is_for(wanted.whom, whom(row.fellowship, row.audiences)):
        return None
    if wanted.language and wanted.language not in row.languages:
        return None
    if wanted.part and (starts is None or part_of_day(starts.time()) is not wanted.part):
        return None
    away = None
    if wanted.origin and row.latitude is not None and row.mode in WAYS[Way.IN_PERSON]:
        away = miles(wanted.origin, Point(row.latitude, row.longitude))
    if wanted.origin and wanted.within and row.mode not in WAYS[Way.ONLINE] and (away is None or away > wanted.within):
        return None
    answers = [admits(row.fellowship, row.audiences, row.access, one) for one in going]
    if not all(answer.admitted for answer in answers):
        return None
    ask_first = " ".join(dict.fromkeys(answer.reason for answer in answers if answer.reason))
    return _Candidate(row.id, starts, away, ask_first, row.status is MeetingStatus.ACTIVE, row.name)


def _by_id(ids: Collection[int]) -> dict[int, Meeting]:
    found = db.session.scalars(select(Meeting).where(Meeting.id.in_(ids)).options(joinedload(Meeting.group))) if ids else ()
    return {meeting.id: meeting for meeting in found}
