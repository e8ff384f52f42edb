"""Who sees what of a packet, what is recorded of it, and what the register shows."""

import pytest
from sqlalchemy import func, select

from tests.packets.families import house
from tests.packets.way import build, hand_over, new, the_packet
from tracker import journal, storage
from tracker.db import db
from tracker.journal.models import Entry
from tracker.packets.models import Packet


@pytest.fixture
def walkers(cast):
    made = house(cast)
    journal.commit()
    return made


def viewings():
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(Entry.verb == "record.viewed", Entry.about_type == "packets"))


def test_the_other_team_finds_nothing_of_it(client_of, walkers):
    maya = client_of("maya")
    looked = build(maya, walkers)
    receipt = hand_over(maya, looked)
    luis = client_of("luis")

    for path in (new(walkers), looked.path, receipt.path, looked.path + "/packet.pdf", looked.path + "/pages/1.png", looked.path + "/choice"):
        luis.get(path, status=404)
    for path in (new(walkers), looked.path + "/deliveries", looked.path + "/order", looked.path + "/withdrawal", looked.path + "/facts"):
        assert luis.post(path).status == 404
    assert the_packet().receipt not in luis.get("/packets").text


def test_packet_staff_read_their_own_receipts_and_nothing_that_others_handed_over(client_of, walkers):
    maya = client_of("maya")
    receipt = hand_over(maya, build(maya, walkers))
    priya = client_of("priya")

    priya.get(receipt.path, status=404)
    assert the_packet().receipt not in priya.get("/packets").text and "Walker" not in priya.get("/packets").text


def test_the_auditor_sees_that_it_happened_but_no_name_nor_page(client_of, walkers):
    maya = client_of("maya")
    receipt = hand_over(maya, build(maya, walkers, line="A private line"))
    omar = client_of("omar")

    shown = omar.get(receipt.path)
    assert the_packet().receipt in shown.text
    assert the_packet().pdf_sha256 in shown.text
    listed = omar.get("/packets")
    for page in (shown, listed):
        for secret in ("Denise", "Walker", "A private line"):
            assert secret not in page.text
    omar.get(receipt.path.replace("receipt", "packet.pdf"), status=404)
    client_of("ada").get("/packets", status=403)


def test_every_opening_of_a_packet_is_recorded_once(client_of, walkers):
    maya = client_of("maya")
    looked = build(maya, walkers)
    count = viewings()
    for path in (looked.path, looked.path + "/packet.pdf"):
        maya.get(path)
    assert viewings() == count + 2
    maya.get(looked.path + "/pages/1.png")
    assert viewings() == count + 2


def test_a_pdf_that_the_disk_changed_is_never_handed_out(app, client_of, walkers):
    maya = client_of("maya")
    looked = build(maya, walkers)
    with app.app_context():
        place = storage._here()._place(the_packet().pdf_sha256)
    kept = place.read_bytes()
    place.write_bytes(b"%PDF-1.7 something else")
    try:
        assert maya.get(looked.path + "/packet.pdf", status=None).status == 503
    finally:
        place.write_bytes(kept)


def test_the_register_shows_fifty_and_then_more(client_of, walkers, cast):
    maya = client_of("maya")
    looked = build(maya, walkers)
    key = the_packet()
    rows = [
        {**{column.name: getattr(key, column.name) for column in Packet.__table__.columns if column.name not in ("id", "public_id")}}
        for _ in range(60)
    ]
    db.session.execute(Packet.__table__.insert(), rows)
    opened = maya.get("/packets")

    assert len(opened.page.all("tr")) == 51
    path, _, last = opened.page.one(hx_target="closest [data-more]")["href"].partition("?before=")
    rest = maya.get(path, before=last)
    assert len(rest.page.all("tr")) == 12
    assert looked.path in rest.body.decode()
