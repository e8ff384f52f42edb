"""The way of a packet through the browser, without scripts: choose, order, look, hand over, receipt."""

import hashlib
import io
from datetime import timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from tests.packets.families import house
from tests.packets.way import build, hand_over, new, the_packet
from tracker import clock, journal
from tracker.cases.actions import close
from tracker.cases.words import ClosureReason
from tracker.db import db
from tracker.journal.models import Entry, Kind
from tracker.library.queries import shelf
from tracker.packets.models import Delivery, Packet


@pytest.fixture
def walkers(cast):
    made = house(cast)
    journal.commit()
    return made


def test_nothing_is_chosen_beforehand_and_the_stage_s_material_comes_first(client_of, walkers):
    opened = client_of("maya").get(new(walkers))

    boxes = opened.page.all("input", name="chosen")
    assert len(boxes) == 38
    assert not any("checked" in box.attrs for box in boxes)
    heads = [node.text for node in opened.page.all("h3", class_="reshead")]
    assert heads == ["For Inquiry", "Other materials"]
    assert opened.page.one("summary", class_="reshead").text == "In another language (19)"


def test_from_the_choice_to_the_receipt(client_of, walkers):
    maya = client_of("maya")
    looked = build(maya, walkers, line="Call me any time after 4.")
    images = looked.page.all("img")
    assert images
    assert all(image.get("alt").startswith("Page ") for image in images)
    receipt = hand_over(maya, looked)

    packet = the_packet()
    assert receipt.path == f"/packets/{packet.public_id}/receipt"
    for words in (packet.receipt, packet.pdf_sha256, "Handed over to Denise Walker", "Maya Whitfield", " ET"):
        assert words in receipt.text
    for slug in ("where-to-call-now", "how-to-talk"):
        assert hashes(slug) in receipt.text


def hashes(slug):
    return next(edition.sha256 for edition in shelf("en") if edition.material.slug == slug)


def test_the_pdf_is_the_stored_one_and_stays_so(client_of, walkers):
    maya = client_of("maya")
    looked = build(maya, walkers)
    before = maya.get(looked.path + "/packet.pdf").body
    hand_over(maya, looked)
    with clock.travel(clock.now() + timedelta(minutes=5)):
        first = maya.get(looked.path + "/packet.pdf").body

    assert before == first == maya.get(looked.path + "/packet.pdf").body
    assert hashlib.sha256(first).hexdigest() == the_packet().pdf_sha256
    assert len(PdfReader(io.BytesIO(first)).pages) == the_packet().page_count


def test_the_first_page_is_neutral_and_names_nobody_unless_wished(client_of, walkers):
    maya = client_of("maya")
    plain = build(maya, walkers, "where-to-call-now")
    named = build(maya, walkers, "where-to-call-now", name_on_cover="y")

    pages = [PdfReader(io.BytesIO(maya.get(looked.path + "/packet.pdf").body)).pages for looked in (plain, named)]
    assert "Denise" not in pages[0][0].extract_text()
    assert "For Denise Walker" in pages[1][0].extract_text()
    assert "ketamine" not in pages[0][0].extract_text().lower()


def test_the_pictures_are_the_pages(client_of, walkers):
    maya = client_of("maya")
    looked = build(maya, walkers)
    count = the_packet().page_count

    assert len(looked.page.all("img")) == count
    assert maya.get(looked.page.all("img")[0]["src"]).body.startswith(b"\x89PNG")
    maya.get(f"{looked.path}/pages/{count + 1}.png", status=404)
    maya.get(f"{looked.path}/pages/0.png", status=404)


def test_up_and_down_change_the_order_without_a_script(client_of, walkers):
    maya = client_of("maya")
    looked = build(maya, walkers, "how-to-talk", "where-to-call-now", "who-is-at-risk")
    order = [node.text for node in looked.page.all(data_title="")]
    moved = maya.submit(looked, looked.path + "/order", button="move=0:down", status=200)

    assert [node.text for node in moved.page.all(data_title="")] == [order[1], order[0], order[2]]
    again = maya.submit(moved, looked.path + "/order", button="move=0:up", status=200)
    assert [node.text for node in again.page.all(data_title="")] == [order[1], order[0], order[2]]


@pytest.mark.parametrize("order", [["0"], ["0", "0"], ["0", "x"], ["0", "99"], []])
def test_an_order_that_no_packet_has_is_refused(client_of, walkers, order):
    maya = client_of("maya")
    looked = build(maya, walkers)

    assert maya.submit(looked, looked.path + "/order", order=order).status == 422


def test_the_choice_can_be_changed_until_it_is_handed_over(client_of, walkers):
    maya = client_of("maya")
    looked = build(maya, walkers)
    changed = maya.submit(maya.get(looked.path + "/choice"), "packet", chosen=walkers.chosen("the-first-year"), large_print="y", status=200)
    assert [node.text for node in changed.page.all(data_title="")] == ["Preventing a return to use: the first year"]
    hand_over(maya, changed)

    maya.get(looked.path + "/choice", status=404)
    assert the_packet().large_print


def test_an_older_page_does_not_overwrite_a_newer_choice(client_of, walkers):
    maya, ben = client_of("maya"), client_of("ben")
    looked = build(maya, walkers)
    theirs = ben.get(looked.path + "/choice")
    maya.submit(maya.get(looked.path + "/choice"), "packet", chosen=walkers.chosen("the-first-year"), status=200)

    assert ben.submit(theirs, "packet", chosen=walkers.chosen("how-to-talk")).status == 409
    assert maya.submit(looked, "seal", way="at_the_desk").status == 409


