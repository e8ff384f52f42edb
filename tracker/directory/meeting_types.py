"""Meeting type codes. A code means nothing without its fellowship: `Y` is Young People in AA and Alateen in Al-Anon.

The 87 codes of AA come from the Meeting Guide specification (code4recovery/spec, data/types.json; vocabulary set
`meeting_type_aa`). Where another fellowship gives a code a meaning of its own, its own table says so
(code4recovery/12-step-meeting-list, includes/variables.php; domain 4.3). A code that stands in no table stays raw.
"""

from dataclasses import dataclass

from tracker.directory.words import Fellowship, GroupAccess, GroupAudience, GroupFormat, MeetingStatus

Meaning = GroupAccess | GroupAudience | GroupFormat | MeetingStatus | str | None


@dataclass(frozen=True, slots=True)
class MeetingType:
    """One code of one fellowship.

    Attributes:
        kind: "access", "audience", "format", "practical", "other" or "language".
        means: the word of ours it maps to; for a language its BCP 47 tag; None where it is only a label.
        room_only: says something about a room, so it is left out of a meeting that has none.
    """

    code: str
    name: str
    kind: str
    means: Meaning = None
    room_only: bool = False


AA = (
    MeetingType("C", "Closed", "access", GroupAccess.CLOSED),
    MeetingType("O", "Open", "access", GroupAccess.OPEN),
    MeetingType("BE", "Newcomer", "audience", GroupFormat.NEWCOMER),
    MeetingType("BI", "Bisexual", "audience"),
    MeetingType("DD", "Dual Diagnosis", "audience"),
    MeetingType("G", "Gay", "audience"),
    MeetingType("L", "Lesbian", "audience"),
    MeetingType("LGBTQ", "LGBTQ", "audience", GroupAudience.LGBTQ),
    MeetingType("M", "Men", "audience", GroupAudience.MEN),
    MeetingType("N", "Native American", "audience"),
    MeetingType("NB", "Non-Binary", "audience"),
    MeetingType("NDG", "Indigenous", "audience"),
    MeetingType("P", "Professionals", "audience", GroupAudience.PROFESSIONALS),
    MeetingType("POC", "People of Color", "audience"),
    MeetingType("SEN", "Seniors", "audience"),
    MeetingType("T", "Transgender", "audience"),
    MeetingType("W", "Women", "audience", GroupAudience.WOMEN),
    MeetingType("Y", "Young People", "audience", GroupAudience.YOUNG_ADULTS),
    MeetingType("11", "11th Step Meditation", "format"),
    MeetingType("12x12", "12 Steps & 12 Traditions", "format"),
    MeetingType("A", "Secular", "format"),
    MeetingType("ABSI", "As Bill Sees It", "format"),
    MeetingType("B", "Big Book", "format"),
    MeetingType("CAN", "Candlelight", "format", room_only=True),
    MeetingType("D", "Discussion", "format", GroupFormat.DISCUSSION),
    MeetingType("DR", "Daily Reflections", "format"),
    MeetingType("GR", "Grapevine", "format"),
    MeetingType("H", "Birthday", "format"),
    MeetingType("LIT", "Literature", "format", GroupFormat.LITERATURE),
    MeetingType("LS", "Living Sober", "format"),
    MeetingType("MED", "Meditation", "format", GroupFormat.MEDITATION),
    MeetingType("SP", "Speaker", "format", GroupFormat.SPEAKER),
    MeetingType("ST", "Step Study", "format", GroupFormat.STEP_STUDY),
    MeetingType("TR", "Tradition Study", "format"),
    MeetingType("ASL", "American Sign Language", "practical", "ase"),
    MeetingType("BA", "Babysitting Available", "practical", room_only=True),
    MeetingType("BRK", "Breakfast", "practical", room_only=True),
    MeetingType("CF", "Child-Friendly", "practical", room_only=True),
    MeetingType("DB", "Digital Basket", "practical"),
    MeetingType("FF", "Fragrance Free", "practical", room_only=True),
    MeetingType("OUT", "Outdoor", "practical", room_only=True),
    MeetingType("SM", "Smoking Permitted", "practical", room_only=True),
    MeetingType("X", "Wheelchair Access", "practical", room_only=True),
    MeetingType("XB", "Wheelchair-Accessible Bathroom", "practical", room_only=True),
    MeetingType("XT", "Cross Talk Permitted", "practical"),
    MeetingType("AL", "Concurrent with Alateen", "other", room_only=True),
    MeetingType("AL-AN", "Concurrent with Al-Anon", "other", room_only=True),
    MeetingType("POA", "Proof of Attendance", "other"),
    MeetingType("TC", "Location Temporarily Closed", "other", MeetingStatus.TEMPORARILY_CLOSED),
    MeetingType("AF", "Afrikaans", "language", "af"),
    MeetingType("AM", "Amharic", "language", "am"),
    MeetingType("AR", "Arabic", "language", "ar"),
    MeetingType("BG", "Bulgarian", "language", "bg"),
    MeetingType("DA", "Danish", "language", "da"),
    MeetingType("DE", "German", "language", "de"),
    MeetingType("EL", "Greek", "language", "el"),
    MeetingType("EN", "English", "language", "en"),
    MeetingType("FA", "Persian", "language", "fa"),
    MeetingType("FI", "Finnish", "language", "fi"),
    MeetingType("FR", "French", "language", "fr"),
    MeetingType("HE", "Hebrew", "language", "he"),
    MeetingType("HI", "Hindi", "language", "hi"),
    MeetingType("HR", "Croatian", "language", "hr"),
    MeetingType("HU", "Hungarian", "language", "hu"),
    MeetingType("IS", "Icelandic", "language", "is"),
    MeetingType("ITA", "Italian", "language", "it"),
    MeetingType("JA", "Japanese", "language", "ja"),
    MeetingType("KA", "Georgian", "language", "ka"),
    MeetingType("KOR", "Korean", "language", "ko"),
    MeetingType("LT", "Lithuanian", "language", "lt"),
    MeetingType("ML", "Malayalam", "language", "ml"),
    MeetingType("MT", "Maltese", "language", "mt"),
    MeetingType("NE", "Nepali", "language", "ne"),
    MeetingType("NL", "Dutch", "language", "nl"),
    MeetingType("NO", "Norwegian", "language", "no"),
    MeetingType("POL", "Polish", "language", "pl"),
    MeetingType("POR", "Portuguese", "language", "pt"),
    MeetingType("PUN", "Punjabi", "language", "pa"),
    MeetingType("RUS", "Russian", "language", "ru"),
    MeetingType("S", "Spanish", "language", "es"),
    MeetingType("SK", "Slovak", "language", "sk"),
    MeetingType("SL", "Slovenian", "language", "sl"),
    MeetingType("SV", "Swedish", "language", "sv"),
    MeetingType("TH", "Thai", "language", "th"),
    MeetingType("TL", "Tagalog", "language", "tl"),
    MeetingType("TUR", "Turkish", "language", "tr"),
    MeetingType("UK", "Ukrainian", "language", "uk"),
)

