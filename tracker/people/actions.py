"""What may be done with people: begin a family, add its people, say how they are kin, and how they can be reached."""

from typing import Any

from tracker import clock, journal, places
from tracker.db import db
from tracker.journal import Kind
from tracker.moves import Refused
from tracker.people.folding import fold, reversed_digits
from tracker.people.models import AgeBand, ContactPoint, Family, Kinship, Person, PointKind, Relation
from tracker.people.rules import Rules
from tracker.staff.sessions import Actor

PERSON_ADDED = journal.verb("person.added", Kind.CHANGE, "user-plus", "{name} added to the family")
POINT_ADDED = journal.verb("person.point_added", Kind.CHANGE, "phone", "A way to reach {name} added: {kind}")


def add_family(name: str, *, zone: str, zone_guessed: bool = True, zip_code: str | None = None, language: str = "en-US") -> Family:
    """Begin a family; nobody must give a name.

    Args:
        name: the family's name as it was given, or "".
        zone: IANA zone in which they live, best known or guessed.
    """
    family = Family(
        name=name.strip(), folded_name=fold(name), zone=zone, zone_guessed=zone_guessed, zip_code=zip_code or None,
        language=language or "en-US", created_at=clock.now(),
    )  # fmt: skip
    db.session.add(family)
    return family


def guess_zone(zip_code: str | None, phone: str | None, otherwise: str) -> places.Guess:
    """Where somebody probably is: by ZIP code, else by area code, else the organisation's own zone. A guess, and said so.

    Args:
        phone: E.164.
        otherwise: IANA zone when nothing tells more.
    """
    by_zip = places.zone_of_zip(zip_code) if zip_code else None
    by_phone = places.zone_of_phone(phone) if phone and not by_zip else None
    return by_zip or by_phone or places.Guess(otherwise, "our own zone")


def add_person(
    family: Family, *, first_name: str = "", last_name: str = "", age_band: AgeBand | None = None, about: str = "", pronouns: str = "", **more: Any
) -> Person:
    """Add somebody to a family; they may be unnamed.

    Args:
        about: a line about them in staff's words ("lives with her").
        more: language or zone, where they differ from the family's.
    """
    person = Person(
        family=family, created_at=clock.now(), age_band=age_band, about=about.strip() or None, pronouns=pronouns.strip() or None,
        language=more.get("language"), zone=more.get("zone"),
    )
    rename(person, first_name, last_name)
    db.session.add(person)
    return person


def rename(person: Person, first_name: str, last_name: str) -> None:
    """Give a person's name as they say it; what it is compared by is kept in step."""
    person.first_name, person.last_name = first_name.strip(), last_name.strip()
    person.folded_first, person.folded_last = fold(first_name), fold(last_name)


def split_name(said: str) -> tuple[str, str]:
    """First and last name out of a name as it was said: the last word is the last name when there is more than one."""
    words = said.split()
    return (" ".join(words[:-1]), words[-1]) if len(words) > 1 else (said.strip(), "")


def relate(person: Person, to: Person, kinship: Kinship) -> Relation | None:
    """Say how somebody is kin to another person of the family; nobody is kin to themselves.

    Raises:
        Refused: they are of different families.
    """
    if person is to:
        return None
    db.session.flush()
    if person.family_id != to.family_id:
        raise Refused("kinship", "They belong to different families.")
    relation = Relation(person_id=person.id, to_person_id=to.id, kinship=kinship)
    db.session.add(relation)
    return relation


def add_phone(person: Person, e164: str, as_typed: str, rules: Rules, *, extension: str = "") -> ContactPoint:
    """Add a phone number with its own rules; what is not ticked is not allowed."""
    return _add(person, PointKind.PHONE, e164, as_typed, rules, extension=extension, digits_reversed=reversed_digits(e164))


def add_email(person: Person, address: str, rules: Rules) -> ContactPoint:
    """Add an e-mail address with its own rules."""
    return _add(person, PointKind.EMAIL, address.strip().lower(), address, rules)


def add_post(person: Person, address: str, rules: Rules) -> ContactPoint:
    """Add a postal address with its own rules."""
    return _add(person, PointKind.POST, " ".join(address.split()), address, rules)


def _add(person: Person, kind: PointKind, value: str, as_typed: str, rules: Rules, **more: Any) -> ContactPoint:
    point = ContactPoint(
        person=person, kind=kind, value=value, as_typed=as_typed.strip()[:300], created_at=clock.now(),
        ok_to_call=rules.ok_to_call, ok_to_text=rules.ok_to_text, ok_to_write=rules.ok_to_write, wants_file=rules.wants_file,
        voicemail_rule=rules.voicemail_rule, discreet=rules.discreet, best_from=rules.best_from, best_until=rules.best_until,
        is_shared=rules.is_shared, shared_with=rules.shared_with,
        note=rules.note, **more,
    )  # fmt: skip
    db.session.add(point)
    return point


def record_added(person: Person, case: Any, *, by: Actor) -> None:
    """Write the journal line of somebody added to a family after its case was opened."""
    journal.record(PERSON_ADDED, by=by, about=person, case=case, name=person.name)


def record_point(point: ContactPoint, person: Person, case: Any, *, by: Actor) -> None:
    """Write the journal line of a way to reach somebody that was added later."""
    journal.record(POINT_ADDED, by=by, about=point, case=case, name=person.name, kind=point.kind)
