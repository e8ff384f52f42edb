"""Counting open cases by owner, stage and what needs a look."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import selectinload

from tracker import clock
from tracker.cases.access import visible_to
from tracker.cases.models import Case
from tracker.cases.queries import is_held, is_overdue, is_quiet
from tracker.cases.words import PATH, CaseStage
from tracker.db import db
from tracker.staff.models import Staff
from tracker.staff.sessions import Actor


@dataclass(slots=True)
class Load:
    """One person's open cases, counted."""

    owner: Staff
    by_stage: dict[CaseStage, int] = field(default_factory=lambda: dict.fromkeys(PATH, 0))
    overdue: int = 0
    quiet: int = 0
    held: int = 0
    crisis: int = 0

    @property
    def total(self) -> int:
        return sum(self.by_stage.values())


def team(actor: Actor, zone: str, quiet_days: int) -> list[Load]:
    """The loads of everybody who owns an open case that a supervisor sees, by name.

    Args:
        zone: in which a hold's day ends.
        quiet_days: how many days without a contact make a case quiet.
    """
    moment = clock.now()
    today = clock.today(zone)
    held, overdue, quiet = is_held(today), is_overdue(moment, today), is_quiet(moment - timedelta(days=quiet_days), today)
    add = lambda rule: func.sum(case((rule, 1), else_=0))  # noqa: E731
    rows = db.session.execute(
        select(Case.owner_id, Case.stage, func.count(), add(overdue), add(quiet), add(held), add(Case.crisis_at.is_not(None)))
        .where(Case.closed_at.is_(None), visible_to(actor))
        .group_by(Case.owner_id, Case.stage)
    ).all()
    keys = {row.owner_id for row in rows}
    people = db.session.scalars(select(Staff).where(Staff.id.in_(keys)).options(selectinload(Staff.teams)).order_by(Staff.name)).all()
    loads = {one.id: Load(one) for one in people}
    for owner_id, stage, count, *sums in rows:
        load = loads[owner_id]
        load.by_stage[stage] += count
        load.overdue, load.quiet, load.held, load.crisis = (
            was + int(more or 0) for was, more in zip((load.overdue, load.quiet, load.held, load.crisis), sums, strict=True)
        )
    return list(loads.values())

