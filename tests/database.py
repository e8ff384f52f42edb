"""One real database for each test process, built by the real migrations and emptied after every test.

Tests commit as the program does. An outer transaction around each test would be quicker to undo, but then BEGIN IMMEDIATE,
reading transactions and the locks of two requests would never be what they are in production.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from flask_migrate import upgrade
from sqlalchemy.engine import make_url

from tests.program import make_app
from tools.postgres import Server
from tracker.db import db, sqlite_driver

SERVER = "WAYPOINT_TEST_SERVER"  # set by the first process for the others: the address of the run's PostgreSQL
TEMPLATE_LOCK = 4_402_511
KINDS = ("sqlite", "postgresql")


def kind() -> str:
    """Which database this run is about."""
    wanted = os.environ.get("WAYPOINT_TEST_DB") or "sqlite"
    if wanted not in KINDS:
        raise SystemExit(f"WAYPOINT_TEST_DB is {wanted}; it can be {' or '.join(KINDS)}.")
    return wanted


def start_server() -> Server | None:
    """Start the run's one PostgreSQL, if the run needs one and nobody gave one."""
    if kind() != "postgresql" or os.environ.get(SERVER):
        return None
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        os.environ[SERVER] = given
        return None
    server = Server().start()
    os.environ[SERVER] = server.url()
    return server


def migrate(url: str) -> None:
    """Bring the database at an address to head, by the real migrations."""
    app = make_app(url)
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()


class OnSqlite:
    """A file, and a copy of it in memory from before the first test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "waypoint.db"
        self.url = f"sqlite:///{self.path}"
        migrate(self.url)
        self.path.chmod(0o600)
        self._file = sqlite_driver.connect(self.path)
        self._file.execute("PRAGMA synchronous=OFF")
        self._pristine = sqlite_driver.connect(":memory:")
        self._file.backup(self._pristine)
        self._seen = self._version()

    def empty(self) -> None:
        """Put everything back to how the migrations left it."""
        if self._version() != self._seen:
            self._pristine.backup(self._file)
            self._seen = self._version()

    @contextmanager
    def another(self) -> Iterator[str]:
        """The address of a database without a table in it, for a test that needs one of its own."""
        path = self.folder / f"{uuid4().hex}.db"
        yield f"sqlite:///{path}"
        for rest in self.folder.glob(f"{path.name}*"):
            rest.unlink()

    def close(self) -> None:
        self._file.close()
        self._pristine.close()

    def _version(self) -> int:
        # Changes whenever another connection has changed the file.
        return self._file.execute("PRAGMA data_version").fetchone()[0]


class OnPostgresql:
    """A database of the run's server, made from a template that was migrated once."""

    def __init__(self, worker: str) -> None:
        self._admin = psycopg.connect(plain(os.environ[SERVER]), autocommit=True)
        self.name = f"waypoint_test_{worker}"
        template = self._template()
        self._admin.execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
        self._admin.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{template}"')
        self.url = self._address(self.name)
        self._inside = psycopg.connect(plain(self.url), autocommit=True)
        self._inside.execute("SET synchronous_commit = off")
        found = self._inside.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'")
        self._tables = [f'"{name}"' for (name,) in found]
        self._clear = self._how_to_clear()

    def empty(self) -> None:
        """Take every row away."""
        self._inside.execute(self._clear)

    @contextmanager
    def another(self) -> Iterator[str]:
        """The address of a database without a table in it, for a test that needs one of its own."""
        name = f"waypoint_test_{uuid4().hex}"
        self._admin.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        try:
            yield self._address(name)
        finally:
            self._admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def close(self) -> None:
        self._inside.close()
        self._admin.execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
        self._admin.close()

    def _address(self, database: str) -> str:
        return make_url(os.environ[SERVER]).set(database=database).render_as_string(hide_password=False)

    def _template(self) -> str:
        # The run's id keeps a server that somebody gave from lending us yesterday's tables.
        name = f"waypoint_test_template_{os.environ.get('PYTEST_XDIST_TESTRUNUID', str(os.getpid()))[:12]}"
        self._admin.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        try:
            if not self._admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                self._admin.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
                migrate(self._address(name))
        finally:
            self._admin.execute("SELECT pg_advisory_unlock(%s)", [TEMPLATE_LOCK])
        return name

    def _how_to_clear(self) -> str:
        # Deleting from empty tables is far quicker than truncating them; as a superuser, keys and triggers may be passed over.
        superuser = self._inside.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
        if superuser and superuser[0]:
            self._inside.execute("SET session_replication_role = replica")
            return "BEGIN;" + ";".join(f"DELETE FROM {table}" for table in self._tables) + f";{self._count_anew()};COMMIT"
        return f"TRUNCATE {', '.join(self._tables)} RESTART IDENTITY CASCADE" if self._tables else "SELECT 1"

    def _count_anew(self) -> str:
        # Numbers begin anew in every test, as they do on SQLite.
        found = self._inside.execute("SELECT sequencename, start_value FROM pg_sequences WHERE schemaname = 'public'").fetchall()
        return "SELECT " + ", ".join(f"setval('\"{name}\"', {start}, false)" for name, start in found) if found else "SELECT 1"


def plain(url: str) -> str:
    """An address as PostgreSQL's own library reads it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def build(folder: Path) -> OnSqlite | OnPostgresql:
    """This process's database.

    Args:
        folder: where a file may lie.
    """
    return OnSqlite(folder) if kind() == "sqlite" else OnPostgresql(os.environ.get("PYTEST_XDIST_WORKER", f"p{os.getpid()}"))
