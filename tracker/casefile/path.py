"""The path of a case: a record of the family's way through the stages, not a score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker import clock
from tracker.addresses import url_for
from tracker.casefile.gather import Beside
from tracker.cases.listed import Listed
from tracker.cases.models import Case, StageMove
from tracker.cases.words import PATH, USUAL, CaseStage
from tracker.placements.models import LIVE
from tracker.referrals.telling import stands
from tracker.templating import show_day


@dataclass(frozen=True, slots=True)
class Visit:
    """One stretch of time at a stage: from when to when (None: still), by whom it was moved there, why, and which points were passed."""

    move: StageMove
    until: datetime | None

    def days(self) -> int:
        """Whole days of it, so far or in all."""
        return ((self.until or clock.now()) - self.move.at).days


def visits(moves: Sequence[StageMove]) -> dict[CaseStage, list[Visit]]:
    """The stretches at each stage, from the running episode's moves, oldest first."""
    found: dict[CaseStage, list[Visit]] = {}
    for move, then in zip(moves, [*moves[1:], None], strict=True):
        found.setdefault(move.to_stage, []).append(Visit(move, then.at if then else None))
    return found


def day_of_stage(case: Case | Listed, zone: str) -> int:
    """The how-manieth day at its stage it is, 1 on the first, by a zone's calendar."""
    return (clock.today(zone) - clock.local(case.stage_since, zone).date()).days + 1


def is_stuck(case: Case | Listed, zone: str) -> bool:
    """Whether a case is past the usual time at its stage, and does not wait."""
    if not case.is_open or (case.hold_until and case.hold_until > clock.today(case.family.zone)):
        return False
    return day_of_stage(case, zone) > USUAL[case.stage][1]


def steps(case: Case, moves: Sequence[StageMove], zone: str, beside: Beside | None = None) -> list[tuple[int, str, str, str, str]]:
    """Number, name, state, what stands under it, and address of each of the five steps (ui/case.html: path).

    Args:
        beside: for what is true already of stages ahead; None where that is not to be seen.
    """
    stretches = visits(moves)
    reached = max((stage.number for stage in stretches if stage in PATH), default=0)
    shown = []
    for stage in PATH:
        here = stretches.get(stage, [])
        if stage is case.stage:
            state, sub = "now", _running(case, here, zone)
        elif here:
            state, sub = "done", _past(here, zone)
        elif stage.number < reached:
            state, sub = "passed", _skipped(moves, stage) or _already(stage, beside, zone) or "Not needed"
        else:
            state, sub = "todo", _already(stage, beside, zone) or "Not started"
        url = url_for("casefile.stage", case_id=case.public_id, to=stage.value) if beside else ""
        shown.append((stage.number, stage.label, state, sub, url))
    return shown


def _running(case: Case, here: Sequence[Visit], zone: str) -> str:
    low, high = USUAL[case.stage]
    usual = f"usually {low} to {high}" if low else f"usually up to {high}"
    passed = len(here[-1].move.passed) if here else 0
    return f"Day {day_of_stage(case, zone)} · {usual}" + (f" · {passed} passed" if passed else "")


def _past(here: Sequence[Visit], zone: str) -> str:
    first, last = here[0], here[-1]
    begun, ended = show_day(first.move.at, zone), show_day(last.until, zone)
    days = sum(visit.days() for visit in here)
    passed = sum(len(visit.move.passed) for visit in here)
    span = begun if begun == ended else f"{begun} – {ended}"
    return f"{span} · {days} day{'' if days == 1 else 's'}" + (f" · {passed} passed" if passed else "")


def _skipped(moves: Sequence[StageMove], stage: CaseStage) -> str:
    over = next((move for move in moves if move.from_stage and move.from_stage.number < stage.number < move.to_stage.number), None)
    return f"Not needed: {over.why}" if over and over.why else ""


def _already(stage: CaseStage, beside: Beside | None, zone: str) -> str:
    if beside is None:
        return ""
    if stage is CaseStage.INTERVENTION and beside.interventions:
        return beside.interventions[0].status.label
    if stage is CaseStage.REFERRAL and (live := [one for one in beside.referrals if one.is_live]):
        return f"{live[0].program.name}: {stands(live[0], clock.now(), zone)[0].lower()}"
    if stage is CaseStage.PLACEMENT and (live := [one for one in beside.placements if one.status in LIVE]):
        return f"{live[0].person.called}: {live[0].status.label.lower()}"
    if stage is CaseStage.FOLLOW_UP and beside.follow_ups:
        return "Check-ins planned"
    return ""


def told(visit: Visit, names: Mapping[int, str], zone: str) -> str:
    """One stretch as a sentence: "Oct 28 to Oct 30, moved by Maya Torres. Why. Passed: …"."""
    ends = show_day(visit.until, zone) if visit.until else "now"
    by = f", moved by {names[visit.move.by_id]}" if visit.move.by_id in names else ""
    passed = f" Passed: {'; '.join(visit.move.passed)}." if visit.move.passed else ""
    why = f" {visit.move.why.rstrip('.')}." if visit.move.why else ""
    return f"{show_day(visit.move.at, zone)} to {ends}{by}.{why}{passed}"
