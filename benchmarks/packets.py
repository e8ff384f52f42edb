"""Packets under measure: built through the pages, so that workers grow as they do at work; and how fast six pages are set."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from statistics import median

from benchmarks.browsing import Client, Forms
from benchmarks.serving import Filled
from tracker.db import db
from tracker.library import queries as library
from tracker.library.markdown import blocks
from tracker.packets import content, typeset
from tracker.templating import CRISIS_FOOT

PACKET_MS, PAGES, ROUNDS = 40, 6, 20
CHOICE, IMAGE = re.compile(r'name="chosen"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="chosen"'), re.compile(r'<img[^>]*src="([^"]+)"')


def build_some(client: Client, cases: list[str]) -> None:
    """Build a packet for each case, and look at its pages as a browser does; every worker comes to it."""
    for case in cases:
        path = f"/cases/{case}/packets/new"
        page = client.page(path)
        chosen = [one or other for one, other in CHOICE.findall(page)][:3]  # six or seven pages
        form: dict[str, object] = {**Forms(page).of("/packets/new"), "chosen": chosen}
        made = client.ask("POST", path, form)
        if made.status != 303:
            raise RuntimeError(f"The packet was not built: {made.status}")
        look = client.page(made.headers["location"])
        for image in IMAGE.findall(look):
            client.ask("GET", image.replace("&amp;", "&"))


def tell_speed(filled: Filled) -> None:
    """Print how long a warm packet of six pages takes to set."""
    with filled.app.app_context():
        items = [
            typeset.PacketItem(one.title, one.number, one.sha256, one.published_at.date(), one.source, one.licence, blocks(one.body)) for one in library.shelf()
        ]
        db.session.remove()
    made = next(one for one in _packets(items) if typeset.count_pages(typeset.typeset(one)) == PAGES)
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        typeset.typeset(made)
        took.append((time.perf_counter() - began) * 1000)
    print("PASS " if median(took) <= PACKET_MS else "MISS ", f"warm packet of {PAGES} pages: {median(took):.0f} ms (at most {PACKET_MS})")


def _packets(items: list[typeset.PacketItem]) -> Iterator[typeset.PacketContent]:
    # Neighbors on the shelf, until some of them fill exactly so many pages.
    for first in range(len(items)):
        for count in range(2, 5):
            yield typeset.PacketContent(
                title=content.NEUTRAL_TITLE, organisation="Family Line", date=datetime.now(UTC), items=items[first : first + count],
                crisis=CRISIS_FOOT, not_clinical=content.NOT_CLINICAL,
            )  # fmt: skip
