"""Idle cases are told: the owner first, then the supervisor or their cover, on Today and in a list that names no family."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from tests.casefile.walkers import make_walkers
from tests.mailroom.servers import Box, mail_server
from tests.plans import asked, plan
from tracker import clock, journal
from tracker.cases.models import Case
from tracker.db import db
from tracker.desk import idle, jobs
from tracker.mailroom import transport
from tracker.moves import Refused
from tracker.staff import actions as staff
from tracker.staff.models import Staff
from tracker.staff.sessions import Program

MORNING = datetime.fromisoformat("2026-11-24T08:05:00-05:00")  # a Tuesday
DAY = timedelta(days=1)


@pytest.fixture
def box(app, monkeypatch):
    """The program with a mail server."""
    patient, before, box = transport.Server.of, app.config["WAYPOINT"], Box()
    monkeypatch.setattr(transport.Server, "of", lambda url, **_more: patient(url, step=0.5, whole=2.0))
    with mail_server(box) as url:
        app.config["WAYPOINT"] = replace(before, smtp_url=url, mail_from="desk@example.org")
        yield box
    app.config["WAYPOINT"] = before


@pytest.fixture
def walkers(cast, db_session):
    """A case of Maya's, silent for fifteen days; everybody has an address."""
    with clock.travel(MORNING - 15 * DAY):
        made = make_walkers(cast)
        db.session.flush()
        db.session.execute(update(Case).values(last_contact_at=MORNING - 15 * DAY))
    for one in cast:
        staff.set_email(one, f"{one.username}@example.org", by=Program())
        one.zone = "America/New_York"
    journal.commit()
    return made


def sent(box, at):
    """To whom lists went at a moment, and what they said."""
    box.kept.clear()
    with clock.travel(at):
        jobs.send_lists()
    db.session.rollback()
    return {message["To"]: message.get_content() for message in box.kept}


def test_the_owner_hears_after_two_weeks_and_the_supervisor_a_week_later(walkers, box):
    lists = sent(box, MORNING)
    number = f"Case {walkers.again().number}"
    assert f"{number}: 15 days" in lists["maya@example.org"]
    assert "ruth@example.org" not in lists
    later = sent(box, MORNING + 7 * DAY)
    assert f"{number}: 22 days, Maya Whitfield" in later["ruth@example.org"]
    assert "sam@example.org" not in later  # the other team's supervisor


def test_a_list_names_no_family_and_leads_to_today(walkers, box):
    for text in sent(box, MORNING + 7 * DAY).values():
        assert not any(name in text for name in ("Walker", "Denise", "Marcus", "Andre"))
        assert "/today" in text
    assert {message["Subject"] for message in box.kept} == {"Your list for today"}


def test_it_goes_out_once_on_a_working_morning_and_to_nobody_else(walkers, box, cast):
    assert len(sent(box, MORNING)) == 1
    assert sent(box, MORNING + timedelta(minutes=5)) == {}
    for moment in (MORNING + 4 * DAY, MORNING + timedelta(hours=22), MORNING + DAY + timedelta(hours=5)):  # Saturday, six in the morning, one o'clock
        assert sent(box, moment) == {}
    cast.maya.disabled_at = clock.now()
    journal.commit()
    assert "maya@example.org" not in sent(box, MORNING + DAY)


def test_while_a_supervisor_is_away_their_cover_hears_of_it_on_today_too(walkers, box, cast, client_of):
    with clock.travel(MORNING):
        staff.go_away(cast.ruth, date(2026, 12, 4), cast.sam, by=Program())
    journal.commit()
    lists = sent(box, MORNING + 7 * DAY)
    assert "ruth@example.org" not in lists and "22 days" in lists["sam@example.org"]
    with clock.travel(MORNING + 14 * DAY):
        assert idle.of_teams(db.session.merge(cast.ruth), 21) and not idle.of_teams(db.session.merge(cast.sam), 21)
        assert client_of("ruth").get("/today").has("silent") and not client_of("maya").get("/today").has("silent")


def test_a_server_that_is_down_is_tried_again_until_noon_and_never_twice(walkers, box):
    box.mood = "busy"
    assert sent(box, MORNING) == {}
    box.mood = "good"
    assert len(sent(box, MORNING + timedelta(minutes=1))) == 1
    assert sent(box, MORNING + timedelta(minutes=2)) == {}
    box.mood = "kept_and_dropped"
    assert len(sent(box, MORNING + DAY)) == 1
    box.mood = "good"
    assert sent(box, MORNING + DAY + timedelta(minutes=1)) == {}


@pytest.mark.parametrize("address", [
    "nobody", "a@b@c", "a@example.org, b@example.org", "a@example.org\nBcc: b@example.org", "Maya <a@example.org>", "@example.org", "é@example.org",
])  # fmt: skip
def test_what_is_not_one_address_is_refused(cast, address):
    with pytest.raises(Refused):
        staff.set_email(cast.maya, address, by=Program())
    assert db.session.scalars(select(Staff.email)).all().count(None) == 8


def test_who_covers_must_supervise_and_be_there(cast):
    day = clock.today("America/New_York") + DAY
    for cover in (None, cast.ruth, cast.maya):
        with pytest.raises(Refused):
            staff.go_away(cast.ruth, day, cover, by=Program())
    staff.go_away(cast.sam, day, cast.ruth, by=Program())
    with pytest.raises(Refused):
        staff.go_away(cast.ruth, day, cast.sam, by=Program())
    staff.go_away(cast.sam, None, None, by=Program())
    assert cast.sam.away_until is None and cast.sam.cover_id is None


def test_silent_cases_of_a_team_are_found_along_one_index(walkers, cast):
    with clock.travel(MORNING), asked() as statements:
        idle.of_teams(db.session.merge(cast.ruth), 14)
    asked_of_cases = [one for one in statements if "last_contact_at" in one[0]]
    assert len(asked_of_cases) == 2
    for question in asked_of_cases:
        lines = plan(*question)
        if db.engine.dialect.name == "sqlite":  # PostgreSQL takes whichever index of so small a table it likes
            assert any("ix_cases_team_silent" in line for line in lines), lines
        assert not any("Seq Scan on cases" in line or line.startswith("SCAN cases") for line in lines), lines
