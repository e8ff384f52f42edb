"""The families of the packet tests, and the shelf. The Walkers are Maya's; the Boones are noise in the other team."""

from dataclasses import dataclass
from datetime import timedelta

from tests.cast import Cast
from tracker import clock
from tracker.cases.actions import NextStep, open_case
from tracker.cases.models import Case
from tracker.cases.words import NextStepKind
from tracker.db import db
from tracker.library.actions import load_shelf
from tracker.library.models import Edition
from tracker.library.queries import shelf
from tracker.people.models import Family, Person
from tracker.staff.sessions import Program


@dataclass
class House:
    """A case with two people, and the shelf by slug. The rows are for deeds; `key` and `ids` outlive a request of a client."""

    case: Case
    caller: Person
    person: Person
    editions: dict[str, Edition]
    key: str
    ids: dict[str, str]

    def chosen(self, *slugs: str) -> list[str]:
        """What a form sends for some materials or people."""
        return [self.ids[slug] for slug in slugs]


def house(cast: Cast, name: str = "Walker", owner: str = "maya") -> House:
    """A family with its case, in the database."""
    moment = clock.now()
    family = Family(name=name, folded_name=name.lower(), zone="America/Chicago", created_at=moment)
    caller, person = (
        Person(family=family, first_name=first, last_name=name, folded_first=first.lower(), folded_last=name.lower(), created_at=moment)
        for first in ("Denise", "Marcus")
    )
    db.session.add_all([family, caller, person])
    team = cast.north if owner in ("maya", "ben", "ruth") else cast.south
    step = NextStep(NextStepKind.CALL, "Call back", moment + timedelta(days=1))
    case = open_case(family, person, caller, cast[owner], team, step, by=cast.actor(owner))
    if not shelf():
        load_shelf(by=Program())
    db.session.flush()
    editions = {edition.material.slug: edition for edition in shelf("en")}
    ids = {slug: str(edition.public_id) for slug, edition in editions.items()}
    ids |= {"denise": str(caller.public_id), "marcus": str(person.public_id)}
    return House(case, caller, person, editions, str(case.public_id), ids)
