"""What every template may use: filters for times and phones, and the ground of every page."""

from datetime import date, datetime, timedelta
from typing import Any

import phonenumbers
from flask import Flask
from jinja2 import Template

from tracker import clock, said
from tracker.words import Words

SHORT_ZONES = {"E": "ET", "C": "CT", "M": "MT", "P": "PT", "AK": "AKT", "H": "HT", "A": "AT"}
CRISIS_STEPS = [
    ("Someone hurt, hard to wake, or not breathing well:", "call 911 now", "If naloxone is there, use it."),
    ("Thoughts of suicide or a crisis:", "call or text 988", "Offer to do it together."),
]
CRISIS_FOOT = (
    "In danger now: 911. In crisis: call or text 988, any hour. Poison Help: 1-800-222-1222. "
    "Treatment information: SAMHSA helpline 1-800-662-4357."
)


def zone_letters(moment: datetime, zone: str) -> str:
    """The letters people say for a zone (ET, never EST), else its own abbreviation."""
    name = clock.local(moment, zone).tzname() or ""
    stem = name[:-2] if name.endswith(("ST", "DT")) else ""
    return SHORT_ZONES.get(stem, name)


def show_clock(moment: datetime, zone: str) -> str:
    """4:30 PM ET."""
    local = clock.local(moment, zone)
    return f"{local:%I:%M %p}".lstrip("0") + f" {zone_letters(moment, zone)}"


def show_day(when: datetime | date | None, zone: str = "UTC", year: bool = False) -> str:
    """Nov 24, with the year when it is not this one (or when asked for)."""
    if when is None:
        return ""
    day = clock.local(when, zone).date() if isinstance(when, datetime) else when
    with_year = year or day.year != clock.today(zone).year
    return f"{day:%b} {day.day}" + (f", {day.year}" if with_year else "")


def long_day(when: datetime | date, zone: str = "UTC") -> str:
    """Tuesday, November 24."""
    day = clock.local(when, zone).date() if isinstance(when, datetime) else when
    return f"{day:%A}, {day:%B} {day.day}" + (f", {day.year}" if day.year != clock.today(zone).year else "")


def near_day(when: datetime | date | None, zone: str = "UTC", inside: bool = False) -> str:
    """Today, Yesterday, Tomorrow, else the date; `inside` a sentence the words begin small."""
    if when is None:
        return ""
    day = clock.local(when, zone).date() if isinstance(when, datetime) else when
    apart = (day - clock.today(zone)).days
    word = {0: "Today", -1: "Yesterday", 1: "Tomorrow"}.get(apart, "")
    return (word.lower() if inside else word) or show_day(day, zone)


def show_daytime(moment: datetime | None, zone: str) -> str:
    """Nov 24, 4:30 PM ET."""
    return "" if moment is None else f"{show_day(moment, zone)}, {show_clock(moment, zone)}"


def show_phone(number: str | None) -> str:
    """(614) 555-0142 for a number of the organisation's country, international form else."""
    if not number:
        return ""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    form = phonenumbers.PhoneNumberFormat.NATIONAL if parsed.country_code == 1 else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)


def ago(moment: datetime) -> str:
    """How long ago, in words: 22 min, 1 h 48 min, 8 days."""
    passed = clock.now() - moment
    minutes = max(0, int(passed.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 24 * 60:
        return f"{minutes // 60} h {minutes % 60} min"
    days = passed // timedelta(days=1)
    return f"{days} day" + ("s" if days != 1 else "")


def label(word: Any) -> str:
    """What people read for a code."""
    return word.label if isinstance(word, Words) else str(word or "")


class _Template(Template):
    """A template whose macros know the application's globals, as all of ours do.

    Jinja looks at every import whether the page has other globals than the file of the macro; with twenty imports a page that is
    a tenth of drawing it, and the answer is always no.
    """

    def _get_default_module(self, ctx: Any = None) -> Any:
        return super()._get_default_module(None)


def register(app: Flask) -> None:
    """Give an application's templates their filters and ground."""
    app.jinja_env.template_class = _Template
    app.jinja_env.filters.update(
        clock=show_clock,
        day=show_day,
        long_day=long_day,
        near_day=near_day,
        daytime=show_daytime,
        phone=show_phone,
        ago=ago,
        label=label,
        zone_letters=zone_letters,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    settings = app.config["WAYPOINT"]
    named = ("Tell the supervisor on duty:", settings.supervisor_on_duty, "")
    steps = [*CRISIS_STEPS, named if settings.supervisor_on_duty else ("Tell", "the supervisor on duty", "")]

    @app.context_processor
    def ground() -> dict[str, Any]:
        return {
            "org_name": settings.org_name,
            "org_zone": settings.zone,
            "idle_seconds": settings.idle_minutes * 60,
            "crisis_steps": steps,
            "crisis_foot": CRISIS_FOOT,
            "now": clock.now,
            "take_said": said.take,
        }
