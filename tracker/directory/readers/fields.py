"""Single values of a listing, cleaned and checked. Weekdays and clock times are not here: each source counts its own way."""

import html
import math
import re
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from tracker.directory.readers.rows import Bad

SLUG, NAME, LINE, LINK, NOTES = 64, 255, 255, 1000, 4000
TYPES = 40

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_STAMP = re.compile(r"(\d{4})-(\d{2})-(\d{2})[ T]?(\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(?:Z|\+00:00)?")
_US_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_US_TAIL = re.compile(r"([^,]*),\s*([A-Z]{2})\s+(\d{5})(?:-\d{4})?\b")


def text(value: Any, called: str, limit: int) -> str:
    """A value as clean text: HTML entities unescaped, ends trimmed, line breaks plain.

    Raises:
        Bad: not text, too long, or with NUL, other control characters or broken characters inside.
    """
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Bad(f"{called} is not text.")
    said = html.unescape(str(value)).replace("\r\n", "\n").replace("\r", "\n").strip()
    if _UNFIT.search(said):
        raise Bad(f"{called} holds a character that cannot be kept, such as NUL.")
    if len(said) > limit:
        raise Bad(f"{called} is longer than {limit} characters.")
    return said


def shown(value: Any) -> str:
    """A value that was refused, short and with only characters that can be shown."""
    return "".join(sign if sign.isprintable() else "?" for sign in str(value)[:SLUG])


def slug(value: Any) -> str:
    """The key of a meeting in its feed: text or a whole number, at most 64 characters, without spaces. Raises Bad."""
    if isinstance(value, float):
        raise Bad("The slug is not text or a whole number.")
    said = text(value, "The slug", SLUG)
    if not said:
        raise Bad("It has no slug, so a later file could not be matched with it.")
    if any(sign.isspace() for sign in said):
        raise Bad("The slug has a space in it.")
    return said


def link(value: Any, called: str) -> str:
    """A web address, with https:// put before a bare host; "" when empty. Raises Bad when it is no web address."""
    said = text(value, called, LINK)
    if not said:
        return ""
    if "://" not in said and re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", said):
        said = f"https://{said}"
    try:
        parts = urlsplit(said)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        fits = False
    if not fits or any(sign.isspace() for sign in said):
        raise Bad(f"{called} is not a web address.")
    return said


def coordinates(latitude: Any, longitude: Any) -> tuple[float, float] | None:
    """Degrees, or None when neither is given or both are 0 (an unset place). Raises Bad when they are no place on earth."""
    if latitude in (None, "") and longitude in (None, ""):
        return None
    try:
        north, east = float(latitude), float(longitude)
    except (TypeError, ValueError):
        raise Bad("Latitude and longitude are not both numbers.") from None
    if not (math.isfinite(north) and math.isfinite(east) and abs(north) <= 90 and abs(east) <= 180):
        raise Bad("Latitude and longitude are not a place on earth.")
    return None if north == east == 0 else (round(north, 5), round(east, 5))


def zone(value: Any, default: str | None) -> str:
    """The IANA zone of a meeting, or the feed's default. Raises Bad when there is neither, or no such zone.

    Fixed offsets ("EST", "Etc/GMT+5") are refused: the meeting would move by an hour twice a year.
    """
    said = text(value, "The timezone", 64) or (default or "")
    if not said:
        raise Bad("It has no timezone, and no zone was given for the file.")
    if "/" not in said or said.startswith("Etc/") or said not in _zones():
        raise Bad(f"“{said}” is not a time zone with a place, like America/Chicago.")
    return said


def moment(value: Any) -> datetime | None:
    """When the source last changed the row, UTC; the space between date and time may be missing. None if not readable."""
    if not isinstance(value, str):
        return None
    said = value.strip()
    if found := _STAMP.fullmatch(said):
        parts = [int(part or 0) for part in found.groups()]
    elif found := _US_DATE.fullmatch(said):
        month, day, year, *clock = (int(part or 0) for part in found.groups())
        parts = [year, month, day, *clock]
    else:
        return None
    try:
        year, month, day, hour, minute, second = parts
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def address_parts(formatted: str) -> tuple[str, str, str]:
    """City, state and ZIP out of one line such as "2 Elm St, Dayton, OH 45402, USA"; "" where it does not say."""
    ends = list(_US_TAIL.finditer(formatted))
    return (ends[-1][1].strip(), ends[-1][2], ends[-1][3]) if ends else ("", "", "")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
