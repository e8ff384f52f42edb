"""Case and what stands beside it: episodes, moves between stages, the plan's versions, risks that were noted."""

from datetime import date
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from tracker.cases.words import (
    PATH,
    CaseStage,
    ClosureReason,
    EpisodeReason,
    HoldReason,
    NextStepKind,
    PlanLimit,
    PlanOpenness,
    PromiseState,
    RiskFlag,
)
from tracker.db import Key, Line, Model, Moment, PublicId, coded, coded_list, version_column
from tracker.people.models import Family, Person
from tracker.staff.models import Staff, Team

NUMBERS_FROM = 1000  # a case number is its key above this: spoken, shown, searched, never re-used, never in a URL
OPEN = text("closed_at IS NULL")
ASKED = text("packet_asked_at IS NOT NULL")
CRISIS = text("closed_at IS NULL AND crisis_at IS NOT NULL")
UNSEEN = text("closed_at IS NULL AND crisis_at IS NOT NULL AND crisis_seen_at IS NULL")
PROMISED = text("state = 'open'")
HELD = text("closed_at IS NULL AND hold_until IS NOT NULL")


class Case(Model):
    """One person of concern's way. Open, it always has one owner, one team, and one next step or a hold: the
    database says so (check `open_is_held`)."""

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint(
            "closed_at IS NOT NULL OR (owner_id IS NOT NULL AND team_id IS NOT NULL "
            "AND (next_step_at IS NOT NULL OR hold_until IS NOT NULL))",
            name="open_is_held",
        ),
        CheckConstraint(
            "(closed_at IS NULL AND stage <> 'closed') OR "
            "(closed_at IS NOT NULL AND stage = 'closed' AND closure_reason IS NOT NULL AND closed_by_id IS NOT NULL)",
            name="closed_has_reason",
        ),
        CheckConstraint("stage IN ('inquiry','intervention','referral','placement','follow_up','closed')", name="stage_known"),
        CheckConstraint("next_step_at IS NULL OR length(next_step_text) > 0", name="next_step_said"),
        Index("ix_cases_owner_open", "owner_id", "next_step_at", "id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_cases_team_open", "team_id", "next_step_at", "id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_cases_team_stage_open", "team_id", "stage", "id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_cases_owner_contact_open", "owner_id", "last_contact_at", "id", sqlite_where=OPEN, postgresql_where=OPEN),
        # Today: who must be called back because of danger, whose hold ends, and how many cases of each stage are quiet.
        Index("ix_cases_owner_crisis", "owner_id", "crisis_at", sqlite_where=CRISIS, postgresql_where=CRISIS),
        Index("ix_cases_team_danger", "team_id", "crisis_at", sqlite_where=UNSEEN, postgresql_where=UNSEEN),
        Index("ix_cases_owner_hold", "owner_id", "hold_until", sqlite_where=HELD, postgresql_where=HELD),
        Index("ix_cases_owner_stage_open", "owner_id", "stage", "last_contact_at", "opened_at", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_cases_team_silent", "team_id", "last_contact_at", "opened_at", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_cases_team_id", "team_id", "id"),
        Index("ix_cases_packet_asked", "packet_asked_at", sqlite_where=ASKED, postgresql_where=ASKED),
    )

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    family_id: Mapped[int] = mapped_column(ForeignKey("families.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    main_contact_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))

    stage: Mapped[CaseStage] = mapped_column(coded(CaseStage))
    stage_since: Mapped[Moment]
    episode: Mapped[int] = mapped_column(Integer, default=1)
    opened_at: Mapped[Moment]

    next_step_kind: Mapped[NextStepKind | None] = mapped_column(coded(NextStepKind))
    next_step_text: Mapped[Line | None]
    next_step_at: Mapped[Moment | None]  # due; end of the day in the family's zone when no time was named
    next_step_timed: Mapped[bool] = mapped_column(Boolean, default=False)
    next_step_set_at: Mapped[Moment | None]
    next_step_set_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    hold_until: Mapped[date | None] = mapped_column(Date)
    hold_reason: Mapped[HoldReason | None] = mapped_column(coded(HoldReason))
    hold_note: Mapped[Line | None]

    crisis_at: Mapped[Moment | None]  # danger was said or not ruled out; until somebody notes that it is over
    crisis_seen_at: Mapped[Moment | None]  # a supervisor saw it
    crisis_seen_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    last_contact_at: Mapped[Moment | None]
    last_reached_at: Mapped[Moment | None]
    tries: Mapped[int] = mapped_column(Integer, default=0)  # attempts since somebody was last reached
    packet_asked_at: Mapped[Moment | None]  # the case stands in the packet queue since
    packet_asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    packet_asked_note: Mapped[Line | None]

    closed_at: Mapped[Moment | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    closure_reason: Mapped[ClosureReason | None] = mapped_column(coded(ClosureReason))
    closing_summary: Mapped[str | None] = mapped_column(Text)
    ok_to_recontact: Mapped[bool | None] = mapped_column(Boolean)
    version: Mapped[int] = version_column()

    __mapper_args__ = {"version_id_col": version}

    family: Mapped[Family] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="raise")
    main_contact: Mapped[Person] = relationship(foreign_keys=[main_contact_id], lazy="raise")
    owner: Mapped[Staff | None] = relationship(foreign_keys=[owner_id], lazy="raise")
    team: Mapped[Team | None] = relationship(lazy="raise")

    @property
    def number(self) -> int:
        """The case number that people say."""
        return NUMBERS_FROM + self.id

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Episode(Model):
    """One stretch of a case's way; a return to use opens the next one on the same case."""

    __tablename__ = "episodes"
    __table_args__ = (Index("ix_episodes_case_number", "case_id", "number", unique=True),)

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    number: Mapped[int] = mapped_column(Integer)
    reason: Mapped[EpisodeReason] = mapped_column(coded(EpisodeReason))
    started_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]


class StageMove(Model):
    """That a case went from one stage to another: when, by whom, why, and which points were passed."""

    __tablename__ = "stage_moves"
    __table_args__ = (Index("ix_stage_moves_case", "case_id", "id"),)

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    episode: Mapped[int] = mapped_column(Integer)
    from_stage: Mapped[CaseStage | None] = mapped_column(coded(CaseStage))
    to_stage: Mapped[CaseStage] = mapped_column(coded(CaseStage))
    at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    why: Mapped[Line | None]
    passed: Mapped[list[str]] = mapped_column(JSON, default=list)


class Plan(Model):
    """One version of the plan tailored to the person; the newest is in force, earlier ones are kept."""

    __tablename__ = "plans"
    __table_args__ = (Index("ix_plans_case_number", "case_id", "number", unique=True),)

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    number: Mapped[int] = mapped_column(Integer)
    what_matters: Mapped[str] = mapped_column(Text, default="")  # in their words
    openness: Mapped[list[PlanOpenness]] = mapped_column(coded_list(PlanOpenness), default=list)
    openness_note: Mapped[str] = mapped_column(Text, default="")
    limits: Mapped[list[PlanLimit]] = mapped_column(coded_list(PlanLimit), default=list)
    limits_note: Mapped[str] = mapped_column(Text, default="")
    helpers: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # who, what, by (ISO day or "")
    made_at: Mapped[Moment]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class RiskMark(Model):
    """A risk that was noted on a case, and when and why it was found to be over."""

    __tablename__ = "risk_marks"
    __table_args__ = (Index("ix_risk_marks_case", "case_id", "id"),)

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    flag: Mapped[RiskFlag] = mapped_column(coded(RiskFlag))
    note: Mapped[Line | None]
    noted_at: Mapped[Moment]
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    over_at: Mapped[Moment | None]
    over_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    over_why: Mapped[Line | None]


class Promise(Model):
    """What somebody here told a family they would do, and by when: apart from the next step, and never silently dropped."""

    __tablename__ = "promises"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="settled_is_told"),
        Index("ix_promises_case", "case_id", "id"),
        Index("ix_promises_open", "case_id", "due_at", sqlite_where=PROMISED, postgresql_where=PROMISED),
    )

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    words: Mapped[Line]
    due_at: Mapped[Moment]  # the end of the day in the family's zone when no time was named
    timed: Mapped[bool] = mapped_column(Boolean, default=False)
    made_at: Mapped[Moment]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    state: Mapped[PromiseState] = mapped_column(coded(PromiseState), default=PromiseState.OPEN)
    settled_at: Mapped[Moment | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    settled_note: Mapped[Line | None]

    case: Mapped[Case] = relationship(lazy="raise")
    to: Mapped[Person] = relationship(lazy="raise")


__all__ = ["PATH", "Case", "CaseStage", "Episode", "Plan", "Promise", "RiskMark", "StageMove"]
