"""What Today asks starts at an index of one owner's open cases: no walk over all cases, no sorting of what was found."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event, text

from tracker import clock
from tracker.db import db
from tracker.desk import queries
from tracker.desk.queries import Bounds, Show

ZONE = "America/New_York"


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


DEEDS = {
    "pressing": lambda actor, bounds: queries.pressing(actor, bounds),
    "ahead": lambda actor, bounds: queries.ahead(actor, bounds, Show.ALL),
    "calls ahead": lambda actor, bounds: queries.ahead(actor, bounds, Show.CALLS),
    "sums": lambda actor, bounds: queries.sums(actor, bounds, 14),
}


@pytest.mark.parametrize("deed", list(DEEDS))
def test_it_starts_at_an_index_of_my_open_cases(cast, db_session, deed):
    with clock.travel(clock.now()), asked() as statements:
        DEEDS[deed](cast.actor("maya"), Bounds.of(ZONE))
    statement, parameters = next((said, values) for said, values in statements if "FROM cases" in said)
    lines = plan(statement, parameters)
    told = "\n".join(lines)
    assert "ix_cases_owner" in told, told
    assert not [line for line in lines if line.startswith("SCAN cases") or "Seq Scan on cases" in line], told
    if "ORDER BY" in statement:
        assert "TEMP B-TREE FOR ORDER BY" not in told, told
        assert not [line for line in lines if line.strip().lstrip("->").strip().startswith("Sort ")], told
