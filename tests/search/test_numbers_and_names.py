"""What is meant by a number: a case, a receipt, a phone; and groups, which are found by a part of their name."""

import pytest

from tests.casefile.walkers import log, make_walkers
from tests.directory.listings import listing
from tests.packets.families import house
from tests.packets.way import build, hand_over, the_packet
from tests.search.test_find import asked, cases_of
from tracker.search.asked import understand


@pytest.fixture
def maya(client_of):
    return client_of("maya")


@pytest.mark.parametrize("said", ["case {}", "Case #{}", "case no. {}", "#{}", "# {}", "CASE{}", "case number {}"])
def test_a_case_said_as_such_is_that_case_whatever_phones_end_alike(maya, cast, said):
    walkers = make_walkers(cast)
    noise = make_walkers(cast, name="Osei")
    noise.phone.digits_reversed = str(walkers.case.number)[::-1] + "555416"
    assert asked(maya, said.format(walkers.case.number)).headers["Location"] == walkers.url


def test_a_case_that_nobody_has_leads_to_no_new_inquiry(maya, cast):
    make_walkers(cast)
    answer = asked(maya, "case 1999", status=200)
    assert "No case with case 1999." in answer.text and "New inquiry" not in answer.at("found").text


@pytest.mark.parametrize("said", ["{}", "pk {}", "receipt {}"])
def test_a_receipt_opens_by_its_number(maya, cast, said):
    hand_over(maya, build(maya, house(cast)))
    packet = the_packet()
    number = packet.receipt.removeprefix("PK-") if said != "{}" else packet.receipt
    typed = f"receipt {packet.receipt}" if "receipt" in said else said.format(number)
    assert asked(maya, typed).headers["Location"] == f"/packets/{packet.public_id}/receipt"


def test_a_packet_that_has_not_left_the_desk_has_no_receipt_to_find(maya, cast):
    build(maya, house(cast))
    assert f"No packet with {the_packet().receipt}." in asked(maya, the_packet().receipt, status=200).text


def test_whose_receipts_are_found(client_of, maya, cast):
    """The team's, an auditor's as all receipts are; not another team's, nor an administrator's; packet staff find their own."""
    hand_over(maya, build(maya, house(cast)))
    receipt = the_packet().receipt
    for name, opens in (("ruth", True), ("omar", True), ("luis", False), ("priya", False)):
        answer = asked(client_of(name), receipt)
        assert (answer.status == 303) is opens, name
    assert client_of("ada").get("/find", status=None).status == 403


@pytest.mark.parametrize("typed", ["hope", "TUESDAY hope", "espérance", "esperance"])
def test_a_group_is_found_by_a_part_of_its_name(maya, cast, typed):
    listing("Tuesday Hope – Espérance")
    listing("Quiet Harbor")
    answer = asked(maya, typed, status=200)
    assert [row.all("h3")[0].text for row in answer.at("found-groups").all(class_="res")] == ["Tuesday Hope – Espérance"]


def test_accents_and_capitals_make_no_difference(maya, cast):
    walkers = make_walkers(cast, name="Peña-Nuñez")
    log(walkers, cast, "Élodie rang: the café, at noon.")
    for typed in ("pena", "PEÑA", "nunez pena", "peña nuñez", "Pena-Nunez family"):
        assert cases_of(asked(maya, typed, status=200)) == ["Peña-Nuñez family"] or typed == "nunez pena"
    for typed in ("elodie", "cafe", "CAFÉ noon"):
        assert asked(maya, typed, status=200).has("found-notes")


XSS = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def test_markup_in_words_and_in_notes_is_only_text(maya, cast):
    walkers = make_walkers(cast, name="Walker")
    log(walkers, cast, f"Beware {XSS} of the piano")
    for typed in ("piano", "alert", f"piano {XSS}", XSS, '"><b>piano'):
        answer = asked(maya, typed, status=200)
        region = answer.at("find-part")
        assert not region.all("script") and not region.all("img") and not region.all("b")
        assert region.one(id="q")["value"] == typed.strip()
    shown = asked(maya, "piano", status=200).at("found-notes").text
    assert "<script>alert(1)</script><img src=x" in shown


@pytest.mark.parametrize(
    ("typed", "kind", "case_id", "packet_id"),
    [
        ("case 1417", "case number", 417, None),
        ("case 12", "case number", -988, None),
        ("PK-1083", "receipt", None, 83),
        ("PK–1083", "receipt", None, 83),
        ("1417", "number", 417, None),
        ("a@example.org", "e-mail", None, None),
        ("case of beer", "words", None, None),
        ("pk ridge", "words", None, None),
        ("case ١٤١٧", "words", None, None),
    ],
)
def test_the_box_knows_what_is_meant(typed, kind, case_id, packet_id):
    found = understand(typed)
    assert (found.kind, found.case_id, found.packet_id) == (kind, case_id, packet_id)
