"""What may be done in follow-up: agree on a plan, check in, move a date, end it."""

from datetime import date, timedelta

from tracker import clock, journal
from tracker.cases import actions as cases
from tracker.cases.models import Case
from tracker.cases.words import EpisodeReason
from tracker.consents import queries as consents
from tracker.consents.words import ConsentType
from tracker.db import db
from tracker.journal import Kind
from tracker.moves import Refused
from tracker.people.models import Person
from tracker.recovery import queries
from tracker.recovery.models import CheckIn, FollowUpPlan
from tracker.recovery.words import RETURNED, AnchorKind, CheckInNextAction, CheckInResult, due_dates
from tracker.staff.sessions import Actor

STARTED = journal.verb("recovery.started", Kind.FOLLOW_UP, "calendar-event", "Follow-up of {name} agreed, from {anchor_on}")
CHECKED_IN = journal.verb("recovery.checked_in", Kind.FOLLOW_UP, "heart-handshake", "Check-in with {name} ({label}): {result}. {note}")
TRIED = journal.verb("recovery.tried", Kind.FOLLOW_UP, "phone-off", "Check-in with {name} ({label}): not reached, try {tries}")
MOVED = journal.verb("recovery.moved", Kind.FOLLOW_UP, "calendar-event", "Check-in with {name} ({label}) moved to {day}")
ENDED = journal.verb("recovery.ended", Kind.FOLLOW_UP, "circle-check", "Follow-up of {name} ended. {why}")
TRIES = 3


def start_plan(case: Case, person: Person, anchor: AnchorKind, anchor_on: date, wish: str, goal: str, *, by: Actor) -> FollowUpPlan:
    """Agree on follow-up with one person. The family's stream is apart from the person's, with a consent of its own.

    Args:
        anchor_on: the day from which the schedule counts.
        wish: how often and how they want to be asked, in their words.
    Raises:
        Refused: no follow-up consent of this person is in force, or a plan for them runs already.
    """
    cases.must_be_open(case)
    if person.family_id != case.family_id:
        raise Refused("person", "Choose somebody of this family.")
    if person.died_at or person.no_contact_at:
        raise Refused("person", f"{person.called} is not to be contacted.")
    if consents.in_force(person.id, ConsentType.FOLLOWUP_CONSENT) is None:
        raise Refused("person", f"No follow-up permission of {person.called} is on file. Record it first; nobody else can give it.")
    if any(plan.person_id == person.id and plan.ended_at is None for plan in queries.of_case(case.id)):
        raise Refused("person", f"Follow-up of {person.called} is running already.")
    today = clock.today(case.family.zone)
    dates = due_dates(anchor_on, today)
    if not dates:
        raise Refused("anchor_on", "This day lies more than five years back.")
    plan = FollowUpPlan(
        case_id=case.id, person=person, anchor=anchor, anchor_on=anchor_on, wish=wish, goal=goal, started_at=clock.now(), started_by_id=by.id,
        check_ins=[CheckIn(case_id=case.id, label=label, due_on=day, tries=0) for label, day in dates],
    )
    db.session.add(plan)
    journal.record(STARTED, by=by, about=plan, case=case, name=person.name, anchor_on=anchor_on)
    return plan


def try_check_in(check_in: CheckIn, plan: FollowUpPlan, case: Case, again_on: date | None, *, by: Actor) -> None:
    """They were not reached. Three tries at different hours, then it is recorded as unable to reach and the next one stands.

    Args:
        again_on: when to try again; tomorrow when left out.
    Raises:
        Refused: the check-in is over, or the person agrees to none.
    """
    _open(check_in, plan)
    cases.must_be_open(case)
    _must_agree(plan)
    check_in.tries += 1
    journal.record(TRIED, by=by, about=check_in, case=case, name=plan.person.name, label=check_in.label, tries=check_in.tries)
    if check_in.tries >= TRIES:
        _finish(check_in, CheckInResult.UNABLE_TO_REACH, CheckInNextAction.ROUTINE, "", by)
    else:
        check_in.due_on = again_on or clock.today(case.family.zone) + timedelta(days=1)


