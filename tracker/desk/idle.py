"""Cases that nobody spoke with for too long: the owner is told first, then who supervises the team, or covers for them."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, not_, select

from tracker import clock
from tracker.cases.models import NUMBERS_FROM, Case
from tracker.cases.queries import is_held
from tracker.db import ask, db
from tracker.staff.models import Role, Staff, members

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Idle:
    """One case by its number, how many days it was silent, and whose it is. No name of the family."""

    case: UUID
    number: int
    days: int
    owner: str


def of_owner(staff: Staff, days: int) -> list[Idle]:
    """Somebody's own open cases that were silent for so many days, the longest first."""
    return _read("owner", staff, days, {"me": staff.id})


def of_teams(staff: Staff, days: int) -> list[Idle]:
    """Open cases of the teams that somebody supervises, or covers for, which were silent for so many days; none for others."""
    teams = watched(staff)
    return _read("team", staff, days, {"my_teams": teams}) if teams else []


def watched(staff: Staff) -> list[int]:
    """Keys of the teams that somebody answers for today: their own while they are there, and those of supervisors they cover for."""
    today = clock.today(staff.zone)
    if staff.role is not Role.SUPERVISOR:
        return []
    gone = select(Staff.id).where(Staff.cover_id == staff.id, Staff.away_until >= today, Staff.role == Role.SUPERVISOR)
    whose = set(db.session.scalars(gone)) | (set() if is_away(staff) else {staff.id})
    return sorted(set(db.session.scalars(select(members.c.team_id).where(members.c.staff_id.in_(whose)))))


def is_away(staff: Staff) -> bool:
    """Whether somebody is away today, on their own calendar."""
    return staff.away_until is not None and staff.away_until >= clock.today(staff.zone)


@cache
def _silent(whose: str, spoken: bool) -> Select[Any]:
    # Two questions, for cases that were spoken with and cases that never were: each is a range of an index.
    mine: ColumnElement[bool] = Case.owner_id == bindparam("me") if whose == "owner" else Case.team_id.in_(bindparam("my_teams", expanding=True))
    since = Case.last_contact_at if spoken else Case.opened_at
    query = select(Case.public_id, Case.id, since.label("since"), Staff.name).join(Staff, Staff.id == Case.owner_id)
    query = query.where(mine, Case.closed_at.is_(None), not_(is_held(bindparam("today"))), since < bindparam("silent"))
    query = query if spoken else query.where(Case.last_contact_at.is_(None))
    return query.order_by(since, Case.id).limit(SHOWN)


def _read(whose: str, staff: Staff, days: int, values: dict[str, Any]) -> list[Idle]:
    now = clock.now()
    values = {**values, "silent": now - timedelta(days=days), "today": clock.today(staff.zone)}
    rows = [row for spoken in (True, False) for row in ask(_silent(whose, spoken), values)]
    rows.sort(key=lambda row: row.since)
    return [Idle(case, NUMBERS_FROM + key, (now - since).days, owner) for case, key, since, owner in rows[:SHOWN]]
