"""Databases that are filled, and the two servers that stand on one: the program and the floor."""

import os
import runpy
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from benchmarks.floor import TABLE
from config import Config
from tracker import clock, create_app
from tracker.db import db
from tracker.demo.bulk import fill

ROOT = Path(__file__).resolve().parent.parent
KEYS = {"SECRET_KEY": secrets.token_hex(32), "WAYPOINT_AUDIT_KEY": secrets.token_hex(32)}


class Filled:
    """A database with so many families (a case each, ten contacts each), and how to sign in."""

    def __init__(self, url: str, folder: Path, families: int) -> None:
        self.folder, self.families = folder, families
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.environ = {**KEYS, "DATABASE_URL": url, "WAYPOINT_DATA_DIR": str(folder)}
        self.app: Flask = create_app(Config.from_environment(self.environ))
        with self.app.app_context():
            upgrade()
            began = time.monotonic()
            zone = self.app.config["WAYPOINT"].zone
            world = fill.fill(families, 7, clock.today(zone), zone)
            self.seconds = time.monotonic() - began
            self.passwords = {username: password for _, _, username, password in world.signs_in}
            db.session.execute(text(TABLE[db.engine.dialect.name]))
            db.session.commit()
            db.session.remove()

    def close(self) -> None:
        """Let the database go."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


@contextmanager
def served(filled: Filled, what: str = "") -> Iterator[tuple[int, int]]:
    """A server on a filled database: the program, or another application with the same server settings.

    Yields:
        its port, and the key of its process.
    """
    port = _free_port()
    own = {"WAYPOINT_BASE_URL": f"http://127.0.0.1:{port}", "PORT": str(port), "PYTHONPATH": str(ROOT)}
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("WAYPOINT_", "GUNICORN_"))} | filled.environ | own
    words = [sys.executable, "-m", "gunicorn", *(_like_ours(port, what) if what else ())]
    log = (filled.folder / "served.log").open("ab")
    process = subprocess.Popen(words, cwd=filled.folder if what else ROOT, env=environ, stdin=subprocess.DEVNULL, stdout=log, stderr=log, umask=0o077)
    try:
        _wait(process, port, "/floor?size=1&reads=0&cases=1&commit=0" if what else "/healthz", filled.folder / "served.log")
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(25)
        log.close()


def _like_ours(port: int, what: str) -> list[str]:
    # Our gunicorn.conf.py starts the program once to see whether it would; the floor takes only the numbers from it.
    ours = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    temporary = ["--worker-tmp-dir", ours["worker_tmp_dir"]] if ours["worker_tmp_dir"] else []
    numbers = ["--workers", str(ours["workers"]), "--worker-class", ours["worker_class"], "--timeout", str(ours["timeout"])]
    return [*numbers, *temporary, "--no-control-socket", "--log-level", "warning", "--bind", f"127.0.0.1:{port}", what]


def _wait(process: subprocess.Popen, port: int, path: str, log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"The server did not start:\n{log.read_text(errors='replace')[-3000:]}")


def resident(pid: int) -> list[float]:
    """Megabytes that each worker of a server keeps in memory, from the system's own figures."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):
            facts = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            if facts.get("PPid", "").strip() == str(pid) and "VmRSS" in facts:
                found.append(int(facts["VmRSS"].split()[0]) / 1024)
    return sorted(found)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
