"""The finder as a page: the address is the filter; every chip, day and choice is a plain link."""

from dataclasses import dataclass
from typing import Any, TypeVar

from werkzeug.datastructures import MultiDict

from tracker import places
from tracker.addresses import url_for
from tracker.directory.groups.finder import Week
from tracker.directory.groups.forms import LANGUAGES
from tracker.directory.groups.wanted import ForWhom, PartOfDay, Wanted, Way
from tracker.directory.words import Fellowship
from tracker.places import Point
from tracker.words import Words

Word = TypeVar("Word", bound=Words)

DAY_CODES = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
DISTANCES = (10, 25, 50)


@dataclass(frozen=True, slots=True)
class Menu:
    """One filter: what it shows now, and what may be chosen instead as (words, url, chosen)."""

    words: str
    icon: str
    on: bool
    choices: list[tuple[str, str, bool]]


class Address:
    """The filters that stand in an address, and the addresses that differ from it by one of them."""

    def __init__(self, args: MultiDict[str, str], endpoint: str, kept: tuple[str, ...] = (), **route: Any) -> None:
        names = ("day", "audience", "part", "way", "fellowship", "language", "step_free", "within", "near", "all", *kept)
        self._args: dict[str, Any] = {name: args.getlist(name)[:10] for name in names if args.getlist(name)}
        self._endpoint, self._route = endpoint, route

    def get(self, name: str) -> str:
        """One filter's value, "" when it is not set."""
        return self._args.get(name, [""])[0]

    def word(self, name: str, words: type[Word]) -> Word | None:
        """One filter as a word; None when it is not set or no such word."""
        return next((word for word in words if word.value == self.get(name)), None)

    def with_(self, anchor: str | None = None, **changed: str | None) -> str:
        """The address with some filters set anew; None takes one off. The list starts short again."""
        args: dict[str, Any] = {name: values for name, values in self._args.items() if name not in changed and name != "all"}
        args |= {name: [value] for name, value in changed.items() if value is not None}
        return url_for(self._endpoint, _anchor=anchor, **self._route, **args)

    def wanted(self, default: ForWhom | None = None, origin: Point | None = None) -> Wanted:
        """What is looked for. An audience that is not set is `default`; "any" takes it off."""
        audience = self.word("audience", ForWhom) or (default if self.get("audience") != "any" else None)
        within = self.get("within")
        distance = int(within) if within.isascii() and within.isdigit() and len(within) < 5 and int(within) in DISTANCES else None if within else DISTANCES[0]
        return Wanted(
            whom=audience,
            part=self.word("part", PartOfDay),
            way=self.word("way", Way),
            fellowship=self.word("fellowship", Fellowship),
            language=self.get("language") or None,
            step_free=bool(self.get("step_free")),
            origin=origin,
            within=distance if origin else None,
        )

    def day(self) -> int | None:
        """The ISO weekday that is asked for."""
        code = self.get("day")
        return (DAY_CODES.index(code) or 7) if code in DAY_CODES else None

    def kept(self, *without: str) -> list[tuple[str, str]]:
        """Every filter but some, for the hidden fields of a form that sets those."""
        return [(name, value) for name, values in self._args.items() if name not in without for value in values]

    def near(self) -> places.Place | None:
        """The place of the ZIP in the address, in the open directory only."""
        return places.place(self.get("near")) if self.get("near") else None


def tabs() -> list[tuple[str, str, None, bool]]:
    """The two halves of the directory."""
    both = (("Programs", "programs.index", False), ("Groups", "groups.index", True))
    return [(words, url_for(endpoint), None, on) for words, endpoint, on in both]


def strip(address: Address, week: Week) -> list[tuple[str, int, str, bool]]:
    """The day strip: (day, count after the filters, address, whether it is the one shown)."""
    return [
        (code.title(), week.counts[iso], address.with_(day=code), iso == week.day)
        for code, iso in ((code, number or 7) for number, code in enumerate(DAY_CODES))
    ]


def menus(address: Address, wanted: Wanted, week: Week) -> list[Menu]:
    """The filters above the list."""
    made = [
        _menu(address, "audience", "Anybody", "users", wanted.whom, list(ForWhom), off="any"),
        _menu(address, "part", "Any time", "clock", wanted.part, list(PartOfDay)),
        _menu(address, "way", "In person or online", "video", wanted.way, list(Way)),
    ]
    if wanted.origin:
        choices = [(f"{miles} mi or online", address.with_(within=str(miles)), wanted.within == miles) for miles in DISTANCES]
        choices.append(("Any distance", address.with_(within="any"), wanted.within is None))
        made.append(Menu(f"{wanted.within} mi or online" if wanted.within else "Any distance", "map-pin", bool(wanted.within), choices))
    made.append(_menu(address, "fellowship", "Any fellowship", "", wanted.fellowship, list(Fellowship)))
    told = {tag: LANGUAGES.get(tag, tag) for tag in week.languages | ({wanted.language} if wanted.language else set())}
    if told:
        choices = [("Any language", address.with_(language=None), not wanted.language)]
        choices += [(name, address.with_(language=tag), tag == wanted.language) for tag, name in sorted(told.items(), key=lambda pair: pair[1])]
        made.append(Menu(told.get(wanted.language or "", "Any language"), "", bool(wanted.language), choices))
    return made


def _menu(address: Address, name: str, anything: str, icon: str, chosen: Words | None, words: list[Any], off: str | None = None) -> Menu:
    choices = [(word.label, address.with_(**{name: word.value}), word is chosen) for word in words]
    choices.append((anything, address.with_(**{name: off}), chosen is None))
    return Menu(chosen.label if chosen else anything, icon, chosen is not None, choices)
