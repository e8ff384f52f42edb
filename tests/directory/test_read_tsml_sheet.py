"""Reading a TSML sheet: day names, 6:00 PM, types by name."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from tracker.directory import readers
from tracker.directory.readers import Format, Unreadable, tsml
from tracker.directory.readers.rows import Bad
from tracker.directory.words import Fellowship, GroupAccess, GroupAudience, GroupFormat, MeetingMode, MeetingStatus

SHEET = (Path(__file__).parent / "files" / "invented-sheet.csv").read_bytes()


@pytest.fixture
def reading():
    return readers.read(SHEET, "sheet.csv", fellowship=Fellowship.AL_ANON, default_zone="America/Los_Angeles")


def test_a_line_is_told_in_our_words(reading):
    row = reading.rows[0]
    assert (row.source_key, row.weekday, row.start_local, row.minutes) == ("harbor-parents", 1, time(18), 60)
    assert (row.access, row.audiences, row.step_free) == (GroupAccess.OPEN, (GroupAudience.PARENTS,), True)
    assert (row.region_path, row.postal_code, row.mode) == ("Portland > Downtown", "97201", MeetingMode.IN_PERSON)
    assert row.source_updated_at == datetime(2026, 4, 4, 16, 50, 58, tzinfo=UTC)
    assert row.last_verified_on == date(2026, 10, 31)


def test_people_and_payment_are_dropped(reading):
    told = str(reading.rows)
    for secret in ("Somebody", "@invented", "PO Box", "someone", "555-0103"):
        assert secret not in told


def test_old_names_hints_and_names_we_do_not_know(reading):
    row = reading.rows[1]
    assert (row.name, row.weekday, row.minutes) == ("Night & Morning", 6, 60)
    assert (row.mode, row.formats, row.unknown_types) == (MeetingMode.ONLINE, (GroupFormat.STEP_STUDY,), ("Juggling",))
    assert row.source_updated_at == datetime(2022, 10, 31, tzinfo=UTC)
    assert row.zone == "America/Los_Angeles"


def test_by_appointment_and_closed_for_now(reading):
    row = reading.rows[2]
    assert row.by_appointment
    assert (row.start_local, row.end_local) == (time(12), time(13))
    assert row.status is MeetingStatus.TEMPORARILY_CLOSED


def test_each_refused_line_is_named_by_its_line_in_the_sheet(reading):
    assert [(refusal.number, refusal.slug) for refusal in reading.refused] == [
        (5, "harbor-parents"), (7, "funday"), (8, "counted"), (9, "many"), (10, "nameless")
    ]  # fmt: skip
    assert "Line 2" in reading.refused[0].reason


@pytest.mark.parametrize(
    ("said", "told"),
    [("6:00 PM", time(18)), ("12:00 AM", time(0)), ("12:15 pm", time(12, 15)), ("6 p.m.", time(18)), ("18:30", time(18, 30)), ("", None)],
)
def test_clock_times(said, told):
    assert tsml.clock(said, "The time") == told


@pytest.mark.parametrize("said", ["13:00 PM", "0:30 AM", "24:00", "6:75 PM", "soon", "6"])
def test_clock_times_that_are_none(said):
    with pytest.raises(Bad):
        tsml.clock(said, "The time")


def test_a_quote_that_is_never_closed_refuses_the_whole_sheet():
    with pytest.raises(Unreadable):
        readers.read(SHEET + b'"7:00 PM,,Monday', "sheet.csv", fellowship=Fellowship.AA)


def test_a_byte_order_mark_and_lower_case_headers_do_not_hide_a_sheet():
    assert readers.detect(b"\xef\xbb\xbftime,day,name,slug\n", "x") is Format.TSML
