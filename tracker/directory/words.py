"""The codes of support groups and their meetings, as the vocabulary has them (domain 3.6)."""

from tracker.words import Words


class Fellowship(Words):
    """Which fellowship or kind of group; what each is for stands in `audience.py`."""

    AA = "aa", "Alcoholics Anonymous", "individual"
    NA = "na", "Narcotics Anonymous", "individual"
    CA = "ca", "Cocaine Anonymous", "individual"
    CMA = "cma", "Crystal Meth Anonymous", "individual"
    HA = "ha", "Heroin Anonymous", "individual"
    MA = "ma", "Marijuana Anonymous", "individual"
    DAA = "daa", "Drug Addicts Anonymous", "individual; own name"
    SMART = "smart", "SMART Recovery", "individual"
    RECOVERY_DHARMA = "recovery_dharma", "Recovery Dharma", "individual"
    REFUGE_RECOVERY = "refuge_recovery", "Refuge Recovery", "individual"
    LIFERING = "lifering", "LifeRing Secular Recovery", "individual"
    WFS = "wfs", "Women for Sobriety", "individual"
    CELEBRATE_RECOVERY = "celebrate_recovery", "Celebrate Recovery", "individual/family; Christian"
    MARA = "mara", "Medication-Assisted Recovery Anonymous", "individual; own name"
    AL_ANON = "al_anon", "Al-Anon Family Groups", "family"
    ALATEEN = "alateen", "Alateen", "teens in families"
    NAR_ANON = "nar_anon", "Nar-Anon Family Groups", "family"
    FAMILIES_ANONYMOUS = "families_anonymous", "Families Anonymous", "family"
    PAL = "pal", "Parents of Addicted Loved Ones", "family; own name"
    SMART_FF = "smart_ff", "SMART Recovery Family & Friends", "family"
    CRAFT_GROUP = "craft_group", "CRAFT group", "family"
    ITC = "itc", "Invitation to Change group", "family"
    CO_ANON = "co_anon", "Co-Anon", "family"
    ACA = "aca", "Adult Children of Alcoholics", "family"
    CODA = "coda", "Co-Dependents Anonymous", "individual; own name"
    NAMI_FAMILY = "nami_family", "NAMI Family Support Group", "family"
    GRASP = "grasp", "GRASP", "bereaved"
    OTHER = "other", "Other"


class GroupAudience(Words):
    """Whom a group is for."""

    INDIVIDUAL = "individual", "The person"
    FAMILY_FRIENDS = "family_friends", "Family and friends"
    PARENTS = "parents", "Parents"
    TEENS = "teens", "Teens"
    YOUNG_ADULTS = "young_adults", "Young adults"
    WOMEN = "women", "Women"
    MEN = "men", "Men"
    LGBTQ = "lgbtq", "LGBTQ+"
    BEREAVED = "bereaved", "Bereaved"
    PROFESSIONALS = "professionals", "Professionals"
    VETERANS = "veterans", "Veterans"


class GroupAccess(Words):
    """Who may come into the room. “Unknown” is never treated as open."""

    OPEN = "open", "Open", "Observers allowed"
    CLOSED = "closed", "Closed", "Only those the fellowship defines"
    REGISTRATION = "registration", "Registration needed"
    UNKNOWN = "unknown", "Unknown"


class GroupFormat(Words):
    """What happens in a meeting."""

    DISCUSSION = "discussion", "Discussion"
    SPEAKER = "speaker", "Speaker"
    STEP_STUDY = "step_study", "Step study"
    LITERATURE = "literature", "Literature"
    MEDITATION = "meditation", "Meditation"
    NEWCOMER = "newcomer", "Newcomer"
    TOOLS_SKILLS = "tools_skills", "Tools and skills"
    EDUCATION_SERIES = "education_series", "Education series"
    CHECK_IN = "check_in", "Check-in"


class GroupApproach(Words):
    """The way of working behind a group."""

    TWELVE_STEP = "twelve_step", "12-step"
    SECULAR_SKILLS = "secular_skills", "Secular, skills based", "SMART"
    SECULAR_PEER = "secular_peer", "Secular, peer support", "LifeRing, WFS"
    BUDDHIST_INSPIRED = "buddhist_inspired", "Buddhist inspired"
    CHRISTIAN = "christian", "Christian", "Ask before suggesting faith-based help"
    CRAFT_BASED = "craft_based", "CRAFT based"
    CURRICULUM_PEER = "curriculum_peer", "Curriculum and peer support", "PAL"
    GRIEF_SUPPORT = "grief_support", "Grief support"


class FacilitatorType(Words):
    """Who leads."""

    PEER = "peer", "Peer"
    TRAINED = "trained", "Trained facilitator"
    CLINICIAN = "clinician", "Clinician"


class MeetingMode(Words):
    """Where people meet."""

    IN_PERSON = "in_person", "In person"
    ONLINE = "online", "Online"
    HYBRID = "hybrid", "Hybrid"
    PHONE = "phone", "Phone only"
    INACTIVE = "inactive", "Not meeting"


class MeetingStatus(Words):
    """Whether a listing can be offered."""

    ACTIVE = "active", "Active"
    TEMPORARILY_CLOSED = "temporarily_closed", "Temporarily closed", "Not offered for placement"
    MISSING_FROM_SOURCE = "missing_from_source", "Missing from source", "Not offered; kept while placements point at it"
