"""What may be done with a placement: make it, move it on, keep how it went."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from tracker import clock, journal
from tracker.cases import actions as cases
from tracker.cases.models import Case
from tracker.cases.words import NextStepKind
from tracker.db import db
from tracker.directory.audience import admits
from tracker.directory.groups.models import Meeting
from tracker.directory.words import GroupApproach
from tracker.journal import Kind
from tracker.moves import Refused, may_follow
from tracker.people.models import Person
from tracker.placements import queries
from tracker.placements.models import MOVES, NOT_GONE_YET, Attendance, Placement, PlacementStatus, Told
from tracker.staff.sessions import Actor

PLACED = journal.verb("placement.made", Kind.GROUP, "armchair", "{who}: {status}, {meeting}. First meeting {first}")
MOVED = journal.verb("placement.moved", Kind.GROUP, "armchair", "{who}, {meeting}: {status}. {why}")
TOLD = journal.verb("placement.told", Kind.GROUP, "armchair", "{who}, {meeting}, {day}: {attendance}. {note}")

BEGINS_AS = (PlacementStatus.SUGGESTED, PlacementStatus.AGREED)


def place(
    case: Case, people: Sequence[Person], meeting: Meeting, *, by: Actor, status: PlacementStatus = PlacementStatus.AGREED,
    first_on: date | None = None, ask_on: date | None = None, asked_about_faith: bool = False, next_step: bool = True,
) -> list[Placement]:  # fmt: skip
    """Place people of a family in a meeting that admits each of them.

    Args:
        status: suggested, or agreed by the person.
        first_on: day of the first meeting on the meeting's own calendar; None when it is not settled.
        ask_on: when we ask how it went, in the family's zone.
        asked_about_faith: they were asked whether a Christian group is welcome.
        next_step: asking how it went becomes the case's next step.

    Raises:
        Refused: the case is closed, the meeting is not offered, somebody is not admitted, or the days do not fit.
    """
    cases.must_be_open(case)
    if not people:
        raise Refused("people", "Choose who will go.")
    if not meeting.offered:
        raise Refused("meeting", f"{meeting.name} is not offered now: {meeting.status.label}. Choose another meeting.")
    if status not in BEGINS_AS:
        raise Refused("stands", "A placement begins as suggested or agreed.")
    if meeting.group.approach is GroupApproach.CHRISTIAN and not asked_about_faith:
        raise Refused("asked_about_faith", "Ask first whether a Christian group is welcome, then tick that you did.")
    _may_all_go(case, people, meeting)
    _days_fit(case, meeting, first_on, ask_on)
    moment = clock.now()
    made = []
    for person in people:
        placement = Placement(
            case=case, case_id=case.id, episode=case.episode, person=person, meeting=meeting, status=status, status_since=moment,
            first_on=first_on, ask_on=ask_on, placed_at=moment, placed_by_id=by.id,
        )  # fmt: skip
        db.session.add(placement)
        made.append(placement)
        journal.record(
            PLACED, by=by, about=placement, case=case, who=person.called, status=status, meeting=meeting.name,
            first=f"{first_on:%b} {first_on.day}" if first_on else "not settled",
        )  # fmt: skip
    db.session.flush()
    if next_step and ask_on:
        _ask_next(case, [person.called for person in people], meeting, ask_on, by)
    return made


def _may_all_go(case: Case, people: Sequence[Person], meeting: Meeting) -> None:
    going = queries.attendees(case, people)
    for person in people:
        if person.family_id != case.family_id:
            raise Refused("people", "Choose somebody of this family.")
        if person.died_at is not None or person.no_contact_at is not None:
            raise Refused("people", f"{person.called} is not to be contacted.")
        answer = admits(meeting.group.fellowship, meeting.audiences, meeting.access, going[person.id])
        if not answer.admitted:
            raise Refused("people", answer.reason)
        if queries.live_with(person, meeting):
            raise Refused("people", f"{person.called} is placed in this meeting already.")


def _days_fit(case: Case, meeting: Meeting, first_on: date | None, ask_on: date | None) -> None:
    today = clock.today(case.family.zone)
    first_here = first_on
    if first_on and meeting.by_appointment:
        if first_on < clock.today(meeting.zone):
            raise Refused("first_on", "Choose a day from today on.")
    elif first_on:
        if first_on.isoweekday() != meeting.weekday:
            raise Refused("first_on", "The meeting is not on that day. Choose one of the days shown.")
        if meeting.starts_on(first_on) < clock.now():
            raise Refused("first_on", "That meeting has begun. Choose a later day.")
        if first_on > today + timedelta(days=366):
            raise Refused("first_on", "Choose a day within a year.")
        first_here = clock.local(meeting.starts_on(first_on), case.family.zone).date()
    if ask_on and ask_on < (first_here or today):
        raise Refused("ask_on", "Ask on or after the day of the first meeting." if first_here else "Choose a day from today on.")


def _ask_next(case: Case, names: Sequence[str], meeting: Meeting, ask_on: date, by: Actor) -> None:
    due, timed = cases.due_on(ask_on, case.family.zone)
    step = cases.NextStep(NextStepKind.CHECK_IN, f"Ask {' and '.join(names)} how {meeting.name} went"[:300], due, timed)
    if case.next_step_kind is NextStepKind.PLACE:
        cases.complete_next_step(case, step, by=by)
    else:
        cases.set_next_step(case, step, by=by)


def agree(placement: Placement, why: str = "", *, by: Actor) -> None:
    """They agreed to try."""
    _move(placement, PlacementStatus.AGREED, why, by)


def make_contact(placement: Placement, why: str = "", *, by: Actor) -> None:
    """They have been in touch with the group."""
    _move(placement, PlacementStatus.CONTACT_MADE, why, by)


def attend_first(placement: Placement, why: str = "", *, by: Actor) -> None:
    """They went for the first time, as they tell it."""
    _move(placement, PlacementStatus.ATTENDED_FIRST, why, by)


def attend(placement: Placement, why: str = "", *, by: Actor) -> None:
    """They go regularly, or again."""
    _move(placement, PlacementStatus.ATTENDING, why, by)


def pause(placement: Placement, why: str = "", *, by: Actor) -> None:
    """They rest for a while."""
    _move(placement, PlacementStatus.PAUSED, why, by)


def stop(placement: Placement, why: str = "", *, by: Actor) -> None:
    """They no longer go."""
    _move(placement, PlacementStatus.STOPPED, why, by)


def decline(placement: Placement, why: str = "", *, by: Actor) -> None:
    """They would rather not."""
    _move(placement, PlacementStatus.DECLINED, why, by)


def complete(placement: Placement, why: str = "", *, by: Actor) -> None:
    """A group that runs for so many meetings came to its end."""
    _move(placement, PlacementStatus.COMPLETED_SERIES, why, by)


def lose_meeting(placement: Placement, why: str = "", *, by: Actor) -> None:
    """The meeting closed or moved, through nobody's doing here."""
    _move(placement, PlacementStatus.MEETING_CLOSED, why, by)


