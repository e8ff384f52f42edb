"""What can be asked of the library."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from tracker.db import db
from tracker.library.models import Edition, Kit, KitItem, Material, Wording
from tracker.library.words import MaterialStatus

AT_WORK = (joinedload(Material.wording).joinedload(Wording.written_by), joinedload(Material.keeper))


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
    """A material with all its editions, its working copy and its keeper."""
    query = select(Material).where(Material.public_id == public_id).options(selectinload(Material.editions), *AT_WORK)
    return db.session.scalars(query).first()


def material_by_key(key: int) -> Material | None:
    """A material by its key, with all its editions."""
    query = select(Material).where(Material.id == key).options(selectinload(Material.editions).joinedload(Edition.material))
    return db.session.scalars(query).first()


def by_slug(slug: str, language: str) -> Material | None:
    """A material by its short name, with all its editions."""
    query = select(Material).where(Material.slug == slug, Material.language == language).options(selectinload(Material.editions), *AT_WORK)
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


def translations(material: Material) -> Sequence[Material]:
    """The same material in other languages."""
    query = select(Material).where(Material.slug == material.slug, Material.id != material.id).options(selectinload(Material.editions))
    return db.session.scalars(query.order_by(Material.language)).all()


def at_work(size: int = 100) -> Sequence[Wording]:
    """Working copies, those in review first."""
    query = select(Wording).options(joinedload(Wording.material), joinedload(Wording.written_by))
    return db.session.scalars(query.order_by(Wording.status.desc(), Wording.written_at, Wording.id).limit(size)).all()


def retired() -> Sequence[Edition]:
    """The last edition of materials that are handed out no more."""
    other = aliased(Edition)
    now = exists().where(other.material_id == Material.id, other.status == MaterialStatus.PUBLISHED)
    query = (
        select(Edition).join(Edition.material).where(Edition.status == MaterialStatus.RETIRED, ~now)
        .options(contains_eager(Edition.material)).order_by(Edition.title).limit(100)
    )  # fmt: skip
    return db.session.scalars(query).all()


def kits(stage: str | None = None) -> Sequence[Kit]:
    """Kits in use, in the order in which they were made, with their materials."""
    query = select(Kit).where(Kit.retired_at.is_(None)).options(selectinload(Kit.items).joinedload(KitItem.material))
    if stage:
        query = query.where(Kit.stage == stage)
    return db.session.scalars(query.order_by(Kit.id).limit(100)).all()


def kit(public_id: UUID) -> Kit | None:
    """A kit with its materials."""
    return db.session.scalars(select(Kit).where(Kit.public_id == public_id).options(selectinload(Kit.items).joinedload(KitItem.material))).first()
