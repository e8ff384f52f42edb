"""The real program under its production server, with two workers, on this process's database."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import scoped_session

from tests.program import KEYS
from tracker.db import db

ROOT = Path(__file__).resolve().parent.parent


class Served:
    """A running program: `url` is where, `rows()` reads and writes its database beside it."""

    def __init__(self, app: Flask, database_url: str, folder: Path, workers: int = 2) -> None:
        self.app = app
        self.port = free_port()
        self.mail_port = free_port()  # where a test may let a mail server listen
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"served-{self.port}.log"
        self._environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("WAYPOINT_", "GUNICORN_"))},
            **KEYS,
            "DATABASE_URL": database_url,
            "WAYPOINT_DATA_DIR": str(folder),
            "WAYPOINT_BASE_URL": self.url,
            "WAYPOINT_SMTP_URL": f"smtp://127.0.0.1:{self.mail_port}",
            "WAYPOINT_MAIL_FROM": "desk@example.org",
            "PORT": str(self.port),
            "WEB_CONCURRENCY": str(workers),
        }
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn"],
                cwd=ROOT,
                env=self._environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                umask=0o077,
            )
        until = time.monotonic() + 60
        while time.monotonic() < until and self._process.poll() is None:
            if self.healthy():
                return
            time.sleep(0.05)
        words = self.log.read_text(errors="replace")[-3000:]
        self.stop()
        raise AssertionError(f"The program did not start:\n{words}")

    def healthy(self) -> bool:
        """Whether it answers that it is well."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def stop(self) -> None:
        """Stop it, workers and all."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(25)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process = None

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen]:
        """The process that sends, as long as the block lasts."""
        with self.log.open("ab") as log:
            process = subprocess.Popen([sys.executable, "-m", "flask", "deliver"], cwd=ROOT, env=self._environ, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    @contextmanager
    def rows(self) -> Iterator[scoped_session]:
        """Its database, in a transaction that ends with the block; nothing is kept unless the block commits."""
        with self.app.app_context():
            yield db.session
            db.session.remove()


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
