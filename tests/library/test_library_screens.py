"""The library in a real browser: a material is written with its preview beside it, reviewed, published and compared; kits; both looks, both widths."""

import pytest
from playwright.sync_api import expect

from tests.journeys.focus import settled
from tests.screens import NARROW, WIDE
from tracker import journal
from tracker.library.actions import load_shelf
from tracker.library.kits import load_kits
from tracker.staff.sessions import Program


@pytest.fixture
def shelf(served):
    """The shelf and the kits that ship."""
    with served.rows():
        load_shelf(by=Program())
        load_kits(by=Program())
        journal.commit()


def written(page):
    """A new material, typed; the preview and its measure follow without a press."""
    page.goto("/library/new")
    settled(page)
    page.locator("#title").fill("What to say at work")
    page.locator("#summary").fill("A few words for a boss.")
    page.locator("#source").fill("Written by us")
    page.locator("#licence").fill("CC BY 4.0")
    page.locator("#topic").select_option("boundaries_communication")
    page.locator("#body").fill("## First\n\nSay as little as you like. It is **yours** to tell.\n\n- [ ] Ask for a day off\n")
    expect(page.locator("#preview h2")).to_have_text("First")
    expect(page.locator("#measured")).to_contain_text("Grade")


def test_written_by_one_and_published_by_another(screens, shelf):
    priya, ruth = screens.open("priya"), screens.open("ruth")
    written(priya)
    priya.keyboard.press("Control+Enter")
    expect(priya.locator("#said")).to_contain_text("Kept as a draft")
    priya.get_by_role("button", name="Send to review").click()
    expect(priya.locator("h1")).to_contain_text("What to say at work")
    screens.axe(priya)
    ruth.goto("/library")
    ruth.get_by_role("link", name="What to say at work").click()
    ruth.get_by_role("button", name="Publish").click()
    expect(ruth.locator("h1")).to_have_text("What to say at work")
    ruth.get_by_role("link", name="Write new version").click()
    expect(ruth.get_by_role("button", name="Save draft")).to_be_visible()
    settled(ruth)
    ruth.locator("#body").fill("## First\n\nSay as much as you like. It is **yours** to tell.\n")
    expect(ruth.locator("#preview")).to_contain_text("as much as")
    ruth.keyboard.press("Control+Enter")
    expect(ruth.locator("#said")).to_contain_text("Kept")
    ruth.get_by_role("link", name="Compare with today’s").click()
    expect(ruth.locator("main ins")).to_have_count(1)
    screens.axe(ruth)
    screens.fits(ruth)


@pytest.mark.parametrize(("look", "width"), [("light", WIDE), ("dark", WIDE), ("light", NARROW), ("dark", NARROW)])
def test_every_screen_of_the_library_is_sound(screens, shelf, look, width):
    page = screens.open("ruth", look=look, width=width)

    def stop(name):
        screens.axe(page)
        screens.fits(page)
        screens.shoot(page, f"library-{name}-{look}-{width}", whole=True)

    page.goto("/library")
    stop("index")
    page.get_by_role("link", name="Boundaries that hold").click()
    expect(page.locator("h1")).to_have_text("Boundaries that hold")
    stop("material")
    page.get_by_role("link", name="Límites que se sostienen").click()
    stop("spanish")
    page.get_by_role("link", name="Who holds it").click()
    stop("holders")
    written(page)
    stop("editor")
    page.goto("/library/kits")
    stop("kits")
    page.get_by_role("link", name="Change: After the first call").click()
    stop("kit")
    page.goto("/packets/next")
    stop("next")
