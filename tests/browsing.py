"""The test client: it signs in through the real form, and inspects every page it opens."""

import contextvars
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self

from flask import Flask
from flask import globals as flask_globals
from sqlalchemy import event
from werkzeug.test import TestResponse

from tests.cast import PASSWORD
from tests.page import Node, fields_of, inspect, read
from tracker import journal
from tracker.db import db

LOCK = "pg_advisory_xact_lock"  # of the journal's chain: it reads nothing
BUDGET = 16  # SELECTs of any page, whatever the data's size
ORIGIN = "http://127.0.0.1:8000"


class Opened:
    """What came back: a page's elements under `page`, its words under `text`, and how it came."""

    def __init__(self, response: TestResponse, selects: int) -> None:
        self.response = response
        self.status = response.status_code
        self.headers = response.headers
        self.path = response.request.path
        self.body = response.get_data()
        self.is_html = response.mimetype == "text/html"
        self.selects = selects
        self.page: Node = read(self.body.decode()) if self.is_html else Node("")

    @property
    def text(self) -> str:
        """What people read on it."""
        return self.page.text if self.is_html else self.body.decode()

    @property
    def title(self) -> str:
        return "".join(piece for piece in self.page.one("title").inside if isinstance(piece, str)).strip()

    @property
    def json(self) -> Any:
        return self.response.get_json()

    def has(self, key: str) -> bool:
        """Whether an element with this id is on the page."""
        return bool(self.page.all(id=key))

    def at(self, key: str) -> Node:
        """The element with this id."""
        return self.page.one(id=key)

    def errors(self) -> dict[str, str]:
        """The sentences beside the fields, by the field's id, and those above the form under ""."""
        found = {node["id"].removesuffix("-err"): node.text for node in self.page if node.get("id").endswith("-err")}
        above = self.page.all(class_="errsum")
        return {**({"": above[0].text} if above else {}), **found}

    def form(self, action: str = "") -> Node:
        """The form whose id or address this is (or the only one that posts)."""
        forms = [form for form in self.page.all("form") if form.get("method").lower() == "post"]
        fits = [form for form in forms if not action or form.get("id") == action or form.get("action") == action]
        assert len(fits) == 1, f"{len(fits)} forms fit {action!r}; there are {[form.get('action') for form in forms]}"
        return fits[0]


