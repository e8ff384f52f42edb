"""What may be done with contacts: log one, and word a note anew while its first text stays."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tracker import clock, journal
from tracker.cases import actions as cases
from tracker.cases import danger, promises
from tracker.cases.actions import NextStep
from tracker.cases.models import Case
from tracker.contacts import queries
from tracker.contacts.models import Contact, ContactText
from tracker.contacts.words import TRIES, ContactDirection, ContactOutcome, ContactType, ContactWith
from tracker.db import db
from tracker.journal import Kind
from tracker.moves import Refused
from tracker.people import rules
from tracker.people.folding import fold
from tracker.people.models import ContactPoint, Person, PointKind, VoicemailRule
from tracker.staff.sessions import Actor

LOGGED = journal.verb("contact.logged", Kind.CONTACT, "phone", "{type} with {who}, {outcome}")
NOTED = journal.verb("contact.noted", Kind.NOTE, "notes", "Note")
REWORDED = journal.verb("contact.reworded", Kind.NOTE, "pencil", "{what} of {day} edited by its writer")
CORRECTED = journal.verb("contact.corrected", Kind.NOTE, "pencil", "{what} of {day} corrected: {why}")

OWN_FOR = timedelta(hours=24)  # how long a writer may word a note anew without a reason (interface, settings)
SPOKEN = (ContactOutcome.REACHED, ContactOutcome.REPLIED, ContactOutcome.CALLBACK_SCHEDULED, ContactOutcome.CRISIS_ESCALATED)
AHEAD = timedelta(minutes=5)  # clocks differ a little
WRONG = (ContactOutcome.WRONG_NUMBER, ContactOutcome.DISCONNECTED)
INCOMING = frozenset({ContactType.CALL, ContactType.VOICEMAIL, ContactType.TEXT, ContactType.EMAIL})


@dataclass(frozen=True, slots=True)
class Told:
    """What staff tell about a contact.

    Attributes:
        outcome: None only for a note.
        person: with whom, when they are of the family; `with_name` says who else it was (a program, a neighbor).
        point: the number or address that was used; found from the person when there is only one it can be.
        at: when it was; None for now.
        minutes: how long.
        note_of: whose note it is; left out, the person's with whom it was.
    """

    type: ContactType = ContactType.CALL
    direction: ContactDirection = ContactDirection.OUTBOUND
    outcome: ContactOutcome | None = ContactOutcome.REACHED
    person: Person | None = None
    with_whom: ContactWith | None = None
    with_name: str = ""
    point: ContactPoint | None = None
    at: datetime | None = None
    minutes: int | None = None
    others_present: str = ""
    note: str = ""
    note_of: Person | None = None


def log_contact(case: Case, told: Told, *, by: Actor, finishes: bool = False, then: NextStep | None = None) -> Contact:
    """Log a contact, a try or a note; the case's last contact, tries and next step follow in the same transaction.

    Args:
        finishes: the open next step is done with it; then `then` must be said.
        then: the next step from now on; None keeps the open one.
    Raises:
        Refused: nothing was said; a message was left where none may be; the case is closed and they did not call us;
            a number has to be named first; the following step is missing; the time lies ahead.
    """
    moment = clock.now()
    at = told.at or moment
    # Every rule is asked before anything is changed, so that a refusal leaves nothing half done.
    _check(case, told, at, moment)
    point = told.point or _only_point(told)
    _check_voicemail(told, point)
    if told.outcome in WRONG and told.person is not None and point is None:
        raise Refused("point", "Choose which number it was.")
    if finishes and case.is_open and then is None:
        raise Refused("step", "Enter the next step, or choose Close case.")
    contact = Contact(
        case_id=case.id, type=told.type, direction=told.direction, outcome=told.outcome, with_whom=_with_whom(case, told),
        person=told.person, point=point, with_name=told.with_name.strip(), others_present=told.others_present.strip(), at=at,
        logged_at=moment, minutes=told.minutes, note=told.note.strip(), note_folded=fold(told.note),
        note_of=told.note_of or told.person, by_id=by.id, next_step="", finished_step="",
    )  # fmt: skip
    db.session.add(contact)
    if told.person is not None and told.outcome in SPOKEN and told.direction is ContactDirection.OUTBOUND:
        promises.keep_by_reaching(case, told.person, at, by=by)
    _count(case, told, at)
    _follow(case, contact, finishes, then, by)
    _heed(case, told, point, by)
    _tell(case, contact, told, then, by)
    return contact


def _check(case: Case, told: Told, at: datetime, moment: datetime) -> None:
    if told.outcome in (None, ContactOutcome.REACHED, ContactOutcome.REPLIED) and not told.note.strip():
        raise Refused("note", "Enter what was said, or choose another result.")
    if told.outcome is None and told.direction is not ContactDirection.INTERNAL:
        raise Refused("result", "Choose how it ended.")
    if at > moment + AHEAD:
        raise Refused("at_time", "That time has not come yet. Enter when it was.")
    if not case.is_open and (told.direction is not ContactDirection.INBOUND or told.type not in INCOMING):
        raise Refused(None, "This case is closed: only an incoming call can be logged. Reopen it to add more.")
    if told.person is not None and told.person.family_id != case.family_id:
        raise Refused("who", "Choose somebody of this family.")
    if told.direction is ContactDirection.INBOUND and told.outcome in TRIES:
        raise Refused("result", "They reached us: choose Reached.")


def _only_point(told: Told) -> ContactPoint | None:
    # Which number it was matters only where something is done with it, so it is asked for only then (`_heed`).
    if told.person is None:
        return None
    kinds = {ContactType.EMAIL: PointKind.EMAIL, ContactType.LETTER: PointKind.POST}
    if told.type not in (*kinds, ContactType.CALL, ContactType.TEXT, ContactType.VOICEMAIL):
        return None
    found = [point for point in queries.points_of(told.person) if point.kind is kinds.get(told.type, PointKind.PHONE)]
    return found[0] if len(found) == 1 else None


def _check_voicemail(told: Told, point: ContactPoint | None) -> None:
    if told.outcome is not ContactOutcome.LEFT_MESSAGE or told.person is None or told.type not in (ContactType.CALL, ContactType.VOICEMAIL):
        return
    phones = [point] if point else [p for p in queries.points_of(told.person) if p.kind is PointKind.PHONE]
    if not phones or any(phone.voicemail_rule is VoicemailRule.NONE for phone in phones):
        number = f" on {rules.way(point)}" if point else ""
        raise Refused("result", f"{told.person.called.capitalize()} wants no messages{number}. Choose Not reached.")


def _with_whom(case: Case, told: Told) -> ContactWith:
    if told.with_whom:
        return told.with_whom
    if told.person is None:
        return ContactWith.OTHER
    if told.person.id == case.person_id:
        return ContactWith.PERSON_OF_CONCERN
    return ContactWith.INQUIRER if told.person.id == case.main_contact_id else ContactWith.OTHER_FAMILY


def _count(case: Case, told: Told, at: datetime) -> None:
    if told.outcome is None:
        return  # a note is no contact
    case.last_contact_at = max(case.last_contact_at or at, at)
    if told.outcome not in TRIES:
        if told.person is not None:
            case.last_reached_at = max(case.last_reached_at or at, at)
            case.tries = 0
    elif told.person is not None and (case.last_reached_at is None or at > case.last_reached_at):
        case.tries += 1


def _follow(case: Case, contact: Contact, finishes: bool, then: NextStep | None, by: Actor) -> None:
    if finishes and case.is_open:
        contact.finished_step = case.next_step_text or ""
        cases.complete_next_step(case, then, by=by, told=False)
    elif then is not None and case.is_open:
        cases.set_next_step(case, then, by=by, told=False)
    contact.next_step = then.text.strip() if then is not None and case.is_open else ""


def _heed(case: Case, told: Told, point: ContactPoint | None, by: Actor) -> None:
    # What somebody said about being reached holds from this moment, whoever heard it (trust, section 3).
    person = told.person
    if told.outcome is ContactOutcome.CRISIS_ESCALATED and case.is_open:
        danger.note_crisis(case, told.note.strip() or "Escalated", by=by)
    if person is None:
        return
    match told.outcome:
        case ContactOutcome.WRONG_NUMBER | ContactOutcome.DISCONNECTED if point is not None:
            rules.mark_unverified(point, person, told.outcome.label, case=case, by=by)
        case ContactOutcome.OPTED_OUT:
            for phone in [point] if point else queries.points_of(person):
                if phone.kind is PointKind.PHONE:
                    rules.forbid(phone, person, rules.Never.TEXT, case=case, by=by)
        case ContactOutcome.REFUSED_CONTACT:
            rules.stop_contact(person, told.note.strip()[:300], case=case, by=by)


def _tell(case: Case, contact: Contact, told: Told, then: NextStep | None, by: Actor) -> None:
    db.session.flush()
    facts = {
        "who": who(contact),
        "type": contact.type,
        "direction": contact.direction,
        "outcome": contact.outcome,
        "minutes": contact.minutes,
        "at": contact.at,
        "others": contact.others_present,
        "words": contact.note,
        "finished": contact.finished_step,
        "next_step": contact.next_step,
        "next_due": clock.local(then.due, case.family.zone).date() if then and contact.next_step else None,
    }
    verb = NOTED if contact.outcome is None else LOGGED
    journal.record(verb, by=by, about=contact, case=case, **{name: value for name, value in facts.items() if value not in (None, "")})


def who(contact: Contact) -> str:
    """With whom a contact was, as people read it."""
    if contact.person is not None:
        return contact.person.name
    return contact.with_name or contact.with_whom.label


def may_reword(contact: Contact, by: Actor) -> bool:
    """Whether somebody may still word their own note anew without a reason."""
    return contact.by_id == by.id and clock.now() - contact.logged_at <= OWN_FOR


def reword(contact: Contact, note: str, why: str, *, case: Case, by: Actor) -> None:
    """Word a note anew; the text before stays readable beside it.

    Args:
        why: the reason, needed from anybody but the writer and after a day.
    Raises:
        Refused: the case is closed, nothing was said, nothing differs, or the reason is missing.
    """
    cases.must_be_open(case)
    text, reason = note.strip(), why.strip()
    own = may_reword(contact, by)
    if not text and contact.outcome in (None, ContactOutcome.REACHED, ContactOutcome.REPLIED):
        raise Refused("note", "Enter what was said.")
    if text == contact.note:
        raise Refused("note", "This is the text that stands already.")
    if not own and not reason:
        raise Refused("why", "Enter why the text is corrected.")
    number = len(queries.texts(contact)) + 1
    db.session.add(ContactText(contact_id=contact.id, number=number, note=contact.note, until=clock.now(), replaced_by_id=by.id, why="" if own else reason))
    contact.note, contact.note_folded = text, fold(text)
    what = "Note" if contact.outcome is None else f"{contact.type.label} with {who(contact)}"
    day = clock.local(contact.at, case.family.zone).date()
    journal.record(REWORDED if own else CORRECTED, by=by, about=contact, case=case, what=what, day=day, words=text, why=reason)
