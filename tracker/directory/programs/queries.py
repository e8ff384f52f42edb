"""What can be asked about programs, the finder among it."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import cos, radians
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from tracker import clock
from tracker.db import db
from tracker.directory.meeting_types import AA
from tracker.directory.programs.models import Capacity, Program, Provider, Site, believed
from tracker.directory.programs.wanted import Aim, Offer, Wanted, Weighed, weigh
from tracker.directory.programs.words import CapacityStatus, ProgramStatus
from tracker.errors import NotHere
from tracker.places import Point

LANGUAGES: dict[str, str] = {
    str(kind.means): kind.name for kind in sorted(AA, key=lambda kind: kind.name) if kind.kind == "language" and isinstance(kind.means, str)
} | {"ase": "American Sign Language"}
WEIGHED_AT_MOST = 5000
LOOSENED_MILES = 100
SHOWN_NEAR = 5


@dataclass(slots=True)
class Listed:
    """A program as a list shows it: its row, how it was weighed, and whether its facts are old."""

    program: Program
    weighed: Weighed
    stale: bool


@dataclass(slots=True)
class Found:
    """What a search gave.

    Attributes:
        fit: programs that fit wholly, nearest first.
        near: those that miss one thing.
        fits: how many fit; `of` how many were weighed.
        loosen: how many more would fit without each one aim.
        more: whether more fit than are in `fit`.
    """

    fit: list[Listed] = field(default_factory=list)
    near: list[Listed] = field(default_factory=list)
    fits: int = 0
    of: int = 0
    loosen: Counter[Aim] = field(default_factory=Counter)
    more: bool = False


def find(
    wanted: Wanted,
    *,
    size: int,
    after: UUID | None = None,
    statuses: Collection[ProgramStatus] = (ProgramStatus.ACTIVE,),
    always: UUID | None = None,
) -> Found:
    """Weigh the programs and give those that fit, nearest first. What any of them pays or costs us is not asked.

    Args:
        size: how many to give.
        after: the last program of the page before.
        always: a program to give even if it does not fit (the one that was chosen).
    """
    at = clock.now()
    weighed = sorted((weigh(offer, wanted, LANGUAGES) for offer in _offers(wanted, at, statuses)), key=lambda one: one.order)
    reach = [one for one in weighed if Aim.DISTANCE not in one.misses]
    fitting = [one for one in reach if not one.misses]
    near = [one for one in reach if len(one.misses) == 1][:SHOWN_NEAR] if after is None else []
    found = Found(fits=len(fitting), of=len(weighed), loosen=Counter(next(iter(one.misses)) for one in weighed if len(one.misses) == 1))
    start = next((place + 1 for place, one in enumerate(fitting) if one.offer.public_id == after), 0) if after else 0
    page = fitting[start : start + size]
    found.more = len(fitting) > start + size
    if always and always not in {one.offer.public_id for one in [*page, *near]}:
        near = [*near, *[one for one in weighed if one.offer.public_id == always]]
    rows = _rows([one.offer.id for one in [*page, *near]])
    days = current_app.config["WAYPOINT"].stale_program_days
    found.fit = [Listed(rows[one.offer.id], one, rows[one.offer.id].stale(at, days)) for one in page]
    found.near = [Listed(rows[one.offer.id], one, rows[one.offer.id].stale(at, days)) for one in near]
    return found


def _offers(wanted: Wanted, at: datetime, statuses: Collection[ProgramStatus]) -> list[Offer]:
    query = (
        select(
            Program.id, Program.public_id, Program.folded_name, Program.level_of_care, Program.payments, Program.languages, Program.attributes,
            Program.age_from, Program.age_to, Site.latitude, Site.longitude,
        )
        .join(Site, Site.id == Program.site_id)
        .where(Program.status.in_(statuses))
        .order_by(Program.folded_name, Program.id)
        .limit(WEIGHED_AT_MOST)
    )  # fmt: skip
    if wanted.origin and wanted.within:
        query = query.where(or_(_around(wanted.origin, max(wanted.within, LOOSENED_MILES)), Site.latitude.is_(None), _remote()))
    told = recent_capacities(at)
    made = []
    for key, public_id, name, level, payments, languages, attributes, low, high, north, east in db.session.execute(query):
        capacity = told.get(key)
        made.append(
            Offer(
                key, public_id, name, level, payments, languages, attributes, (low, high), Point(north, east) if north is not None else None,
                capacity.status if capacity else CapacityStatus.UNKNOWN, capacity.wait_days if capacity else None,
            )
        )  # fmt: skip
    return made


def _around(origin: Point, within: int) -> ColumnElement[bool]:
    north = within / 69.0
    east = north / max(0.1, cos(radians(origin.latitude)))
    return and_(
        Site.latitude.between(origin.latitude - north, origin.latitude + north), Site.longitude.between(origin.longitude - east, origin.longitude + east)
    )


def _remote() -> ColumnElement[bool]:
    return db.cast(Program.attributes, db.String).like('%"telehealth"%')


def recent_capacities(at: datetime) -> dict[int, Capacity]:
    """What is believed about places now, by program; what was told longer ago is not known any more."""
    hours = current_app.config["WAYPOINT"].place_open_hours
    rows = db.session.scalars(select(Capacity).where(Capacity.as_of >= at - timedelta(hours=hours)).order_by(Capacity.id).limit(WEIGHED_AT_MOST))
    return {row.program_id: row for row in rows}


def _rows(ids: Collection[int]) -> dict[int, Program]:
    if not ids:
        return {}
    query = select(Program).where(Program.id.in_(ids)).options(joinedload(Program.provider), joinedload(Program.site))
    return {program.id: program for program in db.session.scalars(query)}


def by_public_id(public_id: UUID | str) -> Program | None:
    """A program with its provider and site, or None."""
    try:
        key = UUID(str(public_id))
    except ValueError:
        return None
    query = select(Program).where(Program.public_id == key).options(joinedload(Program.provider), joinedload(Program.site))
    return db.session.scalars(query).first()


def program_or_404(public_id: UUID) -> Program:
    """A program with its provider and site. Raises NotHere."""
    found = by_public_id(public_id)
    if found is None:
        raise NotHere
    return found


def of_ids(public_ids: Collection[str]) -> list[Program]:
    """Programs by the ids that forms carry, at most 20; what is no id, or no program, is left out."""
    return [found for one in list(dict.fromkeys(public_ids))[:20] if (found := by_public_id(one)) is not None]


def capacities(program: Program, size: int = 10) -> Sequence[Capacity]:
    """What a program said about places, newest first."""
    return db.session.scalars(select(Capacity).where(Capacity.program_id == program.id).order_by(Capacity.id.desc()).limit(size)).all()


def capacity_now(program: Program, at: datetime) -> CapacityStatus:
    """Whether there is a place, as far as it is known."""
    told = next(iter(capacities(program, 1)), None)
    return believed(told, at, current_app.config["WAYPOINT"].place_open_hours)


def provider_named(folded: str) -> Provider | None:
    """The provider of a name, folded."""
    return db.session.scalars(select(Provider).where(Provider.folded_name == folded).order_by(Provider.id)).first()


def twin(provider: Provider, folded: str, zip_code: str) -> Program | None:
    """A program of the same name, provider and ZIP, which would be the same listed twice."""
    query = select(Program).join(Site, Site.id == Program.site_id)
    return db.session.scalars(query.where(Program.provider_id == provider.id, Program.folded_name == folded, Site.zip_code == zip_code)).first()


def same_site(provider: Provider, address: str, zip_code: str, confidential: bool) -> Site | None:
    """A site of a provider at the same address."""
    where = (Site.provider_id == provider.id, Site.address == address, Site.zip_code == zip_code, Site.address_confidential == confidential)
    return db.session.scalars(select(Site).where(*where)).first()
