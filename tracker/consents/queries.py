"""What can be asked about consents, the two gates among it."""

from collections.abc import Sequence
from uuid import UUID

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker import clock
from tracker.cases.models import Case
from tracker.consents.answer import Answer
from tracker.consents.models import Consent, Disclosure
from tracker.consents.reaching import may_reach
from tracker.consents.releasing import may_be_told, may_disclose, releases_of
from tracker.consents.words import RELEASES, SAYS_NOTHING, ConsentStatus, ConsentType
from tracker.db import db

WHOLE = (joinedload(Consent.subject), joinedload(Consent.giver), selectinload(Consent.programs))


def in_force(person_id: int, kind: ConsentType) -> Consent | None:
    """The consent of somebody's own that holds today (in the organisation's zone), or None.

    Of releases any that is complete on its face counts, a mutual one for both ways; of the rest the last one said stands.
    """
    kinds = {kind, ConsentType.ROI_MUTUAL} if kind in (ConsentType.ROI_OUTBOUND, ConsentType.ROI_INBOUND) else {kind}
    today = clock.today(current_app.config["WAYPOINT"].zone)
    found = db.session.scalars(
        select(Consent)
        .where(Consent.subject_id == person_id, Consent.type.in_(kinds), Consent.status.not_in(SAYS_NOTHING))
        .options(selectinload(Consent.programs))
        .order_by(Consent.id.desc())
        .limit(50)
    ).all()
    if kind not in RELEASES:
        found = found[:1]
    return next((one for one in found if one.standing(today) is ConsentStatus.ACTIVE and not one.missing(one.programs)), None)


def of_case(case_id: int, size: int = 50) -> Sequence[Consent]:
    """The consents recorded on a case, newest first, with their people and programs."""
    return db.session.scalars(select(Consent).where(Consent.case_id == case_id).options(*WHOLE).order_by(Consent.id.desc()).limit(size)).all()


def by_public_id(public_id: UUID) -> Consent | None:
    """A consent with its people and programs, and its case's id; the case itself goes through its own door."""
    return db.session.scalars(select(Consent).where(Consent.public_id == public_id).options(joinedload(Consent.case).load_only(Case.public_id), *WHOLE)).first()


def disclosures(case_id: int, size: int = 500) -> Sequence[Disclosure]:
    """What was told to whom on a case, newest first: the accounting of disclosures (42 CFR 2.25)."""
    return db.session.scalars(
        select(Disclosure).where(Disclosure.case_id == case_id).options(joinedload(Disclosure.subject)).order_by(Disclosure.id.desc()).limit(size)
    ).all()


__all__ = ["Answer", "by_public_id", "disclosures", "in_force", "may_be_told", "may_disclose", "may_reach", "of_case", "releases_of"]
