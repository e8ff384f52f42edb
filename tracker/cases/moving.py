"""Moving a case from one stage to another: what a move asks for, and what it leaves behind."""

from dataclasses import dataclass

from tracker import clock, journal
from tracker.cases.models import Case, StageMove
from tracker.cases.words import CaseStage
from tracker.db import db
from tracker.journal import Kind
from tracker.moves import Refused
from tracker.staff.sessions import Actor

MOVED = journal.verb("case.moved", Kind.CHANGE, "route", "Moved from {old} to {new}. {why}")


def must_be_open(case: Case) -> None:
    """Raise Refused when a case is closed."""
    if not case.is_open:
        raise Refused(None, "This case is closed. Reopen it first.")


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that a move to a stage asks for. A plain point may be passed with a reason, a gate only by a supervisor."""

    code: str
    label: str
    met: bool
    gate: bool = False


@dataclass(frozen=True, slots=True)
class StageFacts:
    """What is true of a case for a move: filled by the case file, which sees all rooms."""

    points: tuple[Point, ...] = ()
    why: str = ""
    may_pass_gates: bool = False

    @property
    def unmet(self) -> list[Point]:
        return [point for point in self.points if not point.met]


def move(case: Case, to: CaseStage, facts: StageFacts, *, by: Actor) -> StageMove:
    """Move a case to another stage; any stage may follow any other.

    Raises:
        Refused: it stands there already, or a point is unmet and no reason was given, or an unmet gate needs a supervisor.
    """
    must_be_open(case)
    if to in (case.stage, CaseStage.CLOSED):
        raise Refused("stage", f"The case stands at {to.label} already." if to is case.stage else "Close the case with a reason instead.")
    gates = [point for point in facts.unmet if point.gate]
    if gates and not facts.may_pass_gates:
        raise Refused("why", f"Not yet: {gates[0].label}. Only a supervisor can pass this, with a reason.")
    back = to.number < case.stage.number
    if (facts.unmet or back) and not facts.why.strip():
        raise Refused("why", "Enter why the open points are passed." if facts.unmet else "Enter why the case moves back.")
    moment = clock.now()
    done = StageMove(
        case_id=case.id, episode=case.episode, from_stage=case.stage, to_stage=to, at=moment, by_id=by.id,
        why=facts.why.strip() or None, passed=[point.label for point in facts.unmet],
    )
    db.session.add(done)
    passed = f"Passed: {', '.join(done.passed)}." if done.passed else ""
    journal.record(MOVED, by=by, about=case, case=case, old=case.stage, new=to, why=f"{facts.why.strip()} {passed}".strip())
    case.stage, case.stage_since = to, moment
    return done
