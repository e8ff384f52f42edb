"""Referring to a program: the consent gate by page and by direct post, and giving the family the details."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.consents.papers import release
from tests.directory.programs import program
from tests.placements.family import make_home
from tracker import clock, journal
from tracker.cases.actions import close
from tracker.cases.models import Case
from tracker.cases.words import ClosureReason, NextStepKind
from tracker.consents.models import Disclosure
from tracker.consents.words import InfoCategory
from tracker.db import db
from tracker.directory.programs.actions import tell_places
from tracker.directory.programs.words import CapacityStatus, LevelOfCare, ProgramStatus
from tracker.people.actions import add_phone
from tracker.people.rules import Rules
from tracker.referrals.models import Referral, ReferralAnswer
from tracker.referrals.words import Handoff, ReferralStatus

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


def test_without_a_consent_there_is_nothing_to_send_with(home, bridge, maya):
    opened = maya.get(address(home), program=str(bridge.public_id))
    assert "Send referral" not in opened.text
    assert "Record consent" in opened.text
    assert "Give details to family" in opened.text
    assert "No consent of Marcus's names Stone Bridge" in opened.text


@pytest.mark.parametrize("handoff", ["phone_together", "fax"])
def test_a_direct_post_without_a_consent_sends_nothing(home, bridge, maya, handoff):
    maya.get(address(home))
    answer = maya.post(address(home), said(bridge, handoff=handoff), status=422)
    assert "No consent of Marcus's names Stone Bridge" in answer.text
    journal.commit()
    assert made() == []
    assert db.session.query(Disclosure).count() == 0


def test_an_expired_or_anothers_consent_sends_nothing(cast, home, bridge, maya):
    release(cast, home, bridge, expires_on=date(2026, 11, 24))
    release(cast, home, program(cast, "Marsh Point", "53545"))
    with clock.travel(NOW + timedelta(days=1)):
        maya.sign_in("maya")
        maya.get(address(home))
        answer = maya.post(address(home), said(bridge), status=422)
        assert "ended Nov 24" in answer.text
    assert made() == []


def test_what_the_consent_does_not_cover_is_not_told(cast, home, bridge, maya):
    release(cast, home, bridge, info_categories=(InfoCategory.IDENTITY_CONTACT,))
    maya.get(address(home))
    answer = maya.post(address(home), said(bridge, share=["name_age", "needs"]), status=422)
    assert "does not cover: needs and referral" in answer.text
    assert made() == []


def test_with_a_consent_it_is_sent_told_line_by_line_and_checked_back(cast, home, bridge, maya):
    add_phone(home.marcus, "+16085550144", "608 555 0144", Rules(ok_to_call=True))
    given = release(cast, home, bridge)
    tell_places(bridge, CapacityStatus.CAPACITY, by=cast.actor("maya"))
    opened = maya.get(address(home), program=str(bridge.public_id))
    ticked = [box["value"] for box in opened.page.all("input", name="share") if "checked" in box.attrs]
    assert ticked == ["name_age", "phone"], "notes are off"
    maya.submit(opened, "refer", status=200)
    [referral] = made()
    assert (referral.status, referral.consent_id, referral.capacity_at_send) == (ReferralStatus.REQUESTED, given.id, CapacityStatus.CAPACITY)
    [row] = db.session.scalars(select(Disclosure)).all()
    assert row.told == referral.told == ["First name and age: Marcus, 18 to 25", "Phone: (608) 555-0144"]
    assert row.referral_id == referral.id
    case = db.session.scalars(select(Case).execution_options(populate_existing=True)).one()
    assert (case.next_step_kind, case.next_step_text) == (NextStepKind.CHECK_REFERRAL, "Ask Stone Bridge about the referral")
    [history] = db.session.scalars(select(ReferralAnswer)).all()
    assert (history.from_status, history.to_status) == (ReferralStatus.DRAFT, ReferralStatus.REQUESTED)


def test_notes_leave_only_when_they_are_ticked(cast, home, bridge, maya):
    release(cast, home, bridge)
    maya.get(address(home))
    maya.post(address(home), said(bridge, notes="Prefers mornings"), status=200)
    assert made()[0].told == ["First name and age: Marcus, 18 to 25"]


def test_a_fax_needs_a_fax_and_its_sheet_holds_only_what_was_shared(cast, home, maya):
    without = program(cast, "No fax", "53704", fax="")
    release(cast, home, without, bridge := program(cast))
    maya.get(address(home))
    maya.post(address(home), said(without, handoff="fax"), status=422)
    maya.post(address(home), said(bridge, handoff="fax", share=["name_age", "notes"], notes="Prefers mornings"), status=200)
    [referral] = made()
    sheet = maya.get(f"/referrals/{referral.public_id}/sheet")
    assert "Note: Prefers mornings" in sheet.text
    assert "Linh" not in sheet.text


def test_details_to_the_family_share_nothing_and_ask_the_family(home, bridge, maya):
    opened = maya.get(address(home), program=str(bridge.public_id))
    answer = maya.submit(opened, "refer", status=200)
    [referral] = made()
    assert (referral.handoff, referral.consent_id, referral.told, referral.status) == (Handoff.FAMILY_CALLS, None, [], ReferralStatus.REQUESTED)
    assert db.session.query(Disclosure).count() == 0
    assert "Family has the details" in answer.text
    case = db.session.scalars(select(Case).execution_options(populate_existing=True)).one()
    assert case.next_step_text == "Ask Linh whether they called Stone Bridge"
    maya.get(f"/referrals/{referral.public_id}/sheet", status=404)


def test_one_program_a_press_and_not_twice(cast, home, bridge, maya):
    maya.get(address(home))
    other = program(cast, "Marsh Point", "53545")
    form = said(bridge, handoff="family_calls", program=[str(bridge.public_id), str(other.public_id)])
    maya.post(address(home), form, status=200)
    assert len(made()) == 1
    answer = maya.post(address(home), said(bridge, handoff="family_calls"), status=422)
    assert "already" in answer.text
    assert len(made()) == 1


def test_detox_without_what_follows_warns(cast, home, maya):
    detox = program(cast, "Quiet Water", level_of_care=LevelOfCare.WITHDRAWAL_MANAGEMENT)
    assert "Detox is not treatment by itself" in maya.get(address(home), program=str(detox.public_id)).text
    maya.post(address(home), said(program(cast), handoff="family_calls"), status=200)
    assert "Detox is not treatment by itself" not in maya.get(address(home), program=str(detox.public_id)).text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"check_back_on": ""}, "check_back_on"),
        ({"check_back_on": "2026-11-23"}, "check_back_on"),
        ({"check_back_on": "2099-01-01"}, "check_back_on"),
        ({"loc_source": "assessed_by_staff"}, "loc_source"),
        ({"handoff": "pigeon"}, "handoff"),
        ({"share": ["diagnosis"]}, "share"),
        ({"share": []}, "share"),
        ({"share": ["name_age", "notes"]}, "notes"),
        ({"notes": "x" * 1001}, "notes"),
        ({"notes": "a\x00b"}, "notes"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(cast, home, bridge, maya, changes, field):
    release(cast, home, bridge)
    maya.get(address(home))
    answer = maya.post(address(home), said(bridge, **changes), status=422)
    assert field in answer.errors()
    assert made() == []


@pytest.mark.parametrize("wrong", ["", "nonsense", "48338765-ae67-4e47-9a2d-39ddc39fe4b9"])
def test_no_such_program(home, maya, wrong):
    maya.get(address(home))
    maya.post(address(home), {"program": wrong, "handoff": "family_calls", "loc_source": "staff_search_term", "check_back_on": "2026-11-26"}, status=422)
    assert made() == []


def test_a_program_that_is_closed_is_not_referred_to(cast, home, maya):
    closed = program(cast, status=ProgramStatus.TEMPORARILY_CLOSED)
    maya.get(address(home))
    maya.post(address(home), said(closed, handoff="family_calls"), status=422)
    assert made() == []


@pytest.mark.parametrize(("who", "status"), [("ben", 200), ("ruth", 200), ("luis", 404), ("sam", 404), ("priya", 403), ("ada", 403), ("omar", 403)])
def test_who_may_refer(home, bridge, client_of, who, status):
    client = client_of(who)
    client.get(address(home), status=status)
    client.post(address(home), said(bridge, handoff="family_calls"), status=status)
    assert len(made()) == (1 if status == 200 else 0)


def test_a_closed_case_refers_nobody(cast, home, bridge, maya):
    close(home.case, ClosureReason.GOALS_MET, "Done", True, by=cast.actor("maya"))
    journal.commit()
    assert not [form for form in maya.get(address(home)).page.all("form") if form.get("id") == "refer"]
    maya.post(address(home), said(bridge, handoff="family_calls"), status=422)
    assert made() == []
