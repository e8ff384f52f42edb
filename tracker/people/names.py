"""How people and families are called, on their own rows and where a list reads only a name."""

from dataclasses import dataclass


def whole(first: str, last: str) -> str:
    """The name as it was given, or what stands for one."""
    return f"{first} {last}".strip() or "No name given"


def short(first: str, last: str) -> str:
    """What staff call the person in a sentence."""
    return first or last or "this person"


def family(name: str) -> str:
    """The family as pages call it."""
    return f"{name} family" if name else "Family without a name"


@dataclass(slots=True)
class FamilyName:
    """What a list reads of a family."""

    name: str
    zone: str

    @property
    def title(self) -> str:
        """The family as pages call it."""
        return family(self.name)


@dataclass(slots=True)
class PersonName:
    """What a list reads of a person; `zone` is None where it is the family's."""

    id: int
    first_name: str
    last_name: str
    zone: str | None = None

    @property
    def name(self) -> str:
        """The name as it was given, or what stands for one."""
        return whole(self.first_name, self.last_name)

    @property
    def called(self) -> str:
        """What staff call the person in a sentence."""
        return short(self.first_name, self.last_name)
