"""What was typed is back: after a closed tab, after a new sign-in, and it is nobody else's."""

from datetime import timedelta

from sqlalchemy import func, select, text

from tests.casefile.walkers import make_walkers
from tests.cast import PASSWORD
from tests.directory.programs import program
from tests.inquiries.test_taking_a_call import CALL
from tests.page import fields_of
from tracker import clock, journal
from tracker.drafts import actions, queries
from tracker.drafts.models import Draft


def key_of(page) -> str:
    return page.form("inquiry").get("data-draft").rsplit("/", 1)[1]


def test_a_call_that_was_broken_off_is_offered_and_comes_back(client, db_session):
    client.sign_in("maya")
    page = client.get("/inquiries/new")
    kept = client.post(f"/drafts/inquiry/{key_of(page)}", {**CALL, "nonce": "abc"}, follow=False)
    assert kept.status == 200 and kept.text.startswith("Draft kept ")
    client.sign_out()
    client.sign_in("maya")
    again = client.get("/inquiries/new")
    assert "You were writing this" in again.text
    back = client.get("/inquiries/new", draft=key_of(page))
    assert back.at("words").text.strip() == CALL["words"] and back.at("name")["value"] == CALL["name"]
    assert key_of(back) == key_of(page)


def test_a_draft_is_used_up_by_saving(client, db_session):
    client.sign_in("maya")
    page = client.get("/inquiries/new")
    client.post(f"/drafts/inquiry/{key_of(page)}", CALL, follow=False)
    client.submit(page, "inquiry", button="end=case", **CALL)
    assert db_session.scalar(select(func.count()).select_from(Draft)) == 0


def test_keeping_a_draft_does_not_use_the_forms_press_up(client, db_session):
    client.sign_in("maya")
    page = client.get("/inquiries/new")
    nonce = next(value for name, value in page_fields(page) if name == "nonce")
    for _ in range(3):
        assert client.post(f"/drafts/inquiry/{key_of(page)}", {**CALL, "nonce": nonce}, follow=False).status == 200
    assert client.submit(page, "inquiry", button="end=case", **CALL).path.startswith("/cases/")


def page_fields(page):
    return fields_of(page.form("inquiry"))


def test_nobody_elses_draft_is_ever_shown(client_of, db_session):
    maya, ben = client_of("maya"), client_of("ben")
    key = key_of(maya.get("/inquiries/new"))
    maya.post(f"/drafts/inquiry/{key}", CALL, follow=False)
    assert CALL["name"] not in ben.get("/inquiries/new").text
    assert CALL["words"] not in ben.get("/inquiries/new", draft=key).text


def test_neither_password_nor_token_is_kept(client, db_session):
    client.sign_in("maya")
    client.post("/drafts/inquiry/k", {**CALL, "password": PASSWORD}, follow=False)
    body = queries.fields(db_session.scalars(select(Draft)).one())
    assert not {"password", "csrf_token", "nonce"} & set(body)


def test_a_draft_that_nobody_came_back_to_goes_after_thirty_days(client, db_session):
    start = clock.now()
    with clock.travel(start):
        client.sign_in("maya")
        client.post("/drafts/inquiry/old", CALL, follow=False)
    with clock.travel(start + timedelta(days=31)):
        client.sign_in("maya")
        client.post("/drafts/inquiry/new", CALL, follow=False)
    assert [one.key for one in db_session.scalars(select(Draft))] == ["new"]


def test_what_is_too_much_or_unreadable_is_refused_and_the_earlier_words_stay(client, db_session):
    client.sign_in("maya")
    client.post("/drafts/inquiry/k", CALL, follow=False)
    assert client.post("/drafts/inquiry/k", {"words": "a" * 200_001}, follow=False).status == 422
    assert client.post("/drafts/inquiry/k", {"words": "a\x00b"}, follow=False).status == 422
    assert client.post("/drafts/diary/k", {"words": "a"}, follow=False).status == 404
    assert queries.fields(db_session.scalars(select(Draft)).one())["name"] == "Teresa Malone"


