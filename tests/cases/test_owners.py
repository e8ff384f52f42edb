"""Handing over and taking: only to people who may see the case, and the old owner's rights end."""

from sqlalchemy import select

from tests.casefile.walkers import make_walkers
from tracker import clock, journal
from tracker.db import db
from tracker.journal.models import Entry
from tracker.staff.models import members


def offered(page):
    return [node["value"] for node in page.page.all("input", name="owner")]


def test_only_people_who_may_see_the_case_are_offered(maya, walkers, cast):
    page = maya.get(f"{walkers.url}/owner")
    assert set(offered(page)) == {str(cast.ben.public_id), str(cast.ruth.public_id)}


def test_the_old_owners_rights_end(maya, client_of, walkers, cast):
    page = maya.get(f"{walkers.url}/owner")
    maya.submit(page, "deed", status=200, owner=str(cast.ben.public_id), note="Denise prefers mornings")
    case = walkers.again()
    assert (case.owner_id, case.team_id) == (cast.ben.id, cast.north.id)
    answer = maya.get(f"{walkers.url}/next-step", status=403)
    assert "Ben Okafor" in answer.text
    client_of("ben").get(f"{walkers.url}/next-step")
    line = db.session.scalars(select(Entry).where(Entry.verb == "case.handed_over")).one()
    assert line.facts == {"old": "Maya Whitfield", "new": "Ben Okafor", "note": "Denise prefers mornings"}


def test_a_supervisor_of_two_teams_may_give_it_to_the_other(client_of, walkers, cast, db_session):
    db.session.execute(members.insert(), [{"team_id": cast.south.id, "staff_id": cast.ruth.id}])
    ruth = client_of("ruth")
    page = ruth.get(f"{walkers.url}/owner")
    assert str(cast.luis.public_id) in offered(page)
    ruth.submit(page, "deed", status=200, owner=str(cast.luis.public_id))
    case = walkers.again()
    assert (case.owner_id, case.team_id) == (cast.luis.id, cast.south.id)
    client_of("maya").get(walkers.url, status=404)


def test_nobody_else_can_be_sent_by_hand(maya, walkers, cast):
    for stranger in (cast.luis, cast.priya, cast.ada, cast.omar, cast.maya):
        page = maya.get(f"{walkers.url}/owner")
        answer = maya.submit(page, "deed", status=422, owner=str(stranger.public_id))
        assert "owner" in answer.errors()
    assert walkers.again().owner_id == cast.maya.id


def test_a_colleagues_case_is_not_simply_taken(client_of, walkers, cast):
    answer = client_of("ben").post(f"{walkers.url}/owner/me", status=422)
    assert "Maya Whitfield" in answer.text
    assert walkers.again().owner_id == cast.maya.id


def test_a_case_whose_owner_left_stays_in_the_list_and_can_be_taken(client_of, walkers, cast):
    cast.maya.disabled_at = clock.now()
    ben = client_of("ben")
    assert "Walker family" in ben.get("/cases").text
    page = ben.get(walkers.url)
    ben.submit(page, f"{walkers.url}/owner/me", status=200)
    assert walkers.again().owner_id == cast.ben.id


def test_a_supervisor_may_take_any_case_of_the_team(client_of, walkers, cast):
    client_of("ruth").post(f"{walkers.url}/owner/me", status=200)
    assert walkers.again().owner_id == cast.ruth.id


def test_another_teams_supervisor_may_not(client_of, walkers, cast):
    client_of("sam").post(f"{walkers.url}/owner/me", status=404)
    assert walkers.again().owner_id == cast.maya.id


def test_the_second_who_hands_over_sees_the_first(maya, client_of, walkers, cast):
    ruth = client_of("ruth")
    hers, ruths = maya.get(f"{walkers.url}/owner"), ruth.get(f"{walkers.url}/owner")
    ruth.submit(ruths, "deed", status=200, owner=str(cast.ben.public_id))
    maya.submit(hers, "deed", status=403, owner=str(cast.ruth.public_id))
    assert walkers.again().owner_id == cast.ben.id


def test_the_main_contact_is_somebody_of_the_family(maya, walkers, cast):
    stranger = make_walkers(cast, name="Osei")
    journal.commit()
    page = maya.get(f"{walkers.url}/main-contact")
    assert maya.submit(page, "deed", status=422, main_contact=str(stranger.denise.public_id)).errors()
    page = maya.get(f"{walkers.url}/main-contact")
    maya.submit(page, "deed", status=200, main_contact=str(walkers.andre.public_id))
    assert walkers.again().main_contact_id == walkers.andre.id
