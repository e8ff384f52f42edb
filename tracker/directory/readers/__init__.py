"""Readers of outside formats: one parser a source, never shared, since each counts weekdays in its own way."""

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from tracker.directory.readers import meeting_guide, tsml
from tracker.directory.readers.rows import LARGEST_FILE, MeetingRow, Refusal, Unreadable
from tracker.directory.words import Fellowship

__all__ = ["Format", "MeetingRow", "Reading", "Refusal", "Unreadable", "detect", "read"]


class Format(StrEnum):
    """A format that a file of meetings may have."""

    MEETING_GUIDE = "meeting_guide"
    TSML = "tsml"
    BMLT = "bmlt"
    ONLINE_INTERGROUP = "online_intergroup"


NOT_TAKEN = {
    Format.BMLT: (
        "This is an answer of a BMLT server, as Narcotics Anonymous lists its meetings. It counts weekdays from Sunday 1 and "
        "explains its formats in a second file; this program does not read it. Nothing was changed."
    ),
    Format.ONLINE_INTERGROUP: (
        "This is a list of the Online Intergroup kind, not Meeting Guide JSON. It counts weekdays from Monday 1 to Sunday 7, "
        "so every meeting but Sunday's would look right and Sunday's would be lost. Nothing was changed."
    ),
}

BMLT_MARKS = {"id_bigint", "weekday_tinyint", "service_body_bigint", "key_string", "format_type_enum", "root_server_uri"}
INTERGROUP_MARKS = {"startDateUTC", "createdAt", "updatedAt", "archived"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read."""

    format: Format
    rows: list[MeetingRow]
    refused: list[Refusal]


def read(data: bytes, filename: str, *, fellowship: Fellowship, default_zone: str | None = None) -> Reading:
    """Read a file of meetings.

    Args:
        data: the file's bytes.
        filename: its name; only the ending is looked at, and only where the content leaves a doubt.
        fellowship: whose list it is.
        default_zone: IANA zone of the rows that name none.

    Raises:
        Unreadable: not readable, or of a format that is not taken; its sentence says which.
    """
    kind, content = _look(data, filename)
    if kind in NOT_TAKEN:
        raise Unreadable(NOT_TAKEN[kind])
    parser = meeting_guide if kind is Format.MEETING_GUIDE else tsml
    rows, refused = parser.parse(content, fellowship=fellowship, default_zone=default_zone)
    if not rows and not refused:
        raise Unreadable("The file has no meetings in it. Nothing was changed.")
    return Reading(kind, rows, refused)


def detect(data: bytes | str, filename: str) -> Format:
    """Which format a file has, by what stands in it. Raises Unreadable when it is none of those known here."""
    return _look(data, filename)[0]


def _look(data: bytes | str, filename: str) -> tuple[Format, Any]:
    said = _decoded(data)
    if said[0] in "[{":
        content = _json(said)
        return _json_format(content), content
    header = said.splitlines()[0]
    if tsml.is_sheet(header):
        return Format.TSML, said
    if PurePath(filename).suffix.casefold() == ".json":
        raise Unreadable("The file is not JSON. Nothing was changed.")
    raise Unreadable("The file is neither Meeting Guide JSON nor a sheet with the columns Name, Day and Time. Nothing was changed.")


def _decoded(data: bytes | str) -> str:
    if len(data) > LARGEST_FILE:
        raise Unreadable("The file is larger than 20 MB. Nothing was changed.")
    try:
        said = data if isinstance(data, str) else data.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        raise Unreadable(f"The file is not UTF-8 text (byte {broken.start + 1}). Nothing was changed.") from None
    said = said.lstrip()
    if not said:
        raise Unreadable("The file is empty. Nothing was changed.")
    return said


def _json(said: str) -> Any:
    try:
        return json.loads(said, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Unreadable("The file begins like JSON but cannot be read to its end. Nothing was changed.") from None


def _no_number(name: str) -> None:
    raise ValueError(name)


def _json_format(content: Any) -> Format:
    rows = content
    if isinstance(content, dict):
        inner: list[Any] = next((content[part] for part in ("meetings", "formats") if isinstance(content.get(part), list)), [])
        if any(_marked(row, BMLT_MARKS) for row in inner):
            return Format.BMLT
        if {"meetings", "formats"} <= content.keys():
            return Format.BMLT
        raise Unreadable("The file is not an array of meetings, which is what Meeting Guide JSON is. Nothing was changed.")
    if any(_marked(row, BMLT_MARKS) or _service_body(row) for row in rows):
        return Format.BMLT
    if any(_marked(row, INTERGROUP_MARKS) for row in rows) or _counts_to_seven(rows):
        return Format.ONLINE_INTERGROUP
    if rows and not any(isinstance(row, dict) and {"name", "slug"} & row.keys() for row in rows):
        raise Unreadable("The file is an array, but nothing in it is a meeting with a name and a slug. Nothing was changed.")
    return Format.MEETING_GUIDE


def _marked(row: Any, marks: set[str]) -> bool:
    return isinstance(row, dict) and bool(marks & row.keys())


def _service_body(row: Any) -> bool:
    return isinstance(row, dict) and {"parent_id", "helpline", "world_id"} <= row.keys()


def _counts_to_seven(rows: list[Any]) -> bool:
    days = set()
    for row in rows:
        day = row.get("day") if isinstance(row, dict) else None
        days |= {str(one) for one in (day if isinstance(day, list) else [day]) if isinstance(one, str | int)}
    return "7" in days and "0" not in days
