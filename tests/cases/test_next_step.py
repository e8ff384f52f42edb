"""An open case always has one owner and one next step with a date, or a hold until one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tracker import clock
from tracker.cases.words import HoldReason
from tracker.db import db
from tracker.journal.models import Entry

ZONE = "America/New_York"


def tomorrow():
    return (clock.today(ZONE) + timedelta(days=1)).isoformat()


def test_a_step_is_set_by_the_near_days(maya, walkers):
    page = maya.get(f"{walkers.url}/next-step")
    maya.submit(page, "deed", status=200, step="Call Andre about the weekend", step_on=tomorrow(), step_kind="call", step_time="")
    case = walkers.again()
    assert case.next_step_text == "Call Andre about the weekend"
    assert clock.local(case.next_step_at, ZONE).date().isoformat() == tomorrow()
    assert not case.next_step_timed


def test_a_time_is_on_the_clock_of_whoever_writes(maya, walkers):
    page = maya.get(f"{walkers.url}/next-step")
    maya.submit(page, "deed", status=200, step="Call Andre", step_on=tomorrow(), step_time="4:30 PM")
    case = walkers.again()
    assert case.next_step_timed
    assert clock.local(case.next_step_at, ZONE).hour == 16


def test_its_first_word_says_what_kind_it_is(maya, walkers):
    page = maya.get(f"{walkers.url}/next-step")
    maya.submit(page, "deed", status=200, step="Send the waiting-week sheet", step_on=tomorrow(), step_kind="")
    assert walkers.again().next_step_kind == "send_packet"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"step": ""}, "step"),
        ({"step": "x" * 301}, "step"),
        ({"step": "Call\x00 Denise"}, "step"),
        ({"step_on": None, "step_day": ""}, "step_on"),
        ({"step_on": "pick", "step_day": ""}, "step_day"),
        ({"step_on": "pick", "step_day": "someday"}, "step_day"),
        ({"step_on": "2020-01-01"}, "step_on"),
        ({"step_on": "pick", "step_day": "2199-01-01"}, "step_day"),
        ({"step_on": "yesterday"}, "step_on"),
        ({"step_kind": "nonsense"}, "step_kind"),
        ({"step_time": "noonish"}, "step_time"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_the_field_and_nothing_is_written(maya, walkers, said, field):
    page = maya.get(f"{walkers.url}/next-step")
    before = walkers.again().next_step_text
    answer = maya.submit(page, "deed", status=422, **{"step": "Call Andre", "step_on": tomorrow(), **said})
    assert field in answer.errors()
    if said.get("step") is None:
        assert 'value="Call Andre"' in answer.body.decode()  # the words come back
    assert walkers.again().next_step_text == before


def test_done_asks_for_the_following_one(maya, walkers, db_session):
    page = maya.get(f"{walkers.url}/next-step/done")
    assert maya.submit(page, "deed", status=422, step="").errors().keys() >= {"step"}
    page = maya.get(f"{walkers.url}/next-step/done")
    maya.submit(page, "deed", status=200, step="Refer Marcus to Harbor Light", step_on=tomorrow())
    assert walkers.again().next_step_text == "Refer Marcus to Harbor Light"
    verbs = list(db.session.scalars(select(Entry.verb).order_by(Entry.number)))
    assert "case.next_step_done" in verbs


def test_a_hold_has_a_day_and_a_reason_and_the_stage_stays(maya, walkers):
    page = maya.get(f"{walkers.url}/hold")
    day = clock.today(ZONE) + timedelta(days=9)
    stage = walkers.again().stage
    maya.submit(page, "deed", status=200, hold_until=day.isoformat(), hold_reason="waiting_on_family", hold_note="after the holiday")
    case = walkers.again()
    assert (case.hold_until, case.hold_reason, case.stage) == (day, HoldReason.WAITING_ON_FAMILY, stage)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"hold_until": ""}, "hold_until"),
        ({"hold_until": "2020-01-01"}, "hold_until"),
        ({"hold_reason": ""}, "hold_reason"),
        ({"hold_reason": "other", "hold_note": ""}, "hold_note"),
    ],
)
def test_a_hold_without_its_day_or_reason_is_none(maya, walkers, said, field):
    page = maya.get(f"{walkers.url}/hold")
    good = {"hold_until": (clock.today(ZONE) + timedelta(days=3)).isoformat(), "hold_reason": "waiting_on_family"}
    answer = maya.submit(page, "deed", status=422, **{**good, **said})
    assert field in answer.errors()
    assert walkers.again().hold_until is None


def test_a_hold_ends_with_a_next_step(maya, walkers):
    page = maya.get(f"{walkers.url}/hold")
    maya.submit(page, "deed", hold_until=(clock.today(ZONE) + timedelta(days=9)).isoformat(), hold_reason="waiting_on_family")
    page = maya.get(f"{walkers.url}/hold/end")
    maya.submit(page, "deed", status=200, step="Call Denise after the holiday", step_on=tomorrow())
    case = walkers.again()
    assert case.hold_until is None
    assert case.next_step_text == "Call Denise after the holiday"


def test_the_second_of_two_editors_sees_both_texts(client_of, maya, walkers):
    hers, his = maya.get(f"{walkers.url}/next-step"), client_of("ruth")
    ruths = his.get(f"{walkers.url}/next-step")
    his.submit(ruths, "deed", status=200, step="Ask Harbor Light for the date", step_on=tomorrow())
    answer = maya.submit(hers, "deed", status=409, step="Call Denise at noon", step_on=tomorrow())
    assert "Ask Harbor Light for the date" in answer.text and "Call Denise at noon" in answer.text
    assert "Ruth Lindqvist" in answer.text
    assert walkers.again().next_step_text == "Ask Harbor Light for the date"


def test_a_double_press_is_one_step(maya, walkers, db_session):
    page = maya.get(f"{walkers.url}/next-step")
    for _ in range(2):
        maya.submit(page, "deed", status=200, step="Call Andre once", step_on=tomorrow())
    assert db.session.query(Entry).filter(Entry.verb == "case.next_step_set").count() == 1


@pytest.mark.parametrize("page", ["next-step", "next-step/done", "hold", "hold/end", "owner", "closure", "plan", "risks", "main-contact"])
def test_other_teams_cannot_know_that_it_exists(client_of, walkers, page):
    walkers.again()
    luis = client_of("luis")
    luis.get(f"{walkers.url}/{page}", status=404)
    luis.post(f"{walkers.url}/{page}", status=404)


@pytest.mark.parametrize("page", ["next-step", "hold", "owner", "closure", "plan", "main-contact"])
def test_a_colleague_of_the_team_is_told_whom_to_ask(client_of, walkers, page):
    answer = client_of("ben").get(f"{walkers.url}/{page}", status=403)
    assert "Maya Whitfield" in answer.text


def test_a_case_that_is_not_there(maya):
    maya.get("/cases/7c9e6679-7425-40de-944b-e07fc1f90ae7/next-step", status=404)
