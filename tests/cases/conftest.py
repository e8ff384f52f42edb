"""The invented family that the deeds are done with."""

from collections.abc import Callable

import pytest

from tests.browsing import Client
from tests.casefile.walkers import Walkers, make_walkers
from tests.cast import Cast


@pytest.fixture
def walkers(cast: Cast) -> Walkers:
    """The Walkers' case, open, owned by Maya of team North."""
    return make_walkers(cast)


@pytest.fixture
def maya(client_of: Callable[..., Client]) -> Client:
    """Maya at her browser."""
    return client_of("maya")
