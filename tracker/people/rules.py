"""Safe-contact rules of one way to reach somebody: made stricter by whoever hears it, made looser only with the right.

Trust, section 3: "never ring this number" is recorded at once; allowing more needs the owner or a supervisor, and that the
person said so. Case is any row with an id: this floor knows no cases.
"""

from dataclasses import dataclass, fields
from datetime import datetime, time
from typing import Any, Self

from tracker import clock, journal
from tracker.journal import Kind
from tracker.mailroom import actions as mailroom
from tracker.moves import Refused
from tracker.people.models import ContactPoint, Person, PointKind, VoicemailRule
from tracker.people.queries import Phone
from tracker.staff.sessions import Actor
from tracker.templating import show_phone
from tracker.words import Words

TIGHTENED = journal.verb("person.contact_tightened", Kind.CHANGE, "phone-off", "{who}: {rule}, {way}")
LOOSENED = journal.verb("person.contact_loosened", Kind.CHANGE, "phone", "{who}: {rule}, {way}, confirmed with them")
CONFIRMED = journal.verb("person.contact_confirmed", Kind.CHANGE, "check", "{who}: {way} confirmed as safe")
UNVERIFIED = journal.verb("person.contact_unverified", Kind.CHANGE, "phone-off", "{who}: {way} is not theirs, or not in use. {why}")
RETIRED = journal.verb("person.contact_retired", Kind.CHANGE, "phone-off", "{who}: {way} taken out of use")
STOPPED = journal.verb("person.no_contact", Kind.CHANGE, "hand-stop", "{who} asked not to be contacted. {words}")
RESUMED = journal.verb("person.contact_again", Kind.CHANGE, "phone", "{who} may be contacted again. {why}")


class Never(Words):
    """What somebody asked us never to do with one way of reaching them."""

    CALL = "call", "Never call"
    TEXT = "text", "Never text"
    VOICEMAIL = "voicemail", "No messages"
    WRITE = "write", "Never write"
    USE = "use", "Never use"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one contact point, as they stand or as somebody wants them."""

    ok_to_call: bool = False
    ok_to_text: bool = False
    ok_to_write: bool = False
    wants_file: bool = False
    voicemail_rule: VoicemailRule = VoicemailRule.NONE
    discreet: bool = True
    best_from: time | None = None
    best_until: time | None = None
    is_shared: bool = False
    shared_with: str | None = None
    note: str | None = None

    @classmethod
    def of(cls, point: ContactPoint) -> Self:
        """The rules that stand."""
        return cls(**{field.name: getattr(point, field.name) for field in fields(cls)})

    def looser_than(self, now: "Rules") -> list[str]:
        """What these allow that the others do not, in words."""
        order = list(VoicemailRule)
        found = [words for name, words in ALLOWS if getattr(self, name) and not getattr(now, name)]
        if order.index(self.voicemail_rule) > order.index(now.voicemail_rule):
            found.append(f"voicemail: {self.voicemail_rule.label.lower()}")
        if now.discreet and not self.discreet:
            found.append("naming the organization")
        if now.is_shared and not self.is_shared:
            found.append("no longer shared")
        if _wider(self, now):
            found.append("other hours")
        return found


ALLOWS = (("ok_to_call", "calls"), ("ok_to_text", "texts"), ("ok_to_write", "writing"), ("wants_file", "the file itself by e-mail"))


def _wider(wanted: Rules, now: Rules) -> bool:
    if now.best_from is None and now.best_until is None:
        return False
    earliest, latest = time.min, time.max
    begins = (wanted.best_from or earliest) < (now.best_from or earliest)
    return begins or (wanted.best_until or latest) > (now.best_until or latest)


def way(point: ContactPoint) -> str:
    """A contact point as people read it."""
    return show_phone(point.value) if point.kind is PointKind.PHONE else point.as_typed


def forbid(point: ContactPoint, person: Person, what: Never, *, case: Any, by: Actor) -> None:
    """Record at once what must never be done with one way of reaching somebody."""
    if what in (Never.CALL, Never.USE):
        point.ok_to_call, point.voicemail_rule = False, VoicemailRule.NONE
    if what in (Never.TEXT, Never.USE):
        point.ok_to_text = False
    if what in (Never.WRITE, Never.USE):
        point.ok_to_write = point.wants_file = False
    if what is Never.VOICEMAIL:
        point.voicemail_rule = VoicemailRule.NONE
    journal.record(TIGHTENED, by=by, about=person, case=case, who=person.name, rule=what.label.lower(), way=way(point))


def change_rules(point: ContactPoint, person: Person, wanted: Rules, *, confirmed: bool, may_loosen: bool, case: Any, by: Actor) -> None:
    """Set the rules of one way of reaching somebody.

    Args:
        confirmed: the person themselves said so just now; the point is then marked as confirmed, by whom and when.
        may_loosen: whoever acts may also allow more than is allowed now.
    Raises:
        Refused: something would be allowed that was not, without the right or without the person's word.
    """
    now = Rules.of(point)
    looser = wanted.looser_than(now)
    if looser and not may_loosen:
        raise Refused(None, f"Only the owner of the case or a supervisor can allow this: {', '.join(looser)}.")
    if looser and not confirmed:
        raise Refused("confirmed", f"Tick that {person.called} said so: {', '.join(looser)}.")
    if wanted.best_from and wanted.best_until and wanted.best_from >= wanted.best_until:
        raise Refused("best_until", "Enter an hour after the first one.")
    for field in fields(Rules):
        setattr(point, field.name, getattr(wanted, field.name))
    if confirmed:
        point.confirmed_at, point.confirmed_by_id, point.unverified_at = clock.now(), by.id, None
    facts = {"who": person.name, "way": way(point)}
    if looser:
        journal.record(LOOSENED, by=by, about=person, case=case, rule=f"now allowed: {', '.join(looser)}", **facts)
    elif wanted != now:
        journal.record(TIGHTENED, by=by, about=person, case=case, rule="rules made stricter", **facts)
    elif confirmed:
        journal.record(CONFIRMED, by=by, about=person, case=case, **facts)


def mark_unverified(point: ContactPoint, person: Person, why: str, *, case: Any, by: Actor) -> None:
    """A number turned out to be somebody else's or out of use: it is not rung again before somebody confirms it."""
    point.unverified_at = clock.now()
    journal.record(UNVERIFIED, by=by, about=person, case=case, who=person.name, way=way(point), why=why)


