"""The invented organisation keeps every rule that a real one must, whichever way its rows were made."""

from datetime import date

import pytest
from sqlalchemy import func, select

from tests.demo.invariants import broken
from tests.house.source import report
from tracker import clock
from tracker.cases.models import Case, Episode
from tracker.cases.words import CaseStage, EpisodeReason
from tracker.cases.words import ClosureReason as R
from tracker.consents.models import Consent
from tracker.contacts.models import Contact
from tracker.db import db
from tracker.inquiries.models import Inquiry
from tracker.referrals.models import Referral
from tracker.staff.models import Staff

ON = date(2026, 11, 1)  # a Sunday, and the day on which the clocks change


def fill(app, families):
    """Make an invented organisation by the command itself."""
    done = app.test_cli_runner().invoke(args=["demo", "--families", str(families), "--seed", "7", "--on", ON.isoformat()])
    assert done.exit_code == 0, f"{done.output}\n{done.exception!r}"
    return done.output


@pytest.mark.parametrize("families", [25, 1200], ids=["told", "in thousands"])
def test_every_rule_holds(app, families):
    fill(app, families)
    with app.app_context():
        report(broken(), "The invented organisation breaks a rule.")
        assert db.session.scalar(select(func.count()).select_from(Case)) == families
        assert set(db.session.scalars(select(Case.stage).distinct())) == set(CaseStage)
        if families > 1000:
            ten_contacts_each_and_nobody_too_many_cases()
        db.session.remove()


def ten_contacts_each_and_nobody_too_many_cases():
    counts = set(db.session.scalars(select(func.count()).select_from(Contact).group_by(Contact.case_id)))
    loads = db.session.scalars(select(func.count()).select_from(Case).where(Case.closed_at.is_(None)).group_by(Case.owner_id)).all()
    assert counts == {10}
    assert min(loads) >= 5 and max(loads) < 60


def kinds(column):
    """The codes that occur in a column."""
    return {word.value for word in db.session.scalars(select(column).distinct())}


def test_a_told_organisation_shows_every_kind(app):
    fill(app, 27)
    with app.app_context():
        session = db.session
        reasons = set(session.scalars(select(Case.closure_reason).where(Case.closure_reason.is_not(None))))
        assert {R.GOALS_MET, R.UNABLE_TO_REACH, R.PERSON_DECLINED_ALL_HELP, R.DECEASED, R.MOVED} <= reasons
        maya = session.scalars(select(Staff).where(Staff.username == "maya")).one()
        mine = session.scalars(select(Case).where(Case.owner_id == maya.id, Case.closed_at.is_(None))).all()
        days = [(clock.local(case.next_step_at, "America/New_York").date() - ON).days for case in mine if case.next_step_at]
        assert any(case.crisis_at for case in mine)
        assert sum(day < 0 for day in days) >= 3 and sum(day == 0 for day in days) >= 3, days
        assert session.scalars(select(Case).where(Case.hold_until.is_not(None))).first()
        assert session.scalars(select(Case).where(Case.person_id == Case.main_contact_id)).first(), "somebody calls for themselves"
        assert kinds(Consent.status) >= {"active", "revoked"}
        assert kinds(Referral.status) >= {"requested", "accepted", "rejected", "in_progress", "completed", "on_hold", "cancelled"}
        assert kinds(Inquiry.status) >= {"unclaimed", "closed", "case_open"}
        assert {EpisodeReason.RETURN_TO_USE, EpisodeReason.NEW_NEED} <= set(session.scalars(select(Episode.reason).distinct()))
        session.remove()
