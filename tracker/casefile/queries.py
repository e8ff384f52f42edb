"""The list of cases: filters from the address, pages by keyset, nothing counted and nothing skipped over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, select, tuple_, union_all

from tracker import clock
from tracker.cases import queries as cases
from tracker.cases.access import masked, seen_by, visible_as
from tracker.cases.listed import Listed, listing, read
from tracker.cases.models import Case, CaseStage
from tracker.db import ask, db
from tracker.paging import SIZE, Page, page
from tracker.staff.models import Role, Staff, members
from tracker.staff.sessions import Actor
from tracker.words import Words


class Flag(Words):
    """What needs a look."""

    OVERDUE = "overdue", "Overdue"
    QUIET = "quiet", "Quiet"
    HOLD = "hold", "On hold"
    CRISIS = "crisis", "Danger said"
    NONE = "none", "No next step"


class State(Words):
    """Whether a case runs."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases are wanted.

    Attributes:
        owner: "me", "" for everybody of the team, or somebody's public id.
        today: the calendar day in the organisation's zone; quiet_days as set.
    """

    stage: CaseStage | None
    owner: str | UUID
    flag: Flag | None
    state: State
    moment: datetime
    today: date
    quiet_days: int

    @classmethod
    def now(cls, stage: CaseStage | None, owner: str | UUID, flag: Flag | None, state: State, *, zone: str, quiet_days: int) -> "Wanted":
        """The filters with this moment's clock."""
        return cls(stage, owner, flag, state, clock.now(), clock.today(zone), quiet_days)

    @property
    def values(self) -> dict[str, Any]:
        """What a question is asked with."""
        silent = self.moment - timedelta(days=self.quiet_days)
        return {"stage": self.stage, "owner": self.owner, "moment": self.moment, "silent": silent, "today": self.today}


def listed(actor: Actor, wanted: Wanted, after: UUID | None = None, undated: bool = False, size: int = SIZE) -> Page[Listed]:
    """One page of the cases that somebody sees: open ones by their next step, closed ones newest first.

    Who sees all cases without names (an auditor) gets them newest first, since only a team's or an owner's are kept in the order of their steps.

    Args:
        after: the last case of the page before.
        undated: that case had no next step's date. Such cases (they wait for a day) stand after all others, by number.
    """
    values = {"size": size + 1, "after": after, **wanted.values, "me": actor.id, **seen_by(actor)}
    if wanted.state is State.CLOSED or masked(actor):
        return page(read(ask(_newest(_Shape.of(actor, wanted, after is not None)), values)), size)
    found: list[Listed] = []
    if not undated and wanted.flag is not Flag.NONE:
        teams = {f"team_{number}": team for number, team in enumerate(sorted(actor.team_ids))}
        found = read(ask(_by_step(_Shape.of(actor, wanted, after is not None)), values | teams))
    if len(found) <= size:
        gone_on = after is not None and (undated or wanted.flag is Flag.NONE)
        found += read(ask(_undated(_Shape.of(actor, wanted, gone_on)), values | {"size": size + 1 - len(found)}))
    return page(found, size)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What makes one question of the list differ from another; a question is made once for each."""

    role: Role
    teams: int  # how many are walked each in its own order; 0 where one index already has it
    stage: bool
    owner: str  # "", "me" or "one"
    flag: Flag | None
    state: State
    after: bool

    @classmethod
    def of(cls, actor: Actor, wanted: Wanted, after: bool) -> "_Shape":
        several = len(actor.team_ids) if len(actor.team_ids) > 1 and not wanted.owner else 0
        owner = "one" if isinstance(wanted.owner, UUID) else wanted.owner
        return cls(actor.role, several, wanted.stage is not None, owner, wanted.flag, wanted.state, after)

    def terms(self) -> list[ColumnElement[bool]]:
        """What every question asks of a case."""
        terms = [visible_as(self.role), Case.closed_at.is_not(None) if self.state is State.CLOSED else Case.closed_at.is_(None)]
        if self.stage:
            terms.append(Case.stage == bindparam("stage"))
        if self.owner:
            one = select(Staff.id).where(Staff.public_id == bindparam("owner")).scalar_subquery()
            terms.append(Case.owner_id == (bindparam("me") if self.owner == "me" else one))
        match self.flag:
            case Flag.OVERDUE:
                terms.append(cases.is_overdue(bindparam("moment"), bindparam("today")))
            case Flag.QUIET:
                terms.append(cases.is_quiet(bindparam("silent"), bindparam("today")))
            case Flag.HOLD:
                terms.append(cases.is_held(bindparam("today")))
            case Flag.CRISIS:
                terms.append(Case.crisis_at.is_not(None))
        return terms


SIZED = bindparam("size")


@cache
def _newest(shape: _Shape) -> Select[Any]:
    query = listing().where(*shape.terms())
    if shape.after:
        query = query.where(Case.id < _after(Case.id))
    if shape.flag is Flag.NONE:
        query = query.where(Case.next_step_at.is_(None))
    return query.order_by(Case.id.desc()).limit(SIZED)


@cache
def _by_step(shape: _Shape) -> Select[Any]:
    terms = [*shape.terms(), Case.next_step_at.is_not(None)]
    if shape.after:
        terms.append(tuple_(Case.next_step_at, Case.id) > tuple_(_after(Case.next_step_at), _after(Case.id)))
    order = Case.next_step_at, Case.id
    if shape.teams:
        # Each team's cases are walked in order; of several teams only so many of each are put together and sorted.
        each = [select(Case.id).where(Case.team_id == bindparam(f"team_{number}"), *terms) for number in range(shape.teams)]
        firsts = [query.order_by(*order).limit(SIZED).subquery() for query in each]
        terms = [Case.id.in_(union_all(*(select(first.c.id) for first in firsts)))]
    return listing().where(*terms).order_by(*order).limit(SIZED)


@cache
def _undated(shape: _Shape) -> Select[Any]:
    query = listing().where(*shape.terms(), Case.next_step_at.is_(None))
    return (query.where(Case.id > _after(Case.id)) if shape.after else query).order_by(Case.id).limit(SIZED)


def _after(column: Any) -> Any:
    return select(column).where(Case.public_id == bindparam("after")).scalar_subquery()


def colleagues(actor: Actor) -> Sequence[Staff]:
    """Who may own cases in somebody's teams, by name (what a filter offers)."""
    if not actor.team_ids:
        return []
    return db.session.scalars(
        select(Staff)
        .where(
            Staff.id.in_(select(members.c.staff_id).where(members.c.team_id.in_(sorted(actor.team_ids)))),
            Staff.role.in_([Role.COORDINATOR, Role.SUPERVISOR]),
            Staff.disabled_at.is_(None),
        )
        .order_by(Staff.name)
        .limit(100)
    ).all()
