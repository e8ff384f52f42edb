"""Sessions on the server: a copied cookie is dead after sign-out, and nothing outlives its limits (trust 1.3)."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from flask_login import UserMixin
from sqlalchemy import bindparam, select, update

from tracker import clock
from tracker.db import db
from tracker.staff.models import Role, Staff, StaffSession, members

PARALLEL = 3
SEEN_EVERY = timedelta(seconds=60)


@dataclass(frozen=True)
class Actor(UserMixin):
    """Who acts, in which session: the `by=` of every deed."""

    staff: Staff
    team_ids: frozenset[int]
    session_id: str | None = None
    token: str | None = None
    last_seen_at: datetime | None = None

    @property
    def id(self) -> int:
        return self.staff.id

    @property
    def name(self) -> str:
        return self.staff.name

    @property
    def role(self) -> Role:
        return self.staff.role

    @property
    def zone(self) -> str:
        return self.staff.zone

    def get_id(self) -> str:
        """What the signed cookie carries: the session's token."""
        return self.token or ""


class Program:
    """The program itself, or whoever sits at its terminal: acts without a session."""

    id: int | None = None
    session_id: str | None = None
    name = "Waypoint"


def actor(staff: Staff, team_ids: frozenset[int] = frozenset()) -> Actor:
    """Somebody acting outside a browser (the command line, the demonstration)."""
    return Actor(staff=staff, team_ids=team_ids)


def name_of(token: str) -> str:
    """The name under which a token's session is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin(staff: Staff, device: str) -> tuple[str, bool]:
    """Start a session; a fourth one ends the oldest.

    Args:
        device: what the browser says it is, for the person's own list.
    Returns:
        the token for the cookie, and whether an older session was ended.
    """
    moment = clock.now()
    live = db.session.scalars(
        select(StaffSession)
        .where(StaffSession.staff_id == staff.id, StaffSession.ended_at.is_(None))
        .order_by(StaffSession.last_seen_at.desc())
    ).all()
    live = [session for session in live if not _over(session.created_at, session.last_seen_at, moment)]
    for session in live[PARALLEL - 1 :]:
        session.ended_at, session.ended_why = moment, "a newer sign-in"
    token = secrets.token_urlsafe(32)
    db.session.add(
        StaffSession(
            id_sha256=name_of(token), staff_id=staff.id, created_at=moment, last_seen_at=moment, auth_at=moment, device=device[:120]
        )
    )
    return token, len(live) >= PARALLEL


def _over(created_at: datetime, last_seen_at: datetime, moment: datetime) -> bool:
    settings = current_app.config["WAYPOINT"]
    idle = moment - last_seen_at >= timedelta(minutes=settings.idle_minutes)
    return idle or moment - created_at >= timedelta(hours=settings.session_hours)


LIVE = (
    select(Staff, StaffSession.id_sha256, StaffSession.created_at, StaffSession.last_seen_at, members.c.team_id)
    .select_from(StaffSession)
    .join(Staff, Staff.id == StaffSession.staff_id)
    .outerjoin(members, members.c.staff_id == Staff.id)
    .where(StaffSession.id_sha256 == bindparam("name"), StaffSession.ended_at.is_(None), Staff.disabled_at.is_(None))
)


def find(token: str) -> Actor | None:
    """Who a token belongs to; None when its session is ended, idle too long, too old, or its person disabled."""
    if not token or len(token) > 100:
        return None
    rows = db.session.execute(LIVE, {"name": name_of(token)}).all()
    if not rows:
        return None
    staff, session_id, created_at, last_seen_at, _ = rows[0]
    if _over(created_at, last_seen_at, clock.now()):
        return None
    teams = frozenset(row.team_id for row in rows if row.team_id is not None)
    return Actor(staff=staff, team_ids=teams, session_id=session_id, token=token, last_seen_at=last_seen_at)


def owner(token: str) -> Staff | None:
    """Whose session a token was, even when it has ended: who may sign in again over the open page."""
    if not token or len(token) > 100:
        return None
    query = select(Staff).join(StaffSession, StaffSession.staff_id == Staff.id).where(StaffSession.id_sha256 == name_of(token))
    return db.session.scalars(query).first()


def seen(actor: Actor) -> bool:
    """Whether it is time to note that a session is in use (at most once a minute)."""
    return actor.last_seen_at is not None and clock.now() - actor.last_seen_at >= SEEN_EVERY


def note_seen(actor: Actor) -> None:
    """Note that a session is in use now."""
    db.session.execute(
        update(StaffSession).where(StaffSession.id_sha256 == actor.session_id).values(last_seen_at=clock.now())
    )


def end(why: str, *, staff: Staff, session_id: str | None = None, keep: str | None = None) -> int:
    """End one session of a person, or all but one.

    Args:
        why: kept with the row, and shown nowhere else.
        session_id: only this one.
        keep: all but this one.
    Returns:
        how many were ended.
    """
    query = update(StaffSession).where(StaffSession.staff_id == staff.id, StaffSession.ended_at.is_(None))
    if session_id is not None:
        query = query.where(StaffSession.id_sha256 == session_id)
    if keep is not None:
        query = query.where(StaffSession.id_sha256 != keep)
    return db.session.execute(query.values(ended_at=clock.now(), ended_why=why)).rowcount