DEEDS: dict[PlacementStatus, Callable[..., None]] = {
    PlacementStatus.AGREED: agree,
    PlacementStatus.CONTACT_MADE: make_contact,
    PlacementStatus.ATTENDED_FIRST: attend_first,
    PlacementStatus.ATTENDING: attend,
    PlacementStatus.PAUSED: pause,
    PlacementStatus.STOPPED: stop,
    PlacementStatus.DECLINED: decline,
    PlacementStatus.COMPLETED_SERIES: complete,
    PlacementStatus.MEETING_CLOSED: lose_meeting,
}


def tell(
    placement: Placement, attendance: Attendance, on_day: date, note: str, *, by: Actor, not_for_them: bool = False, ask_on: date | None = None
) -> Told:
    """Keep how it went, as the family tells it.

    Args:
        on_day: the day it is about, where the family is.
        not_for_them: this group is not for them; the placement ends, and others are looked for.
        ask_on: when we ask again; None when we do not.

    Raises:
        Refused: the case is closed, the placement has ended, the day lies ahead.
    """
    cases.must_be_open(placement.case)
    if not placement.is_live:
        raise Refused(None, f"This placement has ended: {placement.status.label}.")
    today = clock.today(placement.case.family.zone)
    if on_day > today:
        raise Refused("on_day", "Enter a day that has passed.")
    if ask_on and ask_on < today:
        raise Refused("ask_on", "Choose a day from today on.")
    told = Told(placement_id=placement.id, attendance=attendance, on_day=on_day, note=note.strip(), at=clock.now(), by_id=by.id)
    db.session.add(told)
    placement.ask_on = None if not_for_them else ask_on
    journal.record(
        TOLD, by=by, about=placement, case=placement.case, who=placement.person.called, meeting=placement.meeting.name,
        day=f"{on_day:%b} {on_day.day}", attendance=attendance, note=note.strip(),
    )  # fmt: skip
    if attendance is Attendance.ATTENDED:
        _has_gone(placement, by)
    if not_for_them:
        (decline if placement.status in NOT_GONE_YET else stop)(placement, "Not for them", by=by)
    return told


def _has_gone(placement: Placement, by: Actor) -> None:
    if placement.status in NOT_GONE_YET:
        attend_first(placement, by=by)
    elif placement.status in (PlacementStatus.ATTENDED_FIRST, PlacementStatus.PAUSED):
        attend(placement, by=by)


def _move(placement: Placement, to: PlacementStatus, why: str, by: Actor) -> None:
    cases.must_be_open(placement.case)
    may_follow(MOVES, placement.status, to)
    placement.status, placement.status_since, placement.why = to, clock.now(), why.strip() or None
    if not placement.is_live:
        placement.ask_on = None
    journal.record(
        MOVED, by=by, about=placement, case=placement.case, who=placement.person.called, meeting=placement.meeting.name, status=to, why=why.strip()
    )
