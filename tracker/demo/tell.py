"""Telling a year: many families' stories in one order of time, through the real actions, committed as they happen."""

from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import date, datetime
from heapq import heapify, heappop, heappush

from tracker import clock, journal
from tracker.db import db
from tracker.demo import desk, ground, invented
from tracker.demo.ground import World
from tracker.demo.helping import Helping
from tracker.demo.stories import DECK, EARLIER
from tracker.demo.telling import Cast, Story
from tracker.staff.models import Role

COORDINATORS = [username for username, _, role, _, _ in invented.STAFF if role == Role.COORDINATOR.value]


def tell(families: int, seed: int, on: date, zone: str, tick: Callable[[int], None] = lambda done: None) -> World:
    """Write the invented organisation and its families' year into an empty database, and commit.

    The same families, seed, day and zone give the same rows, save public ids, passwords, and the salts and seals of the journal.

    Args:
        on: the day that the history leads up to; nothing is told from its first moment on.
        tick: told whenever a story came to its end.
    """
    # This process is the only one that writes: what was read or made stays true, and need not be read again after a commit.
    db.session().expire_on_commit = False
    world = ground.lay(on, seed, zone)
    stories: list[Generator[datetime, None, None]] = [ground.keep_directory(world), desk.calls_that_are_none(world, families), desk.unclaimed(world)]
    stories += [story_of(world, number) for number in range(families)]
    in_order_of_time(stories, world, tick)
    return world


def story_of(world: World, number: int) -> Story:
    """The story of a family: the first ones are known by name, later ones are told again with other people."""
    story, cast = DECK[number % len(DECK)]
    chance = world.chance(number)
    shift = None
    if number >= len(DECK):
        shift = chance.randint(0, EARLIER.get(story, 0))
        cast = _others(cast, chance)
    town = invented.TOWNS[cast.town]
    return story(Helping(world, cast, town, world.people[cast.owner], chance, shift))


def _others(cast: Cast, chance) -> Cast:
    """Other people in the same story: names that fit its words, another town and coordinator."""

    def other(name: str) -> str:
        names = invented.SHE if name in invented.SHE else invented.HE
        return chance.choice(names) if name else ""

    return replace(
        cast, family=chance.choice(invented.LAST_NAMES) if cast.family else "", caller=other(cast.caller), person=other(cast.person), other=other(cast.other),
        town=chance.randrange(len(invented.TOWNS)), owner=chance.choice(COORDINATORS),
    )  # fmt: skip


def in_order_of_time(stories: list[Generator[datetime, None, None]], world: World, tick: Callable[[int], None] = lambda done: None) -> None:
    """Let every story go on at the moments it waits for, the earliest first; one that would pass the world's end is left there."""
    waiting = [(moment, number, story) for number, story in enumerate(stories) if (moment := next(story, None)) is not None]
    heapify(waiting)
    while waiting:
        moment, number, story = heappop(waiting)
        with clock.travel(moment):
            following = next(story, None)
            journal.commit()
        if following is None or following >= world.end:
            tick(1)
        else:
            heappush(waiting, (max(following, moment), number, story))
