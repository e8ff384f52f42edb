"""An invented family in Oregon for tests: Linh worries about her son Marcus; her brother Bao and her niece Ivy live with them."""

from dataclasses import dataclass
from datetime import timedelta

from tests.cast import Cast
from tracker import clock
from tracker.cases.actions import NextStep, open_case
from tracker.cases.models import Case
from tracker.cases.words import NextStepKind
from tracker.db import db
from tracker.people.models import AgeBand, Family, Kinship, Person, Relation

KIN = {"linh": (AgeBand.MIDDLE, Kinship.PARENT), "bao": (AgeBand.MIDDLE, Kinship.OTHER_FAMILY), "ivy": (AgeBand.TEEN, Kinship.OTHER_FAMILY)}


@dataclass
class Home:
    """A case and the people of its family."""

    case: Case
    marcus: Person
    linh: Person
    bao: Person
    ivy: Person


def make_home(cast: Cast, owner: str = "maya", zone: str = "America/Los_Angeles", step: NextStepKind = NextStepKind.PLACE) -> Home:
    """Open the case; its next step is to find a group, tomorrow."""
    moment = clock.now()
    family = Family(name="Nguyen", folded_name="nguyen", zip_code="97124", zone=zone, zone_guessed=True, created_at=moment)
    people = {
        name: Person(family=family, first_name=name.title(), folded_first=name, age_band=age, created_at=moment)
        for name, age in {"marcus": AgeBand.YOUNG_ADULT, **{name: age for name, (age, _) in KIN.items()}}.items()
    }
    db.session.add_all([family, *people.values()])
    db.session.flush()
    db.session.add_all(
        Relation(person_id=people[name].id, to_person_id=people["marcus"].id, kinship=kinship) for name, (_, kinship) in KIN.items()
    )
    team = cast.north if owner in ("maya", "ben", "ruth") else cast.south
    next_step = NextStep(step, "Find a group for Linh", moment + timedelta(days=1))
    case = open_case(family, people["marcus"], people["linh"], cast[owner], team, next_step, by=cast.actor(owner))
    return Home(case=case, **people)