# Codes that mean the same wherever they are used; languages aside, which the Buddhist lists do not share (`IS`).
SHARED = ("C", "O", "TC", "M", "W", "X", "LIT", "MED", "LGBTQ", "T")
TWELVE_STEP = (*SHARED, "Y", "BE", "D", "SP", "ST", "TR", "BA", "CF", "FF", "ASL", "OUT", "POC", "SEN", "XB", "H", "AL-AN")

OWN: dict[Fellowship, tuple[MeetingType, ...]] = {
    Fellowship.AL_ANON: (
        MeetingType("Y", "Alateen", "audience", GroupAudience.TEENS),
        MeetingType("A", "Atheist / Agnostic", "format"),
        MeetingType("POA", "Parents of Alcoholics", "audience", GroupAudience.PARENTS),
        MeetingType("AA", "Concurrent with AA", "other", room_only=True),
        MeetingType("AL", "Concurrent with Alateen", "other", room_only=True),
    ),
    Fellowship.NA: (
        MeetingType("Y", "Young People", "audience", GroupAudience.YOUNG_ADULTS),
        MeetingType("BEG", "Beginner/Newcomer", "audience", GroupFormat.NEWCOMER),
        MeetingType("DISC", "Discussion/Participation", "format", GroupFormat.DISCUSSION),
        MeetingType("STEP", "Step", "format", GroupFormat.STEP_STUDY),
        MeetingType("SPK", "Speaker", "format", GroupFormat.SPEAKER),
        MeetingType("IW", "It Works Study", "format", GroupFormat.LITERATURE),
    ),
    Fellowship.RECOVERY_DHARMA: (
        MeetingType("BE", "Beginners", "audience", GroupFormat.NEWCOMER),
        MeetingType("IW", "Inquiry Writing", "format"),
        MeetingType("WA", "Wheelchair Access", "practical", room_only=True),
    ),
}
# Heroin Anonymous lists its types as Narcotics Anonymous does; Refuge Recovery says “inventory” where Dharma says “inquiry”.
OWN[Fellowship.HA] = OWN[Fellowship.NA]
OWN[Fellowship.REFUGE_RECOVERY] = (
    MeetingType("BE", "Beginners", "audience", GroupFormat.NEWCOMER),
    MeetingType("IW", "Inventory Writing", "format"),
    MeetingType("WA", "Wheelchair Access", "practical", room_only=True),
)
OWN[Fellowship.ALATEEN] = OWN[Fellowship.AL_ANON]

LESS_SHARED = {Fellowship.NA, Fellowship.HA, Fellowship.RECOVERY_DHARMA, Fellowship.REFUGE_RECOVERY}

# Names by which older lists still call a type (the codes themselves are AA's).
OLD_NAMES = {
    "step meeting": "ST",
    "step": "ST",
    "temporary closure": "TC",
    "location temporarily closed": "TC",
    "wheelchair accessible": "X",
    "sign language": "ASL",
    "beginner": "BE",
    "beginners": "BE",
    "topic discussion": "D",
    "atheist / agnostic": "A",
    "outdoor meeting": "OUT",
    "tradition": "TR",
}
ONLINE_HINT = "ONL"  # in some feeds, not among the 87: it hints at the mode and is no type
ONLINE_NAMES = {"online", "online meeting"}


def types_of(fellowship: Fellowship) -> dict[str, MeetingType]:
    """The codes known for a fellowship, by code."""
    return _TABLES[fellowship]


def type_named(fellowship: Fellowship, name: str) -> MeetingType | None:
    """The type that a fellowship calls by an English name, upper and lower case alike; None when it has none."""
    asked = " ".join(name.casefold().split())
    table = _TABLES[fellowship]
    for known in table.values():
        if known.name.casefold() == asked:
            return known
    return table.get(OLD_NAMES.get(asked, ""))


def _table(fellowship: Fellowship) -> dict[str, MeetingType]:
    if fellowship is Fellowship.AA:
        return {known.code: known for known in AA}
    shared = set(SHARED if fellowship in LESS_SHARED else TWELVE_STEP)
    base = {t.code: t for t in AA if t.code in shared or (t.kind == "language" and fellowship not in LESS_SHARED)}
    return base | {own.code: own for own in OWN.get(fellowship, ())}


_TABLES = {fellowship: _table(fellowship) for fellowship in Fellowship}
