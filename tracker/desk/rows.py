"""A case as a row of the day: what to do, why, and when, on our clock and on theirs."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker import clock
from tracker.cases.listed import Listed
from tracker.desk.queries import Bounds
from tracker.people import rules
from tracker.people.models import VoicemailRule
from tracker.people.queries import Phone
from tracker.templating import ago, show_clock, show_day, zone_letters


@dataclass(frozen=True, slots=True)
class Row:
    """One row, ready to be drawn.

    Attributes:
        due: plain words, or words with a tone and an icon.
        sub: the same moment, or the hour it is now, where they are.
    """

    case: Listed
    icon: str
    task: str
    why: str
    due: str | tuple[str, str, str]
    sub: str
    wrap: bool = False


def crisis_row(case: Listed, zone: str, bounds: Bounds) -> Row:
    """A row of the check-back: it is first until somebody notes that there is no danger."""
    task = case.next_step_text or f"Ask how {case.main_contact.called} is"
    by = f"By {show_clock(case.next_step_at, zone)}" if case.next_step_timed and case.next_step_at else "Today"
    late = case.next_step_at is not None and case.next_step_at < bounds.now
    said = f"danger noted {ago(case.crisis_at)} ago" if case.crisis_at else ""
    why = " · ".join(part for part in (case.family.title, said, _tries(case)) if part)
    return Row(case, _icon(case), task, why, (by.replace("By ", "Late, ") if late else by, "crisis", "clock"), _there(case, zone), wrap=True)


def due_row(case: Listed, zone: str, bounds: Bounds, phones: Sequence[Phone]) -> Row:
    """A row that is late or due today, or due on a later day.

    Args:
        phones: the main contact's live numbers.
    """
    at = case.next_step_at
    assert at is not None, "a row without a step is made by held_row"
    day = clock.local(at, zone if case.next_step_timed else case.family.zone).date()
    task, why = case.next_step_text or "", _why(case, zone, phones)
    if at < bounds.now:
        days = (bounds.day - day).days
        words = f"{days} day{'s' if days != 1 else ''} late" if days > 0 else f"Late, {show_clock(at, zone)}" if case.next_step_timed else "Late"
        due_on = "Due yesterday" if days == 1 else f"Due {show_day(day, zone)}"
        return Row(case, _icon(case), task, why, (words, "late", "clock-exclamation"), due_on if days > 0 else _there(case, zone))
    if not bounds.holds(case):
        when = f"{day:%a} {show_day(day, zone)}" + (f", {show_clock(at, zone)}" if case.next_step_timed else "")
        return Row(case, _icon(case), task, why, when, _hours(phones))
    if case.next_step_timed:
        there = _zone(case)
        theirs = "" if _same(zone, there, case) else f"{_bare(case)} there, {zone_letters(at, there)}"
        return Row(case, _icon(case), task, why, show_clock(at, zone), _hours(phones) or theirs)
    return Row(case, _icon(case), task, why, "Any time", _hours(phones) or _there(case, zone))


def held_row(case: Listed, zone: str, bounds: Bounds) -> Row:
    """A case that comes back from its hold."""
    until, reason = case.hold_until, case.hold_reason.label if case.hold_reason else ""
    assert until is not None, "only a held case has this row"
    days = (bounds.day - until).days
    due = (f"{days} day{'s' if days != 1 else ''} late", "late", "clock-exclamation") if days else "Hold ends today"
    task = case.next_step_text or f"Take up the {case.family.title} again"
    why = " · ".join(part for part in (case.family.title, f"on hold until {show_day(until, zone)}", reason.lower()) if part)
    return Row(case, "hourglass", task, why, due, _there(case, zone))


def _icon(case: Listed) -> str:
    return case.next_step_kind.icon if case.next_step_kind else "phone"


def _zone(case: Listed) -> str:
    return case.main_contact.zone or case.family.zone


def _same(zone: str, there: str, case: Listed) -> bool:
    moment = case.next_step_at or clock.now()
    return clock.local(moment, zone).utcoffset() == clock.local(moment, there).utcoffset()


def _bare(case: Listed) -> str:
    assert case.next_step_at is not None
    return clock.local(case.next_step_at, _zone(case)).strftime("%I:%M %p").lstrip("0")


def _there(case: Listed, zone: str) -> str:
    """What hour it is where they are now; "" when it is the same as here."""
    there, moment = _zone(case), clock.now()
    local = clock.local(moment, there)
    if local.utcoffset() == clock.local(moment, zone).utcoffset():
        return ""
    return f"{local:%I:%M %p} there, {zone_letters(moment, there)}".lstrip("0")


def _tries(case: Listed) -> str:
    return f"{case.tries} {'try' if case.tries == 1 else 'tries'} not reached" if case.tries else ""


def _why(case: Listed, zone: str, phones: Sequence[Phone]) -> str:
    last = f"last contact {show_day(case.last_contact_at, zone)}" if case.last_contact_at else "no contact yet"
    silent = "no voicemail" if case.tries and phones and all(phone.voicemail_rule is VoicemailRule.NONE for phone in phones) else ""
    return " · ".join(part for part in (case.family.title, _tries(case) or last, silent) if part)


def _hours(phones: Sequence[Phone]) -> str:
    said = rules.hours(phones[0]) if len(phones) == 1 else ""
    return f"{said[0].upper()}{said[1:]} there" if said else ""
