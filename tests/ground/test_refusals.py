"""Reasons not to serve that database, journal and routes give (trust 1.8)."""

import os
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Blueprint

import tracker
from tests import database
from tests.program import make_app
from tracker import clock, journal, startup
from tracker import db as ground
from tracker.db import db
from tracker.staff.actions import PASSWORD_SET
from tracker.startup import WillNotServe

on_sqlite = pytest.mark.skipif(database.kind() != "sqlite", reason="about SQLite's file and pragmas; PostgreSQL has its own test beside it")
on_postgresql = pytest.mark.skipif(database.kind() != "postgresql", reason="about PostgreSQL's settings; SQLite has its own test beside it")


def refusal(app) -> str:
    with pytest.raises(WillNotServe) as refused:
        tracker.refuse_to_serve(app)
    return str(refused.value)


@pytest.fixture
def fresh(base, folder, app):
    """The program once more, on the same database, free to be broken."""
    return make_app(base.url, folder)


def test_a_sound_program_serves(fresh):
    tracker.refuse_to_serve(fresh)


def test_a_page_without_a_policy_keeps_everybody_out(fresh):
    room = Blueprint("loose", __name__)
    room.add_url_rule("/loose", "end", lambda: "open to all")
    fresh.register_blueprint(room)
    assert "loose.end" in refusal(fresh)
    assert fresh.test_client().get("/loose", base_url="http://127.0.0.1:8000").status_code == 404


def test_debug_keeps_it_from_serving(fresh):
    fresh.debug = True
    assert "Debug is on" in refusal(fresh)


def test_a_database_of_another_version_is_refused(fresh, base):
    with fresh.app_context(), db.engine.begin() as connection:
        before = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
    try:
        assert "flask db upgrade" in refusal(fresh)
    finally:
        with fresh.app_context(), db.engine.begin() as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = :was"), {"was": before})


def test_a_journal_sealed_with_another_key_is_refused(fresh, cast, db_session):
    journal.record(PASSWORD_SET, by=cast.actor("maya"), about=cast.maya, name="Maya")
    journal.commit()
    fresh.config["WAYPOINT"] = replace(fresh.config["WAYPOINT"], audit_key="another key of thirty-two bytes, at least")
    assert "WAYPOINT_AUDIT_KEY" in refusal(fresh)


def test_a_clock_behind_the_journal_is_refused(fresh, cast, db_session):
    with clock.travel(clock.now() + timedelta(minutes=6)):
        journal.record(PASSWORD_SET, by=cast.actor("maya"), about=cast.maya, name="Maya")
        journal.commit()
    assert "clock" in refusal(fresh)
    with clock.travel(clock.now() + timedelta(minutes=2)):
        tracker.refuse_to_serve(fresh)


@on_sqlite
def test_a_file_that_others_can_read_is_refused(fresh, base):
    file = base.url.removeprefix("sqlite:///")
    os.chmod(file, 0o644)
    try:
        assert "chmod 600" in refusal(fresh)
    finally:
        os.chmod(file, 0o600)


@on_sqlite
def test_a_new_database_file_is_private_from_its_first_moment(tmp_path):
    app = make_app(f"sqlite:///{tmp_path / 'new' / 'waypoint.db'}", tmp_path)
    with app.app_context():
        db.engine.dispose()
    assert (tmp_path / "new" / "waypoint.db").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


@on_sqlite
def test_every_connection_syncs_fully_and_keeps_foreign_keys(fresh):
    with fresh.app_context(), db.engine.connect() as connection:
        wanted = {"synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "trusted_schema": 0, "busy_timeout": 5000}
        assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == wanted


@on_sqlite
def test_weaker_pragmas_are_refused(fresh):
    with fresh.app_context():
        sa.event.listen(db.engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys=OFF"))
        db.engine.dispose()
    assert "foreign keys on" in refusal(fresh)


@on_sqlite
@pytest.mark.parametrize(("version", "safe"), [((3, 40, 1), False), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 52, 0), False), ((3, 53, 4), True)])
def test_the_write_ahead_log_is_used_only_where_it_is_sound(monkeypatch, version, safe):
    monkeypatch.setattr(ground.sqlite_driver, "sqlite_version_info", version)
    assert ground.sqlite_may_use_wal() is safe


@on_sqlite
def test_a_forced_log_on_an_unsound_sqlite_is_refused(fresh, monkeypatch):
    old = fresh.config["WAYPOINT"]
    fresh.config["WAYPOINT"] = old.__class__(sqlite_journal="wal", audit_key=old.audit_key, database_url=old.database_url)
    monkeypatch.setattr(ground.sqlite_driver, "sqlite_version_info", (3, 40, 1))
    assert "WAYPOINT_SQLITE_JOURNAL" in refusal(fresh)


@on_sqlite
def test_below_the_sound_version_the_program_keeps_a_rollback_journal(monkeypatch, tmp_path):
    monkeypatch.setattr(ground.sqlite_driver, "sqlite_version_info", (3, 40, 1))
    app = make_app(f"sqlite:///{tmp_path / 'old.db'}", tmp_path)
    with app.app_context(), db.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"


@on_postgresql
@pytest.mark.parametrize("setting", ["synchronous_commit"])
def test_a_server_that_may_lose_what_it_acknowledged_is_refused(fresh, setting):
    with fresh.app_context():
        sa.event.listen(db.engine, "connect", lambda connection, _: (connection.execute(f"SET {setting} = off"), connection.commit()))
        db.engine.dispose()
    assert setting in refusal(fresh)


def test_fsync_and_full_pages_are_asked_for_too():
    """The two that no session can turn off are read with the same loop; a server without them answers as this one."""

    class Server:
        def __init__(self, off: str) -> None:
            self.off = off

        def execute(self, statement):
            name = str(statement).removeprefix("SHOW ")
            return type("Answer", (), {"scalar": lambda _self: "off" if name == self.off else "on"})()

    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        with pytest.raises(WillNotServe, match=name):
            startup._postgresql(Server(name))
