"""What may be done with consents: record what was agreed or declined, withdraw, mark as an error; and disclose under one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import current_app

from tracker import clock, journal
from tracker.cases.models import Case
from tracker.consents import queries
from tracker.consents.models import MOVES, Consent, Disclosure
from tracker.consents.releasing import unauthorised
from tracker.consents.words import (
    INBOUND,
    RELEASES,
    ConsentStatus,
    ConsentType,
    DisclosurePurpose,
    InfoCategory,
    SignatureMethod,
    SignerCapacity,
)
from tracker.db import db
from tracker.directory.programs.models import Program
from tracker.journal import Kind
from tracker.moves import Refused, may_follow
from tracker.people.models import Person
from tracker.staff.sessions import Actor
from tracker.templating import show_day

RECORDED = journal.verb("consent.recorded", Kind.CHANGE, "shield-check", "{type}: {who} agreed. {to} {until}")
INCOMPLETE = journal.verb("consent.incomplete", Kind.CHANGE, "shield-off", "{type} of {who} noted, not complete. Missing: {missing}")
DECLINED = journal.verb("consent.declined", Kind.CHANGE, "shield-off", "{type}: {who} declined. {to}")
WITHDRAWN = journal.verb("consent.withdrawn", Kind.CHANGE, "shield-off", "{type}: {who} withdrew it. {words}")
IN_ERROR = journal.verb("consent.in_error", Kind.CHANGE, "shield-off", "{type} of {who} was entered in error. {why}")
DISCLOSED = journal.verb("consent.disclosed", Kind.REFERRAL, "send", "Told {recipient} about {who}: {told}")
NEVER_WITH_OTHERS = "A consent for legal proceedings stands alone: record it apart from the others (42 CFR 2.31(d))."


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """What was agreed or declined, as a form says it.

    Attributes:
        giver: who signed, of the family; None for somebody outside it.
        expires_on: the last day on which it holds.
    """

    types: tuple[ConsentType, ...]
    declined: bool = False
    giver: Person | None = None
    signer_capacity: SignerCapacity | None = None
    signer_name: str = ""
    signature_method: SignatureMethod | None = None
    signed_on: date | None = None
    evidence: str = ""
    info_categories: tuple[InfoCategory, ...] = ()
    info_text: str = ""
    programs: Sequence[Program] = field(default_factory=tuple)
    recipients_text: str = ""
    purpose: DisclosurePurpose | None = None
    purpose_text: str = ""
    revocation_told: bool = False
    expires_on: date | None = None
    expires_event: str = ""


def record(case: Case, subject: Person, facts: ConsentFacts, *, by: Actor) -> list[Consent]:
    """Record what somebody agreed to or declined about their own information; each type is a consent of its own.

    A release that lacks an element is kept as it was said and opens nothing; the gate names what is missing.

    Raises:
        Refused: whoever signed cannot sign for this person, or the days do not fit, or types do not go together.
    """
    if subject.family_id != case.family_id:
        raise Refused("subject", "Choose somebody of this family.")
    if not facts.types:
        raise Refused("types", "Choose what it is about.")
    if ConsentType.PROCEEDINGS in facts.types and len(facts.types) > 1:
        raise Refused("types", NEVER_WITH_OTHERS)
    if not facts.declined:
        _signed(facts)
    return [_record_one(case, subject, kind, facts, by) for kind in facts.types]


def _signed(facts: ConsentFacts) -> None:
    today = clock.today(current_app.config["WAYPOINT"].zone)
    if facts.signer_capacity is None:
        raise Refused("signer_capacity", "Choose who signed.")
    if not facts.signer_name.strip():
        raise Refused("signer_name", "Enter the name of whoever signed.")
    if facts.signed_on is not None and facts.signed_on > today:
        raise Refused("signed_on", "Enter a day that has come.")
    if facts.expires_on is not None and facts.expires_on < today:
        raise Refused("expires_on", "This day has passed. A consent that has ended opens nothing.")


def _record_one(case: Case, subject: Person, kind: ConsentType, facts: ConsentFacts, by: Actor) -> Consent:
    moment = clock.now()
    release = kind in RELEASES
    named = list(facts.programs) if release else []
    consent = Consent(
        case_id=case.id, subject=subject, subject_id=subject.id, type=kind, status=ConsentStatus.DRAFT, status_at=moment, recorded_at=moment,
        recorded_by_id=by.id, programs=named, evidence=facts.evidence.strip(),
        recipients_text=facts.recipients_text.strip() if release else "", discloser=_discloser(kind, named, facts) if release else "",
    )  # fmt: skip
    if release:
        consent.info_categories, consent.info_text = list(facts.info_categories), facts.info_text.strip()
        consent.purpose, consent.purpose_text = facts.purpose, facts.purpose_text.strip()
    to = ", ".join(program.name for program in named)
    if facts.declined:
        consent.status = ConsentStatus.REFUSED
        db.session.add(consent)
        db.session.flush()
        journal.record(DECLINED, by=by, about=consent, case=case, type=kind, who=subject.called, to=to)
        return consent
    consent.giver, consent.giver_id = facts.giver, facts.giver.id if facts.giver else None
    consent.signer_capacity, consent.signer_name = facts.signer_capacity, facts.signer_name.strip()
    consent.signature_method, consent.signed_on = facts.signature_method, facts.signed_on
    consent.revocation_told, consent.expires_on, consent.expires_event = facts.revocation_told, facts.expires_on, facts.expires_event.strip()
    if (why := unauthorised(consent)) is not None:
        raise Refused("signer_capacity", why)
    missing = consent.missing(named)
    if not missing:
        _take_place_of(case, consent, named)
        consent.status = ConsentStatus.ACTIVE
    db.session.add(consent)
    db.session.flush()
    if missing:
        journal.record(INCOMPLETE, by=by, about=consent, case=case, type=kind, who=subject.called, missing=", ".join(one.label for one in missing))
    else:
        until = f"Until {show_day(facts.expires_on)}." if facts.expires_on else f"Until: {consent.expires_event}." if consent.expires_event else ""
        journal.record(RECORDED, by=by, about=consent, case=case, type=kind, who=subject.called, to=to and f"{to}.", until=until)
    return consent


def _discloser(kind: ConsentType, named: Sequence[Program], facts: ConsentFacts) -> str:
    ours = current_app.config["WAYPOINT"].org_name
    theirs = ", ".join(program.name for program in named) or facts.recipients_text.strip()
    if kind is ConsentType.ROI_MUTUAL:
        return f"{ours}; {theirs}"[:300] if theirs else ours
    return (theirs if kind in INBOUND else ours)[:300]


def _take_place_of(case: Case, consent: Consent, named: Sequence[Program]) -> None:
    names = {program.id for program in named}
    for earlier in queries.of_case(case.id):
        replaced = earlier.subject_id == consent.subject_id and earlier.type is consent.type and earlier.status in REPLACEABLE
        if replaced and {program.id for program in earlier.programs} <= names:
            may_follow(MOVES, earlier.status, ConsentStatus.SUPERSEDED)
            earlier.status, earlier.status_at = ConsentStatus.SUPERSEDED, clock.now()
            consent.supersedes_id = earlier.id


REPLACEABLE = (ConsentStatus.DRAFT, ConsentStatus.ACTIVE, ConsentStatus.REFUSED)


def withdraw(consent: Consent, case: Case, words: str, *, by: Actor) -> None:
    """Record a withdrawal, at once, by whoever hears it. It holds from receipt on and does not unsend.

    What relied on the consent is looked after by whoever calls this (tracker/casefile).

    Args:
        words: who said it and how.
    Raises:
        Refused: it does not hold any more.
    """
    may_follow(MOVES, consent.status, ConsentStatus.REVOKED)
    consent.status, consent.status_at = ConsentStatus.REVOKED, clock.now()
    consent.revoked_at, consent.revoked_by_id, consent.revoked_words = clock.now(), by.id, words.strip()[:300] or None
    journal.record(WITHDRAWN, by=by, about=consent, case=case, type=consent.type, who=consent.subject.called, words=words.strip())


def mark_error(consent: Consent, case: Case, why: str, *, by: Actor) -> None:
    """It was never so: kept in sight, and opens nothing. Raises Refused without a reason."""
    if not why.strip():
        raise Refused("words", "Enter what was wrong.")
    may_follow(MOVES, consent.status, ConsentStatus.ENTERED_IN_ERROR)
    consent.status, consent.status_at = ConsentStatus.ENTERED_IN_ERROR, clock.now()
    journal.record(IN_ERROR, by=by, about=consent, case=case, type=consent.type, who=consent.subject.called, why=why.strip())


def disclose(
    case: Case, about: Person, program: Program, told: Sequence[tuple[InfoCategory, str]], *, purpose: DisclosurePurpose, way: str,
    recipient_at: str, referral_id: int | None, by: Actor,
) -> Disclosure:  # fmt: skip
    """Tell a program something about somebody: asks the gate, and writes the disclosure in the same transaction.

    Args:
        told: line by line what leaves, each with its category.
        recipient_at: the number or address it goes to.
    Raises:
        Refused: no consent of the person's own opens it now.
    """
    categories: Collection[InfoCategory] = list(dict.fromkeys(category for category, _ in told))
    answer = queries.may_disclose(categories, program, about, at=clock.now())
    if not answer.yes or answer.consent is None:
        raise Refused(None, answer.reason)
    if not told:
        raise Refused("share", "Choose what is shared, or give the details to the family.")
    row = Disclosure(
        case_id=case.id, subject_id=about.id, consent_id=answer.consent.id, program_id=program.id, referral_id=referral_id,
        recipient=program.name, recipient_at=recipient_at[:300], categories=list(categories), told=[line for _, line in told],
        purpose=purpose, way=way, at=clock.now(), by_id=by.id,
    )  # fmt: skip
    db.session.add(row)
    what = ", ".join(category.label.lower() for category in categories)
    journal.record(DISCLOSED, by=by, about=row, case=case, recipient=program.name, who=about.called, told=what)
    return row
