"""A recall: who holds an edition that was replaced, who is sent the new one, about whom somebody is asked; and who never got anything."""

import pytest
from sqlalchemy import func, select

from tests.library.shelves import material, write
from tests.packets.families import house
from tests.packets.outbox import LATER, round_after
from tests.packets.way import build, hand_over
from tracker import journal
from tracker.cases.models import Case
from tracker.db import db
from tracker.library import kits
from tracker.library.actions import load_shelf
from tracker.library.models import Edition, Material
from tracker.packets import actions, content, holding, jobs, leaving, proof, recalling
from tracker.packets.actions import Wish
from tracker.packets.models import Packet, RecallLine
from tracker.packets.words import Reached
from tracker.people.actions import add_email
from tracker.people.rules import Rules
from tracker.staff.sessions import Program


def hand_out(home, by, code):
    edition = db.session.scalars(select(Edition).join(Edition.material).where(Material.slug == "a-leaf", Edition.status == "published")).one()
    packet = actions.build(home.case, Wish([edition], home.caller, content.NEUTRAL_TITLE), by=by)
    actions.keep_pages(packet, *content.make_pages(content.content(packet)))
    leaving.seal(packet, home.case, code or next(way.code for way in leaving.ways(packet, home.case).open if way.is_mail), read_back=True, by=by)
    return edition


def test_who_can_be_sent_the_new_one_is_and_about_the_rest_packet_staff_are_asked(cast, server, box, tmp_path):
    write(tmp_path, material())
    load_shelf(tmp_path, by=Program())
    ruth = cast.actor("ruth")
    mailed, handed, stopped = house(cast, "Walker"), house(cast, "Nguyen"), house(cast, "Ortiz")
    add_email(mailed.caller, "denise@example.org", Rules(ok_to_write=True, wants_file=True))
    db.session.flush()
    old = hand_out(mailed, ruth, "")
    hand_out(handed, ruth, "in_person")
    hand_out(stopped, ruth, "in_person")
    stopped.caller.no_contact_at = stopped.case.opened_at
    journal.commit()
    round_after()
    write(tmp_path, material(body="Now it is new.\n"))
    load_shelf(tmp_path, by=Program())
    journal.commit()
    old = db.session.get(Edition, old.id)
    shown, more = holding.holders(ruth, old)
    assert (len(shown), more) == (3, False)

    recall = recalling.begin(old, "A number was wrong", by=ruth)
    journal.commit()
    key, case_id = recall.id, handed.case.id
    db.session.remove()
    jobs.reach(key)
    jobs.reach(key)

    lines = {line.reached: line for line in db.session.scalars(select(RecallLine))}
    assert set(lines) == {Reached.SENT, Reached.ASKED, Reached.LEFT}
    assert "not to be contacted" in lines[Reached.LEFT].words
    round_after(LATER * 2)
    assert len(box.kept) == 2
    assert lines[Reached.SENT].new_packet_id
    db.session.rollback()
    asked = db.session.get(Case, case_id)
    assert "holds version 1" in asked.packet_asked_note
    assert list(proof.faults()) == []


def test_a_worker_that_dies_after_building_leaves_one_packet_that_the_next_one_sends(cast, server, box, tmp_path, monkeypatch):
    write(tmp_path, material())
    load_shelf(tmp_path, by=Program())
    ruth, mailed = cast.actor("ruth"), house(cast, "Walker")
    add_email(mailed.caller, "denise@example.org", Rules(ok_to_write=True))
    db.session.flush()
    old = hand_out(mailed, ruth, "").id
    journal.commit()
    round_after()
    write(tmp_path, material(body="Now it is new.\n"))
    load_shelf(tmp_path, by=Program())
    key = recalling.begin(db.session.get(Edition, old), "A number was wrong", by=ruth)
    journal.commit()
    key = key.id
    db.session.remove()

    def dies(_wanted):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(content, "make_pages", dies)
        for _ in range(3):
            with pytest.raises(KeyboardInterrupt):
                jobs.reach(key)
            db.session.remove()
    jobs.reach(key)
    assert [line.reached for line in db.session.scalars(select(RecallLine))] == [Reached.SENT]
    assert db.session.scalar(select(func.count()).select_from(Packet).where(Packet.replaces_id.is_not(None))) == 1
    round_after(LATER * 2)
    assert len(box.kept) == 2


def test_families_who_lack_something_at_their_stage_are_listed_until_they_got_it(cast, server, tmp_path, client_of):
    write(tmp_path, material())
    load_shelf(tmp_path, by=Program())
    home = house(cast)
    home.case.family.language = "en-US"
    leaf = db.session.scalars(select(Material)).one()
    kits.make("First days", "inquiry", None, "en", [leaf], by=Program())
    journal.commit()
    priya, maya = client_of("priya"), client_of("maya")
    assert "Walker family" in maya.get("/packets/next").text
    assert "Walker family" in maya.get("/packets/next", material=str(leaf.public_id)).text
    assert "Walker family" not in priya.get("/packets/next").text
    looked = build(maya, home, "a-leaf")
    hand_over(maya, looked)
    assert "Walker family" not in maya.get("/packets/next").text
    assert "Some words" not in maya.get(f"/cases/{home.key}/packets").text
    assert "PK-" in maya.get(f"/cases/{home.key}/packets").text
