"""Whether somebody may be reached: the rows of the safe-contact gate (trust 2.1) that this form of it weighs.

Weighed, first match decides: not to be contacted (row 1), a consent that was declined or withdrawn (row 2, where one is
recorded), the channel is not marked safe (3), shared and not confirmed (4), outside safe hours (6). Not weighed yet: the
age of a confirmation (5), and "read only when alone".
"""

from collections.abc import Collection, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import inspect, select

from tracker.cases.models import Case
from tracker.consents.answer import Answer, blocked, yes
from tracker.consents.models import Consent
from tracker.consents.words import SAYS_NOTHING, Channel, ConsentStatus, ConsentType, ReachPurpose, Verdict
from tracker.db import db
from tracker.people.models import ContactPoint, Family, Person, PointKind, VoicemailRule
from tracker.templating import show_clock

KINDS = {
    Channel.CALL: PointKind.PHONE,
    Channel.VOICEMAIL: PointKind.PHONE,
    Channel.TEXT: PointKind.PHONE,
    Channel.EMAIL: PointKind.EMAIL,
    Channel.POST: PointKind.POST,
}
BY_HAND = (Channel.IN_PERSON, Channel.PRINT)
HEARD_AT_ONCE = (Channel.CALL, Channel.VOICEMAIL, Channel.TEXT)
OF_REACHING = (ConsentType.CONTACT_CONSENT, ConsentType.TEXT_CONSENT, ConsentType.FOLLOWUP_CONSENT)
Said = dict[ConsentType, ConsentStatus]
NO_LONGER = (ConsentStatus.REFUSED, ConsentStatus.REVOKED)
SAYS = {ConsentStatus.REFUSED: "declined", ConsentStatus.REVOKED: "withdrew"}


def may_reach(
    person: Person, channel: Channel, *, purpose: ReachPurpose, at: datetime, case: Case | None = None, point: ContactPoint | None = None,
    said: Said | None = None,
) -> Answer:  # fmt: skip
    """Whether somebody may be reached in one way, at one moment.

    Args:
        channel: how.
        purpose: what for; a declined follow-up stops check-ins alone.
        at: the moment it would happen, aware.
        case: the case it belongs to, where its family is loaded.
        point: the number or address; without one the best of theirs decides.
        said: what they agreed to or declined last, where a list asked for many at once (`said_by`).
    Returns:
        the verdict, its reason in plain words, and the next safe moment where it is to wait.
    """
    if person.died_at is not None:
        return blocked(f"{person.called} has died.")
    if person.no_contact_at is not None:
        return blocked(f"{person.called} asked not to be contacted.")
    if no := _no_longer(person, channel, purpose, said):
        return blocked(no)
    if channel in BY_HAND:
        return yes("Handed over in person." if channel is Channel.IN_PERSON else "Printed at the desk.")
    found = [point] if point else [one for one in points_of(person) if one.kind is KINDS[channel]]
    found = [one for one in found if one.retired_at is None]
    if not found:
        return blocked(f"No {KINDS[channel].label.lower()} of {person.called} is recorded.")
    zone = person.zone or _family_zone(person, case)
    answers = [_by_point(one, person, channel, at, zone) for one in found]
    order = list(Verdict)
    return min(answers, key=lambda answer: order.index(answer.verdict))


def _by_point(point: ContactPoint, person: Person, channel: Channel, at: datetime, zone: str) -> Answer:
    if point.unverified_at is not None:
        return blocked(f"This {point.kind.label.lower()} turned out not to be {person.called}'s, or not in use.")
    if (said := _not_safe(point, person, channel)) is not None:
        return blocked(said)
    if point.is_shared and point.confirmed_at is None:
        whom = f" with {point.shared_with}" if point.shared_with else ""
        return blocked(f"{person.called} shares this {point.kind.label.lower()}{whom} and has not confirmed it as safe.")
    if channel in HEARD_AT_ONCE and (until := next_safe(point, at, zone)) is not None:
        return Answer(Verdict.WAIT, f"Outside {person.called}'s safe hours. Next at {show_clock(until, zone)}.", until=until)
    return yes(f"Voicemail: {point.voicemail_rule.label.lower()}." if channel is Channel.VOICEMAIL else f"{person.called} marked this as safe.")


