"""What can be asked about follow-up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import current_app
from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from tracker import clock
from tracker.cases.models import Case
from tracker.consents.models import Consent
from tracker.consents.words import SAYS_NOTHING, ConsentStatus, ConsentType
from tracker.db import ask, db
from tracker.people import names
from tracker.people.models import Family, Person
from tracker.recovery.models import CheckIn, FollowUpPlan


def by_public_id(public_id: UUID) -> FollowUpPlan | None:
    """A plan with its person, check-ins, and its case's id; the case itself goes through its own door."""
    return db.session.scalars(
        select(FollowUpPlan)
        .where(FollowUpPlan.public_id == public_id)
        .options(joinedload(FollowUpPlan.case).load_only(Case.public_id), joinedload(FollowUpPlan.person), selectinload(FollowUpPlan.check_ins))
    ).first()


def of_case(case_id: int) -> Sequence[FollowUpPlan]:
    """The plans of a case with their people, newest first, without check-ins."""
    return db.session.scalars(
        select(FollowUpPlan).where(FollowUpPlan.case_id == case_id).options(joinedload(FollowUpPlan.person)).order_by(FollowUpPlan.id.desc()).limit(20)
    ).all()


def next_of_case(case_id: int) -> CheckIn | None:
    """The next check-in of a case that waits."""
    return db.session.scalars(
        select(CheckIn).where(CheckIn.case_id == case_id, CheckIn.done_at.is_(None)).order_by(CheckIn.due_on, CheckIn.id).limit(1)
    ).first()


@dataclass(slots=True)
class Due:
    """A check-in as a list reads it; without the person's agreement nothing is asked, and the list says so."""

    plan_id: UUID
    on: date
    person: str
    family: str
    agreed: bool


Newest = aliased(Consent)
NEWEST = (
    select(func.max(Newest.id))
    .where(Newest.subject_id == FollowUpPlan.person_id, Newest.type == ConsentType.FOLLOWUP_CONSENT, Newest.status.not_in(SAYS_NOTHING))
    .correlate(FollowUpPlan)
    .scalar_subquery()
)
# As consents.in_force(): of a person's own follow-up consents the last one said stands, until its last day.
AGREED = (
    select(Consent.id)
    .where(Consent.id == NEWEST, Consent.status == ConsentStatus.ACTIVE)
    .where(or_(Consent.expires_on.is_(None), Consent.expires_on >= bindparam("today")))
    .correlate(FollowUpPlan)
    .exists()
)
DUE = (
    select(FollowUpPlan.public_id, CheckIn.due_on, Person.first_name, Person.last_name, Family.name, AGREED)
    .select_from(CheckIn)
    .join(CheckIn.plan)
    .join(FollowUpPlan.person)
    .join(FollowUpPlan.case)
    .join(Case.family)
    .where(Case.owner_id == bindparam("owner"), Case.closed_at.is_(None), CheckIn.done_at.is_(None), CheckIn.due_on <= bindparam("until"))
    .where(Person.no_contact_at.is_(None), Person.died_at.is_(None))
    .order_by(CheckIn.due_on, CheckIn.id)
    .limit(bindparam("size"))
)


def due_for(owner_id: int, until: date, size: int = 50) -> list[Due]:
    """Check-ins due by a day on open cases of one owner, oldest first; of a person whose agreement ended one line, whatever is due."""
    today = clock.today(current_app.config["WAYPOINT"].zone)
    found: dict[tuple[UUID, date | None], Due] = {}
    for plan_id, on, first, last, family, agreed in ask(DUE, {"owner": owner_id, "until": until, "today": today, "size": size}):
        found.setdefault((plan_id, on if agreed else None), Due(plan_id, on, names.short(first, last), names.family(family), bool(agreed)))
    return list(found.values())
