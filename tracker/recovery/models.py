"""FollowUpPlan and its check-ins: the person's and the family's streams are apart, each with its own consent."""

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.cases.models import Case
from tracker.db import Key, Line, Model, Moment, PublicId, coded, version_column
from tracker.people.models import Person
from tracker.recovery.words import AnchorKind, CheckInNextAction, CheckInResult

WAITING = text("done_at IS NULL")


class FollowUpPlan(Model):
    """That somebody agreed to be asked how they are, and from which day on."""

    __tablename__ = "follow_up_plans"
    __table_args__ = (Index("ix_follow_up_plans_case", "case_id", "id"),)

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    anchor: Mapped[AnchorKind] = mapped_column(coded(AnchorKind))
    anchor_on: Mapped[date] = mapped_column(Date)
    wish: Mapped[str] = mapped_column(Text, default="")  # how often and how, in their words
    goal: Mapped[str] = mapped_column(Text, default="")  # their own goal, in their words
    started_at: Mapped[Moment]
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    ended_at: Mapped[Moment | None]
    ended_why: Mapped[Line | None]
    version: Mapped[int] = version_column()

    __mapper_args__ = {"version_id_col": version}

    case: Mapped[Case] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
    check_ins: Mapped[list["CheckIn"]] = relationship(lazy="raise", back_populates="plan", order_by="CheckIn.due_on, CheckIn.id")


class CheckIn(Model):
    """One planned question "how are you", and what was answered."""

    __tablename__ = "check_ins"
    __table_args__ = (
        Index("ix_check_ins_plan", "plan_id", "due_on", "id"),
        Index("ix_check_ins_waiting", "case_id", "due_on", "id", sqlite_where=WAITING, postgresql_where=WAITING),
    )

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    plan_id: Mapped[int] = mapped_column(ForeignKey("follow_up_plans.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    label: Mapped[str] = mapped_column(String(40))
    due_on: Mapped[date] = mapped_column(Date)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    done_at: Mapped[Moment | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    result: Mapped[CheckInResult | None] = mapped_column(coded(CheckInResult))
    next_action: Mapped[CheckInNextAction | None] = mapped_column(coded(CheckInNextAction))
    note: Mapped[str] = mapped_column(Text, default="")

    plan: Mapped[FollowUpPlan] = relationship(lazy="raise", back_populates="check_ins")
