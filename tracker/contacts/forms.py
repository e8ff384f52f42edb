"""What may be said about a contact: the log box, and a note worded anew."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from wtforms import HiddenField

from tracker import clock
from tracker.cases.actions import NextStep, due_on
from tracker.cases.models import Case
from tracker.cases.step_fields import StepFields
from tracker.cases.words import NextStepKind
from tracker.contacts import tries
from tracker.contacts.actions import Told
from tracker.contacts.queries import attempts
from tracker.contacts.words import (
    EXACTLY,
    OTHER_TYPES,
    TRIES,
    TYPES,
    WRITTEN,
    Began,
    ContactDirection,
    ContactOutcome,
    ContactType,
    ContactWith,
    LogKind,
    Result,
)
from tracker.forms import AtMost, Choose, Day, Form, LongText, OneOf, Pick, PickOne, Text, Tick, TimeOfDay
from tracker.moves import Refused
from tracker.people.models import ContactPoint, Person, PointKind, VoicemailRule
from tracker.people.rules import way
from tracker.templating import show_day, zone_letters

PROGRAM, SOMEBODY = "program", "other"
LONGEST = 24 * 60  # minutes


class ContactForm(StepFields):
    """The log box: Call, the main contact and Reached are set already; type, save.

    Call `know(case, people, zone)` before showing or reading it.
    """

    kind = OneOf("What happened", LogKind, default=LogKind.CALL, needed="Choose what happened.")
    who = PickOne("With", needed="Choose with whom.")
    result = OneOf("Result", Result, default=Result.REACHED)
    note = LongText("What was said, in their words", limit=8000)
    finishes = Tick("This finishes the next step")
    again = Tick("Try again")
    began = OneOf("Who began it", Began, default=Began.WE)
    exactly = Choose("Result, more exactly", ContactOutcome, blank="As chosen above", only=EXACTLY)
    type_exactly = Choose("What it was, more exactly", ContactType, blank="As chosen above", only=OTHER_TYPES)
    at_day = Day("Day")
    at_time = TimeOfDay("Time")
    minutes = Text("How many minutes", limit=5)
    others = Text("Others present", limit=300)
    name = Text("Program or other name", limit=120)
    point = Pick("Number or address")
    promise = Text("I promised", limit=300)
    promise_day = Day("By")
    promise_time = TimeOfDay("Before")
    open_step = HiddenField(validators=[AtMost(40)])  # which step stood open when the form was opened
    back = HiddenField(validators=[AtMost(10)])  # "today" when it was opened there

    def know(self, case: Case, people: Sequence[Person], zone: str) -> None:
        """Offer the people of the case and their numbers, and the near days on the writer's calendar.

        Args:
            people: of the family, the main contact first, each with its points.
            zone: the writer's IANA zone.
        """
        self.ask(zone)
        self.people = {str(person.public_id): person for person in people if person.died_at is None}
        self.who.choices = [(key, _short(person, people)) for key, person in self.people.items()]
        self.who.choices += [(PROGRAM, "Program"), (SOMEBODY, "Other")]
        live = [(person, p) for person in self.people.values() for p in person.points if p.retired_at is None]
        self.points = {str(p.public_id): p for _, p in live}
        self.point.choices = [("", "The one there is")] + [(str(p.public_id), f"{way(p)}, {person.called}") for person, p in live]
        self.at_time.label.text = f"Time ({zone_letters(clock.now(), zone)})"
        self.promise_time.label.text = f"Before ({zone_letters(clock.now(), zone)})"
        if case.next_step_text:
            self.finishes.label.text = f"This finishes: {case.next_step_text}"
        # How the next try would read, for the main contact; the deed itself counts from the moment it is saved.
        first = case.main_contact
        proposed = tries.next_try(clock.now(), first.zone or case.family.zone, self._phone(first))
        local = clock.local(proposed, zone)
        self.again.label.text = f"If not reached: try again {local:%a} {show_day(proposed, zone)}, {local:%I:%M %p}".replace(", 0", ", ")

    def begin(self, case: Case, anew: bool = True) -> None:
        """Fill in what a form that is opened holds already.

        Args:
            anew: False where it was opened with the words of a draft, which stay.
        """
        self.open_step.data = step_stamp(case)
        if not case.is_open:
            self.began.data = Began.THEY
        if not self.who.data and case.main_contact.died_at is None:
            self.who.data = str(case.main_contact.public_id)
        if anew:
            self.again.data = tries.offers(case)

    def silent(self) -> dict[str, str]:
        """Who can be left no message on any number, by the id that the form carries; the words say who asked for that."""
        return {key: person.called if phones else "" for key, person in self.people.items() if _no_messages(phones := self._phones(person))}

    def _phones(self, person: Person) -> list[ContactPoint]:
        return [point for point in self.points.values() if point.person_id == person.id and point.kind is PointKind.PHONE]

    @property
    def told_step(self) -> bool:
        """Whether a step has to be read from the form."""
        return bool(self.finishes.data or self.step.data)

    def person(self) -> Person | None:
        """With whom it was, when they are of the family."""
        return self.people.get(self.who.data or "")

    def to_told(self, zone: str) -> Told:
        """The contact as the action takes it.

        Args:
            zone: the writer's zone, in which the time was typed.
        Raises:
            Refused: a time without its day cannot be read, or the minutes are no number.
        """
        kind = self.kind.data
        person = self.person()
        note = kind is LogKind.NOTE
        type_ = TYPES[kind or LogKind.CALL] if self.type_exactly.data is None else self.type_exactly.data
        outside = {PROGRAM: ContactWith.PROVIDER, SOMEBODY: ContactWith.OTHER}
        return Told(
            type=type_,
            direction=self._direction(note),
            outcome=None if note else self._outcome(type_),
            person=person,
            with_whom=outside.get(self.who.data or ""),
            with_name=self.name.data or "",
            point=self._point(person),
            at=self._at(zone),
            minutes=self._minutes(),
            others_present=self.others.data or "",
            note=self.note.data or "",
        )

    def to_promise(self, case: Case, zone: str) -> tuple[str, datetime, bool] | None:
        """What was promised: the words, until when, and whether a time was named; None when nothing was.

        Args:
            zone: the writer's zone, in which a time was typed; without one the day ends where the family is.
        Raises:
            Refused: the day is missing, or the words are.
        """
        if not self.promise.data:
            if self.promise_day.data or self.promise_time.data:
                raise Refused("promise", "Enter what you promised.")
            return None
        day = self.promise_day.data or (clock.today(zone) if self.promise_time.data else None)
        if day is None:
            raise Refused("promise_day", "Enter by which day.")
        due, timed = due_on(day, zone if self.promise_time.data else case.family.zone, self.promise_time.data)
        if timed and not clock.is_shown(due):
            raise Refused("promise_time", "The clocks jump over this time that night. Enter another one.")
        return self.promise.data, due, timed

    def to_try(self, case: Case, told: Told) -> NextStep | None:
        """The next try, when they were not reached and it is wanted."""
        return following_try(case, told, told.point or (self._phone(told.person) if told.person else None)) if self.again.data else None

    def _direction(self, note: bool) -> ContactDirection:
        if note:
            return ContactDirection.INTERNAL
        return ContactDirection.INBOUND if self.began.data is Began.THEY else ContactDirection.OUTBOUND

    def _outcome(self, type_: ContactType) -> ContactOutcome:
        if self.exactly.data is not None:
            return self.exactly.data
        written = type_ in WRITTEN
        if self.result.data is Result.LEFT_VOICEMAIL:
            return ContactOutcome.LEFT_MESSAGE
        if self.result.data is Result.NOT_REACHED:
            return ContactOutcome.MESSAGE_DELIVERED if written else ContactOutcome.NO_ANSWER
        if self.result.data is None:
            raise Refused("result", "Choose how it ended.")
        return ContactOutcome.REPLIED if written and self.began.data is not Began.THEY else ContactOutcome.REACHED

    def _point(self, person: Person | None) -> ContactPoint | None:
        point = self.points.get(self.point.data or "")
        if point is not None and person is not None and point.person_id != person.id:
            raise Refused("point", f"Choose a number of {person.called}.")
        return point

    def _at(self, zone: str) -> datetime | None:
        if self.at_day.data is None and self.at_time.data is None:
            return None
        if self.at_time.data is None:
            raise Refused("at_time", "Enter about what time it was.")
        day = self.at_day.data or clock.today(zone)
        at = datetime.combine(day, self.at_time.data, tzinfo=ZoneInfo(zone))
        if not clock.is_shown(at):
            raise Refused("at_time", "The clocks jump over this time that night. Enter another one.")
        return at

    def _minutes(self) -> int | None:
        text = self.minutes.data or ""
        if not text:
            return None
        if not (text.isascii() and text.isdigit()) or int(text) > LONGEST:
            raise Refused("minutes", "Enter the minutes as a number, like 18.")
        return int(text)

    def _phone(self, person: Person) -> ContactPoint | None:
        found = self._phones(person)
        return found[0] if len(found) == 1 else None


class RewordForm(Form):
    """A note worded anew."""

    note = LongText("What was said, in their words", limit=8000)
    why = Text("Why it is corrected", limit=300)


def following_try(case: Case, told: Told, point: ContactPoint | None) -> NextStep | None:
    """What follows a try: another one at another hour, or a decision once there were enough; None when it was no try."""
    if told.outcome not in TRIES or told.person is None or not case.is_open:
        return None
    tried = attempts(case, (told.at or clock.now(), told.type))
    if tried.enough:
        return tries.decide(case, clock.now(), told.person.called, tried.told)
    kinds = {ContactType.TEXT: NextStepKind.TEXT, ContactType.EMAIL: NextStepKind.EMAIL}
    zone = told.person.zone or case.family.zone
    return tries.try_again(case, clock.now(), told.person.called, kinds.get(told.type, NextStepKind.CALL), zone, point)


def step_stamp(case: Case) -> str:
    """Which step stands open: another one is set as soon as this differs."""
    return case.next_step_set_at.isoformat() if case.next_step_set_at and case.next_step_text else ""


def _no_messages(phones: list[ContactPoint]) -> bool:
    return all(phone.voicemail_rule is VoicemailRule.NONE for phone in phones)


def _short(person: Person, people: Sequence[Person]) -> str:
    alike = [one for one in people if one.first_name == person.first_name]
    words = person.first_name if person.first_name and len(alike) == 1 else person.name
    return f"{words} (asked not to be contacted)" if person.no_contact_at else words
