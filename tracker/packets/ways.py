"""In which ways a packet may go to somebody now, and why not in the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from tracker.cases.models import Case
from tracker.consents.answer import Answer
from tracker.consents.reaching import may_reach, points_of, said_by
from tracker.consents.words import Channel, ReachPurpose, Verdict
from tracker.db import db
from tracker.packets.words import BY_MAIL, Leaving
from tracker.people.models import ContactPoint, Person, PointKind

Asking = Callable[..., Answer]
NO_MAIL = "E-mail is not set up here. Whoever looks after the program can do it (WAYPOINT_SMTP_URL)."


@dataclass(frozen=True, slots=True)
class Way:
    """One way, to one address where it needs one. `warnings` are said beside it."""

    leaving: Leaving
    point: ContactPoint | None = None
    warnings: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """What a form sends for it."""
        return f"{self.leaving.value}:{self.point.public_id}" if self.point else self.leaving.value

    @property
    def label(self) -> str:
        """What people read: with the whole address, so that it can be read back."""
        return f"{self.leaving.label} to {self.point.as_typed}" if self.point else self.leaving.label

    @property
    def is_mail(self) -> bool:
        """Whether it goes through the mail room."""
        return self.leaving in BY_MAIL


@dataclass(frozen=True, slots=True)
class Ways:
    """The open ways, and the closed ones as (name, reason)."""

    open: list[Way]
    closed: list[tuple[str, str]]

    def by_code(self, code: str | None) -> Way | None:
        """The open way of a code."""
        return next((way for way in self.open if way.code == code), None)


def ways_to(person: Person, case: Case, at: datetime, *, sends_mail: bool) -> Ways:
    """Ask the safe-contact gate for every way (trust 2.1).

    Args:
        sends_mail: whether a mail server is set up.
    """
    said = said_by([person.id])[person.id]  # asked once for all ways

    def ask(channel: Channel, point: ContactPoint | None = None) -> Answer:
        return may_reach(person, channel, purpose=ReachPurpose.MATERIAL, at=at, case=case, point=point, said=said)

    points = [point for point in points_of(person) if point.retired_at is None]
    found = Ways([], [])
    _mail(found, [point for point in points if point.kind is PointKind.EMAIL], person, ask, sends_mail)
    for leaving, channel in ((Leaving.IN_PERSON, Channel.IN_PERSON), (Leaving.AT_THE_DESK, Channel.PRINT)):
        answer = ask(channel)
        found.open.append(Way(leaving)) if answer.yes else found.closed.append((leaving.label, answer.reason))
    _posted(found, [point for point in points if point.kind is PointKind.POST], person, ask)
    answer = ask(Channel.CALL)
    found.open.append(Way(Leaving.READ_ALOUD)) if answer.verdict is not Verdict.BLOCKED else found.closed.append((Leaving.READ_ALOUD.label, answer.reason))
    return found


def _mail(found: Ways, points: Sequence[ContactPoint], person: Person, ask: Asking, sends_mail: bool) -> None:
    if not sends_mail:
        found.closed.append(("E-mail", NO_MAIL))
        return
    if not points:
        found.closed.append(("E-mail", ask(Channel.EMAIL).reason))
    for point in points:
        answer = ask(Channel.EMAIL, point)
        if answer.verdict is Verdict.BLOCKED:
            found.closed.append((f"E-mail to {point.as_typed}", answer.reason))
        else:
            warnings = _warnings(point, person)
            found.open.append(Way(Leaving.EMAIL_LINK, point, warnings))
            if point.wants_file:  # only who asked for the file gets it: it stays in a mailbox
                found.open.append(Way(Leaving.EMAIL_FILE, point, warnings))
            else:
                why = f"{person.called} has not asked for files by e-mail (the rules of the address say who has)."
                found.closed.append((f"{Leaving.EMAIL_FILE.label} to {point.as_typed}", why))


def _posted(found: Ways, points: Sequence[ContactPoint], person: Person, ask: Asking) -> None:
    if not points:
        found.closed.append((Leaving.POST.label, ask(Channel.POST).reason))
    for point in points:
        answer = ask(Channel.POST, point)
        if answer.verdict is Verdict.BLOCKED:
            found.closed.append((f"{Leaving.POST.label} to {point.as_typed}", answer.reason))
        else:
            found.open.append(Way(Leaving.POST, point, _warnings(point, person)))


def _warnings(point: ContactPoint, person: Person) -> tuple[str, ...]:
    said = []
    if _elsewhere(point, person):
        said.append("This address also stands in the record of another family. Make sure whose it is.")
    domain = point.value.rpartition("@")[2]
    if point.kind is PointKind.EMAIL and ("xn--" in domain or not domain.isascii()):
        said.append(f"The domain has letters that can look like others: {domain}. Spell it out together.")
    return tuple(said)


def _elsewhere(point: ContactPoint, person: Person) -> bool:
    others = (
        select(func.count()).select_from(ContactPoint).join(Person, Person.id == ContactPoint.person_id)
        .where(ContactPoint.value == point.value, ContactPoint.kind == point.kind, ContactPoint.retired_at.is_(None), Person.family_id != person.family_id)
    )
    return bool(db.session.scalar(others))
