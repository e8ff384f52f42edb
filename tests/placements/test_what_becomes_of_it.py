"""What becomes of a placement: its moves, and how it went as the family tells it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from tests.directory.listings import listing
from tests.placements.family import make_home
from tracker import clock, journal
from tracker.cases.actions import close
from tracker.cases.words import ClosureReason
from tracker.db import db
from tracker.directory.groups import queries as groups
from tracker.directory.groups.importing import import_meetings
from tracker.directory.groups.models import Meeting
from tracker.directory.words import Fellowship, MeetingStatus
from tracker.journal import Entry
from tracker.moves import Refused
from tracker.placements import actions
from tracker.placements.models import MOVES, Attendance, Placement, PlacementStatus, Told
from tracker.placements.queries import placement_or_404
from tracker.staff.actions import as_staff
from tracker.staff.queries import by_username

NOW = datetime(2026, 11, 24, 15, 14, tzinfo=UTC)
S = PlacementStatus


@pytest.fixture(autouse=True)
def on_a_tuesday():
    with clock.travel(NOW):
        yield


@pytest.fixture
def home(cast):
    return make_home(cast)


@pytest.fixture
def placement(home, cast):
    """Linh agreed to try a family group on Tuesdays at 6 PM her time."""
    meeting = listing("Tuesday families", day=2, at=time(18), zone="America/Los_Angeles")
    [made] = actions.place(
        home.case, [home.linh], meeting, by=cast.actor("maya"), first_on=date(2026, 11, 24), ask_on=date(2026, 11, 25)
    )  # fmt: skip
    journal.commit()
    return db.session.scalars(select(Placement)).one()


def address(placement, part=""):
    return f"/placements/{placement.public_id}{part}"


def again():
    return db.session.scalars(select(Placement).execution_options(populate_existing=True)).one()


def told():
    return db.session.scalars(select(Told).order_by(Told.id)).all()


def test_the_page_tells_how_to_join_and_the_opening_is_on_record(placement, client_of):
    page = client_of("maya").get(address(placement))
    assert "Linh in Tuesday families" in page.text
    assert "Nov 24, 6:00 PM PT" in page.text
    assert page.title.startswith("Placement, case")
    assert "Nguyen" not in page.title
    [line] = db.session.scalars(select(Entry).where(Entry.verb == "record.viewed")).all()
    assert line.about_id == str(placement.public_id)


@pytest.mark.parametrize("now", list(S))
@pytest.mark.parametrize("then", list(S))
def test_only_the_moves_of_the_table_are_taken(placement, cast, now, then):
    placement = again_with_all(placement)
    placement.status = now
    if then not in actions.DEEDS:
        assert then not in MOVES[now], "nothing goes back to suggested"
    elif then in MOVES[now]:
        actions.DEEDS[then](placement, "as they said", by=cast.actor("maya"))
        assert (placement.status, placement.why) == (then, "as they said")
    else:
        with pytest.raises(Refused):
            actions.DEEDS[then](placement, by=cast.actor("maya"))
    journal.commit()


def again_with_all(placement):
    return placement_or_404(placement.public_id, as_staff(by_username("maya")))


def test_a_move_is_saved_with_its_reason_and_stands_in_the_history(placement, client_of):
    maya = client_of("maya")
    maya.submit(maya.get(address(placement)), "move-form", stands="contact_made", why="She rang the helpline", status=200)
    assert again().status is S.CONTACT_MADE
    lines = [journal.VERBS[line.verb].tell(line.facts) for line in db.session.scalars(select(Entry).where(Entry.verb == "placement.moved"))]
    assert lines == ["Linh, Tuesday families: Made contact. She rang the helpline"]


def test_a_move_that_the_table_does_not_have_is_refused(placement, client_of):
    maya = client_of("maya")
    page = maya.get(address(placement))
    assert maya.submit(page, "move-form", stands="completed_series", status=422).errors()["stands"]
    assert maya.submit(page, "move-form", stands="no such", status=422).errors()["stands"]
    assert again().status is S.AGREED


def test_the_second_of_two_gets_a_conflict(placement, client_of):
    maya, ben = client_of("maya"), client_of("ben")
    mine, theirs = maya.get(address(placement)), ben.get(address(placement))
    ben.submit(theirs, "move-form", stands="contact_made", status=200)
    maya.submit(mine, "move-form", stands="declined", status=409)
    assert again().status is S.CONTACT_MADE


def test_who_went_has_attended_the_first_and_then_attends(placement, client_of):
    maya = client_of("maya")
    for expected, day in ((S.ATTENDED_FIRST, "2026-11-17"), (S.ATTENDING, "2026-11-24")):
        maya.submit(maya.get(address(placement)), "told-form", attendance="attended", on_day=day, note="Felt heard", status=200)
        assert again().status is expected
    assert [(one.attendance, one.on_day, one.note) for one in told()] == [
        (Attendance.ATTENDED, date(2026, 11, 17), "Felt heard"), (Attendance.ATTENDED, date(2026, 11, 24), "Felt heard")
    ]  # fmt: skip
    assert again().ask_on == date(2026, 12, 8)


def test_who_missed_it_stands_where_they_stood(placement, client_of):
    maya = client_of("maya")
    maya.submit(maya.get(address(placement)), "told-form", attendance="missed", ask_on="2026-12-02", status=200)
    assert (again().status, again().ask_on) == (S.AGREED, date(2026, 12, 2))


def test_not_for_them_ends_it_and_offers_three_others(placement, client_of):
    for number in range(5):
        listing(f"Other {number}", day=3 + number % 4, at=time(18))
    listing("Only for own use", day=3, at=time(9), fellowship=Fellowship.NA)
    maya = client_of("maya")
    page = maya.submit(maya.get(address(placement)), "told-form", attendance="attended", not_for_them="y", status=200)
    assert again().status is S.STOPPED
    assert again().ask_on is None
    rows = [row.all("h3")[0].text for row in page.page.all("div", class_="res")]
    assert rows == ["Other 0", "Other 4", "Other 1"]


def test_not_for_them_before_they_went_is_declined(placement, client_of):
    maya = client_of("maya")
    maya.submit(maya.get(address(placement)), "told-form", attendance="missed", not_for_them="y", status=200)
    assert again().status is S.DECLINED
    assert not maya.get(address(placement)).has("told-form")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, "attendance"),
        ({"attendance": "attended", "on_day": "2026-11-25"}, "on_day"),
        ({"attendance": "attended", "on_day": ""}, "on_day"),
        ({"attendance": "attended", "ask_on": "2026-11-01"}, "ask_on"),
        ({"attendance": "attended", "note": "x" * 2001}, "note"),
        ({"attendance": "attended", "note": "a\x00b"}, "note"),
        ({"attendance": "late"}, "attendance"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(placement, client_of, changes, field):
    maya = client_of("maya")
    assert maya.submit(maya.get(address(placement)), "told-form", status=422, **changes).errors()[field]
    assert not told()


def test_two_presses_keep_one_telling(placement, client_of):
    maya = client_of("maya")
    page = maya.get(address(placement))
    for _ in range(2):
        maya.submit(page, "told-form", attendance="attended", status=200)
    assert len(told()) == 1


@pytest.mark.parametrize(("who", "status"), [("luis", 404), ("priya", 403), ("ada", 403), ("omar", 403), ("ruth", 200), ("ben", 200)])
def test_only_the_team_sees_a_placement(placement, client_of, who, status):
    client = client_of(who)
    client.get(address(placement), status=status)
    if status != 200:
        for part in ("/status", "/attendances"):
            client.post(address(placement, part), {"attendance": "attended", "stands": "declined"}, status=status)
        assert again().status is S.AGREED


def test_a_closed_case_shows_it_without_forms(placement, home, cast, client_of):
    maya = client_of("maya")
    page = maya.get(address(placement))
    case = again_with_all(placement).case
    close(case, ClosureReason.GOALS_MET, "They manage.", True, by=cast.actor("maya"))
    assert not maya.get(address(placement)).has("told-form")
    maya.submit(page, "told-form", attendance="attended", status=422)
    assert not told()


def test_a_list_that_drops_the_meeting_keeps_it_for_whoever_is_placed(cast, home, client_of):
    feed = b'[{"slug": "a", "name": "Listed families", "day": 2, "time": "18:00", "timezone": "America/Denver", "conference_url": "https://example.org/a"}]'
    other = feed.replace(b'"a"', b'"b"')
    import_meetings(feed, "feed", by=cast.actor("priya"), source="example", fellowship=Fellowship.AL_ANON)
    meeting = db.session.scalars(select(Meeting)).one()
    actions.place(home.case, [home.linh], groups.meeting(meeting.public_id), by=cast.actor("maya"), ask_on=NOW.date() + timedelta(days=1))
    journal.commit()
    report = import_meetings(other, "feed", by=cast.actor("priya"), source="example")
    journal.commit()
    assert (report.new, report.missing) == (1, 1)
    page = client_of("maya").get(address(again()))
    assert "Missing from source" in page.text
    assert db.session.get(Meeting, meeting.id, populate_existing=True).status is MeetingStatus.MISSING_FROM_SOURCE
