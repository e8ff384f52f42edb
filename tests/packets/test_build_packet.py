"""Building a packet: what may go into it, for whom, in which order; sealed, it never changes."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from tests.library.shelves import material, write
from tests.packets.families import house
from tracker import clock, journal
from tracker.cases.actions import close
from tracker.cases.words import ClosureReason
from tracker.db import db
from tracker.journal.models import Entry
from tracker.library.actions import load_shelf
from tracker.library.queries import shelf
from tracker.moves import Refused
from tracker.packets import actions, leaving, queries
from tracker.packets.actions import Wish
from tracker.packets.models import Delivery, Packet, PacketItem
from tracker.packets.words import DeliveryStatus, Leaving
from tracker.staff.sessions import Program


@pytest.fixture
def walkers(cast):
    return house(cast)


@pytest.fixture
def maya(cast):
    return cast.actor("maya")


def wish(home, *slugs, **changes):
    names = {"editions": [home.editions[slug] for slug in slugs], "receiver": home.caller, "title": "The information you asked for"}
    return Wish(**{**names, **changes})


def built(home, by, *slugs, **changes):
    packet = actions.build(home.case, wish(home, *(slugs or ("how-to-talk", "where-to-call-now")), **changes), by=by)
    actions.keep_pages(packet, "a" * 64, 5)
    return packet


def verbs():
    journal.commit()
    return list(db.session.scalars(select(Entry.verb).where(Entry.verb.startswith("packet.")).order_by(Entry.number)))


def test_a_packet_holds_the_chosen_editions_in_their_order(walkers, maya):
    packet = built(walkers, maya, "where-to-call-now", "how-to-talk")

    assert [item.edition for item in packet.items] == [walkers.editions["where-to-call-now"], walkers.editions["how-to-talk"]]
    assert packet.is_open
    assert verbs() == ["packet.built"]


def test_handing_it_over_seals_it_and_says_to_whom_and_by_whom(walkers, maya):
    packet = built(walkers, maya)
    leaving.seal(packet, walkers.case, Leaving.IN_PERSON, "At the front desk", by=maya)
    fact = packet.deliveries[-1]

    assert packet.sealed_at
    assert packet.receipt == f"PK-{1000 + packet.id}"
    assert (fact.status, fact.given_to, fact.by, fact.note) == (DeliveryStatus.HANDED_OVER, walkers.caller, maya.staff, "At the front desk")
    assert verbs() == ["packet.built", "packet.handed_over"]


def test_what_was_made_for_one_person_is_told_as_handed_to_them_alone(walkers, maya):
    packet = built(walkers, maya)
    leaving.seal(packet, walkers.case, Leaving.AT_THE_DESK, by=maya)
    fact = leaving.tell(packet, walkers.case, DeliveryStatus.HANDED_OVER, "", by=maya)
    assert fact.given_to is packet.receiver is walkers.caller
    assert verbs() == ["packet.built", "packet.printed", "packet.handed_over"]


def test_the_journal_names_the_exact_editions(walkers, maya):
    leaving.seal(built(walkers, maya), walkers.case, Leaving.IN_PERSON, by=maya)
    hashes = {walkers.editions[slug].sha256 for slug in ("how-to-talk", "where-to-call-now")}
    journal.commit()

    line = db.session.scalars(select(Entry).where(Entry.verb == "packet.handed_over")).one()
    assert {text.split()[0] for text in line.facts["editions"]} == hashes
    assert line.facts["sha256"] == "a" * 64


def test_printed_at_the_desk_needs_nobody_yet_and_can_be_handed_over_later(walkers, maya):
    packet = built(walkers, maya)
    leaving.seal(packet, walkers.case, Leaving.AT_THE_DESK, by=maya)
    leaving.tell(packet, walkers.case, DeliveryStatus.HANDED_OVER, "", by=maya)
    leaving.tell(packet, walkers.case, DeliveryStatus.ACKNOWLEDGED, "She read it with her sister", by=maya)

    assert [fact.status.value for fact in packet.deliveries] == ["printed", "handed_over", "acknowledged"]
    with pytest.raises(Refused, match="cannot become"):
        leaving.tell(packet, walkers.case, DeliveryStatus.HANDED_OVER, "", by=maya)


def test_a_packet_is_for_somebody_of_the_family(walkers, maya, cast):
    stranger = house(cast, "Boone", "luis").caller
    with pytest.raises(Refused, match="of this family"):
        actions.build(walkers.case, wish(walkers, "how-to-talk", receiver=stranger), by=maya)


@pytest.mark.parametrize("fact", ["no_contact_at", "died_at"])
def test_nothing_passes_the_no_contact_flag(walkers, maya, fact):
    packet = built(walkers, maya)
    setattr(walkers.caller, fact, clock.now())

    with pytest.raises(Refused, match="Nothing is handed over"):
        leaving.seal(packet, walkers.case, Leaving.IN_PERSON, by=maya)
    with pytest.raises(Refused, match="Nothing is handed over"):
        actions.build(walkers.case, wish(walkers, "how-to-talk"), by=maya)


def test_material_past_its_check_date_cannot_be_chosen_nor_handed_over(walkers, maya):
    packet = built(walkers, maya)
    with clock.travel(clock.now() + timedelta(days=400)):
        for deed in (
            lambda: actions.build(walkers.case, wish(walkers, "how-to-talk"), by=maya),
            lambda: leaving.seal(packet, walkers.case, Leaving.AT_THE_DESK, by=maya),
        ):
            with pytest.raises(Refused, match="past its check date"):
                deed()


def test_an_edition_that_was_superseded_meanwhile_is_not_handed_over(cast, maya, tmp_path):
    write(tmp_path, material())
    load_shelf(tmp_path, by=Program())
    home = house(cast)
    packet = built(home, maya, "a-leaf")
    write(tmp_path, material(body="Now it is new.\n"))
    load_shelf(tmp_path, by=Program())

    with pytest.raises(Refused, match="newer version"):
        leaving.seal(packet, home.case, Leaving.AT_THE_DESK, by=maya)
    assert packet.items[0].edition.body == "Some words.\n"
    assert shelf()[0].number == 2


def test_nothing_too_much_or_without_pages_is_refused(walkers, maya):
    with pytest.raises(Refused, match="at least one"):
        actions.build(walkers.case, wish(walkers), by=maya)
    packet = actions.build(walkers.case, wish(walkers, "how-to-talk"), by=maya)
    with pytest.raises(Refused, match="not made yet"):
        leaving.seal(packet, walkers.case, Leaving.AT_THE_DESK, by=maya)


def test_another_order_or_choice_makes_the_pages_anew(walkers, maya):
    packet = built(walkers, maya)
    actions.reorder(packet, [1, 0], by=maya)

    assert [item.edition.material.slug for item in packet.items] == ["where-to-call-now", "how-to-talk"]
    assert packet.pdf_sha256 is None
    for wrong in ([0], [0, 0], [0, 2], []):
        with pytest.raises(Refused):
            actions.reorder(packet, wrong, by=maya)
    actions.change(packet, walkers.case, wish(walkers, "the-first-year", line="Hello"), by=maya)
    assert [(item.position, item.edition.material.slug) for item in packet.items] == [(0, "the-first-year")]
    assert packet.line == "Hello"


def test_a_sealed_or_withdrawn_packet_takes_no_further_deed(walkers, maya):
    sealed, aside = built(walkers, maya), built(walkers, maya)
    leaving.seal(sealed, walkers.case, Leaving.AT_THE_DESK, by=maya)
    actions.withdraw(aside, walkers.case, by=maya)

    for packet in (sealed, aside):
        for deed in (
            lambda: actions.change(packet, walkers.case, wish(walkers, "how-to-talk"), by=maya),  # noqa: B023
            lambda: actions.reorder(packet, [1, 0], by=maya),  # noqa: B023
            lambda: leaving.seal(packet, walkers.case, Leaving.AT_THE_DESK, by=maya),  # noqa: B023
            lambda: actions.withdraw(packet, walkers.case, by=maya),  # noqa: B023
        ):
            with pytest.raises(Refused):
                deed()


def test_nothing_is_built_on_a_closed_case(walkers, maya):
    close(walkers.case, ClosureReason.GOALS_MET, "All is well", True, by=maya)

    with pytest.raises(Refused, match="closed"):
        actions.build(walkers.case, wish(walkers, "how-to-talk"), by=maya)


def test_handing_over_takes_the_case_out_of_the_queue(walkers, maya, cast):
    actions.ask_for_packet(walkers.case, "Something on talking", by=maya)
    db.session.flush()
    assert [case.id for case in queries.waiting(cast.actor("priya"))] == [walkers.case.id]

    leaving.seal(built(walkers, maya), walkers.case, Leaving.AT_THE_DESK, by=maya)
    db.session.flush()
    assert queries.waiting(cast.actor("priya")) == []


def test_what_was_given_before_is_told_by_material(walkers, maya):
    built(walkers, maya, "the-first-year")
    leaving.seal(built(walkers, maya), walkers.case, Leaving.AT_THE_DESK, by=maya)

    given = queries.given_before(walkers.case)
    assert set(given) == {walkers.editions[slug].material_id for slug in ("how-to-talk", "where-to-call-now")}
    assert {(one.to, one.number) for one in given.values()} == {("Denise", 1)}


@pytest.mark.parametrize(
    "deed",
    [
        update(Packet).values(title="Other"),
        update(Packet).values(pdf_sha256="b" * 64),
        update(Packet).values(sealed_at=None),
        update(PacketItem).values(position=PacketItem.position + 7),
        PacketItem.__table__.delete(),
        Packet.__table__.delete(),
        update(Delivery).values(note="Other"),
        Delivery.__table__.delete(),
    ],
    ids=lambda deed: str(deed).split(":")[0][:40],
)
def test_the_database_refuses_to_change_what_left_the_desk(walkers, maya, deed):
    leaving.seal(built(walkers, maya), walkers.case, Leaving.IN_PERSON, by=maya)
    journal.commit()

    with pytest.raises(DBAPIError, match="stays as it was"):
        db.session.execute(deed)
    db.session.rollback()
