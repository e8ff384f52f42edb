"""One press logs a try; tries never stop the response clock; after enough of them somebody decides how to go on."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.casefile.walkers import make_walkers
from tracker import clock, journal
from tracker.cases.models import Case
from tracker.cases.words import NextStepKind
from tracker.contacts.models import Contact
from tracker.contacts.words import ContactOutcome
from tracker.db import db
from tracker.people.models import VoicemailRule

MONDAY = datetime.fromisoformat("2026-11-23T10:00:00-05:00")


@pytest.fixture
def walkers(cast, db_session):
    with clock.travel(MONDAY):
        made = make_walkers(cast)
        journal.commit()
    return made


def press(client_of, walkers, outcome, at=MONDAY, status=200):
    with clock.travel(at):
        maya = client_of("maya")
        return maya.submit(maya.get(walkers.url), f"{walkers.url}/contacts/tries/{outcome}", status=status)


def case():
    db.session.rollback()
    return db.session.scalars(select(Case)).one()


@pytest.mark.parametrize("outcome", [ContactOutcome.NO_ANSWER, ContactOutcome.BUSY, ContactOutcome.WRONG_NUMBER, ContactOutcome.DISCONNECTED])
def test_one_press_logs_a_try_sets_the_next_one_and_stops_no_clock(client_of, walkers, outcome):
    answer = press(client_of, walkers, outcome.value)
    assert "Contact saved" in answer.text
    (contact,) = db.session.scalars(select(Contact)).all()
    assert (contact.outcome, contact.note, contact.with_name) == (outcome, "", "")
    found = case()
    assert found.tries == 1 and found.last_reached_at is None
    assert found.next_step_kind is NextStepKind.CALL and found.next_step_at > MONDAY


def test_no_message_is_said_to_be_left_where_none_may_be_and_the_box_opens_with_the_reason(client_of, walkers):
    answer = press(client_of, walkers, "left_message", status=422)
    assert "wants no messages" in answer.text and answer.has("log")
    assert db.session.scalars(select(Contact)).all() == []
    walkers.phone.voicemail_rule = next(rule for rule in VoicemailRule if rule is not VoicemailRule.NONE)
    journal.commit()
    assert "Contact saved" in press(client_of, walkers, "left_message").text


def test_after_three_tries_on_three_days_at_other_hours_somebody_decides(client_of, walkers):
    for days, hours in ((0, 0), (1, 7), (2, 2)):
        press(client_of, walkers, "no_answer", MONDAY + timedelta(days=days, hours=hours))
    found = case()
    assert found.next_step_kind is NextStepKind.DECIDE
    assert found.next_step_text == "Decide how to go on: Denise was not reached in 3 tries on 3 days, at 3 hours of the day, in 1 way"
    with clock.travel(MONDAY + timedelta(days=3)):
        maya = client_of("maya")
        page = maya.get(walkers.url)
        assert [node.text for node in page.at("decide").all("a")] == ["Try again", "Send something by post", "Hold until a day", "Close case"]
        assert "Decide how to go on" in maya.get("/today").text
        for node in page.at("decide").all("a"):
            maya.get(node["href"])


def test_three_tries_in_one_morning_are_not_enough(client_of, walkers):
    for minutes in (0, 5, 10):
        press(client_of, walkers, "busy", MONDAY + timedelta(minutes=minutes))
    assert case().tries == 3 and case().next_step_kind is NextStepKind.CALL


def test_what_is_no_try_and_whose_case_it_is_not_are_refused(client_of, walkers):
    client_of("maya").post(f"{walkers.url}/contacts/tries/reached", status=404)
    client_of("luis").post(f"{walkers.url}/contacts/tries/busy", status=404)
    assert db.session.scalars(select(Contact)).all() == []
