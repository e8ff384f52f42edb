"""Moves between stages: plain points pass with a reason, gates only by a supervisor with a reason, and all of it shows."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tracker import clock, journal
from tracker.cases import actions
from tracker.cases.models import StageMove
from tracker.cases.words import CaseStage, PlanOpenness
from tracker.consents.models import Consent
from tracker.consents.words import ConsentStatus, ConsentType
from tracker.db import db
from tracker.interventions.models import Intervention
from tracker.interventions.words import InterventionModel, InterventionOutcome, InterventionStatus


def move(client, walkers, to, status=200, **said):
    page = client.get(f"{walkers.url}/stage", to=to)
    return client.submit(page, "deed", status=status, **said)


def points(client, walkers, to):
    page = client.get(f"{walkers.url}/stage", to=to)
    return {item.all("span")[0].text: "Yes" in item.text for item in page.page.one("form", id="deed").all("li")}


def passed():
    return db.session.scalars(select(StageMove).order_by(StageMove.id.desc())).first().passed


def plan(walkers, cast):
    actions.revise_plan(
        walkers.again(), what_matters="", openness=[PlanOpenness.OUTPATIENT], openness_note="", limits=[], limits_note="", helpers=[], by=cast.actor("maya")
    )
    journal.commit()


def agree(walkers, kind=ConsentType.SERVICE_AGREEMENT, person=None, **more):
    db.session.add(
        Consent(
            case_id=walkers.case.id, subject_id=(person or walkers.marcus).id, type=kind, status=ConsentStatus.ACTIVE, status_at=clock.now(),
            recorded_at=clock.now(), **more,
        )
    )  # fmt: skip
    db.session.flush()


def test_to_intervention_someone_is_reachable_safely(maya, walkers):
    move(maya, walkers, "intervention")
    assert walkers.again().stage is CaseStage.INTERVENTION
    assert passed() == []


def test_nobody_reachable_can_be_passed_with_a_reason(maya, walkers):
    for person in (walkers.denise, walkers.andre):
        person.no_contact_at = clock.now()
    assert "why" in move(maya, walkers, "intervention", status=422).errors()
    assert walkers.again().stage is CaseStage.INQUIRY
    move(maya, walkers, "intervention", why="Her sister comes in on Thursday")
    assert passed() == ["Someone to work with is reachable safely"]


def test_to_referral_the_person_agrees_or_asks(maya, client_of, walkers, cast):
    plan(walkers, cast)
    assert points(maya, walkers, "referral") == {"Marcus agrees or asks": False, "The plan says what they are open to": True}
    answer = move(maya, walkers, "referral", status=422, why="I think he would")
    assert "supervisor" in answer.errors()["why"]
    assert walkers.again().stage is CaseStage.INQUIRY
    assert "why" in move(client_of("ruth"), walkers, "referral", status=422).errors()
    move(client_of("ruth"), walkers, "referral", why="He asked on the phone; paper follows")
    assert walkers.again().stage is CaseStage.REFERRAL
    assert passed() == ["Marcus agrees or asks"]


@pytest.mark.parametrize("how", ["agreement", "release", "intervention"])
def test_a_consent_or_a_recorded_agreement_opens_that_gate(maya, walkers, cast, how):
    plan(walkers, cast)
    if how == "agreement":
        agree(walkers)
    elif how == "release":
        agree(
            walkers, ConsentType.ROI_OUTBOUND, discloser="Family Line", info_categories=["referral_needs"], recipients_text="Harbor Light",
            purpose="at_request", revocation_told=True,
            expires_on=clock.today("America/New_York") + timedelta(days=30), signer_capacity="self", signer_name="Marcus",
            signature_method="wet_scan", signed_on=date(2026, 11, 1),
        )  # fmt: skip
    else:
        db.session.add(
            Intervention(
                case_id=walkers.case.id, model=list(InterventionModel)[0], status=InterventionStatus.HELD, created_at=clock.now(),
                outcome=InterventionOutcome.ACCEPTED_LATER, outcome_at=clock.now(),
            )
        )  # fmt: skip
    move(maya, walkers, "referral")
    assert walkers.again().stage is CaseStage.REFERRAL
    assert passed() == []


def test_a_relatives_yes_opens_no_gate_of_his(maya, walkers, cast):
    plan(walkers, cast)
    agree(walkers, person=walkers.denise)
    move(maya, walkers, "referral", status=422, why="his mother agrees")


def test_an_agreement_that_ended_opens_none(maya, walkers, cast):
    plan(walkers, cast)
    agree(walkers, expires_on=clock.today("America/New_York") - timedelta(days=2))
    move(maya, walkers, "referral", status=422, why="it was on file")


def test_to_placement_somebody_is_placed_whom_the_group_admits(maya, walkers):
    assert points(maya, walkers, "placement") == {"Who is placed is named": False, "The group admits them": False}
    move(maya, walkers, "placement", why="Denise goes on her own already")
    assert passed() == ["Who is placed is named", "The group admits them"]


def test_to_follow_up_each_who_is_followed_agreed(maya, client_of, walkers):
    assert set(points(maya, walkers, "follow_up").values()) == {False}
    move(maya, walkers, "follow_up", status=422, why="soon")
    agree(walkers, ConsentType.FOLLOWUP_CONSENT)
    assert points(maya, walkers, "follow_up")["Follow-up consent of each person who is followed"]
    move(maya, walkers, "follow_up", why="day of discharge is not known yet")
    assert walkers.again().stage is CaseStage.FOLLOW_UP


def test_any_stage_may_follow_any_other_and_back_needs_a_reason(maya, walkers):
    move(maya, walkers, "intervention")
    assert "why" in move(maya, walkers, "inquiry", status=422).errors()
    move(maya, walkers, "inquiry", why="They want to think")
    assert walkers.again().stage is CaseStage.INQUIRY


def test_all_of_it_shows_in_path_and_history(maya, walkers):
    move(maya, walkers, "placement", why="Denise goes on her own already")
    page = maya.get(walkers.url)
    assert "2 passed" in page.page.one("ol", class_="path").text
    assert "Denise goes on her own already" in page.page.one("ol", class_="tl").text
    assert "Passed: Who is placed is named, The group admits them" in page.page.one("ol", class_="tl").text
    told = maya.get(f"{walkers.url}/stage", to="placement").text
    assert "moved by Maya Whitfield" in told and "Passed: Who is placed is named" in told


def test_a_colleague_sees_the_step_and_may_not_move(client_of, walkers):
    walkers.again()
    ben = client_of("ben")
    assert not ben.get(f"{walkers.url}/stage", to="intervention").page.one("form", id="deed").all("button")
    ben.post(f"{walkers.url}/stage", {"stage": "intervention"}, status=403)
    assert walkers.again().stage is CaseStage.INQUIRY


@pytest.mark.parametrize("stage", ["closed", "nonsense", "", "inquiry"])
def test_what_is_no_move_is_refused(maya, walkers, stage):
    maya.get(walkers.url)
    maya.post(f"{walkers.url}/stage", {"stage": stage, "why": "because"}, status=422)
    assert walkers.again().stage is CaseStage.INQUIRY
    maya.get(f"{walkers.url}/stage", to="closed", status=404)


def test_a_reason_that_is_too_long_is_kept_in_the_field(maya, walkers):
    answer = move(maya, walkers, "placement", status=422, why="x" * 301)
    assert "why" in answer.errors() and "x" * 301 in answer.body.decode()


def test_two_who_move_at_once(maya, client_of, walkers):
    ruth = client_of("ruth")
    hers, ruths = maya.get(f"{walkers.url}/stage", to="placement"), ruth.get(f"{walkers.url}/stage", to="intervention")
    ruth.submit(ruths, "deed", status=200)
    answer = maya.submit(hers, "deed", status=409, why="goes already")
    assert "Intervention" in answer.text and "Support group" in answer.text
    assert walkers.again().stage is CaseStage.INTERVENTION
