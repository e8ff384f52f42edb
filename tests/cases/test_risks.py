"""What was said that needs care: noted by whoever hears it, never silenced, and over only with how we know."""

from datetime import timedelta

from sqlalchemy import select

from tests.casefile.walkers import make_walkers
from tracker import clock, journal
from tracker.cases import actions
from tracker.cases.models import RiskMark
from tracker.cases.words import RiskFlag
from tracker.db import db


def note(client, walkers, status=200, **said):
    page = client.get(f"{walkers.url}/risks")
    return client.submit(page, "deed", status=status, **{"flag": "weapon", "note": "a gun in the house", "danger": "no", **said})


def mark():
    return db.session.scalars(select(RiskMark)).one()


def test_a_colleague_who_hears_it_notes_it_at_once(client_of, walkers):
    note(client_of("ben"), walkers)
    assert mark().flag is RiskFlag.WEAPON
    page = client_of("maya").get(walkers.url)
    assert "Weapon present: a gun in the house" in page.page.one("div", class_="care").text


def test_whether_anybody_is_in_danger_must_be_answered(maya, walkers):
    assert "danger" in note(maya, walkers, status=422, danger=None).errors()
    assert "flag" in note(maya, walkers, status=422, flag="").errors()


def test_danger_stands_on_the_case_until_somebody_asked(maya, walkers):
    note(maya, walkers, danger="not_sure")
    assert walkers.again().crisis_at is not None
    page = maya.get(f"{walkers.url}/crisis/over")
    assert "why" in maya.submit(page, "deed", status=422, why="").errors()
    page = maya.get(f"{walkers.url}/crisis/over")
    maya.submit(page, "deed", status=200, why="Spoke with Denise; the gun is with Andre")
    assert walkers.again().crisis_at is None
    maya.get(f"{walkers.url}/crisis/over", status=422)


def test_a_hold_does_not_silence_it(maya, walkers, cast):
    note(maya, walkers)
    actions.hold(walkers.again(), clock.today("America/New_York") + timedelta(days=5), actions.HoldReason.WAITING_ON_FAMILY, "", by=cast.actor("maya"))
    journal.commit()
    assert "Weapon present" in maya.get(walkers.url).text


def test_it_is_over_when_the_owner_says_how_they_know(maya, client_of, walkers):
    note(maya, walkers)
    over = f"{walkers.url}/risks/{mark().public_id}/over"
    client_of("ben").get(over, status=403)
    page = maya.get(over)
    assert "why" in maya.submit(page, "deed", status=422, why="").errors()
    page = maya.get(over)
    maya.submit(page, "deed", status=200, why="Andre keeps it now")
    assert mark().over_at is not None
    maya.get(over, status=404)


def test_a_risk_of_another_case_is_not_found_through_this_one(maya, walkers, cast):
    other = make_walkers(cast, name="Osei")
    found = actions.note_risk(other.case, RiskFlag.WEAPON, "", by=cast.actor("maya"))
    journal.commit()
    maya.get(f"{walkers.url}/risks/{found.public_id}/over", status=404)
