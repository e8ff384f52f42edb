"""Withdrawing a consent: at once, with what relied on it. The consent, the referrals and the follow-up meet here, where all are seen."""

from tracker import clock
from tracker.cases import actions as cases
from tracker.cases.models import Case
from tracker.cases.words import NextStepKind
from tracker.consents import actions as consents
from tracker.consents import queries as held
from tracker.consents.models import Consent
from tracker.consents.words import ConsentType
from tracker.people.models import Person
from tracker.recovery import actions as recovery
from tracker.recovery import queries as follow_ups
from tracker.referrals import actions as referrals
from tracker.referrals.models import Referral
from tracker.staff.sessions import Actor


def withdraw(consent: Consent, case: Case, words: str, *, by: Actor) -> list[Referral]:
    """Record a withdrawal; accepted referrals under it wait for a new consent, sent ones are blocked, and the next step says so.

    Args:
        words: who said it and how.
    Returns:
        the referrals that relied on it.
    Raises:
        Refused: the consent does not hold any more.
    """
    consents.withdraw(consent, case, words, by=by)
    if consent.type is ConsentType.FOLLOWUP_CONSENT:
        stop_follow_up(consent.subject, case, by=by)
    lost = referrals.lose_consent(case, consent, by=by)
    if lost and case.is_open:
        names = ", ".join(dict.fromkeys(referral.program.name for referral in lost))
        text = f"Decide how to go on with {names}: {consent.subject.called} withdrew the consent"
        due, _ = cases.due_on(clock.today(case.family.zone), case.family.zone)
        cases.set_next_step(case, cases.NextStep(NextStepKind.DECIDE, text[:300], due), by=by)
    return lost


def stop_follow_up(person: Person, case: Case, *, by: Actor) -> None:
    """End the follow-up of somebody who no longer agrees to it (domain 3.6): nobody is reminded to ask them any more."""
    if held.in_force(person.id, ConsentType.FOLLOWUP_CONSENT) is not None:
        return
    for plan in follow_ups.of_case(case.id):
        if plan.person_id == person.id and plan.ended_at is None and (whole := follow_ups.by_public_id(plan.public_id)):
            recovery.end_plan(whole, case, f"{person.called} no longer agrees to it", by=by)
