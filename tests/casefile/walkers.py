"""An invented family of Ohio for tests: Denise worries about her son Marcus; her brother Andre lives near. Maya, of team North, has the case."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import select

from tests.cast import Cast
from tracker import clock
from tracker.cases.access import ROW
from tracker.cases.actions import NextStep, due_on, open_case
from tracker.cases.models import Case
from tracker.cases.words import NextStepKind
from tracker.contacts.actions import Told, log_contact
from tracker.db import db
from tracker.people import actions as people
from tracker.people.models import AgeBand, ContactPoint, Kinship, Person, VoicemailRule
from tracker.people.rules import Rules

ZONE = "America/New_York"


@dataclass
class Walkers:
    """The case, its people, and Denise's phone."""

    case: Case
    denise: Person
    marcus: Person
    andre: Person
    phone: ContactPoint

    def again(self) -> Case:
        """The case as the door gives it, with its people, however often it was committed since."""
        query = select(Case).where(Case.id == self.case.id).options(*ROW).execution_options(populate_existing=True)
        return db.session.scalars(query).one()

    @property
    def url(self) -> str:
        """The address of the case."""
        return f"/cases/{self.case.public_id}"


def make_walkers(cast: Cast, owner: str = "maya", name: str = "Walker", due: datetime | None = None) -> Walkers:
    """Open their case: the next step is to call Denise, tomorrow unless said otherwise. Nothing is committed."""
    family = people.add_family(name, zone=ZONE, zone_guessed=False, zip_code="43215")
    denise = people.add_person(family, first_name="Denise", last_name=name, age_band=AgeBand.MIDDLE)
    marcus = people.add_person(family, first_name="Marcus", last_name=name, age_band=AgeBand.ADULT, about="lives with her")
    andre = people.add_person(family, first_name="Andre", last_name=name)
    people.relate(denise, marcus, Kinship.PARENT)
    people.relate(andre, marcus, Kinship.OTHER_FAMILY)
    rules = Rules(ok_to_call=True, voicemail_rule=VoicemailRule.NONE, is_shared=True, shared_with="Marcus", best_from=time(16))
    phone = people.add_phone(denise, "+16145550142", "614-555-0142", rules)
    people.add_phone(andre, "+16145550177", "614 555 0177", Rules(ok_to_text=True))
    people.add_email(denise, "denise.w@example.org", Rules(ok_to_write=True))
    team = cast.south if owner in ("luis", "sam") else cast.north
    at = due or due_on(clock.today(ZONE) + timedelta(days=1), ZONE)[0]
    step = NextStep(NextStepKind.CALL, "Call Denise with the start date", at)
    case = open_case(family, marcus, denise, cast[owner], team, step, by=cast.actor(owner))
    db.session.flush()
    return Walkers(case, denise, marcus, andre, phone)


def log(walkers: Walkers, cast: Cast, words: str = "Marcus agreed to speak with Harbor Light.", by: str = "maya", **more: object) -> None:
    """Log a call with Denise."""
    log_contact(walkers.again(), Told(person=walkers.denise, point=walkers.phone, note=words, minutes=18), by=cast.actor(by), **more)
