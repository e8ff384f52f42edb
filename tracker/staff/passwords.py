"""Passwords: Argon2id, at most two hashings at once a worker, and no word that the world has seen before."""

import json
import subprocess
import sys
import threading

from argon2 import PasswordHasher, profiles
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from tracker.moves import Refused

LENGTH = (15, 128)
# Its lists of words take 12 MB in a process that once asked: a child asks, for the rare moment in which a password is set.
_GUESS = "import json, sys; from zxcvbn import zxcvbn; word, own = json.load(sys.stdin); print(zxcvbn(word, user_inputs=own)['guesses_log10'])"
_slots = threading.BoundedSemaphore(2)
# OWASP's Argon2id figures, taken over by ASVS 5.0 appendix C: 19,456 KiB, two passes, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_cheap = PasswordHasher.from_parameters(profiles.CHEAPEST)


def _current() -> PasswordHasher:
    return _cheap if current_app.config["TESTING"] else _hasher


def hash_password(password: str) -> str:
    """The Argon2id hash of a password."""
    with _slots:
        return _current().hash(password)


def verify(kept: str | None, password: str) -> bool:
    """Whether a password is the one kept; takes the same time when nobody of that name exists.

    Args:
        kept: the hash on file, or None for an unknown name.
    """
    dummy = current_app.extensions.setdefault("dummy_hash", None) or hash_password("no such member of staff")
    current_app.extensions["dummy_hash"] = dummy
    with _slots:
        try:
            return _current().verify(kept or dummy, password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def outdated(kept: str) -> bool:
    """Whether a hash was made with weaker figures than today's."""
    return _current().check_needs_rehash(kept)


def check(password: str, *own_words: str) -> None:
    """Refuse a password that is too short, too long or easily guessed.

    Args:
        own_words: words that an attacker would try first: the person's name, the organisation's.
    Raises:
        Refused: with the sentence to show.
    """
    least, most = LENGTH
    if len(password) < least:
        raise Refused("password", f"Enter at least {least} characters. Four or five unrelated words are easy to keep.")
    if len(password) > most:
        raise Refused("password", f"Enter at most {most} characters.")
    words = [word.lower() for text in own_words for word in text.split() if len(word) > 2]
    lowered = password.lower()
    for word in words:
        lowered = lowered.replace(word, "")
    if len(lowered) < 8 or _guesses(password[:72], words) < 10:
        raise Refused("password", "This password is easy to guess. Choose words that have nothing to do with you or with us.")


def _guesses(password: str, words: list[str]) -> float:
    """How many guesses a password would take, as a power of ten. It travels through a pipe, never in a command line."""
    asked = json.dumps([password, words])
    return float(subprocess.run([sys.executable, "-c", _GUESS], input=asked, capture_output=True, text=True, check=True, timeout=20).stdout)
