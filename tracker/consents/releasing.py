"""Whether something about somebody may be told to a program: only under a consent of their own that names it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker import clock
from tracker.consents.answer import Answer, blocked, yes
from tracker.consents.models import Consent
from tracker.consents.words import INBOUND, OUTBOUND, ConsentStatus, ConsentType, InfoCategory, SignerCapacity
from tracker.db import db
from tracker.directory.programs.models import Program
from tracker.people.models import AgeBand, Person
from tracker.templating import show_day

NOT_SAID = (ConsentStatus.DRAFT, ConsentStatus.ENTERED_IN_ERROR)
MINORS = (AgeBand.CHILD, AgeBand.TEEN)
OWN = (SignerCapacity.SELF, SignerCapacity.MINOR_SELF)


def may_disclose(what: Collection[InfoCategory], program: Program, about: Person, *, at: datetime) -> Answer:
    """Whether information about somebody may be told to a program.

    Nothing opens this but a release of the person's own (or of a signer authorised for them) that names the program, holds
    on that day in the organisation's zone, has every element of 42 CFR 2.31(a), and covers what would be told.

    Args:
        what: the categories that would be told; empty asks only whether anything may be.
    Returns:
        yes with the consent; else why not, naming the missing element.
    """
    return _weigh(releases_of(about.id, OUTBOUND), frozenset(what), program, about, at)


def may_be_told(program: Program, about: Person, *, at: datetime) -> Answer:
    """Whether a program may tell us about somebody: an inbound or mutual release names it."""
    return _weigh(releases_of(about.id, INBOUND), frozenset(), program, about, at)


def releases_of(person_id: int, types: Collection[ConsentType]) -> Sequence[Consent]:
    """The releases about somebody that were said, newest first, with their people and programs."""
    return db.session.scalars(
        select(Consent)
        .where(Consent.subject_id == person_id, Consent.type.in_(types), Consent.status != ConsentStatus.ENTERED_IN_ERROR)
        .options(joinedload(Consent.subject), joinedload(Consent.giver), selectinload(Consent.programs))
        .order_by(Consent.id.desc())
        .limit(100)
    ).all()


def _weigh(found: Sequence[Consent], what: frozenset[InfoCategory], program: Program, about: Person, at: datetime) -> Answer:
    whose = f"{about.called}'s"
    today = clock.local(at, current_app.config["WAYPOINT"].zone).date()
    given = [one for one in found if one.status not in (ConsentStatus.REFUSED, ConsentStatus.SUPERSEDED)]
    naming = [one for one in given if program.id in {named.id for named in one.programs}]
    answers = [_one(one, what, program, whose, today) for one in naming]
    if answers:
        # What comes nearest is the most useful reason: first the consent that lacks least.
        return next((answer for answer in answers if answer.yes), min(answers, key=lambda answer: (len(answer.missing) or 9, len(answer.uncovered) or 9)))
    holding = [one for one in given if one.standing(today) is ConsentStatus.ACTIVE and not one.missing(one.programs)]
    if holding:
        others = ", ".join(dict.fromkeys(named.name for one in holding for named in one.programs))
        covers = f" It covers {others} only." if others else " It names no program."
        return blocked(f"{whose} consent does not name {program.name}.{covers}", holding[0])
    if any(one.status is ConsentStatus.REFUSED for one in found):
        return blocked(f"{about.called} declined to share information.", found[0])
    return blocked(f"No consent of {whose} names {program.name}.")


def _one(consent: Consent, what: frozenset[InfoCategory], program: Program, whose: str, today: date) -> Answer:
    standing = consent.standing(today)
    if standing is ConsentStatus.REVOKED:
        when = show_day(consent.revoked_at, current_app.config["WAYPOINT"].zone) if consent.revoked_at else ""
        return blocked(f"{whose} consent for {program.name} was withdrawn {when}.".replace(" .", "."), consent)
    if standing is ConsentStatus.EXPIRED:
        return blocked(f"{whose} consent for {program.name} ended {show_day(consent.expires_on)}.".replace(" .", "."), consent)
    if (why := unauthorised(consent)) is not None:
        return blocked(why, consent)
    if missing := consent.missing(consent.programs):
        lacks = ", ".join(element.label.lower() for element in missing)
        return blocked(f"{whose} consent for {program.name} is not complete. Missing: {lacks}.", consent, missing=missing)
    if standing is not ConsentStatus.ACTIVE:
        return blocked(f"{whose} consent for {program.name} is not in force.", consent)
    uncovered = tuple(word for word in InfoCategory if word in what and word not in consent.info_categories)
    if uncovered:
        told = ", ".join(word.label.lower() for word in uncovered)
        return blocked(f"{whose} consent for {program.name} does not cover: {told}.", consent, uncovered=uncovered)
    return yes(f"{whose} consent names {program.name}.", consent)


def unauthorised(consent: Consent) -> str | None:
    """Why whoever signed a consent could not, or None when they could.

    A relative's signature never covers the person's own information (42 CFR 2.14, 2.31; domain 3.4).
    """
    subject, capacity = consent.subject, consent.signer_capacity
    if capacity is None:
        return None
    another = consent.giver_id != subject.id
    if capacity in OWN and another:
        who = consent.signer_name or "Somebody else"
        return f"{who} cannot sign for {subject.called}'s information. Only {subject.called}, or a signer whom the law authorizes, can."
    if capacity is SignerCapacity.MINOR_SELF and subject.age_band not in MINORS:
        return f"{subject.called} is not recorded as under 18."
    if capacity is SignerCapacity.PARENT_GUARDIAN and subject.age_band not in MINORS:
        return f"A parent can sign only for somebody under 18, and {subject.called} is not recorded as that."
    if capacity not in OWN and not another:
        return f"{subject.called} signed in person: choose “{SignerCapacity.SELF.label}”."
    if capacity not in OWN and not consent.evidence.strip():
        return f"Nothing on record shows that {consent.signer_name or 'the signer'} may sign for {subject.called}."
    return None
