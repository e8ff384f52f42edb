"""`make run` from nothing to a page, a second time, and to its end."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.serving import ROOT, free_port


class Started:
    """A program that was started by the entry of `make run`."""

    def __init__(self, folder):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("WAYPOINT_", "DATABASE_URL", "SECRET_KEY"))}
        self.environ = {**kept, "WAYPOINT_DATA_DIR": str(folder / "var"), "PORT": str(self.port), "WEB_CONCURRENCY": "2"}
        self.said = ""

    def flask(self, *words):
        environ = {**self.environ, "WAYPOINT_BASE_URL": self.url}
        return subprocess.run([sys.executable, "-m", "flask", *words], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=True).stdout

    def answers(self):
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return answer.read()
        except (urllib.error.URLError, OSError):
            return b""

    @contextmanager
    def running(self, output):
        """Runs it until the block ends, then as Ctrl-C does."""
        with output.open("w") as file:
            child = subprocess.Popen(
                [sys.executable, "-m", "tools.start"], cwd=ROOT, env=self.environ, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True
            )
        try:
            until = time.monotonic() + 90
            while not self.answers():
                assert child.poll() is None and time.monotonic() < until, output.read_text()
                time.sleep(0.1)
            self.said = output.read_text()
            yield
        finally:
            os.killpg(child.pid, signal.SIGINT)
            child.wait(30)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("started")


def workers(folder):
    """Processes that send for the program whose data lies in a folder (read where Linux tells it)."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if b"deliver" in (place / "cmdline").read_bytes() and str(folder).encode() in (place / "environ").read_bytes():
                found.append(place.name)
    return found


def test_from_nothing_to_a_page_twice_and_to_its_end(folder):
    program = Started(folder)
    with program.running(folder / "first"):
        assert program.answers() == b'{"status":"ok"}\n' or b'"ok"' in program.answers()
    first = program.said
    assert program.url in first
    assert "flask staff password" in first
    people = program.flask("staff", "list")
    names = re.findall(r"^(\w+) ", people, re.MULTILINE)
    assert len(names) >= 5
    printed = [name for name in names if re.search(rf"\b{name}\b.*\S{{15,}}", first)]
    assert printed, "the first start prints no password"
    assert not program.answers(), "something still answers after Ctrl-C"

    began = time.monotonic()
    with program.running(folder / "second"):
        seconds = time.monotonic() - began
        assert workers(folder), "nothing sends what is due"
    assert program.flask("staff", "list") == people
    assert "flask staff password NAME" in program.said
    assert "invented" not in program.said
    assert seconds < 15, f"a second start took {seconds:.0f} s"
    assert "holds" in program.flask("audit", "verify")


def test_whoever_set_a_new_password_can_be_told_from_the_journal(folder):
    program = Started(folder)
    name = re.search(r"^(\w+) ", program.flask("staff", "list"), re.MULTILINE).group(1)
    said = program.flask("staff", "password", name)
    assert re.search(r"password \S{15,}", said)
    assert "holds" in program.flask("audit", "verify")


def test_the_worker_goes_when_the_server_is_gone(folder):
    program = Started(folder)
    with program.running(folder / "third"):
        (worker,) = workers(folder)
        server = int(Path(f"/proc/{worker}/status").read_text().split("PPid:")[1].split()[0])
        os.kill(server, signal.SIGKILL)
        until = time.monotonic() + 20
        while workers(folder):
            assert time.monotonic() < until, "it still runs"
            time.sleep(0.2)
