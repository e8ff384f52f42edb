"""The journal: one line a deed, sealed to the one before, and the first touched line is named."""

import random

import pytest
import sqlalchemy as sa

from tests import database
from tests.program import KEYS
from tracker import journal
from tracker.db import db
from tracker.journal import Entry, Kind, chain, queries
from tracker.staff.actions import PASSWORD_SET, SIGNED_IN

KEY = KEYS["WAYPOINT_AUDIT_KEY"].encode()


def rows(count: int) -> list[dict]:
    """An invented chain of lines, sealed as the program seals them."""
    from datetime import UTC, datetime, timedelta

    lines = [
        {"at": datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n), "kind": Kind.ACCESS, "verb": "staff.signed_in", "actor_id": n % 7, "session_id": None,
         "about": ("staff", str(n)), "case": None, "case_id": None, "facts": {"n": n, "name": "Ñandú"}}
        for n in range(count)
    ]
    return journal.actions.seal(lines, 0, chain.START, KEY)


def test_an_untouched_chain_holds():
    assert chain.verify(KEY, rows(500)) == chain.Verdict(500)


def flip(lines, at):
    lines[at]["verb"] = "staff.signed_out"


def payload(lines, at):
    lines[at]["facts"] = {"n": -1}


def delete(lines, at):
    del lines[at]


def swap(lines, at):
    other = at - 1 if at else at + 1
    for name in ("at", "actor_id", "facts", "salt", "commitment", "about_id"):
        lines[at][name], lines[other][name] = lines[other][name], lines[at][name]


def insert(lines, at):
    lines.insert(at, {**lines[at], "actor_id": 99})


def recommit(lines, at):
    lines[at]["facts"] = {"n": 0.5}
    lines[at]["commitment"] = chain.commitment(lines[at]["salt"], lines[at]["facts"])


def rewrite(lines, at):
    lines[at]["actor_id"] = 42
    before = lines[at]["prev"]
    for line in lines[at:]:
        line["prev"] = before
        before = line["mac"] = chain.mac(b"a key that somebody made up for this", line)


@pytest.mark.parametrize("harm", [flip, payload, delete, swap, insert, recommit, rewrite])
def test_a_hundred_tamperings_are_found_and_the_line_is_named(harm):
    chance = random.Random(7)
    for _ in range(15):
        lines = rows(60)
        at = chance.randrange(1, 58)
        harm(lines, at)
        verdict = chain.verify(KEY, lines)
        assert not verdict.whole
        first = {swap: at, insert: at + 1}.get(harm, at + 1)
        assert verdict.broken == first or (harm is insert and verdict.broken in (at + 1, at + 2)), (harm.__name__, at, verdict)


def test_an_erased_payload_breaks_nothing():
    lines = rows(20)
    lines[5]["facts"] = None
    assert chain.verify(KEY, lines).whole


def test_a_commitment_tells_nothing_of_its_payload():
    one, other = rows(2), rows(2)
    assert one[0]["commitment"] != other[0]["commitment"]


def test_deeds_are_written_with_their_line_or_not_at_all(cast, db_session):
    cast.maya.theme = "dark"
    journal.record(PASSWORD_SET, by=cast.actor("maya"), about=cast.maya, name="Maya")
    db_session.rollback()
    db_session.info.pop("journal")
    journal.commit()
    assert queries.head() is None and db_session.get(type(cast.maya), cast.maya.id).theme == ""


def test_lines_are_numbered_without_a_gap(cast, db_session):
    for _ in range(5):
        journal.record(SIGNED_IN, by=cast.actor("ben"), about=cast.ben)
        journal.record(SIGNED_IN, by=cast.actor("maya"), about=cast.maya)
        journal.commit()
    assert list(db_session.scalars(sa.select(Entry.number).order_by(Entry.number))) == list(range(1, 11))
    assert queries.verify(KEY) == chain.Verdict(10)


def test_the_database_itself_refuses_to_change_or_cut_the_journal(cast, db_session):
    journal.record(SIGNED_IN, by=cast.actor("maya"), about=cast.maya, name="Maya")
    journal.commit()
    for statement in ("DELETE FROM journal", "UPDATE journal SET verb = 'staff.signed_out'", "UPDATE journal SET facts = '{\"n\": 1}'"):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), db.engine.begin() as connection:
            connection.execute(sa.text(statement))
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE journal SET facts = NULL"))
    assert queries.verify(KEY).whole


def test_the_command_names_the_first_broken_line(app, cast, db_session):
    for _ in range(3):
        journal.record(SIGNED_IN, by=cast.actor("maya"), about=cast.maya)
    journal.commit()
    sound = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert sound.exit_code == 0 and "3 lines" in sound.output
    db_session.remove()
    with db.engine.begin() as connection:
        trigger = "DROP TRIGGER journal_unchanged" + (" ON journal" if database.kind() == "postgresql" else "")
        connection.execute(sa.text(trigger))
        connection.execute(sa.text("UPDATE journal SET actor_id = NULL WHERE number = 2"))
    broken = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert broken.exit_code == 1 and "line 2" in broken.output
    _mend()


def _mend() -> None:
    import importlib.util

    from config import HERE

    spec = importlib.util.spec_from_file_location("m0003", HERE / "migrations/versions/0003_journal.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    trigger = made.TRIGGERS_POSTGRESQL[1] if database.kind() == "postgresql" else made.TRIGGERS_SQLITE[1]
    with db.engine.begin() as connection:
        connection.execute(sa.text("SELECT count(*) FROM journal"))  # another connection of the pool may still think that the trigger is there
        connection.execute(sa.text(trigger))
