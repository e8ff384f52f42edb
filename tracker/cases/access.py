"""The one door to a case: only what this person may see exists, and lists ask the same question as the door."""

from functools import cache
from typing import Any
from uuid import UUID

from flask import g, request
from sqlalchemy import ColumnElement, Select, bindparam, case, false, select, true
from sqlalchemy.orm import joinedload

from tracker.cases.models import Case
from tracker.db import db
from tracker.errors import Conflict, NotHere, NotYours
from tracker.staff.gate import SAFE, allows, me
from tracker.staff.models import Role
from tracker.staff.permissions import Permission, Scope, scope
from tracker.staff.sessions import Actor

ROW = (joinedload(Case.family), joinedload(Case.person), joinedload(Case.main_contact), joinedload(Case.owner), joinedload(Case.team))


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The cases that exist for somebody, as an SQL predicate: for lists, counts, search and the door alike.

    Restricted cases, deny entries and break-glass will be further terms of this one predicate.
    """
    return _visible(actor.role, sorted(actor.team_ids) or None)


def visible_as(role: Role) -> ColumnElement[bool]:
    """The same predicate for a question that is made once for a role (db.ask); its values are seen_by() of whoever asks."""
    return _visible(role, bindparam("my_teams", expanding=True))


def seen_as(role: Role) -> ColumnElement[bool]:
    """The same, asked of each row and never of an index: else a planner may walk the whole team's cases."""
    return case((visible_as(role), 1), else_=0) == 1


def seen_by(actor: Actor) -> dict[str, Any]:
    """The values of visible_as() for somebody."""
    return {"my_teams": sorted(actor.team_ids)} if scope(actor.role, Permission.LIST_CASES) is Scope.TEAM else {}


def _visible(role: Role, teams: Any) -> ColumnElement[bool]:
    match scope(role, Permission.LIST_CASES):
        case Scope.TEAM:
            return false() if teams is None else Case.team_id.in_(teams)
        case Scope.QUEUE:
            return Case.packet_asked_at.is_not(None)
        case Scope.MASKED | Scope.ALL:
            return true()
        case _:
            return false()


def masked(actor: Actor) -> bool:
    """Whether somebody sees cases without names and notes."""
    return scope(actor.role, Permission.LIST_CASES) is Scope.MASKED


def limited(actor: Actor) -> bool:
    """Whether somebody sees only name, safe contact and packet needs of a case (packet staff)."""
    return actor.role is Role.PACKET_STAFF


@cache
def _door(role: Role, locked: bool) -> Select[tuple[Case]]:
    query = select(Case).where(Case.public_id == bindparam("public_id"), visible_as(role)).options(*ROW)
    return query.with_for_update(of=Case) if locked else query


def case_or_404(public_id: UUID | str, *, permission: Permission | None = None, version: int | None = None) -> Case:
    """A case through the door of this request.

    Args:
        public_id: the id in the URL; never itself taken for permission.
        permission: the permission to ask; the endpoint's own when left out.
        version: the version the form was opened on; another one in the database is a conflict.
    Returns:
        the case with its family, person of concern, main contact, owner and team, locked when the request writes.
    Raises:
        NotHere: there is no such case for this person.
        NotYours: they may know it exists, but this needs its owner or a supervisor.
        Conflict: somebody saved in the meantime.
    """
    actor = me()
    asked = permission or g.policy.permission
    if allows(asked) is None:
        raise NotHere
    question = _door(actor.role, g.policy.writes and request.method not in SAFE)
    found = db.session.scalars(question, {"public_id": public_id, **seen_by(actor)}).first()
    if found is None:
        raise NotHere
    _own(found, actor, asked)
    g.opened = ("cases", str(found.public_id)), found.id, "a form of the case"
    if version is not None and version != found.version:
        raise Conflict("Somebody else changed this case after you opened it.")
    return found


def _own(case: Case, actor: Actor, permission: Permission) -> None:
    if allows(permission) is Scope.OWN and case.owner_id != actor.id:
        whom = case.owner.name if case.owner else "a supervisor of the team"
        raise NotYours(f"This is for the owner of the case. Ask {whom}.")


def may_on(case: Case, permission: Permission) -> bool:
    """Whether this request's person has a permission with a case that they see (for what a page offers)."""
    held = allows(permission)
    if held is Scope.OWN:
        return case.owner_id == me().id
    return held is not None
