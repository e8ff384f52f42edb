"""A real browser at the served program: it watches the content policy and the console, runs axe, and takes pictures."""

import os
import re
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.cast import PASSWORD
from tests.serving import Served

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
PICTURES = Path(os.environ.get("WAYPOINT_TEST_SHOTS") or "tests/output/shots")
WIDE, NARROW = 1440, 390
HEIGHTS = {WIDE: 900, NARROW: 844}
# A refused form is answered 422 on purpose; a browser writes every such answer to its console.
ANSWERED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
WATCH = """addEventListener("securitypolicyviolation", event =>
  console.error(`content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`))"""

expect.set_options(timeout=15_000)  # a machine that builds and tests at once is slow

Look = Literal["light", "dark"]


class Screens:
    """Opens windows, each a browser of its own, and keeps what any of them complained about."""

    def __init__(self, browser: Browser, served: Served) -> None:
        self.served = served
        self.complaints: list[str] = []
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def open(self, who: str = "", *, look: Look = "light", width: int = WIDE, height: int = 0, scripts: bool = True) -> Page:
        """A new window.

        Args:
            who: the user name of whoever signs in there, through the form; nobody when left out.
            look: light or dark.
            width: in CSS pixels; 1440 and 390 are what the product is drawn for.
            height: in CSS pixels; as is usual with the width when left out.
            scripts: whether scripts run.
        """
        context = self._browser.new_context(
            base_url=self.served.url,
            color_scheme=look,
            viewport={"width": width, "height": height or HEIGHTS.get(width, 900)},
            java_script_enabled=scripts,
            reduced_motion="reduce",
            locale="en-US",
            timezone_id="America/New_York",
        )
        context.set_default_timeout(30_000)
        context.add_init_script(WATCH)
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        if who:
            self.sign_in(page, who)
        return page

    def sign_in(self, page: Page, who: str) -> None:
        """Sign in through the form, by keyboard."""
        page.goto("/sign-in")
        page.locator("#username").fill(who)
        page.locator("#password").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page).not_to_have_url(re.compile("/sign-in"))
        page.wait_for_load_state()  # a key that is pressed before the script has come is lost

    def axe(self, page: Page) -> None:
        """Nothing that axe knows is wrong with the page as it stands."""
        page.wait_for_load_state("networkidle")  # a page that is just being left has no document to look at
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert not found["violations"], f"axe at {page.url}:\n" + "\n".join(_told(rule) for rule in found["violations"])

    def fits(self, page: Page) -> None:
        """Nothing makes the page scroll sideways."""
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{page.url} is {over} px wider than its window"

    def shoot(self, page: Page, name: str, whole: bool = False) -> Path:
        """Take a picture of the window, or of the whole page.

        Args:
            name: of the file, without an ending.
        """
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{name}.png"
        page.evaluate("document.fonts.ready")
        page.screenshot(path=path, full_page=whole, animations="disabled")
        return path

    def close(self) -> None:
        """Close every window; a broken content policy or an error in the console fails the test."""
        for context in self._contexts:
            context.close()
        assert not self.complaints, "the browser complained:\n  " + "\n  ".join(self.complaints)

    def _console(self, message: ConsoleMessage) -> None:
        # The little picture of a tab is asked for late: a page that is left meanwhile takes the request with it.
        cut_off = "net::ERR_" in message.text and message.location.get("url", "").endswith("/static/mark.svg")
        if message.type == "error" and not cut_off and not ANSWERED.search(message.text):
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")


def _told(rule: dict[str, Any]) -> str:
    places = "".join(f"\n      {' '.join(map(str, node['target']))}: {node['html'][:160]}" for node in rule["nodes"][:5])
    return f"  {rule['id']} ({rule['impact']}): {rule['help']}{places}"
