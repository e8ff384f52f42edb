"""Intervention, who takes part, and its meetings or sessions."""

from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from tracker.cases.models import Case
from tracker.db import Key, Line, Model, Moment, PublicId, Short, coded, version_column
from tracker.interventions.words import (
    InterventionModel,
    InterventionOutcome,
    InterventionStatus,
    LetterStatus,
    ParticipantRole,
)


class Intervention(Model):
    """One way of inviting the person of concern into help. Its dates live in its meetings: one date could not hold it."""

    __tablename__ = "interventions"
    __table_args__ = (Index("ix_interventions_case", "case_id", "id"),)

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    model: Mapped[InterventionModel] = mapped_column(coded(InterventionModel))
    status: Mapped[InterventionStatus] = mapped_column(coded(InterventionStatus))
    aim: Mapped[str] = mapped_column(Text, default="")  # in the family's words
    led_by: Mapped[Short] = mapped_column(default="")
    sessions_planned: Mapped[int | None] = mapped_column(Integer)
    steps_done: Mapped[list[str]] = mapped_column(JSON, default=list)

    screen: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # question code to answer code
    screen_private: Mapped[bool] = mapped_column(Boolean, default=False)
    screen_note: Mapped[str] = mapped_column(Text, default="")
    screened_at: Mapped[Moment | None]
    screened_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    signed_at: Mapped[Moment | None]  # a supervisor looked at the screen and lets it go on
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    signed_note: Mapped[Line | None]

    outcome: Mapped[InterventionOutcome | None] = mapped_column(coded(InterventionOutcome))
    outcome_note: Mapped[str] = mapped_column(Text, default="")
    outcome_at: Mapped[Moment | None]
    later_outcome: Mapped[InterventionOutcome | None] = mapped_column(coded(InterventionOutcome))
    later_note: Mapped[str] = mapped_column(Text, default="")
    later_at: Mapped[Moment | None]
    created_at: Mapped[Moment]
    version: Mapped[int] = version_column()

    __mapper_args__ = {"version_id_col": version}

    case: Mapped[Case] = relationship(lazy="raise")
    participants: Mapped[list["Participant"]] = relationship(lazy="raise", order_by="Participant.id")
    meetings: Mapped[list["InterventionMeeting"]] = relationship(lazy="raise", order_by="InterventionMeeting.at")


class Participant(Model):
    """Somebody who takes part; of the family, or by name."""

    __tablename__ = "intervention_participants"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    intervention_id: Mapped[int] = mapped_column(ForeignKey("interventions.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    name: Mapped[Short]
    role: Mapped[ParticipantRole] = mapped_column(coded(ParticipantRole))
    letter: Mapped[LetterStatus] = mapped_column(coded(LetterStatus), default=LetterStatus.NONE)


class InterventionMeeting(Model):
    """A meeting or session: when, where, and who came. Former dates stay."""

    __tablename__ = "intervention_meetings"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    intervention_id: Mapped[int] = mapped_column(ForeignKey("interventions.id"), index=True)
    at: Mapped[Moment]
    place: Mapped[Line] = mapped_column(default="")
    former: Mapped[list[str]] = mapped_column(JSON, default=list)  # earlier dates, ISO
    held_at: Mapped[Moment | None]
    came: Mapped[list[str]] = mapped_column(JSON, default=list)  # names of participants
    note: Mapped[str] = mapped_column(Text, default="")
