"""Finding drafts again."""

from collections.abc import Sequence

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from tracker.db import db
from tracker.drafts.models import Draft, DraftKind
from tracker.staff.sessions import Actor


def find(actor: Actor, kind: DraftKind, key: str) -> Draft | None:
    """Somebody's own draft of a form."""
    return db.session.scalars(select(Draft).where(Draft.staff_id == actor.id, Draft.kind == kind.value, Draft.key == key[:64])).first()


def of(actor: Actor, kind: DraftKind | None = None, size: int = 20) -> Sequence[Draft]:
    """Somebody's own drafts, newest first."""
    query = select(Draft).where(Draft.staff_id == actor.id)
    if kind:
        query = query.where(Draft.kind == kind.value)
    return db.session.scalars(query.order_by(Draft.saved_at.desc()).limit(size)).all()


def fields(draft: Draft) -> MultiDict[str, str]:
    """The kept words, as a form reads them."""
    return MultiDict([(name, value) for name, value in draft.body])
