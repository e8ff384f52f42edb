"""The pages of consents: recording, declining, withdrawing with what relied on it, and the accounting of what was told."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.consents.papers import release
from tests.directory.programs import program
from tests.placements.family import make_home
from tracker import clock, journal
from tracker.cases.access import ROW
from tracker.cases.actions import ask_for_packet, close
from tracker.cases.models import Case
from tracker.cases.words import ClosureReason, NextStepKind
from tracker.consents.models import Consent
from tracker.consents.words import ConsentStatus, ConsentType
from tracker.db import db
from tracker.referrals import actions as referrals
from tracker.referrals import hearing
from tracker.referrals.models import Referral
from tracker.referrals.telling import Heard
from tracker.referrals.words import Handoff, LocSource, ReferralStatus, Share, StatusSetBy

NOW = datetime(2026, 11, 24, 15, 14, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_tuesday():
    with clock.travel(NOW):
        yield


@pytest.fixture
def home(cast):
    return make_home(cast)


@pytest.fixture
def bridge(cast):
    return program(cast)


def kept():
    return db.session.scalars(select(Consent).order_by(Consent.id).execution_options(populate_existing=True)).all()


def page(home, part="/consents/new"):
    return f"/cases/{home.case.public_id}{part}"


def whole(home, bridge, **changes):
    """The form, filled in for Marcus himself."""
    return {
        "subject": str(home.marcus.public_id), "types": ["roi_outbound", "roi_inbound"], "they_said": "agreed", "giver": str(home.marcus.public_id),
        "signer_capacity": "self", "signer_name": "", "signature_method": "wet_scan", "signed_on": "2026-11-24", "programs": [str(bridge.public_id)],
        "info_categories": ["identity_contact"], "purpose": "referral_coordination", "revocation_told": "y", "expires_on": "2027-02-11", **changes,
    }  # fmt: skip


def test_both_ways_are_asked_for_at_once_and_kept_apart(home, bridge, client_of):
    maya = client_of("maya")
    opened = maya.get(page(home), program=str(bridge.public_id))
    maya.submit(opened, page(home, "/consents"), status=200, **whole(home, bridge))
    out, back = kept()
    assert (out.type, back.type) == (ConsentType.ROI_OUTBOUND, ConsentType.ROI_INBOUND)
    assert {one.status for one in (out, back)} == {ConsentStatus.ACTIVE}
    assert (out.expires_on, out.signer_name, out.discloser, back.discloser) == (date(2027, 2, 11), "Marcus", "Family Line", "Stone Bridge")


def test_a_mothers_signature_is_refused_with_a_sentence_and_nothing_is_kept(home, bridge, client_of):
    maya = client_of("maya")
    maya.get(page(home))
    for capacity in ("self", "parent_guardian", "personal_representative"):
        answer = maya.post(page(home, "/consents"), whole(home, bridge, giver=str(home.linh.public_id), signer_capacity=capacity), status=422)
        assert "signer_capacity" in answer.errors()
    assert "Linh cannot sign for Marcus" in maya.post(page(home, "/consents"), whole(home, bridge, giver=str(home.linh.public_id)), status=422).text
    assert kept() == []


def test_an_incomplete_paper_is_kept_and_says_what_is_missing(home, bridge, client_of):
    maya = client_of("maya")
    maya.get(page(home))
    answer = maya.post(page(home, "/consents"), whole(home, bridge, types=["roi_outbound"], expires_on=""), status=200)
    assert kept()[0].status is ConsentStatus.DRAFT
    assert "Missing: Expiry date or event" in answer.text


def test_declining_is_kept_without_a_signature(home, bridge, client_of):
    maya = client_of("maya")
    maya.get(page(home))
    maya.post(page(home, "/consents"), whole(home, bridge, they_said="declined", signer_capacity="", signature_method=""), status=200)
    assert {one.status for one in kept()} == {ConsentStatus.REFUSED}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"types": []}, "types"),
        ({"types": ["nonsense"]}, "types"),
        ({"types": ["tpo_single"]}, "types"),
        ({"types": ["proceedings", "roi_outbound"]}, "types"),
        ({"subject": str(uuid4())}, "subject"),
        ({"giver": str(uuid4())}, "giver"),
        ({"signer_capacity": ""}, "signer_capacity"),
        ({"signed_on": "soon"}, "signed_on"),
        ({"expires_on": "2026-11-23"}, "expires_on"),
        ({"recipients_text": "x" * 301}, "recipients_text"),
        ({"info_text": "a\x00b"}, "info_text"),
        ({"purpose": "gossip"}, "purpose"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(home, bridge, client_of, changes, field):
    maya = client_of("maya")
    maya.get(page(home))
    answer = maya.post(page(home, "/consents"), whole(home, bridge, **changes), status=422)
    assert field in answer.errors()
    assert kept() == []


def test_a_program_that_is_none_is_left_out(home, bridge, client_of):
    maya = client_of("maya")
    maya.get(page(home))
    maya.post(page(home, "/consents"), whole(home, bridge, programs=[str(uuid4())]), status=422)
    assert kept() == []


def test_two_presses_keep_one(home, bridge, client_of):
    maya = client_of("maya")
    opened = maya.get(page(home), program=str(bridge.public_id))
    for _ in range(2):
        maya.submit(opened, page(home, "/consents"), status=200, **whole(home, bridge, types=["roi_outbound"]))
    assert len(kept()) == 1


@pytest.fixture
def given(cast, home, bridge):
    made = release(cast, home, bridge)
    journal.commit()
    return made


@pytest.mark.parametrize(
    ("who", "status"), [("maya", 200), ("ben", 200), ("ruth", 200), ("luis", 404), ("sam", 404), ("priya", 404), ("ada", 403), ("omar", 403)]
)
def test_whoever_hears_it_on_any_case_of_the_team_withdraws_it(home, given, client_of, who, status):
    client = client_of(who)
    client.get(f"/consents/{given.public_id}/withdrawal", status=status)
    client.post(f"/consents/{given.public_id}/withdrawal", {"words": "By phone, Marcus himself"}, status=status)
    assert (kept()[0].status is ConsentStatus.REVOKED) == (status == 200)


def test_packet_staff_withdraw_it_on_a_case_of_the_packet_queue(home, given, client_of):
    home.case.packet_asked_at = NOW
    journal.commit()
    priya = client_of("priya")
    opened = priya.get(page(home, "/consents"))
    assert opened.has("consents")
    priya.get(f"/consents/{given.public_id}", status=403)
    priya.submit(priya.get(f"/consents/{given.public_id}/withdrawal"), f"/consents/{given.public_id}/withdrawal", words="At the desk", status=200)
    assert kept()[0].revoked_words == "At the desk"


@pytest.mark.parametrize(("who", "status"), [("maya", 200), ("ben", 403), ("ruth", 200), ("luis", 404), ("priya", 403), ("omar", 403)])
def test_recording_is_for_the_owner_and_the_supervisor(home, bridge, client_of, who, status):
    client = client_of(who)
    client.get(page(home), status=status)
    client.post(page(home, "/consents"), whole(home, bridge), status=status)
    assert len(kept()) == (2 if status == 200 else 0)


def through_the_door(home):
    """The case as a page loads it."""
    return db.session.scalars(select(Case).where(Case.id == home.case.id).options(*ROW).execution_options(populate_existing=True)).one()


def sent(cast, home, bridge, accepted):
    case = through_the_door(home)
    made = referrals.refer(
        case, bridge, referrals.Sending(Handoff.PHONE_TOGETHER, date(2026, 11, 26), LocSource.STAFF_SEARCH_TERM, [Share.NAME_AGE]), [], by=cast.actor("maya")
    )  # fmt: skip
    if accepted:
        hearing.accept(made, case, hearing.Hearing(Heard.ACCEPTED, StatusSetBy.PROVIDER), cast.actor("maya"))
    journal.commit()
    return made


@pytest.mark.parametrize(("accepted", "stands"), [(True, ReferralStatus.ON_HOLD), (False, ReferralStatus.REQUESTED)])
def test_a_withdrawal_reaches_the_referral_and_the_next_step(cast, home, bridge, given, client_of, accepted, stands):
    referral = sent(cast, home, bridge, accepted)
    maya = client_of("maya")
    maya.submit(maya.get(f"/consents/{given.public_id}/withdrawal"), f"/consents/{given.public_id}/withdrawal", words="By phone", status=200)
    again = db.session.scalars(select(Referral).execution_options(populate_existing=True)).one()
    assert again.status is stands
    assert again.reason == ("awaiting_consent" if accepted else "")
    case = db.session.scalars(select(Case).execution_options(populate_existing=True)).one()
    assert case.next_step_kind is NextStepKind.DECIDE
    assert "Stone Bridge" in case.next_step_text
    opened = maya.get(f"/referrals/{referral.public_id}")
    assert "Nothing more may be told to Stone Bridge" in opened.text
    maya.get(f"/referrals/{referral.public_id}/sheet", status=422)


def test_another_consent_that_still_holds_keeps_the_referral_going(cast, home, bridge, given, client_of):
    sent(cast, home, bridge, True)
    release(cast, home, bridge, program(cast, "Marsh Point", "53545"), kind=ConsentType.ROI_MUTUAL)
    maya = client_of("maya")
    maya.post(f"/consents/{given.public_id}/withdrawal", {"words": "By phone"}, status=200)
    assert db.session.scalars(select(Referral).execution_options(populate_existing=True)).one().status is ReferralStatus.ACCEPTED


def test_it_is_withdrawn_on_a_closed_case_too(cast, home, given, client_of):
    close(home.case, ClosureReason.GOALS_MET, "Done", True, by=cast.actor("maya"))
    journal.commit()
    maya = client_of("maya")
    maya.get(f"/consents/{given.public_id}")
    maya.post(f"/consents/{given.public_id}/withdrawal", {"words": "By letter"}, status=200)
    assert kept()[0].status is ConsentStatus.REVOKED


def test_a_withdrawal_says_who_said_it(home, given, client_of):
    maya = client_of("maya")
    maya.get(f"/consents/{given.public_id}/withdrawal")
    assert "words" in maya.post(f"/consents/{given.public_id}/withdrawal", {"words": " "}, status=422).errors()
    assert kept()[0].status is ConsentStatus.ACTIVE


def test_the_second_of_two_gets_a_conflict(home, given, client_of):
    maya, ruth = client_of("maya"), client_of("ruth")
    opened = ruth.get(f"/consents/{given.public_id}")
    maya.post(f"/consents/{given.public_id}/withdrawal", {"words": "By phone"}, status=200)
    ruth.submit(opened, f"/consents/{given.public_id}/error", words="Wrong person", status=409)
    assert kept()[0].status is ConsentStatus.REVOKED


def test_entered_in_error_stays_in_sight(home, given, client_of):
    maya = client_of("maya")
    maya.submit(maya.get(f"/consents/{given.public_id}"), f"/consents/{given.public_id}/error", words="Wrong family", status=200)
    assert kept()[0].status is ConsentStatus.ENTERED_IN_ERROR
    assert "Entered in error" in maya.get(page(home, "/consents")).text


def test_the_accounting_lists_what_was_told(cast, home, bridge, given, client_of):
    maya = client_of("maya")
    assert "Nothing was told" in maya.get(page(home, "/disclosures")).text
    sent(cast, home, bridge, False)
    told = maya.get(page(home, "/disclosures"))
    assert "First name and age: Marcus, 18 to 25" in told.text
    assert "Stone Bridge" in told.text
    client_of("luis").get(page(home, "/disclosures"), status=404)


def test_packet_staff_hear_a_withdrawal_without_reading_which_program_it_names(cast, home, bridge, given, client_of):
    ask_for_packet(home.case, "The first shelf", by=cast.actor("maya"))
    journal.commit()
    told = client_of("priya").get(page(home, "/consents"))
    assert "Stone Bridge" not in told.text and given.type.label in told.text


def test_ids_that_are_nobodys_are_not_here(home, client_of):
    maya = client_of("maya")
    for part in ("", "/withdrawal"):
        maya.get(f"/consents/{uuid4()}{part}", status=404)
    maya.get(f"/cases/{uuid4()}/consents", status=404)
