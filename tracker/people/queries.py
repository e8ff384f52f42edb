"""What can be asked about people."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import time
from uuid import UUID

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload, with_loader_criteria

from tracker.db import ask, db
from tracker.people.models import ContactPoint, Kinship, Person, PointKind, Relation, VoicemailRule

LIVE = with_loader_criteria(ContactPoint, ContactPoint.retired_at.is_(None))


OF_FAMILY = (
    select(Person)
    .outerjoin(ContactPoint, and_(ContactPoint.person_id == Person.id, ContactPoint.retired_at.is_(None)))
    .where(Person.family_id == bindparam("family"))
    .options(contains_eager(Person.points))
    .order_by(Person.id, ContactPoint.id)
    .limit(400)
)


def of_family(family_id: int) -> Sequence[Person]:
    """The people of a family with their live contact points, in the order in which they were added."""
    return db.session.scalars(OF_FAMILY, {"family": family_id}).unique().all()


def kinships(family_id: int, to_person_id: int) -> dict[int, Kinship]:
    """How each person of a family is kin to one of them: person's key to kinship."""
    rows = db.session.execute(select(Relation.person_id, Relation.kinship).where(Relation.to_person_id == to_person_id))
    return {person_id: kinship for person_id, kinship in rows}


def by_public_id(public_id: UUID | str, family_id: int) -> Person | None:
    """Somebody of a family by the id that forms carry, with their live contact points, as they are now.

    A request that writes came through its case's door, which loaded some people before it had the lock: whoever waited there reads
    them anew.
    """
    query = select(Person).where(Person.public_id == public_id, Person.family_id == family_id)
    query = query.options(selectinload(Person.points), joinedload(Person.family), LIVE).execution_options(populate_existing=True)
    return db.session.scalars(query).first()


def points_of(person_id: int) -> Sequence[ContactPoint]:
    """The live contact points of one person."""
    return db.session.scalars(
        select(ContactPoint).where(ContactPoint.person_id == person_id, ContactPoint.retired_at.is_(None)).order_by(ContactPoint.id).limit(50)
    ).all()


@dataclass(slots=True)
class Phone:
    """What a list reads of a live phone number: what may be left on it, and the hours that suit them."""

    voicemail_rule: VoicemailRule
    best_from: time | None
    best_until: time | None


PHONES = (
    select(ContactPoint.person_id, ContactPoint.voicemail_rule, ContactPoint.best_from, ContactPoint.best_until)
    .where(ContactPoint.person_id.in_(bindparam("people", expanding=True)), ContactPoint.kind == PointKind.PHONE, ContactPoint.retired_at.is_(None))
    .order_by(ContactPoint.id)
)


def phones(people: Collection[int]) -> dict[int, list[Phone]]:
    """The live phone numbers of some people, by the person's key."""
    found: dict[int, list[Phone]] = {}
    for person_id, *facts in ask(PHONES, {"people": sorted(people)}) if people else ():
        found.setdefault(person_id, []).append(Phone(*facts))
    return found
