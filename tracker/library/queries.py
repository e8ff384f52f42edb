"""What can be asked of the library."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tracker.db import db
from tracker.library.models import Edition, Material
from tracker.library.words import MaterialStatus


def shelf(language: str | None = None) -> Sequence[Edition]:
    """The published edition of every material, with its material, by title.

    Args:
        language: BCP 47; every language when left out.
    """
    query = select(Edition).join(Edition.material).where(Edition.status == MaterialStatus.PUBLISHED).options(contains_eager(Edition.material))
    if language:
        query = query.where(Material.language == language)
    return db.session.scalars(query.order_by(Edition.title, Edition.id)).all()


def material(public_id: UUID) -> Material | None:
    """A material with all its editions."""
    return db.session.scalars(select(Material).where(Material.public_id == public_id).options(selectinload(Material.editions))).first()


def by_slug(slug: str, language: str) -> Material | None:
    """A material by its short name, with all its editions."""
    query = select(Material).where(Material.slug == slug, Material.language == language).options(selectinload(Material.editions))
    return db.session.scalars(query).first()


def editions(public_ids: Iterable[UUID]) -> list[Edition]:
    """Editions with their material, in the order of the given ids; unknown ones are left out."""
    wanted = list(dict.fromkeys(public_ids))
    query = select(Edition).where(Edition.public_id.in_(wanted)).options(joinedload(Edition.material))
    found = {edition.public_id: edition for edition in db.session.scalars(query)}
    return [found[key] for key in wanted if key in found]


def current(material: Material) -> Edition | None:
    """The edition of a material (loaded with its editions) that may be handed out."""
    return next((edition for edition in reversed(material.editions) if edition.status is MaterialStatus.PUBLISHED), None)


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The shelf as it is offered for a case."""

    for_stage: list[Edition]
    others: list[Edition]


def suggested(stage: str, language: str | None = None) -> Suggestions:
    """The shelf with what is meant for a stage first; nothing is ever chosen beforehand.

    Args:
        stage: a code of case_stage.
    """
    found = shelf(language)
    return Suggestions(
        for_stage=[edition for edition in found if stage in edition.material.stages],
        others=[edition for edition in found if stage not in edition.material.stages],
    )
