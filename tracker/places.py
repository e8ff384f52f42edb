"""Where a ZIP is, how far apart two places are, and which time zone a ZIP or a phone number makes likely: a guess, said so.

The `zipcodes` package keeps about 37 MB once it is asked anything, so a child process asks it, and this one keeps its
42,000 answers in flat arrays of about 2 MB. The child runs once in a process, at the first question (`load`), for about
half a second; a server may call `load` before it takes requests.
"""

import json
import logging
import re
import subprocess
import sys
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

import phonenumbers

EARTH_MILES = 3958.8
# Area codes outside the United States that the package knows from towns near the border.
NOT_US = frozenset(
    (204, 226, 236, 249, 250, 257, 263, 289, 306, 343, 354, 365, 367, 368, 382, 403, 416, 418, 428, 431, 437, 438, 450, 460)
    + (468, 474, 506, 514, 519, 537, 548, 579, 581, 584, 587, 604, 613, 639, 647, 672, 683, 705, 709, 742, 753, 778, 780)
    + (782, 807, 819, 825, 867, 873, 879, 902, 905, 942)
)

_CHILD = """
import sys, json, zipcodes
from collections import Counter, defaultdict
codes = defaultdict(Counter)
for z in zipcodes.list_all():
    if z["zip_code_type"] == "MILITARY" or float(z["lat"]) == 0:
        continue
    zone = z["timezone"] if "/" in z["timezone"] else ""
    sys.stdout.write("|".join((z["zip_code"], z["lat"], z["long"], zone, z["city"], z["state"])) + "\\n")
    for code in z["area_codes"]:
        codes[code][zone] += 1
sys.stdout.write(json.dumps({c: n.most_common(1)[0][0] for c, n in codes.items() if n.most_common(1)[0][0]}))
"""

log = logging.getLogger(__name__)


class Point(NamedTuple):
    """Degrees north and east."""

    latitude: float
    longitude: float


class Guess(NamedTuple):
    """A time zone that is likely, and what makes it so: screens show both.

    Attributes:
        zone: IANA name.
        because: goes after "a guess from", such as "ZIP 97124" or "area code 503".
    """

    zone: str
    because: str


@dataclass(frozen=True, slots=True)
class Place:
    """A ZIP's post office town and middle."""

    zip_code: str
    city: str
    state: str
    point: Point
    zone: str


def place(zip_code: str) -> Place | None:
    """The place of a five-digit ZIP (a +4 is ignored), or None when there is no such ZIP."""
    found = re.match(r"\s*(\d{5})(?:-?\d{4})?\s*$", zip_code or "", re.ASCII)
    return load().place(found[1]) if found else None


def miles(a: Point, b: Point) -> float:
    """Great-circle distance in miles (haversine on a sphere of 3,958.8 miles)."""
    north_a, north_b = radians(a.latitude), radians(b.latitude)
    half = sin((north_b - north_a) / 2) ** 2 + cos(north_a) * cos(north_b) * sin(radians(b.longitude - a.longitude) / 2) ** 2
    return 2 * EARTH_MILES * asin(min(1.0, sqrt(half)))


def zone_of_zip(zip_code: str) -> Guess | None:
    """The zone a ZIP makes likely, or None. Few ZIPs lie in two zones, so it stays a guess."""
    here = place(zip_code)
    return Guess(here.zone, f"ZIP {here.zip_code}") if here and here.zone else None


def zone_of_phone(number: str) -> Guess | None:
    """The zone in which most ZIPs of a US number's area code lie, or None. People keep their number when they move.

    Args:
        number: E.164, such as "+16145550142".
    """
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return None
    code = str(parsed.national_number)[:3]
    if parsed.country_code != 1 or int(code) in NOT_US:
        return None
    zone = load().area_codes.get(code)
    return Guess(zone, f"area code {code}") if zone else None


class _Places:
    """ZIPs in ascending order; each array holds one fact of all of them."""

    def __init__(self, told: str) -> None:
        *lines, codes = told.split("\n")
        self.area_codes: dict[str, str] = json.loads(codes)
        self.zips, self.north, self.east = array("i"), array("f"), array("f")
        self.zone_at, self.zones = bytearray(), list[str]()
        self.town_starts, towns = array("i"), bytearray()
        zone_numbers: dict[str, int] = {}
        for line in lines:
            zip_code, north, east, zone, city, state = line.split("|")
            self.zips.append(int(zip_code))
            self.north.append(float(north))
            self.east.append(float(east))
            self.zone_at.append(zone_numbers.setdefault(zone, len(zone_numbers)))
            self.town_starts.append(len(towns))
            towns += f"{city}|{state}\n".encode()
        self.towns, self.zones = bytes(towns), list(zone_numbers)

    def place(self, zip_code: str) -> Place | None:
        wanted = int(zip_code)
        at = bisect_left(self.zips, wanted)
        if at == len(self.zips) or self.zips[at] != wanted:
            return None
        start = self.town_starts[at]
        city, state = self.towns[start : self.towns.index(b"\n", start)].decode().split("|")
        point = Point(round(self.north[at], 4), round(self.east[at], 4))
        return Place(zip_code, city, state, point, self.zones[self.zone_at[at]])


@cache
def load() -> _Places:
    """Read the ZIPs, once in a process."""
    try:
        # -I: nothing of the environment or the working folder reaches the child.
        child = subprocess.run([sys.executable, "-I", "-c", _CHILD], capture_output=True, text=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        log.warning("places.unavailable")
        return _Places("{}")
    return _Places(child.stdout)
