"""Blobs by their SHA-256: what was handed out is found again, to the byte. On disk, or in an S3-compatible store by URL.

Nothing is given out that does not match its name, and a blob is whole before its name is known to anybody.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import obstore
from flask import current_app
from obstore.exceptions import BaseError
from obstore.store import S3Store

PATIENCE = "10s"  # with an object store, for one try; a request may last a minute


class BlobMissing(Exception):
    """No blob of that name is kept, or its bytes are no longer what the name says."""


class NotKept(Exception):
    """The storage took nothing: it is full, or cannot be reached. Whatever was kept before is as it was."""


class Place(Protocol):
    """Where blobs lie."""

    def put(self, sha256: str, content: bytes) -> None:
        """Keep bytes under a name; all of them or none.

        Raises:
            NotKept: nothing was kept.
        """

    def get(self, sha256: str) -> bytes:
        """The bytes of a name, as they lie there.

        Raises:
            BlobMissing: there are none, or they cannot be read.
        """

    def has(self, sha256: str) -> bool:
        """Whether something lies under a name."""


class Disk:
    """A folder of the data folder: two letters of the name, then the whole name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, sha256: str, content: bytes) -> None:
        """Written beside its place, synced, then renamed: a crash or a full disk leaves nothing half."""
        place = self._place(sha256)
        draft = place.with_name(f".{sha256}.{secrets.token_hex(8)}")
        try:
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(place)
            self._sync(place.parent)
        except OSError as cause:
            draft.unlink(missing_ok=True)
            raise NotKept(f"The disk did not take it ({cause.strerror or type(cause).__name__}).") from cause

    def get(self, sha256: str) -> bytes:
        """Read the file."""
        try:
            return self._place(sha256).read_bytes()
        except OSError as cause:
            raise BlobMissing(sha256) from cause

    def has(self, sha256: str) -> bool:
        """Whether the file is there."""
        return self._place(sha256).exists()

    def _place(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    @staticmethod
    def _sync(folder: Path) -> None:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class Bucket:
    """An object store: S3 or what speaks like it. Keys and address come from the AWS_* names of the environment."""

    def __init__(self, store: Any) -> None:
        self.store = store

    def put(self, sha256: str, content: bytes) -> None:
        """One request; the store keeps all of it or nothing."""
        try:
            obstore.put(self.store, sha256, content)
        except (BaseError, OSError) as cause:
            raise NotKept(f"The object store did not take it ({type(cause).__name__}).") from cause

    def get(self, sha256: str) -> bytes:
        """Read the object."""
        try:
            return bytes(obstore.get(self.store, sha256).bytes())
        except (BaseError, OSError) as cause:
            raise BlobMissing(sha256) from cause

    def has(self, sha256: str) -> bool:
        """Whether the object is there."""
        try:
            obstore.head(self.store, sha256)
        except (BaseError, OSError):
            return False
        return True


def put(content: bytes) -> str:
    """Keep bytes, for good before the name is returned.

    Returns:
        their SHA-256 in hexadecimal, which is also their name.
    Raises:
        NotKept: the storage is full or cannot be reached; nothing was kept.
    """
    sha256 = name_of(content)
    place = _here()
    if not place.has(sha256) or not _matches(place, sha256):  # an altered one is mended by what it should be
        place.put(sha256, content)
    return sha256


def get(sha256: str) -> bytes:
    """The bytes of that name.

    Raises:
        BlobMissing: it is not kept, or what lies there are other bytes than the name says.
    """
    content = _here().get(_checked(sha256))
    if name_of(content) != sha256:
        raise BlobMissing(sha256)
    return content


def has(sha256: str) -> bool:
    """Whether a blob of that name is kept."""
    return _here().has(_checked(sha256))


def faults(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Which of some blobs are missing or altered: name, and what is wrong."""
    for sha256 in names:
        if not has(sha256):
            yield sha256, "missing"
        elif not _matches(_here(), sha256):
            yield sha256, "altered"


def name_of(content: bytes) -> str:
    """The name of bytes: their SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _here() -> Place:
    settings = current_app.config["WAYPOINT"]
    return _bucket(settings.storage_url) if settings.storage_url else Disk(Path(settings.data_dir) / "blobs")


@cache
def _bucket(url: str) -> Bucket:
    parts = urlsplit(url)
    options = {"allow_http": True, "timeout": PATIENCE, "connect_timeout": "5s"}
    retries = {"max_retries": 2, "retry_timeout": timedelta(seconds=15)}
    return Bucket(S3Store(parts.hostname or "", prefix=parts.path.strip("/") or None, client_options=options, retry_config=retries))


def _matches(place: Place, sha256: str) -> bool:
    try:
        return name_of(place.get(sha256)) == sha256
    except BlobMissing:
        return False


def _checked(sha256: str) -> str:
    if len(sha256) != 64 or any(letter not in "0123456789abcdef" for letter in sha256):
        raise BlobMissing(sha256)
    return sha256
