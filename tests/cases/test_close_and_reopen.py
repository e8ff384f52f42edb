"""The end of a case, with its reason, and the way back as a new episode."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.casefile.walkers import log
from tracker import clock, journal
from tracker.cases.models import Episode
from tracker.cases.words import CaseStage, ClosureReason
from tracker.contacts.actions import Told, log_contact
from tracker.contacts.words import ContactOutcome
from tracker.db import db

ZONE = "America/New_York"
GOOD = {"closure_reason": "goals_met", "closing_summary": "Marcus is in a program, Denise in a group.", "again": "yes"}


def close(client, walkers, status=200, **said):
    page = client.get(f"{walkers.url}/closure")
    return client.submit(page, "deed", status=status, **{**GOOD, **said})


def test_it_closes_with_a_reason_a_summary_and_whether_we_may_be_in_touch(maya, walkers):
    close(maya, walkers)
    case = walkers.again()
    assert (case.stage, case.closure_reason, case.ok_to_recontact) == (CaseStage.CLOSED, ClosureReason.GOALS_MET, True)
    assert case.next_step_at is None and case.closed_at is not None


@pytest.mark.parametrize("field", ["closure_reason", "closing_summary", "again"])
def test_each_of_the_three_is_needed(maya, walkers, field):
    answer = close(maya, walkers, status=422, **{field: "" if field != "again" else None})
    assert field in answer.errors()
    assert walkers.again().is_open


def test_not_our_service_needs_where_they_were_pointed_to(maya, walkers):
    assert "pointed_to" in close(maya, walkers, status=422, closure_reason="not_our_service").errors()
    close(maya, walkers, closure_reason="not_our_service", pointed_to="The county's crisis team")
    assert "The county's crisis team" in walkers.again().closing_summary


def test_unable_to_reach_only_after_three_tries(maya, walkers, cast):
    assert "closure_reason" in close(maya, walkers, status=422, closure_reason="unable_to_reach").errors()
    for days in (3, 2, 1):
        with clock.travel(clock.now() - timedelta(days=days, hours=days)):
            log_contact(walkers.again(), Told(person=walkers.denise, point=walkers.phone, outcome=ContactOutcome.NO_ANSWER), by=cast.actor("maya"))
            journal.commit()
    close(maya, walkers, closure_reason="unable_to_reach")
    assert walkers.again().closure_reason is ClosureReason.UNABLE_TO_REACH


def test_a_death_is_kept_with_the_person(maya, walkers):
    close(maya, walkers, closure_reason="deceased", again="no")
    db.session.refresh(walkers.marcus)
    assert walkers.marcus.died_at is not None


def test_a_closed_case_is_readable_and_has_no_forms(maya, walkers, cast):
    log(walkers, cast)
    close(maya, walkers)
    page = maya.get(walkers.url)
    assert "Closed" in page.page.one("div", class_="greybar").text
    assert "Marcus agreed to speak" in page.text
    assert not page.has("composer") and not page.has("next-step")
    links = {link["href"] for link in page.page.one("main").all("a")}
    assert f"{walkers.url}/reopening" in links
    assert not links & {f"{walkers.url}/{deed}" for deed in ("next-step", "hold", "owner", "closure", "plan", "risks", "referrals/new")}


@pytest.mark.parametrize("deed", ["next-step", "next-step/done", "hold", "owner", "closure", "plan", "risks", "main-contact"])
def test_nothing_is_done_to_a_closed_case(maya, walkers, deed):
    close(maya, walkers)
    assert "Reopen it first" in maya.get(f"{walkers.url}/{deed}", status=422).text
    maya.post(f"{walkers.url}/{deed}", {"step": "x"}, status=422)


def test_it_opens_again_as_its_next_episode_with_its_history(maya, walkers, cast):
    log(walkers, cast)
    close(maya, walkers)
    page = maya.get(f"{walkers.url}/reopening")
    day = (clock.today(ZONE) + timedelta(days=1)).isoformat()
    maya.submit(page, "deed", status=200, reason="return_to_use", stage="intervention", step="Call Denise back", step_on=day)
    case = walkers.again()
    assert (case.stage, case.episode, case.is_open, case.next_step_text) == (CaseStage.INTERVENTION, 2, True, "Call Denise back")
    episodes = db.session.scalars(select(Episode).where(Episode.case_id == case.id).order_by(Episode.number)).all()
    assert [(one.number, one.ended_at is None) for one in episodes] == [(1, False), (2, True)]
    assert "Marcus agreed to speak" in maya.get(walkers.url).text


@pytest.mark.parametrize("field", ["reason", "stage", "step"])
def test_reopening_says_why_where_and_what_next(maya, walkers, field):
    close(maya, walkers)
    page = maya.get(f"{walkers.url}/reopening")
    day = (clock.today(ZONE) + timedelta(days=1)).isoformat()
    good = {"reason": "new_need", "stage": "inquiry", "step": "Call Denise back", "step_on": day}
    answer = maya.submit(page, "deed", status=422, **{**good, field: None if field != "step" else ""})
    assert field in answer.errors()
    assert not walkers.again().is_open


def test_an_open_case_is_not_reopened(maya, walkers):
    walkers.again()
    maya.get(f"{walkers.url}/reopening", status=422)


def test_two_who_close_at_once_close_once(maya, client_of, walkers):
    ruth = client_of("ruth")
    hers, ruths = maya.get(f"{walkers.url}/closure"), ruth.get(f"{walkers.url}/closure")
    ruth.submit(ruths, "deed", status=200, **GOOD)
    maya.submit(hers, "deed", status=422, **{**GOOD, "closure_reason": "moved"})
    assert walkers.again().closure_reason is ClosureReason.GOALS_MET


def test_somebody_who_changed_it_meanwhile_is_heard_first(maya, client_of, walkers):
    ruth = client_of("ruth")
    hers, ruths = maya.get(f"{walkers.url}/closure"), ruth.get(f"{walkers.url}/hold")
    day = (clock.today(ZONE) + timedelta(days=5)).isoformat()
    ruth.submit(ruths, "deed", status=200, hold_until=day, hold_reason="waiting_on_family")
    answer = maya.submit(hers, "deed", status=409, **GOOD)
    assert "On hold until" in answer.text and GOOD["closing_summary"] in answer.text
    assert walkers.again().is_open


@pytest.mark.parametrize("stage", ["referral", "follow_up"])
def test_reopening_is_no_way_around_a_gate(maya, walkers, stage):
    close(maya, walkers)
    page = maya.get(f"{walkers.url}/reopening")
    day = (clock.today(ZONE) + timedelta(days=1)).isoformat()
    answer = maya.submit(page, "deed", status=422, reason="new_need", stage=stage, step="Call Denise back", step_on=day)
    assert "has a gate" in answer.errors()["stage"]
    assert not walkers.again().is_open
