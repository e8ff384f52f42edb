"""What a day is made of; every question starts at an index of one owner's open cases, and none reads more than it shows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select

from tracker import clock
from tracker.addresses import uuid_of
from tracker.cases.access import seen_as, seen_by, visible_as, visible_to
from tracker.cases.listed import Listed, listing, read
from tracker.cases.models import Case
from tracker.cases.queries import is_held, is_quiet
from tracker.cases.words import PATH, CaseStage, NextStepKind
from tracker.db import ask, db
from tracker.people import names
from tracker.people import queries as people
from tracker.people.models import Family
from tracker.people.queries import Phone
from tracker.staff.models import Role
from tracker.staff.sessions import Actor
from tracker.words import Words

SHOWN = 50  # rows of the queue; the rest is a link to the list of cases
LATER = 30
WEEK, WEST = timedelta(days=7), timedelta(hours=6)
K = NextStepKind


class Show(Words):
    """Which kinds of work a day is narrowed to."""

    ALL = "all", "All"
    CALLS = "calls", "Calls"
    REFERRALS = "referrals", "Referrals"
    PACKETS = "packets", "Packets"
    GROUPS = "groups", "Groups"


KINDS: dict[Show, tuple[NextStepKind, ...]] = {
    Show.CALLS: (K.CALL, K.TEXT, K.EMAIL, K.CHECK_IN),
    Show.REFERRALS: (K.REFER, K.CHECK_REFERRAL, K.OBTAIN_CONSENT),
    Show.PACKETS: (K.SEND_PACKET,),
    Show.GROUPS: (K.PLACE,),
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """The moments that cut a day: now, its end and the week's, on the reader's clock.

    Attributes:
        ends: the first moment of the next day.
        untimed: until when a step without a time is today's: it is due by the end of the family's day, which in a zone
            west of the reader's comes later than the reader's own.
        day: today's date; holds end on it.
    """

    now: datetime
    ends: datetime
    untimed: datetime
    week: datetime
    day: date

    @classmethod
    def of(cls, zone: str) -> "Bounds":
        """Today's bounds in a zone (IANA name)."""
        day = clock.today(zone)
        ends = datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZoneInfo(zone))
        return cls(clock.now(), ends, ends + WEST, ends + WEEK, day)

    def holds(self, case: Listed) -> bool:
        """Whether a case's step is due by the end of the day."""
        return case.next_step_at is not None and case.next_step_at < (self.ends if case.next_step_timed else self.untimed)

    def values(self, actor: Actor) -> dict[str, Any]:
        """What the questions of this module are asked with."""
        return {"me": actor.id, "now": self.now, "ends": self.ends, "untimed": self.untimed, "week": self.week, "today": self.day, **seen_by(actor)}


NOW, ENDS, UNTIMED, WEEK_ENDS, TODAY = (bindparam(name) for name in ("now", "ends", "untimed", "week", "today"))
# Due by the end of the day, as Bounds.holds has it: a range of the index and a term beside it.
DUE = and_(Case.next_step_at < UNTIMED, or_(Case.next_step_timed.is_(False), Case.next_step_at < ENDS))


def _mine(role: Role) -> ColumnElement[bool]:
    return and_(Case.owner_id == bindparam("me"), Case.closed_at.is_(None), seen_as(role))


@dataclass(slots=True)
class Day:
    """My cases as a day takes them: danger first, whatever hold or filter; what is due, the oldest first, one more than SHOWN
    when there are more; what comes back from a hold; what comes due within the week after.

    Attributes:
        phones: the main contacts' live numbers, by the person's key.
    """

    danger: list[Listed] = field(default_factory=list)
    due: list[Listed] = field(default_factory=list)
    back: list[Listed] = field(default_factory=list)
    later: list[Listed] = field(default_factory=list)
    phones: dict[int, list[Phone]] = field(default_factory=dict)


def day(actor: Actor, bounds: Bounds, show: Show) -> Day:
    """My day, in three questions: along the next steps, what stands out of their order, and the numbers to call."""
    found = Day()
    for one in pressing(actor, bounds):
        if one.crisis_at:
            found.danger.append(one)
        elif not bounds.holds(one):
            found.back.append(one)
    found.danger.sort(key=lambda one: one.crisis_at)
    found.back.sort(key=lambda one: one.hold_until)
    for one in ahead(actor, bounds, show):
        if bounds.holds(one):
            found.due.append(one)
        elif one.hold_until is None and len(found.later) < LATER:
            found.later.append(one)
    shown = [*found.danger, *found.due, *found.back, *found.later]
    found.phones = people.phones({one.main_contact.id for one in shown})
    return found


