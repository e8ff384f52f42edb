"""Signing in and out."""

from sqlalchemy import select

from tests.cast import PASSWORD
from tracker.db import db
from tracker.staff import throttle
from tracker.staff.models import StaffSession


def test_maya_signs_in_and_out_and_her_copied_cookie_is_dead(client, db_session):
    client.sign_in("maya")
    assert client.get("/account").status == 200
    copied = client._client.get_cookie("waypoint", domain="127.0.0.1")
    client.sign_out()
    client._client.set_cookie("waypoint", copied.value, domain="127.0.0.1")
    assert client.get("/account", status=None).status == 303
    assert db_session.scalars(select(StaffSession)).one().ended_at is not None


def test_a_wrong_password_is_refused_beside_the_field(client, cast):
    door = client.get("/sign-in")
    answer = client.submit(door, username="maya", password="not this one", status=422)
    assert "password" in answer.errors()


def test_a_try_is_counted_with_no_other_transaction_open(client_of, monkeypatch):
    """Without a write-ahead log, one who reads keeps the counter waiting until it gives up: signing in again would never work."""
    maya, open_ones = client_of("maya"), []
    count = throttle.hit
    monkeypatch.setattr(throttle, "hit", lambda *key: (open_ones.append(db.session.registry().in_transaction()), count(*key))[1])
    assert maya.post("/sign-in/again", {"password": PASSWORD}).status == 200
    maya.submit(maya.get("/sign-in"), username="maya", password=PASSWORD, follow=False, status=303)
    assert open_ones and not any(open_ones)
