"""Reasons not to serve that the database gives (trust 1.8: 3, 4, 5, 6, 8)."""

import os
import stat

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from tracker import db as ground
from tracker.db import db


class WillNotServe(Exception):
    """The program refuses to start; the message is one plain sentence."""


def check_database(app: Flask) -> None:
    """Refuse to serve on a database that could lose or show what it keeps.

    Raises:
        WillNotServe: with the sentence to print.
    """
    settings = app.config["WAYPOINT"]
    if settings.sqlite and settings.sqlite_journal == "wal" and not ground.sqlite_may_use_wal():
        raise WillNotServe("This SQLite can corrupt a write-ahead log. Leave WAYPOINT_SQLITE_JOURNAL at auto, or install a newer SQLite.")
    try:
        with db.engine.connect() as connection:
            if settings.sqlite:
                _sqlite(connection)
            else:
                _postgresql(connection)
            _schema(connection)
    except OperationalError as cause:
        raise WillNotServe("The database does not answer. Check DATABASE_URL, and that the server runs.") from cause


def _sqlite(connection: object) -> None:
    read = lambda name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()  # type: ignore[attr-defined]  # noqa: E731
    if read("synchronous") != 2 or read("foreign_keys") != 1:
        raise WillNotServe("SQLite is not set to synchronous=FULL with foreign keys on; a saved note could be lost.")
    file = db.engine.url.database
    if file and file != ":memory:" and os.path.exists(file):
        mode = stat.S_IMODE(os.stat(file).st_mode)
        if mode & 0o077:
            raise WillNotServe(f"Others can read the database file. Run: chmod 600 {file}")


def _postgresql(connection: object) -> None:
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        if connection.execute(text(f"SHOW {name}")).scalar() == "off":  # type: ignore[attr-defined]
            raise WillNotServe(f"PostgreSQL runs with {name} off; a saved note could be lost. Turn it on.")


def _schema(connection: object) -> None:
    scripts = ScriptDirectory(str(current_app.extensions["migrate"].directory))
    at = MigrationContext.configure(connection).get_current_revision()  # type: ignore[arg-type]
    if at != scripts.get_current_head():
        raise WillNotServe("The database is not at the program's version. Run: flask db upgrade")
