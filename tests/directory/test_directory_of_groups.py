"""The open directory of groups: found by day, added by hand, confirmed, marked as closed for now."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from tests.directory.listings import in_room, listing
from tracker import clock, journal
from tracker.db import db
from tracker.directory.groups.models import Meeting, SupportGroup
from tracker.directory.words import Fellowship, GroupAccess, MeetingMode, MeetingStatus
from tracker.journal import Entry

NOW = datetime(2026, 11, 24, 15, 14, tzinfo=UTC)
NEW = "/directory/groups/new"


@pytest.fixture(autouse=True)
def on_a_tuesday():
    with clock.travel(NOW):
        yield


@pytest.fixture
def priya(client_of):
    return client_of("priya")


def names(opened):
    return [row.all("h3")[0].text for row in opened.page.all("div", class_="res")]


def online(**changes):
    """What makes the form of an online group whole."""
    return {
        "name": "Invented families", "fellowship": "nar_anon", "access": "unknown", "mode": "online", "weekday": "2", "start_local": "6:00 PM",
        "end_local": "19:15", "zone": "America/Chicago", "join_url": "example.org/join",
    } | changes  # fmt: skip


def fill(client, page=None, **changes):
    page = page or client.get(NEW)
    return client.submit(page, "group-form", **changes)


def groups():
    return db.session.scalars(select(SupportGroup).order_by(SupportGroup.id)).all()


def meeting():
    return db.session.scalars(select(Meeting).execution_options(populate_existing=True)).one()


def test_the_day_strip_counts_after_the_filters(priya):
    listing("Family", day=2, at=time(18))
    listing("Family in a room", day=2, at=time(9), **in_room(step_free=True))
    listing("Own use", day=2, at=time(7), fellowship=Fellowship.AA, access=GroupAccess.CLOSED)
    listing("In Spanish", day=4, at=time(18), languages=["es"])
    page = priya.get("/directory/groups")
    assert names(page) == ["Own use", "Family in a room", "Family"]
    assert "In Spanish" in names(priya.get("/directory/groups", day="thu", language="es"))
    assert names(priya.get("/directory/groups", audience="family")) == ["Family in a room", "Family"]
    assert names(priya.get("/directory/groups", audience="person")) == ["Own use"]
    assert names(priya.get("/directory/groups", way="in_person")) == ["Family in a room"]
    assert names(priya.get("/directory/groups", fellowship="aa")) == ["Own use"]
    assert names(priya.get("/directory/groups", step_free="1")) == ["Family in a room"]
    empty = priya.get("/directory/groups", day="sun")
    assert [link.text for link in empty.page.one("p", class_="empty").all("a")] == ["3 on Tue", "1 on Thu"]


def test_near_a_zip_the_clock_is_the_one_there(priya):
    listing("In the hall", day=2, at=time(18), zone="America/Los_Angeles", **in_room())
    listing("Far away", day=2, at=time(18), **in_room(latitude=40.7, longitude=-74.0))
    listing("Online", day=2, at=time(21), zone="America/New_York")
    near = priya.get("/directory/groups", near="97124")
    assert names(near) == ["In the hall", "Online"]
    assert "Hillsboro, OR" in near.text
    assert "6:00 PM PT" in near.text
    assert "No such ZIP" in priya.get("/directory/groups", near="00000").text
    assert names(priya.get("/directory/groups", near="97124", within="any")) == ["Far away", "In the hall", "Online"]


@pytest.mark.parametrize(
    "nonsense",
    [
        {"day": "x"}, {"audience": "x"}, {"within": "9999"}, {"within": "\u00b2"}, {"within": "9" * 5000},
        {"near": "<script>"}, {"language": "xx-yy"}, {"part": "\x00"},
    ],
)  # fmt: skip
def test_an_address_that_means_nothing_still_opens(priya, nonsense):
    listing("Family", day=2, at=time(18))
    priya.get("/directory/groups", **nonsense)


def test_a_long_day_is_shown_in_parts(priya):
    for number in range(70):
        listing(f"Family {number}", day=2, at=time(18))
    page = priya.get("/directory/groups")
    assert len(names(page)) == 60
    assert "Show 10 more" in page.text
    assert len(names(priya.get("/directory/groups", all="1"))) == 70


def test_a_group_is_added_by_hand(priya):
    page = fill(priya, **online(confirmed="y"), status=200)
    [group] = groups()
    made = meeting()
    assert (group.name, group.fellowship, group.source_system) == ("Invented families", Fellowship.NAR_ANON, "staff")
    assert (made.weekday, made.start_local, made.minutes, made.zone) == (2, time(18), 75, "America/Chicago")
    assert (made.mode, made.join_url, made.last_verified_on) == (MeetingMode.ONLINE, "https://example.org/join", NOW.date())
    assert "Group added." in page.text
    assert "7:00 PM ET your time" in page.text
    lines = [journal.VERBS[line.verb].tell(line.facts) for line in db.session.scalars(select(Entry).where(Entry.verb.startswith("group.")))]
    assert lines == ["Group added: Invented families", "Listing confirmed: Invented families."]


def test_a_group_in_a_room_is_found_by_its_zip(priya):
    fill(priya, **online(mode="in_person", join_url="", location="Invented hall", postal_code="97124"), status=200)
    assert round(meeting().latitude, 2) == 45.54


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 256}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"fellowship": ""}, "fellowship"),
        ({"fellowship": "other"}, "audiences"),
        ({"access": None}, "access"),
        ({"mode": "inactive"}, "mode"),
        ({"mode": "in_person"}, "address"),
        ({"join_url": ""}, "join_url"),
        ({"join_url": "javascript:alert(1)"}, "join_url"),
        ({"mode": "phone"}, "join_phone"),
        ({"weekday": ""}, "start_local"),
        ({"start_local": ""}, "start_local"),
        ({"start_local": "25:00"}, "start_local"),
        ({"end_local": "18:00"}, "end_local"),
        ({"zone": "EST"}, "zone"),
        ({"weekday": "8"}, "weekday"),
    ],
)
def test_what_does_not_go_together_is_said_beside_its_field(priya, changes, field):
    refused = fill(priya, **online(**changes), status=422)
    assert refused.errors()[field]
    assert not groups()
    if changes.get("name") is None:
        assert refused.at("name")["value"] == "Invented families", "what was typed is kept"


def test_a_listing_is_confirmed_closed_for_now_and_meets_again(client_of):
    listing("Family", last_verified_on=(NOW - timedelta(days=20)).date())
    maya = client_of("maya")
    here = f"/directory/groups/{groups()[0].public_id}"
    page = maya.get(here)
    assert "Not confirmed for 14 days" in page.text
    action = f"/directory/groups/meetings/{meeting().public_id}/confirmations"
    page = maya.submit(page, action, button="deed=confirm", note="Asked the helpline", status=200)
    assert "Not confirmed for 14 days" not in page.text
    assert (meeting().last_verified_on, meeting().verified_note) == (NOW.date(), "Asked the helpline")
    page = maya.submit(page, action, button="deed=closed", status=200)
    assert meeting().status is MeetingStatus.TEMPORARILY_CLOSED
    maya.submit(page, action, button="deed=open", status=200)
    assert meeting().status is MeetingStatus.ACTIVE
    assert maya.submit(maya.get(here), action, button="deed=open", note="again", status=422)


def test_only_what_staff_keep_themselves_is_edited_here(client_of):
    listing("Ours")
    listing("Theirs", source_system="example-intergroup")
    ruth = client_of("ruth")
    ours, theirs = (f"/directory/groups/{group.public_id}/edit" for group in groups())
    fill(ruth, ruth.get(ours), name="Ours, renamed", start_local="19:00", status=200)
    assert groups()[0].name == "Ours, renamed"
    assert fill(ruth, ruth.get(theirs), name="Mine now", status=422)
    assert groups()[1].name == "Theirs"


def test_the_second_of_two_editors_gets_a_conflict(client_of):
    listing("Ours")
    ruth, priya = client_of("ruth"), client_of("priya")
    here = f"/directory/groups/{groups()[0].public_id}/edit"
    mine, theirs = ruth.get(here), priya.get(here)
    fill(priya, theirs, name="Theirs", status=200)
    fill(ruth, mine, name="Mine", status=409)
    assert groups()[0].name == "Theirs"


@pytest.mark.parametrize(
    ("who", "read", "add", "edit"),
    [("maya", 200, 200, 403), ("priya", 200, 200, 200), ("ruth", 200, 200, 200), ("omar", 200, 403, 403), ("ada", 403, 403, 403)],
)
def test_who_may_read_add_and_edit(client_of, who, read, add, edit):
    listing("Ours")
    client = client_of(who)
    here = f"/directory/groups/{groups()[0].public_id}"
    client.get("/directory/groups", status=read)
    client.get(here, status=read)
    client.get(NEW, status=add)
    client.get(f"{here}/edit", status=edit)
    if add == 403:
        client.post(NEW, online(), status=403)
        client.post(f"/directory/groups/meetings/{meeting().public_id}/confirmations", {}, status=403)
    if edit == 403:
        client.post(f"{here}/edit", online(), status=403)
    assert [group.name for group in groups()] == ["Ours"]


def test_a_group_that_is_not_there(priya):
    priya.get("/directory/groups/00000000-0000-0000-0000-000000000000", status=404)
    priya.get("/directory/groups/nonsense", status=404)