def check_in(
    check_in: CheckIn, plan: FollowUpPlan, case: Case, result: CheckInResult, action: CheckInNextAction, note: str,
    then: cases.NextStep | None, *, by: Actor,
) -> None:
    """Record how somebody is.

    A return to use opens a new episode on the same case, in the same form; earlier rows stay as they were. A death
    stops every message and task of that person.

    Args:
        then: the case's next step; needed after a return to use and after "same day".
    Raises:
        Refused: the check-in is over, the person agrees to none, or the next step is missing where it is needed. That
            somebody died is always kept.
    """
    _open(check_in, plan)
    cases.must_be_open(case)
    if result is not CheckInResult.DECEASED:
        _must_agree(plan)
    if (result in RETURNED or action is CheckInNextAction.SAME_DAY) and then is None:
        raise Refused("next_step", "Enter what happens next: support begins now.")
    name = plan.person.name
    _finish(check_in, result, action, note, by)
    journal.record(CHECKED_IN, by=by, about=check_in, case=case, name=name, label=check_in.label, result=result, note=note)
    if result in RETURNED:
        cases.begin_episode(case, EpisodeReason.RETURN_TO_USE, by=by)
    if result is CheckInResult.DECEASED:
        plan.person.died_at = plan.person.died_at or clock.now()
        end_plan(plan, case, "Person died", by=by)
    elif action is CheckInNextAction.END_FOLLOW_UP:
        end_plan(plan, case, "As they wished", by=by)
    elif action is CheckInNextAction.SOONER:
        soon = clock.today(case.family.zone) + timedelta(days=7)
        plan.check_ins.append(CheckIn(case_id=case.id, label="Sooner", due_on=soon, tries=0))
    if then is not None:
        cases.set_next_step(case, then, by=by)


def move_date(check_in: CheckIn, plan: FollowUpPlan, case: Case, day: date, *, by: Actor) -> None:
    """Another day for a check-in: the person may set how often they are asked."""
    _open(check_in, plan)
    cases.must_be_open(case)
    if day < clock.today(case.family.zone):
        raise Refused("day", "Enter today or a later day.")
    check_in.due_on = day
    journal.record(MOVED, by=by, about=check_in, case=case, name=plan.person.name, label=check_in.label, day=day)


def end_plan(plan: FollowUpPlan, case: Case, why: str, *, by: Actor) -> None:
    """End somebody's follow-up; what was planned and not done is no longer due.

    Raises:
        Refused: no reason was given, or it has ended already.
    """
    if plan.ended_at:
        raise Refused(None, "This follow-up has ended already.")
    if not why.strip():
        raise Refused("why", "Enter why it ends.")
    plan.ended_at, plan.ended_why = clock.now(), why.strip()
    for one in plan.check_ins:
        if one.done_at is None:
            _finish(one, CheckInResult.NOT_ASKED, CheckInNextAction.END_FOLLOW_UP, "", by)
    journal.record(ENDED, by=by, about=plan, case=case, name=plan.person.name, why=why)


def _finish(one: CheckIn, result: CheckInResult, action: CheckInNextAction, note: str, by: Actor) -> None:
    one.result, one.next_action, one.note, one.done_at, one.by_id = result, action, note, clock.now(), by.id


def _open(one: CheckIn, plan: FollowUpPlan) -> None:
    if plan.ended_at or one.done_at:
        raise Refused(None, "This check-in is over already.")


def agrees(plan: FollowUpPlan) -> bool:
    """Whether the person agrees to be asked today: a follow-up consent of their own is in force."""
    return consents.in_force(plan.person_id, ConsentType.FOLLOWUP_CONSENT) is not None


def _must_agree(plan: FollowUpPlan) -> None:
    if not agrees(plan):
        ended = f"The follow-up permission of {plan.person.called} has ended: record a new one first."
        raise Refused(None, f"{ended} What they told you can be logged as a contact.")
