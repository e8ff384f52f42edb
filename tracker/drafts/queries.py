"""Finding drafts again."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from werkzeug.datastructures import MultiDict

from tracker import sealed
from tracker.db import ask, db
from tracker.drafts.models import SEAL, Draft, DraftKind
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


@cache
def _of(of_kind: bool) -> Select[Any]:
    query = select(Draft.kind, Draft.key, Draft.saved_at).where(Draft.staff_id == bindparam("me"))
    return (query.where(Draft.kind == bindparam("kind")) if of_kind else query).order_by(Draft.saved_at.desc()).limit(bindparam("size"))


def of(actor: Actor, kind: DraftKind | None = None, size: int = 20) -> list[Kept]:
    """Somebody's own drafts, newest first, without what is in them."""
    return [Kept(*row) for row in ask(_of(kind is not None), {"me": actor.id, "kind": kind.value if kind else "", "size": size})]


def fields(draft: Draft) -> MultiDict[str, str]:
    """The kept words, as a form reads them; none when they were sealed with a key that is gone."""
    body = json.loads(sealed.open_(draft.body, SEAL) or "[]") if isinstance(draft.body, str) else draft.body
    return MultiDict([(name, value) for name, value in body])