def _not_safe(point: ContactPoint, person: Person, channel: Channel) -> str | None:
    if channel in (Channel.CALL, Channel.VOICEMAIL) and not point.ok_to_call:
        return f"{person.called} has not said that calls are safe here."
    if channel is Channel.VOICEMAIL and point.voicemail_rule is VoicemailRule.NONE:
        return f"{person.called} wants no messages left here."
    if channel is Channel.TEXT and not point.ok_to_text:
        return f"{person.called} has not said that texts are safe here."
    if channel in (Channel.EMAIL, Channel.POST) and not point.ok_to_write:
        return f"{person.called} has not said that writing is safe here."
    return None


def next_safe(point: ContactPoint, at: datetime, zone: str) -> datetime | None:
    """The next safe moment of a number with safe hours, or None when the moment itself is safe.

    Args:
        zone: IANA zone in which the hours are meant: the person's.
    """
    if point.best_from is None and point.best_until is None:
        return None
    begins, ends = point.best_from or time.min, point.best_until or time.max
    here = at.astimezone(ZoneInfo(zone))
    clock_now = here.time()
    overnight = begins > ends
    safe = (clock_now >= begins or clock_now < ends) if overnight else begins <= clock_now < ends
    if safe:
        return None
    day = here.date() if clock_now < begins else here.date() + timedelta(days=1)
    return datetime.combine(day, begins, tzinfo=ZoneInfo(zone))


def said_by(person_ids: Collection[int]) -> dict[int, Said]:
    """What each of some people agreed to or declined last about being contacted: one question for a whole list."""
    rows = db.session.execute(
        select(Consent.subject_id, Consent.type, Consent.status)
        .where(Consent.subject_id.in_(person_ids), Consent.type.in_(OF_REACHING), Consent.status.not_in(SAYS_NOTHING))
        .order_by(Consent.id)
    )
    found: dict[int, Said] = {key: {} for key in person_ids}
    for key, kind, status in rows:
        found[key][kind] = status  # the last one said stands
    return found


def _no_longer(person: Person, channel: Channel, purpose: ReachPurpose, said: Said | None) -> str | None:
    kinds = {ConsentType.CONTACT_CONSENT}
    if channel is Channel.TEXT:
        kinds.add(ConsentType.TEXT_CONSENT)
    if purpose is ReachPurpose.CHECK_IN:
        kinds.add(ConsentType.FOLLOWUP_CONSENT)
    if channel in BY_HAND:
        kinds.discard(ConsentType.CONTACT_CONSENT)  # general material by hand stays possible (row 2)
    latest = _latest(person.id, kinds) if said is None else {kind: said[kind] for kind in kinds if kind in said}
    for kind, status in latest.items():
        if status in NO_LONGER:
            what = {ConsentType.TEXT_CONSENT: "text messages", ConsentType.FOLLOWUP_CONSENT: "follow-up"}.get(kind, "being contacted")
            return f"{person.called} {SAYS[status]} {what}."
    return None


def _latest(person_id: int, kinds: Collection[ConsentType]) -> dict[ConsentType, ConsentStatus]:
    if not kinds:
        return {}
    rows = db.session.execute(
        select(Consent.type, Consent.status)
        .where(Consent.subject_id == person_id, Consent.type.in_(kinds), Consent.status.not_in(SAYS_NOTHING))
        .order_by(Consent.id)
    ).all()
    return {kind: status for kind, status in rows}  # the last one said stands


def points_of(person: Person) -> Sequence[ContactPoint]:
    """The ways to reach somebody, as they are loaded already, else those in use."""
    if "points" not in inspect(person).unloaded:
        return person.points
    return db.session.scalars(
        select(ContactPoint).where(ContactPoint.person_id == person.id, ContactPoint.retired_at.is_(None)).order_by(ContactPoint.id)
    ).all()


def _family_zone(person: Person, case: Case | None) -> str:
    if case is not None and case.family_id == person.family_id:
        return case.family.zone
    family = db.session.get(Family, person.family_id)
    return family.zone if family else "UTC"
