"""What may be done with an intervention: begin, screen, sign off, prepare, schedule, hold, and tell what came of it."""

from datetime import datetime
from typing import Any

from tracker import clock, journal
from tracker.cases import queries as cases
from tracker.cases.actions import must_be_open
from tracker.cases.models import Case
from tracker.cases.words import RiskFlag
from tracker.db import db
from tracker.interventions.models import Intervention, InterventionMeeting, Participant
from tracker.interventions.words import (
    IN_SERIES,
    MOVES,
    SCREEN,
    STEPS,
    WITH_LETTERS,
    InterventionModel,
    InterventionOutcome,
    InterventionStatus,
    LetterStatus,
    ParticipantRole,
    ScreenAnswer,
)
from tracker.journal import Kind
from tracker.moves import Refused, may_follow
from tracker.people.models import Person
from tracker.staff.models import Role
from tracker.staff.sessions import Actor

BEGUN = journal.verb("intervention.begun", Kind.INTERVENTION, "users", "Intervention begun: {model}")
SCREENED = journal.verb("intervention.screened", Kind.INTERVENTION, "shield-check", "Safety screen answered: {flags}")
SIGNED = journal.verb("intervention.signed", Kind.INTERVENTION, "shield-check", "Safety reviewed by a supervisor. {note}")
JOINED = journal.verb("intervention.joined", Kind.INTERVENTION, "user-plus", "{name} takes part in the intervention")
PREPARED = journal.verb("intervention.prepared", Kind.INTERVENTION, "check", "Preparation: {steps}")
SCHEDULED = journal.verb("intervention.scheduled", Kind.INTERVENTION, "calendar-event", "{what} set for {at}")
MOVED_DATE = journal.verb("intervention.moved_date", Kind.INTERVENTION, "calendar-event", "{what} moved from {old} to {new}")
HELD = journal.verb("intervention.held", Kind.INTERVENTION, "users", "{what} held. {came}")
TOLD = journal.verb("intervention.outcome", Kind.INTERVENTION, "route", "What came of it: {outcome}. {note}")
TOLD_LATER = journal.verb("intervention.later_outcome", Kind.INTERVENTION, "route", "Later: {outcome}. {note}")
STATUS = journal.verb("intervention.status", Kind.INTERVENTION, "route", "Intervention: {old} to {new}. {why}")

VIOLENCE = (RiskFlag.VIOLENCE_TOWARD_INQUIRER, RiskFlag.VIOLENCE_OTHER, RiskFlag.WEAPON)


def begin(case: Case, model: InterventionModel, aim: str, led_by: str, sessions_planned: int | None, *, by: Actor) -> Intervention:
    """Begin to explore an intervention with a model.

    Args:
        sessions_planned: for models that are a series of family sessions (CRAFT: 12 to 14).
    """
    must_be_open(case)
    made = Intervention(
        case_id=case.id, model=model, status=InterventionStatus.EXPLORING, aim=aim, led_by=led_by,
        sessions_planned=sessions_planned if model in IN_SERIES else None, steps_done=[], screen={},
        created_at=clock.now(),
    )
    db.session.add(made)
    journal.record(BEGUN, by=by, about=made, case=case, model=model, aim=aim)
    return made


def flags(intervention: Intervention) -> list[str]:
    """The questions of the safety screen that were answered yes, or that nobody could answer."""
    return [question for code, question in SCREEN if intervention.screen.get(code) in (ScreenAnswer.YES.value, ScreenAnswer.NOT_KNOWN.value)]


def screen(intervention: Intervention, case: Case, answers: dict[str, ScreenAnswer | None], private: bool, note: str, *, by: Actor) -> None:
    """Record the safety screen, at any time. Any yes, or a question left open, sends it to a supervisor before anything is scheduled.

    An intervention that was held stays held; the screen stops what would be scheduled after it.

    Args:
        answers: question code to answer; None where it was not asked.
        private: whether violence was asked about without others listening.
    """
    must_be_open(case)
    _alive(intervention)
    intervention.screen = {code: answers[code].value for code, _ in SCREEN if answers.get(code)}
    intervention.screen_private, intervention.screen_note = private, note
    intervention.screened_at, intervention.screened_by_id = clock.now(), by.id
    intervention.signed_at = intervention.signed_by_id = intervention.signed_note = None
    raised = flags(intervention)
    journal.record(SCREENED, by=by, about=intervention, case=case, flags="; ".join(raised) or "nothing raised", note=note)
    if raised and InterventionStatus.SAFETY_REVIEW in MOVES[intervention.status]:
        change_status(intervention, case, InterventionStatus.SAFETY_REVIEW, "The safety screen raised something.", by=by)


