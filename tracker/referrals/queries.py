"""What can be asked about referrals."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tracker import clock
from tracker.cases.access import visible_to
from tracker.cases.models import Case
from tracker.db import db
from tracker.directory.programs.models import Program
from tracker.errors import NotHere
from tracker.referrals.models import Referral
from tracker.referrals.words import LIVE, ProviderResponse, ReferralStatus
from tracker.staff.sessions import Actor

UNANSWERED_AFTER = 2  # business days (domain 3.5)
PROGRAM = joinedload(Referral.program).joinedload(Program.site)


def of_case(case_id: int, size: int = 50) -> Sequence[Referral]:
    """The referrals of a case, newest first, with their programs."""
    return db.session.scalars(select(Referral).where(Referral.case_id == case_id).options(PROGRAM).order_by(Referral.id.desc()).limit(size)).all()


def in_treatment(case_id: int) -> Referral | None:
    """The referral under which somebody is in treatment: admitted and not discharged; shown beside the stage."""
    query = select(Referral).where(
        Referral.case_id == case_id,
        Referral.admitted_on.is_not(None),
        Referral.discharged_on.is_(None),
        Referral.status.in_((ReferralStatus.IN_PROGRESS, ReferralStatus.ON_HOLD)),
    )
    return db.session.scalars(query.options(PROGRAM).order_by(Referral.id.desc()).limit(1)).first()


def referral_or_404(public_id: UUID, actor: Actor) -> Referral:
    """A referral of a case that exists for somebody, with program, provider, consent, person and answers. Raises NotHere."""
    query = (
        select(Referral)
        .join(Referral.case)
        .where(Referral.public_id == public_id, visible_to(actor))
        .options(
            contains_eager(Referral.case).load_only(Case.public_id),
            joinedload(Referral.program).options(joinedload(Program.site), joinedload(Program.provider)),
            joinedload(Referral.person),
            joinedload(Referral.consent),
            selectinload(Referral.answers),
        )
    )
    found = db.session.scalars(query).first()
    if found is None:
        raise NotHere
    return found


def live_with(case_id: int, program_id: int) -> Referral | None:
    """A referral of a case to a program that has not ended."""
    query = select(Referral).where(Referral.case_id == case_id, Referral.program_id == program_id, Referral.status.in_(LIVE))
    return db.session.scalars(query.limit(1)).first()


def under_consent(case_id: int, person_id: int, program_ids: Sequence[int]) -> Sequence[Referral]:
    """Referrals about somebody to some programs that have not ended and for which something was shared."""
    query = select(Referral).where(
        Referral.case_id == case_id,
        Referral.person_id == person_id,
        Referral.program_id.in_(program_ids),
        Referral.consent_id.is_not(None),
        Referral.status.in_(LIVE),
    )
    return db.session.scalars(query.options(joinedload(Referral.program)).order_by(Referral.id)).all()


def unanswered(owner_id: int, at: datetime, size: int = 50) -> Sequence[Referral]:
    """Referrals of one owner's open cases that no program has answered for more than two business days, oldest first.

    Those where the family has the details are followed up with the family, by the case's next step.
    """
    query = (
        select(Referral)
        .join(Referral.case)
        .where(
            Case.owner_id == owner_id,
            Case.closed_at.is_(None),
            Referral.status == ReferralStatus.REQUESTED,
            Referral.provider_response == ProviderResponse.NONE_YET,
            Referral.consent_id.is_not(None),
            Referral.sent_at < business_days_before(at, UNANSWERED_AFTER),
        )
        .options(contains_eager(Referral.case).joinedload(Case.family), joinedload(Referral.program))
        .order_by(Referral.sent_at, Referral.id)
    )
    return db.session.scalars(query.limit(size)).all()


def is_unanswered(referral: Referral, at: datetime) -> bool:
    """Whether a program has not answered for more than two business days."""
    waits = referral.status is ReferralStatus.REQUESTED and referral.provider_response is ProviderResponse.NONE_YET
    return waits and not referral.shares_nothing and referral.sent_at is not None and referral.sent_at < business_days_before(at, UNANSWERED_AFTER)


def business_days_before(at: datetime, days: int) -> datetime:
    """The moment so many business days earlier, at the same time of day; Saturdays and Sundays of the organisation's zone do not count."""
    zone = current_app.config["WAYPOINT"].zone
    moment = at
    while days:
        moment -= timedelta(days=1)
        if clock.local(moment, zone).isoweekday() <= 5:
            days -= 1
    return moment
