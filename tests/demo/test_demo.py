"""`flask demo`: the same twice, into an empty database only, and everybody's password shown once."""

import re

from sqlalchemy import Uuid, select

from tests.browsing import Client
from tests.database import migrate
from tests.demo.test_invariants import ON, fill
from tests.program import make_app
from tracker import clock
from tracker.db import db
from tracker.journal.models import Entry

# What may differ between two tellings: ids for URLs, secrets, salts and seals, and what is made from an id.
DIFFERS = {
    "public_id", "password_hash", "salt", "commitment", "prev", "mac", "about_id", "source_key", "steps_done",
    "token_sha256", "code_sealed", "token_sealed", "message_id", "lease_by",
}  # fmt: skip


def rows(app):
    """Every row of every table as text, without what may differ."""
    with app.app_context():
        found = {}
        for table in db.metadata.sorted_tables:
            columns = [column for column in table.c if column.name not in DIFFERS and not isinstance(column.type, Uuid)]
            found[table.name] = [tuple(map(str, row)) for row in db.session.execute(select(*columns).order_by(*table.primary_key.columns))]
        db.session.remove()
    return found


def told_anew(base, folder):
    """The rows of a telling into a database of its own."""
    with base.another() as url:
        migrate(url)
        other = make_app(url, folder)
        fill(other, 12)
        found = rows(other)
        with other.app_context():
            db.engine.dispose()
    return found


def test_the_same_seed_and_day_tell_the_same(base, folder):
    first, second = told_anew(base, folder), told_anew(base, folder)
    assert {name: len(one) for name, one in first.items()} == {name: len(one) for name, one in second.items()}
    for name, one in first.items():
        assert one == second[name], name


def test_a_database_that_is_not_empty_is_refused(app, cast):
    done = app.test_cli_runner().invoke(args=["demo", "--families", "3"])
    assert done.exit_code == 2
    assert "not empty" in done.output and len(done.output.strip().splitlines()) == 1


def test_everybody_is_shown_once_and_can_sign_in(app):
    said = fill(app, 3)
    shown = dict(re.findall(r"(\w+)\s+([a-z0-9]{5}(?:-[a-z0-9]{5}){3})$", said, re.MULTILINE))
    assert len(shown) == 10
    client = Client(app).sign_in("maya", shown["maya"])
    client.get("/today")


def test_nothing_is_told_from_the_day_on(app):
    fill(app, 27)
    with app.app_context():
        newest = db.session.scalar(select(Entry.at).order_by(Entry.at.desc()).limit(1))
        assert clock.local(newest, "America/New_York").date() < ON
        db.session.remove()
