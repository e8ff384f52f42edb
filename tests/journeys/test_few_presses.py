"""How few interactions a call costs: logged from the case, from Today, from anywhere; a new inquiry; the crisis steps (interface.md §6, 1 to 3)."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from tests.casefile.walkers import make_walkers
from tests.cast import ROLES, Cast
from tests.journeys.meter import Meter
from tracker import journal
from tracker.contacts.models import Contact
from tracker.db import db
from tracker.staff import queries as staff
from tracker.staff.models import Team


@pytest.fixture
def walkers(served):
    """The address of the Walkers' case; Denise's phone ends in 0142, and nothing is due."""
    with served.rows():
        teams = {team.name.lower(): team for team in db.session.scalars(select(Team))}
        made = make_walkers(Cast(**teams, **{name: staff.by_username(name) for name in ROLES}))
        made.case.next_step_at = made.case.next_step_set_at
        address = made.url
        journal.commit()
    return address


def saved(page, served, words):
    expect(page.locator("#said")).to_contain_text("Contact saved.")
    with served.rows():
        assert db.session.scalars(select(Contact.note)).all() == [words]


def test_a_call_is_logged_from_the_case_in_three(screens, served, walkers):
    page = screens.open("maya")
    page.goto(walkers)
    meter = Meter(page)
    meter.press("l")
    expect(page.locator("#note")).to_be_focused()
    meter.type("Place confirmed.")
    meter.press("Control+Enter")
    saved(page, served, "Place confirmed.")
    meter.done(3)


def test_a_call_is_logged_from_today_in_five(screens, served, walkers):
    page = screens.open("maya")
    page.goto("/today")
    meter = Meter(page)
    meter.press("j")
    meter.press("l")
    expect(page.locator("#side-sheet #note")).to_be_focused()
    meter.type("She will call back.")
    meter.press("Control+Enter")
    saved(page, served, "She will call back.")
    meter.done(5)


def test_a_call_is_logged_from_anywhere_by_the_last_four_figures_in_six(screens, served, walkers):
    page = screens.open("maya")
    page.goto("/directory/programs")
    meter = Meter(page)
    meter.press("/")
    expect(page.locator("#find-top")).to_be_focused()
    meter.type("0142")
    meter.press("Enter")
    expect(page).to_have_url(re.compile(f"{walkers}$"))
    page.wait_for_load_state()
    meter.press("l")
    expect(page.locator("#note")).to_be_focused()
    meter.type("Rang from the road.")
    meter.press("Control+Enter")
    saved(page, served, "Rang from the road.")
    meter.done(6)


def test_a_call_opens_a_case_in_fourteen(screens, walkers):
    page = screens.open("maya")
    meter = Meter(page)
    meter.press("n")
    expect(page.locator("#phone")).to_be_focused()
    meter.type("614 555 0198")
    meter.press("Tab")
    meter.type("Teresa Malone")
    meter.press("Alt+1")
    expect(page.locator("#danger input:checked")).to_be_focused()
    meter.press("Tab")
    expect(page.locator("#relation")).to_be_focused()
    meter.type("Son")
    meter.press("Tab")
    meter.type("Kayla")
    meter.press("Tab", 2)
    meter.type("Sleeps all day.")
    meter.press("Tab", 7)
    expect(page.locator("[name=reach][value=call]")).to_be_focused()
    meter.press("Space")
    meter.press("Control+Enter")
    expect(page.locator("h1")).to_contain_text("Malone family")
    meter.done(14)


def test_in_danger_a_call_is_saved_in_nine_and_its_steps_are_read_at_once(screens, walkers):
    page = screens.open("maya", width=1366)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto("/inquiries/new")
    meter = Meter(page)
    meter.type("614 555 0198")
    page.route("**/*", lambda route: route.abort())  # they are there before anybody asks a server
    steps = Meter(page)
    steps.press("Alt+3")
    expect(page.locator("#crisis")).to_be_in_viewport(ratio=1, timeout=1000)
    page.unroute_all()
    steps.done(1)
    assert page.evaluate("scrollY") == 0
    meter.press("Control+Enter")
    expect(page).to_have_url(re.compile("/cases/"))
    meter.done(9)
