"""Logging a contact: three interactions, nothing empty, nothing that the family has forbidden."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.casefile.walkers import ZONE, make_walkers
from tracker import clock, journal
from tracker.cases.words import NextStepKind
from tracker.contacts import queries
from tracker.contacts.models import Contact
from tracker.contacts.words import ContactDirection, ContactOutcome, ContactType, ContactWith
from tracker.db import db
from tracker.journal.models import Entry
from tracker.people import actions as people
from tracker.people.rules import Rules


@pytest.fixture
def walkers(cast, db_session):
    made = make_walkers(cast)
    journal.commit()
    return made


@pytest.fixture
def maya(client_of):
    return client_of("maya")


def contacts():
    return db.session.scalars(select(Contact).order_by(Contact.id)).all()


def log(client, walkers, status=200, **said):
    page = client.get(f"{walkers.url}/contacts/new")
    return client.submit(page, "log", status=status, **said)


def test_type_and_save_is_all_it_takes(maya, walkers):
    log(maya, walkers, note="Place confirmed for Monday, 9 AM.")
    (kept,) = contacts()
    assert (kept.type, kept.outcome, kept.direction) == (ContactType.CALL, ContactOutcome.REACHED, ContactDirection.OUTBOUND)
    assert (kept.with_whom, kept.person_id, kept.note_of_id) == (ContactWith.INQUIRER, walkers.denise.id, walkers.denise.id)
    assert kept.note == "Place confirmed for Monday, 9 AM."
    assert kept.note_folded == "place confirmed for monday 9 am"
    case = walkers.again()
    assert case.last_contact_at == case.last_reached_at == kept.at
    assert case.next_step_text == "Call Denise with the start date", "the open step stays"


def test_the_history_tells_who_how_and_what_was_said(maya, walkers):
    page = log(maya, walkers, note="She will join on Tuesday.", minutes="18", step="Ask Andre", step_on=_tomorrow())
    assert "Call with Denise Walker" in page.text
    assert "She will join on Tuesday." in page.text
    assert "18 min" in page.text
    assert "Next step set: Ask Andre" in page.text
    line = db.session.scalars(select(Entry).where(Entry.verb == "contact.logged")).one()
    assert line.facts["words"] == "She will join on Tuesday."
    assert db.session.scalars(select(Entry).where(Entry.verb == "case.next_step_set")).all() == [], "the contact's own line tells it"


def test_what_finishes_the_step_asks_for_the_next(maya, walkers):
    answer = log(maya, walkers, 422, note="All said.", finishes="y")
    assert "step" in answer.errors()
    assert answer.page.one("textarea", name="note").text == "All said."
    assert contacts() == []
    log(maya, walkers, note="All said.", finishes="y", step="Send what-to-bring packet", step_on=clock.today(ZONE).isoformat())
    case = walkers.again()
    assert (case.next_step_text, case.next_step_kind) == ("Send what-to-bring packet", NextStepKind.SEND_PACKET)
    assert contacts()[0].finished_step == "Call Denise with the start date"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"note": ""}, "note"),
        ({"note": "   "}, "note"),
        ({"note": "x" * 8001}, "note"),
        ({"note": "a\x00b"}, "note"),
        ({"kind": "note", "note": ""}, "note"),
        ({"kind": "telepathy"}, "kind"),
        ({"who": "4f9e57f2-0000-4000-8000-000000000000"}, "who"),
        ({"who": ""}, "who"),
        ({"result": "adored"}, "result"),
        ({"minutes": "about ten"}, "minutes"),
        ({"minutes": "-3"}, "minutes"),
        ({"minutes": "99999"}, "minutes"),
        ({"at_day": "someday"}, "at_day"),
        ({"at_day": "2026-01-05"}, "at_time"),
        ({"at_day": "2199-01-05", "at_time": "10:00"}, "at_time"),
        ({"others": "x" * 301}, "others"),
        ({"name": "x" * 121}, "name"),
        ({"point": "not-a-point"}, "point"),
        ({"exactly": "nonsense"}, "exactly"),
        ({"step": "Call again"}, "step_on"),
        ({"step": "Call again", "step_on": "2020-01-01"}, "step_on"),
        ({"step": "x" * 301}, "step"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(maya, walkers, said, field):
    answer = log(maya, walkers, 422, **{"note": "She called.", **said})
    assert field in answer.errors(), answer.errors()
    assert contacts() == []
    case = walkers.again()
    assert (case.tries, case.last_contact_at, case.next_step_text) == (0, None, "Call Denise with the start date")


def test_a_contact_is_not_empty_but_a_try_is_enough(maya, walkers):
    log(maya, walkers, result="not_reached")
    (kept,) = contacts()
    assert kept.outcome is ContactOutcome.NO_ANSWER
    assert walkers.again().tries == 1


def test_not_reached_proposes_another_hour_and_counts(maya, walkers):
    page = log(maya, walkers, result="not_reached", again="y")
    assert "1 try not reached" in page.text
    case = walkers.again()
    assert case.next_step_text == "Call Denise with the start date"
    assert case.next_step_timed
    assert case.next_step_at > clock.now()
    assert clock.local(case.next_step_at, ZONE).hour >= 16, "inside the hours that suit her"
    log(maya, walkers, result="not_reached", exactly="busy")
    assert walkers.again().tries == 2
    log(maya, walkers, note="Reached her at last.")
    assert walkers.again().tries == 0


def test_a_try_with_the_program_counts_for_nobody(maya, walkers):
    log(maya, walkers, who="program", name="Harbor Light", result="not_reached")
    (kept,) = contacts()
    assert (kept.with_whom, kept.with_name, kept.person_id) == (ContactWith.PROVIDER, "Harbor Light", None)
    assert walkers.again().tries == 0


def test_no_message_is_left_where_none_may_be(maya, walkers):
    page = maya.get(f"{walkers.url}/contacts/new")
    assert "No messages on voicemail: Denise" in page.text
    answer = log(maya, walkers, 422, result="left_voicemail")
    assert "wants no messages" in answer.errors()["result"]
    assert contacts() == []


def test_a_wrong_number_marks_it_unverified(maya, walkers):
    log(maya, walkers, exactly="wrong_number")
    assert db.session.get(type(walkers.phone), walkers.phone.id).unverified_at is not None


def test_with_two_numbers_it_asks_which_was_wrong(maya, walkers, cast):
    second = people.add_phone(walkers.denise, "+16145550188", "614 555 0188", Rules(ok_to_call=True))
    journal.commit()
    assert "point" in log(maya, walkers, 422, exactly="wrong_number").errors()
    log(maya, walkers, exactly="wrong_number", point=str(second.public_id))
    assert db.session.get(type(second), second.id).unverified_at is not None
    assert db.session.get(type(second), walkers.phone.id).unverified_at is None


def test_a_number_of_somebody_else_is_not_theirs(maya, walkers):
    other = queries.points_of(walkers.andre)[0]
    assert "point" in log(maya, walkers, 422, note="Call.", point=str(other.public_id)).errors()


def test_opting_out_forbids_texting_at_once(client_of, walkers):
    """By a colleague who does not own the case."""
    log(client_of("ben"), walkers, kind="text", who=str(walkers.andre.public_id), exactly="opted_out")
    assert not queries.points_of(walkers.andre)[0].ok_to_text


def test_who_asks_not_to_be_contacted_is_not_from_that_moment_on(maya, walkers):
    log(maya, walkers, exactly="refused_contact", note="Please leave me alone.")
    person = db.session.get(type(walkers.denise), walkers.denise.id)
    assert person.no_contact_at is not None
    assert "asked not to be contacted" in maya.get(f"{walkers.url}/contacts/new").text


def test_crisis_escalated_puts_the_case_first(maya, walkers):
    log(maya, walkers, exactly="crisis_escalated", note="She called 911 with us on the line.")
    assert walkers.again().crisis_at is not None


def test_a_note_is_no_contact(maya, walkers):
    log(maya, walkers, kind="note", note="Ask about the lease next time.")
    (kept,) = contacts()
    assert (kept.direction, kept.outcome) == (ContactDirection.INTERNAL, None)
    assert walkers.again().last_contact_at is None


def test_an_earlier_call_does_not_turn_back_what_is_known(maya, walkers):
    log(maya, walkers, note="Reached today.")
    reached = walkers.again().last_reached_at
    before = clock.local(reached - timedelta(days=3), ZONE)
    log(maya, walkers, result="not_reached", at_day=before.date().isoformat(), at_time="10:00")
    case = walkers.again()
    assert (case.last_contact_at, case.last_reached_at, case.tries) == (reached, reached, 0)


def test_two_people_may_log_at_once_and_none_is_in_the_way(maya, client_of, walkers):
    ben = client_of("ben")
    hers, his = maya.get(f"{walkers.url}/contacts/new"), ben.get(f"{walkers.url}/contacts/new")
    maya.submit(hers, "log", status=200, note="Maya rang.")
    ben.submit(his, "log", status=200, note="Denise rang Ben.")
    assert len(contacts()) == 2


def test_the_second_to_finish_a_step_sees_both(maya, client_of, walkers):
    ben = client_of("ben")
    hers, his = maya.get(f"{walkers.url}/contacts/new"), ben.get(f"{walkers.url}/contacts/new")
    day = clock.today(ZONE).isoformat()
    maya.submit(hers, "log", status=200, note="Done.", finishes="y", step="Refer Marcus", step_on=day)
    answer = ben.submit(his, "log", status=409, note="Done too.", finishes="y", step="Send the packet", step_on=day)
    for words in ("Refer Marcus", "Send the packet", "Done too."):
        assert words in answer.body.decode()
    assert len(contacts()) == 1


def test_a_double_press_makes_one_record(maya, walkers):
    page = maya.get(f"{walkers.url}/contacts/new")
    for _ in range(3):
        maya.submit(page, "log", note="Once.", status=200)
    assert len(contacts()) == 1


def test_nobody_logs_on_another_teams_case(client_of, walkers):
    luis = client_of("luis")
    luis.get(f"{walkers.url}/contacts/new", status=404)
    luis.post(f"{walkers.url}/contacts", {"note": "Hello", "kind": "call"}, status=404)
    client_of("omar").get(f"{walkers.url}/contacts/new", status=403)
    assert contacts() == []


def test_it_opens_in_place_with_a_script(maya, walkers):
    part = maya.get(f"{walkers.url}/contacts/new", htmx=True)
    assert b"<html" not in part.body
    assert part.has("log")
    answer = maya.post(
        f"{walkers.url}/contacts", {"kind": "call", "result": "reached", "who": str(walkers.denise.public_id)}, htmx=True, follow=False, status=422
    )
    assert b"<html" not in answer.body


def test_the_budget_of_logging(maya, walkers):
    maya.get(f"{walkers.url}/contacts/new", budget=8)


def _tomorrow():
    return (clock.today(ZONE) + timedelta(days=1)).isoformat()
