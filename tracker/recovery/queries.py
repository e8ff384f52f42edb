"""What can be asked about follow-up."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tracker.cases.models import Case
from tracker.db import db
from tracker.people.models import Person
from tracker.recovery.models import CheckIn, FollowUpPlan


def by_public_id(public_id: UUID) -> FollowUpPlan | None:
    """A plan with its person, check-ins, and its case's id; the case itself goes through its own door."""
    return db.session.scalars(
        select(FollowUpPlan)
        .where(FollowUpPlan.public_id == public_id)
        .options(joinedload(FollowUpPlan.case).load_only(Case.public_id), joinedload(FollowUpPlan.person), selectinload(FollowUpPlan.check_ins))
    ).first()


def of_case(case_id: int) -> Sequence[FollowUpPlan]:
    """The plans of a case with their people, newest first, without check-ins."""
    return db.session.scalars(
        select(FollowUpPlan).where(FollowUpPlan.case_id == case_id).options(joinedload(FollowUpPlan.person)).order_by(FollowUpPlan.id.desc()).limit(20)
    ).all()


def next_of_case(case_id: int) -> CheckIn | None:
    """The next check-in of a case that waits."""
    return db.session.scalars(
        select(CheckIn).where(CheckIn.case_id == case_id, CheckIn.done_at.is_(None)).order_by(CheckIn.due_on, CheckIn.id).limit(1)
    ).first()


def due_for(owner_id: int, until: date, size: int = 50) -> Sequence[CheckIn]:
    """Check-ins due by a day on open cases of one owner, oldest first, with plan, person and case."""
    return db.session.scalars(
        select(CheckIn)
        .join(CheckIn.plan)
        .join(FollowUpPlan.person)
        .join(FollowUpPlan.case)
        .where(Case.owner_id == owner_id, Case.closed_at.is_(None), CheckIn.done_at.is_(None), CheckIn.due_on <= until)
        .where(Person.no_contact_at.is_(None), Person.died_at.is_(None))
        .options(contains_eager(CheckIn.plan).options(contains_eager(FollowUpPlan.person), contains_eager(FollowUpPlan.case).joinedload(Case.family)))
        .order_by(CheckIn.due_on, CheckIn.id)
        .limit(size)
    ).all()
