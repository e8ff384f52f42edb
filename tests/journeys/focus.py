"""Where the focus of a page is, and what is wrong with it: it must be seen, in the window, and covered by nothing."""

from typing import Any

from playwright.sync_api import ElementHandle, Page, expect

SETTLES = 20  # looks, of 50 ms each
# A chip's box is hidden: its label shows the focus. A row of radio buttons is one stop for Tab, which may enter it at either end.
LOOK = """target => {
  const here = document.activeElement;
  if (!here || here === document.body) return {lost: true};
  const shown = here.matches("input[type=radio], input[type=checkbox]") && here.closest("label") || here;
  const lit = [here, shown, here.closest(".find")].some(one => one && getComputedStyle(one).outlineStyle !== "none");
  const box = shown.getClientRects()[0];
  const [x, y] = box ? [box.left + box.width / 2, box.top + Math.min(box.height / 2, 40)] : [-1, -1];
  const over = document.elementFromPoint(x, y);
  const there = !!box && x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight;
  const free = over && (shown.contains(over) || over.contains(shown));
  const fault = !lit ? "shows no focus" : !there ? "is focused out of sight"
    : !free ? `is covered by <${over.tagName.toLowerCase()} class="${over.getAttribute("class")}">` : "";
  const named = `<${here.tagName.toLowerCase()} id="${here.id}" name="${here.name || ""}"> ${(here.textContent || "").trim().slice(0, 50)}`;
  const group = target && here.type === "radio" && target.type === "radio" && here.name === target.name;
  return {
    arrived: here === target || group,
    ahead: !!target && !!(here.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING),
    fault: fault && `${named} ${fault}`,
    named,
  };
}"""


def look(page: Page, target: ElementHandle | None = None) -> dict[str, Any]:
    """Look at the focus.

    Args:
        target: what somebody walks to.
    Returns:
        `lost` where it is on nothing; else `fault` (a sentence or ""), `named`, whether it `arrived`, or the target lies `ahead`.
    """
    return target.evaluate(f"target => ({LOOK})(target)") if target else page.evaluate(f"({LOOK})(null)")


def held(page: Page) -> None:
    """The focus is on something as soon as a swap has settled: it did not let it fall to the body."""
    for _ in range(SETTLES):
        if not look(page).get("lost"):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"the focus fell to the body at {page.url}")


def settled(page: Page) -> None:
    """Wait until what was swapped in listens: for a fiftieth of a second after a swap it is only looked at."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def ring(page: Page, farthest: int = 400) -> int:
    """Walk through the whole page by Tab, from its beginning until the focus leaves it.

    Returns:
        how many places the focus stopped at; each of them could be seen.
    """
    page.locator(".skip").focus()
    for stops in range(1, farthest):
        page.keyboard.press("Tab")
        now = look(page)
        if now.get("lost"):
            return stops
        assert not now["fault"], f"{now['fault']}, at {page.url}"
    raise AssertionError(f"Tab never leaves {page.url}; it is at {now['named']}")
