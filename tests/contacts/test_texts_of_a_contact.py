"""A note may be worded anew; the first text stays readable."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.casefile.walkers import log, make_walkers
from tracker import clock, journal
from tracker.cases import actions as cases
from tracker.cases.words import ClosureReason
from tracker.contacts.models import Contact, ContactText
from tracker.db import db


@pytest.fixture
def walkers(cast, db_session):
    made = make_walkers(cast)
    log(made, cast, "Marcus agreed to come.")
    journal.commit()
    return made


def only():
    return db.session.scalars(select(Contact).execution_options(populate_existing=True)).one()


def url():
    return f"/contacts/{only().public_id}"


def test_its_writer_edits_it_within_a_day(client_of, walkers):
    maya = client_of("maya")
    page = maya.submit(maya.get(url()), "reword-form", status=200, note="Marcus agreed to come on Monday.")
    assert only().note == "Marcus agreed to come on Monday."
    assert only().note_folded == "marcus agreed to come on monday"
    assert "First text" in page.text
    assert "Marcus agreed to come." in page.text


def test_the_case_leads_to_it(client_of, walkers):
    page = client_of("maya").get(walkers.url)
    assert page.page.one("a", href=url()).text == "Call with Denise Walker"


def test_after_a_day_it_takes_a_reason(client_of, walkers):
    with clock.travel(clock.now() + timedelta(hours=25)):
        maya = client_of("maya")
        opened = maya.get(url())
        assert "why" in maya.submit(opened, "reword-form", status=422, note="Marcus will come.").errors()
        maya.submit(maya.get(url()), "reword-form", status=200, note="Marcus will come.", why="He had not agreed yet")
    kept = db.session.scalars(select(ContactText)).one()
    assert (kept.note, kept.why, kept.number) == ("Marcus agreed to come.", "He had not agreed yet", 1)


def test_a_colleague_corrects_with_a_reason(client_of, walkers):
    ben = client_of("ben")
    assert "why" in ben.submit(ben.get(url()), "reword-form", status=422, note="Marcus will come.").errors()
    ben.submit(ben.get(url()), "reword-form", status=200, note="Marcus will come.", why="Denise told me")
    assert only().note == "Marcus will come."


@pytest.mark.parametrize("note", ["", "Marcus agreed to come.", "x" * 8001, "\x00"])
def test_what_cannot_stand(client_of, walkers, note):
    maya = client_of("maya")
    assert "note" in maya.submit(maya.get(url()), "reword-form", status=422, note=note).errors()
    assert only().note == "Marcus agreed to come."


def test_the_second_of_two_sees_both_texts(client_of, walkers):
    maya, ben = client_of("maya"), client_of("ben")
    hers, his = maya.get(url()), ben.get(url())
    maya.submit(hers, "reword-form", status=200, note="He agreed on the phone.")
    answer = ben.submit(his, "reword-form", status=409, note="He agreed by text.", why="I was there")
    assert "He agreed on the phone." in answer.body.decode()
    assert "He agreed by text." in answer.body.decode()


def test_a_closed_case_is_read_and_not_written(client_of, walkers, cast):
    cases.close(walkers.again(), ClosureReason.GOALS_MET, "All well.", True, by=cast.actor("maya"))
    journal.commit()
    maya = client_of("maya")
    opened = maya.get(url())
    assert not opened.page.all("textarea", name="note")
    maya.post(url(), {"note": "More."}, status=None)
    assert only().note == "Marcus agreed to come."


def test_an_incoming_call_on_a_closed_case_is_logged_and_offers_to_reopen(client_of, walkers, cast):
    cases.close(walkers.again(), ClosureReason.GOALS_MET, "All well.", True, by=cast.actor("maya"))
    journal.commit()
    ben = client_of("ben")
    page = ben.get(f"{walkers.url}/contacts/new")
    assert not page.page.all("input", name="step")
    after = ben.submit(page, "log", status=200, note="Denise called: he started again.")
    assert "reopen" in after.text.lower()
    assert len(db.session.scalars(select(Contact)).all()) == 2
    refused = ben.post(
        f"{walkers.url}/contacts", {"kind": "call", "who": str(walkers.denise.public_id), "result": "reached", "note": "We rang.", "began": "we"}, status=422
    )
    assert "closed" in refused.text


def test_it_is_nobodys_of_another_team(client_of, walkers):
    client_of("luis").get(url(), status=404)
    client_of("priya").get(url(), status=403)
    client_of("maya").get("/contacts/4f9e57f2-0000-4000-8000-000000000000", status=404)


def test_the_page_keeps_its_budget(client_of, walkers):
    client_of("maya").get(url(), budget=8)
