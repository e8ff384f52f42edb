"""What each fellowship is: whom it is for, how it works, and the short name people say (domain 3.6)."""

from dataclasses import dataclass

from tracker.directory.words import Fellowship, GroupApproach, GroupAudience

PERSON = (GroupAudience.INDIVIDUAL,)
FAMILY = (GroupAudience.FAMILY_FRIENDS,)


@dataclass(frozen=True, slots=True)
class About:
    """Facts of a fellowship.

    Attributes:
        short: as it is said aloud.
        audiences: whom its meetings are for where a listing says nothing narrower.
        approach: None where it differs from group to group.
        medication_friendly: made for people who take medication for opioid use.
    """

    short: str
    audiences: tuple[GroupAudience, ...]
    approach: GroupApproach | None = None
    medication_friendly: bool = False


ABOUT: dict[Fellowship, About] = {
    Fellowship.AA: About("AA", PERSON, GroupApproach.TWELVE_STEP),
    Fellowship.NA: About("NA", PERSON, GroupApproach.TWELVE_STEP),
    Fellowship.CA: About("CA", PERSON, GroupApproach.TWELVE_STEP),
    Fellowship.CMA: About("CMA", PERSON, GroupApproach.TWELVE_STEP),
    Fellowship.HA: About("HA", PERSON, GroupApproach.TWELVE_STEP),
    Fellowship.MA: About("MA", PERSON, GroupApproach.TWELVE_STEP),
    Fellowship.DAA: About("DAA", PERSON, GroupApproach.TWELVE_STEP),
    Fellowship.SMART: About("SMART Recovery", PERSON, GroupApproach.SECULAR_SKILLS),
    Fellowship.RECOVERY_DHARMA: About("Recovery Dharma", PERSON, GroupApproach.BUDDHIST_INSPIRED),
    Fellowship.REFUGE_RECOVERY: About("Refuge Recovery", PERSON, GroupApproach.BUDDHIST_INSPIRED),
    Fellowship.LIFERING: About("LifeRing", PERSON, GroupApproach.SECULAR_PEER),
    Fellowship.WFS: About("Women for Sobriety", (GroupAudience.INDIVIDUAL, GroupAudience.WOMEN), GroupApproach.SECULAR_PEER),
    Fellowship.CELEBRATE_RECOVERY: About("Celebrate Recovery", PERSON + FAMILY, GroupApproach.CHRISTIAN),
    Fellowship.MARA: About("MARA", PERSON, GroupApproach.TWELVE_STEP, medication_friendly=True),
    Fellowship.AL_ANON: About("Al-Anon", FAMILY, GroupApproach.TWELVE_STEP),
    Fellowship.ALATEEN: About("Alateen", (GroupAudience.TEENS, *FAMILY), GroupApproach.TWELVE_STEP),
    Fellowship.NAR_ANON: About("Nar-Anon", FAMILY, GroupApproach.TWELVE_STEP),
    Fellowship.FAMILIES_ANONYMOUS: About("Families Anonymous", FAMILY, GroupApproach.TWELVE_STEP),
    Fellowship.PAL: About("PAL", (GroupAudience.PARENTS, *FAMILY), GroupApproach.CURRICULUM_PEER),
    Fellowship.SMART_FF: About("SMART Family & Friends", FAMILY, GroupApproach.SECULAR_SKILLS),
    Fellowship.CRAFT_GROUP: About("CRAFT group", FAMILY, GroupApproach.CRAFT_BASED),
    Fellowship.ITC: About("Invitation to Change", FAMILY, GroupApproach.CRAFT_BASED),
    Fellowship.CO_ANON: About("Co-Anon", FAMILY, GroupApproach.TWELVE_STEP),
    Fellowship.ACA: About("ACA", FAMILY, GroupApproach.TWELVE_STEP),
    Fellowship.CODA: About("CoDA", PERSON + FAMILY, GroupApproach.TWELVE_STEP),
    Fellowship.NAMI_FAMILY: About("NAMI Family Support", FAMILY),
    Fellowship.GRASP: About("GRASP", (GroupAudience.BEREAVED,), GroupApproach.GRIEF_SUPPORT),
    Fellowship.OTHER: About("support group", ()),
}
