"""From type codes, address and ways to join to our facts: mode, status, access, audience, format, language."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from tracker.directory.meeting_types import ONLINE_HINT, MeetingType, types_of
from tracker.directory.words import Fellowship, GroupAccess, GroupAudience, GroupFormat, MeetingMode, MeetingStatus

SHORTEST_JOIN_PHONE = 10  # code4recovery/tsml-ui, src/helpers/load-meeting-data.ts
EXACT_ADDRESS_PARTS = 4  # the same: fewer comma parts are an approximate place
STEP_FREE, CHILDCARE, PROOF = {"X", "WA"}, {"BA"}, {"POA"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the codes of one row say."""

    fellowship: Fellowship
    mode: MeetingMode
    status: MeetingStatus
    access: GroupAccess
    audiences: tuple[GroupAudience, ...]
    formats: tuple[GroupFormat, ...]
    languages: tuple[str, ...]
    types: tuple[str, ...]
    unknown_types: tuple[str, ...]
    step_free: bool
    childcare: bool
    proof_of_attendance: bool

    def facts(self) -> dict[str, Any]:
        """The same by name, to make a row of."""
        return {part.name: getattr(self, part.name) for part in fields(self)}


def meaning(
    fellowship: Fellowship, codes: Sequence[str], *, approximate: bool, join_url: str, join_phone: str, attendance: str = ""
) -> Meaning:
    """What a row's codes mean in its fellowship.

    Args:
        codes: type codes as the file has them; unknown ones are kept.
        approximate: the place is no exact address.
        attendance: TSML's `attendance_option` where the row has one ("in_person", "hybrid", "online", "inactive").
    """
    known_here = types_of(fellowship)
    codes = list(dict.fromkeys(codes))
    known: list[MeetingType] = [known_here[code] for code in codes if code in known_here]
    unknown = tuple(code for code in codes if code not in known_here and code != ONLINE_HINT)
    closed_for_now = any(known_type.means is MeetingStatus.TEMPORARILY_CLOSED for known_type in known)

    mode = _mode(attendance, not approximate, closed_for_now, bool(join_url), len(join_phone) >= SHORTEST_JOIN_PHONE, ONLINE_HINT in codes)
    if mode in {MeetingMode.ONLINE, MeetingMode.PHONE}:
        known = [known_type for known_type in known if not known_type.room_only]

    own = known_here.get("Y")
    if fellowship is Fellowship.AL_ANON and own in known:
        fellowship = Fellowship.ALATEEN
    marks = {known_type.code for known_type in known}
    return Meaning(
        fellowship=fellowship,
        mode=mode,
        status=MeetingStatus.TEMPORARILY_CLOSED if closed_for_now else MeetingStatus.ACTIVE,
        access=_access(known),
        audiences=tuple(dict.fromkeys(t.means for t in known if isinstance(t.means, GroupAudience))),
        formats=tuple(dict.fromkeys(t.means for t in known if isinstance(t.means, GroupFormat))),
        languages=tuple(t.means for t in known if type(t.means) is str),
        types=tuple(t.code for t in known),
        unknown_types=unknown,
        step_free=bool(marks & STEP_FREE),
        childcare=bool(marks & CHILDCARE),
        proof_of_attendance=any(t.code in PROOF and t.name == "Proof of Attendance" for t in known),
    )


def approximate_place(told: str, address: str, formatted: str) -> bool:
    """Whether a place is no exact address: as the row says ("yes", "no"), else by what its address looks like."""
    if told.casefold() in {"yes", "no"}:
        return told.casefold() == "yes"
    return not address and len([part for part in formatted.split(",") if part.strip()]) < EXACT_ADDRESS_PARTS


def _mode(attendance: str, in_person: bool, closed_for_now: bool, online: bool, by_phone: bool, hinted_online: bool) -> MeetingMode:
    if attendance in {"in_person", "hybrid", "online", "inactive"}:
        return MeetingMode(attendance)
    if online or by_phone:
        # A closed room with a way to join is online until the room opens again.
        if in_person and not closed_for_now:
            return MeetingMode.HYBRID
        return MeetingMode.ONLINE if online else MeetingMode.PHONE
    if in_person:
        return MeetingMode.IN_PERSON
    return MeetingMode.ONLINE if hinted_online else MeetingMode.INACTIVE


def _access(known: Sequence[MeetingType]) -> GroupAccess:
    told = {known_type.means for known_type in known if isinstance(known_type.means, GroupAccess)}
    return told.pop() if len(told) == 1 else GroupAccess.UNKNOWN
