"""What the gates answer: yes, not now, or no, and always why."""

from dataclasses import dataclass
from datetime import datetime

from tracker.consents.models import Consent
from tracker.consents.words import ConsentElement, InfoCategory, Verdict


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict with its reason in plain words.

    Attributes:
        until: when to ask again, where the verdict is to wait.
        consent: the consent that allows it, or that comes nearest to it.
        missing: elements that the nearest consent lacks on its face.
        uncovered: information that was asked for and that the nearest consent does not cover.
    """

    verdict: Verdict
    reason: str
    until: datetime | None = None
    consent: Consent | None = None
    missing: tuple[ConsentElement, ...] = ()
    uncovered: tuple[InfoCategory, ...] = ()

    @property
    def yes(self) -> bool:
        """Whether it may be done now."""
        return self.verdict is Verdict.YES


def yes(reason: str, consent: Consent | None = None) -> Answer:
    """It may be done now."""
    return Answer(Verdict.YES, reason, consent=consent)


def blocked(reason: str, consent: Consent | None = None, **more: tuple[ConsentElement, ...] | tuple[InfoCategory, ...]) -> Answer:
    """It may not be done."""
    return Answer(Verdict.BLOCKED, reason, consent=consent, **more)  # type: ignore[arg-type]
