"""What differs between two texts, line by line, as people read it."""

import difflib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `way` is "same", "gone" or "new"; `runs` are (text, changed) pairs of it."""

    way: str
    runs: tuple[tuple[str, bool], ...]


def compared(before: str, then: str) -> list[Line]:
    """The lines of two texts as one list: what stayed, what went, what came, and which words of a changed line.

    Args:
        before, then: whole texts; nothing is cut.
    """
    old, new = before.splitlines(), then.splitlines()
    found: list[Line] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Line("same", ((line, False),)) for line in old[a:b]]
            continue
        pairs = min(b - a, d - c)  # a changed line beside what it became, as far as there are two
        for gone, come in zip(old[a : a + pairs], new[c : c + pairs], strict=True):
            found += _words(gone, come)
        found += [Line("gone", ((line, False),)) for line in old[a + pairs : b]]
        found += [Line("new", ((line, False),)) for line in new[c + pairs : d]]
    return found


def _words(gone: str, come: str) -> list[Line]:
    old, new = gone.split(" "), come.split(" ")
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if a < b:
            left.append((" ".join(old[a:b]) + " ", tag != "equal"))
        if c < d:
            right.append((" ".join(new[c:d]) + " ", tag != "equal"))
    return [Line("gone", tuple(left)), Line("new", tuple(right))]
