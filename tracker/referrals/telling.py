"""Where a referral stands in staff's words, and what staff may hear about it next (interface 3.5). No code is shown."""

from datetime import datetime

from tracker import clock
from tracker.referrals.models import Referral
from tracker.referrals.words import ProviderResponse, ReasonCancelled, ReasonOnHold, ReasonRejected, ReferralStatus
from tracker.templating import show_day
from tracker.words import Words

S = ReferralStatus
R = ProviderResponse


class Heard(Words):
    """What was told about a referral, as people say it."""

    ACCEPTED = "accepted", "Accepted"
    WAITLIST = "waitlist", "Waiting list"
    PLACE_OFFERED = "place_offered", "Place offered"
    NO_PLACE = "no_place", "No place"
    NOT_A_FIT = "not_a_fit", "Not a fit"
    CANNOT_CONFIRM = "cannot_confirm", "Cannot confirm or deny"
    STARTED = "started", "Started"
    DID_NOT_START = "did_not_start", "Did not start"
    PAUSED = "paused", "Paused"
    ENDED = "ended", "Ended"
    DECLINED = "declined", "Family declined"
    IN_ERROR = "in_error", "Entered in error"


H = Heard
NEXT: dict[ReferralStatus, tuple[Heard, ...]] = {
    S.DRAFT: (H.IN_ERROR,),
    S.REQUESTED: (H.ACCEPTED, H.WAITLIST, H.PLACE_OFFERED, H.NO_PLACE, H.NOT_A_FIT, H.CANNOT_CONFIRM, H.DECLINED, H.IN_ERROR),
    S.ACCEPTED: (H.STARTED, H.WAITLIST, H.PAUSED, H.DID_NOT_START, H.DECLINED, H.CANNOT_CONFIRM, H.ENDED, H.IN_ERROR),
    S.IN_PROGRESS: (H.ENDED, H.PAUSED, H.DID_NOT_START, H.CANNOT_CONFIRM, H.DECLINED, H.IN_ERROR),
    S.ON_HOLD: (H.STARTED, H.DID_NOT_START, H.ENDED, H.CANNOT_CONFIRM, H.DECLINED, H.IN_ERROR),
    S.REJECTED: (H.IN_ERROR,),
    S.COMPLETED: (H.IN_ERROR,),
    S.FAILED: (H.IN_ERROR,),
    S.CANCELLED: (H.IN_ERROR,),
    S.ENTERED_IN_ERROR: (),
}
PROPOSED = {
    H.ACCEPTED: "Call {who} with the start date",
    H.WAITLIST: "Ask {program} about the waiting list",
    H.PLACE_OFFERED: "Call {who} about the place",
    H.NO_PLACE: "Refer to another program",
    H.NOT_A_FIT: "Refer to another program",
    H.CANNOT_CONFIRM: "Ask {who} what {program} said",
    H.STARTED: "Call {who}: how the first days went",
    H.DID_NOT_START: "Call {who} about what comes next",
    H.PAUSED: "Ask {program} when it can go on",
    H.ENDED: "Call {who}: agree on follow-up",
    H.DECLINED: "Call {who} about what comes next",
    H.IN_ERROR: "Decide how to go on",
}


def stands(referral: Referral, at: datetime, zone: str) -> tuple[str, str, str]:
    """Where a referral stands: words, tone and icon of a tag.

    Args:
        zone: IANA zone in which days are counted and shown.
    """
    expected = show_day(referral.expected_on) if referral.expected_on else ""
    match referral.status:
        case S.REQUESTED:
            return _sent(referral, at, zone, expected)
        case S.ACCEPTED:
            return f"Accepted, starts {expected}" if expected else "Accepted", "ok", "circle-check"
        case S.IN_PROGRESS:
            return f"Started {show_day(referral.admitted_on)}", "ok", "circle-check"
        case S.ON_HOLD:
            return _held(referral, expected), "soon", "hourglass"
        case S.REJECTED:
            return "No place" if referral.reason == ReasonRejected.NO_CAPACITY else "Not a fit", "n", "x"
        case S.COMPLETED:
            left = f": {referral.discharge_type.label.lower()}" if referral.discharge_type else ""
            return f"Ended {show_day(referral.discharged_on)}{left}".replace("Ended :", "Ended:"), "n", "check"
        case S.FAILED:
            return "Did not start", "n", "x"
        case S.CANCELLED:
            return "Consent withdrawn" if referral.reason == ReasonCancelled.CONSENT_REVOKED else "Family declined", "n", "x"
    return referral.status.label, "n", "circle-dashed"


def _sent(referral: Referral, at: datetime, zone: str, expected: str) -> tuple[str, str, str]:
    when = f" {expected}" if expected else ""
    match referral.provider_response:
        case R.WAITLIST:
            return f"Waitlist until{when}" if expected else "Waitlist", "soon", "hourglass"
        case R.PLACE_OFFERED:
            return f"Place offered{when}", "ok", "door-enter"
        case R.CANNOT_CONFIRM:
            return "Cannot confirm or deny", "n", "eye-off"
    if referral.shares_nothing:
        return "Family has the details", "info", "users"
    if referral.sent_at is None:
        return "Sent", "info", "hourglass"
    days = (clock.local(at, zone).date() - clock.local(referral.sent_at, zone).date()).days
    waits = f"waiting {days} day" + ("s" if days != 1 else "") if days else "today"
    return f"Sent, {waits}", "info", "hourglass"


def _held(referral: Referral, expected: str) -> str:
    if referral.reason == ReasonOnHold.WAITLIST:
        return f"Waitlist until {expected}" if expected else "Waitlist"
    reason = next((word.label.lower() for word in ReasonOnHold if word.value == referral.reason), "")
    return f"Paused: {reason}"
