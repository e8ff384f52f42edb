"""The list of cases: filters from the address, pages by keyset, nothing counted and nothing skipped over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select, tuple_, union_all
from sqlalchemy.orm import joinedload

from tracker import clock
from tracker.cases import queries as cases
from tracker.cases.access import masked, visible_to
from tracker.cases.models import Case, CaseStage
from tracker.db import db
from tracker.paging import SIZE, Page, page
from tracker.staff.models import Role, Staff, members
from tracker.staff.sessions import Actor
from tracker.words import Words

ROW = (joinedload(Case.family), joinedload(Case.main_contact), joinedload(Case.owner))


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


def listed(actor: Actor, wanted: Wanted, after: UUID | None = None, undated: bool = False, size: int = SIZE) -> Page[Case]:
    """One page of the cases that somebody sees: open ones by their next step, closed ones newest first.

    Who sees all cases without names (an auditor) gets them newest first, since only a team's or an owner's are kept in the order of their steps.

    Args:
        after: the last case of the page before.
        undated: that case had no next step's date. Such cases (they wait for a day) stand after all others, by number.
    """
    ended = wanted.state is State.CLOSED
    terms = [visible_to(actor), *_filters(actor, wanted), Case.closed_at.is_not(None) if ended else Case.closed_at.is_(None)]
    if ended or masked(actor):
        if after is not None:
            terms.append(Case.id < _of(Case.id, after))
        if wanted.flag is Flag.NONE:
            terms.append(Case.next_step_at.is_(None))
        return page(_all(select(Case).where(*terms).order_by(Case.id.desc()), size), size)
    found: list[Case] = []
    if not undated and wanted.flag is not Flag.NONE:
        found = list(_all(_by_step(actor, wanted, [*terms, Case.next_step_at.is_not(None)], after, size), size))
    if len(found) <= size:
        waiting = select(Case).where(*terms, Case.next_step_at.is_(None)).order_by(Case.id)
        if after is not None and (undated or wanted.flag is Flag.NONE):
            waiting = waiting.where(Case.id > _of(Case.id, after))
        found += _all(waiting, size - len(found))
    return page(found, size)


def _by_step(actor: Actor, wanted: Wanted, terms: list[ColumnElement[bool]], after: UUID | None, size: int) -> Select[tuple[Case]]:
    if after is not None:
        terms.append(tuple_(Case.next_step_at, Case.id) > tuple_(_of(Case.next_step_at, after), _of(Case.id, after)))
    order = Case.next_step_at, Case.id
    if len(actor.team_ids) > 1 and not wanted.owner:
        # Each team's cases are walked in order; of several teams only so many of each are put together and sorted.
        firsts = [select(Case.id).where(Case.team_id == team, *terms).order_by(*order).limit(size + 1).subquery() for team in sorted(actor.team_ids)]
        terms = [Case.id.in_(union_all(*(select(first.c.id) for first in firsts)))]
    return select(Case).where(*terms).order_by(*order)


def _all(query: Select[tuple[Case]], size: int) -> Sequence[Case]:
    return db.session.scalars(query.options(*ROW).limit(size + 1)).all()


def _of(column: Any, public_id: UUID) -> Any:
    return select(column).where(Case.public_id == public_id).scalar_subquery()


def _filters(actor: Actor, wanted: Wanted) -> list[ColumnElement[bool]]:
    terms: list[ColumnElement[bool]] = []
    if wanted.stage:
        terms.append(Case.stage == wanted.stage)
    if wanted.owner == "me":
        terms.append(Case.owner_id == actor.id)
    elif isinstance(wanted.owner, UUID):
        terms.append(Case.owner_id == select(Staff.id).where(Staff.public_id == wanted.owner).scalar_subquery())
    match wanted.flag:
        case Flag.OVERDUE:
            terms.append(cases.is_overdue(wanted.moment, wanted.today))
        case Flag.QUIET:
            terms.append(cases.is_quiet(wanted.moment, wanted.today, wanted.quiet_days))
        case Flag.HOLD:
            terms.append(cases.is_held(wanted.today))
        case Flag.CRISIS:
            terms.append(Case.crisis_at.is_not(None))
    return terms


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
