"""What somebody typed into the box, understood: a number, a receipt, an address, or words."""

import re
from dataclasses import dataclass

from tracker.cases.models import NUMBERS_FROM
from tracker.packets.models import RECEIPTS_FROM
from tracker.people.folding import digits, fold

FIGURES, LETTERS, WORDS = 4, 3, 6
NUMBER_LIKE = re.compile(r"[\d\s().+\-/#]*(?:(?:ext|x|extension)[\s.]*\d+)?\s*", re.IGNORECASE)
CASE_SAID = re.compile(r"(?:case\s*(?:no\.?|number)?\s*#?|#)\s*([0-9]{1,12})", re.IGNORECASE)
RECEIPT_SAID = re.compile(r"(?:receipt\s*)?pk[\s\-–]*([0-9]{1,12})", re.IGNORECASE)
NOT_NAMES = {"family", "the"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the box.

    Attributes:
        words: folded, in their order, at most six.
        figures: of a phone in any spelling, "" when fewer than four were typed.
        case_id: the key behind a case number, or None.
        packet_id: the key behind a receipt number, or None.
        email: in lower case, "" when no address was typed.
        only_figures: a number and nothing else, so nothing is looked for by words.
    """

    words: tuple[str, ...] = ()
    figures: str = ""
    case_id: int | None = None
    packet_id: int | None = None
    email: str = ""
    only_figures: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The words that may be names: "Walker family" is asked as Walker."""
        return tuple(word for word in self.words if word not in NOT_NAMES) or self.words

    @property
    def is_enough(self) -> bool:
        """Whether there is enough to look for: four figures, or a word of three letters (or an exact shorter one beside another)."""
        numbers = self.case_id is not None or self.packet_id is not None or bool(self.figures)
        return numbers or bool(self.email) or (not self.only_figures and any(len(word) >= LETTERS for word in self.words))

    @property
    def kind(self) -> str:
        """What was asked for, in words that tell nothing of it."""
        if self.packet_id is not None:
            return "receipt"
        if self.email:
            return "e-mail"
        if self.only_figures:
            return "number" if self.figures else "case number"
        return "words"

    def has(self, piece: str) -> bool:
        """Whether a piece of a text begins with, or is, one of the words."""
        return any(part.startswith(word) if len(word) >= LETTERS else part == word for part in fold(piece).split() for word in self.words)


def understand(text: str) -> Asked:
    """Read what was typed.

    "0142" or "(614) 555-0142" is a phone, "2417" a phone or a case, "case 2417" or "#2417" a case and nothing else, "PK-1083" a
    receipt, "denise@example.org" an address; "Denise Walker" and "asked about the piano" are words.
    """
    text = text.strip()
    if said := CASE_SAID.fullmatch(text):
        return Asked(case_id=int(said[1]) - NUMBERS_FROM, only_figures=True)
    if said := RECEIPT_SAID.fullmatch(text):
        return Asked(packet_id=int(said[1]) - RECEIPTS_FROM, only_figures=True)
    if "@" in text and " " not in text and len(text) > LETTERS:
        return Asked(email=text.lower())
    figures = digits(text)
    only = bool(NUMBER_LIKE.fullmatch(text)) and bool(figures)
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 13 else 0
    return Asked(
        words=tuple(dict.fromkeys(fold(text).split()))[:WORDS],
        figures=figures if only and len(figures) >= FIGURES else "",
        case_id=number - NUMBERS_FROM if number > NUMBERS_FROM else None,
        only_figures=only,
    )
