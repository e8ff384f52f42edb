"""The packet's screens in a real browser: by keyboard, dragged, narrow, dark, and with scripts off."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from tests.cast import ROLES, Cast
from tests.packets.families import house
from tests.screens import NARROW, WIDE
from tracker import journal
from tracker.db import db
from tracker.packets.actions import ask_for_packet
from tracker.staff import queries as staff
from tracker.staff.actions import as_staff
from tracker.staff.models import Team


@pytest.fixture
def walkers(served):
    """A family that waits for a packet."""
    with served.rows():
        names = {name: staff.by_username(name) for name in ROLES}
        teams = {team.name.lower(): team for team in db.session.scalars(select(Team))}
        home = house(Cast(**teams, **names))
        ask_for_packet(home.case, "Something on talking", by=as_staff(names["maya"]))
        journal.commit()
    return home


def build(page, *titles):
    page.goto("/packets")
    page.get_by_role("link", name="Build packet: case").click()
    for title in titles:
        page.get_by_label(title, exact=True).check()
    page.get_by_role("button", name="Look at the pages").click()
    expect(page.locator("h1")).to_contain_text("Packet for Denise Walker")


def drawn(page):
    """Every page image has come."""
    for image in page.locator(".pages img").all():
        image.scroll_into_view_if_needed()
        image.evaluate("one => one.complete || new Promise(done => one.addEventListener('load', done))")
        assert image.evaluate("one => one.naturalWidth") > 600


@pytest.mark.parametrize(("look", "width"), [("light", WIDE), ("dark", WIDE), ("light", NARROW), ("dark", NARROW)])
def test_every_screen_of_a_packet_is_sound(screens, walkers, look, width):
    page = screens.open("priya", look=look, width=width)
    stops = ["packets", "packet-choose", "packet-look", "packet-receipt", "library", "material"]

    def stop():
        screens.axe(page)
        screens.fits(page)
        screens.shoot(page, f"{stops.pop(0)}-{look}-{width}", whole=True)

    page.goto("/packets")
    stop()
    page.get_by_role("link", name="Build packet: case").click()
    stop()
    for title in ("What ketamine is", "Signs to watch for", "How to talk to someone you are worried about"):
        page.get_by_label(title, exact=True).check()
    page.locator("#line").fill("Denise, here is what we talked about. Call me any time after 4.")
    page.get_by_role("button", name="Look at the pages").click()
    drawn(page)
    stop()
    page.get_by_text("Hand it over in person").click()
    page.get_by_role("button", name="Send or hand over").click()
    expect(page.locator("h1")).to_contain_text("Receipt PK-")
    stop()
    page.goto("/library")
    stop()
    page.get_by_role("link", name="Signs to watch for").click()
    stop()


def test_the_order_by_its_buttons_with_a_script_and_kept(screens, walkers):
    page = screens.open("priya")
    build(page, "What ketamine is", "Signs to watch for")
    first = page.locator("[data-title]").first.inner_text()
    page.get_by_role("button", name=f"Move down: {first}").click()
    page.get_by_role("button", name="Keep this order").click()

    expect(page.locator("[data-title]").last).to_have_text(first)


def test_without_scripts_the_whole_way_works(screens, walkers):
    page = screens.open("priya", scripts=False)
    build(page, "What ketamine is", "Signs to watch for")
    first = page.locator("[data-title]").first.inner_text()
    page.get_by_role("button", name=f"Move down: {first}").click()
    expect(page.locator("[data-title]").last).to_have_text(first)
    page.get_by_text("Print it at the desk").click()
    page.get_by_role("button", name="Send or hand over").click()

    expect(page.locator("h1")).to_contain_text("Receipt PK-")
