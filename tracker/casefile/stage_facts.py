"""The points and gates of a move to each stage, as they stand for one case (issue text; domain 3.0).

A plain point may be passed with a reason, a gate only by a supervisor with a reason.
"""

from datetime import date

from flask import current_app

from tracker import clock
from tracker.casefile.gather import Beside
from tracker.cases.actions import Point
from tracker.cases.models import Case
from tracker.cases.words import CaseStage
from tracker.consents.models import Consent
from tracker.consents.words import ConsentStatus, ConsentType
from tracker.interventions.words import InterventionOutcome
from tracker.placements.models import LIVE, Placement

SHOWS_AGREEMENT = {ConsentType.SERVICE_AGREEMENT, ConsentType.ROI_OUTBOUND, ConsentType.ROI_MUTUAL}
AGREED = {
    InterventionOutcome.ACCEPTED_SAME_DAY,
    InterventionOutcome.ACCEPTED_LATER,
    InterventionOutcome.ACCEPTED_ASSESSMENT_ONLY,
}


def points(case: Case, to: CaseStage, beside: Beside) -> tuple[Point, ...]:
    """What a move to a stage asks for, and what of it is met."""
    match to:
        case CaseStage.INTERVENTION:
            return (Point("reachable", "Someone to work with is reachable safely", any(member.reachable for member in beside.people)),)
        case CaseStage.REFERRAL:
            return (
                Point("agrees", f"{case.person.called.capitalize()} agrees or asks", agrees(case, beside), gate=True),
                Point("openness", "The plan says what they are open to", bool(beside.plan and (beside.plan.openness or beside.plan.openness_note))),
            )
        case CaseStage.PLACEMENT:
            placed = _placed(case, beside)
            return (
                Point("who", "Who is placed is named", bool(placed)),
                Point("audience", "The group admits them", bool(placed)),  # a placement is refused unless the group admits whoever goes
            )
        case CaseStage.FOLLOW_UP:
            return (
                Point("anchor", "A day to count from: discharge, or the first meeting", anchor(case, beside) is not None),
                Point("follow_up_consent", "Follow-up consent of each person who is followed", followed_agree(beside), gate=True),
            )
        case _:
            return ()


def agrees(case: Case, beside: Beside) -> bool:
    """Whether the person of concern agrees or asks: a consent of theirs in force, or an agreement recorded in this episode."""
    theirs = any(one.subject_id == case.person_id and one.type in SHOWS_AGREEMENT and holds(one) for one in beside.consents)
    told = [pair for one in beside.interventions for pair in ((one.outcome, one.outcome_at), (one.later_outcome, one.later_at))]
    return theirs or any(outcome in AGREED and at is not None and (beside.since is None or at >= beside.since) for outcome, at in told)


def holds(consent: Consent) -> bool:
    """Whether a consent is in force today, on the organisation's calendar, and a release is complete on its face."""
    today = clock.today(current_app.config["WAYPOINT"].zone)
    return consent.standing(today) is ConsentStatus.ACTIVE and not consent.missing(consent.programs)


def _placed(case: Case, beside: Beside) -> list[Placement]:
    return [one for one in beside.placements if one.episode == case.episode and one.status in LIVE]


def anchor(case: Case, beside: Beside) -> date | None:
    """The day from which follow-up counts: a plan's own, a discharge, or the first meeting of a placement."""
    of_plans = [plan.anchor_on for plan, _ in beside.follow_ups if plan.ended_at is None]
    discharges = [one.discharged_on for one in beside.referrals if one.episode == case.episode and one.discharged_on]
    of_groups = [one.first_on for one in _placed(case, beside) if one.first_on]
    return next(iter([*of_plans, *discharges, *of_groups]), None)


def followed_agree(beside: Beside) -> bool:
    """Whether everybody who is followed agreed to it, today still; nobody followed is nobody who agreed."""
    agreed = agree_to_follow_up(beside)
    followed = {plan.person_id for plan, _ in beside.follow_ups if plan.ended_at is None}
    return followed <= agreed if followed else bool(agreed)


def agree_to_follow_up(beside: Beside) -> set[int]:
    """The keys of the people whose follow-up consent is in force today."""
    return {one.subject_id for one in beside.consents if one.type is ConsentType.FOLLOWUP_CONSENT and holds(one)}
