"""What was told about a referral becomes its next state: by the exact table of moves, with who told us, always with a next step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tracker import clock, journal
from tracker.cases import actions as cases
from tracker.cases.models import Case
from tracker.journal import Kind
from tracker.moves import Refused
from tracker.referrals.actions import move, respond
from tracker.referrals.models import Referral
from tracker.referrals.telling import NEXT, Heard
from tracker.referrals.words import (
    DischargeType,
    ProviderResponse,
    ReasonCancelled,
    ReasonFailed,
    ReasonOnHold,
    ReasonRejected,
    ReferralStatus,
    StatusSetBy,
)
from tracker.staff.sessions import Actor
from tracker.words import Words

TOLD = journal.verb("referral.told", Kind.REFERRAL, "building-community", "{program}: {words}, told by {who}. {note}")
S = ReferralStatus


@dataclass(frozen=True, slots=True)
class Hearing:
    """What was told, as a form says it.

    Attributes:
        day: a start, the end of a waiting list, or the day it ended: whichever the answer is about.
        started_on: when they started, where an ending is told of somebody whose start was not.
        never_admitted: a start that was told turned out not to be so.
    """

    heard: Heard
    told_by: StatusSetBy
    day: date | None = None
    reason: Words | None = None
    note: str = ""
    discharge_type: DischargeType | None = None
    started_on: date | None = None
    never_admitted: bool = False


# Each deed asks everything before it changes anything, so that a refused form shows the referral as it stands.


def hear(referral: Referral, case: Case, said: Hearing, then: cases.NextStep | None, *, by: Actor) -> None:
    """Keep what was told, and set the case's next step in the same breath.

    Raises:
        Refused: it cannot follow, or its reason, its day or the next step is missing.
    """
    cases.must_be_open(case)
    if said.heard not in NEXT[referral.status]:
        raise Refused(None, f"“{said.heard.label}” cannot follow where this referral stands.")
    if referral.shares_nothing and said.told_by is StatusSetBy.PROVIDER:
        raise Refused("told_by", "The program knows nothing from us here: ask the family.")
    if then is None:
        raise Refused("step", "Enter a next step, or choose Close case.")
    DEEDS[said.heard](referral, case, said, by)
    if said.told_by is StatusSetBy.PROVIDER and referral.provider_response is ProviderResponse.NONE_YET:
        referral.provider_response, referral.response_at = ProviderResponse.RECEIVED, clock.now()
    journal.record(
        TOLD, by=by, about=referral, case=case, program=referral.program.name, words=said.heard.label.lower(), who=said.told_by.label.lower(), note=said.note
    )
    cases.set_next_step(case, then, by=by)


def accept(referral: Referral, case: Case, said: Hearing, by: Actor) -> None:
    """They have a place for the person; the day is when it starts, where it was said."""
    referral.expected_on = said.day
    _to(referral, S.ACCEPTED, said, by)


def wait(referral: Referral, case: Case, said: Hearing, by: Actor) -> None:
    """A waiting list: before they accepted, the status stays as it was; after, it is on hold."""
    if said.day is not None and said.day < clock.today(case.family.zone):
        raise Refused("day", "Enter until when, today or later.")
    referral.expected_on = said.day
    if referral.status is S.REQUESTED:
        respond(referral, ProviderResponse.WAITLIST, said.told_by, said.heard.label, by=by, note=said.note)
    else:
        move(referral, S.ON_HOLD, said.told_by, said.heard.label, by=by, reason=ReasonOnHold.WAITLIST.value, note=said.note)


def offer(referral: Referral, case: Case, said: Hearing, by: Actor) -> None:
    """They offer a place for a day; whether it is taken is not settled."""
    if said.day is None:
        raise Refused("day", "Enter for which day the place is offered.")
    referral.expected_on = said.day
    respond(referral, ProviderResponse.PLACE_OFFERED, said.told_by, said.heard.label, by=by, note=said.note)


def no_place(referral: Referral, case: Case, said: Hearing, by: Actor) -> None:
    """They have none."""
    _end(referral, S.REJECTED, said, by, ReasonRejected.NO_CAPACITY)


def not_a_fit(referral: Referral, case: Case, said: Hearing, by: Actor) -> None:
    """They declined, and why."""
    if said.reason is ReasonRejected.NO_CAPACITY:
        raise Refused("reason", "Choose “No place” instead.")
    _end(referral, S.REJECTED, said, by, _reason(said, ReasonRejected))


def cannot_confirm(referral: Referral, case: Case, said: Hearing, by: Actor) -> None:
    """Without a release from them to us they may not say; the status stays as it was."""
    respond(referral, ProviderResponse.CANNOT_CONFIRM, said.told_by, said.heard.label, by=by, note=said.note)


def start(referral: Referral, case: Case, said: Hearing, by: Actor) -> None:
    """They were admitted, or began; or go on after a pause."""
    if referral.admitted_on is None or said.day is not None:
        referral.admitted_on = _past(said.day, "day", case, "Enter the day it started.")
    referral.expected_on = None
    _to(referral, S.IN_PROGRESS, said, by)


def pause(referral: Referral, case: Case, said: Hearing, by: Actor) -> None:
    """It waits for something."""
    reason = _reason(said, ReasonOnHold)
    referral.expected_on = said.day
    move(referral, S.ON_HOLD, said.told_by, f"Paused: {reason.label.lower()}", by=by, reason=reason.value, note=said.note)


def end(referral: Referral, case: Case, said: Hearing, by: Actor) -> None:
    """It came to its end, however they left; leaving early after admission ends here too."""
    started = referral.admitted_on or (_past(said.started_on, "started_on", case, "") if said.started_on else None)
    ended = _past(said.day, "day", case, "Enter the day it ended.")
    if started is not None and ended < started:
        raise Refused("day", "Enter a day that is not before the start.")
    if said.discharge_type is None:
        raise Refused("discharge_type", "Choose how it ended.")
    referral.admitted_on, referral.discharged_on, referral.discharge_type = started, ended, said.discharge_type
    _to(referral, S.COMPLETED, said, by, f"Ended: {said.discharge_type.label.lower()}")
    _close_loop(referral, said)


def not_start(referral: Referral, case: Case, said: Hearing, by: Actor) -> None:
    """They were never admitted. Whoever was has an ending instead."""
    if referral.admitted_on is not None and not said.never_admitted:
        raise Refused("never_admitted", "They started: choose “Ended” instead, or tick that the start was told wrongly.")
    reason = _reason(said, ReasonFailed)
    referral.admitted_on = None
    _end(referral, S.FAILED, said, by, reason)


def decline(referral: Referral, case: Case, said: Hearing, by: Actor) -> None:
    """The person or the family does not want it, or took back their consent."""
    _end(referral, S.CANCELLED, said, by, _reason(said, ReasonCancelled))


def mark_error(referral: Referral, case: Case, said: Hearing, by: Actor) -> None:
    """It was never so; what was disclosed stays on record."""
    if not said.note.strip():
        raise Refused("note", "Enter what was wrong.")
    _to(referral, S.ENTERED_IN_ERROR, said, by)


DEEDS: dict[Heard, Callable[[Referral, Case, Hearing, Actor], None]] = {
    Heard.ACCEPTED: accept,
    Heard.WAITLIST: wait,
    Heard.PLACE_OFFERED: offer,
    Heard.NO_PLACE: no_place,
    Heard.NOT_A_FIT: not_a_fit,
    Heard.CANNOT_CONFIRM: cannot_confirm,
    Heard.STARTED: start,
    Heard.DID_NOT_START: not_start,
    Heard.PAUSED: pause,
    Heard.ENDED: end,
    Heard.DECLINED: decline,
    Heard.IN_ERROR: mark_error,
}


def _to(referral: Referral, to: ReferralStatus, said: Hearing, by: Actor, words: str = "") -> None:
    move(referral, to, said.told_by, words or said.heard.label, by=by, note=said.note)


def _end(referral: Referral, to: ReferralStatus, said: Hearing, by: Actor, reason: Words) -> None:
    words = said.heard.label if said.heard is Heard.NO_PLACE else f"{said.heard.label}: {reason.label.lower()}"
    move(referral, to, said.told_by, words, by=by, reason=reason.value, note=said.note)
    _close_loop(referral, said)


def _close_loop(referral: Referral, said: Hearing) -> None:
    referral.loop_closed_at, referral.outcome_confirmed_by, referral.expected_on = clock.now(), said.told_by, None


def _reason(said: Hearing, words: type[Words]) -> Words:
    if not isinstance(said.reason, words):
        raise Refused("reason", "Choose why.")
    return said.reason


def _past(day: date | None, field: str, case: Case, missing: str) -> date:
    today = clock.today(case.family.zone)
    if day is None:
        raise Refused(field, missing)
    if day > today:
        raise Refused(field, "Enter a day that has come.")
    if day < today - timedelta(days=3 * 366):
        raise Refused(field, "Enter a day within three years.")
    return day
