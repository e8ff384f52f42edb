"""Folding: names and numbers as they are compared, the same on both engines."""

import re
import unicodedata

NOT_DIGIT = re.compile(r"\D")


def fold(text: str | None) -> str:
    """Lower case, accents taken off, white space and punctuation made single spaces."""
    plain = unicodedata.normalize("NFKD", text or "").casefold()
    letters = "".join(letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter))
    return " ".join(letters.split())


def digits(text: str | None) -> str:
    """Only the figures of a number in any spelling, without the country code 1."""
    figures = NOT_DIGIT.sub("", text or "")
    return figures[1:] if len(figures) == 11 and figures.startswith("1") else figures


def reversed_digits(text: str | None) -> str:
    """The figures backwards, so that "ends in" is a prefix."""
    return digits(text)[::-1]