class Client:
    """One browser without scripts, and who sits at it.

    Each request runs in a context of its own, as on a server: Flask-Login keeps the user in `g`, so a test that holds
    an application context would lend it to every request. What the test has not committed is committed first.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.selects = 0
        self.statements: list[str] = []
        self._client = app.test_client()
        self._token = ""

    def sign_in(self, username: str, password: str = PASSWORD) -> Self:
        """Sign in through the form, which must work."""
        door = self.get("/sign-in")
        answer = self.submit(door, username=username, password=password, follow=False)
        assert answer.status == 303, f"{username} could not sign in: {answer.errors()}"
        self.get("/account")
        return self

    def sign_out(self) -> "Opened":
        """Sign out as the button does."""
        return self.post("/sign-out", follow=True)

    def get(self, path: str, *, status: int | None = 200, budget: int = BUDGET, htmx: bool = False, follow: bool = False, **query: Any) -> Opened:
        """Open a page and inspect it.

        Args:
            status: which it must answer; None for any.
            budget: how many SELECTs it may take.
            htmx: ask as a script would, for a fragment.
            follow: go where it sends us.
            query: the address's query.
        """
        headers = {"HX-Request": "true"} if htmx else {}
        return self._open("GET", path, status, budget, follow, headers=headers, query_string=query or None)

    def post(
        self,
        path: str,
        data: Mapping[str, Any] | Iterable[tuple[str, Any]] = (),
        *,
        status: int | None = None,
        budget: int = BUDGET,
        htmx: bool = False,
        follow: bool = True,
        token: bool = True,
    ) -> Opened:
        """Send a form that was never opened; its token is added.

        Args:
            status: which it must answer in the end; None for any.
            budget: how many SELECTs it may take.
            follow: go where it sends us, and inspect the page there.
            token: add the token of the page that was opened last.
        """
        pairs = list(data.items() if isinstance(data, Mapping) else data)
        if token:
            pairs = [("csrf_token", self._token), *(pair for pair in pairs if pair[0] != "csrf_token")]
        form: dict[str, list[Any]] = {}
        for name, value in pairs:
            form.setdefault(name, []).extend(value if isinstance(value, list | tuple) else [value])
        headers = {"HX-Request": "true", "X-CSRFToken": self._token} if htmx else {}
        return self._open("POST", path, status, budget, follow, headers=headers, data=form)

    def submit(self, opened: Opened, action: str = "", *, status: int | None = None, follow: bool = True, button: str = "", **changes: Any) -> Opened:
        """Fill in a form of an opened page and send it, with everything that stands in it already.

        Args:
            action: the form's id or address, where there are several.
            button: name=value of the button that is pressed.
            changes: fields to fill in; a list for several boxes, None to leave one out.
        """
        form = opened.form(action)
        pairs = [pair for pair in fields_of(form) if pair[0] not in changes]
        for name, value in changes.items():
            pairs += [(name, each) for each in (value if isinstance(value, list | tuple) else [value]) if each is not None]
        if button:
            name, _, value = button.partition("=")
            pairs.append((name, value))
        return self.post(form.get("action") or opened.path, pairs, status=status, follow=follow, token=False)

    def _open(self, method: str, path: str, status: int | None, budget: int, follow: bool, **more: Any) -> Opened:
        opened = self._request(method, path, budget, **more)
        hops = 0
        while follow and opened.status in (301, 302, 303) and hops < 5:
            opened = self._request("GET", opened.headers["Location"], budget)
            hops += 1
        assert status is None or opened.status == status, f"{method} {path} answered {opened.status}, not {status}: {opened.text[:300]}"
        return opened

    def _request(self, method: str, path: str, budget: int, **more: Any) -> Opened:
        _finish()
        self.statements = []
        with _counting(self.app, self.statements):
            response = _apart(lambda: self._client.open(path, method=method, base_url=ORIGIN, **more))
        self.selects = sum(statement.lstrip().upper().startswith(("SELECT", "WITH")) and LOCK not in statement for statement in self.statements)
        opened = Opened(response, self.selects)
        self._examine(opened, method, path, budget)
        return opened

    def _examine(self, opened: Opened, method: str, path: str, budget: int) -> None:
        where = f"{method} {path} ({opened.status})"
        listed = "\n".join(self.statements)
        assert self.selects <= budget, f"{where} took {self.selects} SELECTs, more than {budget}:\n{listed}"
        assert "Content-Security-Policy" in opened.headers, f"{where} came without its policy"
        if not opened.is_html or not opened.body or 300 <= opened.status < 400:
            return
        whole = b"<html" in opened.body[:200]
        faults = inspect(opened.page, whole)
        assert not faults, f"{where} is not as a page must be:\n  " + "\n  ".join(faults)
        for node in opened.page.all("meta", name="csrf-token"):
            self._token = node["content"]


def _finish() -> None:
    """End the transaction of the test itself: on SQLite it would keep every request from writing."""
    if flask_globals._cv_app.get(None) is not None:
        journal.commit()


def _apart(deed: Callable[[], TestResponse]) -> TestResponse:
    """Run something where no application context is open, with everything else (the clock that travels) as it is here."""
    there = contextvars.Context()
    for variable, value in contextvars.copy_context().items():
        if variable is not flask_globals._cv_app:
            there.run(variable.set, value)
    return there.run(deed)


class _counting:
    """Collect the statements that an application's engine runs meanwhile."""

    def __init__(self, app: Flask, into: list[str]) -> None:
        self.into = into
        with app.app_context():
            self.engine = db.engine

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        self.into.append(statement)

    def __enter__(self) -> None:
        event.listen(self.engine, "before_cursor_execute", self._note)

    def __exit__(self, *_error: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self._note)
