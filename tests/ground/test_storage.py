"""Blobs by their hash, on disk and in an object store: whole or not at all, and never other bytes than the name says."""

import errno
import os
from dataclasses import replace

import pytest
from obstore.store import MemoryStore

from tracker import storage


@pytest.fixture(params=["disk", "bucket"])
def place(request, app, tmp_path, monkeypatch):
    made = storage.Disk(tmp_path) if request.param == "disk" else storage.Bucket(MemoryStore())
    monkeypatch.setattr(storage, "_here", lambda: made)
    return made


def test_what_was_put_is_got_and_what_was_not_is_missing(place):
    name = storage.put(b"some bytes")
    assert (name, storage.get(name), storage.has(name)) == (storage.name_of(b"some bytes"), b"some bytes", True)
    for wrong in ("0" * 64, "../../etc/passwd", "A" * 64, ""):
        with pytest.raises(storage.BlobMissing):
            storage.get(wrong)


def test_altered_bytes_are_never_given_out_are_named_and_are_mended_by_the_right_ones(place):
    name = storage.put(b"some bytes")
    place.put(name, b"other bytes")
    with pytest.raises(storage.BlobMissing):
        storage.get(name)
    assert list(storage.faults([name, "1" * 64])) == [(name, "altered"), ("1" * 64, "missing")]
    storage.put(b"some bytes")
    assert storage.get(name) == b"some bytes"


def test_a_full_disk_leaves_nothing_half_and_says_so(tmp_path, app, monkeypatch):
    disk = storage.Disk(tmp_path)
    monkeypatch.setattr(storage, "_here", lambda: disk)

    def full(_handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(storage.os, "fsync", full)
    with pytest.raises(storage.NotKept, match="No space left"):
        storage.put(b"some bytes")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_setting_chooses_the_store(app):
    before = app.config["WAYPOINT"]
    with app.app_context():
        assert isinstance(storage._here(), storage.Disk)
        app.config["WAYPOINT"] = replace(before, storage_url="s3://packets/waypoint")
        try:
            assert isinstance(storage._here(), storage.Bucket)
        finally:
            app.config["WAYPOINT"] = before
