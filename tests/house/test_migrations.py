"""Migrations: one line of them, numbered, up and down and up again on rows, and in the end exactly the models."""

import ast
import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from tests.cast import assemble
from tests.house.source import ROOT, name, report
from tests.program import make_app
from tracker.db import db

VERSIONS = ROOT / "migrations" / "versions"


def files():
    """The migrations, by number."""
    found = sorted(VERSIONS.glob("*.py"))
    assert len(found) >= 3
    return found


def test_they_are_numbered_in_one_line_and_the_head_file_names_the_last():
    numbers = [path.name[:4] for path in files()]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)], "a number is missing or stands twice"
    scripts = ScriptDirectory(str(ROOT / "migrations"))
    assert scripts.get_heads() == [numbers[-1]]
    assert (ROOT / "migrations" / "HEAD").read_text().strip() == numbers[-1], "migrations/HEAD does not name the last migration"
    for path, number in zip(files(), numbers, strict=True):
        assert scripts.get_revision(number).down_revision == (f"{int(number) - 1:04}" if number != "0001" else None), path.name


def test_they_import_nothing_of_the_program_and_say_what_they_do():
    faults = []
    for path in files():
        tree = ast.parse(path.read_text())
        if not ast.get_docstring(tree):
            faults.append(f"{name(path)} has no docstring")
        for node in ast.walk(tree):
            taken = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            taken += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            faults += [f"{name(path)}:{node.lineno} imports {one}" for one in taken if re.match(r"(tracker|config|tests|tools)\b", one)]
    report(faults, "A migration stands alone: the models will have moved on when it runs again.")


@pytest.fixture
def fresh(base):
    """The program on a database of its own without a table."""
    with base.another() as url:
        app = make_app(url)
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


def here():
    """At which migration the database is."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def fill(app):
    """Rows in as many tables as can be had: the invented organisation through the real actions, or the cast alone."""
    if "demo" in app.cli.commands:
        done = app.test_cli_runner().invoke(args=["demo", "--families", "8", "--seed", "3"])
        assert done.exit_code == 0, done.output
    else:
        assemble(db.session)
    db.session.remove()


def test_each_goes_up_and_down_and_up_again_on_rows(fresh):
    upgrade()
    fill(fresh)
    for number in range(len(files()), 0, -1):
        assert here() == f"{number:04}"
        downgrade()
        upgrade(revision=f"{number:04}")
        downgrade()
    assert here() is None
    left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    assert not left, f"going down left {left}"
    upgrade()
    fill(fresh)


def test_the_models_equal_the_head(fresh):
    upgrade()

    def ours(thing, thing_name, kind, reflected, _compared):
        return not (kind == "table" and reflected and "_fts" in thing_name)

    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": ours})
        differences = compare_metadata(context, db.metadata)
    report([str(difference) for difference in differences], "The models and the migrations' head differ.")


def test_the_rows_of_every_table_are_checked_by_the_database(fresh):
    """On SQLite foreign keys are off unless asked for, so ask: no row may point at nothing."""
    upgrade()
    fill(fresh)
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
