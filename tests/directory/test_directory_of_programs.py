"""The directory of programs: added by anybody who works with families, confirmed, changed by its keepers; nearest first, never by who pays."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import inspect, select

from tests.directory.programs import program
from tracker import clock, journal
from tracker.db import db
from tracker.directory.programs.actions import tell_places
from tracker.directory.programs.models import Capacity, Program, Provider, Site
from tracker.directory.programs.words import CapacityStatus, LevelOfCare, NarrLevel, Payment, ProgramStatus, Serves, VerifiedHow

NOW = datetime(2026, 11, 24, 15, 14, tzinfo=UTC)
LIST = "/directory/programs"


@pytest.fixture(autouse=True)
def on_a_tuesday():
    with clock.travel(NOW):
        yield


def names(opened):
    return [row.all("h3")[0].text.removesuffix(" Call before you refer") for row in opened.page.all("div", class_="res")]


def kept():
    return db.session.scalars(select(Program).order_by(Program.id).execution_options(populate_existing=True)).all()


FORM = {
    "provider": "Alder Health", "name": "Alder House", "level_of_care": "residential_short", "narr_level": "", "runs": "active",
    "payments": ["MD", "SS"], "attributes": ["medication_friendly"], "serves": ["women"], "age_from": "18", "age_to": "", "languages": ["en", "es"],
    "phone": "608 555 0142", "fax": "", "address": "12 Elm St", "zip_code": "53703", "website": "", "coi_disclosure": "", "alert": "", "notes": "",
}  # fmt: skip


@pytest.mark.parametrize(("who", "status"), [("maya", 200), ("priya", 200), ("ruth", 200), ("omar", 403), ("ada", 403)])
def test_who_adds_one(client_of, who, status):
    client = client_of(who)
    client.get(f"{LIST}/new", status=status)
    client.post(f"{LIST}/new", FORM, status=status)
    assert len(kept()) == (1 if status == 200 else 0)


def test_what_was_typed_stands_in_the_directory(client_of):
    maya = client_of("maya")
    maya.get(f"{LIST}/new")
    opened = maya.post(f"{LIST}/new", FORM, status=200)
    [made] = kept()
    assert (made.phone, made.payments, made.serves, made.age_from, made.languages) == (
        "+16085550142",
        [Payment.MD, Payment.SS],
        [Serves.WOMEN],
        18,
        ["en", "es"],
    )
    site = db.session.get(Site, made.site_id)
    assert (site.city, site.state) == ("Madison", "WI")
    assert site.latitude == pytest.approx(43.07, abs=0.05)
    assert "Not confirmed yet" in opened.text
    assert "Call before you refer" in opened.text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"), ({"provider": ""}, "provider"), ({"level_of_care": ""}, "level_of_care"), ({"level_of_care": "spa"}, "level_of_care"),
        ({"phone": ""}, "phone"), ({"phone": "call us"}, "phone"), ({"zip_code": ""}, "zip_code"), ({"zip_code": "00000"}, "zip_code"),
        ({"age_from": "old"}, "age_from"), ({"age_from": "999"}, "age_from"), ({"age_from": "30", "age_to": "20"}, "age_to"),
        ({"narr_level": "II"}, "narr_level"), ({"level_of_care": "recovery_residence"}, "narr_level"), ({"languages": []}, "languages"),
        ({"languages": ["klingon"]}, "languages"), ({"payments": ["gold"]}, "payments"), ({"name": "x" * 121}, "name"), ({"notes": "a\x00b"}, "notes"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_said_beside_its_field(client_of, changes, field):
    maya = client_of("maya")
    maya.get(f"{LIST}/new")
    answer = maya.post(f"{LIST}/new", FORM | changes, status=422)
    assert field in answer.errors()
    assert kept() == []


def test_the_same_program_is_not_listed_twice(client_of):
    maya = client_of("maya")
    maya.get(f"{LIST}/new")
    maya.post(f"{LIST}/new", FORM, status=200)
    assert "name" in maya.post(f"{LIST}/new", FORM | {"name": "ALDER house"}, status=422).errors()
    maya.post(f"{LIST}/new", FORM | {"name": "Alder Clinic"}, status=200)
    assert len(db.session.scalars(select(Provider)).all()) == 1
    assert len(db.session.scalars(select(Site)).all()) == 1


def test_a_confidential_address_is_shown_nowhere(cast, client_of):
    home = program(
        cast, "Juniper House", level_of_care=LevelOfCare.RECOVERY_RESIDENCE, narr_level=NarrLevel.II, address="12 Elm St", address_confidential=True
    )  # fmt: skip
    journal.commit()
    for who in ("maya", "priya", "omar"):
        client = client_of(who)
        for page in (LIST, f"{LIST}/{home.public_id}"):
            assert "12 Elm" not in client.get(page).text


def test_confirming_says_how_and_by_whom_and_may_tell_places(cast, client_of):
    made = program(cast, confirmed=False)
    journal.commit()
    maya = client_of("maya")
    opened = maya.submit(
        maya.get(f"{LIST}/{made.public_id}"),
        f"{LIST}/{made.public_id}/confirmations",
        how="phone",
        note="Intake desk",
        places="capacity",
        available="3",
        maximum="20",
        status=200,
    )
    assert "Confirmed by phone Nov 24, Maya Whitfield" in opened.text
    assert "Place open" in opened.text
    [again] = kept()
    assert (again.verified_at, again.verified_how, again.verified_note) == (NOW, VerifiedHow.PHONE, "Intake desk")
    with clock.travel(NOW + timedelta(hours=25)):
        client = client_of("ben")
        assert "Places not known" in client.get(f"{LIST}/{made.public_id}").text
    with clock.travel(NOW + timedelta(days=61)):
        assert "Call before you refer" in client_of("ben").get(f"{LIST}/{made.public_id}").text


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"how": ""}, "how"),
        ({"how": "phone", "places": "capacity", "available": "30", "maximum": "20"}, "available"),
        ({"how": "phone", "wait_days": "soon"}, "wait_days"),
    ],
)
def test_a_confirmation_that_cannot_be_kept(cast, client_of, said, field):
    made = program(cast, confirmed=False)
    journal.commit()
    maya = client_of("maya")
    maya.get(f"{LIST}/{made.public_id}")
    assert field in maya.post(f"{LIST}/{made.public_id}/confirmations", said, status=422).errors()
    journal.commit()
    assert kept()[0].verified_at is None
    assert db.session.scalars(select(Capacity)).all() == []


@pytest.mark.parametrize(("who", "status"), [("priya", 200), ("ruth", 200), ("maya", 403), ("omar", 403)])
def test_who_changes_one(cast, client_of, who, status):
    made = program(cast)
    journal.commit()
    client = client_of(who)
    opened = client.get(f"{LIST}/{made.public_id}/edit", status=status)
    if status == 200:
        client.submit(opened, f"{LIST}/{made.public_id}/edit", name="Stone Bridge North", runs="temporarily_closed", status=200)
        assert (kept()[0].name, kept()[0].status) == ("Stone Bridge North", ProgramStatus.TEMPORARILY_CLOSED)
    else:
        client.post(f"{LIST}/{made.public_id}/edit", FORM, status=status)
        assert kept()[0].name == "Stone Bridge"


def test_the_second_of_two_keepers_gets_a_conflict(cast, client_of):
    made = program(cast)
    journal.commit()
    priya, ruth = client_of("priya"), client_of("ruth")
    first, second = priya.get(f"{LIST}/{made.public_id}/edit"), ruth.get(f"{LIST}/{made.public_id}/edit")
    priya.submit(first, f"{LIST}/{made.public_id}/edit", name="Mine")
    answer = ruth.submit(second, f"{LIST}/{made.public_id}/edit", name="Theirs")
    assert answer.status == 409
    assert "Mine" in answer.text
    assert "Theirs" in answer.text


def test_near_a_zip_the_nearest_come_first_and_else_the_names(cast, client_of):
    for name, zip_code in (("Beta", "53703"), ("Alpha", "53545"), ("Gamma", "97124")):
        program(cast, name, zip_code)
    program(cast, "Old", "53703", status=ProgramStatus.DEFUNCT)
    journal.commit()
    omar = client_of("omar")
    assert names(omar.get(LIST)) == ["Alpha", "Beta", "Gamma"]
    assert names(omar.get(LIST, near="53703")) == ["Beta", "Alpha"]
    assert "No such ZIP" in omar.get(LIST, near="00000").text
    assert names(omar.get(LIST, near="53703", within="10")) == ["Beta"]


def test_filters_and_pages(cast, client_of):
    for number in range(35):
        program(cast, f"Program {number:02}", payments=(Payment.MD,) if number % 2 else (Payment.PI,))
    tell_places(kept()[3], CapacityStatus.CAPACITY, by=cast.actor("maya"))
    journal.commit()
    maya = client_of("maya")
    opened = maya.get(LIST)
    assert len(names(opened)) == 30
    [more] = [link["href"] for link in opened.page.all("a") if link.text == "Show more"]
    assert names(maya.get(LIST, after=more.partition("after=")[2])) == [f"Program {number}" for number in range(30, 35)]
    assert "17 of 35 fit" in maya.get(LIST, payment="MD").text
    assert names(maya.get(LIST, payment="MD", open="1"))[0] == "Program 03"
    assert len(names(maya.get(LIST, payment="nonsense", kind="x", after="y"))) == 30


def test_nothing_is_kept_that_could_rank_by_money(app):
    """No fee, commission or contract stands in any table of the directory or of referrals (domain 3.3, 6.11)."""
    with app.app_context():
        columns = {
            column["name"]
            for table in ("providers", "sites", "programs", "capacities", "referrals", "referral_answers")
            for column in inspect(db.engine).get_columns(table)
        }
    assert not {name for name in columns for word in ("fee", "commission", "contract", "rank", "partner", "score") if word in name}


def test_an_id_that_is_nobodys(client_of):
    maya = client_of("maya")
    maya.get(f"{LIST}/{uuid4()}", status=404)
    maya.post(f"{LIST}/{uuid4()}/confirmations", {"how": "phone"}, status=404)
