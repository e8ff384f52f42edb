"""The page of a case: who this is, what must not be done, how far the way has come, what is next, what was."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.casefile.walkers import log, make_walkers
from tracker import clock, journal
from tracker.cases import actions, danger
from tracker.cases.actions import NextStep
from tracker.cases.words import CaseStage, HoldReason, NextStepKind, PlanOpenness, RiskFlag
from tracker.db import db
from tracker.journal.models import Entry, Kind
from tracker.people.actions import add_person

WORDS = "Marcus agreed to speak with Harbor Light."


def viewings():
    return db.session.scalar(select(func.count()).select_from(Entry).where(Entry.kind == Kind.VIEWING, Entry.case_id.is_not(None)))


def facts(page):
    return {row.all("dt")[0].text: row.all("dd")[0].text for row in page.page.one("dl", class_="facts").all("div")}


def test_it_says_who_this_is(maya, walkers):
    page = maya.get(walkers.url)
    assert page.page.one("h1").text == "Walker family"
    told = facts(page)
    assert told["Main contact"] == "Denise Walker parent"
    assert told["Phone"] == "(614) 555-0142 after 4 PM"
    assert told["Loved one"] == "Marcus Walker 26 to 39, lives with her"
    assert told["Their time"].endswith("ET Columbus, OH")
    assert told["Last contact"] == "None yet"


def test_the_tab_tells_the_number_and_no_name(maya, walkers):
    assert maya.get(walkers.url).title == f"Case {walkers.again().number} – Waypoint"


def test_the_care_line_says_what_must_not_be_done(maya, walkers, cast):
    actions.note_risk(walkers.again(), RiskFlag.VIOLENCE_TOWARD_INQUIRER, "", by=cast.actor("maya"))
    journal.commit()
    care = maya.get(walkers.url).page.one("div", class_="care").text
    assert "No voicemail. Marcus shares this phone." in care
    assert "Andre, (614) 555-0177: Text only." in care
    assert "Violence toward inquirer" in care


def test_who_asked_not_to_be_contacted_is_named_there_and_not_offered(maya, walkers):
    walkers.andre.no_contact_at = clock.now()
    page = maya.get(walkers.url)
    assert "Do not contact Andre" in page.page.one("div", class_="care").text
    assert "555-0177" not in page.at("panel-family").text


def test_the_path_tells_days_and_what_was_passed(maya, walkers, cast):
    with clock.travel(clock.now() + timedelta(days=2)):
        point = actions.Point("agrees", "Marcus agrees or asks", False, gate=True)
        facts = actions.StageFacts((point,), "he asked us himself", may_pass_gates=True)
        actions.move(walkers.again(), CaseStage.REFERRAL, facts, by=cast.actor("ruth"))
        journal.commit()
    with clock.travel(clock.now() + timedelta(days=9)):
        steps = [item.text for item in client_steps(maya, walkers)]
    assert "2 days" in steps[0] and "completed" in steps[0]
    assert "Not needed: he asked us himself" in steps[1]
    assert "Day 8 · usually 7 to 14 · 1 passed" in steps[2] and "current" in steps[2]
    assert "Not started" in steps[3]


def client_steps(client, walkers):
    return client.sign_in("maya").get(walkers.url).page.one("ol", class_="path").all("li")


def test_the_next_step_and_what_the_next_stage_asks_for(maya, walkers):
    card = maya.get(walkers.url).at("next-step")
    assert "Call Denise with the start date" in card.text
    assert "Set by Maya Whitfield today" in card.text
    assert "Before moving to Intervention" in card.text and "reachable safely , done" in card.text


def test_a_hold_is_shown_beside_the_stage_and_the_danger_above_it(maya, walkers, cast):
    actions.hold(walkers.again(), clock.today("America/New_York") + timedelta(days=9), HoldReason.WAITING_ON_FAMILY, "", by=cast.actor("maya"))
    danger.note_crisis(walkers.case, "Yes", by=cast.actor("maya"))
    journal.commit()
    page = maya.get(walkers.url)
    tags = page.page.one("div", class_="idrow").text
    assert "On hold until" in tags and "Danger said" in tags
    assert page.page.one("div", class_="dangerbar").all("a", href=f"{walkers.url}/crisis/over")
    assert "Waiting on the family" in page.at("next-step").text


def test_history_tells_each_line_in_its_verbs_sentence_with_the_words(maya, walkers, cast):
    then = NextStep(NextStepKind.SEND_PACKET, "Send the waiting-week sheet", clock.now() + timedelta(days=1))
    log(walkers, cast, WORDS, then=then)
    journal.commit()
    entry = next(item for item in maya.get(walkers.url).page.one("ol", class_="tl").all("li") if WORDS in item.text)
    assert "Call with Denise Walker" in entry.text and "by Maya Whitfield · reached · 18 min" in entry.text
    assert "Next step set: Send the waiting-week sheet" in entry.text


def test_history_is_narrowed_by_kind_with_counts(maya, walkers, cast):
    for _ in range(3):
        log(walkers, cast)
    journal.commit()
    chips = {chip.text: chip["href"] for chip in maya.get(walkers.url).page.one("nav", aria_label="Filter history").all("a")}
    assert {"All 4", "Contacts 3", "Changes 1"} <= set(chips)
    only = maya.get(walkers.url, kind="contact")
    assert "Case opened" not in only.page.one("ol", class_="tl").text
    maya.get(walkers.url, kind="viewing", status=404)
    maya.get(walkers.url, kind="x", status=404)


@pytest.fixture
def talkative(walkers, cast):
    """Seventy calls."""
    for number in range(70):
        log(walkers, cast, f"Talk number {number}.")
    journal.commit()
    return walkers


def test_thirty_entries_then_show_earlier_to_the_first(maya, talkative):
    page = maya.get(talkative.url)
    seen = said(page)
    assert len(seen) == 30
    while True:
        more = [link for link in page.page.all("a") if "/history" in link.get("href")]
        if not more:
            break
        page = follow(maya, more[0]["href"])
        seen += said(page)
    assert seen == [f"Talk number {number}." for number in reversed(range(70))]


def said(page):
    return [p.text for p in page.page.one("ol", class_="tl").all("p")]


def follow(client, href, **more):
    path, _, query = href.partition("?")
    return client.get(path, **dict(pair.split("=", 1) for pair in query.split("&")), **more)


def test_one_viewing_for_an_opened_page_and_none_for_a_fragment(maya, talkative):
    page = maya.get(talkative.url)
    assert viewings() == 1
    earlier = next(link["href"] for link in page.page.all("a") if "/history" in link.get("href"))
    follow(maya, earlier, htmx=True)
    assert viewings() == 1
    follow(maya, earlier)
    assert viewings() == 2


def test_its_questions_do_not_grow_with_the_history(maya, walkers, cast):
    maya.get(walkers.url)
    few = maya.selects
    for number in range(120):
        log(walkers, cast, f"Talk number {number}.", by="ben" if number % 2 else "maya")
    journal.commit()
    maya.get(walkers.url, budget=16)
    assert maya.selects <= few + 1


def test_the_panels_show_plan_and_family(maya, walkers, cast):
    empty = maya.get(walkers.url)
    assert "Nothing recorded. Until it is, share nothing outside." in empty.at("panel-consent").text
    assert "No plan yet." in empty.at("panel-plan").text
    actions.revise_plan(
        walkers.again(), what_matters="Her garden", openness=[PlanOpenness.OUTPATIENT], openness_note="", limits=[], limits_note="",
        helpers=[{"who": "Andre", "what": "drives", "by": ""}], by=cast.actor("maya"),
    )  # fmt: skip
    journal.commit()
    plan = maya.get(walkers.url).at("panel-plan").text
    assert "Her garden" in plan and "Outpatient" in plan and "drives" in plan


def test_a_person_who_calls_about_themselves_is_one_person(maya, walkers):
    walkers.case.main_contact_id = walkers.marcus.id
    told = facts(maya.get(walkers.url))
    assert "calls about themselves" in told["Main contact"]
    assert "Loved one" not in told


def test_nobody_must_give_a_name(maya, cast):
    nameless = make_walkers(cast, name="")
    for person in (nameless.denise, nameless.marcus, nameless.andre):
        person.first_name = ""
    page = maya.get(nameless.url)
    assert page.page.one("h1").text == "Family without a name"
    assert "No name given" in page.at("panel-family").text


def test_somebody_elses_words_are_never_markup(maya, walkers, cast):
    add_person(walkers.again().family, first_name="<b>Zoe</b>")
    log(walkers, cast, "<script>alert(1)</script> she said")
    journal.commit()
    page = maya.get(walkers.url)
    assert "<script>alert(1)" not in page.body.decode() and "<b>Zoe" not in page.body.decode()
    assert "<script>alert(1)</script> she said" in page.text


def test_a_colleague_reads_it_and_is_offered_only_what_is_theirs(client_of, walkers):
    page = client_of("ben").get(walkers.url)
    links = {link["href"] for link in page.page.one("main").all("a")}
    assert f"{walkers.url}/contacts/new" in links and f"{walkers.url}/risks" in links
    assert not links & {f"{walkers.url}/{deed}" for deed in ("next-step", "hold", "owner", "closure", "plan", "viewers")}


@pytest.mark.parametrize("who", ["luis", "sam"])
def test_another_team_cannot_know_that_it_exists(client_of, walkers, who):
    client = client_of(who)
    for path in ("", "/history", "/viewers", "/stage?to=referral"):
        page, _, query = path.partition("?")
        client.get(f"{walkers.url}{page}", status=404, **({"to": "referral"} if query else {}))
    client.get(f"/print{walkers.url}", status=404)


def test_an_administrator_sees_no_case(client_of, walkers):
    answer = client_of("ada").get(walkers.url, status=403)
    assert "Walker" not in answer.text
