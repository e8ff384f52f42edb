"""When to try again: another hour than the one that did not work, on their clock, inside the hours that suit them."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker import clock
from tracker.cases.actions import NextStep, due_on
from tracker.cases.models import Case
from tracker.cases.words import NextStepKind
from tracker.people.models import ContactPoint

EARLIEST, LATEST = time(8), time(21)  # the call window, in the contact's own zone (domain 3.2)
MORNING, NOON, EVENING = time(10), time(12, 30), time(17, 30)
REACHING = (NextStepKind.CALL, NextStepKind.TEXT, NextStepKind.EMAIL, NextStepKind.CHECK_IN)


def next_try(tried: datetime, zone: str, point: ContactPoint | None = None) -> datetime:
    """The next moment to try somebody who was not reached.

    Args:
        tried: the moment of the try.
        zone: their IANA zone.
        point: the number, for the hours that suit them.
    Returns:
        an aware moment on a working day: the evening after a morning's try, the morning after an afternoon's, noon
        after an evening's.
    """
    local = clock.local(tried, zone)
    if local.time() < time(12) and local.isoweekday() <= 5:
        day, hour = local.date(), EVENING
    else:
        day, hour = local.date() + timedelta(days=1), MORNING if local.time() < time(17) else NOON
    while day.isoweekday() > 5:
        day += timedelta(days=1)
    begins = (point.best_from if point else None) or EARLIEST
    ends = (point.best_until if point else None) or LATEST
    if not begins <= hour < ends:
        hour = begins
    moment = datetime.combine(day, hour, tzinfo=ZoneInfo(zone))
    return moment if moment > tried else moment + timedelta(days=1)


def try_again(case: Case, tried: datetime, called: str, kind: NextStepKind, zone: str, point: ContactPoint | None = None) -> NextStep:
    """The next step after a try: what was to be done, at another hour.

    Args:
        called: what the person is called.
        kind: how they were tried.
        zone: their IANA zone.
    """
    keep = case.next_step_text if case.next_step_kind in REACHING and case.next_step_text else ""
    words = keep or f"{kind.label} {called} again"
    return NextStep(kind, words, next_try(tried, zone, point), timed=True)


def decide(case: Case, tried: datetime, called: str, told: str) -> NextStep:
    """The next step once somebody was tried often enough: a person decides how to go on, by the end of the next working day.

    Args:
        told: how often they were tried, in words.
    """
    day = clock.local(tried, case.family.zone).date() + timedelta(days=1)
    while day.isoweekday() > 5:
        day += timedelta(days=1)
    due, timed = due_on(day, case.family.zone)
    return NextStep(NextStepKind.DECIDE, f"Decide how to go on: {called} was not reached in {told}", due, timed)


def offers(case: Case) -> bool:
    """Whether a new try is the natural next step: nothing else is waited for."""
    return case.next_step_kind in REACHING or case.next_step_kind is None
