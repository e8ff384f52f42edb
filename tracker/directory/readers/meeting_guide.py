"""Meeting Guide JSON: one array of meetings, weekday 0 to 6 with Sunday 0 (domain 4.2, table B1)."""

import re
from collections.abc import Iterator
from datetime import time
from typing import Any

from tracker.directory.readers.fields import LINE, NAME, NOTES, TYPES, address_parts, coordinates, link, moment, shown, slug, text, zone
from tracker.directory.readers.meaning import approximate_place, meaning
from tracker.directory.readers.rows import Bad, MeetingRow, Refusal
from tracker.directory.words import Fellowship

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")


def parse(meetings: list[Any], *, fellowship: Fellowship, default_zone: str | None = None) -> tuple[list[MeetingRow], list[Refusal]]:
    """Read the array of a Meeting Guide feed.

    Args:
        meetings: the decoded array.
        fellowship: whose feed it is; type codes are read in its table.
        default_zone: IANA zone of rows that name none.

    Returns:
        The rows (a meeting on several days has one a day, keyed `slug-<day>`), and each refused meeting by its place in
        the array.
    """
    rows: list[MeetingRow] = []
    refused: list[Refusal] = []
    taken: dict[str, int] = {}
    for number, raw in enumerate(meetings, start=1):
        try:
            made = list(_rows(raw, fellowship, default_zone))
            for row in made:
                if row.source_key in taken:
                    raise Bad(f"Meeting {taken[row.source_key]} of this file already has the key {row.source_key}.")
        except Bad as bad:
            refused.append(Refusal(number, _shown_slug(raw), str(bad)))
            continue
        taken.update((row.source_key, number) for row in made)
        rows += made
    return rows, refused


def weekdays(day: Any) -> list[tuple[int, int]]:
    """The days of a row as pairs (day of the source, ISO weekday): 0 is Sunday, so 0 becomes 7. Raises Bad.

    Whole numbers, digits in text and arrays of both occur; None, "" and an empty array mean by appointment.
    """
    if day is None or day == "":
        return []
    pairs = []
    for one in day if isinstance(day, list) else [day]:
        if isinstance(one, str) and re.fullmatch(r"\s*\d\s*", one, re.ASCII):
            one = int(one)
        if isinstance(one, bool) or not isinstance(one, int) or not 0 <= one <= 6:
            raise Bad(f"Day “{shown(one)}” is not 0 (Sunday) to 6 (Saturday).")
        pairs.append((one, one or 7))
    return list(dict.fromkeys(pairs))


def _rows(raw: Any, fellowship: Fellowship, default_zone: str | None) -> Iterator[MeetingRow]:
    if not isinstance(raw, dict):
        raise Bad("It is not a meeting with fields.")
    key = slug(raw.get("slug"))
    name = text(raw.get("name"), "The name", NAME)
    if not name:
        raise Bad("It has no name.")
    facts = _place(raw) | _join(raw) | _words(raw)
    told_approximate = text(raw.get("approximate"), "“approximate”", 10)
    approximate = approximate_place(told_approximate, text(raw.get("address"), "The address", LINE), facts["address"])
    meant = meaning(
        fellowship,
        _codes(raw.get("types")),
        approximate=approximate,
        join_url=facts["join_url"],
        join_phone=facts["join_phone"],
        attendance=text(raw.get("attendance_option"), "“attendance_option”", 20),
    )
    start, end = _clock(raw.get("time"), "The time"), _clock(raw.get("end_time"), "The end time")
    days: list[tuple[int | None, int | None]] = [*weekdays(raw.get("day"))]
    several = isinstance(raw.get("day"), list)
    for source_day, weekday in days or [(None, None)]:
        yield MeetingRow(
            source_key=f"{key}-{source_day}" if several and source_day is not None else key,
            group_key=key,
            name=name,
            weekday=weekday,
            start_local=start,
            end_local=end if end != start else None,
            zone=zone(raw.get("timezone"), default_zone),
            approximate=approximate,
            **facts,
            **meant.facts(),
        )


def _clock(value: Any, called: str) -> time | None:
    said = text(value, called, 20)
    if not said:
        return None
    if found := _CLOCK.fullmatch(said):
        hour, minute = int(found[1]), int(found[2])
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise Bad(f"{called} is not a time of day like 18:30.")


def _codes(value: Any) -> list[str]:
    if value is None:
        return []
    listed = value.split(",") if isinstance(value, str) else value
    if not isinstance(listed, list):
        raise Bad("The types are not a list.")
    return [code for code in (text(code, "A type", TYPES) for code in listed) if code]


def _place(raw: dict[str, Any]) -> dict[str, Any]:
    formatted = text(raw.get("formatted_address"), "The address", LINE)
    street = text(raw.get("address"), "The address", LINE)
    city, state, postal_code = (text(raw.get(part), f"“{part}”", 80) for part in ("city", "state", "postal_code"))
    if formatted and not (city and postal_code):
        found = address_parts(formatted)
        city, state, postal_code = city or found[0], state or found[1], postal_code or found[2]
    here = coordinates(raw.get("latitude"), raw.get("longitude"))
    state_and_zip = " ".join(part for part in (state, postal_code) if part)
    return {
        "address": formatted or ", ".join(part for part in (street, city, state_and_zip) if part),
        "city": city,
        "state": state,
        "postal_code": postal_code,
        "latitude": here[0] if here else None,
        "longitude": here[1] if here else None,
        "location": text(raw.get("location"), "The location", LINE),
        "region_path": _regions(raw),
    }


def _regions(raw: dict[str, Any]) -> str:
    listed = raw.get("regions")
    if not isinstance(listed, list) or not listed:
        listed = [raw.get("region"), raw.get("sub_region")]
    told = [text(region, "A region", LINE) for region in listed]
    path = " > ".join(part.strip() for region in told for part in region.split(">") if part.strip())
    return text(path, "The region", LINE)


def _join(raw: dict[str, Any]) -> dict[str, str]:
    return {
        "join_url": link(raw.get("conference_url"), "The link to join"),
        "join_url_notes": text(raw.get("conference_url_notes"), "The notes on joining", NOTES),
        "join_phone": text(raw.get("conference_phone"), "The phone to join", 80),
        "join_phone_notes": text(raw.get("conference_phone_notes"), "The notes on joining by phone", NOTES),
    }


def _words(raw: dict[str, Any]) -> dict[str, Any]:
    notes = [text(raw.get(part), f"“{part}”", NOTES) for part in ("notes", "location_notes", "group_notes")]
    return {
        "group_name": text(raw.get("group"), "The group", NAME),
        "notes": text("\n".join(note for note in dict.fromkeys(notes) if note), "The notes together", NOTES),
        "source_updated_at": moment(raw.get("updated")),
        "source_org": text(raw.get("entity"), "The entity", NAME),
        "source_url": _loose_link(raw.get("url")),
        "report_url": _loose_link(raw.get("feedback_url")),
    }


def _loose_link(value: Any) -> str:
    # A listing is worth having without the link to its own page.
    try:
        return link(value, "A link")
    except Bad:
        return ""


def _shown_slug(raw: Any) -> str:
    told = raw.get("slug") if isinstance(raw, dict) else None
    return shown(told) if isinstance(told, str | int) else ""
