"""What may be done with staff: take on, sign in and out, set a password, disable."""

import secrets
from datetime import date
from email.errors import HeaderParseError
from email.headerregistry import Address

from flask import current_app

from tracker import clock, journal
from tracker.db import db
from tracker.journal import Kind
from tracker.moves import Refused
from tracker.staff import passwords, queries, sessions
from tracker.staff.models import Role, Staff, Team
from tracker.staff.sessions import Actor, Program, actor

SIGNED_IN = journal.verb("staff.signed_in", Kind.ACCESS, "login", "Signed in")
SIGN_IN_REFUSED = journal.verb("staff.sign_in_refused", Kind.ACCESS, "lock", "A sign-in was refused: {why}")
SIGNED_OUT = journal.verb("staff.signed_out", Kind.ACCESS, "logout", "Signed out")
SESSION_ENDED = journal.verb("staff.session_ended", Kind.ACCESS, "logout", "{count} of {name}’s sessions ended")
PASSWORD_SET = journal.verb("staff.password_set", Kind.ACCESS, "lock", "A new password was set for {name}")
TAKEN_ON = journal.verb("staff.taken_on", Kind.ACCESS, "user-plus", "{name} was taken on as {role}")
EMAIL_SET = journal.verb("staff.email_set", Kind.ACCESS, "mail", "Where {name}’s daily list goes was changed")
AWAY = journal.verb("staff.away", Kind.ACCESS, "users", "{name} is away until {until}; {cover} covers")
DISABLED = journal.verb("staff.disabled", Kind.ACCESS, "lock", "{name} can no longer sign in")
ENABLED = journal.verb("staff.enabled", Kind.ACCESS, "lock-open", "{name} can sign in again")
LOOK_CHOSEN = journal.verb("staff.look_chosen", Kind.ACCESS, "settings", "Chose a look")
TEAM_MADE = journal.verb("staff.team_made", Kind.ACCESS, "users", "The team {name} was made")


def make_team(name: str, *, by: Actor | Program) -> Team:
    """Make a team.

    Raises:
        Refused: a team of that name exists.
    """
    if any(team.name.lower() == name.strip().lower() for team in queries.teams()):
        raise Refused("name", f"There is a team called {name} already.")
    team = Team(name=name.strip())
    db.session.add(team)
    journal.record(TEAM_MADE, by=by, about=team, name=team.name)
    return team


def take_on(username: str, name: str, role: Role, password: str, teams: list[Team], *, by: Actor | Program, zone: str, extension: str | None = None) -> Staff:
    """Take somebody on.

    Args:
        username: what they sign in with; kept in lower case.
        password: their first password, already checked or made by new_password().
        zone: IANA name of the zone in which they read times.
    Raises:
        Refused: the name is taken.
    """
    username = username.strip().lower()
    if not username or queries.by_username(username):
        raise Refused("username", f"The user name {username} is taken.")
    moment = clock.now()
    staff = Staff(
        username=username,
        name=name.strip(),
        role=role,
        password_hash=passwords.hash_password(password),
        password_set_at=moment,
        created_at=moment,
        zone=zone,
        extension=extension,
        teams=teams,
    )
    db.session.add(staff)
    journal.record(TAKEN_ON, by=by, about=staff, name=staff.name, role=role)
    return staff


