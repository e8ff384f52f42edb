"""What stands beside a case, asked of each room once: for the panels, the care line and the points of a stage."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload

from tracker.cases import queries as cases
from tracker.cases.models import Case, Plan, RiskMark
from tracker.consents.models import Consent
from tracker.db import db
from tracker.interventions import queries as interventions
from tracker.interventions.models import Intervention
from tracker.packets import queries as packets
from tracker.packets.models import Packet
from tracker.people.models import ContactPoint, Kinship, Person, PointKind, Relation
from tracker.placements import queries as placements
from tracker.placements.models import Placement
from tracker.recovery.models import CheckIn, FollowUpPlan
from tracker.referrals import queries as referrals
from tracker.referrals.models import Referral

PEOPLE = 60  # rows of people and their contact points that a page reads


@dataclass(slots=True)
class Member:
    """Somebody of the family: their live contact points, and how they are kin to the person of concern."""

    person: Person
    kinship: Kinship | None
    points: list[ContactPoint] = field(default_factory=list)

    @property
    def phone(self) -> ContactPoint | None:
        """The number to use: one that may be called, else one that may be texted, else the first."""
        phones = [point for point in self.points if point.kind is PointKind.PHONE]
        return next((p for p in phones if p.ok_to_call), next((p for p in phones if p.ok_to_text), phones[0] if phones else None))

    @property
    def reachable(self) -> bool:
        """Whether there is a way that they called safe, and they did not ask us to stay away."""
        open_ways = any(point.ok_to_call or point.ok_to_text or point.ok_to_write for point in self.points)
        return open_ways and self.person.no_contact_at is None and self.person.died_at is None


@dataclass(slots=True)
class Beside:
    """Everything that a case page shows beside the history."""

    people: list[Member]
    plan: Plan | None = None
    risks: Sequence[RiskMark] = ()
    consents: Sequence[Consent] = ()
    referrals: Sequence[Referral] = ()
    interventions: Sequence[Intervention] = ()
    placements: Sequence[Placement] = ()
    packets: Sequence[Packet] = ()
    follow_ups: Sequence[tuple[FollowUpPlan, date | None]] = ()  # with the day of the next check-in

    @property
    def in_treatment(self) -> bool:
        """Whether somebody is in treatment: a fact that stands beside the stage (domain 3.0)."""
        return any(one.in_treatment for one in self.referrals)

    def member(self, person_id: int) -> Member | None:
        """Somebody of the family by key."""
        return next((member for member in self.people if member.person.id == person_id), None)


def family(case: Case) -> list[Member]:
    """The people of a case's family with their live contact points, in one question; main contact and loved one first."""
    rows = db.session.execute(
        select(Person, ContactPoint, Relation.kinship)
        .outerjoin(ContactPoint, and_(ContactPoint.person_id == Person.id, ContactPoint.retired_at.is_(None)))
        .outerjoin(Relation, and_(Relation.person_id == Person.id, Relation.to_person_id == case.person_id))
        .where(Person.family_id == case.family_id)
        .order_by(Person.id, ContactPoint.id)
        .limit(PEOPLE)
    )
    members: dict[int, Member] = {}
    for person, point, kinship in rows:
        member = members.setdefault(person.id, Member(person, kinship))
        if point is not None:
            member.points.append(point)
    first = {case.main_contact_id: 0, case.person_id: 1}
    return sorted(members.values(), key=lambda member: (first.get(member.person.id, 2), member.person.id))


def gather(case: Case) -> Beside:
    """Ask every room what it has of a case."""
    plan, risks = cases.beside(case)
    return Beside(
        people=family(case),
        plan=plan,
        risks=risks,
        consents=_consents(case.id),
        referrals=referrals.of_case(case.id, 20),
        interventions=interventions.of_case(case.id),
        placements=placements.of_case(case),
        packets=packets.of_case(case),
        follow_ups=_follow_ups(case.id),
    )


def _consents(case_id: int) -> Sequence[Consent]:
    # As consents.of_case, with the programs in the same question: a page has a budget.
    query = select(Consent).where(Consent.case_id == case_id).options(joinedload(Consent.subject), joinedload(Consent.programs))
    return db.session.scalars(query.order_by(Consent.id.desc()).limit(50)).unique().all()


def _follow_ups(case_id: int) -> list[tuple[FollowUpPlan, date | None]]:
    due = select(func.min(CheckIn.due_on)).where(CheckIn.plan_id == FollowUpPlan.id, CheckIn.done_at.is_(None)).scalar_subquery()
    query = select(FollowUpPlan, due).where(FollowUpPlan.case_id == case_id).options(joinedload(FollowUpPlan.person))
    return [(plan, day) for plan, day in db.session.execute(query.order_by(FollowUpPlan.id.desc()).limit(20))]
