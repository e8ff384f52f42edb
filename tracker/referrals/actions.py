"""What may be done with a referral: send it under a consent, give the details to the family, keep what was answered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from tracker import clock, journal
from tracker.cases import actions as cases
from tracker.cases.models import Case
from tracker.cases.words import NextStepKind
from tracker.consents import actions as consents
from tracker.consents import queries as gates
from tracker.consents.models import Consent
from tracker.consents.words import OUTBOUND, DisclosurePurpose
from tracker.db import db
from tracker.directory.programs import queries as programs
from tracker.directory.programs.models import Program
from tracker.journal import Kind
from tracker.moves import Refused, may_follow
from tracker.people.models import ContactPoint
from tracker.referrals import queries
from tracker.referrals.models import Referral, ReferralAnswer
from tracker.referrals.sharing import lines
from tracker.referrals.words import MOVES, Handoff, LocSource, ProviderResponse, ReasonOnHold, ReferralStatus, Share, StatusSetBy
from tracker.staff.sessions import Actor
from tracker.templating import show_phone

SENT = journal.verb("referral.sent", Kind.REFERRAL, "building-community", "Referred to {program}: {how}. Check back {check}")
GIVEN = journal.verb("referral.given", Kind.REFERRAL, "users", "Details of {program} given to the family; nothing was shared. Check back {check}")
S = ReferralStatus


@dataclass(frozen=True, slots=True)
class Sending:
    """How a referral is made, as a form says it.

    Attributes:
        share: what is told; nothing of it when the family calls.
        payment: carried from the filter, so that it can be told.
    """

    handoff: Handoff
    check_back_on: date | None
    loc_source: LocSource
    share: Collection[Share] = ()
    notes: str = ""
    payment: object = None


def refer(case: Case, program: Program, sending: Sending, points: Collection[ContactPoint], *, by: Actor) -> Referral:
    """Refer the person of concern to one program.

    With anything but the family calling, what is shared passes the consent gate, and the disclosure is written with it.

    Args:
        points: the person's own live contact points.
    Raises:
        Refused: the gate is closed, or the case, the program or the day do not allow it.
    """
    cases.must_be_open(case)
    person = case.person
    if person.died_at is not None:
        raise Refused(None, f"{person.called} has died.")
    if not program.offered:
        raise Refused(None, f"{program.name} is not offered now: {program.status.label.lower()}.")
    if queries.live_with(case.id, program.id):
        raise Refused(None, f"{person.called} is referred to {program.name} already.")
    if sending.handoff is Handoff.FAX and not program.fax:
        raise Refused("handoff", f"No fax of {program.name} is on record.")
    _day_fits(case, sending.check_back_on)
    if sending.handoff is not Handoff.FAMILY_CALLS:
        _may_be_told(case, program, sending)
    moment = clock.now()
    referral = Referral(
        case=case, case_id=case.id, episode=case.episode, person=person, person_id=person.id, program=program, program_id=program.id,
        handoff=sending.handoff, level_of_care=program.level_of_care, loc_source=sending.loc_source, capacity_at_send=programs.capacity_now(program, moment),
        told=[], status=S.DRAFT, status_at=moment, status_set_by=StatusSetBy.STAFF, check_back_on=sending.check_back_on,
        provider_response=ProviderResponse.NONE_YET, made_by_id=by.id,
    )  # fmt: skip
    db.session.add(referral)
    db.session.flush()
    send(referral, case, sending, points, by=by)
    return referral


def _day_fits(case: Case, day: date | None) -> None:
    today = clock.today(case.family.zone)
    if day is None:
        raise Refused("check_back_on", "Enter when to check back.")
    if day < today:
        raise Refused("check_back_on", "Enter today or a later day.")
    if day > today + timedelta(days=366):
        raise Refused("check_back_on", "Enter a day within a year.")


def _may_be_told(case: Case, program: Program, sending: Sending) -> None:
    # Asked before anything is written; disclosing asks the same once more.
    if Share.NOTES in sending.share and not sending.notes.strip():
        raise Refused("notes", "Enter the note that you want to share, or take the tick off.")
    answer = gates.may_disclose({one.category for one in sending.share}, program, case.person, at=clock.now())
    if not answer.yes:
        raise Refused(None, answer.reason)
    if not sending.share:
        raise Refused("share", "Choose what is shared, or give the details to the family.")


def send(referral: Referral, case: Case, sending: Sending, points: Collection[ContactPoint], *, by: Actor) -> None:
    """Send a draft: what is told and under which consent is kept with it; checking back becomes the case's next step."""
    program = referral.program
    if not referral.shares_nothing:
        _disclose(referral, case, sending, points, by)
    move(referral, S.REQUESTED, StatusSetBy.STAFF, "Family has the details" if referral.shares_nothing else f"Sent: {sending.handoff.label.lower()}", by=by)
    referral.sent_at = clock.now()
    check = f"{referral.check_back_on:%b} {referral.check_back_on.day}" if referral.check_back_on else ""
    if referral.shares_nothing:
        journal.record(GIVEN, by=by, about=referral, case=case, program=program.name, check=check)
    else:
        journal.record(SENT, by=by, about=referral, case=case, program=program.name, how=sending.handoff.label.lower(), check=check)
    if referral.check_back_on:
        due, timed = cases.due_on(referral.check_back_on, case.family.zone)
        whom = case.main_contact.called if referral.shares_nothing else program.name
        text = f"Ask {whom} whether they called {program.name}" if referral.shares_nothing else f"Ask {program.name} about the referral"
        cases.set_next_step(case, cases.NextStep(NextStepKind.CALL if referral.shares_nothing else NextStepKind.CHECK_REFERRAL, text[:300], due, timed), by=by)


