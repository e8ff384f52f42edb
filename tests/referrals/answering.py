"""Answering a referral on its page, and standing it somewhere first."""

from datetime import date

from sqlalchemy import select

from tracker import journal
from tracker.db import db
from tracker.referrals.models import Referral
from tracker.referrals.words import REASONS, ReferralStatus


def again():
    return db.session.scalars(select(Referral).execution_options(populate_existing=True)).one()


def put(referral, status):
    """Stand a referral at a status, with the facts that belong to it."""
    reason = next(iter(REASONS[status])).value if status in REASONS else ""
    referral.status, referral.reason = status, reason
    referral.admitted_on = date(2026, 11, 20) if status is ReferralStatus.IN_PROGRESS else None
    journal.commit()


def answer(client, referral, heard, status=200, **said):
    opened = client.get(f"/referrals/{referral.public_id}", answer=heard)
    filled = {"told_by": "provider", "step": "Call Linh", "step_on": "2026-11-25", **said}
    return client.submit(opened, f"/referrals/{referral.public_id}/answers", status=status, **filled)
