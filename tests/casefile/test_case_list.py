"""The list of cases: the address is the filter, pages go by keyset, and only what somebody may see is in it."""

from datetime import timedelta

import pytest

from tests.casefile.walkers import make_walkers
from tracker import clock, journal
from tracker.cases import actions
from tracker.cases import danger as dangers
from tracker.cases.words import ClosureReason, HoldReason
from tracker.db import db
from tracker.staff.models import members

TODAY = "America/New_York"


@pytest.fixture
def cases(cast):
    """One case of each kind, and noise: another team's."""
    now = clock.now()
    by = cast.actor("maya")
    late = make_walkers(cast, name="Late", due=now - timedelta(days=2))
    held = make_walkers(cast, name="Held", due=now - timedelta(days=5))
    actions.hold(held.again(), clock.today(TODAY) + timedelta(days=9), HoldReason.WAITING_ON_FAMILY, "", by=by)
    quiet = make_walkers(cast, name="Quiet", due=now + timedelta(days=3))
    quiet.case.opened_at = now - timedelta(days=20)
    danger = make_walkers(cast, name="Danger", due=now + timedelta(days=2))
    dangers.note_crisis(danger.case, "Yes", by=by)
    bens = make_walkers(cast, owner="ben", name="Bens", due=now + timedelta(days=4))
    gone = make_walkers(cast, name="Gone")
    actions.close(gone.again(), ClosureReason.GOALS_MET, "done", True, by=by)
    theirs = make_walkers(cast, owner="luis", name="Theirs", due=now - timedelta(days=9))
    journal.commit()
    return {"late": late, "held": held, "quiet": quiet, "danger": danger, "bens": bens, "gone": gone, "theirs": theirs}


def names(page):
    return [link.text.removesuffix(" family") for link in page.page.one("main").all("a", class_="nm")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Held", "Late", "Danger", "Quiet", "Bens"]),
        ({"owner": "me"}, ["Held", "Late", "Danger", "Quiet"]),
        ({"owner": "team"}, ["Held", "Late", "Danger", "Quiet", "Bens"]),
        ({"flag": "overdue"}, ["Late"]),
        ({"flag": "quiet"}, ["Quiet"]),
        ({"flag": "hold"}, ["Held"]),
        ({"flag": "crisis"}, ["Danger"]),
        ({"state": "closed"}, ["Gone"]),
        ({"stage": "inquiry", "owner": "me", "flag": "quiet"}, ["Quiet"]),
    ],
)
def test_each_filter_finds_its_cases(client_of, cases, query, found):
    maya = client_of("maya")
    assert names(maya.get("/cases", **query)) == found


def test_an_owner_by_the_id_that_the_review_links_to(client_of, cases, cast):
    assert names(client_of("ruth").get("/cases", owner=str(cast.ben.public_id))) == ["Bens"]
    assert names(client_of("ruth").get("/cases", owner=str(cast.luis.public_id))) == []


def test_a_case_that_only_waits_is_in_the_list_and_under_its_flag(client_of, cases):
    cases["held"].again().next_step_at = None
    cases["held"].case.next_step_text = None
    maya = client_of("maya")
    assert names(maya.get("/cases"))[-1] == "Held"
    assert names(maya.get("/cases", flag="none")) == ["Held"]


def test_nothing_found_says_why_and_offers_the_one_act(client_of, cases):
    page = client_of("maya").get("/cases", stage="referral", flag="overdue")
    empty = page.page.one("p", class_="empty")
    assert "No case matches Rehab referral, Overdue." in empty.text
    assert empty.one("a", href="/cases?stage=referral").text == "Remove a filter"


def test_an_empty_team_is_told_how_a_case_begins(client_of):
    assert "A case begins with an inquiry" in client_of("maya").get("/cases").text


@pytest.mark.parametrize("query", [{"stage": "x"}, {"flag": "x"}, {"state": "x"}, {"owner": "x"}, {"after": "x"}, {"owner": "7"}])
def test_a_filter_that_is_none_is_not_found(client_of, cases, query):
    client_of("maya").get("/cases", status=404, **query)


@pytest.mark.parametrize("state", ["open", "closed"])
def test_pages_of_fifty_go_to_the_end_and_show_each_once(client_of, cast, state):
    due = clock.now() + timedelta(days=1)
    for number in range(120):
        one = make_walkers(cast, name=f"N{number}", due=due + timedelta(minutes=number % 7))
        if state == "closed":
            actions.close(one.again(), ClosureReason.GOALS_MET, "done", True, by=cast.actor("maya"))
    journal.commit()
    maya, seen, query, pages = client_of("maya"), [], {"state": state}, 0
    while query is not None:
        page = maya.get("/cases", **query)
        seen += names(page)
        pages += 1
        more = [link["href"] for link in page.page.one("main").all("a") if "after=" in link.get("href")]
        query = dict(pair.split("=") for pair in more[0].partition("?")[2].split("&")) if more else None
    assert pages == 3
    assert sorted(seen) == sorted(f"N{number}" for number in range(120))


def test_at_most_four_questions_beyond_the_session_and_nothing_counted(client_of, cases):
    for who in ("maya", "ruth", "omar", "priya"):
        client = client_of(who)
        client.get("/cases")
        asked = [statement for statement in client.statements if statement.startswith("SELECT") and "advisory_xact_lock" not in statement]
        assert len(asked) <= 5, client.statements
        reads = [statement for statement in client.statements if "FROM cases" in statement]
        assert reads and not [statement for statement in reads if "count(" in statement.lower()]


def test_the_orders_walk_an_index(client_of, cases):
    maya = client_of("maya")
    maya.get("/cases")
    if db.engine.dialect.name != "sqlite":
        pytest.skip("the planner of a small PostgreSQL table prefers to sort")
    maya.get("/cases", owner="me")
    walk = next(statement for statement in maya.statements if "FROM cases" in statement and "ORDER BY cases.next_step_at" in statement)
    plan = " ".join(str(row) for row in db.session.connection().exec_driver_sql("EXPLAIN QUERY PLAN " + walk, tuple(["x"] * walk.count("?"))))
    assert "TEMP B-TREE" not in plan, plan


def test_whoever_belongs_to_two_teams_sees_both_in_one_order(client_of, cases, cast):
    db.session.execute(members.insert(), [{"team_id": cast.south.id, "staff_id": cast.maya.id}])
    maya = client_of("maya")
    assert names(maya.get("/cases")) == ["Theirs", "Held", "Late", "Danger", "Quiet", "Bens"]
    assert names(maya.get("/cases", flag="overdue")) == ["Theirs", "Late"]


def test_the_filters_stay_with_the_next_page(client_of, cast):
    for number in range(52):
        make_walkers(cast, name=f"N{number}")
    journal.commit()
    page = client_of("maya").get("/cases", owner="me", stage="inquiry")
    more = next(link["href"] for link in page.page.one("main").all("a") if "after=" in link.get("href"))
    assert "owner=me" in more and "stage=inquiry" in more
