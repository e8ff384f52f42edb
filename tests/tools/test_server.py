"""The server as it is configured: whoever connects and says nothing keeps nobody else waiting."""

import re
import runpy
import socket
import urllib.error
import urllib.parse
import urllib.request

import pytest

from config import HERE


def settings(monkeypatch, **environ: str) -> dict:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(HERE / "gunicorn.conf.py"))


def test_without_a_proxy_silent_connections_are_kept_aside(monkeypatch):
    assert settings(monkeypatch, WAYPOINT_PROXIES="0")["worker_class"] == "gthread"
    assert settings(monkeypatch, WAYPOINT_PROXIES="1")["worker_class"] == "sync"


@pytest.mark.parametrize("silent", [6])
def test_six_silent_connections_stop_nobody(served, silent):
    host, port = served.url.removeprefix("http://").split(":")
    waiting = [socket.create_connection((host, int(port))) for _ in range(silent)]
    try:
        with urllib.request.urlopen(f"{served.url}/healthz", timeout=20) as answer:
            assert answer.status == 200
    finally:
        for one in waiting:
            one.close()


def test_without_a_proxy_nobody_says_how_they_came(served):
    """A forged header would make the program believe in https, and refuse every form that carries no Referer."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with browser.open(f"{served.url}/sign-in", timeout=20) as door:
        token = re.search(r'name="csrf-token" content="([^"]+)"', door.read().decode())[1]
    form = urllib.parse.urlencode({"username": "maya", "password": "wrong", "csrf_token": token}).encode()
    with pytest.raises(urllib.error.HTTPError) as told:
        browser.open(urllib.request.Request(f"{served.url}/sign-in", form, {"X-Forwarded-Proto": "https"}), timeout=20)
    assert told.value.code == 422
