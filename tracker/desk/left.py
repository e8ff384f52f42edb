"""What somebody left half written: their drafts, each with the page on which it goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from tracker.addresses import url_for
from tracker.drafts.models import DraftKind
from tracker.drafts.queries import Kept

# The form of each kind of draft: its endpoint, and the name by which it takes the draft's key.
PLACES = {
    DraftKind.INQUIRY: ("inquiries.new", "draft"),
    DraftKind.CONTACT: ("contacts.new", "case_id"),
    DraftKind.PACKET: ("packets.new", "case_id"),
    DraftKind.PLAN: ("cases.plan", "case_id"),
    DraftKind.REFERRAL: ("referrals.new", "case_id"),
}


@dataclass(frozen=True, slots=True)
class Left:
    """One draft as a line: what it is, of which family, and where it goes on."""

    words: str
    at: datetime
    url: str


def lines(drafts: Sequence[Kept], families: dict[str, str]) -> list[Left]:
    """Drafts as lines; one whose case is not open to its writer any more is left out.

    Args:
        families: what the families are called, by the key of the draft.
    """
    found = []
    for draft in drafts:
        kind = next((one for one in DraftKind if one.value == draft.kind), None)
        endpoint, name = PLACES.get(kind, ("", "")) if kind else ("", "")
        if kind is None or endpoint not in current_app.view_functions or (name == "case_id" and draft.key not in families):
            continue
        words = f"{kind.label}: {families[draft.key]}" if name == "case_id" else kind.label
        found.append(Left(words, draft.saved_at, url_for(endpoint, **{name: draft.key})))
    return found
