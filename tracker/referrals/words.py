"""The codes of referrals (Gravity SDOH Clinical Care IG 3.0.0, as the vocabulary has them; domain 3.5)."""

from tracker.consents.words import InfoCategory
from tracker.words import Words


class ReferralStatus(Words):
    """Where a referral stands, by its code; what staff read is `status_words`."""

    DRAFT = "draft", "Draft", "Set by us"
    REQUESTED = "requested", "Sent", "Set by us"
    ACCEPTED = "accepted", "Accepted, not started", "Set by provider"
    REJECTED = "rejected", "Declined by provider", "Terminal; reason required"
    IN_PROGRESS = "in_progress", "Admitted / receiving service", "Set by provider; admitted_on recorded"
    ON_HOLD = "on_hold", "Waitlisted / paused", "Reason required"
    COMPLETED = "completed", "Completed", "Terminal"
    FAILED = "failed", "Not completed", "Terminal; reason required"
    CANCELLED = "cancelled", "Withdrawn", "Terminal; reason required"
    ENTERED_IN_ERROR = "entered_in_error", "Entered in error", "Terminal; from any state"


S = ReferralStatus
MOVES: dict[ReferralStatus, set[ReferralStatus]] = {
    S.DRAFT: {S.REQUESTED, S.ENTERED_IN_ERROR},
    S.REQUESTED: {S.ACCEPTED, S.REJECTED, S.CANCELLED, S.ENTERED_IN_ERROR},
    S.ACCEPTED: {S.IN_PROGRESS, S.ON_HOLD, S.COMPLETED, S.FAILED, S.CANCELLED, S.ENTERED_IN_ERROR},
    S.IN_PROGRESS: {S.ON_HOLD, S.COMPLETED, S.FAILED, S.CANCELLED, S.ENTERED_IN_ERROR},
    S.ON_HOLD: {S.IN_PROGRESS, S.COMPLETED, S.FAILED, S.CANCELLED, S.ENTERED_IN_ERROR},
    S.REJECTED: {S.ENTERED_IN_ERROR},
    S.COMPLETED: {S.ENTERED_IN_ERROR},
    S.FAILED: {S.ENTERED_IN_ERROR},
    S.CANCELLED: {S.ENTERED_IN_ERROR},
    S.ENTERED_IN_ERROR: set(),
}
LIVE = (S.DRAFT, S.REQUESTED, S.ACCEPTED, S.IN_PROGRESS, S.ON_HOLD)


class StatusSetBy(Words):
    """Who told us."""

    STAFF = "staff", "Staff"
    PROVIDER = "provider", "Provider"
    INQUIRER = "inquirer", "Inquirer"
    PERSON_OF_CONCERN = "person_of_concern", "Person of concern"


class ProviderResponse(Words):
    """What the program said so far; the status stays as it was."""

    NONE_YET = "none_yet", "No response yet", "Chase after 2 business days"
    RECEIVED = "received", "Response received"
    CANNOT_CONFIRM = "cannot_confirm", "Cannot confirm or deny", "No inbound release; referral status stays as it was"
    WAITLIST = "waitlist", "On their waiting list", "with a date; status stays requested until accepted"
    PLACE_OFFERED = "place_offered", "Place offered", "with a date"


class ReasonRejected(Words):
    """Why a program declined."""

    NO_CAPACITY = "no_capacity", "No capacity"
    WRONG_LEVEL_OF_CARE = "wrong_level_of_care", "Different level of care needed"
    INSURANCE_NOT_ACCEPTED = "insurance_not_accepted", "Insurance not accepted"
    COST = "cost", "Cost"
    AGE_OR_GENDER_CRITERIA = "age_or_gender_criteria", "Age or gender criteria"
    MEDICAL_ACUITY = "medical_acuity", "Medical needs beyond program"
    PSYCHIATRIC_ACUITY = "psychiatric_acuity", "Mental-health needs beyond program"
    LEGAL_STATUS = "legal_status", "Legal status"
    OUT_OF_AREA = "out_of_area", "Out of area"
    INCOMPLETE_INFORMATION = "incomplete_information", "Incomplete information"
    NO_RESPONSE_CLOSED = "no_response_closed", "No response"


