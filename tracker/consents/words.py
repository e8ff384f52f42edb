"""The codes of consents, and how people are reached."""

from tracker.words import Words


class ConsentType(Words):
    """What was agreed to."""

    CONTACT_CONSENT = "contact_consent", "Permission to contact", "Per number/channel"
    SERVICE_AGREEMENT = "service_agreement", "Service agreement"
    ROI_OUTBOUND = "roi_outbound", "Release: us to provider", "42 CFR 2.31 elements"
    ROI_INBOUND = "roi_inbound", "Release: provider to us", "Needed to confirm admission"
    ROI_MUTUAL = "roi_mutual", "Release: both ways"
    TPO_SINGLE = "tpo_single", "Single TPO consent", "Only if the organization is subject to Part 2"
    FOLLOWUP_CONSENT = "followup_consent", "Follow-up permission"
    TEXT_CONSENT = "text_consent", "Text-message consent"
    RECORDING_CONSENT = "recording_consent", "Call recording consent"
    DATA_USE_CONSENT = "data_use_consent", "Data use (reports, stories)"
    PROCEEDINGS = "proceedings", "Legal proceedings", "Separate; never combined"


OUTBOUND = (ConsentType.ROI_OUTBOUND, ConsentType.ROI_MUTUAL)
INBOUND = (ConsentType.ROI_INBOUND, ConsentType.ROI_MUTUAL)
RELEASES = (ConsentType.ROI_OUTBOUND, ConsentType.ROI_INBOUND, ConsentType.ROI_MUTUAL, ConsentType.PROCEEDINGS)


class ConsentStatus(Words):
    """Where a consent stands."""

    DRAFT = "draft", "Draft"
    ACTIVE = "active", "Active"
    EXPIRED = "expired", "Expired"
    REVOKED = "revoked", "Revoked", "Stops future disclosure"
    SUPERSEDED = "superseded", "Superseded"
    REFUSED = "refused", "Declined"
    ENTERED_IN_ERROR = "entered_in_error", "Entered in error"


SAYS_NOTHING = (ConsentStatus.DRAFT, ConsentStatus.ENTERED_IN_ERROR, ConsentStatus.SUPERSEDED)  # rows that are passed over: another one stands


class ConsentElement(Words):
    """What a written consent must hold (42 CFR 2.31(a))."""

    SUBJECT_NAME = "subject_name", "Name of the person", "2.31(a)(1)"
    DISCLOSER = "discloser", "Who may disclose", "2.31(a)(2)"
    INFORMATION = "information", "What information", "2.31(a)(3)"
    RECIPIENTS = "recipients", "To whom", "2.31(a)(4)"
    PURPOSE = "purpose", "Why", "2.31(a)(5)"
    RIGHT_TO_REVOKE = "right_to_revoke", "Right to revoke and how", "2.31(a)(6)"
    EXPIRY = "expiry", "Expiry date or event", "2.31(a)(7)"
    SIGNATURE = "signature", "Signature and signer capacity", "2.31(a)(8)"
    DATE_SIGNED = "date_signed", "Date signed", "2.31(a)(9)"
    TPO_STATEMENTS = "tpo_statements", "TPO statements", "2.31(a)(10); only TPO"


class SignerCapacity(Words):
    """In which capacity somebody signed."""

    SELF = "self", "The person"
    MINOR_SELF = "minor_self", "Minor signing for themselves", "State law decides"
    PARENT_GUARDIAN = "parent_guardian", "Parent / guardian"
    PERSONAL_REPRESENTATIVE = "personal_representative", "Personal representative"
    COURT_APPOINTED = "court_appointed", "Court-appointed guardian"


class SignatureMethod(Words):
    """How it was signed."""

    WET_SCAN = "wet_scan", "Paper, scanned"
    E_SIGNATURE = "e_signature", "Electronic signature"
    VERBAL_DOCUMENTED = "verbal_documented", "Verbal, documented", "Never enough for Part 2"


class InfoCategory(Words):
    """What may be told."""

    IDENTITY_CONTACT = "identity_contact", "Identity and contact"
    ATTENDANCE_ADMISSION = "attendance_admission", "Attendance / admission"
    TREATMENT_SUMMARY = "treatment_summary", "Treatment summary"
    REFERRAL_NEEDS = "referral_needs", "Needs and referral"
    INSURANCE = "insurance", "Insurance"
    RECOVERY_PROGRESS = "recovery_progress", "Recovery progress"
    FAMILY_PARTICIPATION = "family_participation", "Family participation"
    SAFETY = "safety", "Safety"


class DisclosurePurpose(Words):
    """Why something is told."""

    REFERRAL_COORDINATION = "referral_coordination", "Referral coordination"
    ADMISSION_CONFIRMATION = "admission_confirmation", "Confirming admission"
    FAMILY_UPDATES = "family_updates", "Family updates"
    FOLLOW_UP = "follow_up", "Follow-up"
    PAYMENT_NAVIGATION = "payment_navigation", "Payment navigation"
    AT_REQUEST = "at_request", "At the person's request"


class Channel(Words):
    """How somebody would be reached, or handed something."""

    CALL = "call", "Call"
    TEXT = "text", "Text"
    EMAIL = "email", "E-mail"
    VOICEMAIL = "voicemail", "Voicemail"
    POST = "post", "Post"
    IN_PERSON = "in_person", "In person"
    PRINT = "print", "Print at the desk"


class ReachPurpose(Words):
    """What somebody would be reached for."""

    TALK = "talk", "Talk or call back"
    MATERIAL = "material", "Send material"
    CHECK_IN = "check_in", "Follow-up check-in"


class Verdict(Words):
    """What the gate says."""

    YES = "yes", "Yes"
    WAIT = "wait", "Not now"
    BLOCKED = "blocked", "No"
