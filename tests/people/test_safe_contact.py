"""Never ring this number: noted at once by whoever hears it; allowing more takes the right and their word."""

import threading
from datetime import time

import pytest
from sqlalchemy import select

from tests.browsing import ORIGIN
from tests.casefile.walkers import make_walkers
from tracker import clock, journal
from tracker.cases import actions as cases
from tracker.cases.words import ClosureReason
from tracker.db import db
from tracker.journal.models import Entry
from tracker.moves import Refused
from tracker.people import rules
from tracker.people.models import ContactPoint, Person, VoicemailRule
from tracker.people.rules import Never, Rules


@pytest.fixture
def walkers(cast, db_session):
    made = make_walkers(cast)
    journal.commit()
    return made


def phone(walkers):
    return db.session.get(ContactPoint, walkers.phone.id, populate_existing=True)


def never(client, walkers, what="call", status=200):
    return client.post(f"{walkers.url}/ways/{walkers.phone.public_id}/never", {"what": what}, status=status)


@pytest.mark.parametrize("who", ["maya", "ben", "ruth"])
def test_anybody_of_the_team_notes_it_at_once(client_of, walkers, who):
    client = client_of(who)
    page = client.get(f"{walkers.url}/people")
    client.submit(page, f"{walkers.url}/ways/{walkers.phone.public_id}/never", status=200)
    assert not phone(walkers).ok_to_call
    assert db.session.scalars(select(Entry).where(Entry.verb == "person.contact_tightened")).one().facts["way"] == "(614) 555-0142"


def test_packet_staff_only_while_the_case_waits_for_a_packet(client_of, walkers, cast):
    priya = client_of("priya")
    never(priya, walkers, status=404)
    cases.ask_for_packet(walkers.again(), "Waiting-week sheet", by=cast.actor("maya"))
    journal.commit()
    never(priya, walkers)
    assert not phone(walkers).ok_to_call
    page = priya.get(f"{walkers.url}/people")
    assert "lives with her" not in page.text, "only names and safe contact"


@pytest.mark.parametrize("who", ["maya", "ben", "ruth"])
def test_it_is_one_press_away_from_the_case(client_of, walkers, who):
    page = client_of(who).get(walkers.url)
    assert "Note what they asked us not to do" in [link.text for link in page.at("panel-family").all("a", href=f"{walkers.url}/people")]


@pytest.mark.parametrize("who", ["luis", "sam"])
def test_nobody_of_another_team(client_of, walkers, who):
    never(client_of(who), walkers, status=404)
    assert phone(walkers).ok_to_call


@pytest.mark.parametrize("who", ["omar", "ada"])
def test_nor_who_has_no_such_right(client_of, walkers, who):
    never(client_of(who), walkers, status=403)


def test_a_closed_case_still_hears_it(client_of, walkers, cast):
    cases.close(walkers.again(), ClosureReason.GOALS_MET, "All well.", True, by=cast.actor("maya"))
    journal.commit()
    never(client_of("ben"), walkers)
    assert not phone(walkers).ok_to_call


def test_not_to_be_contacted_at_all(client_of, walkers):
    client_of("ben").post(f"{walkers.url}/people/{walkers.denise.public_id}/no-contact", status=200)
    denise = db.session.get(Person, walkers.denise.id, populate_existing=True)
    first = denise.no_contact_at
    assert first is not None
    client_of("ben").post(f"{walkers.url}/people/{walkers.denise.public_id}/no-contact", status=200)
    assert db.session.get(Person, walkers.denise.id, populate_existing=True).no_contact_at == first


def test_only_the_owner_or_a_supervisor_lifts_it_and_says_why(client_of, walkers, cast):
    rules.stop_contact(db.session.get(Person, walkers.denise.id), case=walkers.case, by=cast.actor("ben"))
    journal.commit()
    url = f"{walkers.url}/people/{walkers.denise.public_id}/contact-again"
    client_of("ben").get(url, status=403)
    client_of("ben").post(url, {"why": "She rang"}, status=403)
    maya = client_of("maya")
    assert "why" in maya.submit(maya.get(url), "again", status=422, why="").errors()
    maya.submit(maya.get(url), "again", status=200, why="She rang us today and asked for a call")
    assert db.session.get(Person, walkers.denise.id, populate_existing=True).no_contact_at is None


def test_a_colleague_makes_rules_stricter_and_not_looser(client_of, walkers):
    ben, url = client_of("ben"), f"{walkers.url}/ways/{walkers.phone.public_id}"
    ben.submit(ben.get(url), "way", status=200, best_from="17:00")
    assert phone(walkers).best_from == time(17)
    answer = ben.submit(ben.get(url), "way", status=422, ok_to_text="y", confirmed="y")
    assert "Only the owner" in answer.errors()[""]
    assert not phone(walkers).ok_to_text


