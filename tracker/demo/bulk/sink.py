"""Where rows of the quick way go: kept until there are thousands, then written parents first, with the journal sealed in order."""

import os
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Table, insert, text

from tracker import journal
from tracker.db import db
from tracker.journal import actions as sealing
from tracker.journal import queries as sealed
from tracker.journal.chain import START

MOST = 8_000  # rows of history kept before they are written: some tens of megabytes


class Sink:
    """Takes rows in the order of their moments."""

    def __init__(self, base: datetime) -> None:
        self.base = base
        self.rows: dict[Table, list[dict[str, Any]]] = {}
        self.lines: list[dict[str, Any]] = []
        self.order = [table for table in db.metadata.sorted_tables if table is not journal.Entry.__table__]
        self.keys: dict[str, int] = {}
        self.written: set[str] = set()
        self.ids = 0

    def moment(self, minutes: int) -> datetime:
        """A moment from whole minutes since the organisation's first day."""
        return self.base + timedelta(minutes=minutes)

    def key(self, table: str) -> int:
        """The next key of a table."""
        self.keys[table] = self.keys.get(table, 0) + 1
        return self.keys[table]

    def public_id(self) -> UUID:
        """An id for addresses: random behind a count, so that each lies at the end of its index and few pages of it are touched at a time."""
        self.ids += 1
        return UUID(int=(self.ids << 80) | (4 << 76) | (2 << 62) | (int.from_bytes(os.urandom(9)) >> 10))

    def add(self, model: Any, /, **row: Any) -> None:
        """Keep a row; it is written with the next thousands. Rows of one table name the same columns."""
        if "public_id" in model.__table__.c and "public_id" not in row:
            row["public_id"] = self.public_id()
        self.rows.setdefault(model.__table__, []).append(row)

    def tell(self, tag: str, at: datetime, by: int | None, about: tuple[str, str], case_id: int | None, /, **facts: Any) -> None:
        """Keep a line of the journal, by the tag of its verb."""
        verb = journal.VERBS[tag]
        line = {
            "at": at,
            "kind": verb.kind,
            "verb": verb.tag,
            "actor_id": by,
            "session_id": None,
            "about": about,
            "case": None,
            "case_id": case_id,
            "facts": facts,
        }
        self.lines.append(line)
        if len(self.lines) >= MOST:
            self.write()

    def write(self) -> None:
        """Write what is kept, and commit."""
        if not self.lines and not self.rows:
            return
        connection = db.session.connection()
        for table in self.order:
            if rows := self.rows.pop(table, None):
                connection.execute(insert(table), rows)
                self.written.add(table.name)
        head = sealed.head()
        number, before = (head.number, head.mac) if head else (0, START)
        connection.execute(insert(journal.Entry.__table__), sealing.seal(self.lines, number, before, sealing.audit_key()))
        self.lines = []
        db.session.commit()

    def finish(self) -> None:
        """Write the rest, and let the database's own counters and statistics know of the keys."""
        self.write()
        if db.engine.dialect.name == "postgresql":
            for table in sorted(name for name in self.written if "id" in db.metadata.tables[name].c):
                db.session.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"))  # noqa: S608
            db.session.commit()
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("ANALYZE"))
