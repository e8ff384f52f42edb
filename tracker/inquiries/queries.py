"""What can be asked about inquiries."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, false, select, true
from sqlalchemy.orm import joinedload, selectinload

from tracker.cases.models import Case
from tracker.db import db
from tracker.inquiries.models import Inquiry
from tracker.inquiries.words import InquiryStatus
from tracker.staff.permissions import Permission, Scope, scope
from tracker.staff.sessions import Actor


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The inquiries that exist for somebody: those of their teams; for an auditor all, masked."""
    match scope(actor.role, Permission.TRIAGE_INQUIRY):
        case Scope.TEAM:
            return Inquiry.team_id.in_(sorted(actor.team_ids)) if actor.team_ids else false()
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


def unclaimed(actor: Actor, size: int = 10) -> Sequence[Inquiry]:
    """Inquiries of one's teams that wait for somebody, longest first, one more than `size` when there are more."""
    return db.session.scalars(
        select(Inquiry).where(Inquiry.status == InquiryStatus.UNCLAIMED, visible_to(actor)).order_by(Inquiry.at, Inquiry.id).limit(size + 1)
    ).all()


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