def test_what_was_given_before_says_when_and_to_whom(client_of, walkers):
    maya = client_of("maya")
    hand_over(maya, build(maya, walkers, "how-to-talk"))

    opened = maya.get(new(walkers))
    row = opened.at(f"pick-{walkers.ids['how-to-talk']}").within("li")
    assert "Given" in row.text
    assert "to Denise" in row.text
    assert opened.text.count("to Denise") == 1


def test_material_past_its_check_date_cannot_be_ticked_nor_posted(client_of, walkers):
    with clock.travel(clock.now() + timedelta(days=400)):
        maya = client_of("maya")
        opened = maya.get(new(walkers))
        assert all("disabled" in box.attrs for box in opened.page.all("input", name="chosen"))
        answer = maya.submit(opened, "packet", chosen=walkers.chosen("how-to-talk"))

    assert answer.status == 422
    assert "past its check date" in answer.text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"chosen": []}, "chosen"),
        ({"chosen": ["nonsense"]}, "chosen"),
        ({"receiver": "00000000-0000-4000-8000-000000000000"}, "receiver"),
        ({"receiver": None}, "receiver"),
        ({"title": ""}, "title"),
        ({"title": "x" * 81}, "title"),
        ({"line": "x" * 601}, "line"),
        ({"line": "a\x00b"}, "line"),
        ({"line": "with love 😀"}, "line"),
        ({"title": "中文"}, "title"),
    ],
)
def test_bad_input_is_answered_beside_its_field_and_keeps_the_words(client_of, walkers, changes, field):
    maya = client_of("maya")
    good = {"chosen": walkers.chosen("how-to-talk"), "line": "Keep these words"}
    answer = maya.submit(maya.get(new(walkers)), "packet", **{**good, **changes})

    assert answer.status == 422
    assert field in answer.errors()
    if "line" not in changes:
        assert "Keep these words" in answer.text
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Packet)) == 0


def test_handing_over_asks_how_among_the_ways_that_are_open(client_of, walkers, cast):
    boones = house(cast, "Boone", "luis")
    maya = client_of("maya")
    looked = build(maya, walkers)

    for changes in ({"way": None}, {"way": "by_pigeon"}, {"way": "email_link"}, {"way": f"post:{boones.ids['denise']}"}):
        assert maya.submit(looked, "seal", **changes).status == 422
    assert the_packet().sealed_at is None


def test_one_press_makes_one_receipt(client_of, walkers):
    maya = client_of("maya")
    looked = build(maya, walkers)
    hand_over(maya, looked)
    again = maya.submit(looked, "seal", way="in_person")

    assert again.path.endswith("/receipt")
    assert db.session.scalar(select(func.count()).select_from(Delivery)) == 1


def test_a_packet_is_asked_for_built_by_packet_staff_and_gone_from_the_queue(client_of, walkers):
    maya, priya = client_of("maya"), client_of("priya")
    assert "Nobody waits" in priya.get("/packets").text
    priya.get(new(walkers), status=404)

    maya.submit(maya.get(new(walkers)), f"/cases/{walkers.key}/packets/request", note="Something on talking", status=200)
    queue = priya.get("/packets")
    assert "Walker family" in queue.text
    assert "Something on talking" in queue.text
    receipt = hand_over(priya, build(priya, walkers))
    assert "Priya Raman" in receipt.text
    assert "Nobody waits" in priya.get("/packets").text
    priya.get(new(walkers), status=404)
    assert priya.get(receipt.path).status == 200


def test_a_wish_can_be_taken_back(client_of, walkers):
    maya = client_of("maya")
    maya.submit(maya.get(new(walkers)), f"/cases/{walkers.key}/packets/request", note="", status=200)
    maya.submit(maya.get(new(walkers)), f"/cases/{walkers.key}/packets/request/withdrawal", status=200)

    assert "Nobody waits" in maya.get("/packets").text
    assert maya.post(f"/cases/{walkers.key}/packets/request/withdrawal").status == 422


def test_a_later_fact_stands_under_the_receipt(client_of, walkers):
    maya = client_of("maya")
    receipt = hand_over(maya, build(maya, walkers), way="at_the_desk")
    told = maya.submit(receipt, receipt.path.replace("receipt", "facts"), what="handed_over")

    assert "Printed" in told.text
    assert "Handed over to Denise" in told.text
    assert maya.post(receipt.path.replace("receipt", "facts"), {"what": "printed"}).status == 422


def test_a_receipt_names_nobody_but_the_one_for_whom_it_was_made(client_of, walkers):
    maya = client_of("maya")
    receipt = hand_over(maya, build(maya, walkers), way="at_the_desk")
    assert walkers.ids["marcus"] not in receipt.body.decode()
    refused = maya.post(receipt.path.replace("receipt", "facts"), {"what": "posted"}, follow=False)
    assert refused.status == 422
    lines = list(db.session.scalars(select(Entry.facts).where(Entry.kind == Kind.VIEWING).order_by(Entry.number)))
    assert [line["what"] for line in lines][-2:] == ["a receipt", "a receipt"]


def test_a_packet_put_aside_leaves_no_receipt(client_of, walkers):
    maya = client_of("maya")
    looked = build(maya, walkers)
    maya.submit(looked, looked.path + "/withdrawal", status=200)

    assert "put aside" in maya.get(looked.path).text
    assert "Nothing handed over yet" in maya.get("/packets").text


def test_a_closed_case_says_that_it_must_be_reopened_first(client_of, cast):
    home = house(cast)
    close(home.case, ClosureReason.GOALS_MET, "All is well", True, by=cast.actor("maya"))

    assert "Reopen it first" in client_of("maya").get(new(home), status=422).text
