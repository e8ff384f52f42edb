"""A case as a row of the list, worked out before it is drawn: fifty rows of macros cost more than their questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tracker import clock
from tracker.casefile import head
from tracker.casefile.path import is_stuck
from tracker.cases.listed import Listed
from tracker.templating import near_day, show_day


@dataclass(frozen=True, slots=True)
class Line:
    """One row.

    Attributes:
        stage: number of the stage, 0 for closed; `day` is how long it has stood there, from 1.
        held, due: at most one of them: until when it waits, or the tag of the next step (words, tone, icon).
        last: of the last contact; owner: the name.
        closed: when and why, of a closed case.
    """

    id: UUID
    title: str
    number: int
    contact: str
    stage: int
    stage_label: str
    day: int
    stuck: bool
    danger: bool
    held: str
    step: str
    due: tuple[str, str, str] | None
    last: str
    owner: str
    open: bool
    closed: tuple[str, str] = ("", "")


def lines(found: Sequence[Listed], zone: str) -> list[Line]:
    """The rows of some cases.

    Args:
        zone: the reader's.
    """
    today = clock.today(zone)
    return [_line(case, zone, today) for case in found]


def _line(case: Listed, zone: str, today: date) -> Line:
    stage = case.stage.number if case.is_open else 0
    return Line(
        id=case.public_id, title=case.family.title, number=case.number, contact=case.main_contact.name, stage=stage, stage_label=case.stage.label,
        day=(today - clock.local(case.stage_since, zone).date()).days + 1, stuck=is_stuck(case, zone), danger=case.crisis_at is not None,
        held=show_day(case.hold_until) if case.hold_until else "", step=case.next_step_text or "", due=head.due(case, zone) if case.is_open else None,
        last=near_day(case.last_contact_at, zone) if case.last_contact_at else "None yet", owner=case.owner_name, open=case.is_open,
        closed=(show_day(case.closed_at, zone), case.closure_reason.label if case.closure_reason else ""),
    )  # fmt: skip
