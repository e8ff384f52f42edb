"""The codes of an inquiry."""

from tracker.words import Words


class InquiryChannel(Words):
    """How an inquiry reached us."""

    PHONE_INBOUND = "phone_inbound", "Phone call"
    VOICEMAIL = "voicemail", "Voicemail", "Needs callback task"
    TEXT_SMS = "text_sms", "Text message", "Log opt-in before replying with content"
    EMAIL = "email", "Email"
    WEB_FORM = "web_form", "Website form"
    WEB_CHAT = "web_chat", "Web chat"
    VIDEO_RELAY = "video_relay", "Video relay / TTY", "Call through an interpreter or relay operator"
    WALK_IN = "walk_in", "Walk-in / in person"
    OUTREACH_EVENT = "outreach_event", "Outreach event"
    SOCIAL_MEDIA = "social_media", "Social media message", "Move to a private channel"
    MAIL = "mail", "Mail"
    FAX = "fax", "Fax"
    PROVIDER_REFERRAL = "provider_referral", "Referred in by a provider", "Check their consent to send"
    COURT_OR_PROBATION = "court_or_probation", "Court or probation", "Never promise reports without consent"
    EMPLOYER_EAP = "employer_eap", "Employer / EAP"


class InquiryStatus(Words):
    """Whether somebody is on it."""

    UNCLAIMED = "unclaimed", "Unclaimed"
    TAKEN = "taken", "Taken"
    CASE_OPEN = "case_open", "Case open"
    CLOSED = "closed", "Closed"


class InquiryDisposition(Words):
    """What became of an inquiry; the note tells data contacts from calls that are none."""

    INFORMATION_ONLY = "information_only", "Information given", "data"
    REFERRAL_GIVEN = "referral_given", "Referral(s) given", "data; list every option offered"
    CASE_OPENED = "case_opened", "Case opened", "data"
    ADDED_TO_EXISTING_CASE = "added_to_existing_case", "Added to existing case", "data; check identity and safe contact"
    CRISIS_HANDLED = "crisis_handled", "Crisis handled", "data; action log required"
    CALLBACK_REQUESTED = "callback_requested", "Callback requested", "data"
    TRANSFERRED = "transferred", "Transferred / warm hand-off", "data"
    HANG_UP = "hang_up", "Hang-up", "non-data"
    SILENT = "silent", "Silent", "non-data"
    WRONG_NUMBER = "wrong_number", "Wrong number", "non-data"
    PRANK_OR_ABUSIVE = "prank_or_abusive", "Prank or hostile call", "non-data"
    TEST = "test", "Test", "non-data"
    SPAM_SALES = "spam_sales", "Spam or sales", "non-data"


class InquirerRelationship(Words):
    """How the inquirer is related to the person of concern."""

    SELF = "self", "Person themselves"
    PARENT = "parent", "Parent / step-parent"
    ADULT_CHILD = "adult_child", "Adult child"
    MINOR_CHILD = "minor_child", "Minor child"
    SPOUSE_PARTNER = "spouse_partner", "Spouse / partner"
    EX_PARTNER = "ex_partner", "Ex-partner"
    SIBLING = "sibling", "Sibling"
    GRANDPARENT = "grandparent", "Grandparent"
    OTHER_FAMILY = "other_family", "Other family"
    FRIEND = "friend", "Friend"
    EMPLOYER_COWORKER = "employer_coworker", "Employer / co-worker"
    CLERGY_COMMUNITY = "clergy_community", "Clergy / community"
    GUARDIAN = "guardian", "Guardian / legal representative"
    PROFESSIONAL = "professional", "Professional"
    ANONYMOUS = "anonymous", "Prefers not to say"
    UNKNOWN = "unknown", "Unknown"


class Urgency(Words):
    """How soon an answer is needed; recorded by a person, never computed."""

    EMERGENCY = "emergency", "Emergency - call 911 now"
    CRISIS = "crisis", "Crisis - 988 / safety plan now"
    URGENT = "urgent", "Urgent - same day"
    SOON = "soon", "Soon - within 48 hours"
    ROUTINE = "routine", "Routine - within 3 business days"


class DangerAnswer(Words):
    """Is anyone in danger right now?"""

    NO = "no", "No"
    NOT_SURE = "not_sure", "Not sure"
    YES = "yes", "Yes, now"
    NOT_ASKED = "not_asked", "Not asked"


class ReportedSign(Words):
    """What the family mentions; never scored."""

    NEGLECTING_RESPONSIBILITIES = "neglecting_responsibilities", "Neglecting responsibilities", "behavioral"
    TIME_AROUND_USE = "time_around_use", "Much time getting, using or recovering", "behavioral"
    USE_DESPITE_PROBLEMS = "use_despite_problems", "Use goes on despite problems", "behavioral"
    SOCIAL_WITHDRAWAL = "social_withdrawal", "Withdrawing from people", "behavioral"
    LOST_INTERESTS = "lost_interests", "Lost interest in things once enjoyed", "behavioral"
    NEEDS_MORE = "needs_more", "Needs more than before", "physical (tolerance)"
    SHAKING = "shaking", "Shaking", "physical"
    SWEATING = "sweating", "Sweating", "physical"
    AGITATION = "agitation", "Agitation", "physical"
    SLEEP_CHANGES = "sleep_changes", "Changed sleep", "physical"
    BLADDER_PROBLEMS = "bladder_problems", "Bladder problems", "physical; advise seeing a doctor"
    STOMACH_PAIN = "stomach_pain", "Stomach pain", "physical; advise seeing a doctor"
    MEMORY_LOSS = "memory_loss", "Memory loss", "physical"
    POOR_CONCENTRATION = "poor_concentration", "Poor concentration", "physical"



