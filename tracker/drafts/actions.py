"""Keeping, using up and throwing away drafts. Drafts are nobody's deed yet, so the journal does not tell of them."""

import json
from datetime import timedelta

from flask import current_app
from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from werkzeug.datastructures import MultiDict

from tracker import clock, sealed
from tracker.db import db
from tracker.drafts.models import SEAL, Draft, DraftKind
from tracker.moves import Refused
from tracker.staff.sessions import Actor

LARGEST = 200_000  # characters
MOST = 100  # drafts of one person
NEVER_KEPT = {"csrf_token", "nonce", "version", "password", "current"}


D = Draft.__table__.c
MINE = D.staff_id == bindparam("me")
THIS = (D.kind == bindparam("what")) & (D.key == bindparam("which"))
OTHERS = select(func.count()).select_from(Draft.__table__).where(MINE, ~THIS)
USED_UP = delete(Draft.__table__).where(MINE, THIS)


def keep(actor: Actor, kind: DraftKind, key: str, form: MultiDict[str, str]) -> None:
    """Keep the words of a form, in place of those kept before.

    Raises:
        Refused: they are more than can be kept, or there are too many drafts; none that is kept is ever pushed out.
    """
    body = [[name, value] for name, values in form.lists() if name not in NEVER_KEPT for value in values if value]
    if sum(len(name) + len(value) for name, value in body) > LARGEST:
        raise Refused(None, "This is more than a draft can hold. Save it, or make it shorter.")
    if any("\x00" in value for _, value in body):
        raise Refused(None, "There is a character in it that cannot be kept.")
    if db.session.connection().execute(OTHERS, {"me": actor.id, "what": kind.value, "which": key[:64]}).scalar_one() >= MOST:
        raise Refused(None, f"{MOST} drafts are kept for you already. Finish one, or throw one away.")
    insert = postgresql_insert if db.engine.dialect.name == "postgresql" else sqlite_insert
    words = sealed.close(json.dumps(body), SEAL)  # half a call lies in it: at rest nobody reads it without the key
    row = insert(Draft).values(staff_id=actor.id, kind=kind.value, key=key[:64], body=words, saved_at=clock.now())
    db.session.execute(
        row.on_conflict_do_update(index_elements=[Draft.staff_id, Draft.kind, Draft.key], set_={"body": row.excluded.body, "saved_at": row.excluded.saved_at})
    )


def use_up(actor: Actor, kind: DraftKind, key: str) -> None:
    """The words were saved where they belong (or thrown away): the draft goes."""
    db.session.connection().execute(USED_UP, {"me": actor.id, "what": kind.value, "which": key[:64]})


def purge() -> None:
    """Throw away the drafts that nobody came back to within the days of the setting."""
    oldest = clock.now() - timedelta(days=current_app.config["WAYPOINT"].draft_days)
    db.session.execute(delete(Draft).where(Draft.saved_at < oldest))
