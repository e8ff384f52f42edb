"""The family door in a real browser: on a phone, light and dark, by keyboard, without scripts; nothing axe knows is wrong."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from tests.cast import ROLES, Cast
from tests.packets.families import house
from tests.screens import NARROW, WIDE
from tracker import journal
from tracker.db import db
from tracker.packets import actions, content, leaving, links
from tracker.packets.actions import Wish
from tracker.packets.models import PacketLink
from tracker.staff import queries as staff
from tracker.staff.models import Team


@pytest.fixture
def handed(served):
    """A packet of two materials with a QR code: the secret in the code, and the six figures."""
    with served.rows():
        names = {name: staff.by_username(name) for name in ROLES}
        teams = {team.name.lower(): team for team in db.session.scalars(select(Team))}
        cast = Cast(**teams, **names)
        home = house(cast)
        by = cast.actor("maya")
        wish = Wish([home.editions["how-to-talk"], home.editions["signs-to-watch-for"]], home.caller, content.NEUTRAL_TITLE, "With warm wishes", with_qr=True)
        packet = actions.build(home.case, wish, by=by)
        shown = content.content(packet)
        actions.keep_pages(packet, *content.make_pages(shown))
        leaving.seal(packet, home.case, "in_person", by=by)
        journal.commit()
        return shown.link.rpartition("/")[2], links.code_of(db.session.scalars(select(PacketLink)).one())


@pytest.mark.parametrize(("look", "width"), [("light", NARROW), ("dark", NARROW), ("light", WIDE), ("dark", WIDE)])
def test_every_page_is_sound(screens, handed, look, width):
    token, code = handed
    page = screens.open(look=look, width=width)

    def stop(name):
        screens.axe(page)
        screens.fits(page)
        screens.shoot(page, f"door-{name}-{look}-{width}", whole=True)

    page.goto(f"/p/{token}")
    stop("landing")
    page.get_by_label("The code").fill("000 000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("That does not fit")
    stop("wrong")
    page.get_by_label("The code").fill(code)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/p/view$"))
    expect(page.get_by_text("With warm wishes")).to_be_visible()
    stop("packet")
    page.get_by_role("link", name="How to talk").click()
    expect(page.locator("h1")).to_contain_text("How to talk")
    stop("material")
    page.get_by_role("link", name="Next:").click()
    expect(page.locator("h1")).to_contain_text("Signs to watch for")
    page.goto("/p/view")
    page.get_by_role("button", name="This is not for me").click()
    expect(page.locator("h1")).to_have_text("Thank you")
    stop("thanks")
    page.goto(f"/p/{token}")
    page.get_by_label("The code").fill(code)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("No longer available")
    stop("gone")


@pytest.mark.parametrize("scripts", [True, False])
def test_leaving_is_one_press_and_back_shows_nothing(screens, handed, scripts):
    token, code = handed
    page = screens.open(width=NARROW, scripts=scripts)
    page.route("https://www.weather.gov/", lambda route: route.fulfill(body="<h1>Weather</h1>", content_type="text/html"))
    page.goto(f"/p/{token}")
    page.get_by_label("The code").fill(code)
    page.get_by_role("button", name="Open it").click()
    expect(page).to_have_url(re.compile(r"/p/view$"))
    page.get_by_role("link", name="Leave this page").click()
    expect(page.locator("h1")).to_have_text("Weather")
    page.goto("/p/view")
    expect(page.locator("h1")).to_have_text("No longer available")
