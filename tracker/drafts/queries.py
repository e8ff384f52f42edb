"""Finding drafts again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from werkzeug.datastructures import MultiDict

from tracker.db import ask, db
from tracker.drafts.models import Draft, DraftKind
from tracker.staff.sessions import Actor


def find(actor: Actor, kind: DraftKind, key: str) -> Draft | None:
    """Somebody's own draft of a form."""
    return db.session.scalars(select(Draft).where(Draft.staff_id == actor.id, Draft.kind == kind.value, Draft.key == key[:64])).first()


@dataclass(slots=True)
class Kept:
    """What a list shows of a draft: not the words."""

    kind: str
    key: str
    saved_at: datetime


KEPT = select(Draft.kind, Draft.key, Draft.saved_at).where(Draft.staff_id == bindparam("me")).order_by(Draft.saved_at.desc()).limit(bindparam("size"))


def of(actor: Actor, size: int = 20) -> list[Kept]:
    """Somebody's own drafts, newest first, without what is in them."""
    return [Kept(*row) for row in ask(KEPT, {"me": actor.id, "size": size})]


def fields(draft: Draft) -> MultiDict[str, str]:
    """The kept words, as a form reads them."""
    return MultiDict([(name, value) for name, value in draft.body])
