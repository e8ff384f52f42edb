"""Refused, and which status may follow which."""

from collections.abc import Mapping
from typing import TypeVar

from tracker.words import Words

Status = TypeVar("Status", bound=Words)


class Refused(Exception):
    """A rule says no. `field` is the form field to stand beside (None: the form as a whole)."""

    def __init__(self, field: str | None, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


def may_follow(moves: Mapping[Status, set[Status]], now: Status, then: Status) -> None:
    """Raise Refused when a status may not follow another in the table of moves."""
    if then not in moves.get(now, set()):
        raise Refused(None, f"“{now.label}” cannot become “{then.label}”.")
