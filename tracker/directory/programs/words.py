"""The codes of programs, as the vocabulary has them (domain 3.5)."""

from tracker.words import Words


class LevelOfCare(Words):
    """What kind of care a program gives; reported, never assessed here."""

    WITHDRAWAL_MANAGEMENT = "withdrawal_management", "Detox / withdrawal management", "Not treatment by itself; needs step-down"
    HOSPITAL_INPATIENT = "hospital_inpatient", "Hospital inpatient"
    RESIDENTIAL_SHORT = "residential_short", "Residential, short-term"
    RESIDENTIAL_LONG = "residential_long", "Residential, long-term"
    PHP = "php", "Day treatment / PHP"
    IOP = "iop", "Intensive outpatient (IOP)"
    OUTPATIENT = "outpatient", "Outpatient"
    MOUD_OFFICE = "moud_office", "Medication, office based"
    OTP = "otp", "Opioid treatment program"
    RECOVERY_RESIDENCE = "recovery_residence", "Recovery residence / sober living", "Add NARR level I-IV"
    INTERIM_CARE = "interim_care", "Interim care", "Bridge while waiting"
    ASSESSMENT_ONLY = "assessment_only", "Assessment only"
    UNSURE_PROVIDER_TO_ASSESS = "unsure_provider_to_assess", "Not sure - provider to assess"


class NarrLevel(Words):
    """The type of a recovery residence: what is there, not how good it is."""

    I = "I", "Level I - Peer-run"  # noqa: E741  (the code itself)
    II = "II", "Level II - Monitored"
    III = "III", "Level III - Supervised"
    IV = "IV", "Level IV - Service provider", "Licensed clinical component"


class CareAttribute(Words):
    """What else is true of the care."""

    TELEHEALTH = "telehealth", "Telehealth", "A mode, not a level of care"
    CO_OCCURRING = "co_occurring", "Co-occurring mental health care", "An attribute, not a level of care"
    MEDICATION_FRIENDLY = "medication_friendly", "Medication friendly", "Accepts people on MOUD"


class ProgramStatus(Words):
    """Whether a program runs."""

    ACTIVE = "active", "Active"
    INACTIVE = "inactive", "Inactive"
    TEMPORARILY_CLOSED = "temporarily_closed", "Temporarily closed"
    DEFUNCT = "defunct", "Defunct"


class CapacityStatus(Words):
    """Whether there is a place; believed for a day."""

    CAPACITY = "capacity", "Has capacity"
    WAITLIST = "waitlist", "No capacity - has waitlist"
    NO_CAPACITY = "no_capacity", "No capacity"
    ADDITIONAL_ASSESSMENT_REQUIRED = "additional_assessment_required", "Additional assessment required"
    UNKNOWN = "unknown", "Unknown / stale", "Set automatically after 24 h"


class Payment(Words):
    """How care can be paid for."""

    PI = "PI", "Private insurance"
    MD = "MD", "Medicaid"
    MC = "MC", "Medicare"
    MI = "MI", "Military insurance (TRICARE)"
    SI = "SI", "State-financed insurance"
    SF = "SF", "Cash or self-payment"
    SS = "SS", "Sliding fee scale"
    PA = "PA", "Payment assistance"
    NP = "NP", "Free / no payment"
    ITU = "ITU", "IHS / Tribal / Urban funds"


class Serves(Words):
    """Whom a program is for, where it is for some."""

    WOMEN = "women", "Women"
    MEN = "men", "Men"
    PREGNANT = "pregnant", "Pregnant or postpartum"
    PARENTS = "parents", "Parents with children"
    LGBTQ = "lgbtq", "LGBTQ+"
    VETERANS = "veterans", "Veterans"
    DEAF = "deaf", "Deaf and hard of hearing"
    COURT = "court", "People with a court matter"


class VerifiedHow(Words):
    """How the facts of a program were confirmed."""

    PHONE = "phone", "By phone"
    EMAIL = "email", "By e-mail"
    WEBSITE = "website", "From their website"
    VISIT = "visit", "On a visit"


class Kind(Words):
    """A kind of care as people look for it; each stands for a few levels."""

    RESIDENTIAL = "residential", "Residential"
    DAY = "day", "Day or intensive outpatient"
    OUTPATIENT = "outpatient", "Outpatient"
    MEDICATION = "medication", "Medication for opioid use"
    DETOX = "detox", "Detox"
    HOUSING = "housing", "Recovery housing"
    BRIDGE = "bridge", "Bridge or assessment"


L = LevelOfCare
LEVELS: dict[Kind, frozenset[LevelOfCare]] = {
    Kind.RESIDENTIAL: frozenset({L.RESIDENTIAL_SHORT, L.RESIDENTIAL_LONG, L.HOSPITAL_INPATIENT}),
    Kind.DAY: frozenset({L.PHP, L.IOP}),
    Kind.OUTPATIENT: frozenset({L.OUTPATIENT, L.IOP}),
    Kind.MEDICATION: frozenset({L.MOUD_OFFICE, L.OTP}),
    Kind.DETOX: frozenset({L.WITHDRAWAL_MANAGEMENT}),
    Kind.HOUSING: frozenset({L.RECOVERY_RESIDENCE}),
    Kind.BRIDGE: frozenset({L.INTERIM_CARE, L.ASSESSMENT_ONLY, L.UNSURE_PROVIDER_TO_ASSESS}),
}
