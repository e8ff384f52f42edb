"""Addresses in templates are the same as those that are built anew each time."""

from uuid import uuid4

from flask import url_for

from tracker.addresses import PLACE, keeping


def test_they_are_the_same_as_ever(app):
    kept, one, other = keeping(app), uuid4(), uuid4()
    with app.test_request_context("/"):
        for _ in range(2):
            assert kept("desk.today") == url_for("desk.today")
            assert kept("desk.today", show="calls") == url_for("desk.today", show="calls")
            assert kept("casefile.show", case_id=one) == url_for("casefile.show", case_id=one)
            assert kept("casefile.show", case_id=other) == url_for("casefile.show", case_id=other)
            assert kept("contacts.new", case_id=one, back="today") == url_for("contacts.new", case_id=one, back="today")
            assert kept("desk.today", show=None) == "/today"
            assert kept("casefile.index", after=one) == url_for("casefile.index", after=one)
    assert str(PLACE) not in kept("casefile.show", case_id=one)
