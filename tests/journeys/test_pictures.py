"""The README's pictures: the screens as they look at a quarter past ten on a Tuesday morning. `make shots` writes them."""

import base64
import os

import pytest

from tests.journeys.eight import COORDINATOR, Day
from tests.journeys.small_png import SIGNATURE, small
from tests.screens import NARROW, WIDE

FOR_README = bool(os.environ.get("WAYPOINT_TEST_SHOTS"))
HIGH = 1000
LARGEST = 200_000  # bytes of one picture


def keep(windows, page, name):
    """Take the picture, and make it small where it is kept."""
    path = windows.shoot(page, name)
    if FOR_README:
        path.write_bytes(small(path.read_bytes()))
        assert path.stat().st_size <= LARGEST, f"{path} has {path.stat().st_size} bytes"


@pytest.mark.shots
def test_the_pictures_of_the_readme(windows, organisation, _program):
    day = Day(_program)
    for name, page in day.all(windows, height=HIGH):
        keep(windows, page, f"{name}-{WIDE}")
    pages = windows.open(COORDINATOR, height=HIGH)
    day.packet(pages)
    pages.get_by_role("button", name="Look at the pages").click()
    for image in pages.locator(".pages img").all():
        image.scroll_into_view_if_needed()
        image.evaluate("one => one.complete || new Promise(done => one.addEventListener('load', done))")
    pages.evaluate("scrollTo(0, 0)")
    keep(windows, pages, f"packet-pages-{WIDE}")
    phone = windows.open(COORDINATOR, width=NARROW)
    day.case(phone)
    keep(windows, phone, f"case-{NARROW}")
    dark = windows.open(COORDINATOR, look="dark", height=HIGH)
    day.case(dark)
    keep(windows, dark, "case-dark")


def test_a_picture_made_small_is_the_same_picture(windows):
    page = windows.open()
    page.goto("/sign-in")
    plain = page.screenshot()
    less = small(plain)
    assert less.startswith(SIGNATURE) and len(less) < len(plain)
    page.goto("about:blank")
    same = """async ([a, b]) => {
      const read = async bytes => {
        const image = await createImageBitmap(new Blob([Uint8Array.from(atob(bytes), one => one.charCodeAt(0))], {type: "image/png"}));
        const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
        canvas.drawImage(image, 0, 0);
        return canvas.getImageData(0, 0, image.width, image.height).data;
      };
      const [one, two] = [await read(a), await read(b)];
      return [one.length - two.length, one.reduce((sum, value, at) => sum + Math.abs(value - two[at]), 0) / one.length];
    }"""
    longer, apart = page.evaluate(same, [base64.b64encode(one).decode() for one in (plain, less)])
    assert longer == 0 and apart < 0.5, f"the colors are {apart} of 255 apart"
