"""Folding: names and numbers as they are compared, the same on both engines."""

import re
import unicodedata

NOT_DIGIT = re.compile(r"\D")
EXTENSION = re.compile(r"(?:;|,|#|\bext|\bx)[\s\w.:=]*$|x\s*\d+\s*$", re.IGNORECASE)


def fold(text: str | None) -> str:
    """Lower case, accents taken off, white space and punctuation made single spaces."""
    plain = unicodedata.normalize("NFKD", text or "").casefold()
    letters = "".join(letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter))
    return " ".join(letters.split())


def digits(text: str | None) -> str:
    """Only the figures of a number in any spelling, without the country code 1 and without an extension.

    No area code begins with 1, so a 1 before seven figures or more is the country's, also while the rest is being typed.
    """
    figures = NOT_DIGIT.sub("", EXTENSION.sub("", text or ""))
    with_country = (text or "").lstrip(" (").startswith("+1") or 8 <= len(figures) <= 11
    return figures[1:] if figures.startswith("1") and with_country else figures


def reversed_digits(text: str | None) -> str:
    """The figures backwards, so that "ends in" is a prefix."""
    return digits(text)[::-1]