def why_not_yet(intervention: Intervention, case: Case) -> str:
    """Why no meeting may be scheduled without a supervisor; empty when one may."""
    if intervention.signed_at:
        # What a supervisor let pass is what was known then.
        anew = cases.has_risk(case, *VIOLENCE, since=intervention.signed_at)
        return "Violence or a weapon was noted after the sign-off: a supervisor looks at it again." if anew else ""
    if len(intervention.screen) < len(SCREEN):
        return "The safety screen is not answered yet."
    if flags(intervention):
        return "The safety screen raised something: a supervisor looks at it first."
    if cases.has_risk(case, *VIOLENCE):
        return "Violence or a weapon is noted on this case: a supervisor looks at it first."
    return ""


def sign(intervention: Intervention, case: Case, note: str, *, by: Actor) -> None:
    """A supervisor looked at the safety of it and lets it go on, with a reason that stays.

    Raises:
        Refused: by somebody else, or without a reason.
    """
    must_be_open(case)
    _alive(intervention)
    if by.role is not Role.SUPERVISOR:
        raise Refused("signed_note", "Only a supervisor signs this off.")
    if not note.strip():
        raise Refused("signed_note", "Enter what makes it safe enough to go on.")
    intervention.signed_at, intervention.signed_by_id, intervention.signed_note = clock.now(), by.id, note.strip()
    journal.record(SIGNED, by=by, about=intervention, case=case, note=note)
    if intervention.status is InterventionStatus.SAFETY_REVIEW:
        change_status(intervention, case, InterventionStatus.PREPARING, "", by=by)


def add_participant(intervention: Intervention, case: Case, person: Person | None, name: str, role: ParticipantRole, *, by: Actor) -> Participant:
    """Somebody takes part: of the family, or by name.

    Raises:
        Refused: no name, the person of concern, or somebody who is in it already.
    """
    must_be_open(case)
    _alive(intervention)
    called = person.name if person else name.strip()
    if not called:
        raise Refused("name", "Choose somebody of the family, or enter a name.")
    if person is not None and person.id == case.person_id:
        raise Refused("person", "The person of concern is invited, not part of the team.")
    if any(other.name == called for other in intervention.participants):
        raise Refused("name", f"{called} takes part already.")
    made = Participant(intervention_id=intervention.id, person_id=person.id if person else None, name=called, role=role)
    intervention.participants.append(made)
    journal.record(JOINED, by=by, about=intervention, case=case, name=called, role=role)
    return made


def prepare(intervention: Intervention, case: Case, steps: list[str], letters: dict[str, LetterStatus], *, by: Actor) -> None:
    """Record which steps of the model are done, and how far each letter is."""
    must_be_open(case)
    _alive(intervention)
    known = dict(STEPS[intervention.model])
    intervention.steps_done = [code for code in known if code in steps]
    if intervention.model in WITH_LETTERS:
        for participant in intervention.participants:
            participant.letter = letters.get(str(participant.public_id), participant.letter)
    done = ", ".join(known[code] for code in intervention.steps_done)
    journal.record(PREPARED, by=by, about=intervention, case=case, steps=done or "nothing done yet")
    if intervention.status is InterventionStatus.EXPLORING:
        change_status(intervention, case, InterventionStatus.PREPARING, "", by=by)


def _what(intervention: Intervention) -> str:
    return "Family session" if intervention.model in IN_SERIES else "Family meeting"


def schedule(intervention: Intervention, case: Case, at: datetime, place: str, *, by: Actor) -> InterventionMeeting:
    """Set a meeting or a session.

    Raises:
        Refused: the safety screen is unanswered or raised something and no supervisor signed it off; the moment has passed.
    """
    must_be_open(case)
    _alive(intervention)
    _must_lie_ahead(at)
    if reason := why_not_yet(intervention, case):
        raise Refused("day", reason)
    made = InterventionMeeting(intervention_id=intervention.id, at=at, place=place, former=[], came=[])
    intervention.meetings.append(made)
    then = InterventionStatus.IN_SESSIONS if intervention.model in IN_SERIES else InterventionStatus.SCHEDULED
    for status in (InterventionStatus.PREPARING, then):
        if intervention.status is not status and status in MOVES[intervention.status]:
            change_status(intervention, case, status, "", by=by)
    journal.record(SCHEDULED, by=by, about=intervention, case=case, what=_what(intervention), at=_told(at, case), place=place)
    return made


