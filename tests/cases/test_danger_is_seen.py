"""Danger with a clock: it stands on the supervisor's Today until they saw it, and how long that took is on the record."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.casefile.walkers import make_walkers
from tests.plans import asked, plan
from tracker import clock, journal
from tracker.cases import danger
from tracker.cases.models import Case
from tracker.db import db
from tracker.desk import queries
from tracker.journal.models import Entry
from tracker.moves import Refused


@pytest.fixture
def walkers(cast, db_session):
    made = make_walkers(cast)
    danger.note_crisis(made.again(), "Yes", by=cast.actor("maya"))
    journal.commit()
    return made


def seen():
    db.session.rollback()
    return db.session.execute(select(Case.crisis_at, Case.crisis_seen_at)).one()


def test_it_stands_on_the_supervisors_today_until_one_press_and_the_minutes_are_kept(walkers, client_of):
    ruth = client_of("ruth")
    page = ruth.get("/today")
    assert page.has("alarms") and "Walker family" in page.at("alarms").text
    with clock.travel(clock.now() + timedelta(minutes=4, seconds=30)):
        said = ruth.submit(page, f"{walkers.url}/danger/seen")
    assert "seen after 4 min" in said.text
    assert not ruth.get("/today").has("alarms")
    facts = db.session.scalars(select(Entry.facts).where(Entry.verb == "case.crisis_seen")).one()
    assert facts["minutes"] == 4
    assert "A supervisor saw it" in client_of("maya").get(walkers.url).text


def test_nobody_else_sees_it_there_or_can_say_so(walkers, client_of):
    for who in ("maya", "sam"):  # the owner has it first in her own queue; Sam supervises the other team
        assert not client_of(who).get("/today").has("alarms")
    assert client_of("maya").post(f"{walkers.url}/danger/seen").status == 403
    assert client_of("sam").post(f"{walkers.url}/danger/seen").status == 404
    assert seen().crisis_seen_at is None


def test_it_is_seen_once_and_a_new_danger_asks_anew(walkers, cast):
    case, ruth = walkers.again(), cast.actor("ruth")
    danger.see_crisis(case, by=ruth)
    with pytest.raises(Refused, match="already"):
        danger.see_crisis(case, by=ruth)
    danger.end_crisis(case, "Asked, all well", by=ruth)
    with pytest.raises(Refused, match="No danger"):
        danger.see_crisis(case, by=ruth)
    danger.note_crisis(case, "Not sure", by=ruth)
    journal.commit()
    assert seen().crisis_seen_at is None


def test_what_nobody_saw_is_found_by_its_own_index(walkers, cast):
    with asked() as statements:
        assert len(queries.alarms(cast.actor("ruth"))) == 1
    assert any("ix_cases_team_danger" in line for line in plan(*statements[-1])), plan(*statements[-1])
