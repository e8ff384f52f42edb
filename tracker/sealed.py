"""Secrets at rest: one key a purpose, made from the cookie's key and of no use for anything else."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import current_app


def box(purpose: str) -> MultiFernet:
    """What encrypts for one purpose.

    Args:
        purpose: at most 7 letters; the same purpose opens what it closed, also after SECRET_KEY was changed once.
    """
    keys = [current_app.secret_key, *(current_app.config["SECRET_KEY_FALLBACKS"] or [])]
    person = f"waypoint-{purpose}".encode()
    derived = (hashlib.blake2b(str(key).encode(), digest_size=32, person=person).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])


def close(words: str, purpose: str) -> str:
    """Words that only box(purpose) opens."""
    return box(purpose).encrypt(words.encode()).decode()


def open_(token: str | None, purpose: str, seconds: int | None = None) -> str:
    """The words inside; "" when there are none, they are older than `seconds`, or somebody touched them."""
    try:
        return box(purpose).decrypt(token.encode(), ttl=seconds).decode() if token else ""
    except InvalidToken:
        return ""


def mark(words: str, purpose: str) -> str:
    """Words as a mark that is the same each time and tells nothing without the key; with another SECRET_KEY it is another one."""
    person = f"waypoint-{purpose}".encode()
    return hashlib.blake2b(words.encode(), key=str(current_app.secret_key).encode()[:64], digest_size=32, person=person).hexdigest()
