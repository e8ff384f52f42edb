"""The finder and a placement in a real browser: few steps, by keyboard, narrow, dark, and with scripts off."""

from datetime import time, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from tests.cast import ROLES, Cast
from tests.directory.listings import in_room, listing
from tests.journeys.focus import settled
from tests.placements.family import make_home
from tests.screens import NARROW, WIDE
from tracker import clock, journal
from tracker.db import db
from tracker.directory.words import Fellowship, GroupAudience, MeetingStatus
from tracker.placements.models import Placement
from tracker.staff import queries as staff
from tracker.staff.models import Team

OREGON = "America/Los_Angeles"


@pytest.fixture
def nguyens(served):
    """The address of the finder for a family in Oregon, with meetings on the coming days."""
    with served.rows():
        names = {name: staff.by_username(name) for name in ROLES}
        teams = {team.name.lower(): team for team in db.session.scalars(select(Team))}
        home = make_home(Cast(**teams, **names))
        tomorrow = (clock.today(OREGON) + timedelta(days=1)).isoweekday()
        for day in range(1, 8):
            listing("Parents Online", day=day, at=time(18), zone=OREGON, audiences=[GroupAudience.PARENTS])
            listing("Families Westside", day=day, at=time(19), zone=OREGON, **in_room(step_free=True))
        listing("Harbor Families", day=tomorrow, at=time(20), zone=OREGON, status=MeetingStatus.TEMPORARILY_CLOSED)
        listing("Faith and Families", day=tomorrow, at=time(21), zone=OREGON, fellowship=Fellowship.CELEBRATE_RECOVERY)
        listing("Old listing", day=tomorrow, at=time(22), zone=OREGON, last_verified_on=clock.today(OREGON) - timedelta(days=40))
        finder = f"/cases/{home.case.public_id}/placements/new"
        journal.commit()
    return finder, ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[tomorrow - 1]


def placed(served):
    with served.rows():
        return db.session.scalars(select(Placement)).all()


@pytest.mark.parametrize(("look", "width"), [("light", WIDE), ("dark", WIDE), ("light", NARROW), ("dark", NARROW)])
def test_every_screen_is_sound(screens, nguyens, look, width):
    finder, tomorrow = nguyens
    page = screens.open("maya", look=look, width=width)

    def stop(name):
        screens.axe(page)
        screens.fits(page)
        screens.shoot(page, f"{name}-{look}-{width}", whole=True)

    page.goto(f"{finder}?day={tomorrow}")
    expect(page.locator(".res.off h3")).to_have_text("Harbor Families")
    page.get_by_role("link", name="Choose: Parents Online").click()
    stop("group")
    page.locator(".filters summary").nth(3).click()
    stop("group-filter")
    page.goto("/directory/groups?near=97124")
    stop("groups")
    page.goto("/directory/groups/new")
    stop("group-new")
    page.goto(f"{finder}?day={tomorrow}")
    page.get_by_role("link", name="Choose: Parents Online").click()
    page.get_by_role("button", name="Place Linh").click()
    expect(page.locator("h1")).to_have_text("Linh in Parents Online")
    stop("placement")
    page.get_by_role("link", name="See the listing").click()
    stop("group-listing")


@pytest.mark.parametrize("scripts", [True, False])
def test_linh_is_placed_in_two_presses_with_and_without_scripts(screens, served, nguyens, scripts):
    finder, tomorrow = nguyens
    page = screens.open("maya", scripts=scripts)
    page.goto(f"{finder}?day={tomorrow}")
    page.get_by_role("link", name="Choose: Families Westside").click()
    page.get_by_role("button", name="Place Linh").click()

    expect(page.locator("h1")).to_have_text("Linh in Families Westside")
    assert len(placed(served)) == 1


def test_linh_is_placed_by_keyboard_alone(screens, served, nguyens):
    finder, tomorrow = nguyens
    page = screens.open("maya")
    page.goto(f"{finder}?day={tomorrow}")
    page.get_by_role("link", name="Choose: Parents Online").focus()
    page.keyboard.press("Enter")
    page.locator("#ask_on").focus()
    settled(page)
    page.keyboard.press("Control+Enter")

    expect(page.locator("h1")).to_have_text("Linh in Parents Online")
    assert len(placed(served)) == 1


def test_a_filter_opens_chooses_and_closes_with_escape(screens, nguyens):
    finder, tomorrow = nguyens
    page = screens.open("maya")
    page.goto(f"{finder}?day={tomorrow}")
    menu = page.locator(".filters summary").nth(1)
    menu.press("Enter")
    expect(page.get_by_role("link", name="Morning")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Morning")).to_be_hidden()
    menu.press("Enter")
    page.get_by_role("link", name="Morning").click()

    expect(page.locator(".empty")).to_contain_text("No meeting fits")
