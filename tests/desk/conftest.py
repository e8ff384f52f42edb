"""A day with one case of each kind of urgency, and cases of others that must not be on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from tests.casefile.walkers import ZONE, Walkers, make_walkers
from tests.cast import Cast
from tracker import clock, journal
from tracker.cases import actions as cases
from tracker.cases import danger
from tracker.cases.actions import NextStep, due_on
from tracker.cases.words import HoldReason, NextStepKind
from tracker.db import db

NOON = datetime.fromisoformat("2026-11-24T12:00:00-05:00")


@dataclass
class Day:
    """The cases of Maya's Tuesday."""

    crisis: Walkers
    late: Walkers
    today: Walkers
    soon: Walkers
    held: Walkers
    back: Walkers


@pytest.fixture
def noon():
    """It is noon on a Tuesday in Ohio."""
    with clock.travel(NOON):
        yield NOON


def named(cast: Cast, name: str, days: int, kind: NextStepKind = NextStepKind.CALL, owner: str = "maya") -> Walkers:
    """A family of its own, whose step is due so many days from now."""
    due = due_on(clock.today(ZONE) + timedelta(days=days), ZONE)[0]
    made = make_walkers(cast, owner=owner, name=name, due=due)
    cases.set_next_step(made.again(), NextStep(kind, f"Step of {name}", due), by=cast.actor(owner))
    return made


@pytest.fixture
def day(cast, db_session, noon) -> Day:
    """…"""
    with clock.travel(NOON - timedelta(days=6)):
        held, back = named(cast, "Held", 1), named(cast, "Back", 20)
        cases.hold(held.again(), clock.today(ZONE) + timedelta(days=9), HoldReason.OTHER, "until the move", by=cast.actor("maya"))
        cases.hold(back.again(), clock.today(ZONE) + timedelta(days=6), HoldReason.WAITING_ON_FAMILY, "", by=cast.actor("maya"))
        crisis = named(cast, "Delgado", 30)
        late = named(cast, "Ibarra", 2, NextStepKind.CHECK_REFERRAL)
    danger.note_crisis(crisis.again(), "yes", by=cast.actor("maya"))
    made = Day(crisis, late, named(cast, "Brandt", 0, NextStepKind.SEND_PACKET), named(cast, "Okello", 2), held, back)
    named(cast, "Bens", -2 + 2, owner="ben")
    named(cast, "Luis", 0, owner="luis")
    journal.commit()
    db.session.expire_all()
    return made
