"""A case as lists read it: so many columns of it, of its family, its main contact and its owner, and no entity."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select

from tracker.cases.models import NUMBERS_FROM, Case
from tracker.cases.words import CaseStage, ClosureReason, HoldReason, NextStepKind
from tracker.people.models import Family, Person
from tracker.people.names import FamilyName, PersonName
from tracker.staff.models import Staff

OF_CASE = (
    Case.id, Case.public_id, Case.stage, Case.stage_since, Case.opened_at, Case.next_step_kind, Case.next_step_text, Case.next_step_at,
    Case.next_step_timed, Case.hold_until, Case.hold_reason, Case.crisis_at, Case.last_contact_at, Case.tries, Case.packet_asked_at,
    Case.packet_asked_note, Case.closed_at, Case.closure_reason,
)  # fmt: skip
OF_OTHERS = (Family.name, Family.zone, Person.id, Person.first_name, Person.last_name, Person.zone, Staff.name)


@dataclass(slots=True)
class Listed:
    """The columns of a case that lists show, under the names that the case itself has for them."""

    id: int
    public_id: UUID
    stage: CaseStage
    stage_since: datetime
    opened_at: datetime
    next_step_kind: NextStepKind | None
    next_step_text: str | None
    next_step_at: datetime | None
    next_step_timed: bool
    hold_until: date | None
    hold_reason: HoldReason | None
    crisis_at: datetime | None
    last_contact_at: datetime | None
    tries: int
    packet_asked_at: datetime | None
    packet_asked_note: str | None
    closed_at: datetime | None
    closure_reason: ClosureReason | None
    family: FamilyName
    main_contact: PersonName
    owner_name: str

    @property
    def number(self) -> int:
        """The case number that people say."""
        return NUMBERS_FROM + self.id

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


def listing() -> Select[Any]:
    """The question every list begins with; read() makes its rows into cases."""
    # Outer joins, though each case has a family and a main contact: so PostgreSQL begins with the cases, not with all families.
    return select(*OF_CASE, *OF_OTHERS).select_from(Case).outerjoin(Case.family).outerjoin(Case.main_contact).outerjoin(Case.owner)


def read(rows: Sequence[Row[Any]]) -> list[Listed]:
    """The rows of a listing() as cases."""
    own = len(OF_CASE)
    return [Listed(*row[:own], FamilyName(row[own], row[own + 1]), PersonName(*row[own + 2 : own + 6]), row[own + 6] or "") for row in rows]