def _told(at: datetime, case: Case) -> str:
    local = clock.local(at, case.family.zone)
    return f"{local:%b} {local.day}, {local.year}, {local:%I:%M %p} ({case.family.zone})".replace(", 0", ", ")


def _must_lie_ahead(at: datetime) -> None:
    if not clock.is_shown(at):
        raise Refused("time", "The clocks jump over this time that night. Enter another one.")
    if at < clock.now():
        raise Refused("day", "This moment has passed. Enter one that lies ahead.")


def move_date(meeting: InterventionMeeting, intervention: Intervention, case: Case, at: datetime, *, by: Actor) -> None:
    """Give a meeting another date; the former one stays on record."""
    must_be_open(case)
    if meeting.held_at:
        raise Refused("day", "This one was held already.")
    _must_lie_ahead(at)
    if reason := why_not_yet(intervention, case):
        raise Refused("day", reason)
    journal.record(MOVED_DATE, by=by, about=intervention, case=case, what=_what(intervention), old=_told(meeting.at, case), new=_told(at, case))
    meeting.former = [*meeting.former, meeting.at.isoformat()]
    meeting.at = at


def hold_meeting(meeting: InterventionMeeting, intervention: Intervention, case: Case, came: list[str], note: str, *, by: Actor) -> None:
    """It was held: who came, and what is to be remembered.

    Raises:
        Refused: it was recorded already; or it was not to be held, and nothing is said about what happened.
    """
    must_be_open(case)
    if meeting.held_at:
        raise Refused(None, "This one was recorded already.")
    if (reason := why_not_yet(intervention, case)) and not note.strip():
        raise Refused("note", f"{reason} If it was held all the same, write what happened.")
    names = {str(one.public_id): one.name for one in intervention.participants}
    meeting.held_at, meeting.note = clock.now(), note
    meeting.came = [names[key] for key in came if key in names]
    if intervention.status is InterventionStatus.SCHEDULED:
        change_status(intervention, case, InterventionStatus.HELD, "", by=by)
    who = f"Came: {', '.join(meeting.came)}." if meeting.came else ""
    journal.record(HELD, by=by, about=intervention, case=case, what=_what(intervention), came=f"{who} {note}".strip())


def tell_outcome(intervention: Intervention, case: Case, outcome: InterventionOutcome, note: str, *, by: Actor) -> None:
    """What came of it. A second telling is the later outcome; both stay."""
    must_be_open(case)
    facts: dict[str, Any] = {"outcome": outcome, "note": note}
    if intervention.outcome is None:
        intervention.outcome, intervention.outcome_note, intervention.outcome_at = outcome, note, clock.now()
        journal.record(TOLD, by=by, about=intervention, case=case, **facts)
        if InterventionStatus.COMPLETED in MOVES[intervention.status]:
            change_status(intervention, case, InterventionStatus.COMPLETED, "", by=by)
    else:
        intervention.later_outcome, intervention.later_note, intervention.later_at = outcome, note, clock.now()
        journal.record(TOLD_LATER, by=by, about=intervention, case=case, **facts)


def change_status(intervention: Intervention, case: Case, to: InterventionStatus, why: str, *, by: Actor) -> None:
    """Move an intervention to another state, along the table of moves.

    Raises:
        Refused: no such move, or a safety review that no supervisor has signed off.
    """
    must_be_open(case)
    may_follow(MOVES, intervention.status, to)
    if to in (InterventionStatus.SCHEDULED, InterventionStatus.IN_SESSIONS) and (reason := why_not_yet(intervention, case)):
        raise Refused("status", reason)
    if intervention.status is InterventionStatus.SAFETY_REVIEW and to is InterventionStatus.PREPARING and not intervention.signed_at:
        raise Refused("status", "A supervisor signs the safety review off first.")
    if to in (InterventionStatus.CANCELLED, InterventionStatus.NOT_RECOMMENDED, InterventionStatus.POSTPONED) and not why.strip():
        raise Refused("why", "Enter why.")
    journal.record(STATUS, by=by, about=intervention, case=case, old=intervention.status, new=to, why=why)
    intervention.status = to


def _alive(intervention: Intervention) -> None:
    if not MOVES[intervention.status]:
        raise Refused(None, f"This intervention is over: {intervention.status.label}.")
