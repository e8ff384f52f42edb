"""What can be looked for among the meetings: for whom, which part of the day, how, how far."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time

from tracker.directory.words import Fellowship, GroupAudience, MeetingMode
from tracker.places import Point
from tracker.words import Words


class ForWhom(Words):
    """Whom the meetings are looked for."""

    PARENTS = "parents", "For parents"
    FAMILY = "family", "For any family"
    TEENS = "teens", "For teens"
    PERSON = "person", "For the loved one"
    GRIEVING = "grieving", "For the bereaved"


class PartOfDay(Words):
    """A part of the day where the family is."""

    MORNING = "morning", "Morning"
    MIDDAY = "midday", "Midday"
    EVENING = "evening", "Evening"
    NIGHT = "night", "Night"


class Way(Words):
    """How people meet; a meeting that does both counts for both."""

    IN_PERSON = "in_person", "In person"
    ONLINE = "online", "Online or phone"


LOOKS_FOR = {
    ForWhom.PARENTS: {GroupAudience.PARENTS, GroupAudience.FAMILY_FRIENDS},
    ForWhom.FAMILY: {GroupAudience.FAMILY_FRIENDS},
    ForWhom.TEENS: {GroupAudience.TEENS},
    ForWhom.PERSON: {GroupAudience.INDIVIDUAL},
    ForWhom.GRIEVING: {GroupAudience.BEREAVED},
}
PARTS = ((time(4), PartOfDay.MORNING), (time(11), PartOfDay.MIDDAY), (time(16), PartOfDay.EVENING), (time(21), PartOfDay.NIGHT))
WAYS = {
    Way.IN_PERSON: {MeetingMode.IN_PERSON, MeetingMode.HYBRID},
    Way.ONLINE: {MeetingMode.ONLINE, MeetingMode.HYBRID, MeetingMode.PHONE},
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; None means any.

    Attributes:
        origin, within: in-person meetings within so many miles of a point; online ones are near everybody.
        language: BCP 47, as the listing says it.
    """

    whom: ForWhom | None = None
    part: PartOfDay | None = None
    way: Way | None = None
    fellowship: Fellowship | None = None
    language: str | None = None
    step_free: bool = False
    origin: Point | None = None
    within: int | None = None


def is_for(look: ForWhom, audiences: Collection[GroupAudience]) -> bool:
    """Whether a meeting, being for some audiences, is what is looked for; a meeting for teens only when they are."""
    if look is not ForWhom.TEENS and GroupAudience.TEENS in audiences:
        return False
    return bool(LOOKS_FOR[look] & set(audiences))


def part_of_day(at: time) -> PartOfDay:
    """Which part of the day a time belongs to; the small hours are night."""
    part = PartOfDay.NIGHT
    for begins, name in PARTS:
        if at >= begins:
            part = name
    return part
