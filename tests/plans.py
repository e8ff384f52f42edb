"""How an engine would run what was asked."""

from contextlib import contextmanager

from sqlalchemy import event, text

from tracker.db import db


@contextmanager
def asked():
    """The statements that are run meanwhile, with their values."""
    found = []

    def note(_connection, _cursor, statement, parameters, _context, _many):
        found.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    yield found
    event.remove(db.engine, "before_cursor_execute", note)


def plan(statement, parameters):
    """How the engine would run it, line by line."""
    sqlite = db.engine.dialect.name == "sqlite"
    connection = db.session.connection()
    if sqlite:
        return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    # On a small table a walk is always cheaper: forbid it, and see whether an index can answer.
    for setting in ("enable_seqscan", "enable_sort", "enable_bitmapscan"):
        db.session.execute(text(f"SET LOCAL {setting} = off"))
    return [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]
