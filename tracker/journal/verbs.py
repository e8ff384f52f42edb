"""The verbs of the journal: each carries its own sentence, so timeline and audit read alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from tracker.journal.models import Kind


class _Lenient(Formatter):
    def get_value(self, key: Any, args: Any, kwargs: Mapping[str, Any]) -> Any:
        value = kwargs.get(str(key), "")
        return "" if value is None else value


@dataclass(frozen=True, slots=True)
class Verb:
    """One kind of deed: its tag, where it stands in a history, and the sentence that tells it."""

    tag: str
    kind: Kind
    icon: str
    sentence: str

    def tell(self, facts: Mapping[str, Any] | None) -> str:
        """The sentence with a line's facts in it (facts that were erased are left out)."""
        return " ".join(_Lenient().format(self.sentence, **(facts or {})).split())


VERBS: dict[str, Verb] = {}


def verb(tag: str, kind: Kind, icon: str, sentence: str) -> Verb:
    """Name a verb, once, at the top of the room whose deed it is.

    Args:
        tag: "room.deed", unique, such as "contact.logged".
        kind: the part of the history it belongs to.
        icon: name of an icon in the sprite.
        sentence: what people read, with {facts} in braces.
    """
    if tag in VERBS:
        raise ValueError(f"The verb {tag} has been named already.")
    VERBS[tag] = Verb(tag, kind, icon, sentence)
    return VERBS[tag]
