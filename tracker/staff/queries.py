"""Finding staff and teams."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.db import db
from tracker.staff.models import Role, Staff, StaffSession, Team, members
from tracker.staff.permissions import Permission, scope


def by_username(username: str) -> Staff | None:
    """The member of staff who signs in with this name (any case)."""
    return db.session.scalars(select(Staff).where(Staff.username == username.strip().lower())).first()


def by_public_id(public_id: object) -> Staff | None:
    """A member of staff by the id that URLs carry."""
    return db.session.scalars(select(Staff).where(Staff.public_id == public_id)).first()


def team_ids(staff: Staff) -> frozenset[int]:
    """Keys of the teams somebody belongs to."""
    return frozenset(db.session.scalars(select(members.c.team_id).where(members.c.staff_id == staff.id)))


def everybody() -> Sequence[Staff]:
    """All staff with their teams, by name (a charity's staff fits on a page; a network's is cut at 500)."""
    return db.session.scalars(select(Staff).options(selectinload(Staff.teams)).order_by(Staff.name).limit(500)).all()


def teams() -> Sequence[Team]:
    """All teams, by name."""
    return db.session.scalars(select(Team).order_by(Team.name).limit(500)).all()


def case_workers(team_id: int) -> Sequence[Staff]:
    """Who may own a case of a team: its coordinators and supervisors who can sign in, by name."""
    return db.session.scalars(
        select(Staff)
        .join(members, members.c.staff_id == Staff.id)
        .where(members.c.team_id == team_id, Staff.role.in_([Role.COORDINATOR, Role.SUPERVISOR]), Staff.disabled_at.is_(None))
        .order_by(Staff.name)
    ).all()


def names(ids: set[int | None]) -> dict[int, str]:
    """Names of some staff by their keys, in one query."""
    known = {key for key in ids if key is not None}
    if not known:
        return {}
    return {key: name for key, name in db.session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(known)))}


def live_sessions(staff: Staff) -> Sequence[StaffSession]:
    """Somebody's sessions that are not ended, newest use first."""
    return db.session.scalars(
        select(StaffSession)
        .where(StaffSession.staff_id == staff.id, StaffSession.ended_at.is_(None))
        .order_by(StaffSession.last_seen_at.desc())
        .limit(10)
    ).all()


def who_may(permission: Permission) -> Sequence[Staff]:
    """Everybody who can sign in and has a permission, by name."""
    roles = [role for role in Role if scope(role, permission) is not None]
    return db.session.scalars(select(Staff).where(Staff.role.in_(roles), Staff.disabled_at.is_(None)).order_by(Staff.name).limit(200)).all()