def _disclose(referral: Referral, case: Case, sending: Sending, points: Collection[ContactPoint], by: Actor) -> None:
    program = referral.program
    offered = lines(case, program, list(points), source=sending.loc_source, payment=sending.payment, notes=sending.notes.strip())  # type: ignore[arg-type]
    told = [(line.category, line.words) for line in offered if line.share in sending.share]
    reach = show_phone(program.fax if sending.handoff is Handoff.FAX else program.phone)
    row = consents.disclose(
        case, case.person, program, told, purpose=DisclosurePurpose.REFERRAL_COORDINATION, way=sending.handoff.label,
        recipient_at=reach, referral_id=referral.id, by=by,
    )  # fmt: skip
    referral.consent_id, referral.told = row.consent_id, row.told


def move(referral: Referral, to: ReferralStatus, set_by: StatusSetBy, words: str, *, by: Actor, reason: str = "", note: str = "") -> None:
    """Move a referral by the table of moves, and add to its history.

    Args:
        words: as the history tells it.
        reason: a code of the set that belongs to the status.
    Raises:
        Refused: the table does not allow it.
    """
    may_follow(MOVES, referral.status, to)
    _note(referral, to, set_by, words, by, reason, note)
    referral.status, referral.status_at, referral.status_set_by = to, clock.now(), set_by
    referral.reason, referral.reason_text = reason, note.strip()


def respond(referral: Referral, response: ProviderResponse, set_by: StatusSetBy, words: str, *, by: Actor, note: str = "") -> None:
    """Keep a response that leaves the status as it was."""
    _note(referral, referral.status, set_by, words, by, "", note)
    referral.provider_response, referral.response_at = response, clock.now()


def _note(referral: Referral, to: ReferralStatus, set_by: StatusSetBy, words: str, by: Actor, reason: str, note: str) -> None:
    db.session.add(
        ReferralAnswer(
            referral_id=referral.id, at=clock.now(), by_id=by.id, from_status=referral.status, to_status=to, set_by=set_by, words=words[:300],
            reason=reason, note=note.strip(),
        )
    )  # fmt: skip


def lose_consent(case: Case, consent: Consent, *, by: Actor) -> list[Referral]:
    """A consent was withdrawn: what was accepted under it waits for another, what was sent is blocked, nothing more is told.

    Returns:
        the referrals that relied on it and that no other consent covers.
    """
    if consent.type not in OUTBOUND:
        return []
    about = consent.subject
    lost = []
    for referral in queries.under_consent(case.id, about.id, [program.id for program in consent.programs]):
        if gates.may_disclose((), referral.program, about, at=clock.now()).yes:
            continue
        lost.append(referral)
        if referral.status is S.ACCEPTED:
            move(referral, S.ON_HOLD, StatusSetBy.STAFF, "Paused: consent was withdrawn", by=by, reason=ReasonOnHold.AWAITING_CONSENT.value)
    return lost
