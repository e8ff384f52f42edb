"""TSML CSV (12-Step Meeting List) and sheets of the same kind: weekday names, 6:00 PM, types by English name (table B3)."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, time

from tracker.directory.meeting_types import ONLINE_HINT, ONLINE_NAMES, type_named
from tracker.directory.readers.fields import LINE, NAME, NOTES, TYPES, address_parts, coordinates, link, moment, shown, slug, text, zone
from tracker.directory.readers.meaning import approximate_place, meaning
from tracker.directory.readers.rows import Bad, MeetingRow, Refusal, Unreadable
from tracker.directory.words import Fellowship

NEEDED = {"Name", "Day", "Time"}
# Venmo, Mailing Address, Author, Email, Phone and Contact 1 to 3 are never read: members stay anonymous.
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TOO_MANY = "more cells than columns"
APPOINTMENT = {"", "appointment", "by appointment"}
_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2}))?(?::\d{2})?\s*([ap])\.?m\.?|(\d{1,2}):(\d{2})(?::\d{2})?", re.IGNORECASE)


def parse(sheet: str, *, fellowship: Fellowship, default_zone: str | None = None) -> tuple[list[MeetingRow], list[Refusal]]:
    """Read a TSML sheet.

    Args:
        sheet: the decoded text, header line first.
        fellowship: whose list it is; type names are read in its table.
        default_zone: IANA zone of rows that name none.

    Returns:
        The rows, and each refused one by its line in a spreadsheet (the header is line 1).

    Raises:
        Unreadable: the sheet itself is broken, such as a quote that is never closed.
    """
    rows: list[MeetingRow] = []
    refused: list[Refusal] = []
    taken: dict[str, int] = {}
    for number, raw in _lines(sheet):
        try:
            row = _row(raw, fellowship, default_zone)
            if row.source_key in taken:
                raise Bad(f"Line {taken[row.source_key]} of this file already has the slug {row.source_key}.")
        except Bad as bad:
            refused.append(Refusal(number, shown(raw.get("Slug") or ""), str(bad)))
            continue
        taken[row.source_key] = number
        rows.append(row)
    return rows, refused


def is_sheet(header: str) -> bool:
    """Whether a first line is the header of such a sheet."""
    try:
        return NEEDED.issubset(cell.strip().title() for cell in next(csv.reader([header]), []))
    except csv.Error:
        return False


def weekday(name: str) -> int | None:
    """ISO weekday of an English day name; None by appointment. A number is refused: lists do not agree how to count."""
    said = name.strip().casefold()
    if said in APPOINTMENT:
        return None
    for iso, day in enumerate(DAYS, start=1):
        if said == day or (len(said) >= 3 and day.startswith(said)):
            return iso
    raise Bad(f"“{shown(name.strip())}” is not the name of a weekday.")


def clock(value: str, called: str) -> time | None:
    """A time of day like "6:00 PM", "18:00", "Noon" or "Midnight"; None when empty. Raises Bad."""
    said = value.strip().casefold()
    if not said:
        return None
    if said in {"noon", "midnight"}:
        return time(12 if said == "noon" else 0)
    if found := _CLOCK.fullmatch(said):
        hour, minute, half, plain_hour, plain_minute = found.groups()
        try:
            if half is None:
                return time(int(plain_hour), int(plain_minute))
            if 1 <= int(hour) <= 12:
                return time(int(hour) % 12 + (12 if half == "p" else 0), int(minute or 0))
        except ValueError:
            pass
    raise Bad(f"{called} is not a time of day like 6:00 PM.")


def _lines(sheet: str) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        # strict: a quote that is never closed would otherwise swallow the rest of the file in silence.
        header, *lines = csv.reader(io.StringIO(sheet, newline=""), strict=True)
    except (csv.Error, ValueError) as broken:
        raise Unreadable(f"The sheet cannot be read: {broken}. Nothing was changed.") from None
    columns = [cell.strip().title().replace("Url", "URL") for cell in header]
    for number, cells in enumerate(lines, start=2):
        if any(cell.strip() for cell in cells):
            row = dict(zip(columns, cells, strict=False))
            yield number, row | ({TOO_MANY: "yes"} if len(cells) > len(columns) else {})


def _row(raw: dict[str, str], fellowship: Fellowship, default_zone: str | None) -> MeetingRow:
    if TOO_MANY in raw:
        raise Bad("The line has more cells than the header has columns.")
    key = slug(raw.get("Slug"))
    name = text(raw.get("Name"), "The name", NAME)
    if not name:
        raise Bad("It has no name.")
    address = text(raw.get("Address"), "The address", LINE)
    city, state, postal_code = address_parts(address)
    here = coordinates(raw.get("Latitude"), raw.get("Longitude"))
    join_url = link(raw.get("Conference URL"), "The link to join")
    join_phone = text(raw.get("Conference Phone"), "The phone to join", 80)
    approximate = approximate_place(text(raw.get("Approximate"), "“Approximate”", 10), "", address)
    meant = meaning(
        fellowship,
        _codes(raw.get("Types") or "", fellowship),
        approximate=approximate,
        join_url=join_url,
        join_phone=join_phone,
        attendance=(raw.get("Attendance Option") or "").strip().casefold().replace(" ", "_"),
    )
    start, end = clock(raw.get("Time") or "", "The time"), clock(raw.get("End Time") or "", "The end time")
    notes = [text(raw.get(part), f"“{part}”", NOTES) for part in ("Notes", "Location Notes", "Group Notes")]
    return MeetingRow(
        source_key=key,
        group_key=key,
        name=name,
        weekday=weekday(raw.get("Day") or ""),
        start_local=start,
        end_local=end if end != start else None,
        zone=zone(raw.get("Timezone"), default_zone),
        group_name=text(raw.get("Group"), "The group", NAME),
        location=text(raw.get("Location"), "The location", LINE),
        address=address,
        city=city,
        state=state,
        postal_code=postal_code,
        latitude=here[0] if here else None,
        longitude=here[1] if here else None,
        approximate=approximate,
        region_path=_region(raw),
        notes=text("\n".join(note for note in dict.fromkeys(notes) if note), "The notes together", NOTES),
        join_url=join_url,
        join_url_notes=text(raw.get("Conference URL Notes"), "The notes on joining", NOTES),
        join_phone=join_phone,
        join_phone_notes=text(raw.get("Conference Phone Notes"), "The notes on joining by phone", NOTES),
        source_updated_at=moment(raw.get("Updated")),
        source_url=_website(raw.get("Website")),
        last_verified_on=_day(raw.get("Last Contact")),
        **meant.facts(),
    )


def _codes(names: str, fellowship: Fellowship) -> list[str]:
    codes = []
    for name in (text(name, "A type", TYPES) for name in names.split(",")):
        if name.casefold() in ONLINE_NAMES:
            codes.append(ONLINE_HINT)
        elif name:
            known = type_named(fellowship, name)
            codes.append(known.code if known else name)
    return codes


def _region(raw: dict[str, str]) -> str:
    told = [text(raw.get(part), "The region", LINE) for part in ("Region", "Sub Region")]
    path = " > ".join(part.strip() for region in told for part in region.split(">") if part.strip())
    return text(path, "The region", LINE)


def _website(value: str | None) -> str:
    try:
        return link(value, "The website")
    except Bad:
        return ""


def _day(value: str | None) -> date | None:
    found = moment(f"{value.strip()} 00:00" if value and "-" in value and ":" not in value else value)
    return found.date() if found else None
