"""Finding a program to refer to: what fits and how near, who confirmed it, and what to loosen when nothing fits."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.directory.programs import program
from tests.placements.family import make_home
from tracker import clock
from tracker.cases.actions import revise_plan
from tracker.cases.words import PlanOpenness
from tracker.db import db
from tracker.directory.programs.actions import tell_places
from tracker.directory.programs.words import CapacityStatus, CareAttribute, LevelOfCare, Payment, ProgramStatus
from tracker.people.models import Family
from tracker.referrals.models import Referral

NOW = datetime(2026, 11, 24, 15, 14, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_tuesday():
    with clock.travel(NOW):
        yield


@pytest.fixture
def home(cast):
    made = make_home(cast, zone="America/Chicago")
    made.case.family.zip_code = "53703"
    return made


@pytest.fixture
def bridge(cast):
    return program(cast)


@pytest.fixture
def maya(client_of, home):
    return client_of("maya")


def address(home):
    return f"/cases/{home.case.public_id}/referrals/new"


def names(opened):
    return [row.all("h3")[0].text for row in opened.page.all("div", class_="res")]


def made():
    return db.session.scalars(select(Referral).order_by(Referral.id).execution_options(populate_existing=True)).all()


def said(bridge, **changes):
    return {
        "program": str(bridge.public_id), "handoff": "phone_together", "share": ["name_age"], "loc_source": "staff_search_term",
        "check_back_on": "2026-11-26", **changes,
    }  # fmt: skip


def test_nearest_first_among_those_that_fit_and_why(cast, home, maya):
    far = program(cast, "Marsh Point", "53545", payments=(Payment.MD,))
    tell_places(far, CapacityStatus.WAITLIST, wait_days=10, by=cast.actor("maya"))
    near = program(cast, "Zion House", "53703", payments=(Payment.MD,), attributes=(CareAttribute.MEDICATION_FRIENDLY,))
    tell_places(near, CapacityStatus.CAPACITY, by=cast.actor("maya"))
    program(cast, "Harbor North", "53704", payments=(Payment.PI,))
    program(cast, "In Oregon", "97124", payments=(Payment.MD,))
    program(cast, "Gone", "53703", payments=(Payment.MD,), status=ProgramStatus.TEMPORARILY_CLOSED)
    opened = maya.get(address(home), payment="MD")
    assert names(opened) == ["Zion House", "Marsh Point", "Harbor North"]
    assert "Near, but not a full fit" in opened.text
    assert "2 of" in opened.text
    for words in (
        "Place open",
        "Takes Medicaid",
        "Accepts medication for opioid use",
        "Wait about 10 days",
        "Does not list Medicaid",
        "Confirmed by phone Nov 24",
    ):
        assert words in opened.text


def test_filters_begin_with_the_case_and_can_be_taken_off(cast, home, maya):
    revise_plan(
        home.case, what_matters="", openness=[PlanOpenness.INPATIENT], openness_note="", limits=[], limits_note="", helpers=[], by=cast.actor("maya")
    )  # fmt: skip
    db.session.get(Family, home.case.family_id).language = "es-US"
    program(cast, "Casa", "53704", languages=("en", "es"))
    program(cast, "English only", "53703")
    program(cast, "Clinic", "53703", level_of_care=LevelOfCare.OUTPATIENT, languages=("es",))
    opened = maya.get(address(home))
    assert names(opened)[0] == "Casa"
    assert "1 of 3 fit" in opened.text
    assert len(opened.page.all("summary", class_="on")) == 3, "distance, kind, language"
    assert "3 of 3 fit" in maya.get(address(home), kind="any", language="any").text


def test_who_is_too_old_or_too_young_is_told(cast, home, maya):
    program(cast, "For teens", age_to=17)
    opened = maya.get(address(home))
    assert "0 of 1 fit" in opened.text
    assert "For up to 17" in opened.text


def test_when_nothing_fits_it_says_what_to_loosen(cast, home, maya):
    program(cast, "Farther", "53202")  # Milwaukee, about 75 miles
    opened = maya.get(address(home))
    assert names(opened) == []
    assert "Loosen distance to 100 mi (1)" in opened.text
    assert names(maya.get(address(home), within="100")) == ["Farther"]


def test_old_facts_and_an_old_place_are_not_believed(cast, home, maya):
    with clock.travel(NOW - timedelta(days=61)):
        old = program(cast, "Oak Terrace")
    with clock.travel(NOW - timedelta(hours=25)):
        tell_places(old, CapacityStatus.CAPACITY, by=cast.actor("maya"))
    opened = maya.get(address(home))
    assert "Call before you refer" in opened.text
    assert "Places not known" in opened.text
    assert "Not confirmed since Sep 24" in opened.text


def test_the_budget_holds_with_many_programs(cast, home, maya):
    for number in range(40):
        program(cast, f"Program {number}")
    opened = maya.get(address(home), budget=16)
    assert len(names(opened)) == 20
    [more] = [link["href"] for link in opened.page.all("a") if link.text == "Show more"]
    assert len(names(maya.get(address(home), after=more.partition("after=")[2]))) == 20


def test_a_tie_between_us_and_them_is_shown_and_moves_nothing(cast, home, maya):
    program(cast, "Alder")
    tied = program(cast, "Birch", coi_disclosure="A board member of ours sits on theirs.")
    opened = maya.get(address(home), program=str(tied.public_id))
    assert "A board member of ours sits on theirs." in opened.text
    assert names(opened) == ["Alder", "Birch"]