class Substance(Words):
    """What is used, as it is told."""

    ALCOHOL = "alcohol", "Alcohol"
    CANNABIS = "cannabis", "Cannabis"
    COCAINE_CRACK = "cocaine_crack", "Cocaine / crack"
    HEROIN = "heroin", "Heroin"
    FENTANYL_SYNTHETIC = "fentanyl_synthetic", "Fentanyl / synthetic opioid"
    RX_OPIOID = "rx_opioid", "Prescription opioid"
    METHAMPHETAMINE = "methamphetamine", "Methamphetamine"
    OTHER_STIMULANT = "other_stimulant", "Other stimulant"
    BENZODIAZEPINE = "benzodiazepine", "Benzodiazepine"
    OTHER_SEDATIVE = "other_sedative", "Other sedative"
    KETAMINE = "ketamine", "Ketamine"
    PCP = "pcp", "PCP"
    HALLUCINOGEN = "hallucinogen", "Hallucinogen"
    MDMA = "mdma", "MDMA"
    INHALANT = "inhalant", "Inhalant"
    NICOTINE = "nicotine", "Nicotine"
    KRATOM_7OH = "kratom_7oh", "Kratom / 7-OH"
    GAMBLING_BEHAVIOURAL = "gambling_behavioural", "Gambling / behavioral"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Unknown"


class UseContext(Words):
    """Prescribed use is not misuse."""

    PRESCRIBED_AS_DIRECTED = "prescribed_as_directed", "Prescribed, used as directed", "Includes clinic ketamine / esketamine"
    PRESCRIBED_MISUSED = "prescribed_misused", "Prescribed, used differently"
    NOT_PRESCRIBED = "not_prescribed", "Not prescribed"
    UNKNOWN = "unknown", "Unknown"


class ReportedBy(Words):
    """Who said so."""

    SELF = "self", "Person themselves"
    INQUIRER = "inquirer", "Inquirer"
    PROVIDER = "provider", "Provider"
    STAFF_OBSERVED = "staff_observed", "Staff"
    UNKNOWN = "unknown", "Unknown"


class HowHeard(Words):
    """How they found us."""

    WEB_SEARCH = "web_search", "Web search"
    AI_ASSISTANT = "ai_assistant", "AI assistant"
    FRIEND_FAMILY = "friend_family", "Friend or family"
    PROVIDER = "provider", "Provider"
    COURT = "court", "Court"
    SCHOOL = "school", "School"
    EMPLOYER = "employer", "Employer"
    HOTLINE_211_988 = "hotline_211_988", "211 / 988 / other hotline"
    SOCIAL_MEDIA = "social_media", "Social media"
    EVENT = "event", "Event"
    RETURNING = "returning", "Returning"
    UNKNOWN = "unknown", "Unknown"


class UnmetNeedReason(Words):
    """Why a need could not be met."""

    NO_RESOURCE = "no_resource", "No resource exists"
    FULL_WAITLIST = "full_waitlist", "Full / waitlist"
    INELIGIBLE = "ineligible", "Not eligible"
    COST = "cost", "Cost"
    TRANSPORT = "transport", "Transport"
    HOURS = "hours", "Hours"
    LANGUAGE = "language", "Language"
    DISTANCE = "distance", "Distance"
    SAFETY = "safety", "Safety"
    DECLINED = "declined", "Declined by inquirer"


class Want(Words):
    """What would help most, as the caller says it."""

    TALK = "talk", "Someone to talk to"
    MEETING = "meeting", "Family meeting"
    PROGRAM = "program", "Find a program"
    GROUP = "group", "Support group"
    INFORMATION = "information", "Information"
    NOT_SURE = "not_sure", "Not sure yet"


class Reach(Words):
    """Ways that are safe to reach the caller; what is not ticked is not used."""

    CALL = "call", "Call"
    VOICEMAIL = "voicemail", "Voicemail"
    TEXT = "text", "Text"
    EMAIL = "email", "Email"
    MAIL = "mail", "Mail"


class CrisisMark(Words):
    """What was done when danger was said, or could not be ruled out."""

    CALLED_911 = "called_911", "911 called"
    OFFERED_988 = "offered_988", "988 offered"
    SUPERVISOR_TOLD = "supervisor_told", "Supervisor told"
    NO_DANGER_NOW = "no_danger_now", "Asked, no danger now"


# Said from the caller's side: whom they are worried about.
ABOUT = {
    InquirerRelationship.PARENT: "Son or daughter",
    InquirerRelationship.SPOUSE_PARTNER: "Husband, wife or partner",
    InquirerRelationship.SELF: "Themselves",
    InquirerRelationship.SIBLING: "Brother or sister",
    InquirerRelationship.ADULT_CHILD: "Mother or father",
    InquirerRelationship.MINOR_CHILD: "Mother or father (caller is under 18)",
    InquirerRelationship.FRIEND: "A friend",
    InquirerRelationship.EX_PARTNER: "Former partner",
    InquirerRelationship.GRANDPARENT: "Grandchild",
    InquirerRelationship.OTHER_FAMILY: "Another relative",
    InquirerRelationship.EMPLOYER_COWORKER: "Somebody at work",
    InquirerRelationship.CLERGY_COMMUNITY: "Somebody of their community",
    InquirerRelationship.GUARDIAN: "Somebody they are guardian of",
    InquirerRelationship.PROFESSIONAL: "Somebody they work with",
    InquirerRelationship.ANONYMOUS: "Prefers not to say",
    InquirerRelationship.UNKNOWN: "Not known",
}