def retire(point: ContactPoint, person: Person, *, case: Any, by: Actor) -> None:
    """Take one way of reaching somebody out of use; it stays in the record."""
    if point.retired_at is None:
        point.retired_at = clock.now()
        journal.record(RETIRED, by=by, about=person, case=case, who=person.name, way=way(point))


def stop_contact(person: Person, words: str = "", *, case: Any, by: Actor) -> None:
    """Somebody asked not to be contacted: nothing is offered to reach them from this moment on, and what waits to leave is stopped."""
    if person.no_contact_at is None:
        person.no_contact_at = clock.now()
        mailroom.stop_all_to(person.id, f"{person.called} asked not to be contacted. Nothing was sent.", by=by)
        journal.record(STOPPED, by=by, about=person, case=case, who=person.name, words=words)


def allow_contact(person: Person, why: str, *, case: Any, by: Actor) -> None:
    """Somebody wants to be in touch again, and how we know.

    Raises:
        Refused: nothing says how we know.
    """
    if not why.strip():
        raise Refused("why", "Enter how you know that they want to be contacted.")
    person.no_contact_at = None
    journal.record(RESUMED, by=by, about=person, case=case, who=person.name, why=why)


def stale(point: ContactPoint, at: datetime, days: int = 90) -> bool:
    """Whether nobody has confirmed a way for so long that it must be asked again (trust 2.1, row 5)."""
    return point.confirmed_at is None or (at - point.confirmed_at).days > days


def told(point: ContactPoint) -> list[str]:
    """A way's rules in the words that a page shows."""
    if point.kind is not PointKind.PHONE:
        said = ["writing is safe" if point.ok_to_write else "do not write"]
    elif point.ok_to_call:
        said = ["calls and texts" if point.ok_to_text else "calls, no texts", f"voicemail: {point.voicemail_rule.label.lower()}"]
    else:
        said = ["text only" if point.ok_to_text else "do not call or text"]
    if point.unverified_at:
        said.insert(0, "not theirs, or not in use")
    if hours(point):
        said.append(hours(point))
    if point.is_shared:
        said.append(f"shared with {point.shared_with}" if point.shared_with else "shared")
    if point.discreet:
        said.append("discreet")
    return [*said, *([point.note] if point.note else [])]


def hours(point: ContactPoint | Phone) -> str:
    """The hours that suit them, on their clock: "after 4 PM", "4 PM to 8 PM"."""
    begins, ends = point.best_from, point.best_until
    if begins and ends:
        return f"{_hour(begins)} to {_hour(ends)}"
    return f"after {_hour(begins)}" if begins else f"before {_hour(ends)}" if ends else ""


def _hour(at: time) -> str:
    return at.strftime("%I:%M %p" if at.minute else "%I %p").lstrip("0")
