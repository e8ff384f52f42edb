"""What would be told with a referral, line by line; only the person's own facts, and notes only when somebody adds them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tracker.cases.models import Case
from tracker.consents.words import InfoCategory
from tracker.directory.programs.models import Program
from tracker.directory.programs.queries import LANGUAGES
from tracker.directory.programs.words import Payment
from tracker.people.models import ContactPoint, Person, PointKind
from tracker.referrals.words import LocSource, Share
from tracker.templating import show_phone


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that may be told: which, and the words that would leave."""

    share: Share
    words: str

    @property
    def category(self) -> InfoCategory:
        """The category that a consent must cover."""
        return self.share.category


def lines(
    case: Case, program: Program, points: Sequence[ContactPoint], *, source: LocSource | None = None, payment: Payment | None = None, notes: str = ""
) -> list[Line]:
    """What could be told about the person of concern, in the words that would leave; what is not known has no line.

    Args:
        points: the person's own live contact points.
    """
    person = case.person
    made = [Line(Share.NAME_AGE, _name_and_age(person))]
    phone = next((point for point in points if point.kind is PointKind.PHONE and point.ok_to_call and point.unverified_at is None), None)
    if phone:
        made.append(Line(Share.PHONE, f"Phone: {show_phone(phone.value)}{_hours(phone)}"))
    tag = person.language or case.family.language
    made.append(Line(Share.LANGUAGE, f"Language: {LANGUAGES.get(tag.split('-')[0], tag)}" + (", interpreter needed" if case.family.interpreter_needed else "")))
    said = f" ({source.label.lower()})" if source else ""
    made.append(Line(Share.NEEDS, f"Looks for: {program.level_of_care.label}{said}"))
    if payment:
        made.append(Line(Share.PAYMENT, f"Would pay by: {payment.label}"))
    if case.main_contact_id != case.person_id:
        made.append(Line(Share.FAMILY, "Somebody of the family takes part"))
    made.append(Line(Share.NOTES, f"Note: {notes}" if notes else Share.NOTES.label))
    return made


def usual(offered: Collection[Line], covered: Collection[InfoCategory]) -> list[Share]:
    """What is ticked when the form opens: name, age, phone, and a language that is not English; never notes."""
    ticked = {Share.NAME_AGE, Share.PHONE}
    for line in offered:
        if line.share is Share.LANGUAGE and line.words != f"Language: {LANGUAGES.get('en', 'English')}":
            ticked.add(Share.LANGUAGE)
    return [line.share for line in offered if line.share in ticked and line.category in covered]


def _name_and_age(person: Person) -> str:
    age = person.age_band.label if person.age_band else "age not known"
    return f"First name and age: {person.first_name or 'no name given'}, {age}"


def _hours(point: ContactPoint) -> str:
    if point.best_from and point.best_until:
        return f", best {point.best_from:%I:%M %p} to {point.best_until:%I:%M %p}".replace(" 0", " ")
    return ""
