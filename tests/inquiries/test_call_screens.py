"""The call in a real browser: by keyboard alone, in danger, with a caller who is known, narrow, dark, and with scripts off."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from tests.casefile.walkers import make_walkers
from tests.cast import ROLES, Cast
from tests.screens import NARROW, WIDE
from tracker import journal
from tracker.db import db
from tracker.staff import queries as staff
from tracker.staff.models import Team

WORDS = (
    "Came home from school last week, sleeping all day, found pills in her bag. Says she is fine. "
    "Mom does not know if she took something this morning."
)


@pytest.fixture
def walkers(served):
    """The Walkers, whom Maya knows: Denise's phone is (614) 555-0142."""
    with served.rows():
        names = {name: staff.by_username(name) for name in ROLES}
        teams = {team.name.lower(): team for team in db.session.scalars(select(Team))}
        home = make_walkers(Cast(**teams, **names))
        journal.commit()
    return home


@pytest.mark.parametrize(("look", "width"), [("light", WIDE), ("dark", WIDE), ("light", NARROW), ("dark", NARROW)])
def test_every_screen_of_a_call_is_sound(screens, walkers, look, width):
    page = screens.open("maya", look=look, width=width)

    def stop(name):
        screens.axe(page)
        screens.fits(page)
        screens.shoot(page, f"inquiry-{name}-{look}-{width}", whole=True)

    page.goto("/inquiries/new")
    stop("empty")
    page.get_by_label("Phone, in case we get cut off").press_sequentially("614 555 0142")
    expect(page.locator("#known")).to_contain_text("Walker family")
    page.get_by_label("What may I call you?").fill("Teresa Malone")
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
    screens.shoot(page, f"inquiry-window-{look}-{width}")
    stop("full")
    page.locator("#more summary").click()
    stop("more")
    page.get_by_label("E-mail", exact=True).fill("nobody at all")
    page.get_by_role("button", name="Save and open case").click()
    expect(page.locator(".errsum")).to_be_visible()
    stop("error")
    page.get_by_label("E-mail", exact=True).fill("")
    page.get_by_role("button", name="Save and open case").click()
    expect(page).to_have_url(re.compile("/cases/"))
    page.goto("/inquiries")
    stop("list")
    page.locator("tr[data-row] a").first.click()
    stop("one")
