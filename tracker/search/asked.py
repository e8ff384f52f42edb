"""What somebody typed into the box, understood: a number, an address, or words."""

import re
from dataclasses import dataclass

from tracker.cases.models import NUMBERS_FROM
from tracker.people.folding import digits, fold

FIGURES, LETTERS, WORDS = 4, 3, 6
NUMBER_LIKE = re.compile(r"[\d\s().+\-/#]*(?:(?:ext|x|extension)[\s.]*\d+)?\s*", re.IGNORECASE)
LARGEST = 10**12  # no case number is longer
NOT_NAMES = {"family", "the"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the box.

    Attributes:
        words: folded, in their order, at most six.
        figures: of a phone in any spelling, "" when fewer than four were typed.
        case_id: the key behind a case number, or None.
        email: in lower case, "" when no address was typed.
    """

    words: tuple[str, ...] = ()
    figures: str = ""
    case_id: int | None = None
    email: str = ""
    only_figures: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The words that may be names: "Walker family" is asked as Walker."""
        return tuple(word for word in self.words if word not in NOT_NAMES) or self.words

    @property
    def is_enough(self) -> bool:
        """Whether there is enough to look for: four figures, or a word of three letters (or an exact shorter one beside another)."""
        return bool(self.figures or self.case_id or self.email) or (not self.only_figures and any(len(word) >= LETTERS for word in self.words))

    def has(self, piece: str) -> bool:
        """Whether a piece of a text begins with, or is, one of the words."""
        return any(part.startswith(word) if len(word) >= LETTERS else part == word for part in fold(piece).split() for word in self.words)


def understand(text: str) -> Asked:
    """Read what was typed: "0142", "(614) 555-0142", "2417", "Denise Walker", "denise@example.org", "asked about the piano"."""
    text = text.strip().lstrip("#").strip()
    figures = digits(text)
    only = bool(NUMBER_LIKE.fullmatch(text)) and bool(figures)
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 13 else 0
    email = text.lower() if "@" in text and " " not in text and len(text) > LETTERS else ""
    return Asked(
        words=tuple(dict.fromkeys(fold(text).split()))[:WORDS] if not email else (),
        figures=figures if only and len(figures) >= FIGURES else "",
        case_id=number - NUMBERS_FROM if NUMBERS_FROM < number < LARGEST else None,
        email=email,
        only_figures=only,
    )
