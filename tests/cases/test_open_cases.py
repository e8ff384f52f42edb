"""An open case without owner, team and next step (or hold) cannot exist: the database itself refuses it."""

from collections.abc import Sequence

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tracker import clock
from tracker.db import db

HELD: Sequence[str] = ("owner_id", "team_id", "next_step_at")


def refused(sql: str, **more: object) -> bool:
    """Whether the database refuses a statement."""
    try:
        with db.session.begin_nested():
            db.session.execute(text(sql), more)
    except DBAPIError:
        return True
    return False


def test_the_database_refuses_an_open_case_without_owner_or_next_step(walkers):
    db.session.commit()
    for column in HELD:
        assert refused(f"UPDATE cases SET {column} = NULL"), f"an open case could lose its {column}"
    columns = ", ".join(column.name for column in walkers.again().__table__.c if column.name not in ("id", "public_id"))
    copied = columns.replace("owner_id", "NULL", 1)
    new = "'11111111111111111111111111111111'" if db.engine.dialect.name == "sqlite" else "gen_random_uuid()"
    assert refused(f"INSERT INTO cases (id, public_id, {columns}) SELECT 999, {new}, {copied} FROM cases")
    assert not refused(f"INSERT INTO cases (id, public_id, {columns}) SELECT 998, {new}, {columns} FROM cases")


def test_a_hold_until_a_day_stands_for_the_next_step(walkers):
    db.session.commit()
    assert not refused("UPDATE cases SET next_step_at = NULL, next_step_text = NULL, hold_until = :day", day=clock.today("America/New_York").isoformat())
    assert refused("UPDATE cases SET hold_until = NULL")


@pytest.mark.parametrize("change", ["stage = 'closed'", "closed_at = opened_at", "stage = 'somewhere'", "next_step_text = ''"])
def test_it_refuses_a_case_that_is_neither_open_nor_closed(walkers, change):
    db.session.commit()
    assert refused(f"UPDATE cases SET {change}")
