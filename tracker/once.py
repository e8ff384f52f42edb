"""One press, one effect: a form's nonce is kept in the same transaction as what it did (trust 4.2)."""

import hashlib
from datetime import timedelta
from functools import cache

from flask import g, has_request_context
from sqlalchemy import Executable, String, UniqueConstraint, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import MultiDict

from tracker import clock
from tracker.db import BigKey, Key, Model, Moment, db


class Pressed(Model):
    """A form that was pressed: whose, which nonce, what stood in it, and where its effect can be seen."""

    __tablename__ = "pressed"
    __table_args__ = (UniqueConstraint("actor", "nonce"),)

    id: Mapped[Key]
    actor: Mapped[int] = mapped_column(BigKey)
    nonce: Mapped[str] = mapped_column(String(64))
    body_sha256: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str | None] = mapped_column(String(300))
    at: Mapped[Moment]


class AnotherBody(Exception):
    """The same nonce came with other words in the form."""


def _digest(form: MultiDict[str, str]) -> str:
    pairs = sorted((name, value) for name, values in form.lists() if name != "csrf_token" for value in values)
    return hashlib.sha256(repr(pairs).encode()).hexdigest()


@cache
def _claim(dialect: str) -> Executable:
    insert = postgresql_insert if dialect == "postgresql" else sqlite_insert
    return insert(Pressed.__table__).on_conflict_do_nothing().returning(Pressed.__table__.c.id)


ANSWERED = update(Pressed.__table__).where(Pressed.__table__.c.id == bindparam("key")).values(answer=bindparam("where"))


def begin(actor: int, form: MultiDict[str, str]) -> str | None:
    """Claim a form's nonce for this transaction.

    Returns:
        None when the press is the first; else where the first one's effect can be seen ("" when it kept no place).
    Raises:
        AnotherBody: the nonce was used with other words.
    """
    nonce = form.get("nonce", "")[:64]
    if not nonce:
        return None
    claim = {"actor": actor, "nonce": nonce, "body_sha256": _digest(form), "at": clock.now()}
    claimed = db.session.connection().execute(_claim(db.engine.dialect.name), claim).scalar()
    if claimed is not None:
        g.pressed = claimed
        return None
    first = db.session.scalars(select(Pressed).where(Pressed.actor == actor, Pressed.nonce == nonce)).one()
    if first.body_sha256 != _digest(form):
        raise AnotherBody
    return first.answer or ""


def seal(answer: str | None) -> None:
    """Keep where the effect can be seen, in the effect's own transaction."""
    if answer and has_request_context() and (key := g.pop("pressed", None)):
        db.session.connection().execute(ANSWERED, {"key": key, "where": answer[:300]})


def forget() -> None:
    """Forget presses older than a day."""
    db.session.execute(delete(Pressed).where(Pressed.at < clock.now() - timedelta(hours=24)))
