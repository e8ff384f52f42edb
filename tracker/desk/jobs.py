"""What the worker does for the desk: each working morning everybody's list goes out once."""

from datetime import date, time, timedelta

from flask import current_app
from sqlalchemy import CursorResult, or_, select, update

from tracker import clock, journal
from tracker.db import begin_writing, db
from tracker.desk import digest, idle
from tracker.journal import Kind
from tracker.mailroom import transport
from tracker.staff.models import Staff
from tracker.staff.sessions import Program

SENT = journal.verb("digest.sent", Kind.CHANGE, "mail", "The list of the day was sent to {who}")
UNTIL = time(12)  # a list that could not be sent by noon is not sent that day


def send_lists() -> int:
    """Send the lists whose hour has come; each goes out once a working day, and a line that dropped is not tried twice.

    Returns:
        how many were taken by the mail server.
    """
    settings = current_app.config["WAYPOINT"]
    if not settings.sends_mail or not settings.digest_hour:
        return 0
    begin_writing()
    found = db.session.scalars(select(Staff).where(Staff.email.is_not(None), Staff.disabled_at.is_(None)).order_by(Staff.id).limit(2_000)).all()
    waiting = [(one.id, clock.today(one.zone)) for one in found if _hour_has_come(one, settings.digest_hour)]
    db.session.rollback()
    return sum(_send(key, day) for key, day in waiting)


def _hour_has_come(staff: Staff, hour: int) -> bool:
    local = clock.local(clock.now(), staff.zone)
    if local.isoweekday() > 5 or not time(hour) <= local.time() < UNTIL or idle.is_away(staff):
        return False
    return staff.digest_on is None or staff.digest_on < local.date()


def _send(key: int, day: date) -> int:
    begin_writing()
    free = or_(Staff.digest_on.is_(None), Staff.digest_on < day)
    claimed = db.session.execute(update(Staff).where(Staff.id == key, free).values(digest_on=day))
    staff = db.session.get(Staff, key, populate_existing=True)
    if not (isinstance(claimed, CursorResult) and claimed.rowcount == 1) or staff is None:
        db.session.rollback()
        return 0
    found = digest.of(staff)
    raw, to = digest.message(staff, found), staff.email or ""
    if not found.is_empty:
        journal.record(SENT, by=Program(), about=staff, who=staff.name)
    journal.commit()
    if found.is_empty:
        return 0
    settings = current_app.config["WAYPOINT"]
    tried = transport.hand_over(raw, settings.mail_from, to, transport.Server.of(settings.smtp_url))
    if tried.outcome is transport.Outcome.LATER:  # nothing was handed over: the next round tries again, until noon
        begin_writing()
        db.session.execute(update(Staff).where(Staff.id == key).values(digest_on=day - timedelta(days=1)))
        journal.commit()
    return int(tried.outcome is transport.Outcome.ACCEPTED)
