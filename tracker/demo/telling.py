"""Telling one family's story through the real actions: who they are, what was said, and what their case then was."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from tracker.casefile.gather import gather
from tracker.casefile.stage_facts import points
from tracker.cases import actions as cases
from tracker.cases import danger, promises
from tracker.cases.actions import NextStep, StageFacts
from tracker.cases.models import Case
from tracker.cases.words import CaseStage, ClosureReason, HoldReason, NextStepKind, PlanLimit, PlanOpenness, RiskFlag
from tracker.contacts import actions as contacts
from tracker.contacts.models import Contact
from tracker.contacts.words import ContactDirection, ContactOutcome, ContactType, ContactWith
from tracker.demo.ground import World
from tracker.demo.invented import Town
from tracker.inquiries import actions as inquiries
from tracker.inquiries.told import Told
from tracker.inquiries.words import DangerAnswer, InquirerRelationship, InquiryChannel, Reach
from tracker.people import actions as people
from tracker.people.models import AgeBand, Kinship, Person
from tracker.people.rules import Rules
from tracker.staff.models import Role
from tracker.staff.sessions import Actor

Story = Generator[datetime, None, None]  # waits until the moments that it yields; what follows each is done at that moment
SAFE = Rules(ok_to_call=True, ok_to_text=True)
R = InquirerRelationship
ASKS = {
    Kinship.PARENT: R.PARENT, Kinship.STEP_PARENT: R.PARENT, Kinship.CHILD: R.ADULT_CHILD, Kinship.SPOUSE_PARTNER: R.SPOUSE_PARTNER,
    Kinship.EX_PARTNER: R.EX_PARTNER, Kinship.SIBLING: R.SIBLING, Kinship.GRANDPARENT: R.GRANDPARENT, Kinship.OTHER_FAMILY: R.OTHER_FAMILY,
    Kinship.FRIEND: R.FRIEND, Kinship.GUARDIAN: R.GUARDIAN, Kinship.OTHER: R.UNKNOWN,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cast:
    """Who a story is about, by first names.

    Attributes:
        person: of concern; "" is unnamed.
        other: a third one whom the story names, or "".
        kin: the caller's, to the person; None is somebody who calls for themselves.
        town: its place in `invented.TOWNS`.
        owner: user name of the coordinator.
    """

    family: str
    caller: str
    person: str
    other: str = ""
    kin: Kinship | None = Kinship.PARENT
    age: AgeBand | None = AgeBand.YOUNG_ADULT
    town: int = 0
    owner: str = "maya"
    language: str = "en-US"


class Telling:
    """A story as it is told: verbs of the staff, on the one case that it is about.

    Args:
        shift: told again with other people: how many days earlier it begins; None the first time.
    """

    case: Case
    caller: Person
    person: Person
    other: Person | None = None

    def __init__(self, world: World, cast: Cast, town: Town, owner: Actor, chance: Random, shift: int | None = None) -> None:
        self.world, self.cast, self.town, self.by, self.chance = world, cast, town, owner, chance
        self.again, self.shift = shift is not None, shift or 0
        self._until = world.moment(400)

    @property
    def supervisor(self) -> Actor:
        """Who supervises the coordinator of the story."""
        return next(one for one in self.world.people.values() if one.role is Role.SUPERVISOR and one.team_ids & self.by.team_ids)

    def at(self, days: float, hour: str, weekend: bool = False) -> datetime:
        """The next moment of the story: a time of day so many days before the demonstration's day, a weekday unless told; never before the last one.

        A story that is told again with other people begins `shift` days earlier.
        """
        moment = self.world.moment(days + self.shift, hour) + timedelta(minutes=self.chance.randint(0, 12))
        moment = moment if weekend else self.weekday(moment)
        self._until = max(moment, self._until + timedelta(minutes=self.chance.randint(3, 9)))
        return self._until

    @staticmethod
    def weekday(moment: datetime) -> datetime:
        """The moment, or on a weekend the same time of the Friday before."""
        return moment - timedelta(days=max(0, moment.isoweekday() - 5))

    def open(self, words: str, then: NextStep, *, number: int = 0, reach: tuple[Reach, ...] = (Reach.CALL,), by_phone: bool = True, **more: object) -> None:
        """Somebody asks for help, and their case is opened at once.

        Args:
            number: the last two figures of the invented phone; chosen by chance when 0.
            more: what else was told, as `Told` names it.
        """
        e164 = self.phone(number or None) if by_phone else None
        typed = f"({e164[2:5]}) {e164[5:8]}-{e164[8:]}" if e164 else ""
        alone = self.cast.kin is None
        facts: dict[str, object] = {
            "channel": InquiryChannel.PHONE_INBOUND, "phone": e164, "phone_typed": typed, "name": f"{self.cast.caller} {self.cast.family}".strip(),
            "danger": DangerAnswer.NO, "relation": InquirerRelationship.SELF if alone else ASKS[self.cast.kin],
            "person_name": "" if alone or not self.cast.person else f"{self.cast.person} {self.cast.family}", "age_band": self.cast.age,
            "words": words, "reach": list(reach), "zip_code": self.town.zip_code, "language": self.cast.language,
        }  # fmt: skip
        _, self.case = inquiries.open_case(Told(**(facts | more)), then, by=self.by)  # type: ignore[arg-type]
        self.person, self.caller = self.case.person, self.case.main_contact

    def promise(self, words: str, days: float, hour: str) -> None:
        """Something is promised to the caller, by a day counted like the story's moments, on their clock."""
        promises.make(self.case, self.caller, words, self.world.moment(days + self.shift, hour, self.town.zone), timed=True, by=self.by)

    def phone(self, number: int | None = None) -> str:
        """An invented number of the family's area, E.164."""
        return f"+1{self.town.area}55501{self.chance.randint(24, 99) if number is None or self.again else number:02d}"

    def reach(self, person: Person, number: int | None = None, rules: Rules = SAFE) -> None:
        """Give somebody a phone."""
        e164 = self.phone(number)
        people.add_phone(person, e164, f"({e164[2:5]}) {e164[5:8]}-{e164[8:]}", rules)

    def write_to(self, person: Person, rules: Rules | None = None) -> None:
        """Give somebody an e-mail address."""
        address = f"{person.first_name}.{person.last_name[:1] or 'x'}@example.org".lower().replace(" ", "")
        people.add_email(person, address, rules or Rules(ok_to_write=True))

    def live_at(self, person: Person, street: str) -> None:
        """Give somebody a postal address."""
        people.add_post(person, f"{street}, {self.town.name} {self.town.zip_code}", Rules(ok_to_write=True))

    def join(self, first: str, kin: Kinship | None, last: str | None = None, **more: object) -> Person:
        """Somebody else of the family is named."""
        person = people.add_person(self.case.family, first_name=first, last_name=self.cast.family if last is None else last, **more)  # type: ignore[arg-type]
        if kin:
            people.relate(person, self.person, kin)
        people.record_added(person, self.case, by=self.by)
        return person

    def step(self, kind: str, text: str, due: int, at: str = "") -> NextStep:
        """A next step, due so many days after the demonstration's day (below zero before it); a time of day is our own."""
        if self.shift and due < 1:
            due -= self.shift
        moment = self.world.moment(-due, at or "23:59", self.world.zone if at else self.town.zone)
        return NextStep(NextStepKind(kind), text, moment, bool(at))

    def call(self, note: str, then: NextStep | None = None, *, minutes: int | None = None, inbound: bool = False, **more: object) -> Contact:
        """They were spoken to on the phone."""
        return self._log(ContactType.CALL, note, then, minutes=minutes or self.chance.randint(4, 38), direction=_way(inbound), **more)

    def text(self, note: str, then: NextStep | None = None, *, inbound: bool = True, **more: object) -> Contact:
        """A text came, or was answered."""
        outcome = ContactOutcome.REACHED if inbound else ContactOutcome.REPLIED
        return self._log(ContactType.TEXT, note, then, direction=_way(inbound), outcome=outcome, **more)

    def mail(self, note: str, then: NextStep | None = None, *, inbound: bool = True, **more: object) -> Contact:
        """An e-mail came, or was sent and has arrived."""
        outcome = ContactOutcome.REACHED if inbound else ContactOutcome.MESSAGE_DELIVERED
        return self._log(ContactType.EMAIL, note, then, direction=_way(inbound), outcome=outcome, **more)

    def meet(self, note: str, then: NextStep | None = None, **more: object) -> Contact:
        """They met, in a room or by video."""
        return self._log(more.pop("type", ContactType.IN_PERSON), note, then, minutes=self.chance.randint(40, 80), **more)  # type: ignore[arg-type]

    def miss(self, then: NextStep | None = None, *, message: bool = False, note: str = "", **more: object) -> Contact:
        """Nobody was reached."""
        outcome = ContactOutcome.LEFT_MESSAGE if message else ContactOutcome.NO_ANSWER
        return self._log(ContactType.CALL, note, then, outcome=outcome, **more)

    def note(self, words: str, then: NextStep | None = None, **more: object) -> Contact:
        """Something is written down that was no contact."""
        return self._log(ContactType.COLLATERAL, words, then, direction=ContactDirection.INTERNAL, outcome=None, who=None, **more)

    def ask_program(self, name: str, note: str, then: NextStep | None = None) -> Contact:
        """Somebody at a program was spoken to."""
        return self._log(ContactType.CALL, note, then, who=None, with_name=name, with_whom=ContactWith.PROVIDER, minutes=self.chance.randint(3, 9))

    def _log(self, kind: ContactType, note: str, then: NextStep | None, *, who: object = "", by: Actor | None = None, **more: object) -> Contact:
        person = self.caller if who == "" else who
        told = contacts.Told(type=kind, note=note, person=person, **more)  # type: ignore[arg-type]
        ends = then is not None and self.case.is_open and bool(self.case.next_step_text)
        return contacts.log_contact(self.case, told, by=by or self.by, finishes=ends, then=then)

    def move(self, to: CaseStage, why: str = "", by: Actor | None = None) -> None:
        """The case moves to a stage, with the points and gates that stand for it now."""
        who = by or self.by
        asked = points(self.case, to, gather(self.case))
        open_points = [point for point in asked if not point.met]
        said = why or ("They are ready for it; the rest is on its way." if open_points or to.number < self.case.stage.number else "")
        cases.move(self.case, to, StageFacts(asked, said, who.role is Role.SUPERVISOR), by=who)

    def plan(self, matters: str, openness: tuple[PlanOpenness, ...], limits: tuple[PlanLimit, ...] = (), **more: object) -> None:
        """The plan is written, or written anew."""
        facts: dict[str, object] = {"openness_note": "", "limits_note": "", "helpers": []} | more
        cases.revise_plan(self.case, what_matters=matters, openness=list(openness), limits=list(limits), by=self.by, **facts)  # type: ignore[arg-type]

    def risk(self, flag: RiskFlag, note: str) -> None:
        """A risk was said."""
        cases.note_risk(self.case, flag, note, by=self.by)

    def danger(self, words: str) -> None:
        """Danger was said."""
        danger.note_crisis(self.case, words, by=self.by)

    def safe_again(self, words: str) -> None:
        """Asked, and there is no danger now."""
        danger.end_crisis(self.case, words, by=self.by)

    def ask_for_packet(self, note: str) -> None:
        """Packet staff are asked for a packet."""
        cases.ask_for_packet(self.case, note, by=self.by)

    def hold(self, days: int, reason: HoldReason, note: str) -> None:
        """The case waits until so many days after the demonstration's day."""
        cases.hold(self.case, (self.world.moment(-days)).date(), reason, note, by=self.by)

    def close(self, reason: ClosureReason, summary: str, again: bool = True) -> None:
        """The case is closed."""
        cases.close(self.case, reason, summary, again, by=self.by)

    def hand_over(self, to: str, note: str) -> None:
        """The case goes to somebody else of the team."""
        whom = self.world.people[to]
        cases.hand_over(self.case, whom.staff, self.case.team, note, by=self.by)  # type: ignore[arg-type]
        self.by = whom


def _way(inbound: bool) -> ContactDirection:
    return ContactDirection.INBOUND if inbound else ContactDirection.OUTBOUND
