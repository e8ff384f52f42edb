"""What can be asked about interventions."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.cases.models import Case
from tracker.db import db
from tracker.interventions.models import Intervention, InterventionMeeting


def by_public_id(public_id: UUID) -> Intervention | None:
    """An intervention with its case's id, participants and meetings; the case itself goes through its own door."""
    return db.session.scalars(
        select(Intervention)
        .where(Intervention.public_id == public_id)
        .options(joinedload(Intervention.case).load_only(Case.public_id), selectinload(Intervention.participants), selectinload(Intervention.meetings))
    ).first()


def next_meeting(case_id: int) -> InterventionMeeting | None:
    """The next meeting of a case that is not held."""
    return db.session.scalars(
        select(InterventionMeeting)
        .join(Intervention, Intervention.id == InterventionMeeting.intervention_id)
        .where(Intervention.case_id == case_id, InterventionMeeting.held_at.is_(None))
        .order_by(InterventionMeeting.at)
        .limit(1)
    ).first()


def count(case_id: int) -> int:
    """How many interventions a case has."""
    return db.session.scalar(select(func.count()).select_from(Intervention).where(Intervention.case_id == case_id)) or 0
