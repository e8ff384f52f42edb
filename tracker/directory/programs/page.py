"""The program finder as a page: the address is the filter; every chip and choice is a plain link."""

from typing import Any, TypeVar

from flask import current_app

from tracker.addresses import url_for
from tracker.directory.groups.page import Address, Menu
from tracker.directory.programs.models import Program
from tracker.directory.programs.queries import LANGUAGES, Found
from tracker.directory.programs.wanted import ATTRIBUTE_SAYS, Aim, Wanted, ages_in_words
from tracker.directory.programs.words import CareAttribute, Kind, Payment
from tracker.places import Point
from tracker.words import Words

Word = TypeVar("Word", bound=Words)

NAMES = ("kind", "payment", "attribute", "open", "program")
DISTANCES = (10, 25, 50, 100)
FIRST_DISTANCE = 50  # miles (interface, settings)


def wanted(address: Address, origin: Point | None, preset: Wanted | None = None) -> Wanted:
    """What an address asks for; what it leaves out is as `preset` has it, and "any" takes it off."""
    preset = preset or Wanted()
    return Wanted(
        origin=origin,
        within=_within(address) if origin else None,
        kind=_or_preset(address, "kind", Kind, preset.kind),
        payment=_or_preset(address, "payment", Payment, preset.payment),
        language=_language(address, preset.language),
        attribute=_or_preset(address, "attribute", CareAttribute, preset.attribute),
        place_open=address.get("open") == "1",
        ages=preset.ages,
    )


def _within(address: Address) -> int | None:
    said = address.get("within")
    if said == "any":
        return None
    return int(said) if said.isascii() and said.isdigit() and len(said) < 5 and int(said) in DISTANCES else FIRST_DISTANCE


def _or_preset(address: Address, name: str, words: type[Word], preset: Word | None) -> Word | None:
    return None if address.get(name) == "any" else address.word(name, words) or preset


def _language(address: Address, preset: str | None) -> str | None:
    said = address.get("language")
    if said == "any":
        return None
    return said if said in LANGUAGES else preset


def menus(address: Address, looked_for: Wanted, zip_code: str) -> list[Menu]:
    """The filters above a list of programs, each with its choices as (words, address, chosen)."""
    made = []
    if looked_for.origin:
        choices = [(f"Within {miles} mi", address.with_(within=str(miles)), looked_for.within == miles) for miles in DISTANCES]
        choices.append(("Any distance", address.with_(within="any"), looked_for.within is None))
        words = f"{looked_for.within} mi of {zip_code}" if looked_for.within else f"Any distance from {zip_code}"
        made.append(Menu(words, "map-pin", looked_for.within is not None, choices))
    made.append(_menu(address, "kind", ("Any kind of care", "Any kind of care"), looked_for.kind, [(one.value, one.label) for one in Kind]))
    made.append(_menu(address, "payment", ("Payment", "Any payment"), looked_for.payment, [(one.value, f"Takes {one.label}") for one in Payment]))
    made.append(_menu(address, "attribute", ("More", "Anything else"), looked_for.attribute, [(one.value, words) for one, words in ATTRIBUTE_SAYS.items()]))
    made.append(_menu(address, "language", ("Language", "Any language"), looked_for.language, [(tag, name) for tag, name in LANGUAGES.items() if tag != "en"]))
    return made


def _menu(address: Address, name: str, unset: tuple[str, str], chosen: Any, offered: list[tuple[str, str]]) -> Menu:
    now = str(getattr(chosen, "value", chosen) or "")
    choices = [(words, address.with_(**{name: code}), code == now) for code, words in offered]
    shown, anything = unset  # on the filter, and as its last choice
    choices.append((anything, address.with_(**{name: "any"}), not now))
    return Menu(next((words for code, words in offered if code == now), shown), "", bool(now), choices)


def place_open(address: Address, looked_for: Wanted) -> tuple[bool, str]:
    """The chip for places that are open now: (on, address that turns it)."""
    return looked_for.place_open, address.with_(open=None if looked_for.place_open else "1")


def loosened(address: Address, found: Found) -> list[tuple[str, str]]:
    """What may be loosened when nothing fits, with how many would then: (words, address)."""
    names = {Aim.KIND: "kind", Aim.PAYMENT: "payment", Aim.LANGUAGE: "language", Aim.ATTRIBUTE: "attribute"}
    made = []
    if found.loosen[Aim.DISTANCE]:
        made.append((f"Loosen distance to 100 mi ({found.loosen[Aim.DISTANCE]})", address.with_(within="100")))
    if found.loosen[Aim.OPEN]:
        made.append((f"Leave out place open ({found.loosen[Aim.OPEN]})", address.with_(open=None)))
    made += [(f"Leave out {aim.label} ({found.loosen[aim]})", address.with_(**{name: "any"})) for aim, name in names.items() if found.loosen[aim]]
    return made


def meta(program: Program, away: float | None) -> str:
    """The second line of a program in a list: kind and for whom, place, miles."""
    whom = ", ".join(
        part
        for part in (program.level_of_care.label, *(word.label.lower() for word in program.serves), ages_in_words(program.age_from, program.age_to))
        if part
    )
    return " · ".join(part for part in (whom, program.site.town, f"{away:.0f} mi" if away is not None else "") if part)


def tabs(on: str) -> list[tuple[str, str, None, bool]]:
    """The two halves of the directory."""
    both = (("Programs", "programs.index"), ("Groups", "groups.index"))
    return [(words, url_for(endpoint), None, words == on) for words, endpoint in both if endpoint in current_app.view_functions]
