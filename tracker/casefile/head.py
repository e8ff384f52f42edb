"""The head of a case page: what one must know before saying a word, and what must not be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from tracker import clock, places
from tracker.casefile.gather import Beside, Member
from tracker.casefile.path import is_stuck
from tracker.casefile.stage_facts import holds
from tracker.cases.listed import Listed
from tracker.cases.models import Case
from tracker.consents.words import OUTBOUND
from tracker.people.models import ContactPoint, PointKind, VoicemailRule
from tracker.templating import ago, near_day, show_clock, show_day, show_phone

Fact = tuple[str, str, str] | tuple[str, str, str, str, str]


def zone_of(case: Case) -> str:
    """The zone of whoever we talk to first."""
    return case.main_contact.zone or case.family.zone


def facts(case: Case, beside: Beside, zone: str) -> list[Fact]:
    """The row of facts under the family's name: label, value, small words, and a tag's tone and icon."""
    main = beside.member(case.main_contact_id)
    loved = beside.member(case.person_id)
    phone = main.phone if main else None
    shown: list[Fact] = [
        ("Main contact", case.main_contact.name, kin(main, case)),
        ("Phone", show_phone(phone.value) if phone else "None yet", best(phone)),
        ("Their time", show_clock(clock.now(), zone_of(case)), where(case)),
    ]
    if case.person_id != case.main_contact_id:
        shown.append(("Loved one", case.person.name, ", ".join(part for part in (age(loved), case.person.about or "") if part)))
    shown.append(("Last contact", near_day(case.last_contact_at, zone) if case.last_contact_at else "None yet", tries(case)))
    shown.append(_consent(case, beside))
    return shown


def _consent(case: Case, beside: Beside) -> Fact:
    """Whether anything about the person of concern may be told to a program: the release in force that holds longest."""
    releases = [one for one in beside.consents if one.subject_id == case.person_id and one.type in OUTBOUND and holds(one)]
    if not releases:
        return "Consent to share", "None: share nothing", "", "n", "shield-off"
    ends = [one.expires_on for one in releases]
    until = f"to {show_day(max(ends), year=False)}" if all(ends) else ""
    return "Consent to share", f"On file {until}".strip(), "", "ok", "shield-check"


def kin(member: Member | None, case: Case) -> str:
    """How somebody is kin to the person of concern, in small letters; "" when nobody said."""
    if member is None:
        return ""
    if member.person.id == case.person_id:
        return "calls about themselves" if case.main_contact_id == case.person_id else ""
    return member.kinship.label.lower() if member.kinship else ""


def age(member: Member | None) -> str:
    """About how old somebody is; "" when nobody said."""
    return member.person.age_band.label if member and member.person.age_band else ""


def where(case: Case) -> str:
    """The place behind a clock, and whether its zone is a guess."""
    here = places.place(case.family.zip_code or "")
    guess = "" if case.main_contact.zone or not case.family.zone_guessed else "a guess"
    return " · ".join(part for part in (f"{here.city}, {here.state}" if here else "", guess) if part)


def tries(case: Case) -> str:
    """How often they were tried since they were last reached."""
    return "" if not case.tries else "1 try since" if case.tries == 1 else f"{case.tries} tries since"


def best(point: ContactPoint | None) -> str:
    """The good hours of a number: "after 4 PM", "4 PM to 8 PM"."""
    if point is None or not (point.best_from or point.best_until):
        return ""
    if point.best_from and point.best_until:
        return f"{_hour(point.best_from)} to {_hour(point.best_until)}"
    return f"after {_hour(point.best_from)}" if point.best_from else f"until {_hour(point.best_until)}"


def _hour(at: time | None) -> str:
    return "" if at is None else at.strftime("%I:%M %p" if at.minute else "%I %p").lstrip("0")


def care(case: Case, beside: Beside) -> list[tuple[str, str]]:
    """The care line: what must not be done, as icon and words. The main contact's ways first, then everybody else's."""
    shown: list[tuple[str, str]] = []
    for member in beside.people:
        person = member.person
        if person.died_at:
            shown.append(("plant-2", f"{person.called} died {show_day(person.died_at, case.family.zone)}."))
        elif person.no_contact_at:
            shown.append(("hand-stop", f"Do not contact {person.called}: asked {show_day(person.no_contact_at, case.family.zone)}."))
        else:
            shown += [_ways(member, point, case) for point in member.points if _ways(member, point, case)[1]]
    for mark in beside.risks:
        shown.append(("alert-triangle", f"{mark.flag.label}{': ' + mark.note.rstrip('.') if mark.note else ''}."))
    if case.family.interpreter_needed:
        shown.append(("language", f"Interpreter needed ({case.family.language})."))
    return shown


def _ways(member: Member, point: ContactPoint, case: Case) -> tuple[str, str]:
    if point.kind is not PointKind.PHONE:
        words = f"Nothing by {point.kind.label.lower()} to {point.as_typed}." if not point.ok_to_write else ""
        return ("mail" if point.kind is PointKind.EMAIL else "mailbox"), " ".join(part for part in (words, _shared(point), _noted(point)) if part)
    said = []
    whose = "" if member.person.id == case.main_contact_id else f"{member.person.called}, "
    if point.unverified_at:
        said.append("Not theirs, or not in use")
    elif not point.ok_to_call:
        said.append("Text only" if point.ok_to_text else "Do not call or text")
    elif point.voicemail_rule is VoicemailRule.NONE:
        said.append("No voicemail")
    elif point.voicemail_rule is VoicemailRule.CALLBACK_ONLY:
        said.append("Voicemail: callback number only")
    number = show_phone(point.value) if whose or len([p for p in member.points if p.kind is PointKind.PHONE]) > 1 else ""
    words = f"{whose}{number}: {said[0]}." if said and (whose or number) else f"{said[0]}." if said else ""
    return "phone-off", " ".join(part for part in (words, _shared(point), _noted(point)) if part)


def _shared(point: ContactPoint) -> str:
    if not point.is_shared:
        return ""
    thing = "phone" if point.kind is PointKind.PHONE else "mailbox"
    return f"{point.shared_with} shares this {thing}." if point.shared_with else f"This {thing} is shared."


def _noted(point: ContactPoint) -> str:
    return f"{point.note.rstrip('.')}." if point.note else ""


def status(case: Case, zone: str, beside: Beside) -> list[tuple[str, str, str]]:
    """The tags beside the name: open or closed, and the facts that stand beside the stage."""
    if not case.is_open:
        return [("Closed", "n", "lock")]
    tags = [("Open", "n", "circle-dot")]
    if case.crisis_at:
        tags.append((f"Danger said {ago(case.crisis_at)} ago", "crisis", "lifebuoy"))
    if beside.in_treatment:
        tags.append(("In treatment", "info", "building-community"))
    if case.hold_until:
        tags.append((f"On hold until {show_day(case.hold_until)}", "soon", "player-pause"))
    if is_stuck(case, zone):
        tags.append(("Stuck", "soon", "hourglass"))
    return tags


def due(case: Case | Listed, zone: str) -> tuple[str, str, str] | None:
    """When the next step is due, as a tag: words, tone, icon. Late is told in days on the reader's calendar."""
    if case.next_step_at is None:
        return None
    at = case.next_step_at
    day = clock.local(at, zone if case.next_step_timed else case.family.zone).date()
    today = clock.today(zone if case.next_step_timed else case.family.zone)
    hour = f", {show_clock(at, zone)}" if case.next_step_timed else ""
    if day < today:
        late = (today - day).days
        return f"{late} day{'' if late == 1 else 's'} late, due {show_day(day)}", "late", "clock-exclamation"
    if day == today:
        return (f"Late: due today{hour}", "late", "clock-exclamation") if at < clock.now() else (f"Due today{hour}", "soon", "clock")
    near = near_day(day, zone)
    return f"Due {near.lower() if near == 'Tomorrow' else near}{hour}", "n", "calendar-event"


@dataclass(frozen=True, slots=True)
class Next:
    """The card of the next step: what, when it is due, and what stands beside it in small words."""

    what: str
    due: tuple[str, str, str] | None
    beside: str


def next_card(case: Case, names: Mapping[int, str], zone: str) -> Next:
    """What is next on an open case: its step, or the day until which it waits."""
    if case.hold_until:
        back = "Back on the list today" if case.hold_until <= clock.today(case.family.zone) else ""
        then = f"Then: {case.next_step_text}" if case.next_step_text else ""
        reason = f"{case.hold_reason.label}{': ' + case.hold_note if case.hold_note else ''}" if case.hold_reason else ""
        tag = ("Hold ended: take it up again", "late", "clock-exclamation") if back else None
        return Next(f"On hold until {show_day(case.hold_until)}", tag, " · ".join(part for part in (reason, then) if part))
    if case.next_step_at is None:
        return Next("No next step", ("No next step", "soon", "flag"), "")
    when = near_day(case.next_step_set_at, zone)
    words = when.lower() if when in ("Today", "Yesterday") else when
    by = f"Set by {names[case.next_step_set_by_id]} {words}" if case.next_step_set_by_id in names else f"Set {words}"
    return Next(case.next_step_text or "", due(case, zone), by)