def new_password() -> str:
    """A random first password of 20 letters and figures, easy to read out (no 0, O, 1, l)."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


def set_password(staff: Staff, hashed: str, *, by: Actor | Program, keep: str | None = None, end_sessions: bool = True) -> None:
    """Set a new password and, unless told otherwise, end the person's sessions.

    Args:
        hashed: made by passwords.hash_password(), outside the transaction.
        keep: the session that goes on (one's own).
    """
    staff.password_hash = hashed
    staff.password_set_at = clock.now()
    if end_sessions:
        sessions.end("a new password", staff=staff, keep=keep)
    journal.record(PASSWORD_SET, by=by, about=staff, name=staff.name)


def sign_in(staff: Staff, device: str, rehashed: str | None = None) -> tuple[Actor, bool]:
    """Start a session for somebody whose password was right.

    Args:
        rehashed: the password's hash with today's figures, when the kept one was made with older ones.
    Returns:
        the Actor of the new session, and whether an older session was ended for it.
    """
    if rehashed:
        staff.password_hash = rehashed
    token, ended = sessions.begin(staff, device)
    who = Actor(staff=staff, team_ids=queries.team_ids(staff), session_id=sessions.name_of(token), token=token, last_seen_at=clock.now())
    journal.record(SIGNED_IN, by=who, about=staff)
    return who, ended


def refuse_sign_in(username: str, why: str, staff: Staff | None) -> None:
    """Record that a sign-in was refused (never the password; the name only when it is somebody's)."""
    journal.record(SIGN_IN_REFUSED, by=Program(), about=staff if staff else "staff:unknown", why=why)


def sign_out(who: Actor) -> None:
    """End the session of this request; its cookie is dead from here on, wherever a copy of it lies."""
    sessions.end("signed out", staff=who.staff, session_id=who.session_id)
    journal.record(SIGNED_OUT, by=who, about=who.staff)


def end_sessions(staff: Staff, *, by: Actor, session_id: str | None = None, keep: str | None = None) -> int:
    """End one of somebody's sessions, or all but the one to keep; returns how many."""
    count = sessions.end(f"ended by {by.name}", staff=staff, session_id=session_id, keep=keep)
    journal.record(SESSION_ENDED, by=by, about=staff, name=staff.name, count=count)
    return count


def set_email(staff: Staff, address: str, *, by: Actor | Program) -> None:
    """Where somebody's daily list goes; "" for nowhere.

    Raises:
        Refused: it is not one address.
    """
    typed = address.strip()
    try:
        plain = Address(addr_spec=typed).addr_spec if typed else ""
    except (ValueError, HeaderParseError, IndexError):
        plain = "?"
    if typed and (plain != typed or not typed.isascii() or len(typed) > 254 or not typed.rpartition("@")[2]):
        raise Refused("email", "Enter one e-mail address, such as maya@example.org.")
    staff.email = typed or None
    journal.record(EMAIL_SET, by=by, about=staff, name=staff.name)


def go_away(staff: Staff, until: date | None, cover: Staff | None, *, by: Actor | Program) -> None:
    """Somebody is away until a day (None: they are back), and somebody else answers for their teams meanwhile.

    Raises:
        Refused: the day has passed, or the cover is themselves, gone, away too, or does not supervise.
    """
    if until is not None:
        if until < clock.today(staff.zone):
            raise Refused("until", "That day has passed.")
        if staff.role is Role.SUPERVISOR and cover is None:
            raise Refused("cover", f"Name who answers for {staff.name}’s teams meanwhile.")
        if cover is not None and (cover.id == staff.id or cover.disabled_at or cover.role is not Role.SUPERVISOR or cover.away_until):
            raise Refused("cover", "Choose another supervisor who is there.")
    staff.away_until, staff.cover_id = until, cover.id if until and cover else None
    journal.record(AWAY, by=by, about=staff, name=staff.name, until=until or "now", cover=cover.name if cover else "nobody")


def disable(staff: Staff, *, by: Actor | Program) -> None:
    """Somebody left: no sign-in from now on, and every session of theirs ends in the same transaction.

    Raises:
        Refused: they are the last administrator, or oneself.
    """
    if staff.id == by.id:
        raise Refused(None, "Nobody disables their own account.")
    others = [one for one in queries.everybody() if one.role is Role.ADMIN and one.disabled_at is None and one.id != staff.id]
    if staff.role is Role.ADMIN and not others:
        raise Refused(None, "This is the last administrator. Take on another one first.")
    staff.disabled_at = clock.now()
    sessions.end("disabled", staff=staff)
    journal.record(DISABLED, by=by, about=staff, name=staff.name)


def enable(staff: Staff, *, by: Actor | Program) -> None:
    """Somebody is back."""
    staff.disabled_at = None
    journal.record(ENABLED, by=by, about=staff, name=staff.name)


def choose_look(staff: Staff, theme: str, single_keys: bool, *, by: Actor) -> None:
    """Keep how somebody wants the pages to look and listen."""
    staff.theme, staff.single_keys = theme, single_keys
    journal.record(LOOK_CHOSEN, by=by, about=staff)


def as_staff(staff: Staff) -> Actor:
    """Somebody acting from the terminal."""
    return actor(staff, queries.team_ids(staff))


def organisation() -> str:
    """The organisation's name, as the settings have it."""
    return current_app.config["WAYPOINT"].org_name
