"""What can be asked about cases."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, bindparam, func, not_, or_, select

from tracker.cases.models import Case, Episode, Plan, RiskMark, StageMove
from tracker.cases.words import RiskFlag
from tracker.db import ask, db
from tracker.glimpse import Glimpse
from tracker.people.models import Person

THIS = bindparam("case")
MOVE = Glimpse(StageMove, StageMove.id, StageMove.from_stage, StageMove.to_stage, StageMove.at, StageMove.by_id, StageMove.why, StageMove.passed)
MOVES = select(*MOVE.columns).where(StageMove.case_id == THIS, StageMove.episode == bindparam("episode")).order_by(StageMove.id)
PLAN = Glimpse(
    Plan, Plan.id, Plan.number, Plan.what_matters, Plan.openness, Plan.openness_note, Plan.limits, Plan.limits_note, Plan.helpers, Plan.made_at
)
MARK = Glimpse(RiskMark, RiskMark.id, RiskMark.public_id, RiskMark.flag, RiskMark.note, RiskMark.noted_at)
NEWEST = select(func.max(Plan.number)).where(Plan.case_id == THIS).scalar_subquery()
BESIDE = (
    select(*PLAN.columns, *MARK.columns, Episode.started_at)
    .select_from(Case)
    .outerjoin(Episode, and_(Episode.case_id == Case.id, Episode.number == Case.episode))
    .outerjoin(Plan, and_(Plan.case_id == Case.id, Plan.number == NEWEST))
    .outerjoin(RiskMark, and_(RiskMark.case_id == Case.id, RiskMark.over_at.is_(None)))
    .where(Case.id == THIS)
    .order_by(RiskMark.id.desc())
    .limit(50)
)


def moves(case: Case) -> Sequence[StageMove]:
    """The moves between stages in the running episode, oldest first."""
    return [MOVE.read(row) for row in ask(MOVES, {"case": case.id, "episode": case.episode})]


def episodes(case: Case) -> Sequence[Episode]:
    """The episodes of a case, newest first."""
    return db.session.scalars(select(Episode).where(Episode.case_id == case.id).order_by(Episode.number.desc())).all()


def plan(case: Case) -> Plan | None:
    """The plan in force."""
    return db.session.scalars(select(Plan).where(Plan.case_id == case.id).order_by(Plan.number.desc()).limit(1)).first()


def beside(case: Case) -> tuple[Plan | None, list[RiskMark], datetime | None]:
    """The plan in force, the risks that stand, newest first, and since when the running episode runs, in one question."""
    rows = ask(BESIDE, {"case": case.id})
    begins = len(PLAN.columns)
    plan = PLAN.read(rows[0]) if rows and rows[0][0] is not None else None
    return plan, [MARK.read(row, begins) for row in rows if row[begins] is not None], rows[0][-1] if rows else None


def plans(case: Case) -> Sequence[Plan]:
    """All versions of the plan, newest first."""
    return db.session.scalars(select(Plan).where(Plan.case_id == case.id).order_by(Plan.number.desc()).limit(50)).all()


def risks(case: Case) -> Sequence[RiskMark]:
    """Risks that were noted and are not over, newest first."""
    return db.session.scalars(
        select(RiskMark).where(RiskMark.case_id == case.id, RiskMark.over_at.is_(None)).order_by(RiskMark.id.desc()).limit(50)
    ).all()


def has_risk(case: Case, *flags: RiskFlag, since: datetime | None = None) -> bool:
    """Whether one of these risks stands on a case; with `since`, whether it was noted after that moment."""
    query = select(RiskMark.id).where(RiskMark.case_id == case.id, RiskMark.over_at.is_(None), RiskMark.flag.in_(flags)).limit(1)
    if since is not None:
        query = query.where(RiskMark.noted_at > since)
    return db.session.execute(query).first() is not None


def family_of(case: Case) -> Sequence[Person]:
    """The people of a case's family, in the order in which they were met."""
    return db.session.scalars(select(Person).where(Person.family_id == case.family_id).order_by(Person.id)).all()


def is_held(today: date) -> ColumnElement[bool]:
    """Cases that wait until a later day.

    Args:
        today: the calendar day in the organisation's zone.
    """
    return and_(Case.hold_until.is_not(None), Case.hold_until > today)


def is_overdue(moment: datetime, today: date) -> ColumnElement[bool]:
    """Cases whose next step, or whose hold without one, has come due."""
    return and_(not_(is_held(today)), or_(Case.next_step_at < moment, and_(Case.next_step_at.is_(None), Case.hold_until <= today)))


def is_quiet(before: datetime, today: date) -> ColumnElement[bool]:
    """Cases whose last contact was before a moment, that do not wait."""
    return and_(not_(is_held(today)), func.coalesce(Case.last_contact_at, Case.opened_at) < before)
