"""What is offered for a packet, the likeliest first: kits of the family's stage, relation and language, the stage's other materials, the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from tracker.cases.models import Case
from tracker.db import db
from tracker.library import queries as library
from tracker.library.models import Edition, Kit
from tracker.people.models import Relation


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the shelf under one heading. `kit` is the kit it comes from; `folded` ones are opened by a press."""

    heading: str
    editions: list[Edition]
    kit: Kit | None = None
    folded: bool = False


def suggested(case: Case, shelf: Sequence[Edition], pinned: UUID | None = None) -> list[Group]:
    """The shelf in groups; each edition stands in one of them, and none is ever chosen beforehand.

    Args:
        shelf: what may be handed out, with its materials.
        pinned: the id of a kit that stands first, whatever the family's stage.
    """
    language = (case.main_contact.language or case.family.language or "en")[:2]
    left = {edition.material_id: edition for edition in shelf}
    found: list[Group] = []
    for kit in _kits(case, language, pinned):
        editions = [left.pop(item.material_id) for item in kit.items if item.material_id in left]
        if editions:
            found.append(Group(kit.title, editions, kit))
    rest = list(left.values())
    theirs = [edition for edition in rest if edition.material.language[:2] == language]
    for_stage = [edition for edition in theirs if case.stage.value in edition.material.stages]
    others = [edition for edition in theirs if case.stage.value not in edition.material.stages]
    elsewhere = [edition for edition in rest if edition.material.language[:2] != language]
    groups = (Group(f"For {case.stage.label}", for_stage), Group("Other materials", others), Group("In another language", elsewhere, folded=True))
    return [*found, *(group for group in groups if group.editions)]


def by_kit(code: str) -> Kit | None:
    """A kit in use by its id as a form or an address names it."""
    try:
        kit = library.kit(UUID(code))
    except ValueError:
        return None
    return kit if kit is not None and kit.retired_at is None else None


def _kits(case: Case, language: str, pinned: UUID | None) -> list[Kit]:
    kinship = db.session.scalar(select(Relation.kinship).where(Relation.person_id == case.main_contact_id, Relation.to_person_id == case.person_id))
    fitting = [kit for kit in library.kits() if kit.public_id == pinned or _fits(kit, case, language, kinship.value if kinship else "")]
    # What was asked for, then what is for just this relation, then what is for everybody.
    return sorted(fitting, key=lambda kit: (kit.public_id != pinned, kit.kinship is None))


def _fits(kit: Kit, case: Case, language: str, kinship: str) -> bool:
    return kit.stage == case.stage.value and kit.language[:2] == language and kit.kinship in (None, kinship)
