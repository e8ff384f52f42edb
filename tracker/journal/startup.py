"""Reasons not to serve that the journal gives (trust 1.8: 7 and 11)."""

from datetime import timedelta

from tracker import clock
from tracker.journal import queries
from tracker.startup import WillNotServe

AHEAD = timedelta(minutes=5)


def check(key: bytes) -> None:
    """Refuse to serve when the chain was sealed with another key, or the clock stands before its last line.

    Raises:
        WillNotServe: with the sentence to print.
    """
    last = queries.head()
    if last is None:
        return
    if not queries.head_holds(key):
        raise WillNotServe("The journal's last line was not sealed with this WAYPOINT_AUDIT_KEY. Set the key it was kept with.")
    if last.at - clock.now() > AHEAD:
        raise WillNotServe("The clock of this machine is more than five minutes behind the journal's last line. Set it right.")
