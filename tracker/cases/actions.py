"""What may be done with a case: open, step, hold, hand over, move, plan, close, reopen."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from tracker import clock, journal
from tracker.cases import promises, queries
from tracker.cases.models import Case, Episode, Plan, RiskMark, StageMove
from tracker.cases.moving import MOVED, Point, StageFacts, move, must_be_open
from tracker.cases.words import (
    CaseStage,
    ClosureReason,
    EpisodeReason,
    HoldReason,
    NextStepKind,
    PlanLimit,
    PlanOpenness,
    RiskFlag,
)
from tracker.db import db
from tracker.journal import Kind
from tracker.moves import Refused
from tracker.people.models import Family, Person
from tracker.staff.models import Role, Staff, Team
from tracker.staff.sessions import Actor

OPENED = journal.verb("case.opened", Kind.CHANGE, "folders", "Case opened, owner {owner}")
STEP_SET = journal.verb("case.next_step_set", Kind.CHANGE, "corner-down-right", "Next step set: {step}, {due}")
STEP_DONE = journal.verb("case.next_step_done", Kind.CHANGE, "check", "Done: {step}")
HELD = journal.verb("case.held", Kind.CHANGE, "hourglass", "On hold until {until}: {reason}")
HOLD_ENDED = journal.verb("case.hold_ended", Kind.CHANGE, "hourglass", "Hold ended")
HANDED_OVER = journal.verb("case.handed_over", Kind.CHANGE, "users", "Handed over from {old} to {new}. {note}")
PLANNED = journal.verb("case.planned", Kind.CHANGE, "route", "Plan written, version {number}")
CLOSED = journal.verb("case.closed", Kind.CHANGE, "folders", "Case closed: {reason}. {summary}")
EPISODE_BEGUN = journal.verb("case.episode_begun", Kind.CHANGE, "folders", "Episode {number} began: {reason}")
RISK_NOTED = journal.verb("case.risk_noted", Kind.CHANGE, "alert-triangle", "Noted: {flag}. {note}")
RISK_OVER = journal.verb("case.risk_over", Kind.CHANGE, "check", "No longer: {flag}. {why}")
PACKET_ASKED = journal.verb("case.packet_asked", Kind.PACKET, "package", "Asked for a packet. {note}")
MAIN_CONTACT = journal.verb("case.main_contact", Kind.CHANGE, "users", "Main contact is now {name}")

GATED = {CaseStage.REFERRAL, CaseStage.FOLLOW_UP}  # a move there needs the person's own yes (casefile/stage_facts.py)


@dataclass(frozen=True, slots=True)
class NextStep:
    """What happens next and when.

    Attributes:
        text: verb first, as Today shows it.
        due: the moment it is due.
        timed: whether a time of day was named (else it is due by the end of that day).
    """

    kind: NextStepKind
    text: str
    due: datetime
    timed: bool = False


def due_on(day: date, zone: str, at: time | None = None) -> tuple[datetime, bool]:
    """The moment a day, or a time of it, comes due in a zone; and whether a time was named."""
    moment = datetime.combine(day, at or time(23, 59), tzinfo=ZoneInfo(zone))
    return moment, at is not None


def open_case(family: Family, person: Person, main_contact: Person, owner: Staff, team: Team, step: NextStep, *, by: Actor) -> Case:
    """Open a case about a person of concern, in stage inquiry.

    Args:
        main_contact: whom we talk to; may be the person themselves.
    """
    moment = clock.now()
    case = Case(
        family=family, person=person, main_contact=main_contact, owner=owner, team=team,
        stage=CaseStage.INQUIRY, stage_since=moment, opened_at=moment, episode=1, tries=0, next_step_timed=False,
    )
    _put_step(case, step, by)
    db.session.add(case)
    db.session.flush()
    db.session.add(Episode(case_id=case.id, number=1, reason=EpisodeReason.FIRST_CONTACT, started_at=moment))
    db.session.add(StageMove(case_id=case.id, episode=1, to_stage=CaseStage.INQUIRY, at=moment, by_id=by.id, passed=[]))
    journal.record(OPENED, by=by, about=case, case=case, owner=owner.name)
    return case


def _put_step(case: Case, step: NextStep, by: Actor) -> None:
    if not step.text.strip():
        raise Refused("next_step", "Enter a next step, or choose Close case.")
    case.next_step_kind, case.next_step_text = step.kind, step.text.strip()
    case.next_step_at, case.next_step_timed = step.due, step.timed
    case.next_step_set_at, case.next_step_set_by_id = clock.now(), by.id
    case.hold_until = case.hold_reason = case.hold_note = None


def set_next_step(case: Case, step: NextStep, *, by: Actor, told: bool = True) -> None:
    """Set the one next step; a hold ends with it.

    Args:
        told: False where the deed's own line tells the step (a contact that ended in it).
    """
    must_be_open(case)
    _put_step(case, step, by)
    if told:
        journal.record(STEP_SET, by=by, about=case, case=case, step=step.text, due=clock.local(step.due, case.family.zone).date())


def complete_next_step(case: Case, then: NextStep | None, *, by: Actor, told: bool = True) -> None:
    """The next step is done; the following one is set in the same breath, since an open case never has none.

    Args:
        told: False where the deed's own line tells both.
    Raises:
        Refused: no following step was said.
    """
    must_be_open(case)
    if then is None:
        raise Refused("next_step", "Enter a next step, or choose Close case.")
    if told and case.next_step_text:
        journal.record(STEP_DONE, by=by, about=case, case=case, step=case.next_step_text)
    set_next_step(case, then, by=by, told=told)


def hold(case: Case, until: date, reason: HoldReason, note: str, *, by: Actor) -> None:
    """Let a case wait until a day; its stage stays, and on that day it is back on Today."""
    must_be_open(case)
    if until <= clock.today(case.family.zone):
        raise Refused("hold_until", "Enter a day after today.")
    if reason is HoldReason.OTHER and not note.strip():
        raise Refused("hold_note", "Enter why it waits.")
    case.hold_until, case.hold_reason, case.hold_note = until, reason, note.strip() or None
    journal.record(HELD, by=by, about=case, case=case, until=until, reason=reason, note=note)


def end_hold(case: Case, then: NextStep, *, by: Actor) -> None:
    """Take a case up again before or on its day, with a next step."""
    must_be_open(case)
    journal.record(HOLD_ENDED, by=by, about=case, case=case)
    set_next_step(case, then, by=by)


def hand_over(case: Case, to: Staff, team: Team, note: str, *, by: Actor) -> None:
    """Give a case to another owner, who must be able to see it.

    Args:
        team: the team it then belongs to, one of the new owner's.
    """
    must_be_open(case)
    if to.disabled_at is not None or to.role not in (Role.COORDINATOR, Role.SUPERVISOR):
        raise Refused("owner", f"{to.name} cannot own a case.")
    old = case.owner.name if case.owner else "nobody"
    case.owner, case.team = to, team
    journal.record(HANDED_OVER, by=by, about=case, case=case, old=old, new=to.name, note=note)


def revise_plan(
    case: Case, *, what_matters: str, openness: list[PlanOpenness], openness_note: str, limits: list[PlanLimit],
    limits_note: str, helpers: list[dict[str, Any]], by: Actor,
) -> Plan:
    """Write the plan anew; the version before stays readable.

    Args:
        what_matters: in the person's or family's own words.
        helpers: who helps with what by when: mappings with who, what and by (ISO day or "").
    """
    must_be_open(case)
    before = queries.plan(case)
    plan = Plan(
        case_id=case.id, number=before.number + 1 if before else 1, what_matters=what_matters, openness=openness,
        openness_note=openness_note, limits=limits, limits_note=limits_note, helpers=helpers, made_at=clock.now(), made_by_id=by.id,
    )
    db.session.add(plan)
    journal.record(PLANNED, by=by, about=plan, case=case, number=plan.number, what_matters=what_matters)
    return plan


def note_risk(case: Case, flag: RiskFlag, note: str, *, by: Actor) -> RiskMark:
    """Note a risk that was said; it stands on the case until somebody records why it is over."""
    mark = RiskMark(case_id=case.id, flag=flag, note=note.strip() or None, noted_at=clock.now(), noted_by_id=by.id)
    db.session.add(mark)
    journal.record(RISK_NOTED, by=by, about=mark, case=case, flag=flag, note=note)
    return mark


def end_risk(mark: RiskMark, case: Case, why: str, *, by: Actor) -> None:
    """Record that a noted risk is over, and why."""
    if not why.strip():
        raise Refused("why", "Enter how you know.")
    mark.over_at, mark.over_by_id, mark.over_why = clock.now(), by.id, why.strip()
    journal.record(RISK_OVER, by=by, about=mark, case=case, flag=mark.flag, why=why)


def ask_for_packet(case: Case, note: str, *, by: Actor) -> None:
    """Put a case into the packet queue, where packet staff see what the family needs."""
    must_be_open(case)
    case.packet_asked_at, case.packet_asked_by_id, case.packet_asked_note = clock.now(), by.id, note.strip() or None
    journal.record(PACKET_ASKED, by=by, about=case, case=case, note=note)


def leave_packet_queue(case: Case) -> None:
    """A packet was handed over or the wish withdrawn: packet staff no longer see the case."""
    case.packet_asked_at = case.packet_asked_by_id = case.packet_asked_note = None


def close(case: Case, reason: ClosureReason, summary: str, ok_to_recontact: bool, *, by: Actor) -> None:
    """Close a case with a reason, a summary, and whether we may be in touch again (domain 3.0).

    Raises:
        Refused: no summary, or "unable to reach" before three attempts (domain 3.7).
    """
    must_be_open(case)
    if not summary.strip():
        raise Refused("closing_summary", "Enter a summary for whoever reads this next.")
    if reason is ClosureReason.UNABLE_TO_REACH and case.tries < 3:
        raise Refused("closure_reason", f"Try three times, at different hours, before closing: {case.tries} tried so far.")
    moment = clock.now()
    ended = StageMove(case_id=case.id, episode=case.episode, from_stage=case.stage, to_stage=CaseStage.CLOSED, at=moment, by_id=by.id, passed=[])
    ended.why = reason.label
    db.session.add(ended)
    case.stage, case.stage_since, case.closed_at, case.closed_by_id = CaseStage.CLOSED, moment, moment, by.id
    case.closure_reason, case.closing_summary, case.ok_to_recontact = reason, summary.strip(), ok_to_recontact
    case.next_step_at = case.next_step_text = case.next_step_kind = None
    case.hold_until = case.hold_reason = case.hold_note = case.crisis_at = None
    leave_packet_queue(case)
    promises.end_all(case, by=by)
    if reason is ClosureReason.DECEASED:
        case.person.died_at = case.person.died_at or moment
    _end_episode(case, moment)
    journal.record(CLOSED, by=by, about=case, case=case, reason=reason, summary=summary)


def _end_episode(case: Case, moment: datetime) -> None:
    for episode in queries.episodes(case):
        if episode.ended_at is None:
            episode.ended_at = moment


def reopen(case: Case, reason: EpisodeReason, stage: CaseStage, step: NextStep, *, by: Actor) -> None:
    """Open the next episode of a closed case, with its history; whoever reopens it owns it.

    Raises:
        Refused: it is open, or it would stand past a gate that it did not pass in the episode before.
    """
    if case.is_open:
        raise Refused(None, "This case is open already.")
    if stage in GATED and stage not in {one.to_stage for one in queries.moves(case)}:
        raise Refused("stage", f"A move to {stage.label} has a gate. Reopen the case at an earlier step, then move it there.")
    moment = clock.now()
    case.closed_at = case.closed_by_id = case.closure_reason = case.closing_summary = case.ok_to_recontact = None
    case.owner = by.staff
    case.stage, case.stage_since = stage, moment
    _put_step(case, step, by)
    begin_episode(case, reason, by=by)


def begin_episode(case: Case, reason: EpisodeReason, *, by: Actor) -> None:
    """Begin the next episode on the same case; earlier rows stay as they were (domain 3.0)."""
    moment = clock.now()
    _end_episode(case, moment)
    case.episode += 1
    db.session.add(Episode(case_id=case.id, number=case.episode, reason=reason, started_at=moment))
    db.session.add(StageMove(case_id=case.id, episode=case.episode, to_stage=case.stage, at=moment, by_id=by.id, why=reason.label, passed=[]))
    journal.record(EPISODE_BEGUN, by=by, about=case, case=case, number=case.episode, reason=reason)


def choose_main_contact(case: Case, person: Person, *, by: Actor) -> None:
    """Somebody else of the family is whom we talk to first."""
    if person.family_id != case.family_id:
        raise Refused("main_contact", "Choose somebody of this family.")
    case.main_contact = person
    journal.record(MAIN_CONTACT, by=by, about=case, case=case, name=person.name)


__all__ = ["MOVED", "Point", "StageFacts", "move"]  # of moving.py: other rooms take a case's deeds from here
