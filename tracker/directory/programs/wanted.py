"""What can be looked for among programs, and whether one fits, in words."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from tracker.directory.programs.words import LEVELS, CapacityStatus, CareAttribute, Kind, LevelOfCare, Payment
from tracker.places import Point, miles
from tracker.words import Words


class Aim(Words):
    """What a program can miss."""

    DISTANCE = "distance", "distance"
    KIND = "kind", "kind of care"
    PAYMENT = "payment", "payment"
    LANGUAGE = "language", "language"
    ATTRIBUTE = "attribute", "what else it offers"
    OPEN = "open", "place open"
    AGES = "ages", "ages"


ATTRIBUTE_SAYS = {
    CareAttribute.MEDICATION_FRIENDLY: "Accepts medication for opioid use",
    CareAttribute.CO_OCCURRING: "Co-occurring mental health care",
    CareAttribute.TELEHEALTH: "Telehealth",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; None means any.

    Attributes:
        origin, within: within so many miles of a point; telehealth is near everybody.
        language: BCP 47.
        ages: lowest and highest age that the person may have, as far as it is known.
    """

    origin: Point | None = None
    within: int | None = None
    kind: Kind | None = None
    payment: Payment | None = None
    language: str | None = None
    attribute: CareAttribute | None = None
    place_open: bool = False
    ages: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What is weighed of one program, without its row."""

    id: int
    public_id: UUID
    name: str
    level: LevelOfCare
    payments: Collection[Payment]
    languages: Collection[str]
    attributes: Collection[CareAttribute]
    ages: tuple[int | None, int | None]
    place: Point | None
    capacity: CapacityStatus = CapacityStatus.UNKNOWN
    wait_days: int | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A program against what is looked for: how far, what it misses, and why it fits or not as (y, n or w, words)."""

    offer: Offer
    away: float | None
    misses: frozenset[Aim]
    points: tuple[tuple[str, str], ...]

    @property
    def order(self) -> tuple[float, str, int]:
        """Nearest first, then by name; who pays us stands nowhere."""
        return (self.away if self.away is not None else 1e6, self.offer.name, self.offer.id)


def weigh(offer: Offer, wanted: Wanted, languages: dict[str, str]) -> Weighed:
    """Weigh one program.

    Args:
        languages: names of languages by their tags.
    """
    misses: set[Aim] = set()
    points: list[tuple[str, str]] = [_places(offer)]
    away = miles(wanted.origin, offer.place) if wanted.origin and offer.place else None
    remote = CareAttribute.TELEHEALTH in offer.attributes
    if wanted.origin and wanted.within and not remote and (away is None or away > wanted.within):
        misses.add(Aim.DISTANCE)
        points.append(("w", f"Farther than {wanted.within} mi" if away is not None else "Place not known"))
    if wanted.kind and offer.level not in LEVELS[wanted.kind]:
        misses.add(Aim.KIND)
        points.append(("w", f"Not {wanted.kind.label.lower()}"))
    if wanted.place_open and offer.capacity is not CapacityStatus.CAPACITY:
        misses.add(Aim.OPEN)
    if wanted.payment:
        takes = wanted.payment in offer.payments
        points.append(("y", f"Takes {wanted.payment.label}") if takes else ("w" if offer.payments else "n", _not_taken(offer, wanted.payment)))
        misses |= set() if takes else {Aim.PAYMENT}
    if wanted.language:
        spoken, name = wanted.language in offer.languages, languages.get(wanted.language, wanted.language)
        points.append(("y", f"{name} spoken") if spoken else ("n", f"{name} not listed"))
        misses |= set() if spoken else {Aim.LANGUAGE}
    if wanted.attribute and wanted.attribute not in offer.attributes:
        misses.add(Aim.ATTRIBUTE)
        points.append(("n", f"{ATTRIBUTE_SAYS[wanted.attribute]}: not listed"))
    points += [("y", words) for one, words in ATTRIBUTE_SAYS.items() if one in offer.attributes]
    if wanted.ages and not _fits(offer.ages, wanted.ages):
        misses.add(Aim.AGES)
        points.append(("w", f"For {ages_in_words(*offer.ages)}"))
    return Weighed(offer, away, frozenset(misses), tuple(points))


def _places(offer: Offer) -> tuple[str, str]:
    match offer.capacity:
        case CapacityStatus.CAPACITY:
            return "y", "Place open"
        case CapacityStatus.WAITLIST:
            return "w", f"Wait about {offer.wait_days} days" if offer.wait_days else "Waiting list"
        case CapacityStatus.NO_CAPACITY:
            return "w", "No place now"
        case CapacityStatus.ADDITIONAL_ASSESSMENT_REQUIRED:
            return "n", "They assess first"
    return "n", "Places not known"


def _not_taken(offer: Offer, payment: Payment) -> str:
    return f"Does not list {payment.label}" if offer.payments else "Payment not known"


def _fits(offered: tuple[int | None, int | None], ages: tuple[int, int]) -> bool:
    low, high = offered
    return (low is None or low <= ages[1]) and (high is None or high >= ages[0])


def ages_in_words(low: int | None, high: int | None) -> str:
    """18 and older, up to 17, 18 to 25; "" when neither is known."""
    if low is not None and high is not None:
        return f"ages {low} to {high}"
    if low is not None:
        return f"{low} and older"
    return f"up to {high}" if high is not None else ""
