"""Invented groups for tests, written straight into the database."""

from datetime import time
from typing import Any
from uuid import uuid4

from tracker import clock
from tracker.db import db
from tracker.directory.fellowships import ABOUT
from tracker.directory.groups.models import BY_HAND, Meeting, SupportGroup
from tracker.directory.words import Fellowship, GroupAccess, MeetingMode, MeetingStatus
from tracker.folding import fold

OF_GROUP = {"approach", "facilitator", "medication_friendly", "cost", "website", "source_system"}


def listing(
    name: str,
    day: int | None = 2,
    at: time | None = time(18),
    zone: str = "America/New_York",
    fellowship: Fellowship = Fellowship.NAR_ANON,
    **more: Any,
) -> Meeting:
    """A weekly meeting of an invented group, confirmed today: `day` is ISO (Tuesday 2), `at` wall-clock in `zone`."""
    moment, key = clock.now(), uuid4().hex
    of_group = {part: more.pop(part) for part in OF_GROUP & more.keys()}
    of_group.setdefault("approach", ABOUT[fellowship].approach)
    source = of_group.setdefault("source_system", BY_HAND)
    group = SupportGroup(name=name, folded_name=fold(name), fellowship=fellowship, source_key=key, created_at=moment, **of_group)
    facts: dict[str, Any] = {
        "mode": MeetingMode.ONLINE, "access": GroupAccess.UNKNOWN, "status": MeetingStatus.ACTIVE, "last_verified_on": moment.date(),
        "join_url": "" if "mode" in more else "https://example.org/join",
    }  # fmt: skip
    meeting = Meeting(
        group=group, name=name, weekday=day, start_local=at, zone=zone, source_system=source, source_key=key, created_at=moment,
        status_since=moment, **(facts | more),
    )  # fmt: skip
    db.session.add_all([group, meeting])
    db.session.flush()
    return meeting


def in_room(**more: Any) -> dict[str, Any]:
    """The facts of a meeting in a room in Hillsboro, Oregon."""
    return {
        "mode": MeetingMode.IN_PERSON, "location": "Invented hall", "city": "Hillsboro", "state": "OR", "postal_code": "97124",
        "latitude": 45.5387, "longitude": -122.9636, "join_url": "",
    } | more  # fmt: skip

