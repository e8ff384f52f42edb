"""What may be done with groups that staff keep themselves, and with any listing: confirm it, mark it closed for now."""

from dataclasses import asdict, dataclass
from datetime import time
from typing import Any
from uuid import uuid4

from tracker import clock, journal, places
from tracker.db import db
from tracker.directory.fellowships import ABOUT
from tracker.directory.groups.models import BY_HAND, Meeting, SupportGroup
from tracker.directory.readers.fields import link
from tracker.directory.readers.rows import Bad
from tracker.directory.words import (
    FacilitatorType,
    Fellowship,
    GroupAccess,
    GroupApproach,
    GroupAudience,
    MeetingMode,
    MeetingStatus,
)
from tracker.folding import fold
from tracker.journal import Kind
from tracker.journal.actions import Someone
from tracker.moves import Refused

ADDED = journal.verb("group.added", Kind.CHANGE, "users", "Group added: {name}")
CHANGED = journal.verb("group.changed", Kind.CHANGE, "users", "Group changed: {name}")
CONFIRMED = journal.verb("group.confirmed", Kind.CHANGE, "check", "Listing confirmed: {name}. {note}")
CLOSED_FOR_NOW = journal.verb("group.closed_for_now", Kind.CHANGE, "clock", "Closed for now: {name}. {note}")
MEETS_AGAIN = journal.verb("group.meets_again", Kind.CHANGE, "check", "Meets again: {name}")

ROOMS = {MeetingMode.IN_PERSON, MeetingMode.HYBRID}
LINES = {MeetingMode.ONLINE, MeetingMode.HYBRID}


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A group with one weekly meeting, as a form says it. `weekday` is ISO, None by appointment; times are wall-clock in `zone`."""

    name: str
    fellowship: Fellowship
    access: GroupAccess
    mode: MeetingMode
    zone: str
    weekday: int | None = None
    start_local: time | None = None
    end_local: time | None = None
    audiences: tuple[GroupAudience, ...] = ()
    approach: GroupApproach | None = None
    facilitator: FacilitatorType | None = None
    medication_friendly: bool = False
    cost: str = ""
    website: str = ""
    languages: tuple[str, ...] = ()
    step_free: bool = False
    childcare: bool = False
    proof_of_attendance: bool = False
    location: str = ""
    address: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    join_url: str = ""
    join_url_notes: str = ""
    join_phone: str = ""
    join_phone_notes: str = ""
    notes: str = ""


OF_GROUP = ("name", "fellowship", "approach", "facilitator", "medication_friendly", "cost", "website")


def add_group(facts: GroupFacts, *, by: Someone, confirmed: str | None = None) -> SupportGroup:
    """Add a group that staff heard of.

    Args:
        confirmed: how it was confirmed with the group today, "" when it was without a word on how; None when it was not.

    Raises:
        Refused: the facts do not go together (an online meeting without a way to join, an hour without a day).
    """
    of_group, of_meeting = _checked(facts)
    moment, key = clock.now(), uuid4().hex
    group = SupportGroup(source_system=BY_HAND, source_key=key, created_at=moment, **of_group)
    meeting = Meeting(
        group=group, source_system=BY_HAND, source_key=key, created_at=moment, status=MeetingStatus.ACTIVE, status_since=moment, **of_meeting
    )
    db.session.add_all([group, meeting])
    db.session.flush()
    journal.record(ADDED, by=by, about=group, name=group.name)
    if confirmed is not None:
        confirm(meeting, confirmed, by=by)
    return group


def change_group(group: SupportGroup, meeting: Meeting, facts: GroupFacts, *, by: Someone) -> None:
    """Change a group that staff keep themselves; a listing that is read from a list is corrected at its source. Raises Refused."""
    if group.source_system != BY_HAND:
        raise Refused(None, "This listing comes from a list that others keep. Tell them what is wrong; it is read again from there.")
    of_group, of_meeting = _checked(facts)
    for row, values in ((group, of_group), (meeting, of_meeting)):
        for name, value in values.items():
            setattr(row, name, value)
    journal.record(CHANGED, by=by, about=group, name=group.name)


def confirm(meeting: Meeting, note: str, *, by: Someone) -> None:
    """Somebody asked the group or its helpline, and the listing is true today.

    Args:
        note: how it was confirmed; never a member's name.
    """
    meeting.last_verified_on, meeting.verified_by_id = clock.today(meeting.zone), by.id
    meeting.verified_note = note.strip() or None
    journal.record(CONFIRMED, by=by, about=meeting, name=meeting.name, note=note.strip())


def close_for_now(meeting: Meeting, note: str, *, by: Someone) -> None:
    """Mark a meeting as closed for now: it stays in sight, struck through, and nobody is placed there."""
    if meeting.status is not MeetingStatus.ACTIVE:
        raise Refused(None, f"This meeting is “{meeting.status.label}” already.")
    meeting.status, meeting.status_since = MeetingStatus.TEMPORARILY_CLOSED, clock.now()
    journal.record(CLOSED_FOR_NOW, by=by, about=meeting, name=meeting.name, note=note.strip())


def meets_again(meeting: Meeting, *, by: Someone) -> None:
    """A meeting that was closed for now meets again."""
    if meeting.status is not MeetingStatus.TEMPORARILY_CLOSED:
        raise Refused(None, f"This meeting is “{meeting.status.label}”.")
    meeting.status, meeting.status_since = MeetingStatus.ACTIVE, clock.now()
    journal.record(MEETS_AGAIN, by=by, about=meeting, name=meeting.name)


def located(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with the middle of their ZIP as coordinates where they bring none of their own."""
    if facts.get("latitude") is not None or not facts.get("postal_code"):
        return facts
    here = places.place(facts["postal_code"])
    return facts | ({"latitude": here.point.latitude, "longitude": here.point.longitude} if here else {})


def _checked(facts: GroupFacts) -> tuple[dict[str, Any], dict[str, Any]]:
    if facts.mode in ROOMS and not (facts.address or facts.location):
        raise Refused("address", "Enter where it meets.")
    if facts.mode in LINES and not (facts.join_url or facts.join_phone):
        raise Refused("join_url", "Enter the link or the phone number to join.")
    if facts.mode is MeetingMode.PHONE and not facts.join_phone:
        raise Refused("join_phone", "Enter the phone number to join.")
    if not ABOUT[facts.fellowship].audiences and not facts.audiences:
        raise Refused("audiences", "Choose whom it is for.")
    if (facts.weekday is None) != (facts.start_local is None):
        raise Refused("start_local", "Enter both the day and the time, or neither when it meets by appointment.")
    if facts.end_local and facts.end_local == facts.start_local:
        raise Refused("end_local", "Enter an end that differs from the start.")
    values = asdict(facts)
    for name, called in (("website", "The website"), ("join_url", "The link to join")):
        try:
            values[name] = link(values[name], called)
        except Bad as bad:
            raise Refused(name, str(bad)) from None
    values["approach"] = facts.approach or ABOUT[facts.fellowship].approach
    values["medication_friendly"] = facts.medication_friendly or ABOUT[facts.fellowship].medication_friendly
    values["audiences"], values["languages"] = list(facts.audiences), list(facts.languages)
    of_group = {name: values[name] for name in OF_GROUP} | {"folded_name": fold(facts.name)}
    of_meeting = {name: value for name, value in values.items() if name == "name" or name not in OF_GROUP}
    return of_group, located({"latitude": None, "longitude": None} | of_meeting)