def test_the_owner_loosens_with_their_word_and_it_is_kept_who_confirmed(client_of, walkers):
    maya, url = client_of("maya"), f"{walkers.url}/ways/{walkers.phone.public_id}"
    assert "confirmed" in maya.submit(maya.get(url), "way", status=422, voicemail_rule="named").errors()
    maya.submit(maya.get(url), "way", status=200, voicemail_rule="named", confirmed="y")
    kept = phone(walkers)
    assert kept.voicemail_rule is VoicemailRule.NAMED
    assert kept.confirmed_by_id == walkers.case.owner_id
    assert "by Maya Whitfield" in maya.get(f"{walkers.url}/people").text


def test_the_second_of_two_editors_sees_both(client_of, walkers):
    maya, ruth, url = client_of("maya"), client_of("ruth"), f"{walkers.url}/ways/{walkers.phone.public_id}"
    hers, rival = maya.get(url), ruth.get(url)
    never(client_of("ben"), walkers)
    answer = maya.submit(hers, "way", status=409, note="Ask for Dee")
    assert "Ask for Dee" in answer.body.decode()
    ruth.submit(rival, "way", status=409, note="Other")
    assert not phone(walkers).ok_to_call, "what was forbidden stays forbidden"


@pytest.mark.parametrize("what", ["everything", "", "call\x00"])
def test_a_rule_that_there_is_none(client_of, walkers, what):
    never(client_of("maya"), walkers, what, status=404)


OPEN = Rules(ok_to_call=True, ok_to_text=True, ok_to_write=True, voicemail_rule=VoicemailRule.DETAILED, discreet=False)


@pytest.mark.parametrize(
    "looser",
    [
        Rules(ok_to_call=True), Rules(ok_to_text=True), Rules(ok_to_write=True), Rules(voicemail_rule=VoicemailRule.CALLBACK_ONLY), Rules(discreet=False),
    ],
)  # fmt: skip
def test_each_way_of_allowing_more_is_seen(looser):
    assert looser.looser_than(Rules())
    assert not Rules().looser_than(looser)


def test_wider_hours_and_no_longer_shared_are_looser():
    narrow = Rules(best_from=time(16), best_until=time(20), is_shared=True)
    assert Rules(best_from=time(15), best_until=time(20), is_shared=True).looser_than(narrow) == ["other hours"]
    assert Rules(is_shared=True).looser_than(narrow) == ["other hours"]
    assert Rules(best_from=time(16), best_until=time(20)).looser_than(narrow) == ["no longer shared"]
    assert not Rules(best_from=time(17), best_until=time(19), is_shared=True).looser_than(narrow)


def test_never_use_forbids_all(walkers, cast):
    for name in ("ok_to_call", "ok_to_text", "ok_to_write", "voicemail_rule", "discreet"):
        setattr(walkers.phone, name, getattr(OPEN, name))
    rules.forbid(walkers.phone, walkers.denise, Never.USE, case=walkers.case, by=cast.actor("ben"))
    assert not Rules.of(walkers.phone).looser_than(Rules(discreet=False))


def test_confirmed_long_ago_must_be_asked_again(walkers, cast):
    now = clock.now()
    assert rules.stale(walkers.phone, now)
    walkers.phone.confirmed_at = now
    assert not rules.stale(walkers.phone, now)
    with pytest.raises(Refused):
        rules.allow_contact(walkers.denise, " ", case=walkers.case, by=cast.actor("maya"))


def test_eight_presses_at_once_are_one_wish_and_no_error(app, client_of, walkers):
    """Somebody presses again and again while a caller shouts: each press ends where the wish can be seen."""
    maya = client_of("maya")
    page = maya.get(f"{walkers.url}/people")
    cookie = maya._client.get_cookie("waypoint", domain="127.0.0.1").value
    address, token = f"{walkers.url}/people/{walkers.denise.public_id}/no-contact", page.page.one("meta", name="csrf-token")["content"]
    journal.commit()
    db.session.remove()
    ends: list[int] = []

    def press() -> None:
        headers = {"Cookie": f"waypoint={cookie}", "Referer": ORIGIN}
        ends.append(app.test_client(use_cookies=False).post(address, base_url=ORIGIN, data={"csrf_token": token}, headers=headers).status_code)

    threads = [threading.Thread(target=press) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert ends == [303] * 8
    assert len(db.session.scalars(select(Entry).where(Entry.verb == "person.no_contact")).all()) == 1
