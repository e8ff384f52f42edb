"""The packet: asked for, built by packet staff who see nothing else, looked at page by page, handed over, and on record for good."""

import hashlib

from playwright.sync_api import expect
from sqlalchemy import select

from tests.journeys.from_call_to_case import CALLER, FAMILY
from tests.journeys.walk import Walk
from tests.serving import Served
from tracker import storage
from tracker.packets.models import Packet

CHOSEN = ("What ketamine is", "Signs to watch for")


def ask(walk: Walk) -> None:
    """The coordinator asks for it, on the case."""
    walk.key("p", "Send packet")
    walk.at("/packets/new$", "Build packet")
    walk.type("note", "Something on talking, for his mother.")
    walk.button("Ask for packet")
    walk.at(r"/cases/[0-9a-f-]{36}")


def sees_only_the_queue(walk: Walk, case: str, waiting: bool) -> None:
    """Packet staff find a case only while a packet is asked for, and of it only what the packet needs."""
    walk.follow("#nav a[title=Cases]")
    walk.at("/cases$", "Cases that wait for a packet")
    expect(walk.page.locator("#nav a[title=Review]")).to_have_count(0)
    expect(walk.page.locator("tr[data-row]")).to_have_count(1 if waiting else 0)
    if waiting:
        walk.link(f"{FAMILY} family")
        walk.at(case, FAMILY)
        walk.shows("#needed", "Something on talking")
        for hidden in ("His dog", "sleeps all day", "Harbor Light"):
            expect(walk.page.locator("main")).not_to_contain_text(hidden)
    else:
        assert walk.page.request.get(case).status == 404


def build(walk: Walk) -> None:
    """Chosen, put in order, and looked at as the real pages."""
    walk.follow("#nav a[title=Packets]")
    walk.at("/packets$", "Packets")
    walk.link("Build packet: case")
    walk.at("/packets/new$", "Build packet")
    walk.button("Look at the pages")
    walk.refused("Choose at least one material")
    for title in CHOSEN:
        walk.tick(walk.page.get_by_label(title, exact=True))
    walk.save("Look at the pages")
    walk.at(r"/packets/[0-9a-f-]{36}$", f"Packet for {CALLER}")
    pictures = walk.page.locator(".pages img")
    assert pictures.count() >= 3
    assert all(walk.page.request.get(image.get_attribute("src")).headers["content-type"] == "image/png" for image in pictures.all())
    first = walk.page.locator("[data-title]").first.inner_text()
    walk.button(f"Move down: {first}")
    if walk.scripts:
        walk.button("Keep this order")
    expect(walk.page.locator("[data-title]").last).to_have_text(first)


def hand_over(walk: Walk, served: Served) -> None:
    """Handed over in person; the receipt names the very bytes that are kept."""
    walk.choose("way", "in_person")
    walk.button("Send or hand over")
    walk.at("/receipt$", "Receipt PK-")
    walk.shows("#facts", f"to {CALLER}")
    expect(walk.page.locator("#editions tbody tr")).to_have_count(len(CHOSEN))
    with served.rows() as session:
        packet = session.scalars(select(Packet)).one()
        stored = storage.get(packet.pdf_sha256)
        pdf = f"/packets/{packet.public_id}/packet.pdf"
    assert stored.startswith(b"%PDF-")
    walk.shows("#packet", hashlib.sha256(stored).hexdigest())
    assert walk.page.request.get(pdf).body() == stored
