"""Reading a Meeting Guide feed: nothing is lost in silence, and Sunday stays Sunday."""

import json
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from tracker.directory import readers
from tracker.directory.readers import Unreadable
from tracker.directory.readers.meeting_guide import weekdays
from tracker.directory.readers.rows import LARGEST_FILE, Bad
from tracker.directory.words import Fellowship, GroupAccess, GroupAudience, GroupFormat, MeetingMode, MeetingStatus

FILES = Path(__file__).parent / "files"


def read_guide(data=None, fellowship=Fellowship.AA, zone="America/New_York"):
    return readers.read(data or (FILES / "invented-guide.json").read_bytes(), "feed.json", fellowship=fellowship, default_zone=zone)


@pytest.fixture
def rows():
    return {row.source_key: row for row in read_guide().rows}


def test_each_day_of_the_source_becomes_the_iso_day():
    assert [weekdays(day) for day in (0, "0", 1, 6, [0, 3], None, "", [])] == [
        [(0, 7)], [(0, 7)], [(1, 1)], [(6, 6)], [(0, 7), (3, 3)], [], [], []
    ]  # fmt: skip


@pytest.mark.parametrize("day", [7, -1, "7", True, 1.5, "Monday", [1, 9], "٣"])
def test_a_day_outside_the_source_count_is_refused(day):
    with pytest.raises(Bad):
        weekdays(day)


def test_a_listing_is_told_in_our_words(rows):
    row = rows["lantern-night"]
    assert row.name == "Lantern & Friends"
    assert (row.weekday, row.start_local, row.end_local, row.minutes, row.zone) == (7, time(19, 30), time(20, 45), 75, "America/Chicago")
    assert (row.mode, row.access, row.status) == (MeetingMode.IN_PERSON, GroupAccess.OPEN, MeetingStatus.ACTIVE)
    assert (row.formats, row.languages, row.step_free) == ((GroupFormat.DISCUSSION,), ("es",), True)
    assert (row.types, row.unknown_types) == (("O", "D", "X", "S"), ("ZZZ",))
    assert (row.city, row.state, row.postal_code) == ("Springfield", "IL", "62701")
    assert (row.latitude, row.longitude, row.approximate) == (39.799, -89.644, False)
    assert row.region_path == "Illinois > Springfield"
    assert row.source_updated_at == datetime(2026, 3, 1, 16, 50, 58, tzinfo=UTC)
    assert (row.source_org, row.source_url, row.report_url) == (
        "Example Intergroup", "https://example.org/lantern", "https://example.org/lantern/report"
    )  # fmt: skip


def test_members_stay_anonymous(rows):
    told = " ".join(str(row) for row in rows.values())
    assert "Somebody" not in told
    assert "555-0100" not in told
    assert "@invented" not in told


def test_an_end_before_the_start_is_on_the_next_day_and_a_room_is_not_asked_for_online(rows):
    row = rows["4711"]
    assert (row.weekday, row.minutes, row.mode) == (6, 60, MeetingMode.ONLINE)
    assert row.types == ("C", "M"), "wheelchair access is about a room, ONL is no type"
    assert row.audiences == (GroupAudience.MEN,)


def test_a_meeting_on_two_days_is_two_meetings(rows):
    assert (rows["two-days-1"].weekday, rows["two-days-4"].weekday) == (1, 4)
    assert rows["two-days-1"].zone == "America/New_York"
    assert rows["two-days-1"].minutes == 60


def test_a_shut_room_a_telephone_meeting_and_one_by_appointment(rows):
    assert rows["shut-room"].status is MeetingStatus.TEMPORARILY_CLOSED
    assert rows["by-phone"].mode is MeetingMode.PHONE
    assert rows["when-asked"].by_appointment
    assert rows["when-asked"].access is GroupAccess.UNKNOWN


def test_each_refused_meeting_has_its_number_its_slug_and_a_reason():
    refused = {refusal.number: refusal for refusal in read_guide().refused}
    assert sorted(refused) == [7, 8, 9, 10, 11, 12, 13, 14, 15]
    assert [refused[number].slug for number in (7, 8, 9)] == ["two-days", "", "day-nine"]
    for number, word in {
        7: "already",
        8: "no slug",
        9: "Day “9”",
        10: "time",
        11: "EST",
        12: "earth",
        13: "NUL",
        14: "web address",
        15: "fields",
    }.items():
        assert word in refused[number].reason
        assert refused[number].reason.endswith(".")


def test_without_a_zone_anywhere_the_row_is_refused():
    reading = read_guide(zone=None)
    assert "two-days" in {refusal.slug for refusal in reading.refused if "timezone" in refusal.reason}


def test_a_code_means_what_its_fellowship_says():
    feed = b'[{"slug": "a", "name": "A", "day": 1, "time": "18:00", "timezone": "America/Denver", "types": ["Y", "POA", "IW"]}]'
    aa = read_guide(feed).rows[0]
    family = read_guide(feed, Fellowship.AL_ANON).rows[0]
    na = read_guide(feed, Fellowship.NA).rows[0]
    assert (aa.audiences, aa.proof_of_attendance, aa.unknown_types) == ((GroupAudience.YOUNG_ADULTS,), True, ("IW",))
    assert (family.fellowship, family.audiences, family.proof_of_attendance) == (
        Fellowship.ALATEEN, (GroupAudience.TEENS, GroupAudience.PARENTS), False
    )  # fmt: skip
    assert (na.types, na.unknown_types) == (("Y", "IW"), ("POA",))


def test_too_long_values_are_refused():
    long = {"name": "n" * 256, "slug": "s" * 65, "notes": "x" * 4001}
    for field, value in long.items():
        row = {"slug": "a", "name": "A", "day": 1, "time": "18:00"} | {field: value}
        assert "longer than" in read_guide(json.dumps([row]).encode()).refused[0].reason


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"\xff\xfe[]", "UTF-8"),
        (b'[{"slug": "a"', "end"),
        (b"[" * 100_000, "end"),
        (b'{"a": 1}', "array"),
        (b"[]", "no meetings"),
        (b"[1, 2]", "nothing in it is a meeting"),
        (b'[{"slug": "a", "name": "A", "latitude": NaN}]', "end"),
        (b"hello", "neither"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(data, word):
    with pytest.raises(Unreadable, match=word):
        readers.read(data, "feed", fellowship=Fellowship.AA, default_zone="America/New_York")


def test_a_file_that_is_too_large_is_not_even_decoded():
    with pytest.raises(Unreadable, match="20 MB"):
        readers.read(b"[" + b" " * LARGEST_FILE, "feed.json", fellowship=Fellowship.AA)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b'[{"id_bigint": "12", "weekday_tinyint": "1", "meeting_name": "Invented"}]', "BMLT"),
        (b'{"meetings": [{"id_bigint": "12"}], "formats": []}', "BMLT"),
        (b'[{"slug": "a", "name": "A", "day": 7, "time": "18:00", "archived": false}]', "Online Intergroup"),
        (b'[{"slug": "a", "name": "A", "day": 7}, {"slug": "b", "name": "B", "day": 1}]', "Online Intergroup"),
    ],
)
def test_another_format_is_named_and_refused(data, word):
    with pytest.raises(Unreadable, match=word):
        readers.read(data, "feed.json", fellowship=Fellowship.AA, default_zone="America/New_York")
