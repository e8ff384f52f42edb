"""A meeting keeps its hour where it meets; the family sees it on its own clock, whatever either clock does."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from tests.directory.listings import listing
from tracker.directory.groups import finder
from tracker.directory.groups.models import next_day, starts_on
from tracker.directory.groups.wanted import ForWhom, PartOfDay, Wanted

ET, CT, MT, PT, AZ, HI = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix", "Pacific/Honolulu"
)  # fmt: skip
WINTER, SUMMER = datetime(2026, 1, 14, 15, tzinfo=UTC), datetime(2026, 7, 15, 15, tzinfo=UTC)  # both a Wednesday


def seen(meeting_zone: str, family: str, at: time, after: datetime) -> tuple[int, str]:
    """Weekday and hour at which a family sees a Thursday meeting."""
    starts = starts_on(next_day(4, at, meeting_zone, after), at, meeting_zone).astimezone(ZoneInfo(family))
    return starts.isoweekday(), f"{starts:%H:%M}"


@pytest.mark.parametrize(
    ("meeting_zone", "family", "winter", "summer"),
    [
        (ET, CT, "18:00", "18:00"),
        (ET, MT, "17:00", "17:00"),
        (ET, PT, "16:00", "16:00"),
        (ET, AZ, "17:00", "16:00"),
        (PT, AZ, "20:00", "19:00"),
        (AZ, PT, "18:00", "19:00"),
        (AZ, MT, "19:00", "20:00"),
        (CT, ET, "20:00", "20:00"),
        (ET, HI, "14:00", "13:00"),
        (ET, ET, "19:00", "19:00"),
    ],
)
def test_a_meeting_at_seven_as_each_zone_sees_it(meeting_zone, family, winter, summer):
    assert seen(meeting_zone, family, time(19), WINTER) == (4, winter)
    assert seen(meeting_zone, family, time(19), SUMMER) == (4, summer)


def test_a_late_meeting_in_the_west_is_the_next_day_in_the_east():
    assert seen(PT, ET, time(22, 30), WINTER) == (5, "01:30")
    assert seen(ET, HI, time(1), WINTER) == (3, "20:00")


@pytest.mark.parametrize(
    ("before", "days", "utc"),
    [
        # Clocks go forward on March 8 and back on November 1, 2026: 7 PM stays 7 PM in New York.
        (datetime(2026, 3, 3, tzinfo=UTC), ("2026-03-05", "2026-03-12"), (0, 23)),
        (datetime(2026, 10, 27, tzinfo=UTC), ("2026-10-29", "2026-11-05"), (23, 0)),
    ],
)
def test_the_hour_holds_across_both_clock_changes(before, days, utc):
    first = next_day(4, time(19), ET, before)
    second = next_day(4, time(19), ET, starts_on(first, time(19), ET).replace(minute=1))
    assert (first.isoformat(), second.isoformat()) == days
    moments = [starts_on(day, time(19), ET) for day in (first, second)]
    assert tuple(moment.astimezone(UTC).hour for moment in moments) == utc
    assert {f"{moment:%H:%M}" for moment in moments} == {"19:00"}


def test_an_arizona_family_sees_the_eastern_hour_move_when_eastern_clocks_do():
    meeting = time(19)
    before = starts_on(date(2026, 10, 29), meeting, ET).astimezone(ZoneInfo(AZ))
    after = starts_on(date(2026, 11, 5), meeting, ET).astimezone(ZoneInfo(AZ))
    assert (f"{before:%H:%M}", f"{after:%H:%M}") == ("16:00", "17:00")


def test_an_hour_that_does_not_exist_on_one_night_is_still_one_moment():
    starts = starts_on(date(2026, 3, 8), time(2, 30), ET)
    assert starts.astimezone(UTC) == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)


def test_the_next_day_is_today_until_it_has_begun():
    begins = datetime(2026, 11, 26, 19, tzinfo=ZoneInfo(ET))
    assert next_day(4, time(19), ET, begins) == date(2026, 11, 26)
    assert next_day(4, time(19), ET, begins.replace(minute=1)) == date(2026, 12, 3)


@pytest.mark.parametrize("zone", [ET, CT, MT, PT, AZ])
def test_the_finder_counts_and_orders_by_the_clock_of_the_family(db_session, zone):
    listing("Late in the west", day=2, at=time(22, 30), zone=PT)
    listing("Early in the east", day=3, at=time(6, 30), zone=ET)
    listing("Phoenix noon", day=3, at=time(12), zone=AZ)
    listing("Not today", day=7, at=time(9), zone=ET)
    now = datetime(2026, 11, 24, 15, tzinfo=UTC)
    week = finder.week(Wanted(whom=ForWhom.FAMILY), zone, now, day=3)
    shown = [(one.meeting.name, f"{one.starts:%a %H:%M}") for one in week.rows]
    expected = {
        ET: [("Late in the west", "Wed 01:30"), ("Early in the east", "Wed 06:30"), ("Phoenix noon", "Wed 14:00")],
        CT: [("Late in the west", "Wed 00:30"), ("Early in the east", "Wed 05:30"), ("Phoenix noon", "Wed 13:00")],
        MT: [("Early in the east", "Wed 04:30"), ("Phoenix noon", "Wed 12:00")],
        PT: [("Early in the east", "Wed 03:30"), ("Phoenix noon", "Wed 11:00")],
        AZ: [("Early in the east", "Wed 04:30"), ("Phoenix noon", "Wed 12:00")],
    }[zone]
    assert shown == expected
    assert week.counts[3] == len(expected)
    assert sum(week.counts.values()) == 4


def test_the_part_of_the_day_is_the_familys(db_session):
    listing("Seven in the east", day=3, at=time(19), zone=ET)
    now = datetime(2026, 11, 24, 15, tzinfo=UTC)
    for zone, part in ((ET, PartOfDay.EVENING), (PT, PartOfDay.EVENING), (HI, PartOfDay.MIDDAY)):
        assert finder.week(Wanted(part=part), zone, now).counts[3] == 1
    assert finder.week(Wanted(part=PartOfDay.MORNING), ET, now).counts[3] == 0
