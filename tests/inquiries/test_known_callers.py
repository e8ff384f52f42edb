"""Who this may be, while somebody types: with reasons, within what one may see."""

import pytest
from sqlalchemy import select

from tests.inquiries.test_taking_a_call import CALL, call
from tests.page import fields_of
from tracker.cases.models import Case
from tracker.inquiries.models import Inquiry, NotTheSame
from tracker.people import actions as people
from tracker.people.models import ContactPoint, Family, Person

SPELLINGS = (
    "0142|5550142|614 555 0142|614/555/0142|(614) 555-0142|614.555.0142|+1 614 555 0142|1-614-555-0142|6145550142|"
    "614-555 0142|555-0142|614 555|+1614555|614-555-0142 ext. 9"
).split("|")


@pytest.fixture
def known(client_of):
    """A case of Maya's that is known, and noise that must not match."""
    maya = client_of("maya")
    call(maya)
    call(maya, phone="608 555 0177", name="Andre Walker", person_name="Marcus")
    return maya


def asked(client, **words):
    return client.post("/find/duplicates", words, budget=8, follow=False)


@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_number_is_known_in_any_spelling_from_four_figures_on(known, typed):
    answer = asked(known, phone=typed)
    assert "Malone family" in answer.text and "Walker" not in answer.text


@pytest.mark.parametrize("typed", ["014", "61", "999", "0143", "555 0199"])
def test_too_few_figures_or_another_number_match_nobody(known, typed):
    assert "Malone" not in asked(known, phone=typed).text


def test_names_match_from_three_letters_and_say_why(known):
    assert "Same last name" in asked(known, name="mal").text
    assert "Same first name" in asked(known, name="TERÉSA").text
    assert "Malone" not in asked(known, name="ma").text
    both = asked(known, name="Teresa Malone", phone="6145550142", loved_name="", person_name="Kayla").text
    assert all(reason in both for reason in ("Same phone", "Same last name", "Same first name", "Also about Kayla"))


def test_a_whole_name_is_known_among_very_many_of_the_same_first_name(known, db_session):
    other = db_session.scalars(select(Family).where(Family.folded_name == "walker")).one()
    for _ in range(60):
        people.add_person(other, first_name="Teresa")
    assert "Malone family" in asked(known, name="Teresa Malone").text


def test_their_time_comes_with_the_number(known):
    assert "a guess from area code 602" in asked(known, phone="602 555 0119").text
    assert "a guess" not in asked(known, phone="602 555").text


def test_a_caller_who_is_of_the_family_already_gains_only_what_is_new(known, db_session):
    case = db_session.scalars(select(Case).order_by(Case.id)).first()
    call(known, None, phone="614 555 0188", email="t.malone@example.org", reach=["email"], join=str(case.public_id))
    call(known, None, reach=[], join=str(case.public_id))
    teresa = db_session.scalars(select(Person).where(Person.folded_first == "teresa")).one()
    points = db_session.scalars(select(ContactPoint).where(ContactPoint.person_id == teresa.id).order_by(ContactPoint.id)).all()
    assert [(one.value, one.ok_to_call, one.ok_to_write) for one in points] == [
        ("+16145550142", True, False), ("+16145550188", False, False), ("t.malone@example.org", False, True),
    ]  # fmt: skip


def test_another_team_learns_only_that_the_family_is_known_and_whom_to_ask(known, client_of):
    answer = asked(client_of("luis"), phone="6145550142")
    assert "Known family" in answer.text and "Maya Whitfield" in answer.text
    assert "Malone" not in answer.text and "Kayla" not in answer.text and "/cases/" not in answer.body.decode()


@pytest.mark.parametrize("typed", [{"name": "Teresa Malone"}, {"name": "Mal", "zip_code": "43215"}, {"phone": "555014"}, {"phone": "0142"}])
def test_a_name_or_a_few_figures_tell_another_team_nothing(known, client_of, typed):
    assert "Known family" not in asked(client_of("luis"), **typed).text


