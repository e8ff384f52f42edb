"""What can be asked about cases."""

from collections.abc import Sequence

from sqlalchemy import select

from tracker.cases.models import Case, Episode, Plan, RiskMark, StageMove
from tracker.cases.words import RiskFlag
from tracker.db import db


def moves(case: Case) -> Sequence[StageMove]:
    """The moves between stages in the running episode, oldest first."""
    return db.session.scalars(
        select(StageMove).where(StageMove.case_id == case.id, StageMove.episode == case.episode).order_by(StageMove.id)
    ).all()


def episodes(case: Case) -> Sequence[Episode]:
    """The episodes of a case, newest first."""
    return db.session.scalars(select(Episode).where(Episode.case_id == case.id).order_by(Episode.number.desc())).all()


def plan(case: Case) -> Plan | None:
    """The plan in force."""
    return db.session.scalars(select(Plan).where(Plan.case_id == case.id).order_by(Plan.number.desc()).limit(1)).first()


def plans(case: Case) -> Sequence[Plan]:
    """All versions of the plan, newest first."""
    return db.session.scalars(select(Plan).where(Plan.case_id == case.id).order_by(Plan.number.desc()).limit(50)).all()


def risks(case: Case) -> Sequence[RiskMark]:
    """Risks that were noted and are not over, newest first."""
    return db.session.scalars(
        select(RiskMark).where(RiskMark.case_id == case.id, RiskMark.over_at.is_(None)).order_by(RiskMark.id.desc()).limit(50)
    ).all()


def has_risk(case: Case, *flags: RiskFlag) -> bool:
    """Whether one of these risks stands on a case."""
    query = select(RiskMark.id).where(RiskMark.case_id == case.id, RiskMark.over_at.is_(None), RiskMark.flag.in_(flags)).limit(1)
    return db.session.execute(query).first() is not None
