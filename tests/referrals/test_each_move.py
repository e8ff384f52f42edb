"""What becomes of a referral: every move of the table and no other, on the page and by direct post."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests.house.test_vocabulary import sets
from tests.referrals.answering import again, answer, put
from tracker.cases.models import Case
from tracker.db import db
from tracker.moves import Refused
from tracker.referrals.actions import move
from tracker.referrals.telling import NEXT, Heard
from tracker.referrals.words import (
    MOVES,
    ReferralStatus,
    StatusSetBy,
)

NOW = datetime(2026, 11, 24, 15, 14, tzinfo=UTC)  # a Tuesday
S = ReferralStatus


def test_the_table_is_the_vocabularys():
    told = {code for code, _ in sets()["referral_transition"]}
    ours = {f"{now.value}>{then.value}" for now, after in MOVES.items() for then in after if then is not S.ENTERED_IN_ERROR}
    assert ours | {"*>entered_in_error"} == told
    assert all(S.ENTERED_IN_ERROR in MOVES[now] for now in S if now is not S.ENTERED_IN_ERROR)


@pytest.mark.parametrize("now", list(S))
def test_only_the_moves_of_the_table_are_taken(cast, referral, now):
    by = cast.actor("maya")
    with db.session.no_autoflush:  # the facts that a status needs are not the matter here
        for then in S:
            referral.status = now
            if then in MOVES[now]:
                move(referral, then, StatusSetBy.PROVIDER, "As told", by=by, reason="x")
                assert referral.status is then
            else:
                with pytest.raises(Refused):
                    move(referral, then, StatusSetBy.PROVIDER, "As told", by=by)
                assert referral.status is now
        db.session.rollback()


EDGES = [
    (S.REQUESTED, "accepted", {"day": "2026-11-30"}, S.ACCEPTED),
    (S.REQUESTED, "no_place", {}, S.REJECTED),
    (S.REQUESTED, "not_a_fit", {"reason": "out_of_area"}, S.REJECTED),
    (S.REQUESTED, "declined", {"told_by": "inquirer", "reason": "travel"}, S.CANCELLED),
    (S.ACCEPTED, "started", {"day": "2026-11-23"}, S.IN_PROGRESS),
    (S.ACCEPTED, "waitlist", {"day": "2026-12-01"}, S.ON_HOLD),
    (S.ACCEPTED, "paused", {"reason": "insurance_authorization"}, S.ON_HOLD),
    (S.ACCEPTED, "ended", {"day": "2026-11-23", "discharge_type": "completed"}, S.COMPLETED),
    (S.ACCEPTED, "did_not_start", {"reason": "no_show"}, S.FAILED),
    (S.ACCEPTED, "declined", {"told_by": "person_of_concern", "reason": "changed_mind"}, S.CANCELLED),
    (S.IN_PROGRESS, "paused", {"reason": "medical_clearance"}, S.ON_HOLD),
    (S.IN_PROGRESS, "ended", {"day": "2026-11-23", "discharge_type": "left_by_choice"}, S.COMPLETED),
    (S.IN_PROGRESS, "did_not_start", {"reason": "no_show", "never_admitted": "y"}, S.FAILED),
    (S.IN_PROGRESS, "declined", {"told_by": "inquirer", "reason": "cost"}, S.CANCELLED),
    (S.ON_HOLD, "started", {"day": "2026-11-24"}, S.IN_PROGRESS),
    (S.ON_HOLD, "ended", {"day": "2026-11-24", "started_on": "2026-11-10", "discharge_type": "transferred"}, S.COMPLETED),
    (S.ON_HOLD, "did_not_start", {"reason": "lost_contact"}, S.FAILED),
    (S.ON_HOLD, "declined", {"told_by": "inquirer", "reason": "consent_revoked"}, S.CANCELLED),
    *[(now, "in_error", {"told_by": "staff", "note": "Wrong person"}, S.ENTERED_IN_ERROR) for now in S if now is not S.ENTERED_IN_ERROR],
]


@pytest.mark.parametrize(("now", "heard", "said", "then"), EDGES)
def test_each_edge_is_walked_on_the_page(referral, maya, now, heard, said, then):
    put(referral, now)
    opened = answer(maya, referral, heard, **said)
    kept = again()
    assert kept.status is then
    assert kept.status_set_by.value == said.get("told_by", "provider")
    assert "failed" not in opened.text.lower()
    assert (kept.loop_closed_at is not None) == (then in (S.REJECTED, S.COMPLETED, S.FAILED, S.CANCELLED))
    case = db.session.scalars(select(Case).execution_options(populate_existing=True)).one()
    assert case.next_step_text == "Call Linh"


def test_together_they_are_the_whole_table():
    walked = {(now, then) for now, _, _, then in EDGES} | {(S.DRAFT, S.REQUESTED)}
    assert walked == {(now, then) for now, after in MOVES.items() for then in after}


@pytest.mark.parametrize("now", list(S))
def test_what_cannot_follow_is_refused_by_direct_post_too(referral, maya, now):
    put(referral, now)
    maya.get(f"/referrals/{referral.public_id}")
    said = {
        "told_by": "inquirer", "step": "Call Linh", "step_on": "2026-11-25", "day": "2026-11-24", "note": "x", "version": again().version,
        "reason": "cost", "discharge_type": "completed",
    }  # fmt: skip
    for heard in [*(one.value for one in Heard if one not in NEXT[now]), "", "nonsense"]:
        maya.post(f"/referrals/{referral.public_id}/answers", said | {"heard": heard}, status=422)
    assert again().status is now
