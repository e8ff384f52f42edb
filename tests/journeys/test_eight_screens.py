"""The eight screens of a working day, full of the invented organisation: sound in every look, and by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.journeys.eight import COORDINATOR, Day
from tests.journeys.focus import held, look, ring, settled
from tests.screens import NARROW, WIDE


@pytest.fixture(scope="module")
def day(organisation, _program):
    return Day(_program)


@pytest.mark.parametrize(("look", "width"), [("light", WIDE), ("dark", WIDE), ("light", NARROW), ("dark", NARROW)])
def test_axe_finds_nothing_and_nothing_spills(windows, day, look, width):
    for name, page in day.all(windows, look=look, width=width):
        windows.fits(page)
        windows.axe(page)
        windows.shoot(page, f"{name}-{look}-{width}", whole=True)
        if width == NARROW:
            page.set_viewport_size({"width": 320, "height": 844})
            windows.fits(page)
            page.set_viewport_size({"width": NARROW, "height": 844})


def test_axe_finds_a_fault_that_was_planted(windows, day):
    page = windows.open(COORDINATOR)
    day.today(page)
    page.evaluate("document.querySelector('#main').insertAdjacentHTML('beforeend', '<button class=\"btn btn-o\"></button>')")
    with pytest.raises(AssertionError, match="button-name"):
        windows.axe(page)


def test_tab_walks_through_every_screen_and_the_focus_is_always_seen(windows, day):
    stops = {name: ring(page) for name, page in day.all(windows)}
    assert min(stops.values()) > 15, stops


def test_no_swap_lets_the_focus_fall_to_the_body(windows, day):
    page = windows.open(COORDINATOR)
    day.today(page)
    page.locator("#show-calls").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#show-calls")).to_have_attribute("aria-current", "true")
    expect(page.locator("#show-calls")).to_be_focused()
    settled(page)
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.locator("#step")).to_be_focused()
    page.keyboard.type("Call again")
    page.keyboard.press("Control+Enter")  # without a day it is refused, in its place
    expect(page.locator("#queue .errsum")).to_be_focused()
    day.today(page)
    page.keyboard.press("j")
    page.keyboard.press("l")
    expect(page.locator("#side-sheet #note")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#side-sheet")).to_be_hidden()
    held(page)
    day.case(page)
    page.keyboard.press("l")
    expect(page.locator("#note")).to_be_focused()
    page.locator("#note").fill("")  # a draft that was kept stands there
    page.keyboard.press("Control+Enter")
    expect(page.locator("#log .errsum")).to_be_focused()
    earlier = page.get_by_role("link", name="Show earlier")
    earlier.focus()
    page.keyboard.press("Enter")
    expect(earlier).to_have_count(0)
    held(page)
    assert not look(page)["fault"]
