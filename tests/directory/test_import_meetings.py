"""Reading a list into the directory: all of it or nothing, twice changes nothing, nothing is ever deleted."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select
from sqlalchemy.orm import joinedload

from tests.directory.listings import listing
from tracker import clock, journal
from tracker.db import db
from tracker.directory.groups import actions
from tracker.directory.groups.importing import import_meetings
from tracker.directory.groups.models import Meeting, SupportGroup
from tracker.directory.readers import Unreadable
from tracker.directory.words import Fellowship, MeetingStatus
from tracker.journal import Entry
from tracker.moves import Refused

FILES = Path(__file__).parent / "files"
GUIDE = (FILES / "invented-guide.json").read_bytes()
THEN = datetime(2026, 11, 2, 9, tzinfo=UTC)


def read_in(cast, data=GUIDE, source="example-intergroup", when=THEN, **more):
    """Read a file as the program does, a given moment later."""
    with clock.travel(when):
        report = import_meetings(data, "file", by=cast.actor("priya"), source=source, **({"default_zone": "America/New_York"} | more))
        journal.commit()
    return report


def everything():
    """Every column of every group and meeting."""
    return {
        model: {row.id: {column.key: getattr(row, column.key) for column in inspect(model).columns} for row in db.session.scalars(select(model))}
        for model in (SupportGroup, Meeting)
    }


def feed(*rows):
    """A Meeting Guide feed of rows that say only what matters here."""
    plain = {
        "name": "Lamp", "day": 1, "time": "18:00", "timezone": "America/Denver", "types": ["O"],
        "formatted_address": "1 Invented Way, Bend, OR 97701, USA",
    }  # fmt: skip
    return json.dumps([plain | row for row in rows]).encode()


@pytest.fixture
def meeting_of(db_session):
    return lambda key: db.session.scalars(select(Meeting).where(Meeting.source_key == key).options(joinedload(Meeting.group))).one()


def test_a_file_is_read_and_reported(cast):
    report = read_in(cast)
    assert (report.new, report.changed, report.unchanged, report.missing, len(report.refused)) == (7, 0, 0, 0, 9)
    assert db.session.scalar(select(func.count(SupportGroup.id))) == 6, "a group that meets on two days is one group"
    line = db.session.scalars(select(Entry).where(Entry.verb == "meetings.read")).one()
    assert journal.VERBS[line.verb].tell(line.facts).startswith("Meetings read from example-intergroup: 7 new")


def test_the_same_file_twice_changes_nothing(cast):
    read_in(cast)
    before = everything()
    report = read_in(cast, when=THEN + timedelta(days=3), default_zone=None)
    assert (report.new, report.changed, report.unchanged, report.missing) == (0, 0, 7, 0)
    assert everything() == before


def test_what_the_list_changed_is_changed_and_the_rest_is_not(cast, meeting_of):
    read_in(cast, feed({"slug": "a"}, {"slug": "b"}))
    untouched = meeting_of("b").version
    report = read_in(cast, feed({"slug": "a", "time": "19:30", "name": "New lamp"}, {"slug": "b"}), when=THEN + timedelta(days=1))
    assert (report.changed, report.unchanged) == (1, 1)
    assert (meeting_of("a").start_local.hour, meeting_of("a").group.name, meeting_of("b").version) == (19, "New lamp", untouched)


def test_a_meeting_that_is_no_longer_listed_is_kept_and_not_offered(cast, meeting_of):
    read_in(cast, feed({"slug": "a"}, {"slug": "b"}))
    by_hand = listing("Ours")
    report = read_in(cast, feed({"slug": "a"}))
    assert report.missing == 1
    assert meeting_of("b").status is MeetingStatus.MISSING_FROM_SOURCE
    assert not meeting_of("b").offered
    assert by_hand.status is MeetingStatus.ACTIVE
    assert read_in(cast, feed({"slug": "a"})).missing == 0
    assert read_in(cast, feed({"slug": "a"}, {"slug": "b"})).changed == 1
    assert meeting_of("b").offered


def test_a_row_that_is_refused_now_stays_as_it_was_read_last(cast, meeting_of):
    read_in(cast, feed({"slug": "a"}, {"slug": "b", "day": [1, 2]}))
    report = read_in(cast, feed({"slug": "a"}, {"slug": "b", "day": [1, 9]}))
    assert (report.missing, len(report.refused)) == (0, 1)
    assert meeting_of("b-1").offered


def test_a_file_that_cannot_be_read_changes_nothing(cast):
    read_in(cast)
    before = everything()
    for broken in (b"", b"[", b"\xff", b'[{"id_bigint": "1"}]', b"[]"):
        with pytest.raises(Unreadable):
            read_in(cast, broken)
        db.session.rollback()
    assert everything() == before


def test_closed_for_now_follows_the_list_and_what_staff_heard_outlives_an_old_list(cast, meeting_of):
    read_in(cast, feed({"slug": "a", "types": ["O", "TC"]}, {"slug": "b"}))
    assert meeting_of("a").status is MeetingStatus.TEMPORARILY_CLOSED
    with clock.travel(THEN + timedelta(days=1)):
        actions.close_for_now(meeting_of("b"), "asked the helpline", by=cast.actor("maya"))
        journal.commit()
    again = feed({"slug": "a"}, {"slug": "b"})
    read_in(cast, again, when=THEN + timedelta(days=2))
    assert meeting_of("a").status is MeetingStatus.ACTIVE
    assert meeting_of("b").status is MeetingStatus.TEMPORARILY_CLOSED
    newer = feed({"slug": "a"}, {"slug": "b", "updated": "2026-11-05 10:00:00"})
    read_in(cast, newer, when=THEN + timedelta(days=4))
    assert meeting_of("b").status is MeetingStatus.ACTIVE


def test_what_staff_confirmed_is_not_taken_back_by_the_list(cast, meeting_of):
    read_in(cast, feed({"slug": "a"}))
    with clock.travel(THEN + timedelta(days=1)):
        actions.confirm(meeting_of("a"), "asked the helpline", by=cast.actor("maya"))
        journal.commit()
    assert read_in(cast, feed({"slug": "a"})).unchanged == 1
    assert meeting_of("a").last_verified_on == (THEN + timedelta(days=1)).date()


def test_a_source_keeps_its_fellowship_and_its_name_fits(cast):
    read_in(cast, fellowship=Fellowship.AL_ANON)
    for refused in ({"fellowship": Fellowship.NA}, {"source": "staff"}, {"source": "No Good"}, {"default_zone": "EST"}):
        with pytest.raises(Refused):
            read_in(cast, **refused)
        db.session.rollback()
    assert read_in(cast).unchanged == 7, "the fellowship is remembered"


def test_a_place_known_by_its_zip_alone_can_be_near_somebody(cast, meeting_of):
    read_in(cast, feed({"slug": "a", "formatted_address": "1 Invented Way, Portland, OR 97201, USA"}))
    assert round(meeting_of("a").latitude, 1) == 45.5


def test_the_command_reads_a_file_and_says_what_it_did(app, cast):
    arguments = ["import", "meetings", str(FILES / "invented-sheet.csv"), "--source", "example-sheet"]
    arguments += ["--fellowship", "al_anon", "--zone", "America/Los_Angeles"]
    db.session.remove()
    told = app.test_cli_runner().invoke(args=arguments)
    assert told.exit_code == 0, told.output
    assert "3 new, 0 changed, 0 as they were, 0 no longer listed, 5 refused." in told.output
    assert "7\tfunday\t" in told.output
    wrong = app.test_cli_runner().invoke(args=[*arguments[:2], str(FILES.parent / "listings.py"), "--source", "x"])
    assert wrong.exit_code == 2
    assert "Nothing was changed." in wrong.output
