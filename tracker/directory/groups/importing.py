"""Reading a whole list of meetings into the directory: all of it or nothing, and the same file twice changes nothing."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import joinedload

from tracker import clock, journal, places
from tracker.db import db
from tracker.directory import readers
from tracker.directory.fellowships import ABOUT
from tracker.directory.groups.actions import located
from tracker.directory.groups.models import BY_HAND, Meeting, MeetingSource, SupportGroup
from tracker.directory.readers import MeetingRow, Refusal
from tracker.directory.readers.fields import zone
from tracker.directory.readers.rows import Bad
from tracker.directory.words import Fellowship, MeetingStatus
from tracker.folding import fold
from tracker.journal import Kind
from tracker.journal.actions import Someone
from tracker.moves import Refused

READ = journal.verb(
    "meetings.read", Kind.CHANGE, "users",
    "Meetings read from {source}: {new} new, {changed} changed, {unchanged} as they were, {missing} no longer listed, {refused} refused",
)  # fmt: skip

OF_MEETING = (
    "name", "weekday", "start_local", "end_local", "zone", "mode", "access", "audiences", "formats", "languages", "types", "unknown_types",
    "step_free", "childcare", "proof_of_attendance", "location", "address", "city", "state", "postal_code", "latitude", "longitude",
    "approximate", "region_path", "notes", "join_url", "join_url_notes", "join_phone", "join_phone_notes", "source_updated_at",
)  # fmt: skip


@dataclass(slots=True)
class Report:
    """What a reading did. `missing` are meetings of this source that the file no longer has; they are kept, not offered."""

    source: str
    format: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    missing: int = 0
    refused: list[Refusal] = field(default_factory=list)


def import_meetings(
    data: bytes, filename: str, *, by: Someone, source: str, fellowship: Fellowship | None = None, default_zone: str | None = None
) -> Report:
    """Read a file of meetings into the directory.

    Args:
        data, filename: the file, Meeting Guide JSON or a TSML sheet.
        source: our name for whoever keeps the list; the same name again replaces what was read before.
        fellowship: whose list it is; remembered, so that a later reading may leave it out. AA when never said.
        default_zone: IANA zone of rows that name none; remembered likewise.

    Raises:
        Unreadable: the file cannot be read, or is of another format; nothing is changed.
        Refused: the source's name or the zone does not fit, or the source was read for another fellowship before.
    """
    if default_zone:
        try:
            zone(default_zone, None)
        except Bad as bad:
            raise Refused("zone", str(bad)) from None
    places.load()  # slow the first time, so before the database is held
    known = _source(source)
    fellowship = fellowship or (known.fellowship if known else Fellowship.AA)
    if known and known.fellowship is not fellowship:
        raise Refused("fellowship", f"{source} was read as {known.fellowship.label} before. Give the other list a name of its own.")
    reading = readers.read(data, filename, fellowship=fellowship, default_zone=default_zone or (known.default_zone if known else None))
    report = Report(source, reading.format.value, refused=reading.refused)
    moment = clock.now()
    if known is None:
        known = MeetingSource(system=source, fellowship=fellowship, refreshed_at=moment)
        db.session.add(known)
    known.refreshed_at, known.default_zone = moment, default_zone or known.default_zone
    _apply(reading.rows, source, moment, report)
    journal.record(
        READ, by=by, about=f"meeting_sources:{source}", source=source, new=report.new, changed=report.changed,
        unchanged=report.unchanged, missing=report.missing, refused=len(report.refused),
    )  # fmt: skip
    return report


def _source(system: str) -> MeetingSource | None:
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,59}", system) or system == BY_HAND:
        raise Refused("source", "Name the source in small letters, figures, dots and dashes, such as example-intergroup.")
    return db.session.scalars(select(MeetingSource).where(MeetingSource.system == system)).first()


def _apply(rows: list[MeetingRow], source: str, moment: datetime, report: Report) -> None:
    query = select(Meeting).where(Meeting.source_system == source).options(joinedload(Meeting.group))
    before = {meeting.source_key: meeting for meeting in db.session.scalars(query)}
    groups = {meeting.group.source_key: meeting.group.id for meeting in before.values()}
    fresh = [row for row in rows if row.source_key not in before]
    _add(fresh, groups, source, moment)
    report.new = len(fresh)
    for row in rows:
        meeting = before.pop(row.source_key, None)
        if meeting is not None:
            changed = _change(meeting, row, moment)
            report.changed += changed
            report.unchanged += not changed
    # A refused row is still in the list: what stands in the directory stays as it was read last.
    refused = {refusal.slug for refusal in report.refused}
    for meeting in before.values():
        if meeting.group.source_key not in refused and meeting.status is not MeetingStatus.MISSING_FROM_SOURCE:
            meeting.status, meeting.status_since = MeetingStatus.MISSING_FROM_SOURCE, moment
            report.missing += 1
    db.session.flush()


def _add(rows: list[MeetingRow], groups: dict[str, int], source: str, moment: datetime) -> None:
    unknown = {row.group_key: row for row in rows if row.group_key not in groups}
    if unknown:
        values = [_of_group(row) | {"source_system": source, "source_key": key, "created_at": moment} for key, row in unknown.items()]
        made = db.session.execute(insert(SupportGroup).returning(SupportGroup.source_key, SupportGroup.id), values)
        groups.update(made.all())
    if rows:
        kept = {"source_system": source, "created_at": moment, "imported_at": moment, "status_since": moment}
        db.session.execute(
            insert(Meeting),
            [
                _of_meeting(row)
                | kept
                | {
                    "source_key": row.source_key,
                    "group_id": groups[row.group_key],
                    "status": row.status,
                    "last_verified_on": row.last_verified_on,
                }
                for row in rows
            ],
        )


def _change(meeting: Meeting, row: MeetingRow, moment: datetime) -> bool:
    closed_by_us = _closed_by_us(meeting, row)
    changed = _put(meeting.group, _of_group(row)) | _put(meeting, _of_meeting(row))
    if meeting.status is not row.status and not closed_by_us:
        meeting.status, meeting.status_since, changed = row.status, moment, True
    if row.last_verified_on and row.last_verified_on > (meeting.last_verified_on or row.last_verified_on.min):
        meeting.last_verified_on, changed = row.last_verified_on, True
    if changed:
        meeting.imported_at = moment
    return changed


def _closed_by_us(meeting: Meeting, row: MeetingRow) -> bool:
    # Staff heard that it is closed; a list that has not been touched since does not know better.
    told = row.source_updated_at
    by_its_list = "TC" in meeting.types
    return meeting.status is MeetingStatus.TEMPORARILY_CLOSED and not by_its_list and (told is None or told <= meeting.status_since)


def _put(thing: Any, values: dict[str, Any]) -> bool:
    different = {name: value for name, value in values.items() if getattr(thing, name) != value}
    for name, value in different.items():
        setattr(thing, name, value)
    return bool(different)


def _of_group(row: MeetingRow) -> dict[str, Any]:
    about, name = ABOUT[row.fellowship], row.group_name or row.name
    return {
        "name": name,
        "folded_name": fold(name),
        "fellowship": row.fellowship,
        "approach": about.approach,
        "medication_friendly": about.medication_friendly,
        "website": row.source_url,
        "report_url": row.report_url,
        "source_org": row.source_org,
    }


def _of_meeting(row: MeetingRow) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in OF_MEETING}
    return located({name: list(value) if isinstance(value, tuple) else value for name, value in told.items()})
