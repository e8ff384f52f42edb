"""What may be done with an inquiry: record it, take it, open its case, join it to one, close it."""

from collections.abc import Collection
from datetime import timedelta

from flask import current_app

from tracker import clock, journal
from tracker.cases import actions as cases
from tracker.cases import danger
from tracker.cases.models import Case
from tracker.cases.words import NextStepKind
from tracker.db import db
from tracker.errors import Conflict
from tracker.inquiries.models import Inquiry, SubstanceReport
from tracker.inquiries.told import Told
from tracker.inquiries.words import DangerAnswer, InquiryDisposition, InquiryStatus, Reach, ReportedBy
from tracker.journal import Kind
from tracker.moves import Refused
from tracker.people import actions as people
from tracker.people import queries as known
from tracker.people.folding import fold, reversed_digits
from tracker.people.models import Family, Person, VoicemailRule
from tracker.people.rules import Rules
from tracker.staff import queries as staff
from tracker.staff.models import Team
from tracker.staff.sessions import Actor
from tracker.templating import show_clock

RECORDED = journal.verb("inquiry.recorded", Kind.CONTACT, "phone-incoming", "{channel} from {caller}")
COUNTED = journal.verb("inquiry.counted", Kind.ACCESS, "phone-incoming", "A call that is no case was counted: {disposition}")
TAKEN = journal.verb("inquiry.taken", Kind.CHANGE, "inbox", "Took the inquiry")
CLOSED = journal.verb("inquiry.closed", Kind.CHANGE, "inbox", "Inquiry closed: {disposition}")


def _team(by: Actor) -> Team:
    if not by.team_ids:
        raise Refused(None, "You belong to no team yet. Ask whoever looks after the program.")
    return db.session.get_one(Team, min(by.team_ids))


def _row(told: Told, status: InquiryStatus, by: Actor, inquiry: Inquiry | None) -> Inquiry:
    if inquiry is not None and inquiry.case_id is not None:
        raise Refused(None, "This inquiry belongs to a case already.")
    moment = clock.now()
    row = inquiry or Inquiry(at=moment, created_at=moment, crisis_marks=[], team_id=_team(by).id)
    kept = {one["mark"] for one in row.crisis_marks or []}
    row.crisis_marks = [*(row.crisis_marks or []), *[{"mark": mark.value, "at": moment.isoformat()} for mark in told.marks if mark.value not in kept]]
    row.channel, row.status = told.channel, status
    row.taken_by_id, row.taken_at = (by.id, moment) if status is not InquiryStatus.UNCLAIMED else (None, None)
    row.caller_name, row.caller_phone, row.phone_typed, row.caller_email = told.name, told.phone, told.phone_typed, told.email or None
    row.digits_reversed = reversed_digits(told.phone) if told.phone else None
    row.relation, row.person_name, row.age_band = told.relation, told.person_name, told.age_band
    row.danger, row.words, row.wants, row.urgency, row.how_heard = told.danger, told.words, told.wants, told.urgency, told.how_heard
    row.language, row.zip_code, row.unmet_need = told.language, told.zip_code, told.unmet_need
    row.signs, row.background = told.signs, told.background
    row.reported_by = (told.reported_by or ReportedBy.INQUIRER) if told.signs or told.background else None
    if inquiry is None:
        row.substances = []
        db.session.add(row)
    row.substances += [SubstanceReport(substance=what, context=how, reported_by=who) for what, how, who in told.substances]
    return row


def keep_only(told: Told, disposition: InquiryDisposition | None, *, by: Actor, inquiry: Inquiry | None = None) -> Inquiry:
    """Keep an inquiry that opens no case: information was given, or too little was said, or it came in unattended.

    Args:
        disposition: what became of it; None leaves it open for whoever takes it.
    Raises:
        Refused: nothing was said at all.
    """
    if not told.says_something:
        raise Refused("phone", "Enter a phone, a name or what was said.")
    row = _row(told, InquiryStatus.CLOSED if disposition else InquiryStatus.UNCLAIMED, by, inquiry)
    if disposition:
        row.disposition, row.closed_at = disposition, clock.now()
    journal.record(RECORDED, by=by, about=row, channel=told.channel, caller=told.name or "somebody", words=told.words, disposition=disposition)
    return row


