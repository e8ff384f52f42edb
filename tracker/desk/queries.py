"""What a day is made of; every question starts at an index of one owner's open cases, and none reads more than it shows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from tracker import clock
from tracker.cases.access import visible_to
from tracker.cases.models import Case
from tracker.cases.queries import is_held, is_quiet
from tracker.cases.words import PATH, CaseStage, NextStepKind
from tracker.db import db
from tracker.people.models import Family, Person
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

    def holds(self, case: Case) -> bool:
        """Whether a case's step is due by the end of the day."""
        return case.next_step_at is not None and case.next_step_at < (self.ends if case.next_step_timed else self.untimed)

    @property
    def due(self) -> ColumnElement[bool]:
        """The same as a range of the index and a term beside it."""
        return and_(Case.next_step_at < self.untimed, or_(Case.next_step_timed.is_(False), Case.next_step_at < self.ends))


def _mine(actor: Actor) -> ColumnElement[bool]:
    # Whether I may see it is asked of each row and not of an index: else the planner may walk the whole team's cases.
    seen = case((visible_to(actor), 1), else_=0) == 1
    return and_(Case.owner_id == actor.id, Case.closed_at.is_(None), seen)


ROW = (joinedload(Case.family), joinedload(Case.main_contact).selectinload(Person.points))


def _of_kind(show: Show) -> list[ColumnElement[bool]]:
    return [Case.next_step_kind.in_(KINDS[show])] if show in KINDS else []


@dataclass(slots=True)
class Day:
    """My cases as a day takes them: danger first, whatever hold or filter; what is due, the oldest first, one more than SHOWN
    when there are more; what comes back from a hold; what comes due within the week after."""

    danger: list[Case] = field(default_factory=list)
    due: list[Case] = field(default_factory=list)
    back: list[Case] = field(default_factory=list)
    later: list[Case] = field(default_factory=list)


def day(actor: Actor, bounds: Bounds, show: Show) -> Day:
    """My day, in two questions: along the next steps, and what stands out of their order."""
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
    return found


def pressing(actor: Actor, bounds: Bounds) -> Sequence[Case]:
    """My cases where danger was said and is not noted as over, and those whose hold ends today or has ended."""
    query = select(Case).where(_mine(actor), or_(Case.crisis_at.is_not(None), Case.hold_until <= bounds.day))
    return db.session.scalars(query.options(*ROW).limit(2 * SHOWN)).all()


def ahead(actor: Actor, bounds: Bounds, show: Show) -> Sequence[Case]:
    """My cases that do not wait, whose next step is late or comes due within the week, in order of time."""
    query = select(Case).where(_mine(actor), Case.next_step_at < bounds.week, Case.crisis_at.is_(None), ~is_held(bounds.day), *_of_kind(show))
    return db.session.scalars(query.options(*ROW).order_by(Case.next_step_at, Case.id).limit(SHOWN + 1 + LATER)).all()


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
    now_due = and_(bounds.due, Case.crisis_at.is_(None), ~is_held(bounds.day))
    add = lambda rule: func.sum(case((rule, 1), else_=0))  # noqa: E731
    query = select(
        Case.stage, Case.next_step_kind, func.count(), add(is_quiet(bounds.now, bounds.day, quiet_days)), add(now_due),
        add(and_(now_due, Case.next_step_at < bounds.now)),
    )  # fmt: skip
    found = Sums()
    for stage, kind, count, silent, to_do, late in db.session.execute(query.where(_mine(actor)).group_by(Case.stage, Case.next_step_kind)):
        before = found.stages[stage]
        found.stages[stage] = before[0] + count, before[1] + int(silent)
        if kind is not None:
            found.by_kind[kind] = found.by_kind.get(kind, 0) + int(to_do)
        found.late += int(late)
    return found


def called(actor: Actor, ids: Sequence[str]) -> dict[str, str]:
    """What the families of some cases are called, by the case's id in addresses: those that somebody may still see."""
    known = [UUID(key) for key in ids if _is_id(key)]
    if not known:
        return {}
    query = select(Case.public_id, Family.name).join(Case.family).where(Case.public_id.in_(known), visible_to(actor))
    return {str(public_id): f"{name} family" if name else "Family without a name" for public_id, name in db.session.execute(query)}


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
