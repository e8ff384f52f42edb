"""The server as it is configured: whoever connects and says nothing keeps nobody else waiting."""

import runpy
import socket
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
