"""What is offered for a packet: kits for the stage, relation and language, what they hold already, a draft of the choice; and Today's lost packets."""

import pytest

from tests.packets.conftest import box, home, server  # noqa: F401
from tests.packets.families import house
from tests.packets.outbox import packet, round_after, send
from tests.packets.way import build, hand_over, new, the_packet
from tracker import journal
from tracker.db import db
from tracker.library import queries as library
from tracker.library.kits import load_kits
from tracker.packets import leaving
from tracker.people.actions import relate
from tracker.people.models import Kinship
from tracker.staff.sessions import Program


@pytest.fixture
def walkers(cast):
    made = house(cast)
    load_kits(by=Program())
    relate(made.caller, made.person, Kinship.PARENT)
    journal.commit()
    return made


def heads(opened):
    return [node.text for node in opened.page if node.tag in ("h3", "summary") and "reshead" in node.get("class").split()]


def ticked(opened):
    return [node.within("li").all("label")[0].text for node in opened.page.all("input", name="chosen") if "checked" in node.attrs]


def test_kits_of_the_stage_and_relation_come_first_and_nothing_is_ticked(client_of, walkers):
    opened = client_of("maya").get(new(walkers))

    assert heads(opened) == [
        "For a parent", "After the first call", "When it is ketamine", "For Inquiry", "Other materials", "In another language (19)",
    ]  # fmt: skip
    assert ticked(opened) == []
    values = [node["value"] for node in opened.page.all("input", name="chosen")]
    assert len(values) == len(set(values)) == 38


def test_a_family_that_speaks_spanish_is_offered_spanish_first(client_of, walkers):
    walkers.caller.language = "es"
    journal.commit()
    assert heads(client_of("maya").get(new(walkers)))[:2] == ["Para una madre o un padre", "Después de la primera llamada"]


def test_a_kit_that_somebody_came_for_stands_first(client_of, walkers):
    kit = next(kit for kit in library.kits("follow_up") if kit.language == "en").public_id
    opened = client_of("maya").get(new(walkers), kit=str(kit))
    assert heads(opened)[0] == "The long road" and ticked(opened) == []
    for nonsense in ("x", "00000000-0000-4000-8000-000000000000"):
        assert heads(client_of("maya").get(new(walkers), kit=nonsense))[0] == "For a parent"


def test_a_whole_kit_is_chosen_by_one_press_and_what_was_typed_stays(client_of, walkers):
    kit = next(kit for kit in library.kits("inquiry") if kit.title == "After the first call").public_id
    maya = client_of("maya")
    opened = maya.get(new(walkers))
    took = maya.submit(opened, "packet", button=f"take={kit}", line="Call me.", chosen=walkers.chosen("support-groups"), status=200)

    slugs = ("where-to-call-now", "in-danger", "how-to-talk", "looking-after-yourself", "support-groups")
    assert sorted(ticked(took)) == sorted(edition.title for edition in library.shelf("en") if edition.material.slug in slugs)
    assert took.page.one("textarea", name="line").text == "Call me."
    looked = maya.submit(took, "packet", status=200)
    assert "Packet for Denise Walker" in looked.text
    assert len(the_packet().receipt) > 3


def test_what_the_family_holds_already_says_so(client_of, walkers):
    maya = client_of("maya")
    hand_over(maya, build(maya, walkers, "how-to-talk"))
    row = next(node for node in maya.get(new(walkers)).page.all("li") if node.text.startswith("How to talk to"))
    assert "Given" in row.text and "to Denise" in row.text


def test_a_choice_half_made_is_kept_and_found_again_and_thrown_away(client_of, walkers):
    maya = client_of("maya")
    form = maya.get(new(walkers)).form("packet")
    kept = maya.post(form["data-draft"], {"chosen": walkers.chosen("how-to-talk"), "line": "Half a line"}, status=200)
    assert kept.text.startswith("Draft kept")
    assert "Packet: Walker family" in maya.get("/today").text

    again = maya.get(new(walkers))
    assert ticked(again) == ["How to talk to someone you are worried about"]
    assert again.page.one("textarea", name="line").text == "Half a line"
    assert ticked(maya.get(new(walkers), fresh="1")) == []
    maya.submit(again, "packet", status=200)
    assert ticked(maya.get(new(walkers))) == []


def test_a_packet_that_did_not_arrive_stands_on_its_owners_today(client_of, home, cast, box):  # noqa: F811
    box.mood = "nobody"
    send(home, cast)
    round_after()
    assert "Packets that need a hand" in client_of("maya").get("/today").text
    assert "Packets that need a hand" not in client_of("ben").get("/today").text
    leaving.see_to(packet(), home.case, "Called, the address was wrong", by=cast.actor("maya"))
    journal.commit()
    db.session.rollback()
    assert "Packets that need a hand" not in client_of("maya").get("/today").text
