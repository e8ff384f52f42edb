"""The daily list by e-mail: counts and case numbers of what its reader may see, and no name of a family."""

import email.policy
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from flask import current_app

from tracker import clock
from tracker.cases import promises
from tracker.desk import idle, queries
from tracker.desk.idle import Idle
from tracker.desk.queries import Bounds, Show
from tracker.staff.actions import as_staff
from tracker.staff.models import Role, Staff

POLICY = email.policy.SMTP.clone(cte_type="7bit", max_line_length=78)
SUBJECT = "Your list for today"


@dataclass(frozen=True, slots=True)
class Digest:
    """What stands in one person's list."""

    name: str
    to_do: int
    late: int
    promised: int
    mine: list[Idle]
    teams: list[Idle]
    days: int
    later_days: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.to_do or self.promised or self.mine or self.teams)


def of(staff: Staff) -> Digest:
    """Somebody's list as it is now."""
    settings, actor = current_app.config["WAYPOINT"], as_staff(staff)
    bounds = Bounds.of(staff.zone)
    works = staff.role in (Role.COORDINATOR, Role.SUPERVISOR)
    sums = queries.sums(actor, bounds, settings.quiet_days) if works else queries.Sums()
    later = settings.quiet_days + settings.quiet_more_days
    return Digest(
        staff.name.split()[0], sums.of(Show.ALL), sums.late, len(promises.mine(actor, bounds.untimed)) if works else 0,
        idle.of_owner(staff, settings.quiet_days) if works else [], idle.of_teams(staff, later), settings.quiet_days, later,
    )  # fmt: skip


def words(found: Digest, url: str) -> str:
    """A list as plain text."""
    lines = [f"Good morning, {found.name}.", "", f"To do today: {found.to_do}, of these overdue: {found.late}. Promised: {found.promised}.", ""]
    if found.mine:
        lines += [f"Your cases without a contact for {found.days} days or more:", *(f"- Case {one.number}: {one.days} days" for one in found.mine), ""]
    if found.teams:
        head = f"Cases of the teams you answer for without a contact for {found.later_days} days or more:"
        lines += [head, *(f"- Case {one.number}: {one.days} days, {one.owner}" for one in found.teams), ""]
    return "\n".join([*lines, f"{url}/today", "", "This list holds numbers and no names, since mail can be read by others.", ""])


def message(staff: Staff, found: Digest) -> bytes:
    """A list as the bytes of an e-mail to its reader."""
    settings = current_app.config["WAYPOINT"]
    made = EmailMessage(policy=POLICY)
    made["From"] = Address(settings.mail_name, addr_spec=settings.mail_from)
    made["To"] = Address(addr_spec=staff.email or "")
    made["Subject"] = SUBJECT
    made["Date"] = format_datetime(clock.local(clock.now(), staff.zone))
    made["Message-ID"] = make_msgid(domain=settings.mail_from.rpartition("@")[2])
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(words(found, settings.base_url))
    return made.as_bytes()
