"""Filling a database with many families: plans in the order in which they called, their moments in one order of time."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from heapq import heappop, heappush
from random import Random

from sqlalchemy import text

from tracker import clock, journal
from tracker.db import db
from tracker.demo import desk, ground
from tracker.demo.bulk import hands
from tracker.demo.bulk.life import CONTACTS, Life, plan
from tracker.demo.bulk.rows import Rows
from tracker.demo.bulk.sink import Sink
from tracker.demo.ground import BEGAN, World
from tracker.demo.tell import in_order_of_time

CACHE = 64_000  # kilobytes of SQLite's page cache while it fills: ids are random, so their index is touched everywhere


def fill(families: int, seed: int, on: date, zone: str, tick: Callable[[int], None] = lambda done: None) -> World:
    """Write the invented organisation and many families' year into an empty database, and commit as it goes.

    Args:
        on: the day that the history leads up to.
        tick: told how many families more were begun.
    """
    db.session().expire_on_commit = False
    world = ground.lay(on, seed, zone)
    _widen()
    rows = Rows(Sink(datetime.combine(world.moment(BEGAN).date(), time(), UTC)), world, hands.enough(world, families))
    upkeep = ground.keep_directory(world)
    following = next(upkeep, None)
    for at, act in _moments(families, world.chance("bulk"), rows, tick, world):
        while following is not None and following <= at:
            rows.sink.write()
            with clock.travel(following):
                following = next(upkeep, None)
                journal.commit()
        act()
    rows.sink.finish()
    _evening(world)
    return world


def _widen() -> None:
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text(f"PRAGMA cache_size=-{CACHE}"))


def _moments(families: int, chance: Random, rows: Rows, tick: Callable[[int], None], world: World) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """Every moment of every family with what is done at it. Only families whose year has begun and not ended are kept in mind."""
    end = int((world.end - rows.sink.base).total_seconds()) // 60
    waiting: list[tuple[int, int, int, Life | None]] = []
    number, no_case = 0, families
    following = plan(1, families, end, chance)
    while waiting or following:
        while following and (not waiting or following.opened <= waiting[0][0]):
            number += 1
            heappush(waiting, (following.opened, number, -1, following))
            if number % 5 == 0:
                heappush(waiting, (following.opened + 90, number, -2, None))
            following = plan(number + 1, families, end, chance) if number < families else None
        at, key, place, life = heappop(waiting)
        moment = rows.sink.moment(at)
        if life is None:
            no_case += 1
            yield moment, lambda key=no_case, moment=moment, luck=key: rows.no_case(key, moment, luck)
            continue
        if place == -1:
            tick(1)
            yield moment, lambda life=life: rows.open(life)
        elif place < CONTACTS:
            yield moment, lambda life=life, place=place: rows.contact(life, place)
        else:
            yield moment, lambda life=life: rows.close(life)
        if place + 1 < CONTACTS:
            heappush(waiting, (life.times[place + 1], key, place + 1, life))
        elif place + 1 == CONTACTS and life.closed:
            heappush(waiting, (life.closed, key, CONTACTS, life))


def _evening(world: World) -> None:
    """The last evening is told deed by deed: inquiries that nobody has taken, and a few packets with their pages."""
    in_order_of_time([desk.unclaimed(world), desk.packets_of_the_evening(world)], world)