def test_another_team_sees_no_reason_that_would_confirm_a_guess(known, client_of):
    answer = asked(client_of("luis"), phone="6145550142", name="Teresa Malone", person_name="Kayla", zip_code="43215")
    assert "Known family" in answer.text
    for reason in ("Same phone", "Same last name", "Same first name", "Also about", "Same ZIP"):
        assert reason not in answer.text


def test_the_call_can_be_added_to_the_known_case(known, client_of, db_session):
    case = db_session.scalars(select(Case).order_by(Case.id)).first()
    answer = call(client_of("ben"), None, name="Rosa Malone", relation="sibling", join=str(case.public_id))
    assert answer.path == f"/cases/{case.public_id}"
    people = [person.name for person in db_session.scalars(select(Person).where(Person.family_id == case.family_id))]
    assert sorted(people) == ["Kayla", "Rosa Malone", "Teresa Malone"]
    joined = db_session.scalars(select(Inquiry).order_by(Inquiry.id.desc())).first()
    assert joined.case_id == case.id


def test_a_call_cannot_be_added_to_a_case_of_another_team(known, client_of, db_session):
    case = db_session.scalars(select(Case)).first()
    assert call(client_of("luis"), None, join=str(case.public_id)).status == 404
    assert call(client_of("luis"), None, join="not an id").status == 404


def test_without_script_the_form_itself_says_who_it_may_be(known):
    answer = call(known, "check", name="Somebody Else")
    assert answer.status == 200 and "Malone family" in answer.text


def apart(client, db_session, **words):
    """Says of a caller that they are not the Malones."""
    key = str(db_session.scalars(select(Case.public_id).join(Case.family).where(Family.folded_name == "malone")).one())
    return client.post("/inquiries/apart", {**words, "apart": key}, htmx=True, follow=False)


def test_not_the_same_is_remembered_for_this_caller_and_no_other_and_can_be_taken_back(known, db_session, client_of):
    said = apart(known, db_session, phone="(614) 555-0142", name="Somebody Else")
    assert "1 set apart" in said.text and "Malone family" not in said.text
    again = asked(known, phone="614.555.0142")
    assert "1 set apart" in again.text and "Malone family" not in again.text
    assert "Malone family" in asked(known, name="Teresa Malone").text
    assert "1 set apart" in asked(client_of("ben"), phone="6145550142").text
    back = known.post("/inquiries/apart", {"phone": "6145550142", "again": "1"}, htmx=True, follow=False)
    assert "Malone family" in back.text
    assert "set apart" not in asked(known, phone="6145550142").text


def test_too_little_to_know_them_by_is_not_set_apart_and_says_what_is_missing(known, db_session):
    assert "Type the whole number" in apart(known, db_session, phone="0142").text
    assert "Malone family" in asked(known, phone="0142").text


def test_without_scripts_not_the_same_keeps_every_word(known, db_session):
    key = str(db_session.scalars(select(Case.public_id).join(Case.family).where(Family.folded_name == "malone")).one())
    page = known.post("/inquiries", {**CALL, "phone": "6145550142", "end": "check"}, follow=False)
    form = {**dict(fields_of(page.form("inquiry"))), "apart": key}
    said = known.post("/inquiries/apart", form, follow=False, token=False)
    assert said.status == 200 and "1 set apart" in said.text
    assert said.at("words").text.strip() == CALL["words"]
    saved = known.submit(said, "inquiry", button="end=case")
    assert saved.path.startswith("/cases/")


def test_of_another_teams_family_nothing_is_said_or_set_apart(known, db_session, client_of):
    luis = client_of("luis")
    assert apart(luis, db_session, phone="6145550142").status == 404
    assert "Known family" in asked(luis, phone="6145550142").text


def test_what_is_remembered_of_the_caller_tells_nothing(known, db_session):
    apart(known, db_session, phone="6145550142")
    (row,) = db_session.execute(select(NotTheSame.mark)).all()
    assert len(row.mark) == 64 and "614555" not in row.mark