class ReasonCancelled(Words):
    """Why a referral was withdrawn."""

    CHANGED_MIND = "changed_mind", "Changed mind"
    CHOSE_OTHER_PROVIDER = "chose_other_provider", "Chose another provider"
    COST = "cost", "Cost"
    TRAVEL = "travel", "Travel"
    WORK_OR_FAMILY = "work_or_family", "Work or family"
    CONSENT_REVOKED = "consent_revoked", "Consent revoked"
    SAFETY_CONCERN = "safety_concern", "Safety concern"


class ReasonOnHold(Words):
    """Why it waits."""

    WAITLIST = "waitlist", "Waitlist"
    INSURANCE_AUTHORIZATION = "insurance_authorization", "Insurance authorization"
    MEDICAL_CLEARANCE = "medical_clearance", "Medical clearance"
    AWAITING_CONSENT = "awaiting_consent", "Awaiting consent"
    AWAITING_TRANSPORT = "awaiting_transport", "Awaiting transport"
    PERSON_NOT_READY = "person_not_ready", "Person not ready yet"


class ReasonFailed(Words):
    """Why it did not start."""

    NO_SHOW = "no_show", "Did not arrive"
    LEFT_BEFORE_ADMISSION = "left_before_admission", "Left before admission"
    INCARCERATED = "incarcerated", "Incarcerated"
    DECEASED = "deceased", "Died"
    LOST_CONTACT = "lost_contact", "Lost contact"


REASONS: dict[ReferralStatus, type[Words]] = {
    S.REJECTED: ReasonRejected,
    S.CANCELLED: ReasonCancelled,
    S.ON_HOLD: ReasonOnHold,
    S.FAILED: ReasonFailed,
}


class DischargeType(Words):
    """How somebody left a program."""

    COMPLETED = "completed", "Completed program"
    LEFT_BY_CHOICE = "left_by_choice", "Left by choice"
    ASKED_TO_LEAVE = "asked_to_leave", "Asked to leave"
    TRANSFERRED = "transferred", "Transferred"
    INCARCERATED = "incarcerated", "Incarcerated"
    DIED = "died", "Died"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Unknown"


class LocSource(Words):
    """Where a level of care comes from; staff never assess it."""

    PROVIDER_ASSESSED = "provider_assessed", "Assessed by a provider"
    CLINICIAN_RECOMMENDED = "clinician_recommended", "Recommended by a clinician"
    INQUIRER_REQUESTED = "inquirer_requested", "Requested by inquirer"
    STAFF_SEARCH_TERM = "staff_search_term", "Search term only", "Staff never assess level of care"


class Handoff(Words):
    """How a referral is made."""

    PHONE_TOGETHER = "phone_together", "Phone together with the family"
    FAX = "fax", "Fax, sent by hand"
    FAMILY_CALLS = "family_calls", "Give details to family", "Nothing is shared"


class Share(Words):
    """A line that may be told with a referral; each falls under one category of a consent."""

    NAME_AGE = "name_age", "First name and age"
    PHONE = "phone", "Best phone and time to call"
    LANGUAGE = "language", "Language spoken"
    NEEDS = "needs", "Kind of care that is looked for"
    PAYMENT = "payment", "How it would be paid"
    FAMILY = "family", "That the family takes part"
    NOTES = "notes", "Notes: nothing unless you add it"

    @property
    def category(self) -> InfoCategory:
        """The category of information that a consent must cover."""
        return CATEGORIES[self]


CATEGORIES = {
    Share.NAME_AGE: InfoCategory.IDENTITY_CONTACT,
    Share.PHONE: InfoCategory.IDENTITY_CONTACT,
    Share.LANGUAGE: InfoCategory.IDENTITY_CONTACT,
    Share.NEEDS: InfoCategory.REFERRAL_NEEDS,
    Share.PAYMENT: InfoCategory.INSURANCE,
    Share.FAMILY: InfoCategory.FAMILY_PARTICIPATION,
    Share.NOTES: InfoCategory.REFERRAL_NEEDS,
}
