"""The people of a case: added and changed by its owner, in their own words; the second of two editors sees both."""

import pytest
from sqlalchemy import select

from tests.casefile.walkers import make_walkers
from tracker import journal
from tracker.db import db
from tracker.people.models import ContactPoint, Family, Kinship, Person, PointKind, Relation


@pytest.fixture
def walkers(cast, db_session):
    made = make_walkers(cast)
    journal.commit()
    return made


@pytest.fixture
def maya(client_of):
    return client_of("maya")


def people():
    return db.session.scalars(select(Person).order_by(Person.id).execution_options(populate_existing=True)).all()


def test_somebody_without_a_name_is_added(maya, walkers):
    page = maya.get(f"{walkers.url}/people/new")
    maya.submit(page, "person", status=200, first_name="", last_name="", kinship="sibling", about="his sister, number unknown")
    added = people()[-1]
    assert added.name == "No name given"
    assert db.session.scalars(select(Relation.kinship).where(Relation.person_id == added.id)).one() is Kinship.SIBLING


def test_a_name_is_kept_as_said_and_folded_to_be_found(maya, walkers):
    page = maya.get(f"{walkers.url}/people/{walkers.andre.public_id}")
    maya.submit(page, "person", status=200, first_name="André", last_name="Wålker", kinship="friend", age_band="60_up", zone="America/Chicago", language="es")
    andre = people()[2]
    assert (andre.first_name, andre.folded_first, andre.folded_last) == ("André", "andre", "walker")
    assert (andre.zone, andre.language, andre.age_band.value) == ("America/Chicago", "es", "60_up")
    assert db.session.scalars(select(Relation.kinship).where(Relation.person_id == andre.id)).one() is Kinship.FRIEND


def test_the_family_and_its_clock(maya, walkers):
    page = maya.get(f"{walkers.url}/people/about")
    maya.submit(page, "family", status=200, name="Walker-Hill", zone="", zip_code="97124", interpreter_needed="y", language="vi")
    family = db.session.scalars(select(Family).execution_options(populate_existing=True)).one()
    assert (family.name, family.zone, family.zone_guessed, family.interpreter_needed) == ("Walker-Hill", "America/Los_Angeles", True, True)
    maya.submit(maya.get(f"{walkers.url}/people/about"), "family", status=200, zone="America/Denver")
    family = db.session.scalars(select(Family).execution_options(populate_existing=True)).one()
    assert (family.zone, family.zone_guessed) == ("America/Denver", False)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"first_name": "x" * 121}, "first_name"),
        ({"first_name": "De\x00nise"}, "first_name"),
        ({"about": "x" * 301}, "about"),
        ({"kinship": "boss"}, "kinship"),
        ({"age_band": "200"}, "age_band"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"language": "klingon"}, "language"),
    ],
)
def test_what_cannot_be_kept(maya, walkers, said, field):
    page = maya.get(f"{walkers.url}/people/{walkers.andre.public_id}")
    assert field in maya.submit(page, "person", status=422, **said).errors()
    assert people()[2].first_name == "Andre"


@pytest.mark.parametrize("field", ["zone", "language"])
def test_what_is_refused_of_a_list_is_said_in_plain_words(maya, walkers, field):
    page = maya.get(f"{walkers.url}/people/{walkers.andre.public_id}")
    assert maya.submit(page, "person", status=422, **{field: "nowhere"}).errors()[field] == "Choose one of those shown."


def test_the_second_of_two_editors_sees_both_texts(maya, client_of, walkers):
    ruth, url = client_of("ruth"), f"{walkers.url}/people/{walkers.denise.public_id}"
    hers, rival = maya.get(url), ruth.get(url)
    maya.submit(hers, "person", status=200, about="works nights")
    answer = ruth.submit(rival, "person", status=409, about="works days")
    assert "works nights" in answer.body.decode()
    assert "works days" in answer.body.decode()
    assert people()[0].about == "works nights"


def test_a_new_number_has_its_own_rules_and_what_is_not_ticked_is_not_allowed(maya, walkers):
    page = maya.get(f"{walkers.url}/people/{walkers.marcus.public_id}/ways/new")
    maya.submit(page, "way", status=200, phone="1 614.555.0199 ext 4", ok_to_text="y", confirmed="y", best_from="9 AM", best_until="11:30")
    point = db.session.scalars(select(ContactPoint).where(ContactPoint.person_id == walkers.marcus.id)).one()
    assert (point.value, point.extension, point.kind) == ("+16145550199", "4", PointKind.PHONE)
    assert (point.ok_to_call, point.ok_to_text, point.voicemail_rule.value, point.discreet) == (False, True, "none", True)
    assert point.confirmed_at is not None
    assert point.confirmed_by_id == walkers.case.owner_id


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"phone": ""}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"phone": "x" * 41}, "phone"),
        ({"kind": "email", "email": "denise"}, "email"),
        ({"kind": "email", "email": ""}, "email"),
        ({"kind": "post", "post": ""}, "post"),
        ({"kind": "pigeon"}, "kind"),
        ({"best_from": "noonish"}, "best_from"),
        ({"best_from": "18:00", "best_until": "09:00"}, "best_until"),
        ({"voicemail_rule": "shout"}, "voicemail_rule"),
    ],
)
def test_a_way_that_cannot_be_kept(maya, walkers, said, field):
    page = maya.get(f"{walkers.url}/people/{walkers.marcus.public_id}/ways/new")
    assert field in maya.submit(page, "way", status=422, **{"phone": "614 555 0199", **said}).errors()
    assert not db.session.scalars(select(ContactPoint).where(ContactPoint.person_id == walkers.marcus.id)).all()


def test_nobody_of_another_family_is_reached_through_this_case(maya, walkers, cast):
    others = make_walkers(cast, name="Nguyen", owner="luis")
    journal.commit()
    for path in (f"people/{others.denise.public_id}", f"people/{others.denise.public_id}/ways/new", f"ways/{others.phone.public_id}"):
        maya.get(f"{walkers.url}/{path}", status=404)
    maya.post(f"{walkers.url}/ways/{others.phone.public_id}/never", {"what": "call"}, status=404)
    maya.post(f"{walkers.url}/people/{others.denise.public_id}/no-contact", status=404)
    maya.get(f"{others.url}/people", status=404)


def test_a_colleague_of_the_team_does_not_edit(client_of, walkers):
    page = client_of("ben").get(f"{walkers.url}/people/new", status=403)
    assert "Maya Whitfield" in page.text


def test_the_page_of_people_keeps_its_budget(maya, walkers):
    maya.get(f"{walkers.url}/people", budget=8)
