"""The status line that the next page shows: it may hold a person's words, so the cookie carries it encrypted, for ten minutes."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import current_app, session

LIFE = 600  # seconds


def _fernet() -> MultiFernet:
    # One key a purpose: made from the cookie's key, and of no use for signing.
    keys = [current_app.secret_key, *(current_app.config["SECRET_KEY_FALLBACKS"] or [])]
    derived = (hashlib.blake2b(str(key).encode(), digest_size=32, person=b"waypoint-said").digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])


def keep(words: str) -> None:
    """Keep a status line for this person's next page."""
    session["said"] = _fernet().encrypt(words.encode()).decode()


def take() -> str:
    """The status line that waits, once; "" when none does, or when it is too old or was touched."""
    token = session.pop("said", "") if "said" in session else ""  # a cookie that nothing changed is not made anew
    try:
        return _fernet().decrypt(token.encode(), ttl=LIFE).decode() if token else ""
    except InvalidToken:
        return ""
