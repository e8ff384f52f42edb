"""What can be asked about groups, besides the finder."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.directory.groups.models import Meeting, SupportGroup
from tracker.errors import NotHere


def group_or_404(public_id: UUID) -> SupportGroup:
    """A group with its meetings. Raises NotHere."""
    query = select(SupportGroup).where(SupportGroup.public_id == public_id).options(selectinload(SupportGroup.meetings))
    found = db.session.scalars(query).first()
    if found is None:
        raise NotHere
    return found


def meeting_or_404(public_id: UUID) -> Meeting:
    """A meeting with its group. Raises NotHere."""
    found = meeting(public_id)
    if found is None:
        raise NotHere
    return found


def meeting(public_id: UUID) -> Meeting | None:
    """A meeting with its group, or None."""
    query = select(Meeting).where(Meeting.public_id == public_id).options(joinedload(Meeting.group))
    return db.session.scalars(query).first()
