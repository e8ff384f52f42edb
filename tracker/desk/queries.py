"""What a day is made of; every question starts at an index of one owner's open cases, and none reads more than it shows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, or_, select
from sqlalchemy.orm import joinedload, selectinload

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

    @property
    def soon(self) -> ColumnElement[bool]:
        """What comes due within the week after today."""
        later = or_(Case.next_step_timed.is_(True), Case.next_step_at >= self.untimed)
        return and_(Case.next_step_at >= self.ends, Case.next_step_at < self.week, later)


def _mine(actor: Actor) -> ColumnElement[bool]:
    # Whether I may see it is asked of each row and not of an index: else the planner may walk the whole team's cases.
    seen = case((visible_to(actor), 1), else_=0) == 1
    return and_(Case.owner_id == actor.id, Case.closed_at.is_(None), seen)


def _rows(actor: Actor, *terms: ColumnElement[bool]) -> Select[Case]:
    contact = joinedload(Case.main_contact).options(selectinload(Person.points))
    return select(Case).where(_mine(actor), *terms).options(joinedload(Case.family), contact)


def _of_kind(show: Show) -> list[ColumnElement[bool]]:
    return [Case.next_step_kind.in_(KINDS[show])] if show in KINDS else []


def crisis(actor: Actor) -> Sequence[Case]:
    """My cases where danger was said and is not noted as over, oldest first: no filter and no hold hides them."""
    return db.session.scalars(_rows(actor, Case.crisis_at.is_not(None)).order_by(Case.crisis_at).limit(SHOWN)).all()


def due(actor: Actor, bounds: Bounds, show: Show) -> Sequence[Case]:
    """My cases whose next step is late or due today, the oldest first; one more than SHOWN when there are more."""
    query = _rows(actor, bounds.due, Case.crisis_at.is_(None), ~is_held(bounds.day), *_of_kind(show))
    return db.session.scalars(query.order_by(Case.next_step_at, Case.id).limit(SHOWN + 1)).all()


def back_from_hold(actor: Actor, bounds: Bounds) -> Sequence[Case]:
    """My cases whose hold ends today or has ended, and whose next step is not due by itself."""
    nothing_due = or_(Case.next_step_at.is_(None), not_(bounds.due))
    query = _rows(actor, Case.hold_until <= bounds.day, nothing_due, Case.crisis_at.is_(None))
    return db.session.scalars(query.order_by(Case.hold_until).limit(SHOWN)).all()


def later(actor: Actor, bounds: Bounds, show: Show) -> Sequence[Case]:
    """My cases that come due within a week after today."""
    terms = bounds.soon, Case.crisis_at.is_(None), Case.hold_until.is_(None)
    return db.session.scalars(_rows(actor, *terms, *_of_kind(show)).order_by(Case.next_step_at, Case.id).limit(LATER)).all()


@dataclass(slots=True)
class Counts:
    """How much of each kind is due, and how much of it is late."""

    by_kind: dict[NextStepKind, int] = field(default_factory=dict)
    late: int = 0

    def of(self, show: Show) -> int:
        """How many of what a chip shows."""
        return sum(count for kind, count in self.by_kind.items() if show not in KINDS or kind in KINDS[show])


def counts(actor: Actor, bounds: Bounds) -> Counts:
    """Count what is late or due today, by kind: a range of one index."""
    is_late = func.sum(case((Case.next_step_at < bounds.now, 1), else_=0))
    query = select(Case.next_step_kind, func.count(), is_late).where(_mine(actor), bounds.due, Case.crisis_at.is_(None), ~is_held(bounds.day))
    found = Counts()
    for kind, count, late in db.session.execute(query.group_by(Case.next_step_kind)):
        found.by_kind[kind] = count
        found.late += int(late or 0)
    return found


def by_stage(actor: Actor, bounds: Bounds, quiet_days: int) -> dict[CaseStage, tuple[int, int]]:
    """My open cases by stage: how many, and how many of them are quiet."""
    quiet = func.sum(case((is_quiet(bounds.now, bounds.day, quiet_days), 1), else_=0))
    found = db.session.execute(select(Case.stage, func.count(), quiet).where(_mine(actor)).group_by(Case.stage))
    counted = {stage: (count, int(silent or 0)) for stage, count, silent in found}
    return {stage: counted.get(stage, (0, 0)) for stage in PATH}


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
