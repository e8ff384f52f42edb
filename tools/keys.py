"""The keys of a program that was started by `make run`: made once, kept in a file that only its owner can read."""

import os
import secrets
from collections.abc import MutableMapping
from pathlib import Path

NAMES = ("SECRET_KEY", "WAYPOINT_AUDIT_KEY")
FILE = "secrets.env"
HERE = Path(__file__).resolve().parent.parent


def folder(environ: MutableMapping[str, str] = os.environ) -> Path:
    """The folder where the program keeps its data."""
    return Path(environ.get("WAYPOINT_DATA_DIR") or HERE / "var")


def make(environ: MutableMapping[str, str] = os.environ) -> Path:
    """Make the data folder (0700) and the file of keys (0600) if they are not there yet, and load the keys.

    Keys that the environment gives are taken as they are and not written down.

    Returns:
        the path of the file, which exists only if it was needed.
    """
    place = folder(environ)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.chmod(0o700)
    load(environ)
    missing = [name for name in NAMES if not environ.get(name)]
    if missing:
        written = os.open(place / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(written, "w") as file:
            file.writelines(f"{name}={secrets.token_hex(32)}\n" for name in missing)
            file.flush()
            os.fsync(file.fileno())  # a journal sealed with a key that was lost would never be believed again
        load(environ)
    return place / FILE


def load(environ: MutableMapping[str, str] = os.environ) -> None:
    """Put the kept keys into the environment, where that names none."""
    try:
        lines = (folder(environ) / FILE).read_text().splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        name, _, value = line.partition("=")
        if name in NAMES and value and not environ.get(name):
            environ[name] = value
