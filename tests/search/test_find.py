"""One box: a name, a number in any spelling, words of a note, a program; within what one may see, and the words are kept nowhere."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from tests.casefile.walkers import log, make_walkers
from tests.inquiries.test_known_callers import SPELLINGS
from tracker import clock
from tracker.cases import actions as cases
from tracker.cases.words import ClosureReason
from tracker.contacts.models import Contact
from tracker.db import db
from tracker.directory.programs import actions as programs
from tracker.directory.programs.words import LevelOfCare
from tracker.journal.models import Entry, Kind
from tracker.people.folding import fold
from tracker.search.asked import understand


@pytest.fixture
def walkers(cast):
    """The Walkers of Maya's; and noise that must not match: the Malones of Luis's, of team South."""
    make_walkers(cast, owner="luis", name="Malone")
    ours = make_walkers(cast)
    log(ours, cast, "He has not touched the piano since spring.")
    return ours


@pytest.fixture
def maya(client_of, walkers):
    return client_of("maya")


def asked(client, words, *, follow=False, **more):
    client.get("/find")
    return client.post("/find", {"q": words}, budget=10, follow=follow, **more)


def cases_of(answer):
    return [row.all("h3")[0].text for row in answer.at("found-cases").all(class_="res")] if answer.has("found-cases") else []


NAMES = ["walker", "Walker family", "denise", "Denise Walker", "walker denise", "WÁLKER", "marcus wal", "DENISE.W@example.org", "  walker  "]


@pytest.mark.parametrize("typed", NAMES)
def test_a_family_is_found_by_a_name_or_an_address(maya, typed):
    assert cases_of(asked(maya, typed, status=200)) == ["Walker family"]


@pytest.mark.parametrize("typed", [one for one in SPELLINGS if one not in ("614 555", "+1614555")])
def test_a_number_in_any_spelling_opens_the_only_case_that_has_it(maya, walkers, typed):
    answer = asked(maya, typed)
    assert answer.status == 303 and answer.headers["Location"] == walkers.url


def test_the_beginning_of_a_number_lists_who_has_it(maya, walkers):
    answer = asked(maya, "614555017", follow=False)
    assert answer.headers["Location"] == walkers.url, "the one case that has such a number"


def test_a_case_number_opens_its_case(maya, walkers):
    assert asked(maya, str(walkers.case.number)).headers["Location"] == walkers.url
    assert asked(maya, f"#{walkers.case.number}").headers["Location"] == walkers.url


def test_two_families_with_one_number_are_both_listed_newest_first(maya, cast):
    make_walkers(cast, name="Osei")
    answer = asked(maya, "0142", status=200)
    assert cases_of(answer) == ["Osei family", "Walker family"]
    assert "Phone ends in 0142" in answer.text


def test_a_note_is_found_by_its_words_with_the_words_around(maya):
    answer = asked(maya, "piano spring", status=200)
    note = answer.at("found-notes")
    assert "Walker family" in note.text and note.one("mark").text == "piano"
    assert "He has not touched the piano since spring." in note.text
    assert asked(maya, "pian", status=200).has("found-notes"), "three letters begin a word"
    assert not asked(maya, "iano", status=200).has("found-notes")


def test_a_note_that_was_worded_anew_is_found_by_its_new_words_only(maya):
    contact = db.session.scalars(select(Contact).where(Contact.note_folded.contains("piano"))).one()
    contact.note, contact.note_folded = "The violin, not the other.", fold("The violin, not the other.")
    assert not asked(maya, "piano", status=200).has("found-notes")
    assert asked(maya, "violin", status=200).has("found-notes")


def test_a_note_that_is_gone_is_not_found(maya):
    db.session.execute(text("DELETE FROM contact_texts"))
    db.session.delete(db.session.scalars(select(Contact).where(Contact.note_folded.contains("piano"))).one())
    assert "No family with piano." in asked(maya, "piano", status=200).text


def test_a_word_in_very_many_notes_gives_the_newest(maya, walkers, cast):
    log(walkers, cast, "About the weather, newest of all.")
    first = db.session.scalars(select(Contact)).first()
    row = {column.key: getattr(first, column.key) for column in Contact.__table__.columns if column.key not in ("id", "public_id")}
    db.session.execute(Contact.__table__.insert(), [{**row, "note": f"weather {n}", "note_folded": f"weather {n}"} for n in range(5100)])
    answer = asked(maya, "weather", status=200)
    shown = answer.at("found-notes").all(class_="res")
    assert len(shown) == 20 and "5099" in shown[0].text


def test_a_program_is_found_by_a_part_of_its_name(maya, cast):
    facts = {"level_of_care": LevelOfCare.RESIDENTIAL_SHORT, "zip_code": "43215", "phone": "+16145550110"}
    programs.add_program(programs.ProgramFacts(provider="Harbor Light Recovery", name="Harbor Light residential", **facts), by=cast.actor("priya"))
    answer = asked(maya, "light", status=200)
    assert "Harbor Light residential" in answer.at("found-programs").text and not answer.has("found-cases")


def test_a_closed_case_is_found_and_says_so(maya, walkers, cast):
    cases.close(walkers.again(), ClosureReason.MOVED, "Moved.", True, by=cast.actor("maya"))
    assert "closed" in asked(maya, "walker", status=200).at("found-cases").text


def test_nobody_finds_the_cases_of_another_team(maya, client_of, walkers):
    for words in ("malone", "piano"):
        assert asked(client_of("luis") if words == "piano" else maya, words, status=200).has("found-cases") is False
    assert "No family with" in asked(client_of("luis"), str(walkers.case.number), status=200).text


def test_packet_staff_find_only_what_waits_for_a_packet_and_no_notes(client_of, walkers, cast):
    priya = client_of("priya")
    assert not asked(priya, "walker", status=200).has("found-cases")
    cases.ask_for_packet(walkers.again(), "What to bring", by=cast.actor("maya"))
    assert cases_of(asked(priya, "walker", status=200)) == ["Walker family"]
    assert not asked(priya, "piano", status=200).has("found-notes")


def test_an_auditor_finds_a_case_by_its_number_and_nothing_by_a_name(client_of, walkers):
    omar = client_of("omar")
    answer = asked(omar, "walker", status=200)
    assert not answer.has("found-cases") and not answer.has("found-notes")
    assert not asked(omar, "0142", status=200).has("found-cases")
    assert asked(omar, str(walkers.case.number)).headers["Location"] == walkers.url


def test_nobody_found_offers_a_new_inquiry_with_this_number(maya):
    answer = asked(maya, "614 555 0199", status=200)
    assert "No family with 614 555 0199." in answer.text
    form = next(form for form in answer.page.all("form") if form.get("action") == "/inquiries/new")
    assert "New inquiry with this number" in form.text
    opened = maya.post("/inquiries/new", {"phone": "614 555 0199"}, status=200)
    assert opened.at("phone")["value"] == "614 555 0199" and not opened.errors()


@pytest.mark.parametrize("typed", ["", "   ", "a" * 121, "wal\x00ker", "01", "wa", "%", "__", "''", '"', "*", "(", "-", "😀", "￿"])
def test_what_cannot_be_looked_for_is_said_beside_the_box(maya, typed):
    answer = asked(maya, typed)
    assert answer.status == 422 and answer.has("q-err")


ODD = ["walker' OR 1=1 --", 'piano" OR "x', "NEAR(piano spring)", "note_folded:piano", "piano AND NOT", "piano*",
       "^piano", "99999999999999999999", "a b c d e f g h piano", "((((piano", "piano & | !", "🎹 piano", "+++614", "x" * 120]  # fmt: skip


@pytest.mark.parametrize("typed", ODD)
def test_odd_words_are_only_words(maya, typed):
    assert asked(maya, typed, follow=True).status in (200, 422)


def test_what_was_typed_stands_in_no_address_and_in_no_line_of_the_journal(maya, walkers):
    answer = asked(maya, "walker piano", status=200)
    assert answer.path == "/find"
    asked(maya, "0142")
    lines = db.session.scalars(select(Entry).where(Entry.verb == "search.made").order_by(Entry.number)).all()
    assert [line.facts for line in lines] == [{"kind": "words", "count": 0}, {"kind": "number", "count": 1}]
    assert all(line.kind is Kind.ACCESS and line.case_id is None for line in lines)
    everything = json.dumps([[line.about_id, line.facts] for line in db.session.scalars(select(Entry).where(Entry.kind == Kind.ACCESS))])
    assert "piano" not in everything and "0142" not in everything


def test_sixty_searches_a_minute_and_then_a_rest(maya):
    start = clock.now()
    with clock.travel(start):
        for _ in range(60):
            assert asked(maya, "nobody").status == 200
        for more in ({}, {"htmx": True}):
            answer = asked(maya, "nobody", **more)
            assert answer.status == 429 and answer.at("q")["value"] == "nobody" and "60 searches" in answer.errors()["q"]
        assert len(db.session.scalars(select(Entry).where(Entry.verb == "search.made")).all()) == 60
    with clock.travel(start + timedelta(minutes=1, seconds=1)):
        assert asked(maya, "nobody").status == 200


def test_with_script_only_the_findings_come(maya, walkers):
    maya.get("/find")
    part = maya.post("/find", {"q": "walker"}, htmx=True, follow=False)
    assert part.status == 200 and part.has("found") and not part.page.all("h1")
    opened = maya.post("/find", {"q": "0142"}, htmx=True, follow=False)
    assert opened.status == 204 and opened.headers["HX-Redirect"] == walkers.url


@pytest.mark.parametrize(
    ("typed", "figures", "case_id", "words"),
    [
        ("0142", "0142", None, ("0142",)),
        ("2417", "2417", 1417, ("2417",)),
        ("Denise Walker", "", None, ("denise", "walker")),
        ("apt 4142", "", None, ("apt", "4142")),
        ("(614) 555-0142", "6145550142", None, ("614", "555", "0142")),
    ],
)
def test_the_box_understands(typed, figures, case_id, words):
    found = understand(typed)
    assert (found.figures, found.case_id, found.words) == (figures, case_id, words)
