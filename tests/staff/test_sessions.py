"""Sessions live on the server: they end when they should, wherever a copy of the cookie lies (trust 1.3)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.cast import PASSWORD
from tracker import clock, journal
from tracker.staff import actions, sessions
from tracker.staff.models import StaffSession


def test_only_the_hash_of_a_session_is_kept(client, db_session):
    client.sign_in("maya")
    row = db_session.scalars(select(StaffSession)).one()
    cookie = client._client.get_cookie("waypoint", domain="127.0.0.1").value
    assert row.id_sha256 not in cookie and len(row.id_sha256) == 64


@pytest.mark.parametrize(("minutes", "open_still"), [(14, True), (15, False)])
def test_a_session_without_use_ends_after_fifteen_minutes(client, minutes, open_still):
    start = clock.now()
    with clock.travel(start):
        client.sign_in("ada")
    with clock.travel(start + timedelta(minutes=minutes)):
        assert (client.get("/account", status=None).status == 200) is open_still


def test_a_session_in_use_ends_after_twelve_hours_all_the_same(client):
    start = clock.now()
    with clock.travel(start):
        client.sign_in("ada")
    for minutes in range(10, 12 * 60, 10):
        with clock.travel(start + timedelta(minutes=minutes)):
            assert client.get("/account").status == 200
    with clock.travel(start + timedelta(hours=12)):
        assert client.get("/account", status=None).status == 303


def test_a_fourth_session_ends_the_one_used_longest_ago_and_says_so(client_of, cast):
    start = clock.now()
    doors = []
    for number in range(4):
        with clock.travel(start + timedelta(minutes=number)):
            doors.append(client_of("ada"))
    with clock.travel(start + timedelta(minutes=5)):
        assert [door.get("/account", status=None).status for door in doors] == [303, 200, 200, 200]


def test_a_disabled_person_is_out_at_once_everywhere(client_of, cast, db_session):
    maya, ada = client_of("omar"), client_of("ada")
    assert maya.get("/account").status == 200
    answer = ada.post(f"/staff/{cast.omar.public_id}/disable", status=200)
    assert "can no longer sign in" in answer.text
    assert maya.get("/account", status=None).status == 303
    door = client_of().get("/sign-in")
    assert client_of().submit(door, username="omar", password=PASSWORD, status=None).status in (400, 422)


def test_a_new_password_ends_the_other_sessions(client_of, cast, db_session):
    here, there = client_of("ada"), client_of("ada")
    here.submit(here.get("/account"), "/account/password", current=PASSWORD, password="seven blue kettles sing at noon", end_others="y", status=200)
    assert here.get("/account").status == 200
    assert there.get("/account", status=None).status == 303


def test_the_command_line_sets_a_password_and_ends_every_session(app, client_of, db_session):
    maya = client_of("ada")
    told = app.test_cli_runner().invoke(args=["staff", "password", "ada"])
    assert told.exit_code == 0
    assert maya.get("/account", status=None).status == 303
    client_of().sign_in("ada", told.output.split()[-1])


def test_ones_other_sessions_are_listed_and_can_be_ended(client_of):
    here, there = client_of("ada"), client_of("ada")
    page = here.get("/account")
    assert page.text.count("Sign out there") == 1
    here.post("/account/sessions/end", {})
    assert there.get("/account", status=None).status == 303 and here.get("/account").status == 200


def test_the_last_administrator_stays(cast, db_session):
    with pytest.raises(actions.Refused):
        actions.disable(cast.ada, by=cast.actor("omar"))


def test_signing_in_again_over_the_page_gives_a_new_session(client, db_session):
    start = clock.now()
    with clock.travel(start):
        client.sign_in("ada")
    with clock.travel(start + timedelta(minutes=20)):
        assert client.get("/account", status=None).status == 303
        refused = client.post("/sign-in/again", {"password": "wrong"}, follow=False)
        assert refused.status == 422
        again = client.post("/sign-in/again", {"password": PASSWORD}, follow=False)
        assert again.status == 200 and again.json["csrf"]
        assert client.get("/account").status == 200


def test_a_session_in_use_is_noted_at_most_once_a_minute(client, db_session):
    start = clock.now()
    with clock.travel(start):
        client.sign_in("ada")
    with clock.travel(start + timedelta(seconds=59)):
        client.get("/account")
        assert not [one for one in client.statements if one.startswith("UPDATE")]
    with clock.travel(start + timedelta(seconds=61)):
        client.get("/account")
        assert [one for one in client.statements if one.startswith("UPDATE sessions")]


def test_a_tokens_owner_is_found_even_when_it_has_ended(cast, db_session):
    who, _ = actions.sign_in(cast.maya, "a browser")
    sessions.end("signed out", staff=cast.maya)
    journal.commit()
    assert sessions.find(who.token) is None and sessions.owner(who.token) == cast.maya
    assert sessions.find("x" * 300) is None and sessions.find("") is None
