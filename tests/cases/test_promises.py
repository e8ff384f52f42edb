"""Promises: apart from the next step, before it on Today, kept by reaching them, and never silently dropped."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests.casefile.walkers import make_walkers
from tracker import clock, journal
from tracker.cases import actions as cases
from tracker.cases import promises
from tracker.cases.models import Case, Promise
from tracker.cases.words import ClosureReason, PromiseState
from tracker.contacts.actions import Told, log_contact
from tracker.contacts.words import ContactDirection, ContactOutcome
from tracker.db import db
from tracker.journal.models import Entry
from tracker.moves import Refused

HOUR = timedelta(hours=1)


@pytest.fixture
def walkers(cast, db_session):
    made = make_walkers(cast)
    journal.commit()
    return made


def promise(walkers, cast, due=HOUR, words="Call with the start date"):
    made = promises.make(walkers.again(), walkers.denise, words, clock.now() + due, timed=True, by=cast.actor("maya"))
    journal.commit()
    return made.public_id


def state():
    return db.session.scalars(select(Promise.state)).all()


def reach(walkers, cast, **more):
    told = Told(**{"person": walkers.denise, "note": "Told her.", **more})
    log_contact(walkers.again(), told, by=cast.actor("maya"))
    journal.commit()


def test_reaching_them_in_time_keeps_it_and_later_keeps_it_late(walkers, cast):
    promise(walkers, cast)
    reach(walkers, cast)
    assert state() == [PromiseState.KEPT]
    promise(walkers, cast)
    with clock.travel(clock.now() + 2 * HOUR):
        reach(walkers, cast)
    assert state() == [PromiseState.KEPT, PromiseState.KEPT_LATE]


def test_a_call_logged_later_counts_for_when_it_was(walkers, cast):
    promise(walkers, cast)
    made = clock.now()
    with clock.travel(made + 5 * HOUR):
        reach(walkers, cast, at=made + HOUR / 2)
    assert state() == [PromiseState.KEPT]


@pytest.mark.parametrize("told", [
    {"outcome": ContactOutcome.NO_ANSWER, "note": ""}, {"outcome": ContactOutcome.BUSY, "note": ""}, {"direction": ContactDirection.INBOUND},
    {"outcome": None, "direction": ContactDirection.INTERNAL}, {"person": None, "with_name": "Harbor Light"},
])  # fmt: skip
def test_a_try_their_own_call_a_note_or_somebody_else_keep_nothing(walkers, cast, told):
    promise(walkers, cast)
    reach(walkers, cast, **told)
    assert state() == [PromiseState.OPEN]


def test_who_misses_or_releases_it_says_why_and_it_is_said_once(walkers, cast):
    maya = cast.actor("maya")
    promise(walkers, cast)
    found = db.session.scalars(select(Promise)).one()
    case = walkers.again()
    with pytest.raises(Refused, match="not come yet"):
        promises.settle(found, case, PromiseState.MISSED, "Forgot", by=maya)
    with pytest.raises(Refused, match="what happened"):
        promises.settle(found, case, PromiseState.RELEASED, " ", by=maya)
    promises.settle(found, case, PromiseState.RELEASED, "She said it can wait", by=maya)
    with pytest.raises(Refused, match="already"):
        promises.settle(found, case, PromiseState.KEPT, by=maya)
    journal.commit()
    assert db.session.scalars(select(Entry.verb).where(Entry.verb.startswith("promise."))).all() == ["promise.made", "promise.settled"]


def test_nothing_is_promised_backwards_without_words_to_strangers_or_on_a_closed_case(walkers, cast):
    maya, other = cast.actor("maya"), make_walkers(cast, name="Other")
    case = walkers.again()
    for to, words, due in ((walkers.denise, " ", HOUR), (walkers.denise, "Call", -HOUR), (other.denise, "Call", HOUR)):
        with pytest.raises(Refused):
            promises.make(case, to, words, clock.now() + due, timed=True, by=maya)
    cases.close(case, ClosureReason.MOVED, "Moved away.", True, by=maya)
    with pytest.raises(Refused):
        promises.make(case, walkers.denise, "Call", clock.now() + HOUR, timed=True, by=maya)


def test_closing_a_case_drops_no_promise_silently(walkers, cast):
    promise(walkers, cast)
    promise(walkers, cast, due=3 * HOUR)
    with clock.travel(clock.now() + 2 * HOUR):
        cases.close(walkers.again(), ClosureReason.MOVED, "Moved away.", True, by=cast.actor("maya"))
        journal.commit()
    assert sorted(state()) == [PromiseState.MISSED, PromiseState.RELEASED]


def test_the_database_keeps_settled_and_told_together(walkers, cast):
    promise(walkers, cast)
    db.session.execute(select(Promise)).all()
    with pytest.raises(IntegrityError):
        db.session.execute(Promise.__table__.update().values(state="kept"))
    db.session.rollback()


def test_it_is_promised_in_the_log_box_stands_first_on_today_and_is_kept_by_a_press(walkers, client_of):
    maya = client_of("maya")
    box = maya.get(f"{walkers.url}/contacts/new")
    today = clock.today("America/New_York").isoformat()
    saved = maya.submit(box, "log", note="She asked for the date.", promise="Call before supper", promise_day=today, status=200)
    assert "Promised to Denise" in saved.text and "Call before supper" in saved.text
    page = maya.get("/today").text
    assert page.index("Call before supper") < page.index("Call Denise with the start date")
    assert "Call before supper" not in client_of("ben").get("/today").text
    key = db.session.scalars(select(Promise.public_id)).one()
    kept = maya.submit(maya.get(walkers.url), f"{walkers.url}/promises/{key}/kept", status=200)
    assert "Kept: Call before supper" in kept.text and not kept.has(f"promise-{key}")
    assert "Call before supper" not in maya.get("/today").text


def test_bad_input_says_so_beside_the_field_and_keeps_what_was_typed(walkers, client_of):
    maya = client_of("maya")
    box = maya.get(f"{walkers.url}/contacts/new")
    past = {"promise": "Call", "promise_day": "2020-01-01"}
    for changes, where in (({"promise": "Call"}, "promise_day"), ({"promise_time": "15:00"}, "promise"), (past, "promise_day")):
        answer = maya.submit(box, "log", note="Her words.", **changes, status=422)
        assert where in answer.errors(), answer.errors()
        assert answer.page.one("textarea", name="note").text == "Her words."
    assert state() == [] and db.session.scalars(select(Case.last_reached_at)).all() == [None]


def test_it_is_missed_on_a_page_of_its_own(walkers, cast, client_of):
    key = promise(walkers, cast)
    with clock.travel(clock.now() + 2 * HOUR):
        maya = client_of("maya")
        page = maya.get(f"{walkers.url}/promises/{key}")
        silent = maya.submit(page, f"{walkers.url}/promises/{key}", state="missed", status=422)
        assert "note" in silent.errors()
        assert "Missed: Call with the start date" in maya.submit(silent, f"{walkers.url}/promises/{key}", state="missed", note="Sick that day", status=200).text
    assert "Missed" in maya.get(f"{walkers.url}/promises/{key}").text


def test_another_teams_promises_are_not_there(walkers, cast, client_of):
    key = promise(walkers, cast)
    luis = client_of("luis")
    luis.get(f"{walkers.url}/promises/{key}", status=404)
    luis.post(f"{walkers.url}/promises/{key}/kept", status=404)
    client_of("maya").get(f"{make_walkers(cast, name='Else').url}/promises/{key}", status=404)
