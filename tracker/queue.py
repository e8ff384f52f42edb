"""The task queue: it only wakes whoever works. What is to be done stands in the database, so losing the queue loses nothing.

Embedded by default (a file of its own in the data folder); Redis where several machines work. A job carries nothing but a key.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.serializer import SignedSerializer

from tracker.db import db

NAME = "waypoint"


class Queue:
    """The jobs of an application, and the way to wake them."""

    def __init__(self, app: Flask, jobs: Mapping[str, Callable[..., Any]], every_minute: Mapping[str, Callable[[], Any]]) -> None:
        self.app = app
        self._jobs, self._rounds = jobs, every_minute
        self._huey: Huey | None = None
        self._tasks: dict[str, Any] = {}

    def open(self) -> Huey:
        """The library's queue, made when it is first needed."""
        if self._huey is None:
            self._huey = _build(self.app)
            for name, job in self._jobs.items():
                self._tasks[name] = self._huey.task(name=name, retries=0)(partial(self._run, job))
            for name, job in self._rounds.items():
                self._huey.periodic_task(crontab(minute="*"), name=name, retries=0)(partial(self._run, job))
        return self._huey

    def wake(self, name: str, key: int, at: datetime | None = None) -> None:
        """Ask for a job, now or at a moment. Never raises: the round of each minute finds what was not woken."""
        try:
            self.open()
            if at is None:
                self._tasks[name](key)
            else:
                self._tasks[name].schedule(args=(key,), eta=at)
        except Exception as cause:
            current_app.logger.warning("the queue cannot be reached (%s); the next round finds the letter", type(cause).__name__)

    def work(self, workers: int, kind: str) -> None:
        """Work until stopped; the rounds run in this process alone.

        Args:
            kind: "thread" for mail, "process" where pages are set.
        """
        self.open().create_consumer(workers=workers, periodic=True, worker_type=kind, initial_delay=0.1, max_delay=1.0).run()

    def _run(self, job: Callable[..., Any], *keys: int) -> None:
        with self.app.app_context():
            try:
                job(*keys)
            finally:
                db.session.remove()


def register(app: Flask, jobs: Mapping[str, Callable[..., Any]], every_minute: Mapping[str, Callable[[], Any]]) -> None:
    """Give an application its queue.

    Args:
        jobs: what can be woken, by name; each takes one key.
        every_minute: what runs each minute in the worker.
    """
    app.extensions["queue"] = Queue(app, jobs, every_minute)


def wake(name: str, key: int, at: datetime | None = None) -> None:
    """Ask the running application's queue for a job."""
    current_app.extensions["queue"].wake(name, key, at)


def _build(app: Flask) -> Huey:
    settings = app.config["WAYPOINT"]
    # What lies in the queue is unpickled: only what was signed with a key of its own is.
    secret = hashlib.blake2b(settings.secret_key.encode(), digest_size=32, person=b"waypoint-queue").hexdigest()
    serializer = SignedSerializer(secret=secret)
    if settings.queue_url:
        return RedisHuey(NAME, url=settings.queue_url, serializer=serializer, results=False)
    place = Path(settings.data_dir) / "queue.db"
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.touch(mode=0o600, exist_ok=True)
    # The standard library's SQLite has the write-ahead-log bug (trust 1.1 rule 1): a rollback journal instead.
    return SqliteHuey(NAME, filename=str(place), journal_mode="delete", serializer=serializer, results=False)
