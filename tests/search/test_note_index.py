"""The full text index: made from notes that were there, taken away again, and left alone by the next migration."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from tests.casefile.walkers import log, make_walkers
from tests.cast import assemble
from tests.program import make_app
from tracker import journal
from tracker.db import db
from tracker.search.asked import understand
from tracker.search.queries import find
from tracker.staff import queries as staff
from tracker.staff.actions import as_staff

BEFORE = "0013"


@pytest.fixture
def noted(base):
    """A database of its own, with a note in it."""
    with base.another() as url:
        app = make_app(url)
        with app.app_context():
            upgrade()
            cast = assemble(db.session)
            log(make_walkers(cast), cast, "He has not touched the piano since spring.")
            journal.commit()
            db.session.remove()
            yield
            db.session.remove()
            db.engine.dispose()


def found_by_maya(typed):
    """What the box finds for her."""
    return find(understand(typed), as_staff(staff.by_username("maya")))


def tables():
    return {name for name in inspect(db.engine).get_table_names() if "_fts" in name}


def test_notes_that_were_there_before_are_found_after(noted):
    downgrade(revision=BEFORE)
    assert not tables()
    upgrade()
    assert "contacts_fts" in tables()
    assert [note.around[1] for note in found_by_maya("piano").notes] == ["piano"]
    assert not found_by_maya("violin").notes


def test_groups_that_were_there_before_are_found_after(noted):
    downgrade(revision="0014")
    moment = "2026-11-01 12:00:00+00:00" if db.engine.dialect.name == "postgresql" else "2026-11-01 12:00:00"
    values = f"'{'0' * 31}1', 'Café  Espérance', 'al_anon', false, '', '', '', 'staff', 'k', '', '{moment}', 1"
    columns = "public_id, name, fellowship, medication_friendly, cost, website, report_url, source_system, source_key, source_org, created_at, version"
    db.session.execute(text(f"INSERT INTO support_groups ({columns}) VALUES ({values})"))
    db.session.commit()
    db.session.remove()
    upgrade()
    assert [group.name for group in found_by_maya("esperance cafe").groups] == ["Café  Espérance"]


def test_the_next_migration_would_leave_the_index_alone(noted):
    """As the real env.py compares, which is what `flask db migrate` writes from; no file is written here."""
    config, differences = current_app.extensions["migrate"].migrate.get_config(), []

    def compare(_revision, context):
        differences.extend(compare_metadata(context, db.metadata))
        return []

    script = ScriptDirectory.from_config(config)
    with EnvironmentContext(config, script, fn=compare):
        script.run_env()
    assert tables() and not differences, differences
