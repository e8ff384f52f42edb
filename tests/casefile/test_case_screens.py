"""The case in a real browser: in both looks and widths, closed and refused, by keyboard, with scripts off, and on paper."""

import re
from datetime import timedelta

import pypdf
import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from tests.casefile.walkers import log, make_walkers
from tests.cast import ROLES, Cast
from tests.screens import NARROW, WIDE
from tracker import clock, journal
from tracker.cases import actions, danger
from tracker.cases.words import ClosureReason, HoldReason, PlanOpenness, RiskFlag
from tracker.db import db
from tracker.staff import queries as staff
from tracker.staff.models import Team


@pytest.fixture
def told(served):
    """Three cases by name: one with a long history, one that waits and where danger was said, one closed."""
    with served.rows():
        names = {name: staff.by_username(name) for name in ROLES}
        cast = Cast(**{team.name.lower(): team for team in db.session.scalars(select(Team))}, **names)
        by = cast.actor("maya")
        full, held, closed = (make_walkers(cast, name=name) for name in ("Walker", "Moreau", "Park"))
        for number in range(34):
            log(full, cast, f"Talk number {number}. She told how the week went and asked what to do on Friday.")
        actions.note_risk(full.again(), RiskFlag.OVERDOSE_RECENT, "found on the floor", by=by)
        actions.revise_plan(
            full.again(), what_matters="To sleep again.", openness=[PlanOpenness.OUTPATIENT], openness_note="", limits=[], limits_note="",
            helpers=[{"who": "Andre", "what": "drives him", "by": ""}], by=by,
        )  # fmt: skip
        danger.note_crisis(held.again(), "Not sure", by=by)
        actions.hold(held.again(), clock.today("America/New_York") + timedelta(days=9), HoldReason.WAITING_ON_FAMILY, "after the holiday", by=by)
        actions.close(closed.again(), ClosureReason.GOALS_MET, "They manage, and know where we are.", True, by=by)
        journal.commit()
        return {"full": full.url, "held": held.url, "closed": closed.url}


@pytest.mark.parametrize(("look", "width"), [("light", WIDE), ("dark", WIDE), ("light", NARROW), ("dark", NARROW)])
def test_every_screen_of_a_case_is_sound(screens, told, look, width):
    page = screens.open("maya", look=look, width=width)

    def stop(url, name):
        page.goto(url)
        screens.axe(page)
        screens.fits(page)
        screens.shoot(page, f"case-{name}-{look}-{width}")

    for name, url in told.items():
        stop(url, name)
    for deed in ("next-step", "next-step/done", "hold", "owner", "closure", "plan", "plans", "risks", "main-contact", "viewers"):
        stop(f"{told['full']}/{deed}", deed.replace("/", "-"))
    stop(f"{told['full']}/stage?to=follow_up", "stage")
    stop(f"{told['closed']}/reopening", "reopening")
    stop(f"/print{told['full']}", "print")
    stop("/cases", "list")
    stop("/cases?stage=referral&flag=overdue", "list-empty")
    page.goto(f"{told['full']}/closure")
    page.get_by_role("button", name="Close case").click()
    expect(page.locator(".errsum")).to_be_focused()
    screens.axe(page)
    screens.shoot(page, f"case-refused-{look}-{width}")


@pytest.mark.parametrize(("who", "name"), [("omar", "masked"), ("ruth", "supervisor"), ("ben", "colleague")])
def test_what_others_see_is_sound_too(screens, told, who, name):
    page = screens.open(who)
    for url in ("/cases", told["full"], told["closed"]):
        page.goto(url)
        screens.axe(page)
    screens.shoot(page, f"case-{name}")


def test_it_is_worked_by_keyboard(screens, told):
    """T sets the next step, L opens the box in place, Ctrl Enter saves; "Show earlier" puts entries below without leaving."""
    page = screens.open("maya")
    page.goto(told["full"], wait_until="networkidle")
    page.keyboard.press("t")
    expect(page).to_have_url(re.compile("/next-step$"))
    page.locator("#step").fill("Call Andre about the weekend")
    page.locator("#step_on").get_by_text("Tomorrow").click()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#next-step")).to_contain_text("Call Andre about the weekend")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("l")
    expect(page.locator("form#log textarea").first).to_be_focused()
    page.keyboard.type("Harbor Light has a place.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("ol.tl .e").first).to_contain_text("Harbor Light has a place.")
    before = page.locator("ol.tl .e").count()
    page.get_by_text("Show earlier").click()
    expect(page.get_by_text("Talk number 0.")).to_be_visible()
    assert page.locator("ol.tl .e").count() > before
    assert page.url.endswith(told["full"])


def test_it_is_worked_with_scripts_off(screens, told):
    page = screens.open("maya", scripts=False)
    page.goto(told["full"])
    page.get_by_text("Show earlier").click()
    expect(page.get_by_text("Talk number 0.")).to_be_visible()
    page.goto(told["full"])
    page.get_by_role("link", name="Reschedule").click()
    page.locator("#step").fill("Call Andre about the weekend")
    page.locator("#step_day").fill((clock.today("America/New_York") + timedelta(days=3)).isoformat())
    page.get_by_text("Pick a day").click()
    page.get_by_role("button", name="Save next step").click()
    expect(page.locator("#next-step")).to_contain_text("Call Andre about the weekend")


def test_thirty_entries_are_at_most_four_pages_each_confidential(screens, told, tmp_path):
    page = screens.open("maya")
    page.goto(f"/print{told['full']}")
    page.pdf(path=tmp_path / "case.pdf", prefer_css_page_size=True)
    pages = pypdf.PdfReader(tmp_path / "case.pdf").pages
    assert len(pages) <= 4
    assert all("dential" in sheet.extract_text() for sheet in pages)  # a font may join the f and the i before it
