"""What was told about a referral: what is missing, who told us, who is waited for, and what the history keeps."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.consents.papers import release
from tests.directory.programs import program
from tests.referrals.answering import again, answer, put
from tracker import clock, journal
from tracker.cases.actions import close
from tracker.cases.words import ClosureReason
from tracker.consents.words import ConsentType
from tracker.db import db
from tracker.directory.programs.models import Program
from tracker.referrals import queries
from tracker.referrals.actions import Sending, refer
from tracker.referrals.models import ReferralAnswer
from tracker.referrals.telling import stands
from tracker.referrals.words import (
    REASONS,
    DischargeType,
    Handoff,
    LocSource,
    ProviderResponse,
    ReferralStatus,
    Share,
    StatusSetBy,
)

NOW = datetime(2026, 11, 24, 15, 14, tzinfo=UTC)  # a Tuesday
S = ReferralStatus


@pytest.mark.parametrize(
    ("now", "heard", "said", "field"),
    [
        (S.REQUESTED, "accepted", {"told_by": None}, "told_by"),
        (S.REQUESTED, "accepted", {"told_by": "staff"}, "told_by"),
        (S.REQUESTED, "accepted", {"step": ""}, "step"),
        (S.REQUESTED, "accepted", {"step_on": "2026-11-20"}, "step_on"),
        (S.REQUESTED, "not_a_fit", {"reason": ""}, "reason"),
        (S.REQUESTED, "not_a_fit", {"reason": "no_show"}, "reason"),
        (S.REQUESTED, "place_offered", {"day": ""}, "day"),
        (S.REQUESTED, "waitlist", {"day": "2026-11-01"}, "day"),
        (S.REQUESTED, "declined", {"reason": ""}, "reason"),
        (S.ACCEPTED, "started", {"day": ""}, "day"),
        (S.ACCEPTED, "started", {"day": "2026-11-25"}, "day"),
        (S.ACCEPTED, "paused", {"reason": ""}, "reason"),
        (S.ACCEPTED, "did_not_start", {"reason": ""}, "reason"),
        (S.IN_PROGRESS, "did_not_start", {"reason": "no_show"}, "never_admitted"),
        (S.IN_PROGRESS, "ended", {"day": "2026-11-23"}, "discharge_type"),
        (S.IN_PROGRESS, "ended", {"day": "", "discharge_type": "completed"}, "day"),
        (S.IN_PROGRESS, "ended", {"day": "2026-11-19", "discharge_type": "completed"}, "day"),
        (S.IN_PROGRESS, "in_error", {"told_by": "staff", "note": ""}, "note"),
        (S.REQUESTED, "accepted", {"note": "x" * 2001}, "note"),
        (S.REQUESTED, "accepted", {"note": "a\x00b"}, "note"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_moves(referral, maya, now, heard, said, field):
    put(referral, now)
    opened = answer(maya, referral, heard, status=422, **said)
    assert field in opened.errors()
    journal.commit()
    assert again().status is now
    assert len(db.session.scalars(select(ReferralAnswer)).all()) == 1


@pytest.mark.parametrize(
    ("heard", "said", "response", "words"),
    [
        ("waitlist", {"day": "2026-12-01"}, ProviderResponse.WAITLIST, "Waitlist until Dec 1"),
        ("place_offered", {"day": "2026-12-01"}, ProviderResponse.PLACE_OFFERED, "Place offered Dec 1"),
        ("cannot_confirm", {}, ProviderResponse.CANNOT_CONFIRM, "Cannot confirm or deny"),
    ],
)
def test_a_response_leaves_the_status_as_it_was(referral, maya, heard, said, response, words):
    opened = answer(maya, referral, heard, **said)
    kept = again()
    assert (kept.status, kept.provider_response) == (S.REQUESTED, response)
    assert words in opened.text


def test_admission_is_a_fact_beside_the_stage_until_discharge(home, referral, maya):
    assert queries.in_treatment(home.case.id) is None
    answer(maya, referral, "accepted")
    assert "In treatment" in answer(maya, referral, "started", day="2026-11-23").text
    assert queries.in_treatment(home.case.id).admitted_on == date(2026, 11, 23)
    answer(maya, referral, "paused", reason="insurance_authorization")
    assert queries.in_treatment(home.case.id) is not None
    answer(maya, referral, "started")
    assert again().admitted_on == date(2026, 11, 23), "going on is no second admission"
    answer(maya, referral, "ended", day="2026-11-24", discharge_type="left_by_choice")
    assert queries.in_treatment(home.case.id) is None
    kept = again()
    assert (kept.discharged_on, kept.discharge_type, kept.outcome_confirmed_by) == (date(2026, 11, 24), DischargeType.LEFT_BY_CHOICE, StatusSetBy.PROVIDER)


def test_the_history_is_only_added_to(referral, maya):
    answer(maya, referral, "accepted", note="Bring an ID")
    answer(maya, referral, "did_not_start", reason="no_show", told_by="inquirer")
    opened = maya.get(f"/referrals/{referral.public_id}")
    for words in ("Sent: phone together", "Accepted", "Bring an ID", "Did not start: did not arrive", "told by inquirer"):
        assert words in opened.text
    for sentence in ("UPDATE referral_answers SET words = 'x'", "DELETE FROM referral_answers"):
        with pytest.raises(DBAPIError):
            db.session.execute(text(sentence))
        db.session.rollback()


def test_where_the_family_has_the_details_only_the_family_is_asked(given, maya):
    opened = maya.get(f"/referrals/{given.public_id}", answer="accepted")
    assert not [box for box in opened.page.all("input", name="told_by") if box["value"] == "provider"]
    answer(maya, given, "accepted", status=422, told_by="provider")
    answer(maya, given, "accepted", told_by="inquirer")
    assert again().status is S.ACCEPTED


def test_without_a_release_from_them_the_page_says_to_ask_the_family(cast, home, referral, maya):
    assert "No consent lets Stone Bridge tell us" in maya.get(f"/referrals/{referral.public_id}").text
    release(cast, home, db.session.get(Program, referral.program_id), kind=ConsentType.ROI_INBOUND)
    journal.commit()
    assert "No consent lets" not in maya.get(f"/referrals/{referral.public_id}").text


@pytest.mark.parametrize(
    ("at", "late"),
    [
        (datetime(2026, 11, 26, 15, 13, tzinfo=UTC), False),
        (datetime(2026, 11, 26, 15, 15, tzinfo=UTC), True),
        (datetime(2026, 11, 28, 12, 0, tzinfo=UTC), True),
    ],
)
def test_two_business_days_without_an_answer_are_too_long(cast, referral, at, late):
    assert bool(queries.unanswered(cast.maya.id, at)) is late
    assert queries.unanswered(cast.ben.id, at) == []


def test_a_weekend_does_not_count(cast, home):
    with clock.travel(datetime(2026, 11, 20, 15, 0, tzinfo=UTC)):  # Friday
        bridge = program(cast)
        release(cast, home, bridge)
        refer(home.case, bridge, Sending(Handoff.PHONE_TOGETHER, date(2026, 11, 26), LocSource.STAFF_SEARCH_TERM, [Share.NAME_AGE]), [], by=cast.actor("maya"))
    assert queries.unanswered(cast.maya.id, datetime(2026, 11, 23, 15, 0, tzinfo=UTC)) == []
    assert len(queries.unanswered(cast.maya.id, datetime(2026, 11, 24, 15, 1, tzinfo=UTC))) == 1


def test_what_the_family_has_in_hand_is_not_waited_for_here(cast, given):
    assert queries.unanswered(cast.maya.id, NOW + timedelta(days=9)) == []


def test_the_second_of_two_gets_a_conflict(referral, client_of):
    maya, ruth = client_of("maya"), client_of("ruth")
    opened = ruth.get(f"/referrals/{referral.public_id}", answer="no_place")
    answer(maya, referral, "accepted")
    ruth.submit(opened, f"/referrals/{referral.public_id}/answers", told_by="provider", step="Refer", step_on="2026-11-25", status=409)
    assert again().status is S.ACCEPTED


def test_two_presses_keep_one_answer(referral, maya):
    opened = maya.get(f"/referrals/{referral.public_id}", answer="accepted")
    for _ in range(2):
        maya.submit(opened, f"/referrals/{referral.public_id}/answers", told_by="provider", step="Call Linh", step_on="2026-11-25", status=200)
    assert len(db.session.scalars(select(ReferralAnswer)).all()) == 2, "sent, and accepted"


@pytest.mark.parametrize(("who", "status"), [("ben", 200), ("ruth", 200), ("luis", 404), ("sam", 404), ("priya", 403), ("ada", 403), ("omar", 403)])
def test_only_the_team_sees_a_referral(referral, client_of, who, status):
    client = client_of(who)
    client.get(f"/referrals/{referral.public_id}", status=status)
    client.get(f"/referrals/{referral.public_id}/sheet", status=status)
    client.get(f"/referrals/{uuid4()}", status=404 if status == 200 else status)


def test_a_closed_case_shows_it_without_forms(cast, home, referral, maya):
    close(home.case, ClosureReason.GOALS_MET, "Done", True, by=cast.actor("maya"))
    journal.commit()
    opened = maya.get(f"/referrals/{referral.public_id}", answer="accepted")
    assert not opened.has("answer")
    maya.post(
        f"/referrals/{referral.public_id}/answers",
        {"heard": "accepted", "told_by": "provider", "step": "x", "step_on": "2026-11-25", "version": again().version},
        status=422,
    )
    assert again().status is S.REQUESTED


def test_each_status_has_words_of_ours(referral):
    for status in S:
        for reason in list(REASONS.get(status, [None])):
            referral.status, referral.reason = status, reason.value if reason else ""
            referral.admitted_on, referral.discharged_on = date(2026, 11, 20), date(2026, 11, 23)
            words, _, _ = stands(referral, NOW, "America/New_York")
            assert words
            assert "fail" not in words.lower()
    db.session.rollback()
