"""What can be asked about inquiries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, false, select, true
from sqlalchemy.orm import joinedload, selectinload

from tracker.cases.models import Case
from tracker.db import ask, db
from tracker.inquiries.models import Inquiry, asked
from tracker.inquiries.words import DangerAnswer, InquiryChannel, InquiryStatus
from tracker.staff.models import Role
from tracker.staff.permissions import Permission, Scope, scope
from tracker.staff.sessions import Actor


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The inquiries that exist for somebody: those of their teams; for an auditor all, masked."""
    return _visible(scope(actor.role, Permission.TRIAGE_INQUIRY), sorted(actor.team_ids) or None)


def visible_as(role: Role) -> ColumnElement[bool]:
    """The same predicate for a question that is made once for a role (db.ask); its values are seen_by() of whoever asks."""
    return _visible(scope(role, Permission.TRIAGE_INQUIRY), bindparam("my_teams", expanding=True))


def seen_by(actor: Actor) -> dict[str, Any]:
    """The values of visible_as() for somebody."""
    return {"my_teams": sorted(actor.team_ids)} if scope(actor.role, Permission.TRIAGE_INQUIRY) is Scope.TEAM else {}


def _visible(where: Scope | None, teams: Any) -> ColumnElement[bool]:
    match where:
        case Scope.TEAM:
            return false() if teams is None else Inquiry.team_id.in_(teams)
        case Scope.MASKED:
            return true()
        case _:
            return false()


def by_public_id(public_id: UUID | str, actor: Actor, lock: bool = False) -> Inquiry | None:
    """An inquiry through the eyes of somebody, with its substances and its case's id."""
    query = select(Inquiry).where(Inquiry.public_id == public_id, visible_to(actor))
    query = query.options(selectinload(Inquiry.substances), joinedload(Inquiry.case).load_only(Case.public_id, Case.closed_at))
    if lock:
        query = query.with_for_update(of=Inquiry)
    return db.session.scalars(query).first()


@dataclass(slots=True)
class Waiting:
    """What a list shows of an inquiry that waits for somebody."""

    public_id: UUID
    at: datetime
    channel: InquiryChannel
    danger: DangerAnswer
    caller_name: str
    person_name: str
    caller_phone: str | None

    @property
    def title(self) -> str:
        """Who asked about whom."""
        return asked(self.caller_name, self.person_name)


@cache
def _unclaimed(role: Role) -> Select[Any]:
    query = select(Inquiry.public_id, Inquiry.at, Inquiry.channel, Inquiry.danger, Inquiry.caller_name, Inquiry.person_name, Inquiry.caller_phone)
    query = query.where(Inquiry.status == InquiryStatus.UNCLAIMED, visible_as(role))
    return query.order_by(Inquiry.at, Inquiry.id).limit(bindparam("size"))


def unclaimed(actor: Actor, size: int = 10) -> list[Waiting]:
    """Inquiries of one's teams that wait for somebody, longest first, one more than `size` when there are more."""
    return [Waiting(*row) for row in ask(_unclaimed(actor.role), {"size": size + 1, **seen_by(actor)})]


def recent(actor: Actor, before: int | None = None, status: InquiryStatus | None = None, size: int = 50) -> Sequence[Inquiry]:
    """Inquiries of one's teams, newest first, one more than `size` when there are more."""
    query = select(Inquiry).where(visible_to(actor))
    if status:
        query = query.where(Inquiry.status == status)
    if before is not None:
        query = query.where(Inquiry.id < before)
    return db.session.scalars(query.options(joinedload(Inquiry.case).load_only(Case.public_id)).order_by(Inquiry.id.desc()).limit(size + 1)).all()


def of_case(case_id: int) -> Sequence[Inquiry]:
    """The inquiries of a case with what was named in them, oldest first."""
    return db.session.scalars(
        select(Inquiry).where(Inquiry.case_id == case_id).options(selectinload(Inquiry.substances)).order_by(Inquiry.id).limit(20)
    ).all()


def key_of(public_id: UUID | str, actor: Actor) -> int | None:
    """The key behind an id in a URL, for "Show earlier"."""
    return db.session.scalar(select(Inquiry.id).where(Inquiry.public_id == public_id, visible_to(actor)))
