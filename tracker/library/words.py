"""The words of the library: what a material is about, for whom, of what kind, how hard to read (domain.md section 3.8)."""

from tracker.words import Words


class MaterialTopic(Words):
    """What a material is about."""

    ABOUT_SUBSTANCE = "about_substance", "About the substance"
    RISK_FACTORS = "risk_factors", "Risk factors"
    BEHAVIOURAL_SIGNS = "behavioural_signs", "Behavioral signs"
    PHYSICAL_SIGNS = "physical_signs", "Physical signs"
    OVERDOSE_RESPONSE = "overdose_response", "Overdose response"
    WITHDRAWAL_SAFETY = "withdrawal_safety", "Withdrawal safety"
    TREATMENT_TYPES = "treatment_types", "Types of treatment"
    PAYING_FOR_TREATMENT = "paying_for_treatment", "Paying for treatment"
    CHOOSING_QUALITY = "choosing_quality", "Choosing quality care"
    INTERVENTION_OPTIONS = "intervention_options", "Ways to invite someone into help"
    BOUNDARIES_COMMUNICATION = "boundaries_communication", "Boundaries and communication"
    FAMILY_SELF_CARE = "family_self_care", "Looking after yourself"
    SUPPORT_GROUPS = "support_groups", "Support groups"
    RELAPSE_PREVENTION = "relapse_prevention", "Preventing return to use"
    RECOVERY_HOUSING = "recovery_housing", "Recovery housing"
    MEDICATIONS = "medications", "Medications"
    CO_OCCURRING = "co_occurring", "Mental health and substance use"
    GRIEF = "grief", "Grief"
    LEGAL_RIGHTS_PRIVACY = "legal_rights_privacy", "Rights and privacy"
    LOCAL_RESOURCES = "local_resources", "Local resources"


class MaterialAudience(Words):
    """Whom a material speaks to."""

    FAMILY = "family", "Family"
    PERSON_OF_CONCERN = "person_of_concern", "Person of concern"
    TEEN = "teen", "Teen"
    CHILD = "child", "Child"
    CLERGY = "clergy", "Clergy"
    EMPLOYER = "employer", "Employer"
    STAFF = "staff", "Staff"


class RiskFactor(Words):
    """What raises the risk: a tag of materials, and what a family may mention; never scored on a person."""

    GENETICS = "genetics", "Genetics"
    MENTAL_HEALTH = "mental_health", "Mental health"
    SOCIAL_ENVIRONMENT = "social_environment", "Social environment"
    USE_PATTERN = "use_pattern", "Pattern of use"


class ResourceType(Words):
    """What kind of thing a material is."""

    HANDOUT = "handout", "Handout"
    CHECKLIST = "checklist", "Checklist"
    WORKSHEET = "worksheet", "Worksheet"
    ARTICLE = "article", "Article"
    VIDEO = "video", "Video"
    AUDIO = "audio", "Audio"
    SLIDE_DECK = "slide_deck", "Slides"
    DIRECTORY = "directory", "Directory"
    SCRIPT = "script", "Phone script"
    LINK = "link", "Link only"
    FILE = "file", "File"


class ReadingLevelBand(Words):
    """How hard a text is to read, from its measured grade."""

    EASY = "easy", "Easy (grade 6 or below)"
    STANDARD = "standard", "Standard (grades 6-8)"
    ADVANCED = "advanced", "Advanced (above grade 8)"


class MaterialStatus(Words):
    """Where an edition is in its life."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"
    RETIRED = "retired", "Retired"