def pressing(actor: Actor, bounds: Bounds) -> list[Listed]:
    """My cases where danger was said and is not noted as over, and those whose hold ends today or has ended."""
    return read(ask(_pressing(actor.role), bounds.values(actor)))


@cache
def _pressing(role: Role) -> Select[Any]:
    return listing().where(_mine(role), or_(Case.crisis_at.is_not(None), Case.hold_until <= TODAY)).limit(2 * SHOWN)


def alarms(actor: Actor, size: int = 10) -> list[Listed]:
    """Cases of a supervisor's teams where danger was said and no supervisor has seen it yet, the oldest first; none for others."""
    if actor.role is not Role.SUPERVISOR:
        return []
    found = read(ask(_alarms(actor.role), {**seen_by(actor), "size": size}))
    return sorted(found, key=lambda one: one.crisis_at)


@cache
def _alarms(role: Role) -> Select[Any]:
    unseen = and_(Case.closed_at.is_(None), Case.crisis_at.is_not(None), Case.crisis_seen_at.is_(None))
    return listing().where(visible_as(role), unseen).order_by(Case.crisis_at).limit(bindparam("size"))


def ahead(actor: Actor, bounds: Bounds, show: Show) -> list[Listed]:
    """My cases that do not wait, whose next step is late or comes due within the week, in order of time."""
    return read(ask(_ahead(actor.role, show), bounds.values(actor)))


@cache
def _ahead(role: Role, show: Show) -> Select[Any]:
    of_kind = [Case.next_step_kind.in_(KINDS[show])] if show in KINDS else []
    query = listing().where(_mine(role), Case.next_step_at < WEEK_ENDS, Case.crisis_at.is_(None), ~is_held(TODAY), *of_kind)
    return query.order_by(Case.next_step_at, Case.id).limit(SHOWN + 1 + LATER)


@dataclass(slots=True)
class Sums:
    """My open cases in numbers.

    Attributes:
        by_kind: what is due, by the kind of the step; late: how much of it is.
        stages: how many of each stage, and how many of them are quiet.
    """

    by_kind: dict[NextStepKind, int] = field(default_factory=dict)
    late: int = 0
    stages: dict[CaseStage, tuple[int, int]] = field(default_factory=lambda: dict.fromkeys(PATH, (0, 0)))

    def of(self, show: Show) -> int:
        """How many of what a chip shows."""
        return sum(count for kind, count in self.by_kind.items() if show not in KINDS or kind in KINDS[show])


def sums(actor: Actor, bounds: Bounds, quiet_days: int) -> Sums:
    """Count my open cases by stage and by the kind of their step: a range of one index, in one question."""
    found = Sums()
    for stage, kind, count, silent, to_do, late in ask(_sums(actor.role), {**bounds.values(actor), "silent": bounds.now - timedelta(days=quiet_days)}):
        before = found.stages[stage]
        found.stages[stage] = before[0] + count, before[1] + int(silent)
        if kind is not None:
            found.by_kind[kind] = found.by_kind.get(kind, 0) + int(to_do)
        found.late += int(late)
    return found


@cache
def _sums(role: Role) -> Select[Any]:
    now_due = and_(DUE, Case.crisis_at.is_(None), ~is_held(TODAY))
    add = lambda rule: func.sum(case((rule, 1), else_=0))  # noqa: E731
    silent, late = add(is_quiet(bindparam("silent"), TODAY)), add(and_(now_due, Case.next_step_at < NOW))
    query = select(Case.stage, Case.next_step_kind, func.count(), silent, add(now_due), late)
    return query.where(_mine(role)).group_by(Case.stage, Case.next_step_kind)


def called(actor: Actor, ids: Sequence[str]) -> dict[str, str]:
    """What the families of some cases are called, by the case's id in addresses: those that somebody may still see."""
    known = [key for key in map(uuid_of, ids) if key]
    if not known:
        return {}
    query = select(Case.public_id, Family.name).join(Case.family).where(Case.public_id.in_(known), visible_to(actor))
    return {str(public_id): names.family(name) for public_id, name in db.session.execute(query)}
