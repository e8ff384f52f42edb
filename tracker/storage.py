"""Blobs by their SHA-256: what was handed out is found again, to the byte."""

import hashlib
import os
import secrets
from pathlib import Path

from flask import current_app


class BlobMissing(Exception):
    """No blob of that name is kept, or its bytes are no longer what the name says."""


def _place(sha256: str) -> Path:
    if len(sha256) != 64 or any(letter not in "0123456789abcdef" for letter in sha256):
        raise BlobMissing(sha256)
    return Path(current_app.config["WAYPOINT"].data_dir) / "blobs" / sha256[:2] / sha256


def put(content: bytes) -> str:
    """Keep bytes, synced to disk before the name is returned.

    Returns:
        their SHA-256 in hexadecimal, which is also their name.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    place = _place(sha256)
    if place.exists():
        return sha256
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = place.with_name(f".{sha256}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return sha256


def has(sha256: str) -> bool:
    """Whether a blob of that name is kept."""
    return _place(sha256).exists()


def get(sha256: str) -> bytes:
    """The bytes of that name.

    Raises:
        BlobMissing: it is not kept, or the disk gave other bytes than the name says.
    """
    try:
        content = _place(sha256).read_bytes()
    except FileNotFoundError as cause:
        raise BlobMissing(sha256) from cause
    if hashlib.sha256(content).hexdigest() != sha256:
        raise BlobMissing(sha256)
    return content
