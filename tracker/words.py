"""Coded words: an enum whose members carry the label that people read and, where there is one, a note."""

from enum import StrEnum
from typing import Self


class Words(StrEnum):
    """A closed or open list of codes. Members are written `NAME = "code", "Label"[, "note"]`.

    The code is what the database and the forms carry; the label is the only text a screen shows for it.
    """

    label: str
    note: str

    def __new__(cls, code: str, label: str, note: str = "") -> Self:
        word = str.__new__(cls, code)
        word._value_ = code
        word.label = label
        word.note = note
        return word

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Code and label of each member, in the order in which they are written."""
        return [(word.value, word.label) for word in cls]
