"""A call: everything may be missing but the call itself; a real one opens a case at once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from tracker import clock
from tracker.cases.models import Case
from tracker.cases.words import CaseStage, NextStepKind
from tracker.inquiries.models import Inquiry, SubstanceReport
from tracker.inquiries.words import CrisisMark, DangerAnswer, InquiryDisposition, InquiryStatus
from tracker.journal.models import Entry
from tracker.people.models import ContactPoint, Family, Kinship, Person, Relation, VoicemailRule

CALL = {
    "phone": "614.555.0142",
    "name": "Teresa Malone",
    "danger": "no",
    "relation": "parent",
    "person_name": "Kayla",
    "age_band": "18_25",
    "words": "Came home from school last week, sleeping all day.",
    "wants": ["talk", "program"],
    "reach": ["call", "text"],
    "step": "Call Teresa back",
}


def call(client, end="case", **changes):
    page = client.get("/inquiries/new")
    return client.submit(page, "inquiry", button=f"end={end}" if end else "", **{**CALL, **changes})


def test_a_real_call_opens_its_case_with_two_people_apart(client, db_session, cast):
    client.sign_in("maya")
    answer = call(client)
    assert answer.status == 200 and answer.path.startswith("/cases/")
    case = db_session.scalars(select(Case)).one()
    assert (case.stage, case.owner_id, case.team_id, case.is_open) == (CaseStage.INQUIRY, cast.maya.id, cast.north.id, True)
    people = {person.id: person for person in db_session.scalars(select(Person))}
    assert {one.name for one in people.values()} == {"Teresa Malone", "Kayla"}
    assert people[case.main_contact_id].first_name == "Teresa" and people[case.person_id].first_name == "Kayla"
    assert db_session.scalars(select(Relation)).one().kinship is Kinship.PARENT
    assert db_session.scalars(select(Family)).one().title == "Malone family"
    inquiry = db_session.scalars(select(Inquiry)).one()
    assert (inquiry.status, inquiry.case_id, inquiry.disposition) == (InquiryStatus.CASE_OPEN, case.id, InquiryDisposition.CASE_OPENED)


def test_the_number_is_kept_in_one_form_and_only_what_was_ticked_is_allowed(client, db_session):
    client.sign_in("maya")
    call(client, phone="(614) 555-0142 ext. 7")
    point = db_session.scalars(select(ContactPoint)).one()
    assert (point.value, point.as_typed, point.extension, point.digits_reversed) == ("+16145550142", "(614) 555-0142 ext. 7", "7", "2410555416")
    assert (point.ok_to_call, point.ok_to_text, point.voicemail_rule, point.ok_to_write) == (True, True, VoicemailRule.NONE, False)


def test_somebody_who_calls_for_themselves_is_one_human(client, db_session):
    client.sign_in("maya")
    call(client, relation="self", person_name="", name="Owen Pruitt")
    case = db_session.scalars(select(Case)).one()
    assert case.person_id == case.main_contact_id
    assert db_session.scalar(select(func.count()).select_from(Person)) == 1 and db_session.scalars(select(Relation)).first() is None


def test_the_zone_is_a_guess_from_the_zip_or_the_area_code(client, db_session):
    client.sign_in("maya")
    call(client, phone="602 555 0119")
    assert db_session.scalars(select(Family)).one().zone == "America/Phoenix"


@pytest.mark.parametrize(
    ("missing", "field"),
    [({"danger": None}, "danger"), ({"reach": []}, "reach"), ({"step": ""}, "step"), ({"phone": "", "reach": ["call"]}, "reach")],
)
def test_what_a_case_still_needs_is_asked_for_by_its_label_and_nothing_typed_is_lost(client, db_session, missing, field):
    client.sign_in("maya")
    answer = call(client, **missing)
    assert answer.status == 422 and field in answer.errors()
    assert answer.at("words").text.strip() == CALL["words"] and answer.at("name")["value"] == CALL["name"]
    assert db_session.scalars(select(Family)).first() is None


def test_no_name_is_ever_needed(client, db_session):
    client.sign_in("maya")
    assert call(client, name="", person_name="").path.startswith("/cases/")
    assert db_session.scalars(select(Family)).one().title == "Family without a name"


def test_danger_never_keeps_a_call_from_being_saved(client, db_session):
    client.sign_in("maya")
    answer = call(client, danger="yes", step="", reach=[], name="", words="", marks=["called_911"])
    assert answer.path.startswith("/cases/")
    case = db_session.scalars(select(Case)).one()
    assert case.crisis_at is not None and case.next_step_timed and "danger" in case.next_step_text
    inquiry = db_session.scalars(select(Inquiry)).one()
    assert inquiry.danger is DangerAnswer.YES and [mark for mark, _ in inquiry.marked()] == [CrisisMark.CALLED_911]


def test_in_danger_the_step_that_nobody_touched_becomes_a_call_within_the_hour(client, db_session):
    client.sign_in("maya")
    page = client.get("/inquiries/new")
    client.submit(page, "inquiry", button="end=case", phone=CALL["phone"], danger="yes")
    client.submit(client.get("/inquiries/new"), "inquiry", button="end=case", phone="614 555 0177", danger="yes", step="Drive there with Ben", step_on="soon")
    proposed, said = db_session.scalars(select(Case).order_by(Case.id))
    assert "danger was said" in proposed.next_step_text and proposed.next_step_at < clock.now() + timedelta(hours=1, minutes=1)
    assert said.next_step_text == "Drive there with Ben"


def test_in_danger_what_cannot_be_read_is_kept_under_the_words_and_asked_again(client, db_session):
    client.sign_in("maya")
    wrong = {"phone": "six one four", "email": "nobody at all", "name": "T" * 130, "zip_code": "4321O", "relation": "boss"}
    answer = call(client, danger="yes", step="", **wrong)
    assert answer.path.startswith("/cases/") and "Ask again:" in answer.at("said").text
    inquiry = db_session.scalars(select(Inquiry)).one()
    assert inquiry.words.startswith(CALL["words"]) and all(typed in inquiry.words for typed in wrong.values())
    assert (inquiry.caller_phone, inquiry.phone_typed, inquiry.caller_email, inquiry.caller_name) == (None, "six one four", None, "")
    assert db_session.scalars(select(Case)).one().crisis_at is not None


def test_in_danger_words_that_are_too_long_or_odd_are_kept_whole(client, db_session):
    client.sign_in("maya")
    call(client, danger="yes", words="a" * 8100 + "\x00 b")
    assert db_session.scalars(select(Inquiry)).one().words == "a" * 8100 + " b"


def test_danger_lets_nobody_past_the_token(client, db_session):
    client.sign_in("maya")
    client.post("/inquiries", {**CALL, "danger": "yes", "csrf_token": "stale"}, token=False, follow=False, status=400)
    assert db_session.scalars(select(Inquiry)).first() is None


def test_danger_that_was_ruled_out_on_the_call_does_not_stand_on_the_case(client, db_session):
    client.sign_in("maya")
    call(client, danger="not_sure", marks=["no_danger_now"])
    assert db_session.scalars(select(Case)).one().crisis_at is None


def test_an_inquiry_alone_needs_a_phone_or_a_name_or_words(client, db_session):
    client.sign_in("maya")
    nothing = call(client, "only", phone="", name="", words="", reach=[], danger=None)
    assert nothing.status == 422 and nothing.errors()["phone"]
    kept = call(client, "only", phone="", name="", danger=None, reach=[], step="")
    assert kept.path.startswith("/inquiries/")
    assert db_session.scalars(select(Case)).first() is None
    assert db_session.scalars(select(Inquiry)).one().disposition is InquiryDisposition.INFORMATION_ONLY


def test_a_call_that_is_no_case_is_counted_in_two_presses(client, db_session):
    client.sign_in("maya")
    page = client.get("/inquiries/new")
    client.submit(page, "inquiry", button="end=wrong_number")
    row = db_session.scalars(select(Inquiry)).one()
    assert (row.status, row.disposition) == (InquiryStatus.CLOSED, InquiryDisposition.WRONG_NUMBER)
    assert db_session.scalars(select(Case)).first() is None


def test_from_any_page_a_call_that_is_no_case_is_counted_in_two_presses(client, db_session):
    client.sign_in("maya")
    page = client.get("/cases")
    answer = client.submit(page, "/inquiries", button="end=silent", status=200)
    assert "Counted: Silent." in answer.text
    assert db_session.scalars(select(Inquiry)).one().disposition is InquiryDisposition.SILENT


def test_the_step_is_due_in_an_hour_or_tomorrow_at_ten_on_our_clock(client, db_session):
    with clock.travel(datetime(2026, 11, 24, 15, 14, tzinfo=UTC)):
        client.sign_in("maya")
        call(client)
        call(client, phone="614 555 0177", step_on="soon", step="Text Teresa the address")
    tomorrow, soon = db_session.scalars(select(Case).order_by(Case.id))
    assert (tomorrow.next_step_at, tomorrow.next_step_timed) == (datetime(2026, 11, 25, 15, 0, tzinfo=UTC), True)
    assert (soon.next_step_at, soon.next_step_kind) == (datetime(2026, 11, 24, 16, 14, tzinfo=UTC), NextStepKind.TEXT)


def test_what_the_family_mentions_is_kept_with_who_said_it(client, db_session):
    client.sign_in("maya")
    substances = {"substance1": "ketamine", "context1": "prescribed_misused", "by1": "inquirer", "substance2": "alcohol"}
    call(client, signs=["bladder_problems", "memory_loss"], background=["mental_health"], reported_by="inquirer", **substances)
    row = db_session.scalars(select(Inquiry)).one()
    assert [sign.value for sign in row.signs] == ["bladder_problems", "memory_loss"] and row.background[0].value == "mental_health"
    rows = db_session.scalars(select(SubstanceReport).order_by(SubstanceReport.id))
    named = [(one.substance.value, one.context.value, one.reported_by.value) for one in rows]
    assert named == [("ketamine", "prescribed_misused", "inquirer"), ("alcohol", "unknown", "inquirer")]


def test_the_journal_tells_of_the_call_on_the_case(client, db_session, cast):
    client.sign_in("maya")
    call(client)
    verbs = list(db_session.scalars(select(Entry.verb).where(Entry.case_id.is_not(None)).order_by(Entry.number)))
    assert verbs[:2] == ["case.opened", "inquiry.recorded"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"phone": "call me"}, "phone"),
        ({"name": "x" * 121}, "name"),
        ({"words": "a" * 8001}, "words"),
        ({"words": "quiet\x00words"}, "words"),
        ({"name": "Ter\u202eesa"}, "name"),
        ({"relation": "boss"}, "relation"),
        ({"reach": ["pigeon"]}, "reach"),
        ({"email": "nobody at example"}, "email"),
        ({"zip_code": "4321O"}, "zip_code"),
        ({"zip_code": "1"}, "zip_code"),
        ({"zip_code": "4321²"}, "zip_code"),
        ({"zip_code": "43215-1"}, "zip_code"),
        ({"step_on": "pick", "step_day": "2019-02-30"}, "step_day"),
        ({"best_from": "6 PM", "best_until": "9 AM"}, "best_until"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(client, db_session, changes, field):
    client.sign_in("maya")
    answer = call(client, **changes)
    assert answer.status == 422 and field in answer.errors(), answer.errors()
    assert db_session.scalars(select(Inquiry)).first() is None and db_session.scalars(select(Case)).first() is None


def test_twenty_presses_make_one_case(client, db_session):
    client.sign_in("maya")
    page = client.get("/inquiries/new")
    places = {client.submit(page, "inquiry", button="end=case", **CALL).path for _ in range(20)}
    assert len(places) == 1 and places.pop().startswith("/cases/")
    assert db_session.scalar(select(func.count()).select_from(Case)) == 1


def test_an_inquiry_that_came_in_unattended_waits_until_somebody_takes_it(client_of, db_session, cast):
    maya, ben, luis = client_of("maya"), client_of("ben"), client_of("luis")
    call(maya, "only", unattended="y", channel="voicemail")
    row = db_session.scalars(select(Inquiry)).one()
    assert row.status is InquiryStatus.UNCLAIMED
    luis.get(f"/inquiries/{row.public_id}", status=404)
    assert ben.post(f"/inquiries/{row.public_id}/claim", {}).status == 200
    late = maya.post(f"/inquiries/{row.public_id}/claim", {})
    assert late.status == 409 and "Ben Okafor took this already" in late.text
    opened = ben.submit(ben.get("/inquiries/new", inquiry=str(row.public_id)), "inquiry", button="end=case", danger="no", reach=["call"], step="Call back")
    assert opened.path.startswith("/cases/")
    db_session.expire_all()
    row = db_session.scalars(select(Inquiry)).one()
    assert row.status is InquiryStatus.CASE_OPEN and row.taken_by_id == cast.ben.id


def test_opening_the_case_of_one_that_waited_loses_nothing_and_happens_once(client, db_session):
    client.sign_in("maya")
    said = {"signs": ["shaking"], "background": ["genetics"], "substance1": "ketamine", "context1": "not_prescribed", "how_heard": "court", "language": "es"}
    call(client, "only", unattended="y", channel="voicemail", **said)
    row = db_session.scalars(select(Inquiry)).one()
    page = client.get("/inquiries/new", inquiry=str(row.public_id))
    more = {"reach": ["call"], "step": "Call back", "substance1": "alcohol"}
    assert client.submit(page, "inquiry", button="end=case", **more).path.startswith("/cases/")
    db_session.expire_all()
    row = db_session.scalars(select(Inquiry)).one()
    told = (row.channel.value, row.danger.value, row.how_heard.value, row.language, [one.value for one in (*row.wants, *row.signs, *row.background)])
    assert told == ("voicemail", "no", "court", "es", ["talk", "program", "shaking", "genetics"])
    assert {one.substance.value for one in db_session.scalars(select(SubstanceReport))} == {"ketamine", "alcohol"}
    again = client.submit(client.get("/inquiries/new", inquiry=str(row.public_id)), "inquiry", button="end=case", **more)
    assert again.status == 422 and "belongs to a case already" in again.text
    assert db_session.scalar(select(func.count()).select_from(Case)) == 1


@pytest.mark.parametrize("given", ["x", "00000000-0000-4000-8000-000000000000"])
def test_an_inquiry_that_is_not_there_is_not_there(client, given):
    client.sign_in("maya")
    client.get("/inquiries/new", inquiry=given, status=404)
    assert call(client, inquiry=given).status == 404
    client.get("/inquiries", before=given, status=404)


def test_an_inquiry_is_closed_with_what_became_of_it(client, db_session):
    client.sign_in("maya")
    call(client, "only", unattended="y")
    row = db_session.scalars(select(Inquiry)).one()
    page = client.get(f"/inquiries/{row.public_id}")
    refused = client.submit(page, f"/inquiries/{row.public_id}/close", disposition="")
    assert refused.status == 422
    client.submit(refused, f"/inquiries/{row.public_id}/close", disposition="spam_sales", status=200)
    db_session.expire_all()
    assert db_session.scalars(select(Inquiry)).one().status is InquiryStatus.CLOSED
