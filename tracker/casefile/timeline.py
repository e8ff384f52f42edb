"""A case's history as it is read: by day, newest first, each line in its verb's own sentence."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import Select

from tracker import clock
from tracker.addresses import url_for
from tracker.cases.models import Case
from tracker.db import ask
from tracker.journal import queries as journal
from tracker.journal.models import TOLD, Entry, Kind
from tracker.journal.queries import LINE, SHOWN
from tracker.journal.verbs import VERBS, Verb
from tracker.paging import page
from tracker.staff.models import Staff
from tracker.templating import show_clock, show_day, show_daytime

TONES = {
    Kind.CONTACT: "c", Kind.REFERRAL: "r", Kind.PACKET: "p", Kind.GROUP: "g", Kind.INTERVENTION: "i", Kind.FOLLOW_UP: "f", Kind.NOTE: "",
}  # fmt: skip
# Where the thing that a line is about has a page of its own: table, endpoint, name of its id.
PAGES = {
    "contacts": ("contacts.one", "contact_id"),
    "interventions": ("interventions.show_one", "intervention_id"),
    "placements": ("placements.one", "placement_id"),
    "referrals": ("referrals.show", "referral_id"),
    "packets": ("packets.receipt", "packet_id"),
    "follow_up_plans": ("recovery.show_one", "plan_id"),
}
ICONS = {"Text": "message-2", "Email": "mail", "Voicemail": "record-mail", "Video": "video", "In person": "users", "Letter": "mailbox", "Chat": "message-2"}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")
ONE_BREATH = timedelta(seconds=5)  # lines written in one press stand within this


@dataclass(slots=True)
class Told:
    """One line of a history, ready to be read."""

    entry: Entry
    icon: str
    tone: str
    title: str
    by: str
    when: str
    text: str = ""
    follows: str = ""
    url: str = ""

    @property
    def quiet(self) -> bool:
        """Whether it is a change that the record made, not something a person did with the family."""
        return self.entry.kind is Kind.CHANGE


@dataclass(slots=True)
class Day:
    """The lines of one day on the reader's calendar."""

    on: date
    words: str
    lines: list[Told]


@dataclass(slots=True)
class History:
    """One page of a case's history."""

    days: list[Day]
    kind: Kind | None
    before: int | None  # the key of "Show earlier"; None when this is all
    names: dict[int, str]  # of the staff whose deeds these are

    @property
    def last_day(self) -> str:
        """The day on which this page ends, so that the next one does not repeat its head."""
        return self.days[-1].on.isoformat() if self.days else ""


def to(endpoint: str, **values: Any) -> str:
    """The address of a page, or "" where that room is not open."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""


@cache
def _told(of_kind: bool, earlier: bool) -> Select[Any]:
    return journal.told(of_kind, earlier).outerjoin(Staff, Staff.id == Entry.actor_id).add_columns(Staff.name)


def read(case: Case, zone: str, kind: Kind | None = None, before: int | None = None, size: int = SHOWN) -> History:
    """One page of a case's history, with who did what, in one question.

    Args:
        zone: the reader's.
        kind: only lines of this kind.
        before: the key of "Show earlier".
    """
    values = {"case": case.id, "kind": kind, "before": before, "size": size + 1}
    found = page([(LINE.read(row), row[-1]) for row in ask(_told(kind is not None, before is not None), values)], size)
    lines = [_tell(line, name, zone) for line, name in found.rows]
    days: list[Day] = []
    for line in _joined(lines):
        on = clock.local(line.entry.at, zone).date()
        if not days or days[-1].on != on:
            days.append(Day(on, _day_words(on, zone), []))
        days[-1].lines.append(line)
    return History(days, kind, found.last[0].number if found.more else None, {line.actor_id: name for line, name in found.rows if name})


def chips(case: Case) -> list[tuple[Kind | None, int]]:
    """The kinds that a case's history has, with how many lines; all of them first."""
    counts = journal.counts(case.id)
    return [(None, sum(counts.values())), *((kind, counts[kind]) for kind in TOLD if counts.get(kind))]


def _day_words(on: date, zone: str) -> str:
    apart = (clock.today(zone) - on).days
    near = {0: "Today, ", 1: "Yesterday, "}.get(apart, "")
    return f"{near}{on:%A} {on:%B} {on.day}" + (f", {on.year}" if on.year != clock.today(zone).year else "")


def _tell(entry: Entry, name: str | None, zone: str) -> Told:
    verb = VERBS.get(entry.verb)
    facts = {name: _plain(value, zone) for name, value in (entry.facts or {}).items()}
    by = f"by {name or 'Waypoint'}"
    told = Told(
        entry, verb.icon if verb else "circle-dot", TONES.get(entry.kind, ""), verb.tell(facts) if verb else entry.verb, by,
        show_clock(entry.at, zone), text=_words(verb, facts), url=_page_of(entry),
    )  # fmt: skip
    return _contact(told, facts) if entry.kind in (Kind.CONTACT, Kind.NOTE) and "type" in facts else told


def _words(verb: Verb | None, facts: Mapping[str, Any]) -> str:
    # What was said stands under its line, unless the sentence itself tells it.
    handed = facts.get("materials") if verb and verb.kind is Kind.PACKET else ""
    return "" if verb and "{words}" in verb.sentence else str(facts.get("words") or handed or "")


def _contact(told: Told, facts: Mapping[str, Any]) -> Told:
    if told.entry.kind is Kind.CONTACT:
        told.title, told.icon = f"{facts['type']} with {facts.get('who', '')}", ICONS.get(facts["type"], told.icon)
    minutes = f"{facts['minutes']} min" if facts.get("minutes") else ""
    told.by = " · ".join(part for part in (told.by, str(facts.get("outcome") or "").lower(), minutes) if part)
    if facts.get("next_step"):
        told.follows = f"Next step set: {facts['next_step']}" + (f", {facts['next_due']}" if facts.get("next_due") else "")
    return told


def _plain(value: Any, zone: str) -> Any:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if not isinstance(value, str):
        return value
    if DAY.match(value):
        return show_day(date.fromisoformat(value))
    return show_daytime(datetime.fromisoformat(value), zone) if MOMENT.match(value) and value[-6] in "+-" else value


def _page_of(entry: Entry) -> str:
    endpoint, name = PAGES.get(entry.about_type, ("", ""))
    try:
        return to(endpoint, **{name: UUID(entry.about_id)}) if endpoint else ""
    except ValueError:
        return ""


def _joined(lines: Sequence[Told]) -> list[Told]:
    """A step that was set with a deed stands under it, not above it as a line of its own."""
    shown: list[Told] = []
    for line, below in zip(lines, [*lines[1:], None], strict=False):
        if below and line.entry.verb == "case.next_step_set" and not below.quiet and _one_breath(line.entry, below.entry):
            below.follows = line.title
        else:
            shown.append(line)
    return shown


def _one_breath(later: Entry, earlier: Entry) -> bool:
    return later.actor_id == earlier.actor_id and later.at - earlier.at <= ONE_BREATH
