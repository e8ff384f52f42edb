"""Kits: what a family at a stage should have, in its order."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select

from tracker import clock, journal
from tracker.db import db
from tracker.journal import Kind
from tracker.journal.actions import Someone
from tracker.library.models import Kit, KitItem, Material
from tracker.library.shelf import HERE
from tracker.library.shelf import kits as kits_of
from tracker.moves import Refused

MADE = journal.verb("kit.made", Kind.CHANGE, "package", "Made the kit {title}")
CHANGED = journal.verb("kit.changed", Kind.CHANGE, "package", "Changed the kit {title}")
RETIRED = journal.verb("kit.retired", Kind.CHANGE, "package", "The kit {title} is used no more")

MOST = 20


def make(title: str, stage: str, kinship: str | None, language: str, materials: Sequence[Material], *, by: Someone) -> Kit:
    """Make a kit.

    Raises:
        Refused: nothing was chosen, too much, or something in another language.
    """
    kit = Kit(title=title, stage=stage, kinship=kinship or None, language=language, created_at=clock.now(), items=[])
    _put(kit, materials)
    db.session.add(kit)
    db.session.flush()
    journal.record(MADE, by=by, about=kit, title=title)
    return kit


def load_kits(folder: Path = HERE, *, by: Someone) -> int:
    """Make the kits of a shelf whose materials are all there. A kit of the same name and language, changed or retired, stays as it is.

    Returns:
        how many were made.
    """
    known = set(db.session.execute(select(Kit.title, Kit.language)).all())
    by_name = {(material.slug, material.language): material for material in db.session.scalars(select(Material))}
    made = 0
    for one in kits_of(folder):
        materials = [by_name.get((slug, one.language)) for slug in one.materials]
        if (one.title, one.language) not in known and all(materials):
            make(one.title, one.stage, one.kinship, one.language, [material for material in materials if material], by=by)
            made += 1
    return made


def change(kit: Kit, title: str, stage: str, kinship: str | None, language: str, materials: Sequence[Material], *, by: Someone) -> None:
    """Change what a kit is; packets that were made with it stay what they are.

    Raises:
        Refused: as in `make`.
    """
    kit.title, kit.stage, kit.kinship, kit.language = title, stage, kinship or None, language
    _put(kit, materials)
    db.session.flush()
    journal.record(CHANGED, by=by, about=kit, title=title)


def retire(kit: Kit, *, by: Someone) -> None:
    """Use a kit no more."""
    if kit.retired_at is None:
        kit.retired_at = clock.now()
        journal.record(RETIRED, by=by, about=kit, title=kit.title)


def _put(kit: Kit, materials: Sequence[Material]) -> None:
    if not materials:
        raise Refused("chosen", "Choose at least one material.")
    if len(materials) > MOST:
        raise Refused("chosen", f"Choose at most {MOST} materials.")
    if any(material.language.partition("-")[0] != kit.language.partition("-")[0] for material in materials):
        raise Refused("chosen", "Choose materials of the kit’s language.")
    kit.items.clear()
    db.session.flush()
    kit.items.extend(KitItem(material=material, position=place) for place, material in enumerate(materials))
