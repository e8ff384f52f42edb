"""The append-only record of every deed and every viewing, in one chain that shows when a line was touched."""

from tracker.journal.actions import commit, only_viewings, record, viewed
from tracker.journal.models import Entry, Kind
from tracker.journal.verbs import VERBS, Verb, verb

__all__ = ["VERBS", "Entry", "Kind", "Verb", "commit", "only_viewings", "record", "verb", "viewed"]
