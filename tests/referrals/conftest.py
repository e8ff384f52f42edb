"""A referral of Marcus to an invented program, on a Tuesday."""

from datetime import UTC, date, datetime

import pytest

from tests.consents.papers import release
from tests.directory.programs import program
from tests.placements.family import make_home
from tracker import clock, journal
from tracker.referrals.actions import Sending, refer
from tracker.referrals.words import (
    Handoff,
    LocSource,
    Share,
)

NOW = datetime(2026, 11, 24, 15, 14, tzinfo=UTC)  # a Tuesday


@pytest.fixture(autouse=True)
def on_a_tuesday():
    with clock.travel(NOW):
        yield


@pytest.fixture
def home(cast):
    return make_home(cast, zone="America/Chicago")


@pytest.fixture
def referral(cast, home):
    """Marcus is referred to Stone Bridge by phone, under his consent."""
    bridge = program(cast)
    release(cast, home, bridge)
    made = refer(
        home.case, bridge, Sending(Handoff.PHONE_TOGETHER, date(2026, 11, 26), LocSource.STAFF_SEARCH_TERM, [Share.NAME_AGE]), [], by=cast.actor("maya")
    )
    journal.commit()
    return made


@pytest.fixture
def given(cast, home):
    """The family has the details of Stone Bridge; nothing was shared."""
    made = refer(home.case, program(cast), Sending(Handoff.FAMILY_CALLS, date(2026, 11, 26), LocSource.INQUIRER_REQUESTED), [], by=cast.actor("maya"))
    journal.commit()
    return made


@pytest.fixture
def maya(client_of, home):
    return client_of("maya")