def count(told: Told, disposition: InquiryDisposition, *, by: Actor) -> Inquiry:
    """Count a call that is no case (wrong number, silence, sales): two presses, nothing asked."""
    row = _row(told, InquiryStatus.CLOSED, by, None)
    row.disposition, row.closed_at = disposition, clock.now()
    journal.record(COUNTED, by=by, about=row, disposition=disposition)
    return row


def first_step(told: Told) -> cases.NextStep:
    """The step that stands when danger was said and there was no time to say another: call back within the hour."""
    return cases.NextStep(NextStepKind.CALL, f"Call {told.name or 'the caller'} back: danger was said", clock.now() + timedelta(hours=1), True)


def open_case(told: Told, step: cases.NextStep | None, *, by: Actor, inquiry: Inquiry | None = None) -> tuple[Inquiry, Case]:
    """Open the case of a real inquiry, in stage inquiry, owned by whoever took it.

    Caller and person of concern are two people from the first moment, unless they are the same human.

    Args:
        step: the next step; may be left out only when danger was said, and is then to call back within the hour.
    Raises:
        Refused: an answer that a case needs is missing (interface 3.2); never when danger was said.
    """
    if told.danger is not DangerAnswer.YES:
        _complete(told, step)
    zone = people.guess_zone(told.zip_code, told.phone, current_app.config["WAYPOINT"].zone)
    first, last = people.split_name(told.name)
    family = people.add_family(last or first, zone=zone.zone, zip_code=told.zip_code, language=told.language)
    person, caller = _two_people(told, family, by)
    case = cases.open_case(family, person, caller, by.staff, _team(by), step or first_step(told), by=by)
    _remember(case)
    row = _join(told, case, caller, by, inquiry)
    row.disposition = InquiryDisposition.CASE_OPENED
    return row, case


def _complete(told: Told, step: cases.NextStep | None) -> None:
    if told.danger is DangerAnswer.NOT_ASKED:
        raise Refused("danger", "Choose whether anyone is in danger.")
    if not told.says_something:
        raise Refused("phone", "Enter a phone, a name or what was said.")
    if not told.reach or not (told.phone or told.email or told.address):
        raise Refused("reach", "Choose one safe way to reach them, and enter its number or address. Or save the inquiry only.")
    if step is None:
        raise Refused("step", "Enter a next step.")


def _two_people(told: Told, family: Family, by: Actor) -> tuple[Person, Person]:
    first, last = people.split_name(told.name)
    if told.about_oneself:
        oneself = people.add_person(family, first_name=first, last_name=last, age_band=told.age_band)
        _ways(told, oneself, by)
        return oneself, oneself
    loved_first, loved_last = people.split_name(told.person_name)
    person = people.add_person(family, first_name=loved_first, last_name=loved_last, age_band=told.age_band)
    return person, _caller(told, family, person, by)


def _caller(told: Told, family: Family, person: Person, by: Actor) -> Person:
    first, last = people.split_name(told.name)
    caller = people.add_person(family, first_name=first, last_name=last)
    people.relate(caller, person, told.kinship)
    _ways(told, caller, by)
    return caller


