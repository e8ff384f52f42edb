"""What stands beside a case, asked of each room once: for the panels, the care line and the points of a stage."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import and_, bindparam, func, select

from tracker.cases import queries as cases
from tracker.cases.models import Case, Plan, RiskMark
from tracker.consents.models import Consent, ConsentProgram
from tracker.db import ask
from tracker.directory.groups.models import Meeting
from tracker.directory.programs.models import Program
from tracker.glimpse import Glimpse
from tracker.interventions.models import Intervention
from tracker.packets.models import Packet
from tracker.people.models import ContactPoint, Kinship, Person, PointKind, Relation
from tracker.placements.models import Placement
from tracker.recovery.models import CheckIn, FollowUpPlan
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
    since: datetime | None = None  # the running episode began
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


PERSON = Glimpse(Person, Person.id, Person.first_name, Person.last_name)
MEMBER = Glimpse(Person, Person.id, Person.first_name, Person.last_name, Person.age_band, Person.about, Person.no_contact_at, Person.died_at)
P = ContactPoint
POINT = Glimpse(
    P, P.id, P.kind, P.value, P.as_typed, P.extension, P.ok_to_call, P.ok_to_text, P.ok_to_write, P.voicemail_rule, P.best_from, P.best_until, P.is_shared,
    P.shared_with, P.note, P.unverified_at,
)  # fmt: skip
C = Consent
CONSENT = Glimpse(
    C, C.id, C.public_id, C.subject_id, C.type, C.status, C.signer_capacity, C.signer_name, C.signature_method, C.signed_on, C.discloser, C.info_categories,
    C.recipients_text, C.purpose, C.revocation_told, C.expires_on, C.expires_event, C.recorded_at, filled=("programs",), subject=PERSON,
)  # fmt: skip
PROGRAM = Glimpse(Program, Program.id, Program.name)
R = Referral
REFERRAL = Glimpse(
    R, R.id, R.public_id, R.episode, R.handoff, R.level_of_care, R.status, R.reason, R.sent_at, R.provider_response, R.expected_on, R.admitted_on,
    R.discharged_on, R.discharge_type, program=PROGRAM,
)  # fmt: skip
INTERVENTION = Glimpse(
    Intervention, Intervention.id, Intervention.public_id, Intervention.model, Intervention.status, Intervention.screened_at, Intervention.signed_at,
    Intervention.outcome, Intervention.outcome_at, Intervention.later_outcome, Intervention.later_at,
)  # fmt: skip
PLACEMENT = Glimpse(
    Placement, Placement.id, Placement.public_id, Placement.episode, Placement.status, Placement.first_on, person=PERSON,
    meeting=Glimpse(Meeting, Meeting.name, Meeting.mode),
)  # fmt: skip
PACKET = Glimpse(Packet, Packet.id, Packet.public_id, Packet.title, Packet.sealed_at, receiver=PERSON)
F = FollowUpPlan
FOLLOWED = Glimpse(F, F.id, F.public_id, F.person_id, F.anchor_on, F.ended_at, person=PERSON)

THIS = bindparam("case")
POINTS_FROM, PROGRAMS_FROM = len(MEMBER.columns), len(CONSENT.columns)
FAMILY = (
    select(*MEMBER.columns, *POINT.columns, Relation.kinship)
    .select_from(Person)
    .outerjoin(P, and_(P.person_id == Person.id, P.retired_at.is_(None)))
    .outerjoin(Relation, and_(Relation.person_id == Person.id, Relation.to_person_id == bindparam("loved_one")))
    .where(Person.family_id == bindparam("family"))
    .order_by(Person.id, P.id)
    .limit(PEOPLE)
)
CONSENTS = (
    select(*CONSENT.columns, *PROGRAM.columns)
    .select_from(C)
    .join(C.subject)
    # One join after the other: told as one relationship, SQLite reads the programs of all consents there are.
    .outerjoin(ConsentProgram, ConsentProgram.consent_id == C.id)
    .outerjoin(Program, Program.id == ConsentProgram.program_id)
    .where(C.case_id == THIS)
    .order_by(C.id.desc(), Program.name)
    .limit(100)
)
REFERRALS = select(*REFERRAL.columns).select_from(R).join(R.program).where(R.case_id == THIS).order_by(R.id.desc()).limit(20)
INTERVENTIONS = select(*INTERVENTION.columns).where(Intervention.case_id == THIS).order_by(Intervention.id.desc()).limit(20)
PLACEMENTS = (
    select(*PLACEMENT.columns)
    .select_from(Placement)
    .join(Placement.person)
    .join(Placement.meeting)
    .where(Placement.case_id == THIS)
    .order_by(Placement.id.desc())
    .limit(50)
)
PACKETS = (
    select(*PACKET.columns)
    .select_from(Packet)
    .join(Packet.receiver)
    .where(Packet.case_id == THIS, Packet.withdrawn_at.is_(None))
    .order_by(Packet.id.desc())
    .limit(5)
)
NEXT_DUE = select(func.min(CheckIn.due_on)).where(CheckIn.plan_id == F.id, CheckIn.done_at.is_(None)).scalar_subquery()
FOLLOW_UPS = select(*FOLLOWED.columns, NEXT_DUE).select_from(F).join(F.person).where(F.case_id == THIS).order_by(F.id.desc()).limit(20)


def family(case: Case) -> list[Member]:
    """The people of a case's family with their live contact points, in one question; main contact and loved one first."""
    members: dict[int, Member] = {}
    for row in ask(FAMILY, {"family": case.family_id, "loved_one": case.person_id}):
        member = members.get(row[0]) or members.setdefault(row[0], Member(MEMBER.read(row), row[-1]))
        if row[POINTS_FROM] is not None:
            member.points.append(POINT.read(row, POINTS_FROM))
    first = {case.main_contact_id: 0, case.person_id: 1}
    return sorted(members.values(), key=lambda member: (first.get(member.person.id, 2), member.person.id))


def gather(case: Case) -> Beside:
    """Ask every room what it has of a case."""
    plan, risks, since = cases.beside(case)
    this = {"case": case.id}
    return Beside(
        people=family(case),
        plan=plan,
        risks=risks,
        since=since,
        consents=_consents(case.id),
        referrals=[REFERRAL.read(row) for row in ask(REFERRALS, this)],
        interventions=[INTERVENTION.read(row) for row in ask(INTERVENTIONS, this)],
        placements=[PLACEMENT.read(row) for row in ask(PLACEMENTS, this)],
        packets=[PACKET.read(row) for row in ask(PACKETS, this)],
        follow_ups=[(FOLLOWED.read(row), row[-1]) for row in ask(FOLLOW_UPS, this)],
    )


def _consents(case_id: int) -> list[Consent]:
    found: dict[int, Consent] = {}
    for row in ask(CONSENTS, {"case": case_id}):
        one = found.get(row[0]) or found.setdefault(row[0], CONSENT.read(row))
        if row[PROGRAMS_FROM] is not None:
            one.programs.append(PROGRAM.read(row, PROGRAMS_FROM))
    return list(found.values())
