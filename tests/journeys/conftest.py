"""The invented organisation on a Tuesday morning, once for all the tests of a file that look at it."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.database import OnPostgresql, OnSqlite
from tests.invented import Invented
from tests.journeys.stopped_clock import Stopped
from tests.screens import Screens

MORNING = datetime(2026, 11, 24, 10, 14, tzinfo=ZoneInfo("America/New_York"))


@pytest.fixture(scope="module")
def organisation(_program: Flask, base: OnSqlite | OnPostgresql) -> Iterator[Invented]:
    """The organisation of the demonstration, as its history stands that morning."""
    yield Invented(_program, families=25, on=MORNING.date())
    base.empty()


@pytest.fixture(scope="module")
def stopped(_program: Flask, organisation: Invented) -> Iterator[Stopped]:
    """The program, in which it is always that morning."""
    served = Stopped(_program, MORNING)
    served.start()
    yield served
    served.stop()


@pytest.fixture
def windows(browser: Browser, stopped: Stopped) -> Iterator[Screens]:
    """Windows at it; closing them asserts that none complained."""
    opened = Screens(browser, stopped)
    yield opened
    opened.close()
