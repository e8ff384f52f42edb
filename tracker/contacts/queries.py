"""What can be asked about contacts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import attributes, joinedload

from tracker import clock
from tracker.cases.access import visible_to
from tracker.cases.models import Case
from tracker.contacts.models import Contact, ContactText
from tracker.contacts.words import TRIES, ContactType
from tracker.db import db
from tracker.errors import NotHere
from tracker.people import queries as people
from tracker.people.models import ContactPoint, Person
from tracker.staff.sessions import Actor

LATEST = 50


def points_of(person: Person) -> Sequence[ContactPoint]:
    """The ways to reach somebody that are in use; read once, when they are not loaded already."""
    if "points" in attributes.instance_state(person).dict:
        return [point for point in person.points if point.retired_at is None]
    query = select(ContactPoint).where(ContactPoint.person_id == person.id, ContactPoint.retired_at.is_(None))
    return db.session.scalars(query.order_by(ContactPoint.id)).all()


def people_of(case: Case) -> list[Person]:
    """The people of a case's family with their ways to be reached: the main contact first, then the person of concern."""
    first = {case.main_contact_id: 0, case.person_id: 1}
    return sorted(people.of_family(case.family_id), key=lambda person: first.get(person.id, 2))


def latest(case: Case, size: int = LATEST) -> Sequence[Contact]:
    """A case's newest contacts, by when they were."""
    query = select(Contact).where(Contact.case_id == case.id).options(joinedload(Contact.person))
    return db.session.scalars(query.order_by(Contact.at.desc(), Contact.id.desc()).limit(size)).all()


def contact_or_404(public_id: UUID, actor: Actor) -> tuple[Contact, UUID]:
    """A contact of a case that exists for somebody, and that case's id for its door. Raises NotHere."""
    query = select(Contact, Case.public_id).join(Case, Case.id == Contact.case_id).where(Contact.public_id == public_id, visible_to(actor))
    rows = joinedload(Contact.person), joinedload(Contact.note_of), joinedload(Contact.by)
    found = db.session.execute(query.options(*rows)).first()
    if found is None:
        raise NotHere
    return found[0], found[1]


def texts(contact: Contact) -> Sequence[ContactText]:
    """Earlier wordings of a contact's note, the first text first."""
    return db.session.scalars(select(ContactText).where(ContactText.contact_id == contact.id).order_by(ContactText.number)).all()


@dataclass(frozen=True, slots=True)
class Attempts:
    """How often somebody was tried since they were last reached: on how many days, at how many hours, in how many ways."""

    tries: int
    days: int
    hours: int
    ways: int

    @property
    def told(self) -> str:
        """The tries in words: 3 tries on 3 days, at 2 hours, in 1 way."""
        parts = ((self.tries, "tries", "try"), (self.days, "days", "day"), (self.hours, "hours of the day", "hour of the day"), (self.ways, "ways", "way"))
        tries, days, hours, ways = (f"{count} {one if count == 1 else many}" for count, many, one in parts)
        return f"{tries} on {days}, at {hours}, in {ways}"

    @property
    def enough(self) -> bool:
        """Three tries, not all on one day, nor at one hour and in one way: then "unable to reach" may be said (domain 3.7)."""
        return self.tries >= 3 and self.days >= 3 and (self.hours > 1 or self.ways > 1)


def attempts(case: Case, now: tuple[datetime, ContactType] | None = None) -> Attempts:
    """The tries since somebody of the family was last reached, counted on their clock.

    Args:
        now: when and how somebody is tried right now, if that shall count already.
    """
    zone = case.family.zone
    query = select(Contact.at, Contact.type).where(Contact.case_id == case.id, Contact.outcome.in_(TRIES), Contact.person_id.is_not(None))
    if case.last_reached_at is not None:
        query = query.where(Contact.at > case.last_reached_at)
    found = [*db.session.execute(query.order_by(Contact.at.desc()).limit(LATEST)), *([now] if now else [])]
    local = [(clock.local(at, zone), kind) for at, kind in found]
    return Attempts(
        tries=len(local),
        days=len({moment.date() for moment, _ in local}),
        hours=len({moment.hour for moment, _ in local}),
        ways=len({kind for _, kind in local}),
    )
