"""The only reader of the clock, so that every hour can be tested and a year of history can be told."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

QUARTER = 15 * 60  # seconds
_travelled: ContextVar[datetime | None] = ContextVar("travelled", default=None)


def now() -> datetime:
    """This moment, aware and in UTC."""
    return _travelled.get() or datetime.now(UTC)


def today(zone: str) -> date:
    """The calendar day in a zone.

    Args:
        zone: IANA name, such as "America/Chicago".
    """
    return _day(zone, int(now().timestamp()) // QUARTER)


@lru_cache(maxsize=256)
def _day(zone: str, quarter: int) -> date:
    # A page of rows asks a few hundred times; in no zone does a day begin within a quarter of an hour.
    return datetime.fromtimestamp(quarter * QUARTER, ZoneInfo(zone)).date()


def local(moment: datetime, zone: str) -> datetime:
    """The moment on the wall clock of a zone."""
    return moment.astimezone(ZoneInfo(zone))


def is_shown(moment: datetime) -> bool:
    """Whether the clocks of a moment's own zone ever show it: in spring they jump over an hour."""
    there = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return there.replace(tzinfo=None) == moment.replace(tzinfo=None)


@contextmanager
def travel(moment: datetime) -> Iterator[None]:
    """Let `now()` answer the given aware moment inside the block (tests, and the demonstration's history)."""
    token = _travelled.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _travelled.reset(token)
