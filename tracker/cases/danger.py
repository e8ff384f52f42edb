"""Danger: that it was said, that a supervisor saw it and after how long, and that somebody asked and it is over."""

from tracker import clock, journal
from tracker.cases.models import Case
from tracker.journal import Kind
from tracker.moves import Refused
from tracker.staff.sessions import Actor

CRISIS = journal.verb("case.crisis", Kind.CHANGE, "lifebuoy", "Danger: {answer}")
CRISIS_SEEN = journal.verb("case.crisis_seen", Kind.CHANGE, "lifebuoy", "A supervisor saw the danger after {minutes} min")
CRISIS_OVER = journal.verb("case.crisis_over", Kind.CHANGE, "lifebuoy", "No danger now. {note}")


def note_crisis(case: Case, answer: str, *, by: Actor) -> None:
    """Danger was said, or could not be ruled out: the case stands first on Today until it is noted as over."""
    case.crisis_at, case.crisis_seen_at, case.crisis_seen_by_id = clock.now(), None, None
    journal.record(CRISIS, by=by, about=case, case=case, answer=answer)


def see_crisis(case: Case, *, by: Actor) -> int:
    """A supervisor saw that danger was said.

    Returns:
        how many minutes it took.
    Raises:
        Refused: no danger stands on it, or somebody saw it before.
    """
    if case.crisis_at is None:
        raise Refused(None, "No danger stands on this case.")
    if case.crisis_seen_at is not None:
        raise Refused(None, "A supervisor has seen it already.")
    case.crisis_seen_at, case.crisis_seen_by_id = clock.now(), by.id
    minutes = int((case.crisis_seen_at - case.crisis_at).total_seconds() // 60)
    journal.record(CRISIS_SEEN, by=by, about=case, case=case, minutes=minutes)
    return minutes


def end_crisis(case: Case, note: str, *, by: Actor) -> None:
    """Somebody asked, and there is no danger now."""
    case.crisis_at = None
    journal.record(CRISIS_OVER, by=by, about=case, case=case, note=note)
