"""Packets under measure: built through the pages, so that workers grow as they do at work; and how fast six pages are set."""

import re
import time
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
    made, pages = None, 0
    for count in range(1, len(items) + 1):
        made = typeset.PacketContent(
            title=content.NEUTRAL_TITLE, organisation="Family Line", date=datetime.now(UTC), items=items[:count], crisis=CRISIS_FOOT,
            not_clinical=content.NOT_CLINICAL["en"],
        )  # fmt: skip
        pages = typeset.count_pages(typeset.typeset(made))
        if pages >= PAGES:
            break
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        typeset.typeset(made)
        took.append((time.perf_counter() - began) * 1000)
    print("PASS " if median(took) <= PACKET_MS else "MISS ", f"warm packet of {pages} pages: {median(took):.0f} ms (at most {PACKET_MS})")
