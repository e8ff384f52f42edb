"""The Walkers, and an intervention that was begun for them."""

import pytest

from tests.casefile.walkers import make_walkers
from tracker import journal
from tracker.interventions import actions
from tracker.interventions.words import InterventionModel


@pytest.fixture
def walkers(cast, db_session):
    made = make_walkers(cast)
    journal.commit()
    return made


@pytest.fixture
def one(walkers, cast, db_session):
    made = actions.begin(walkers.again(), InterventionModel.JOHNSON, "That he agrees to look at a program", "Maya", None, by=cast.actor("maya"))
    made.participants, made.meetings = [], []
    db_session.flush()
    return made
