"""The codes of an intervention, the moves between its states, and each model's own steps."""

from tracker.words import Words


class InterventionModel(Words):
    """Ways to invite a person into help; they differ in shape, so none shows another's steps."""

    JOHNSON = "johnson", "Johnson", "One planned meeting"
    ARISE = "arise", "ARISE (invitational)", "Three levels"
    CRAFT = "craft", "CRAFT", "Family sessions; not an event"
    SYSTEMIC_FAMILY = "systemic_family", "Systemic Family"
    FIELD = "field", "Field model"
    SMART_FAMILY_FRIENDS = "smart_family_friends", "SMART Family & Friends", "Normally recorded as a placement"
    MOTIVATIONAL_MEETING = "motivational_meeting", "Motivational family meeting"
    OTHER = "other", "Other"


class InterventionStatus(Words):
    """Where an intervention stands."""

    EXPLORING = "exploring", "Exploring"
    SAFETY_REVIEW = "safety_review", "Safety review"
    PREPARING = "preparing", "Preparing"
    SCHEDULED = "scheduled", "Scheduled"
    HELD = "held", "Held"
    IN_SESSIONS = "in_sessions", "In sessions"
    COMPLETED = "completed", "Completed"
    POSTPONED = "postponed", "Postponed"
    CANCELLED = "cancelled", "Cancelled"
    NOT_RECOMMENDED = "not_recommended", "Not recommended"


class InterventionOutcome(Words):
    """What came of it; family change is an outcome too."""

    ACCEPTED_SAME_DAY = "accepted_same_day", "Accepted treatment same day"
    ACCEPTED_LATER = "accepted_later", "Accepted treatment later"
    ACCEPTED_ASSESSMENT_ONLY = "accepted_assessment_only", "Agreed to an assessment only"
    AGREED_SUPPORT_GROUP = "agreed_support_group", "Agreed to a support group / peer support"
    CONSIDERING = "considering", "Thinking about it"
    DECLINED = "declined", "Declined for now"
    LEFT_MEETING = "left_meeting", "Left the meeting"
    NOT_HELD_SAFETY = "not_held_safety", "Not held - safety"
    FAMILY_CHANGE_ONLY = "family_change_only", "Family engaged; person not yet"
    UNKNOWN = "unknown", "Not known"


class ParticipantRole(Words):
    """As what somebody takes part."""

    FAMILY = "family", "Family"
    FRIEND = "friend", "Friend"
    EMPLOYER = "employer", "Employer"
    CLERGY = "clergy", "Clergy"
    INTERVENTIONIST = "interventionist", "Interventionist"


class LetterStatus(Words):
    """How far somebody's letter is (planned meetings only)."""

    NONE = "none", "None"
    DRAFTED = "drafted", "Drafted"
    REVIEWED = "reviewed", "Reviewed with coordinator"
    READ = "read", "Read"


class ScreenAnswer(Words):
    """An answer of the safety screen; asked and recorded, never scored."""

    NO = "no", "No"
    YES = "yes", "Yes"
    NOT_KNOWN = "not_known", "Not known"


_S = InterventionStatus
MOVES: dict[InterventionStatus, set[InterventionStatus]] = {
    _S.EXPLORING: {_S.SAFETY_REVIEW, _S.PREPARING, _S.NOT_RECOMMENDED, _S.CANCELLED},
    _S.SAFETY_REVIEW: {_S.PREPARING, _S.NOT_RECOMMENDED, _S.CANCELLED},
    _S.PREPARING: {_S.SCHEDULED, _S.IN_SESSIONS, _S.SAFETY_REVIEW, _S.POSTPONED, _S.CANCELLED, _S.NOT_RECOMMENDED},
    _S.SCHEDULED: {_S.HELD, _S.SAFETY_REVIEW, _S.POSTPONED, _S.CANCELLED},
    _S.POSTPONED: {_S.PREPARING, _S.SCHEDULED, _S.IN_SESSIONS, _S.SAFETY_REVIEW, _S.CANCELLED},
    _S.HELD: {_S.SCHEDULED, _S.COMPLETED},
    _S.IN_SESSIONS: {_S.COMPLETED, _S.SAFETY_REVIEW, _S.POSTPONED, _S.CANCELLED},
    _S.COMPLETED: set(),
    _S.CANCELLED: set(),
    _S.NOT_RECOMMENDED: set(),
}
OVER = {status for status, following in MOVES.items() if not following}

# CRAFT and systemic work are series of family sessions: they have no one meeting, and no letters.
IN_SERIES = {InterventionModel.CRAFT, InterventionModel.SYSTEMIC_FAMILY, InterventionModel.SMART_FAMILY_FRIENDS}
WITH_LETTERS = {InterventionModel.JOHNSON, InterventionModel.FIELD}

# Safety screen before any face-to-face meeting (domain 3.3); violence at home is asked in private.
SCREEN = [
    ("violence", "Violence or weapons, in the home or toward anybody who would take part?"),
    ("suicide", "Talk of suicide, now or lately?"),
    ("withdrawal", "Could stopping suddenly be medically dangerous (alcohol, benzodiazepines)?"),
    ("psychosis", "Hearing or seeing things others do not, or great confusion?"),
    ("minors", "Would children be present?"),
]

STEPS: dict[InterventionModel, list[tuple[str, str]]] = {
    InterventionModel.JOHNSON: [
        ("team", "Team chosen"),
        ("letters", "Letters drafted and read with us"),
        ("bottom_lines", "Each knows their own bottom line"),
        ("rehearsal", "Rehearsed"),
        ("place", "Place in a program held"),
        ("transport", "Transport arranged"),
        ("debrief", "Talked afterwards"),
    ],
    InterventionModel.ARISE: [
        ("first_call", "First call held"),
        ("network", "Network of family and friends named"),
        ("invited", "Person invited, without secrecy"),
        ("accepted", "Invitation answered"),
        ("safety_plan", "Safety plan agreed"),
    ],
    InterventionModel.CRAFT: [
        ("safety_plan", "Safety plan made"),
        ("communication", "Positive communication practised"),
        ("reinforcement", "Rewarding non-using time"),
        ("consequences", "Letting natural consequences stand"),
        ("self_care", "Own life and care"),
        ("invitation", "Right moment for the invitation discussed"),
    ],
    InterventionModel.SYSTEMIC_FAMILY: [
        ("family_plan", "Plan for the whole family written"),
        ("own_plans", "Each member has a plan of their own"),
        ("aftercare", "Aftercare agreed"),
    ],
    InterventionModel.FIELD: [
        ("safety_plan", "Safety plan made"),
        ("team", "Team chosen"),
        ("place", "Place in a program held"),
        ("transport", "Transport arranged"),
        ("debrief", "Talked afterwards"),
    ],
    InterventionModel.SMART_FAMILY_FRIENDS: [("placed", "Group found, see Support groups")],
    InterventionModel.MOTIVATIONAL_MEETING: [("aim", "Aim of the meeting agreed"), ("debrief", "Talked afterwards")],
    InterventionModel.OTHER: [("aim", "Aim agreed"), ("debrief", "Talked afterwards")],
}
