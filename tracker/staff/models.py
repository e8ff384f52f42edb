"""Staff, Team, Role and the sessions kept on the server."""

from datetime import date

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import BigKey, FoldedText, Key, Line, Model, Moment, PublicId, Short, coded, db
from tracker.words import Words


class Role(Words):
    """What a member of staff may be; the policy of each stands in permissions.py."""

    COORDINATOR = "coordinator", "Coordinator"
    PACKET_STAFF = "packet_staff", "Packet staff"
    SUPERVISOR = "supervisor", "Supervisor"
    ADMIN = "admin", "Administrator"
    AUDITOR = "auditor", "Auditor"


members = Table(
    "team_members",
    db.metadata,
    Column("team_id", BigKey, ForeignKey("teams.id"), primary_key=True),
    Column("staff_id", BigKey, ForeignKey("staff.id"), primary_key=True, index=True),
)


class Team(Model):
    """People who answer for the same cases."""

    __tablename__ = "teams"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    name: Mapped[Short] = mapped_column(unique=True)

    staff: Mapped[list["Staff"]] = relationship(secondary=members, back_populates="teams", lazy="raise")


class Staff(Model):
    """One person who signs in; never shared, never deleted, only disabled."""

    __tablename__ = "staff"
    __table_args__ = (CheckConstraint("length(username) > 0", name="username_given"),)

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    username: Mapped[str] = mapped_column(FoldedText, unique=True)
    name: Mapped[Short]
    role: Mapped[Role] = mapped_column(coded(Role))
    password_hash: Mapped[str] = mapped_column(String(200))
    password_set_at: Mapped[Moment]
    extension: Mapped[str | None] = mapped_column(String(20))
    zone: Mapped[str] = mapped_column(String(60))
    theme: Mapped[str] = mapped_column(String(10), default="")
    single_keys: Mapped[bool] = mapped_column(Boolean, default=True)
    created_at: Mapped[Moment]
    disabled_at: Mapped[Moment | None]
    email: Mapped[Line | None]  # where their daily list goes
    digest_on: Mapped[date | None] = mapped_column(Date)  # the day of the last one
    away_until: Mapped[date | None] = mapped_column(Date)
    cover_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))  # who answers for their teams meanwhile

    teams: Mapped[list[Team]] = relationship(secondary=members, back_populates="staff", lazy="raise")

    @property
    def initials(self) -> str:
        """Two letters for the avatar."""
        return "".join(word[0] for word in self.name.split()[:2]).upper()


class StaffSession(Model):
    """One sign-in, kept on the server: only the SHA-256 of its 256-bit token is stored."""

    __tablename__ = "sessions"
    __table_args__ = (Index("ix_sessions_live", "staff_id", "ended_at"),)

    id_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[Moment]
    last_seen_at: Mapped[Moment]
    auth_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]
    ended_why: Mapped[str | None] = mapped_column(String(40))
    device: Mapped[Short]


class Throttle(Model):
    """How often something was tried in a window of time: one row a key, shared by all workers."""

    __tablename__ = "throttles"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)
    until: Mapped[Moment]
