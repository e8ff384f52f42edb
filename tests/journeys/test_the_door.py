"""The door, in a real browser: by keyboard, in both looks, on both widths, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.cast import PASSWORD
from tests.screens import NARROW, WIDE


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_it_is_open_to_everybody(screens, look, width):
    page = screens.open(look=look, width=width)
    page.goto("/sign-in")
    expect(page.locator("h1")).to_have_text("Sign in")
    screens.fits(page)
    screens.axe(page)
    page.goto("/crisis")
    screens.fits(page)
    screens.axe(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_ada_signs_in_by_keyboard_and_out_again(screens, scripts):
    page = screens.open(scripts=scripts)
    page.goto("/sign-in")
    page.locator("#username").focus()
    page.keyboard.type("ada")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/staff$"))
    expect(page.locator("#main")).to_contain_text("Maya Whitfield")
    kept = page.context.cookies()
    page.goto("/account")
    page.locator("summary", has_text="Account menu").focus()
    page.keyboard.press("Enter")
    page.locator('details[open] form[action="/sign-out"] button').focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/sign-in"))
    page.context.add_cookies(kept)
    page.goto("/account")
    expect(page).to_have_url(re.compile("/sign-in"))


def test_a_wrong_password_is_said_in_words_and_focus_goes_there(screens):
    page = screens.open()
    page.goto("/sign-in")
    page.locator("#username").fill("maya")
    page.locator("#password").fill("not the right one at all")
    page.keyboard.press("Enter")
    expect(page.locator(".errsum")).to_be_focused()
    expect(page.locator("#username")).to_have_value("maya")
    screens.axe(page)
