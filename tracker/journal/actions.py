"""Writing the journal: lines are buffered by the rooms' actions and sealed into the chain by commit()."""

import secrets
from datetime import date, datetime
from typing import Any, Protocol

from flask import current_app
from sqlalchemy import Connection, insert, select, text

from tracker import clock, once
from tracker.db import db, reading
from tracker.journal import chain
from tracker.journal.models import Entry, Kind
from tracker.journal.verbs import Verb, verb
from tracker.words import Words

VIEWED = verb("record.viewed", Kind.VIEWING, "eye", "Opened {what}")
LOCK = 7_240_117  # the advisory lock of the chain on PostgreSQL, always taken last
LOCKED = text("SELECT pg_advisory_xact_lock(:lock)")
HEAD = select(Entry.number, Entry.mac).order_by(Entry.number.desc()).limit(1)
LINES = insert(Entry.__table__)


class Someone(Protocol):
    """Whoever acts: a member of staff and the session in which it happens (None: the program itself)."""

    id: int | None
    session_id: str | None


def _plain(value: Any) -> Any:
    if isinstance(value, Words):
        return value.label
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple | set):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def record(verb: Verb, *, by: Someone, about: Any, case: Any = None, case_id: int | None = None, **facts: Any) -> None:
    """Buffer one line about a deed; commit() writes it in the same transaction as the deed.

    Args:
        verb: the room's verb.
        by: who acts.
        about: the row that the deed is about (its table and public id are kept), or a plain "type:id" text.
        case: the case it belongs to, as a row or by `case_id`; None when it belongs to none.
        facts: what the sentence tells; enum members are kept as their labels, moments and days in ISO form.
    """
    line = {
        "at": clock.now(),
        "kind": verb.kind,
        "verb": verb.tag,
        "actor_id": by.id,
        "session_id": by.session_id,
        "about": about,
        "case": case,
        "case_id": case_id,
        "facts": {name: _plain(value) for name, value in facts.items()},
    }
    db.session.info.setdefault("journal", []).append(line)


def viewed(about: Any, *, by: Someone, what: str, case: Any = None, case_id: int | None = None) -> None:
    """Buffer one Viewing: somebody opened a case, a person, a print or a packet.

    Args:
        what: the page in words without any name, such as "the case page".
    """
    db.session.info["viewing"] = True
    record(VIEWED, by=by, about=about, case=case, case_id=case_id, what=what)


def only_viewings() -> None:
    """Forget the buffered deeds: they were refused, and nothing is told of them. That somebody saw the record stays."""
    pending = db.session.info.get("journal", [])
    pending[:] = [line for line in pending if line["kind"] is Kind.VIEWING]


def commit(to: str | None = None) -> None:
    """Seal the buffered lines into the chain as the last step, then commit the database.

    A page that only recorded a Viewing has read in a reading transaction; it is ended here and the line is written
    in a short one of its own, so that no page is drawn while a write lock is held.

    Args:
        to: where the deed can be seen; a second press of the same form is answered with it.
    """
    pending = db.session.info.pop("journal", [])
    if pending and reading():
        _seal_apart(pending)
        return
    db.session.flush()
    once.seal(to)
    if pending:
        _seal(db.session.connection(), pending)
    db.session.commit()


def _seal_apart(pending: list[dict[str, Any]]) -> None:
    for line in pending:
        line["about"] = _name(line["about"])
        line["case_id"] = line["case"].id if line["case"] is not None else line["case_id"]
        line["case"] = None
    db.session.rollback()
    with db.engine.begin() as connection:
        _seal(connection, pending)


def _name(about: Any) -> tuple[str, str]:
    if isinstance(about, tuple):
        return about
    if isinstance(about, str):
        kind, _, key = about.partition(":")
        return kind, key[:64]
    key = getattr(about, "public_id", None) or getattr(about, "id", "")
    return about.__tablename__, str(key)


def _seal(connection: Connection, pending: list[dict[str, Any]]) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(LOCKED, {"lock": LOCK})
    head = connection.execute(HEAD).first()
    number, before = (head.number, head.mac) if head else (0, chain.START)
    connection.execute(LINES, seal(pending, number, before, audit_key()))


def seal(lines: list[dict[str, Any]], number: int, before: str, key: bytes) -> list[dict[str, Any]]:
    """Turn buffered lines into rows of the chain.

    Args:
        lines: as record() buffers them.
        number: number of the last line of the chain, 0 when it is empty.
        before: its MAC.
        key: the audit key.
    """
    rows = []
    for line in lines:
        number += 1
        about_type, about_id = _name(line["about"])
        case = line.get("case")
        salt = secrets.token_hex(16)
        row = {
            "number": number,
            "at": line["at"],
            "kind": line["kind"],
            "verb": line["verb"],
            "actor_id": line["actor_id"],
            "session_id": line["session_id"],
            "about_type": about_type,
            "about_id": about_id,
            "case_id": case.id if case is not None else line["case_id"],
            "facts": line["facts"],
            "salt": salt,
            "commitment": chain.commitment(salt, line["facts"]),
            "prev": before,
        }
        before = row["mac"] = chain.mac(key, row)
        rows.append(row)
    return rows


def audit_key() -> bytes:
    """The key of the chain, from the settings, never from the database."""
    return current_app.config["WAYPOINT"].audit_key.encode()
