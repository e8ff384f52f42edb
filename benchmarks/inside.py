"""The same questions asked inside this process, so that the statements of each answer can be counted."""

import time

from flask.testing import FlaskClient
from sqlalchemy import event

from benchmarks.browsing import Answer, Client
from benchmarks.pages import WHO
from benchmarks.serving import Filled
from tracker.db import db


class _Within(Client):
    def __init__(self, client: FlaskClient) -> None:
        super().__init__(0)
        self._client, self.seen = client, 0

    def count(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        """Called before every statement."""
        self.seen += statement.lstrip().upper().startswith(("SELECT", "WITH"))

    def ask(self, method: str, path: str, form: dict[str, object] | None = None) -> Answer:
        began, self.seen = time.perf_counter(), 0
        answer = self._client.open(path, method=method, data=form, headers={"Referer": "http://127.0.0.1/", "Accept": "text/html"})
        ms = (time.perf_counter() - began) * 1000
        return Answer(answer.status_code, {name.lower(): value for name, value in answer.headers}, answer.data, ms, self.seen)


class Inside:
    """A client of the program's test client, signed in through the form."""

    def __init__(self, filled: Filled) -> None:
        self.client = _Within(filled.app.test_client())
        with filled.app.app_context():
            event.listen(db.engine, "before_cursor_execute", self.client.count)
        self.client.sign_in(WHO, filled.passwords[WHO])
