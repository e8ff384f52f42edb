"""Addresses are the same as those that are built anew each time."""

from uuid import uuid4

from flask import url_for as anew

from tracker import addresses
from tracker.addresses import MOST, PLACE, url_for


def test_they_are_the_same_as_ever(app):
    one, other = uuid4(), uuid4()
    with app.test_request_context("/"):
        for _ in range(2):
            for endpoint, values in (
                ("desk.today", {}),
                ("desk.today", {"show": "calls"}),
                ("desk.today", {"show": None}),
                ("casefile.show", {"case_id": one}),
                ("casefile.show", {"case_id": other}),
                ("casefile.show", {"case_id": other, "kind": "contact", "_anchor": "history"}),
                ("contacts.new", {"case_id": one, "back": "today", "finishes": 1}),
                ("casefile.index", {"after": one}),
                ("casefile.index", {"after": one, "owner": other}),
                ("desk.today", {"_external": True}),
            ):
                assert url_for(endpoint, **values) == anew(endpoint, **values)
    assert str(PLACE) not in url_for_in(app, "casefile.show", case_id=one)


def url_for_in(app, endpoint, **values):
    with app.test_request_context("/"):
        return url_for(endpoint, **values)


def test_only_so_many_patterns_are_kept(app):
    with app.test_request_context("/"):
        for number in range(MOST + 10):
            assert addresses.url_for("desk.today", show=str(number)) == f"/today?show={number}"
    assert len(app.extensions["addresses"]) <= MOST
