"""The status line that the next page shows: it may hold a person's words, so the cookie carries it encrypted, for ten minutes."""

from flask import session

from tracker import sealed

LIFE = 600  # seconds


def keep(words: str) -> None:
    """Keep a status line for this person's next page."""
    session["said"] = sealed.close(words, "said")


def take() -> str:
    """The status line that waits, once; "" when none does, or when it is too old or was touched."""
    token = session.pop("said", "") if "said" in session else ""  # a cookie that nothing changed is not made anew
    return sealed.open_(token, "said", LIFE)