def test_a_draft_can_be_thrown_away(client, db_session):
    client.sign_in("maya")
    client.post("/drafts/inquiry/k", CALL, follow=False)
    client.post("/drafts/inquiry/k/discard", {})
    assert db_session.scalars(select(Draft)).first() is None


def test_a_long_call_is_saved_after_the_draft_was_kept_again_and_again(client, db_session):
    start = clock.now()
    with clock.travel(start):
        client.sign_in("maya")
        page = client.get("/inquiries/new")
    for minutes in range(10, 240, 10):
        with clock.travel(start + timedelta(minutes=minutes)):
            assert client.post(f"/drafts/inquiry/{key_of(page)}", CALL, follow=False).status == 200
    with clock.travel(start + timedelta(minutes=240)):
        told = {**CALL, "step_on": "pick", "step_day": (start + timedelta(days=3)).date().isoformat()}
        assert client.submit(page, "inquiry", button="end=case", **told).path.startswith("/cases/")



def test_a_hundred_drafts_are_kept_and_the_next_is_refused_without_pushing_one_out(client, db_session, monkeypatch):
    monkeypatch.setattr(actions, "MOST", 3)
    client.sign_in("maya")
    client.get("/inquiries/new")
    for number in range(3):
        assert client.post(f"/drafts/inquiry/key-{number}", CALL, follow=False).status == 200
    refused = client.post("/drafts/inquiry/key-3", CALL, follow=False)
    assert refused.status == 422 and "throw one away" in refused.text
    assert client.post("/drafts/inquiry/key-1", {**CALL, "words": "More words"}, follow=False).status == 200
    assert db_session.scalar(select(func.count()).select_from(Draft)) == 3


def test_what_lies_in_the_database_cannot_be_read_without_the_key(client, db_session, app):
    client.sign_in("maya")
    client.post(f"/drafts/inquiry/{key_of(client.get('/inquiries/new'))}", CALL, follow=False)
    raw = str(db_session.execute(text("SELECT body FROM drafts")).scalar_one())
    assert all(value not in raw for value in CALL.values() if isinstance(value, str) and len(value) > 3)
    draft = db_session.scalars(select(Draft)).one()
    app.secret_key, before = "another key, of no use for what was sealed before", app.secret_key
    try:
        assert not queries.fields(draft)
    finally:
        app.secret_key = before


def test_a_plan_half_written_is_back_and_used_up_by_saving(client_of, cast, db_session):
    walkers = make_walkers(cast)
    journal.commit()
    maya = client_of("maya")
    form = maya.get(f"{walkers.url}/plan").form("deed")
    maya.post(form["data-draft"], {"what_matters": "To see the children", "openness": "outpatient"}, status=200)
    assert "Plan: Walker family" in maya.get("/today").text
    again = maya.get(f"{walkers.url}/plan")
    assert again.at("what_matters").text.strip() == "To see the children"
    assert maya.get(f"{walkers.url}/plan", fresh="1").at("what_matters").text.strip() == ""
    maya.submit(again, "deed", status=200)
    assert db_session.scalar(select(func.count()).select_from(Draft)) == 0


def test_a_referral_half_written_is_back_with_its_program(client_of, cast, db_session):
    walkers, made = make_walkers(cast), program(cast, zip_code="43215")
    journal.commit()
    bridge = str(made.public_id)
    maya = client_of("maya")
    form = maya.get(f"{walkers.url}/referrals/new", program=bridge).form("refer")
    maya.post(form["data-draft"], {"program": bridge, "check_back_on": "2027-01-04"}, status=200)
    again = maya.get(f"{walkers.url}/referrals/new")
    assert again.at("check_back_on")["value"] == "2027-01-04"
    assert again.page.one("input", name="program")["value"] == bridge
    assert not maya.get(f"{walkers.url}/referrals/new", fresh="1").has("refer")
