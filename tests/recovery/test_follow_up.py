"""Follow-up: each person agrees for themselves, a return to use opens an episode, a death stops everything."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.casefile.walkers import make_walkers
from tests.consents.papers import facts
from tracker import clock, journal
from tracker.casefile.withdrawal import withdraw
from tracker.cases import actions as cases
from tracker.cases.actions import NextStep
from tracker.cases.models import Case, Episode
from tracker.cases.words import CaseStage, ClosureReason, EpisodeReason, NextStepKind
from tracker.consents import queries as consents
from tracker.consents.actions import record
from tracker.consents.words import ConsentType
from tracker.moves import Refused
from tracker.recovery import actions
from tracker.recovery import queries as recovery
from tracker.recovery.models import CheckIn, FollowUpPlan
from tracker.recovery.words import AnchorKind, CheckInNextAction, CheckInResult, due_dates, months_after

ZONE = "America/New_York"


@pytest.fixture
def walkers(cast, db_session):
    made = make_walkers(cast)
    journal.commit()
    return made


def agree(walkers, cast, person):
    record(walkers.again(), person, facts(person, kind=ConsentType.FOLLOWUP_CONSENT, programs=[]), by=cast.actor("maya"))


def start(walkers, cast, person, on=None):
    return actions.start_plan(walkers.again(), person, AnchorKind.DISCHARGE, on or clock.today(ZONE), "By phone", "", by=cast.actor("maya"))


@pytest.fixture
def plan(walkers, cast, db_session):
    agree(walkers, cast, walkers.marcus)
    made = start(walkers, cast, walkers.marcus)
    db_session.flush()
    return made


def call_back():
    return NextStep(NextStepKind.CALL, "Call Marcus tonight", clock.now() + timedelta(hours=3), True)


def test_the_schedule_begins_after_three_days_and_runs_five_years():
    found = due_dates(date(2026, 1, 31), date(2026, 1, 31))
    assert found[0] == ("72 hours", date(2026, 2, 3)) and found[-1] == ("5 years", date(2031, 1, 31)) and len(found) == 14
    assert [label for label, _ in due_dates(date(2026, 1, 31), date(2026, 8, 1))][0] == "9 months"


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [(date(2026, 8, 31), 6, date(2027, 2, 28)), (date(2027, 8, 31), 6, date(2028, 2, 29)), (date(2026, 12, 15), 12, date(2027, 12, 15))],
)
def test_a_month_that_is_shorter_ends_on_its_last_day(day, months, then):
    assert months_after(day, months) == then


def test_nobody_is_followed_without_their_own_permission(walkers, cast):
    agree(walkers, cast, walkers.denise)
    with pytest.raises(Refused, match="No follow-up permission of Marcus"):
        start(walkers, cast, walkers.marcus)
    assert start(walkers, cast, walkers.denise).person is walkers.denise


def test_the_familys_stream_goes_on_when_the_person_declines(walkers, cast, plan, db_session):
    agree(walkers, cast, walkers.denise)
    family = start(walkers, cast, walkers.denise)
    actions.end_plan(plan, walkers.again(), "He prefers not to be asked", by=cast.actor("maya"))
    assert plan.ended_at and family.ended_at is None and all(one.done_at is None for one in family.check_ins)


def test_one_plan_a_person_runs_at_a_time(walkers, cast, plan):
    with pytest.raises(Refused, match="running already"):
        start(walkers, cast, walkers.marcus)


def test_somebody_who_asked_not_to_be_contacted_is_not_followed(walkers, cast, db_session):
    agree(walkers, cast, walkers.marcus)
    walkers.marcus.no_contact_at = clock.now()
    with pytest.raises(Refused, match="not to be contacted"):
        start(walkers, cast, walkers.marcus)


@pytest.mark.parametrize("result", [CheckInResult.RETURNED_TO_USE_SUPPORT_REQUESTED, CheckInResult.RETURNED_TO_USE_NO_CHANGE_WANTED])
def test_a_return_to_use_opens_an_episode_on_the_same_case_and_moves_nothing_back(walkers, cast, plan, db_session, result):
    case = walkers.again()
    case.stage = CaseStage.FOLLOW_UP
    with pytest.raises(Refused, match="what happens next"):
        actions.check_in(plan.check_ins[0], plan, case, result, CheckInNextAction.SAME_DAY, "", None, by=cast.actor("maya"))
    actions.check_in(plan.check_ins[0], plan, case, result, CheckInNextAction.SAME_DAY, "He told us himself", call_back(), by=cast.actor("maya"))
    db_session.flush()
    assert (case.episode, case.stage, case.next_step_text) == (2, CaseStage.FOLLOW_UP, "Call Marcus tonight")
    episodes = db_session.scalars(select(Episode).order_by(Episode.number)).all()
    assert [one.reason for one in episodes] == [EpisodeReason.FIRST_CONTACT, EpisodeReason.RETURN_TO_USE] and episodes[0].ended_at
    assert db_session.scalars(select(Case)).one() is case


def test_a_death_stops_every_check_in_of_that_person(walkers, cast, plan):
    actions.check_in(plan.check_ins[0], plan, walkers.again(), CheckInResult.DECEASED, CheckInNextAction.END_FOLLOW_UP, "", None, by=cast.actor("maya"))
    assert walkers.marcus.died_at and plan.ended_at and all(one.done_at for one in plan.check_ins)


def test_three_tries_then_it_is_recorded_and_nothing_is_closed(walkers, cast, plan, db_session):
    first = plan.check_ins[0]
    for _ in range(2):
        actions.try_check_in(first, plan, walkers.again(), None, by=cast.actor("maya"))
        assert first.done_at is None and first.due_on == clock.today(ZONE) + timedelta(days=1)
    actions.try_check_in(first, plan, walkers.again(), None, by=cast.actor("maya"))
    assert first.result is CheckInResult.UNABLE_TO_REACH and plan.ended_at is None and walkers.again().is_open
    with pytest.raises(Refused):
        actions.try_check_in(first, plan, walkers.again(), None, by=cast.actor("maya"))


def test_a_rough_patch_may_bring_the_next_question_sooner(walkers, cast, plan, db_session):
    actions.check_in(plan.check_ins[0], plan, walkers.again(), CheckInResult.ROUGH_PATCH, CheckInNextAction.SOONER, "", None, by=cast.actor("maya"))
    assert [one.due_on for one in plan.check_ins if one.label == "Sooner"] == [clock.today(ZONE) + timedelta(days=7)]


def test_the_way_through_its_pages(walkers, cast, client_of, db_session):
    agree(walkers, cast, walkers.marcus)
    journal.commit()
    maya = client_of("maya")
    page = maya.get(f"{walkers.url}/follow-up/new")
    refused = maya.submit(page, "plan", person=str(walkers.denise.public_id), anchor="discharge", anchor_on=clock.today(ZONE).isoformat(), wish="On Sundays")
    assert refused.status == 422 and "No follow-up permission of Denise" in refused.text and "On Sundays" in refused.body.decode()
    shown = maya.submit(page, "plan", person=str(walkers.marcus.public_id), anchor="discharge", anchor_on=clock.today(ZONE).isoformat(), status=200)
    assert "72 hours" in shown.text
    short = maya.submit(shown, "check", result="returned_to_use_support_requested", next_action="same_day", note="He called")
    assert short.status == 422 and "He called" in short.body.decode()
    db_session.expire_all()
    assert db_session.scalars(select(CheckIn).where(CheckIn.done_at.is_not(None))).first() is None
    tomorrow = (clock.today(ZONE) + timedelta(days=1)).isoformat()
    kept = maya.submit(
        maya.get(shown.path),
        "check",
        result="returned_to_use_support_requested",
        next_action="same_day",
        note="He called",
        step="Call him",
        step_on="pick",
        step_day=tomorrow,
        status=200,
    )
    assert "Returned to use" in kept.text
    db_session.expire_all()
    assert db_session.scalars(select(Case)).one().episode == 2


def test_another_team_finds_nothing_and_foreign_ids_are_refused(walkers, cast, plan, client_of, db_session):
    journal.commit()
    luis, maya = client_of("luis"), client_of("maya")
    luis.get(f"/follow-up/{plan.public_id}", status=404)
    assert luis.post(f"/follow-up/{plan.public_id}/end", {"why": "x"}, follow=False).status == 404
    assert (
        maya.post(f"/follow-up/{plan.public_id}/check-ins/{walkers.case.public_id}", {"result": "doing_well", "next_action": "routine"}, follow=False).status
        == 404
    )
    answer = maya.submit(
        maya.get(f"{walkers.url}/follow-up/new"), "plan", person="00000000-0000-4000-8000-000000000000", anchor="discharge", anchor_on="2026-11-01"
    )
    assert answer.status == 422
    assert len(db_session.scalars(select(FollowUpPlan)).all()) == 1


def test_whoever_withdraws_their_permission_is_not_asked_any_more(walkers, cast, plan, db_session):
    case = walkers.again()
    consent = consents.in_force(walkers.marcus.id, ConsentType.FOLLOWUP_CONSENT)
    with clock.travel(clock.now() + timedelta(days=40)):
        day = clock.today(ZONE)
        assert recovery.due_for(cast.maya.id, day)
        withdraw(consent, case, "By phone", by=cast.actor("maya"))
        db_session.flush()
        assert plan.ended_at and "no longer agrees" in plan.ended_why
        assert not recovery.due_for(cast.maya.id, day)
        assert case.is_open and case.next_step_text


def test_nobody_is_reminded_to_ask_somebody_who_died(walkers, cast, plan, db_session):
    with clock.travel(clock.now() + timedelta(days=40)):
        assert recovery.due_for(cast.maya.id, clock.today(ZONE))
        walkers.again().person.died_at = clock.now()
        db_session.flush()
        assert not recovery.due_for(cast.maya.id, clock.today(ZONE))


def run_out(walkers, db_session):
    """The permission of the person ended yesterday."""
    consent = consents.in_force(walkers.marcus.id, ConsentType.FOLLOWUP_CONSENT)
    consent.expires_on = clock.today(ZONE) - timedelta(days=1)
    db_session.flush()


def test_a_permission_that_ended_is_one_line_to_renew_and_nothing_to_ask(walkers, cast, plan, db_session):
    consents.in_force(walkers.marcus.id, ConsentType.FOLLOWUP_CONSENT).expires_on = None
    db_session.flush()
    with clock.travel(clock.now() + timedelta(days=100)):
        day = clock.today(ZONE)
        asked = recovery.due_for(cast.maya.id, day)
        assert len(asked) > 1 and all(one.agreed for one in asked)
        run_out(walkers, db_session)
        told = recovery.due_for(cast.maya.id, day)
        assert [(one.plan_id, one.agreed) for one in told] == [(plan.public_id, False)]
        first = plan.check_ins[0]
        with pytest.raises(Refused, match="record a new one first"):
            actions.try_check_in(first, plan, walkers.again(), None, by=cast.actor("maya"))
        with pytest.raises(Refused, match="logged as a contact"):
            actions.check_in(first, plan, walkers.again(), CheckInResult.DOING_WELL, CheckInNextAction.ROUTINE, "", None, by=cast.actor("maya"))
        assert first.tries == 0 and first.done_at is None
        agree(walkers, cast, walkers.marcus)
        db_session.flush()
        assert recovery.due_for(cast.maya.id, day) == asked


def test_a_death_is_kept_whatever_was_agreed(walkers, cast, plan, db_session):
    run_out(walkers, db_session)
    actions.check_in(plan.check_ins[0], plan, walkers.again(), CheckInResult.DECEASED, CheckInNextAction.END_FOLLOW_UP, "", None, by=cast.actor("maya"))
    assert plan.person.died_at and plan.ended_at


def test_the_page_says_that_the_permission_ended_and_leads_to_a_new_one(walkers, cast, plan, client_of, db_session):
    run_out(walkers, db_session)
    journal.commit()
    maya = client_of("maya")
    page = maya.get(f"/follow-up/{plan.public_id}")
    assert "Permission ended" in page.text and "Keep check-in" not in page.text and page.at("not-agreed").one("a")["href"] == f"{walkers.url}/consents/new"
    first = db_session.scalars(select(CheckIn).order_by(CheckIn.id)).first()
    kept = maya.post(
        f"/follow-up/{plan.public_id}/check-ins/{first.public_id}",
        {"result": "doing_well", "next_action": "routine", "note": "He sleeps again"}, follow=False,
    )  # fmt: skip
    assert kept.status == 422 and "He sleeps again" in kept.text and "record a new one first" in kept.text
    db_session.scalars(select(CheckIn).order_by(CheckIn.id)).first().due_on = clock.today(ZONE)
    journal.commit()
    assert "Permission ended" in maya.get("/today").text


def test_the_dates_of_a_closed_case_do_not_move(walkers, cast, plan, db_session):
    case = walkers.again()
    cases.close(case, ClosureReason.GOALS_MET, "They do well.", False, by=cast.actor("maya"))
    with pytest.raises(Refused, match="closed"):
        actions.move_date(plan.check_ins[0], plan, case, clock.today(ZONE), by=cast.actor("maya"))
    db_session.rollback()
