"""The storage in an object store, spoken to over real HTTP: a small double of S3 that checks that requests are signed."""

import hashlib
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tracker import storage


class Shop(BaseHTTPRequestHandler):
    """PUT, GET and HEAD of objects of one bucket; in a mood it fails or hangs."""

    objects: dict[str, bytes] = {}
    mood = ""
    asked: list[str] = []

    def log_message(self, *_words):
        """Tests are silent."""

    def answer(self):
        type(self).asked.append(self.command)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.mood == "hangs":
            time.sleep(30)
        if self.mood.isdigit():
            return self.say(int(self.mood))
        if "AWS4-HMAC-SHA256" not in self.headers.get("Authorization", ""):
            return self.say(403)
        if self.command == "PUT":
            self.objects[self.path] = body
            return self.say(200, etag=hashlib.md5(body, usedforsecurity=False).hexdigest())
        if self.path not in self.objects:
            return self.say(404)
        return self.say(200, self.objects[self.path])

    def say(self, status, body=b"", etag="0"):
        self.send_response(status)
        self.send_header("ETag", f'"{etag}"')
        self.send_header("Last-Modified", "Wed, 25 Nov 2026 12:00:00 GMT")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_PUT = do_GET = do_HEAD = answer


@pytest.fixture
def shop(app, monkeypatch):
    """The program with its blobs in a bucket of the double."""
    shop = type("Shop", (Shop,), {"objects": {}, "asked": [], "mood": ""})
    server = ThreadingHTTPServer(("127.0.0.1", 0), shop)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("AWS_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    for name, value in (("AWS_ACCESS_KEY_ID", "desk"), ("AWS_SECRET_ACCESS_KEY", "not-a-secret"), ("AWS_REGION", "us-east-1")):
        monkeypatch.setenv(name, value)
    storage._bucket.cache_clear()
    before = app.config["WAYPOINT"]
    app.config["WAYPOINT"] = replace(before, storage_url="s3://packets/kept")
    with app.app_context():
        yield shop
    app.config["WAYPOINT"] = before
    storage._bucket.cache_clear()
    server.shutdown()


def test_what_is_put_is_got_under_its_hash_and_lies_in_the_named_folder(shop):
    name = storage.put(b"a packet")
    assert storage.get(name) == b"a packet" and storage.has(name)
    assert list(shop.objects) == [f"/packets/kept/{name}"]
    assert storage.put(b"a packet") == name and shop.asked.count("PUT") == 1


def test_an_altered_object_is_never_given_out_is_named_and_mended(shop):
    name, gone = storage.put(b"a packet"), storage.name_of(b"another")
    shop.objects[f"/packets/kept/{name}"] = b"something else"
    with pytest.raises(storage.BlobMissing):
        storage.get(name)
    assert list(storage.faults([name, gone])) == [(name, "altered"), (gone, "missing")]
    storage.put(b"a packet")
    assert storage.get(name) == b"a packet"


@pytest.mark.parametrize("mood", ["500", "503", "403", "507"])
def test_a_store_that_fails_keeps_nothing_and_says_so_soon(shop, mood):
    shop.mood = mood
    began = time.monotonic()
    with pytest.raises(storage.NotKept):
        storage.put(b"a packet")
    assert time.monotonic() - began < 30 and not shop.objects


def test_a_store_that_hangs_is_not_waited_for_longer_than_a_request_may_last(shop, monkeypatch):
    monkeypatch.setattr(storage, "PATIENCE", "1s")
    storage._bucket.cache_clear()
    shop.mood = "hangs"
    began = time.monotonic()
    with pytest.raises(storage.NotKept):
        storage.put(b"a packet")
    assert time.monotonic() - began < 20
