"""A coordinator's day by keyboard, in a real browser: log in three interactions, done and moved in the row."""

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from tests.casefile.walkers import ZONE, make_walkers
from tracker import clock, journal
from tracker.cases.actions import due_on
from tracker.cases.models import Case
from tracker.contacts.models import Contact
from tracker.staff import queries as staff
from tracker.staff.actions import as_staff


class People:
    """The cast of the served program, as makers of rows want it."""

    def __getitem__(self, name):
        return staff.by_username(name)

    def actor(self, name):
        """Somebody as the `by=` of a deed."""
        return as_staff(self[name])

    @property
    def north(self):
        """Team North."""
        return next(team for team in staff.teams() if team.name == "North")

    south = north


@dataclass(frozen=True)
class Known:
    """Where the Walkers' pages are; no row of theirs is held while the program works."""

    case: UUID
    denise: UUID

    @property
    def url(self):
        """The address of the case."""
        return f"/cases/{self.case}"


@pytest.fixture
def walkers(served):
    """The Walkers, whose step was due yesterday."""
    with served.rows():
        made = make_walkers(People(), due=due_on(clock.today(ZONE) - timedelta(days=1), ZONE)[0])
        known = Known(made.case.public_id, made.denise.public_id)
        journal.commit()
    return known


def notes(served):
    with served.rows() as session:
        return list(session.scalars(select(Contact.note).order_by(Contact.id)))


def test_three_interactions_log_a_call_on_the_case(screens, served, walkers):
    page = screens.open("maya")
    page.goto(walkers.url)
    page.keyboard.press("l")
    expect(page.locator("#note")).to_be_focused()
    page.keyboard.type("Place confirmed for Monday.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_contain_text("Contact saved.")
    expect(page).to_have_url(re.compile(f"{walkers.url}$"))
    expect(page.locator("main")).to_contain_text("Place confirmed for Monday.")
    assert notes(served) == ["Place confirmed for Monday."]


def test_the_queue_stays_while_a_row_is_logged(screens, served, walkers):
    page = screens.open("maya")
    page.goto("/today")
    page.keyboard.press("j")
    page.keyboard.press("l")
    expect(page.locator("#side-sheet #note")).to_be_focused()
    expect(page.locator("#queue")).to_be_attached()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#side-sheet .errsum")).to_contain_text("Enter what was said")
    page.locator("#note").fill("She will call back.")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile("/today$"))
    expect(page.locator("#said")).to_contain_text("Contact saved.")
    assert notes(served) == ["She will call back."]


def test_done_and_moved_in_the_row(screens, served, walkers):
    page = screens.open("maya")
    page.goto("/today")
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.locator("#step")).to_be_focused()
    page.keyboard.type("Refer Marcus to Harbor Light")
    page.get_by_text("Tomorrow", exact=True).click()
    page.keyboard.press("Control+Enter")
    expect(page.locator("li.undo")).to_contain_text("Done: Call Denise with the start date.")
    expect(page.locator("li.undo")).to_be_focused()
    with served.rows() as session:
        assert session.scalars(select(Case.next_step_text)).one() == "Refer Marcus to Harbor Light"


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_and_nothing_spills(screens, served, walkers, look, width):
    page = screens.open("maya", look=look, width=width)
    people = f"{walkers.url}/people"
    for path in ("/today", f"{walkers.url}/contacts/new", people, f"{people}/{walkers.denise}/ways/new", f"/today/cases/{walkers.case}/done"):
        page.goto(path)
        screens.axe(page)
        screens.fits(page)
    page.goto("/today")
    screens.shoot(page, f"today-{width}-{look}", whole=True)


def test_without_scripts_it_is_the_same_work(screens, served, walkers):
    page = screens.open("maya", scripts=False)
    page.goto("/today")
    page.get_by_role("link", name="Done: Call Denise with the start date").click()
    page.locator("#step").fill("Call Andre")
    page.get_by_text("Tomorrow", exact=True).click()
    page.get_by_role("button", name="Save, it is done").click()
    expect(page.locator("#said")).to_contain_text("Done: Call Denise")
    page.goto(f"{walkers.url}/contacts/new")
    page.get_by_text("Not reached", exact=True).click()
    page.get_by_role("button", name="Save contact").click()
    expect(page.locator("#said")).to_contain_text("1 try not reached")
    page.goto(f"{walkers.url}/people")
    page.get_by_role("button", name="Note: never call (614) 555-0142").click()
    expect(page.locator("#said")).to_contain_text("never call")
