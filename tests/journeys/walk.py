"""Somebody who works with the keyboard alone, with scripts or without, and what has to hold at every press."""

import re
from datetime import timedelta

from playwright.sync_api import Locator, Page, expect

from tests.journeys.focus import look
from tests.screens import WIDE, Screens
from tracker import clock

ZONE = "America/New_York"  # where everybody of the cast works

FARTHEST = 400  # presses of Tab from one place of a page to another
STORED = "[localStorage.length, sessionStorage.length, document.cookie]"


class Walk:
    """One person at one window; everything goes through the keyboard, and each Tab is looked at.

    Attributes:
        page: the window.
        scripts: whether scripts run in it.
        opened: every address that the window showed.
        titles: every title that it had.
    """

    def __init__(self, screens: Screens, who: str, scripts: bool = True, width: int = WIDE) -> None:
        self.screens = screens
        self.scripts = scripts
        self.opened: list[str] = []
        self.titles: set[str] = set()
        self.page: Page = screens.open(who, scripts=scripts, width=width)
        self.page.on("request", lambda request: self.opened.append(request.url))
        self.page.on("domcontentloaded", lambda page: self.opened.append(page.url))

    def to(self, where: str | Locator) -> Locator:
        """Go by Tab, or back by Shift and Tab, until the focus is there.

        Args:
            where: a CSS selector or a locator; the first that fits and can be seen.
        """
        place = self._one(where)
        self.page.wait_for_load_state()
        expect(place).to_be_attached()
        target = place.element_handle()
        now = look(self.page, target)
        for _ in range(FARTHEST):
            if now.get("arrived"):
                return place
            self.page.keyboard.press("Tab" if now.get("lost") or now["ahead"] else "Shift+Tab")
            now = look(self.page, target)
            assert not now.get("lost"), f"the focus fell to the body on the way to {where} at {self.page.url}"
            assert not now["fault"], f"{now['fault']}, at {self.page.url}"
        raise AssertionError(f"{where} cannot be reached by Tab at {self.page.url}")

    def follow(self, where: str | Locator) -> None:
        """Go to a link, a button or a menu, and press Enter."""
        self.to(where)
        self.press("Enter")

    def link(self, words: str, whole: bool = False) -> None:
        """Follow the first link with these words in its name."""
        self.follow(self.page.locator("main").get_by_role("link", name=words, exact=whole).first)

    def button(self, words: str) -> None:
        """Press the button with these words."""
        self.follow(self.page.locator("main").get_by_role("button", name=words).first)

    def unfold(self, words: str) -> None:
        """Open what is folded behind words."""
        self.follow(self.page.locator("summary", has_text=words).first)

    def key(self, letter: str, words: str) -> None:
        """A single key, where scripts run; the link it stands for, where they do not."""
        self.page.wait_for_load_state()
        if self.scripts:
            self.press(letter)
        else:
            self.follow(self.page.get_by_role("link", name=words).and_(self.page.locator(":visible")))

    def type(self, field: str, words: str) -> None:
        """Go to a field and type, in place of what stands in it."""
        self.to(f"#{field}")
        self.press("Control+a")
        self.page.keyboard.type(words)

    def day(self, field: str, iso: str) -> None:
        """Type a day into a native field, as its keyboard takes it."""
        year, month, day = iso.split("-")
        self.to(f"#{field}")
        self.page.keyboard.type(f"{month}{day}{year}")
        expect(self.page.locator(f"#{field}")).to_have_value(iso)

    def choose(self, name: str, value: str) -> None:
        """Choose one of a row of radio buttons by the arrow keys."""
        group = self.page.locator(f'input[type=radio][name="{name}"]')
        self.to(group)
        for _ in range(group.count()):
            here = self.page.evaluate("document.activeElement.value")
            if here == value:
                break
            self.press("ArrowDown")
        chosen = group.and_(self.page.locator(f'[value="{value}"]'))
        if not chosen.is_checked():
            self.press("Space")
        expect(chosen).to_be_checked()

    def pick(self, field: str, words: str) -> None:
        """Choose in a list by the arrow keys, the first choice that begins with these words."""
        place = self.to(f"#{field}")
        choices = [" ".join(one.split()) for one in place.locator("option").all_inner_texts()]
        fits = [number for number, choice in enumerate(choices) if choice.startswith(words)]
        assert fits, f"{words} is not among {choices}"
        at = place.evaluate("one => one.selectedIndex")
        for _ in range(abs(fits[0] - at)):
            self.press("ArrowDown" if fits[0] > at else "ArrowUp")
        assert place.evaluate("one => one.selectedIndex") == fits[0]

    def tick(self, *places: str | Locator) -> None:
        """Tick boxes that are not ticked yet, each by Space."""
        for where in places:
            box = self.to(where)
            if not box.is_checked():
                self.press("Space")
            expect(box).to_be_checked()

    def box(self, name: str, value: str) -> None:
        """Tick one of several boxes by its code."""
        self.tick(f'input[name="{name}"][value="{value}"]')

    def save(self, words: str) -> None:
        """Save the form that the focus is in: by Ctrl and Enter, or, without scripts, by its button."""
        if self.scripts:
            self.press("Control+Enter")
        else:
            self.button(words)

    def press(self, key: str) -> None:
        """Press one key or chord."""
        self.page.keyboard.press(key)

    def said(self, words: str) -> None:
        """The status line says so."""
        expect(self.page.locator("#said")).to_contain_text(words)

    def at(self, address: str, heading: str = "") -> None:
        """The window shows this place."""
        expect(self.page).to_have_url(re.compile(address))
        self.page.wait_for_load_state()
        if heading:
            expect(self.page.locator("h1")).to_contain_text(heading)
        self.titles.add(self.page.title())

    def shows(self, where: str, words: str) -> None:
        """Something on the page says these words."""
        expect(self.page.locator(where).first).to_contain_text(words)

    def refused(self, words: str) -> None:
        """The form came back and says why, with the focus on what it says."""
        expect(self.page.locator(".errsum")).to_contain_text(words)
        if self.scripts:
            expect(self.page.locator(".errsum")).to_be_focused()

    def leaves_nothing_behind(self, *secrets: str) -> None:
        """No secret stands in an address or a title of this walk, and the browser keeps nothing but the session's cookie."""
        self.titles.add(self.page.title())
        written = [*self.opened, *self.titles]
        found = [(secret, where) for secret in secrets for where in written if secret.lower() in where.lower()]
        assert not found, f"a name, a number or a note stands in {found[:5]}"
        assert self.page.evaluate(STORED) == [0, 0, ""]
        assert self.page.evaluate("indexedDB.databases()") == []

    def _one(self, where: str | Locator) -> Locator:
        return (self.page.locator(where) if isinstance(where, str) else where).first


def today(later: int = 0) -> str:
    """The day at the desk, or some days later, as a date field keeps it."""
    return (clock.today(ZONE) + timedelta(days=later)).isoformat()
