"""What can be asked about placements."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.cases.access import visible_to
from tracker.cases.models import Case
from tracker.db import db
from tracker.directory.audience import Attendee
from tracker.directory.groups.models import Meeting
from tracker.directory.groups.wanted import ForWhom
from tracker.errors import NotHere
from tracker.people.models import AgeBand, Kinship, Person, Relation
from tracker.placements.models import LIVE, Placement
from tracker.staff.sessions import Actor

PARENTS = {Kinship.PARENT, Kinship.STEP_PARENT}


def placement_or_404(public_id: UUID, actor: Actor) -> Placement:
    """A placement of a case that exists for somebody, with its person, meeting and what was told. Raises NotHere."""
    found = db.session.scalars(
        select(Placement)
        .join(Case, Case.id == Placement.case_id)
        .where(Placement.public_id == public_id, visible_to(actor))
        .options(
            joinedload(Placement.case).joinedload(Case.family), joinedload(Placement.person), selectinload(Placement.told),
            joinedload(Placement.meeting).joinedload(Meeting.group),
        )
    ).first()  # fmt: skip
    if found is None:
        raise NotHere
    return found


def somebody_is_placed(case: Case) -> bool:
    """Whether a placement goes on in the running episode; each was admitted by its group when it was made."""
    query = select(Placement.id).where(Placement.case_id == case.id, Placement.episode == case.episode, Placement.status.in_(LIVE))
    return db.session.execute(query.limit(1)).first() is not None


def live_with(person: Person, meeting: Meeting) -> Placement | None:
    """A placement of this person in this meeting that goes on."""
    query = select(Placement).where(Placement.person_id == person.id, Placement.meeting_id == meeting.id, Placement.status.in_(LIVE))
    return db.session.scalars(query.limit(1)).first()


def family(case: Case) -> Sequence[Person]:
    """The people of a case's family who may be asked, the person of concern among them."""
    query = select(Person).where(Person.family_id == case.family_id, Person.died_at.is_(None), Person.no_contact_at.is_(None))
    return db.session.scalars(query.order_by(Person.id).limit(40)).all()


def attendees(case: Case, people: Sequence[Person]) -> dict[int, Attendee]:
    """What a group's door asks about each person, by the person's key: kin to the person of concern, age, loss."""
    query = select(Relation.person_id, Relation.kinship).where(Relation.to_person_id == case.person_id)
    kinships = dict(db.session.execute(query).all())
    lost = case.person.died_at is not None
    return {
        person.id: Attendee(
            name=person.called,
            own_use=person.id == case.person_id,
            parent=kinships.get(person.id) in PARENTS,
            teen=None if person.age_band is None else person.age_band is AgeBand.TEEN,
            bereaved=lost and person.id != case.person_id,
        )
        for person in people
    }


def looks_for(going: Sequence[Attendee]) -> ForWhom | None:
    """For whom the finder looks at first, by who goes; None when they do not go to the same kind of group."""
    looks = {_look(one) for one in going}
    if looks == {ForWhom.PARENTS, ForWhom.FAMILY}:
        return ForWhom.FAMILY
    return looks.pop() if len(looks) == 1 else None


def _look(one: Attendee) -> ForWhom:
    if one.bereaved:
        return ForWhom.GRIEVING
    if one.own_use:
        return ForWhom.PERSON
    if one.teen:
        return ForWhom.TEENS
    return ForWhom.PARENTS if one.parent else ForWhom.FAMILY
