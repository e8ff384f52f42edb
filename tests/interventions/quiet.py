"""A safety screen in which nothing is raised, and a day that lies ahead."""

from datetime import datetime, timedelta

from tracker import clock
from tracker.interventions.words import SCREEN, ScreenAnswer

QUIET = {code: ScreenAnswer.NO for code, _ in SCREEN}


def soon() -> datetime:
    """In five days."""
    return clock.now() + timedelta(days=5)
