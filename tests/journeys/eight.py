"""The eight screens of a working day, each as somebody at work leaves it: opened, filled in, something chosen."""

from collections.abc import Callable

from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.screens import Screens
from tracker.cases.models import Case
from tracker.db import db
from tracker.people.models import ContactPoint, Family, PointKind
from tracker.templating import show_phone

WORDS = (
    "Came home from school last week, sleeping all day, found pills in her bag. Says she is fine. "
    "Mom does not know if she took something this morning."
)
COORDINATOR, SUPERVISOR = "maya", "ruth"
KNOWN = "Okonkwo"  # their case is closed


class Day:
    """Where the families are whose pages are looked at, and how each of the eight screens is reached."""

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            self.walker, self.pruitt, self.nguyen = (_case_of(name) for name in ("Walker", "Pruitt", "Nguyen"))
            self.phone = _phone_of(KNOWN)
            db.session.remove()
        self.screens: dict[str, tuple[str, Callable[[Page], None]]] = {
            "today": (COORDINATOR, self.today),
            "inquiry": (COORDINATOR, self.inquiry),
            "case": (COORDINATOR, self.case),
            "log": (COORDINATOR, self.log),
            "refer": (COORDINATOR, self.refer),
            "group": (COORDINATOR, self.group),
            "packet": (COORDINATOR, self.packet),
            "review": (SUPERVISOR, self.review),
        }

    def all(self, windows: Screens, **window: object) -> "list[tuple[str, Page]]":
        """Each screen's name and its window, opened one after the other."""
        pages = {who: windows.open(who, **window) for who in (COORDINATOR, SUPERVISOR)}
        for name, (who, arrange) in self.screens.items():
            arrange(pages[who])
            pages[who].mouse.move(0, 0)
            yield name, pages[who]

    def today(self, page: Page) -> None:
        """What is to be done."""
        page.goto("/today")

    def inquiry(self, page: Page) -> None:
        """A call of somebody whose family is known, with a danger that nobody can rule out."""
        page.goto("/inquiries/new")
        fresh = page.get_by_role("button", name="Start new")
        if fresh.count():
            fresh.click()
            expect(fresh).to_have_count(0)
            page.wait_for_load_state()
        page.get_by_label("Phone, in case we get cut off").press_sequentially(self.phone)
        page.get_by_label("What may I call you?").fill(f"Teresa {KNOWN}")
        expect(page.locator("#known")).to_contain_text(f"{KNOWN} family")
        page.locator("#danger").get_by_text("Not sure").click()
        page.get_by_label("Who are they worried about?").select_option("parent")
        page.get_by_label("Their first name").fill("Kayla")
        page.get_by_label("About how old?").select_option("18_25")
        page.get_by_label("What is happening, in their words").fill(WORDS)
        for chip in ("Someone to talk to", "Find a program"):
            page.get_by_text(chip, exact=True).click()
        for chip in ("Call", "Text"):
            page.locator("#reach").get_by_text(chip, exact=True).click()
        expect(page.locator("[data-draft-status]")).to_contain_text("Draft kept")
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")

    def case(self, page: Page) -> None:
        """A family on its way."""
        page.goto(self.walker)

    def log(self, page: Page) -> None:
        """The log box, open in its place, with something typed."""
        page.goto(self.walker)
        page.keyboard.press("l")
        expect(page.locator("#note")).to_be_focused()
        page.keyboard.type("Place confirmed for Monday. Denise drives him there.")
        expect(page.locator("#log [data-draft-status]")).to_contain_text("Draft kept")

    def refer(self, page: Page) -> None:
        """A program is chosen which the consent does not name."""
        page.goto(f"{self.pruitt}/referrals/new?payment=MD")
        page.get_by_role("link", name="Choose: Stone Bridge").first.click()
        expect(page.locator("#gate")).to_be_visible()

    def group(self, page: Page) -> None:
        """A meeting is chosen."""
        page.goto(f"{self.nguyen}/placements/new?day=tue")
        page.get_by_role("link", name="Choose: Parents Online Tuesday").click()
        expect(page.locator("#place-form button")).to_be_visible()

    def packet(self, page: Page) -> None:
        """Three materials are chosen, with a line to the receiver."""
        page.goto(f"{self.walker}/packets/new")
        for box in page.locator("#chosen input[type=checkbox]").all()[:3]:
            box.check()
        page.locator("#line").fill("Denise, here is what we talked about. Call me any time after 4.")
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")

    def review(self, page: Page) -> None:
        """The team table."""
        page.goto("/review")


def _case_of(name: str) -> str:
    query = select(Case.public_id).join(Family, Family.id == Case.family_id).where(Family.name == name).order_by(Case.id)
    return f"/cases/{db.session.scalars(query.limit(1)).one()}"


def _phone_of(name: str) -> str:
    query = (
        select(ContactPoint.value)
        .join(Case, Case.main_contact_id == ContactPoint.person_id)
        .join(Family, Family.id == Case.family_id)
        .where(Family.name == name, ContactPoint.kind == PointKind.PHONE)
    )
    return show_phone(db.session.scalars(query.limit(1)).one())
