"""What stands in the rail: only what exists and what the person of this request may open."""

from dataclasses import dataclass

from flask import current_app, request

from tracker.addresses import url_for
from tracker.staff.gate import allows
from tracker.staff.permissions import Permission

ENTRIES = [
    ("Today", "sun", "desk.today", Permission.SEE_TODAY),
    ("Cases", "folders", "casefile.index", Permission.LIST_CASES),
    ("Directory", "address-book", "programs.index", Permission.READ_DIRECTORY),
    ("Packets", "package", "packets.register", Permission.READ_PACKET),
    ("Review", "clipboard-check", "caseload.team", Permission.REVIEW_TEAM),
    ("Staff", "users", "staff.everybody", Permission.READ_STAFF),
    ("Journal", "history", "audit.lines", Permission.READ_JOURNAL),
]

# Rooms that are reached through a place of the rail and stand inside it.
INSIDE = {
    "groups": "programs",
    **dict.fromkeys(("cases", "contacts", "consents", "interventions", "referrals", "placements", "recovery"), "casefile"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the rail."""

    label: str
    icon: str
    url: str
    current: bool
    count: int | None = None


def rail() -> list[Place]:
    """The entries for this request's person."""
    room = (request.endpoint or "").split(".")[0]
    here = INSIDE.get(room, room)
    return [
        Place(label, icon, url_for(endpoint), endpoint.split(".")[0] == here)
        for label, icon, endpoint, permission in ENTRIES
        if endpoint in current_app.view_functions and allows(permission)
    ]
