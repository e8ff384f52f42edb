"""Changing what is known about people and families: the case's page says who did, and the folded names follow."""

from typing import Any

from sqlalchemy import select

from tracker import journal
from tracker.db import db
from tracker.journal import Kind
from tracker.people.actions import guess_zone, rename
from tracker.people.folding import fold
from tracker.people.models import AgeBand, Family, Kinship, Person, Relation
from tracker.staff.sessions import Actor

PERSON_CHANGED = journal.verb("person.changed", Kind.CHANGE, "pencil", "What is known about {name} changed: {what}")
FAMILY_CHANGED = journal.verb("family.changed", Kind.CHANGE, "pencil", "The family changed: {what}")


def change_person(
    person: Person, *, first_name: str, last_name: str, age_band: AgeBand | None, pronouns: str, about: str, language: str, zone: str,
    kinship: Kinship | None, of: Person, case: Any, by: Actor,
) -> None:  # fmt: skip
    """Set what is known about somebody.

    Args:
        language, zone: "" where they are the family's.
        kinship: what they are to `of`, the person of concern; None: not known.
    """
    wanted = {
        "age": age_band, "pronouns": pronouns.strip() or None, "about": about.strip() or None, "language": language or None, "zone": zone or None,
    }  # fmt: skip
    names = {"age": "age_band"}
    changed = ["name"] if (person.first_name, person.last_name) != (first_name.strip(), last_name.strip()) else []
    rename(person, first_name, last_name)
    for word, value in wanted.items():
        if getattr(person, names.get(word, word)) != value:
            setattr(person, names.get(word, word), value)
            changed.append(word)
    if person is not of and set_kinship(person, of, kinship):
        changed.append("kinship")
    if changed:
        journal.record(PERSON_CHANGED, by=by, about=person, case=case, name=person.name, what=", ".join(changed))


def set_kinship(person: Person, to: Person, kinship: Kinship | None) -> bool:
    """Say how somebody is kin to another, in place of what stood; None takes it away. Returns whether anything changed."""
    db.session.flush()
    standing = db.session.scalars(select(Relation).where(Relation.person_id == person.id, Relation.to_person_id == to.id)).first()
    if standing is None:
        if kinship is not None:
            db.session.add(Relation(person_id=person.id, to_person_id=to.id, kinship=kinship))
        return kinship is not None
    if kinship is None:
        db.session.delete(standing)
        return True
    changed = standing.kinship is not kinship
    standing.kinship = kinship
    return changed


def change_family(
    family: Family, *, name: str, zip_code: str, zone: str, language: str, interpreter_needed: bool, phone: str | None, otherwise: str,
    case: Any, by: Actor,
) -> None:  # fmt: skip
    """Set what is known about a family as a whole.

    Args:
        zone: IANA name that they told us, or "" to guess it.
        phone: E.164 of a number to guess by.
        otherwise: the organisation's own zone.
    """
    guessed = not zone
    wanted = {
        "name": name.strip(), "zip_code": zip_code.strip() or None, "zone": zone or guess_zone(zip_code.strip(), phone, otherwise).zone,
        "zone_guessed": guessed, "language": language, "interpreter_needed": interpreter_needed,
    }  # fmt: skip
    words = {"zip_code": "ZIP", "zone": "time zone", "zone_guessed": "", "interpreter_needed": "interpreter"}
    changed = [words.get(field, field) for field, value in wanted.items() if getattr(family, field) != value]
    for field, value in wanted.items():
        setattr(family, field, value)
    family.folded_name = fold(name)
    if changed:
        journal.record(FAMILY_CHANGED, by=by, about=family, case=case, what=", ".join(word for word in changed if word) or "time zone")
