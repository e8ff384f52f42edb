"""The box in a real browser: from anywhere by four figures, by keyboard alone, narrow, dark, and with scripts off."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from tests.casefile.walkers import log, make_walkers
from tests.cast import ROLES, Cast
from tests.directory.listings import listing
from tests.screens import NARROW, WIDE
from tracker import journal
from tracker.db import db
from tracker.staff import queries as staff
from tracker.staff import throttle
from tracker.staff.models import Team


@pytest.fixture
def families(served):
    """The Walkers and the Oseis, both with (614) 555-0142, and a note of the Walkers'; given is the number of the Walkers' case."""
    with served.rows():
        names = {name: staff.by_username(name) for name in ROLES}
        cast = Cast(**{team.name.lower(): team for team in db.session.scalars(select(Team))}, **names)
        walkers = make_walkers(cast)
        log(walkers, cast, "He has not touched the piano since spring, and asks about the walker he lent his aunt.")
        make_walkers(cast, name="Osei")
        listing("Walkers of the Tuesday")
        number = walkers.case.number
        journal.commit()
    return number


@pytest.mark.parametrize(("look", "width"), [("light", WIDE), ("dark", WIDE), ("light", NARROW), ("dark", NARROW)])
def test_every_screen_of_the_box_is_sound(screens, served, families, look, width):
    page = screens.open("maya", look=look, width=width)

    def stop(name):
        screens.axe(page)
        screens.fits(page)
        screens.shoot(page, f"find-{name}-{look}-{width}")

    page.goto("/find")
    expect(page.locator("#q")).to_be_focused()
    stop("empty")
    nobody = "#found :text('No family with')"
    for name, words, shows in (("number", "0142", "#found-cases"), ("words", "walker", "#found-groups"), ("nobody", "614 555 0199", nobody)):
        page.locator("#q").fill(words)
        page.keyboard.press("Enter")
        expect(page.locator(shows)).to_be_visible()
        stop(name)
    page.locator("#q").fill("wa")
    page.keyboard.press("Enter")
    expect(page.locator("#q-err")).to_contain_text("Type at least")
    expect(page.locator("#q")).to_be_focused()
    stop("error")
    with served.rows():
        key = f"find:{staff.by_username('maya').id}"
        db.session.rollback()  # the tries are counted in transactions of their own
        for _ in range(throttle.FIND):
            throttle.hit(key, timedelta(minutes=1))
    page.locator("#q").fill("walker")
    page.keyboard.press("Enter")
    expect(page.locator("#q-err")).to_contain_text("60 searches a minute")
    expect(page.locator("#q")).to_have_value("walker")
    stop("often")


def test_from_anywhere_by_keyboard_alone(screens, families):
    page = screens.open("maya")
    page.goto("/cases")
    page.keyboard.press("/")
    page.keyboard.type("0142")
    page.keyboard.press("Enter")
    expect(page.locator("#found-cases a").first).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Walker family")
    page.keyboard.press("Control+k")
    page.keyboard.type(str(families))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/cases/.+"))
    assert "0142" not in page.url and str(families) not in page.url


def test_nobody_found_leads_to_a_new_inquiry_with_this_number(screens, families):
    for scripts in (True, False):
        page = screens.open("maya", scripts=scripts)
        page.goto("/find")
        page.locator("#q").fill("614 555 0199")
        page.locator("#find-form button").click()
        page.get_by_role("button", name="New inquiry with this number").click()
        expect(page.locator("#phone")).to_have_value("614 555 0199")
        assert "0199" not in page.url
