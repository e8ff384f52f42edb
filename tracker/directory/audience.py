"""Who is admitted to which group: a relative never sits in a closed meeting that is for the person (domain 3.6, finding 3)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from tracker.directory.fellowships import ABOUT
from tracker.directory.words import Fellowship, GroupAccess, GroupApproach, GroupAudience

FAMILY_CHOICES = "Al-Anon, Nar-Anon, PAL or SMART Family & Friends"
PERSON_CHOICES = "NA, AA, SMART Recovery or LifeRing"

FOR_FAMILY = {GroupAudience.FAMILY_FRIENDS, GroupAudience.PARENTS}
SIDES = FOR_FAMILY | {GroupAudience.INDIVIDUAL, GroupAudience.BEREAVED}
# A trait nobody here may guess. The group stays open to the person, who is asked first.
ASK_FIRST = {
    GroupAudience.WOMEN: "a women’s group",
    GroupAudience.MEN: "a men’s group",
    GroupAudience.LGBTQ: "a group for LGBTQ+ people",
    GroupAudience.YOUNG_ADULTS: "a group for young adults",
    GroupAudience.VETERANS: "a group for veterans",
    GroupAudience.PROFESSIONALS: "a group for professionals",
}


@dataclass(frozen=True, slots=True)
class Attendee:
    """Who would go, as far as a group's door asks.

    Attributes:
        name: as the family says it; stands in the reason.
        own_use: goes for their own use (the person of concern, or an inquirer who asks for themselves).
        parent: parent or step-parent of the person of concern.
        teen: True or False where the age is known, None where it is not.
        bereaved: has lost the person of concern.
    """

    name: str
    own_use: bool = False
    parent: bool = False
    teen: bool | None = None
    bereaved: bool = False


class Admission(NamedTuple):
    """The answer of `admits`: whether, and the sentence that staff read. An admitted person may still have one."""

    admitted: bool
    reason: str


def admits(fellowship: Fellowship, audiences: Collection[GroupAudience], access: GroupAccess, attendee: Attendee) -> Admission:
    """Whether a group may be offered to somebody.

    Args:
        audiences: whom the listing itself says it is for; empty means what the fellowship is for.
        access: who may come into the room; `unknown` never counts as open.

    Returns:
        Admission(admitted, reason). The reason of a refusal names what would suit instead; that of an admission is
        empty or says what to ask first.
    """
    door = _Door(fellowship, whom(fellowship, audiences), access)
    for rule in (_known, _young, _grieving, _own_use, _relative):
        refusal = rule(door, attendee)
        if refusal:
            return Admission(False, refusal)
    return Admission(True, _ask_first(door, attendee))


def whom(fellowship: Fellowship, audiences: Collection[GroupAudience]) -> set[GroupAudience]:
    """Whom a meeting is for: its listing may narrow what its fellowship is for (parents only), never widen it."""
    told, own = set(audiences), set(ABOUT[fellowship].audiences)
    if not own:
        return told
    narrower = told & ((own & SIDES) | (FOR_FAMILY if GroupAudience.FAMILY_FRIENDS in own else set()))
    return (narrower or own & SIDES) | ((told | own) - SIDES)


@dataclass(frozen=True, slots=True)
class _Door:
    fellowship: Fellowship
    whom: set[GroupAudience]
    access: GroupAccess

    @property
    def short(self) -> str:
        return ABOUT[self.fellowship].short


def _known(door: _Door, who: Attendee) -> str:
    return "" if door.whom & SIDES else "This listing does not say whom it is for. Ask the group, then record it."


def _young(door: _Door, who: Attendee) -> str:
    if GroupAudience.TEENS not in door.whom or who.teen:
        return ""
    if who.teen is None:
        return f"This {door.short} meeting is for teens, and we do not know how old {who.name} is. Record the age first."
    return f"This {door.short} meeting is for teens only. {_instead(who)}"


def _grieving(door: _Door, who: Attendee) -> str:
    if GroupAudience.BEREAVED not in door.whom or who.bereaved:
        return ""
    return f"{door.short} is for people who have lost somebody. {_instead(who)}"


def _own_use(door: _Door, who: Attendee) -> str:
    if not who.own_use or door.whom & {GroupAudience.INDIVIDUAL, GroupAudience.BEREAVED}:
        return ""
    return f"{door.short} is for family and friends, not for somebody’s own use. {_instead(who)}"


def _relative(door: _Door, who: Attendee) -> str:
    if who.own_use or GroupAudience.BEREAVED in door.whom:
        return ""
    if door.whom & FOR_FAMILY:
        if GroupAudience.FAMILY_FRIENDS in door.whom or who.parent:
            return ""
        return f"This {door.short} meeting is for parents. {_instead(who)}"
    if door.access is GroupAccess.OPEN:
        return ""
    if door.access is GroupAccess.CLOSED:
        return f"Closed {door.short} meetings are only for people who come for their own use. {_instead(who)}"
    return f"We do not know that this {door.short} meeting is open, so it is not offered to family. {_instead(who)}"


def _instead(who: Attendee) -> str:
    return f"For {who.name}, look at {PERSON_CHOICES if who.own_use else FAMILY_CHOICES}."


def _ask_first(door: _Door, who: Attendee) -> str:
    told = []
    if not who.own_use and not door.whom & (FOR_FAMILY | {GroupAudience.BEREAVED}):
        told.append(f"An open meeting: {who.name} comes to listen.")
    if ABOUT[door.fellowship].approach is GroupApproach.CHRISTIAN:
        told.append(f"A Christian group: ask {who.name} first.")
    told += [f"This is {words}: ask {who.name} whether it suits." for trait, words in ASK_FIRST.items() if trait in door.whom]
    if door.access is GroupAccess.REGISTRATION:
        told.append("Needs sign-up first.")
    return " ".join(told)
