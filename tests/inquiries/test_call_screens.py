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


def test_a_call_by_keyboard_alone(screens, walkers):
    """Phone first, in spoken order; the danger question by one chord, from within any field; saved by another."""
    page = screens.open("maya")
    page.goto("/cases")
    page.keyboard.press("n")
    expect(page.locator("#phone")).to_be_focused()
    presses = 1

    def type_(words):
        nonlocal presses
        page.keyboard.type(words)
        presses += 1

    def press(key, times=1):
        nonlocal presses
        for _ in range(times):
            page.keyboard.press(key)
        presses += key not in ("Tab", "ArrowDown")  # walking to a field is no answer

    type_("614 555 0198")
    press("Tab")
    type_("Teresa Malone")
    press("Alt+2")
    expect(page.locator("#crisis")).to_be_in_viewport()
    expect(page.locator("#danger input:checked")).to_have_value("not_sure")
    expect(page.locator("#danger input:checked")).to_be_focused()
    press("Tab", 4)
    expect(page.locator("[name=marks][value=no_danger_now]")).to_be_focused()
    press("Space")
    press("Tab")
    expect(page.locator("#relation")).to_be_focused()
    type_("Son")
    press("Tab")
    type_("Kayla")
    press("Tab", 2)
    expect(page.locator("#words")).to_be_focused()
    type_("Sleeps all day.")
    press("Tab", 7)
    expect(page.locator("[name=reach][value=call]")).to_be_focused()
    press("Space")
    press("Control+Enter")
    expect(page).to_have_url(re.compile("/cases/"))
    expect(page.locator("h1")).to_contain_text("Malone family")
    assert presses <= 14


def test_danger_is_saved_in_nine_presses_and_its_steps_are_in_view_at_once(screens, walkers):
    page = screens.open("maya", width=1366)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto("/inquiries/new")
    page.keyboard.type("614 555 0198")
    page.keyboard.press("Alt+3")
    crisis = page.locator("#crisis")
    expect(crisis).to_be_in_viewport(ratio=1)
    assert page.evaluate("scrollY") == 0
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile("/cases/"))
    expect(page.locator("main")).to_contain_text("danger was said")


def test_what_was_typed_is_back_after_the_tab_was_closed(screens, walkers):
    page = screens.open("maya")
    page.goto("/inquiries/new")
    page.locator("#name").fill("Rosa Delgado")
    page.locator("#words").fill("Her brother came back last night.")
    expect(page.locator("[data-draft-status]")).to_contain_text("Draft kept")
    other = page.context.new_page()
    page.close()
    other.goto("/inquiries/new")
    screens.axe(other)
    screens.shoot(other, "inquiry-offered")
    other.get_by_role("link", name="Continue what you wrote").click()
    expect(other.locator("#name")).to_have_value("Rosa Delgado")
    expect(other.locator("#words")).to_have_value("Her brother came back last night.")
    other.goto("/inquiries/new")
    other.get_by_role("button", name="Start new").click()
    expect(other.locator("main")).not_to_contain_text("You were writing this")


def test_a_call_with_scripts_off(screens, walkers):
    page = screens.open("maya", scripts=False)
    page.goto("/inquiries/new")
    page.locator("#phone").fill("614-555-0142")
    expect(page.locator("#crisis")).to_be_hidden()
    page.locator("#danger").get_by_text("Yes, now").click()
    expect(page.locator("#crisis")).to_be_visible()
    page.locator("#crisis").get_by_text("988 offered").click()
    page.get_by_role("button", name="Check whether we know them").click()
    expect(page.locator("#known")).to_contain_text("Walker family")
    expect(page.locator("[name=marks][value=offered_988]")).to_be_checked()
    page.get_by_role("button", name="Save and open case").last.click()
    expect(page).to_have_url(re.compile("/cases/"))


def test_a_call_is_added_to_the_family_that_is_known(screens, walkers):
    page = screens.open("ben")
    page.goto("/inquiries/new")
    page.locator("#phone").press_sequentially("5550142")
    page.locator("#name").fill("Rosa Walker")
    with page.context.expect_page() as opened:
        page.locator("#known").get_by_role("link", name="Walker family").click()
    expect(opened.value.locator("h1")).to_contain_text("Walker family")
    opened.value.close()
    page.get_by_role("button", name="Add this call there").click()
    expect(page).to_have_url(re.compile("/cases/"))
    expect(page.locator("main")).to_contain_text("Rosa Walker")


def test_a_call_that_is_no_case_takes_two_clicks(screens, walkers):
    for width in (WIDE, NARROW):
        page = screens.open("maya", width=width)
        page.goto("/inquiries/new")
        page.locator("summary", has_text="Not for us").click()
        choice = page.locator(".sticky-actions").get_by_role("button", name="Wrong number")
        expect(choice).to_be_in_viewport()
        screens.axe(page)
        screens.shoot(page, f"inquiry-not-for-us-{width}")
        choice.click()
        expect(page.locator("#said")).to_contain_text("Counted: Wrong number.")
    page = screens.open("maya")
    page.goto("/cases")
    page.locator("summary", has_text="Count a call that is no case").click()
    screens.shoot(page, "count-a-call")
    page.get_by_role("button", name="Silent").click()
    expect(page.locator("#said")).to_contain_text("Counted: Silent.")
