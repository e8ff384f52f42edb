"""What tests are given: a database, the program, the named cast, clients that inspect, the served program, a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy.orm import scoped_session

from tests import database
from tests.browsing import Client
from tests.cast import Cast, assemble
from tests.invented import Invented
from tests.program import make_app
from tests.screens import Screens
from tests.serving import Served
from tools import browser as browsers
from tracker.db import db

SERVER = pytest.StashKey()


def pytest_configure(config: pytest.Config) -> None:
    """The first process starts the run's PostgreSQL, where the run is about that."""
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        config.stash[SERVER] = database.start_server()


def pytest_unconfigure(config: pytest.Config) -> None:
    """…and stops it, however the run ended."""
    server = config.stash.get(SERVER, None)
    if server:
        server.stop()


def pytest_report_header() -> str:
    return f"database: {database.kind()}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark by what a test asks for, so that a part can be chosen by `-m served` or `-m "not browser"`."""
    for item in items:
        wanted = set(getattr(item, "fixturenames", ()))
        if "served" in wanted:
            item.add_marker("served")
        if "browser" in wanted:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this process's program keeps its files."""
    place = tmp_path_factory.mktemp("var")
    place.chmod(0o700)
    return place


@pytest.fixture(scope="session")
def base(folder: Path) -> Iterator[database.OnSqlite | database.OnPostgresql]:
    """This process's database, built by the real migrations."""
    built = database.build(folder)
    yield built
    built.close()


@pytest.fixture(scope="session")
def _program(base: database.OnSqlite | database.OnPostgresql, folder: Path) -> Iterator[Flask]:
    app = make_app(base.url, folder)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(_program: Flask, base: database.OnSqlite | database.OnPostgresql) -> Iterator[Flask]:
    """The program on an empty database, which is emptied again afterwards."""
    yield _program
    base.empty()


@pytest.fixture
def db_session(app: Flask) -> Iterator[scoped_session]:
    """The session of the test itself, inside an application context. A client's request commits it first."""
    with app.app_context():
        yield db.session
        db.session.info.pop("journal", None)
        db.session.remove()


@pytest.fixture
def cast(db_session: scoped_session) -> Cast:
    """Everybody who works here (tests/cast.py), in the database."""
    return assemble(db_session)


@pytest.fixture
def client_of(app: Flask, cast: Cast) -> Callable[..., Client]:
    """Makes clients: `client_of("ben")` is signed in as Ben, `client_of()` as nobody."""
    def make(username: str = "") -> Client:
        client = Client(app)
        return client.sign_in(username) if username else client

    return make


@pytest.fixture
def client(client_of: Callable[..., Client]) -> Client:
    """One client that nobody is signed in at yet: `client.sign_in("maya")`."""
    return client_of()


@pytest.fixture
def invented(app: Flask) -> Invented:
    """The invented organisation of the demonstration instead of the cast, with a known password for everybody."""
    return Invented(app)


@pytest.fixture(scope="session")
def _served(_program: Flask, base: database.OnSqlite | database.OnPostgresql, folder: Path) -> Iterator[Served]:
    served = Served(_program, base.url, folder)
    served.start()
    yield served
    served.stop()


@pytest.fixture
def served(_served: Served, app: Flask) -> Served:
    """The real program under its server, two workers, with the cast in its database. Read rows inside `served.rows()`."""
    with _served.rows() as session:
        assemble(session)
    return _served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser; without one the test is not run, and says so."""
    found = browsers.find()
    if not found:
        pytest.skip(browsers.not_run())
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=list(browsers.ARGUMENTS))
        yield started
        started.close()


@pytest.fixture
def screens(browser: Browser, served: Served) -> Iterator[Screens]:
    """Windows at the served program (tests/screens.py); closing them asserts that none complained."""
    opened = Screens(browser, served)
    yield opened
    opened.close()
