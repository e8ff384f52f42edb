"""The codes of a case: stages, holds, episodes, closing, next steps, plans, risks."""

from tracker.words import Words


class CaseStage(Words):
    """Where a family stands on its way: a summary that staff confirm, never a score."""

    INQUIRY = "inquiry", "Inquiry"
    INTERVENTION = "intervention", "Intervention"
    REFERRAL = "referral", "Rehab referral"
    PLACEMENT = "placement", "Support group"
    FOLLOW_UP = "follow_up", "Recovery follow-up"
    CLOSED = "closed", "Closed"

    @property
    def number(self) -> int:
        """Its place on the path, 1 to 5 (6 for closed)."""
        return list(CaseStage).index(self) + 1


PATH = [stage for stage in CaseStage if stage is not CaseStage.CLOSED]
# Usual time in a stage in days; past it a case is called stuck (interface.md, settings).
USUAL = {
    CaseStage.INQUIRY: (0, 3),
    CaseStage.INTERVENTION: (7, 21),
    CaseStage.REFERRAL: (7, 14),
    CaseStage.PLACEMENT: (7, 21),
    CaseStage.FOLLOW_UP: (28, 90),
}


class HoldReason(Words):
    """Why a case waits until a date."""

    ASKED_TO_PAUSE = "asked_to_pause", "Asked to pause"
    WAITING_ON_PERSON = "waiting_on_person", "Waiting on the person of concern"
    WAITING_ON_FAMILY = "waiting_on_family", "Waiting on the family"
    WAITING_ON_PROVIDER = "waiting_on_provider", "Waiting on a provider"
    WAITING_ON_DOCUMENTS = "waiting_on_documents", "Waiting on documents or consent"
    SAFETY_REVIEW = "safety_review", "Safety review"
    HOSPITAL_OR_CUSTODY = "hospital_or_custody", "In hospital or custody"
    OTHER = "other", "Other"


class EpisodeReason(Words):
    """Why an episode of a case began."""

    FIRST_CONTACT = "first_contact", "First contact"
    RETURN_TO_USE = "return_to_use", "Return to use"
    NEW_NEED = "new_need", "New need"
    REOPENED = "reopened", "Reopened after closing"


class ClosureReason(Words):
    """Why a case was closed."""

    GOALS_MET = "goals_met", "Goals met"
    CONNECTED_ONGOING_ELSEWHERE = "connected_ongoing_elsewhere", "Connected; ongoing support elsewhere"
    FAMILY_SELF_SUPPORTING = "family_self_supporting", "Family managing on their own"
    INQUIRER_WITHDREW = "inquirer_withdrew", "Inquirer withdrew"
    PERSON_DECLINED_ALL_HELP = "person_declined_all_help", "Person declined help for now"
    UNABLE_TO_REACH = "unable_to_reach", "Unable to reach"
    NOT_OUR_SERVICE = "not_our_service", "Not our service"
    TRANSFERRED_TO_OTHER_ORG = "transferred_to_other_org", "Transferred to another organization"
    MOVED = "moved", "Moved away"
    INCARCERATED = "incarcerated", "Incarcerated"
    DECEASED = "deceased", "Person died"
    DUPLICATE = "duplicate", "Duplicate"
    ENTERED_IN_ERROR = "entered_in_error", "Entered in error"


class NextStepKind(Words):
    """What the next step is."""

    CALL = "call", "Call"
    TEXT = "text", "Text"
    EMAIL = "email", "Email"
    MEETING = "meeting", "Meeting"
    SEND_PACKET = "send_packet", "Send packet"
    REFER = "refer", "Refer to a program"
    CHECK_REFERRAL = "check_referral", "Ask the program"
    PLACE = "place", "Find a group"
    OBTAIN_CONSENT = "obtain_consent", "Record a consent"
    CHECK_IN = "check_in", "Check in"
    DECIDE = "decide", "Decide how to go on"

    @property
    def icon(self) -> str:
        """The icon that stands beside it on Today."""
        return STEP_ICONS[self]


STEP_ICONS = {
    NextStepKind.CALL: "phone",
    NextStepKind.TEXT: "message-2",
    NextStepKind.EMAIL: "mail",
    NextStepKind.MEETING: "users",
    NextStepKind.SEND_PACKET: "package",
    NextStepKind.REFER: "building-community",
    NextStepKind.CHECK_REFERRAL: "building-community",
    NextStepKind.PLACE: "armchair",
    NextStepKind.OBTAIN_CONSENT: "shield-check",
    NextStepKind.CHECK_IN: "phone",
    NextStepKind.DECIDE: "route",
}


class PlanOpenness(Words):
    """What the person or the family is open to, in a plan."""

    INPATIENT = "inpatient", "Inpatient or residential"
    OUTPATIENT = "outpatient", "Outpatient"
    THERAPY = "therapy", "Therapy (CBT or other)"
    MEDICATION_TALK = "medication_talk", "Talk with a doctor about medication"
    PEER_SUPPORT = "peer_support", "Support group"
    FAMILY_WORK = "family_work", "Family sessions"
    FAITH_BASED = "faith_based", "Faith-based"
    SECULAR = "secular", "Secular"
    NOT_YET = "not_yet", "Nothing yet"


class PlanLimit(Words):
    """What a plan must respect."""

    DISTANCE = "distance", "Distance"
    PAYMENT = "payment", "Payment"
    WORK = "work", "Work"
    SCHOOL = "school", "School"
    CHILDREN = "children", "Children to care for"
    LANGUAGE = "language", "Language"
    TRANSPORT = "transport", "Transport"
    LEGAL = "legal", "Legal dates"
    HEALTH = "health", "Health needs"
    HOUSING = "housing", "Housing"
    PETS = "pets", "Pets"


class RiskFlag(Words):
    """What was said that needs care; recorded and acted on, never scored."""

    SUICIDE_RISK = "suicide_risk", "Suicide concern"
    OVERDOSE_RECENT = "overdose_recent", "Overdose in last 30 days"
    WITHDRAWAL_MEDICAL_RISK = "withdrawal_medical_risk", "Possible dangerous withdrawal", "Alcohol, benzodiazepines: medical advice first"
    VIOLENCE_TOWARD_INQUIRER = "violence_toward_inquirer", "Violence toward inquirer"
    VIOLENCE_OTHER = "violence_other", "Other violence"
    WEAPON = "weapon", "Weapon present"
    CHILD_SAFETY = "child_safety", "Child safety"
    VULNERABLE_ADULT = "vulnerable_adult", "Vulnerable adult"
    PREGNANCY = "pregnancy", "Pregnancy"
    UNSAFE_CONTACT = "unsafe_contact", "Unsafe to contact"
    MEDIA_OR_LEGAL_SENSITIVE = "media_or_legal_sensitive", "Media or legal sensitivity"


class PromiseState(Words):
    """What became of what we said we would do."""

    OPEN = "open", "Promised"
    KEPT = "kept", "Kept"
    KEPT_LATE = "kept_late", "Kept late"
    MISSED = "missed", "Missed"
    RELEASED = "released", "No longer asked for"