def _ways(told: Told, caller: Person, by: Actor, known: Collection[str] = ()) -> None:
    """Add the ways in which the caller can be reached, but for those that are known: their rules stay as they are."""
    safe = set(told.reach)
    rules = Rules(
        ok_to_call=Reach.CALL in safe, ok_to_text=Reach.TEXT in safe,
        voicemail_rule=VoicemailRule.CALLBACK_ONLY if Reach.VOICEMAIL in safe else VoicemailRule.NONE,
        best_from=told.best_from, best_until=told.best_until, is_shared=bool(told.shared_with), shared_with=told.shared_with,
    )
    points = []
    if told.phone and told.phone not in known:
        points.append(people.add_phone(caller, told.phone, told.phone_typed, rules, extension=told.extension))
    if told.second_phone and told.second_phone not in known:
        points.append(people.add_phone(caller, told.second_phone, told.second_typed, Rules()))
    if told.email and told.email.lower() not in known:
        points.append(people.add_email(caller, told.email, Rules(ok_to_write=Reach.EMAIL in safe)))
    if told.address and " ".join(told.address.split()) not in known:
        points.append(people.add_post(caller, told.address, Rules(ok_to_write=Reach.MAIL in safe)))
    for point in points:
        point.confirmed_at, point.confirmed_by_id = clock.now(), by.id


def _join(told: Told, case: Case, caller: Person, by: Actor, inquiry: Inquiry | None) -> Inquiry:
    row = _row(told, InquiryStatus.CASE_OPEN, by, inquiry)
    db.session.flush()
    row.case_id, row.caller_id, row.person_id, row.team_id = case.id, caller.id, case.person_id, case.team_id
    journal.record(RECORDED, by=by, about=row, case=case, channel=told.channel, caller=caller.name, words=told.words, wants=[want.label for want in told.wants])
    if told.in_danger:
        danger.note_crisis(case, told.danger.label, by=by)
    return row


def _remember(case: Case) -> None:
    case.last_contact_at = case.last_reached_at = clock.now()


def add_to_case(told: Told, case: Case, *, by: Actor, inquiry: Inquiry | None = None) -> Inquiry:
    """Join an inquiry to a case that is known: a second caller is added to the family with rules of their own.

    A caller whose phone is already somebody's of this family is that person only if the name is the same; else they are two
    (one number may belong to several people).
    """
    cases.must_be_open(case)
    if not told.says_something:
        raise Refused("phone", "Enter a phone, a name or what was said.")
    family = known.of_family(case.family_id)
    named = next((one for one in family if told.name and fold(one.name) == fold(told.name)), None)
    caller = next(one for one in family if one.id == case.person_id) if told.about_oneself else named
    if caller is None:
        caller = _caller(told, case.family, case.person, by)
        people.record_added(caller, case, by=by)
    else:
        _ways(told, caller, by, {point.value for point in caller.points})
    row = _join(told, case, caller, by, inquiry)
    row.disposition = InquiryDisposition.ADDED_TO_EXISTING_CASE
    _remember(case)
    return row


def claim(inquiry: Inquiry, *, by: Actor) -> None:
    """Take an inquiry that waits.

    Raises:
        Conflict: somebody took it first; says who and when.
    """
    if inquiry.status is not InquiryStatus.UNCLAIMED:
        who = staff.names({inquiry.taken_by_id}).get(inquiry.taken_by_id or 0, "Somebody")
        at = f" at {show_clock(inquiry.taken_at, by.zone)}" if inquiry.taken_at else ""
        raise Conflict(f"{who} took this already{at}.")
    inquiry.status, inquiry.taken_by_id, inquiry.taken_at = InquiryStatus.TAKEN, by.id, clock.now()
    journal.record(TAKEN, by=by, about=inquiry)


def close(inquiry: Inquiry, disposition: InquiryDisposition, *, by: Actor) -> None:
    """Close an inquiry that opens no case, with what became of it."""
    if inquiry.status in (InquiryStatus.CLOSED, InquiryStatus.CASE_OPEN):
        raise Refused("disposition", "This inquiry is closed already.")
    inquiry.status, inquiry.disposition, inquiry.closed_at = InquiryStatus.CLOSED, disposition, clock.now()
    journal.record(CLOSED, by=by, about=inquiry, disposition=disposition)
