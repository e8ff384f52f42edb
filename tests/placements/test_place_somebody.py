"""Placing somebody in a group that admits them, by the clock where they are."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from tests.directory.listings import in_room, listing
from tests.placements.family import make_home
from tracker import clock, journal
from tracker.cases.actions import close
from tracker.cases.models import Case
from tracker.cases.words import ClosureReason, NextStepKind
from tracker.db import db
from tracker.directory.words import Fellowship, GroupAccess, GroupAudience, MeetingStatus
from tracker.journal import Entry
from tracker.placements.models import Placement, PlacementStatus

NOW = datetime(2026, 11, 24, 15, 14, tzinfo=UTC)  # Tuesday 7:14 AM in Oregon


@pytest.fixture(autouse=True)
def on_a_tuesday():
    with clock.travel(NOW):
        yield


@pytest.fixture
def home(cast):
    return make_home(cast)


@pytest.fixture
def maya(client_of, home):
    return client_of("maya")


def finder_of(home, client, **query):
    return client.get(f"/cases/{home.case.public_id}/placements/new", **query)


def counts(opened):
    strip = opened.page.one("nav", class_="days")
    return {link.all("b")[0].text: int(link.all("span")[0].text) for link in strip.all("a")}


def names(opened):
    return [row.all("h3")[0].text for row in opened.page.all("div", class_="res")]


def placements():
    return db.session.scalars(select(Placement).order_by(Placement.id)).all()


def test_the_finder_starts_from_who_goes_and_where_they_are(home, maya):
    listing("Parents in the evening", day=2, at=time(18), zone="America/Los_Angeles", audiences=[GroupAudience.PARENTS])
    listing("Family in the east", day=2, at=time(21, 30), zone="America/New_York")
    listing("For the loved one", day=2, at=time(18), fellowship=Fellowship.NA, access=GroupAccess.OPEN)
    listing("Teens", day=2, at=time(18), fellowship=Fellowship.ALATEEN)
    listing("Too far", day=2, at=time(18), zone="America/Los_Angeles", **in_room(latitude=42.3, longitude=-122.8))
    listing("In the hall", day=2, at=time(19), zone="America/Los_Angeles", **in_room())
    listing("On Friday", day=5, at=time(18), zone="America/Los_Angeles")
    opened = finder_of(home, maya)
    assert names(opened) == ["Parents in the evening", "Family in the east", "In the hall"]
    assert counts(opened) == {"Sun": 0, "Mon": 0, "Tue": 3, "Wed": 0, "Thu": 0, "Fri": 1, "Sat": 0}
    assert "6:30 PM PT" in opened.text
    assert "9:00 PM ET" in opened.text, "ours in small"
    assert "0 mi" in opened.text
    assert "a guess" in opened.text


def test_a_filter_counts_before_a_day_is_chosen(home, maya):
    listing("Morning", day=2, at=time(8), zone="America/Los_Angeles")
    listing("Evening", day=2, at=time(18), zone="America/Los_Angeles")
    listing("Late", day=3, at=time(22), zone="America/Los_Angeles")
    assert counts(finder_of(home, maya, part="evening")) == {"Sun": 0, "Mon": 0, "Tue": 1, "Wed": 0, "Thu": 0, "Fri": 0, "Sat": 0}
    assert names(finder_of(home, maya, part="night", day="wed")) == ["Late"]
    assert names(finder_of(home, maya, part="nonsense", day="whenever", within="-3", fellowship="x", audience="y")) == ["Morning", "Evening"]


def test_a_closed_meeting_is_shown_struck_and_cannot_be_chosen(home, maya):
    meeting = listing("Shut hall", day=2, at=time(18), status=MeetingStatus.TEMPORARILY_CLOSED)
    listing("Gone from its list", day=2, at=time(18), status=MeetingStatus.MISSING_FROM_SOURCE)
    opened = finder_of(home, maya)
    assert names(opened) == ["Shut hall"]
    row = opened.page.all("div", class_="res")[0]
    assert "off" in row["class"].split()
    assert not row.all("a", class_="btn")
    assert "since Nov 24" in row.text
    assert counts(opened)["Tue"] == 0
    chosen = finder_of(home, maya, meeting=str(meeting.public_id))
    refused = maya.submit(chosen, "place-form", status=422)
    assert "not offered" in refused.text
    assert not placements()


def test_linh_is_placed_in_three_steps(home, maya):
    meeting = listing("Parents online", day=2, at=time(18), zone="America/Los_Angeles", audiences=[GroupAudience.PARENTS])
    listing("Noise", day=2, at=time(18))
    opened = finder_of(home, maya)
    link = next(link for link in opened.page.all("a") if link.get("aria-label").startswith("Choose: Parents online"))
    assert link["href"].endswith(f"?meeting={meeting.public_id}#place")
    chosen = finder_of(home, maya, meeting=str(meeting.public_id))
    assert chosen.page.one("select", id="first_on").all("option")[0].text == "Tue Nov 24, 6:00 PM PT"
    done = maya.submit(chosen, "place-form", status=200)
    [placement] = placements()
    assert (placement.person_id, placement.meeting_id, placement.status) == (home.linh.id, meeting.id, PlacementStatus.AGREED)
    assert (placement.first_on, placement.ask_on) == (date(2026, 11, 24), date(2026, 11, 25))
    assert "Linh placed in Parents online. We ask on Nov 25." in done.text
    case = db.session.get(Case, home.case.id)
    assert (case.next_step_kind, case.next_step_text) == (NextStepKind.CHECK_IN, "Ask Linh how Parents online went")
    assert clock.local(case.next_step_at, "America/Los_Angeles").date() == date(2026, 11, 25)
    told = [journal.VERBS[line.verb].tell(line.facts) for line in db.session.scalars(select(Entry).where(Entry.case_id == case.id)).all()]
    assert "Linh: Agreed to try, Parents online. First meeting Nov 24" in told


def test_two_go_together_and_a_second_press_makes_no_second_placement(home, maya):
    meeting = listing("Any family", day=4, at=time(18))
    chosen = finder_of(home, maya, meeting=str(meeting.public_id))
    people = [str(home.linh.public_id), str(home.bao.public_id)]
    for _ in range(2):
        maya.submit(chosen, "place-form", people=people, status=200)
    assert [placement.person_id for placement in placements()] == [home.linh.id, home.bao.id]
    again = maya.submit(finder_of(home, maya, meeting=str(meeting.public_id)), "place-form", people=people, status=422)
    assert "already" in again.errors()["people"]


@pytest.mark.parametrize("access", [GroupAccess.CLOSED, GroupAccess.UNKNOWN, GroupAccess.REGISTRATION])
def test_a_mother_is_never_placed_in_a_meeting_for_her_son(home, maya, access):
    meeting = listing("For the loved one", day=2, at=time(18), fellowship=Fellowship.NA, access=access)
    assert not names(finder_of(home, maya, audience="any"))
    refused = maya.submit(finder_of(home, maya, meeting=str(meeting.public_id)), "place-form", status=422)
    assert "Nar-Anon" in refused.errors()["people"]
    assert not placements()
    for_marcus = finder_of(home, maya, meeting=str(meeting.public_id), who=str(home.marcus.public_id))
    assert names(for_marcus) == ["For the loved one"]
    maya.submit(for_marcus, "place-form", status=200)
    assert [placement.person_id for placement in placements()] == [home.marcus.id]


def test_the_son_is_not_placed_in_a_family_group_nor_an_adult_among_teens(home, maya):
    family, teens = listing("Family"), listing("Teens", fellowship=Fellowship.ALATEEN)
    for person, meeting in ((home.marcus, family), (home.linh, teens)):
        page = finder_of(home, maya, meeting=str(meeting.public_id), who=str(person.public_id))
        assert maya.submit(page, "place-form", status=422).errors()["people"]
    maya.submit(finder_of(home, maya, meeting=str(teens.public_id), who=str(home.ivy.public_id)), "place-form", status=200)
    assert [placement.person_id for placement in placements()] == [home.ivy.id]


def test_a_christian_group_is_asked_about_first(home, maya):
    meeting = listing("Invented fellowship night", fellowship=Fellowship.CELEBRATE_RECOVERY, access=GroupAccess.OPEN)
    page = finder_of(home, maya, meeting=str(meeting.public_id))
    assert "asked_about_faith" in maya.submit(page, "place-form", status=422).errors()
    page = finder_of(home, maya, meeting=str(meeting.public_id))
    maya.submit(page, "place-form", asked_about_faith="y", status=200)
    assert len(placements()) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"people": None}, "people"),
        ({"first_on": "2026-11-25"}, "first_on"),
        ({"first_on": "yesterday"}, "first_on"),
        ({"ask_on": "2026-11-23"}, "ask_on"),
        ({"ask_on": "soon"}, "ask_on"),
        ({"stands": "attending"}, "stands"),
        ({"people": "00000000-0000-0000-0000-000000000000"}, "people"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_kept(home, maya, changes, field):
    meeting = listing("Family", day=2, at=time(18))
    page = finder_of(home, maya, meeting=str(meeting.public_id))
    assert maya.submit(page, "place-form", status=422, **changes).errors()[field]
    assert not placements()


def test_a_meeting_by_appointment_has_no_day_yet(home, maya):
    meeting = listing("By appointment", day=None, at=None)
    page = finder_of(home, maya, meeting=str(meeting.public_id))
    assert [option.text for option in page.page.one("select", id="first_on").all("option")] == ["Not settled yet"]
    maya.submit(page, "place-form", status=200)
    assert placements()[0].first_on is None


def test_the_days_offered_keep_the_hour_of_the_meeting_across_a_clock_change(cast, client_of):
    with clock.travel(datetime(2026, 10, 24, 16, tzinfo=UTC)):
        home = make_home(cast, zone="America/Phoenix")
        meeting = listing("East at seven", day=4, at=time(19), zone="America/New_York")
        page = finder_of(home, client_of("maya"), meeting=str(meeting.public_id))
        options = [option.text for option in page.page.one("select", id="first_on").all("option")]
        assert options[:3] == ["Thu Oct 29, 4:00 PM MT", "Thu Nov 5, 5:00 PM MT", "Thu Nov 12, 5:00 PM MT"]


def test_who_asked_not_to_be_contacted_is_not_among_those_who_go(home, maya):
    meeting = listing("Family")
    home.linh.no_contact_at = clock.now()
    page = finder_of(home, maya, meeting=str(meeting.public_id))
    assert "Linh" not in page.page.one("fieldset", id="people").text
    assert maya.submit(page, "place-form", people=str(home.linh.public_id), status=422).errors()["people"]


def test_an_open_next_step_stays_when_nobody_asks_for_another(cast, client_of):
    home = make_home(cast, step=NextStepKind.CALL)
    meeting = listing("Family")
    client = client_of("maya")
    client.submit(finder_of(home, client, meeting=str(meeting.public_id)), "place-form", status=200)
    assert db.session.get(Case, home.case.id).next_step_kind is NextStepKind.CALL


def test_a_closed_case_has_no_form_and_takes_no_placement(home, maya, cast):
    meeting = listing("Family")
    page = finder_of(home, maya, meeting=str(meeting.public_id))
    close(home.case, ClosureReason.GOALS_MET, "They manage.", True, by=cast.actor("maya"))
    assert "closed" in finder_of(home, maya).text
    refused = maya.submit(page, "place-form", status=422)
    assert not placements()
    assert "closed" in refused.text


@pytest.mark.parametrize(("who", "status"), [("luis", 404), ("sam", 404), ("priya", 403), ("ada", 403), ("omar", 403), ("ben", 200), ("ruth", 200)])
def test_only_the_team_places_anybody(home, client_of, who, status):
    client_of(who).get(f"/cases/{home.case.public_id}/placements/new", status=status)
    client = client_of(who)
    client.get(f"/cases/{home.case.public_id}/placements/new", status=status)
    assert client.post(f"/cases/{home.case.public_id}/placements/new", {"people": str(home.linh.public_id)}, follow=False).status in (status, 422)


def test_stale_listings_are_marked(home, maya):
    listing("Fresh", day=2, at=time(17))
    listing("Old", day=2, at=time(18), last_verified_on=(NOW - timedelta(days=15)).date())
    rows = {row.all("h3")[0].text: row.text for row in finder_of(home, maya).page.all("div", class_="res")}
    assert "Not confirmed for 14 days" in rows["Old"]
    assert "Not confirmed" not in rows["Fresh"]
