"""A client that is signed in for real: cookies, tokens and forms as a browser has them, one connection a request."""

import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urlencode


@dataclass(slots=True)
class Answer:
    """What came back, how many milliseconds it took from the first byte sent to the last one read, and, where it can be seen, its SELECTs."""

    status: int
    headers: dict[str, str]
    body: bytes
    ms: float
    selects: int = 0


class Forms(HTMLParser):
    """The forms of a page: address to the names and values that a browser would send."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, list[tuple[str, str]]]] = []
        self._select, self._text = "", ""
        self._first: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((have.get("action", ""), []))
        elif not self.forms:
            return
        elif tag == "input" and have.get("name") and (have.get("type") not in ("radio", "checkbox", "submit") or "checked" in have):
            self.forms[-1][1].append((have["name"], have.get("value", "")))
        elif tag == "select":
            self._select, self._first = have.get("name", ""), None
        elif tag == "option" and self._select and ("selected" in have or self._first is None):
            self._first = have.get("value", "")
        elif tag == "textarea":
            self._text = have.get("name", "")

    def handle_data(self, data: str) -> None:
        if self._text:
            self.forms[-1][1].append((self._text, data.strip()))
            self._text = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select and self.forms:
            self.forms[-1][1].append((self._select, self._first or ""))
            self._select = ""
        elif tag == "textarea":
            self._text = ""

    def of(self, end: str) -> dict[str, str]:
        """What the form whose address ends so would send.

        Raises:
            LookupError: the page has no such form.
        """
        for action, values in self.forms:
            if action.split("?")[0].endswith(end):
                return dict(values)
        raise LookupError(f"no form to …{end} among {[action for action, _ in self.forms]}")


@dataclass
class Client:
    """A browser without a screen, at a port of this machine."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, form: dict[str, object] | None = None) -> Answer:
        """One request on a connection of its own, timed."""
        body = urlencode(form, doseq=True).encode() if form is not None else None
        headers = {"Host": f"127.0.0.1:{self.port}", "Accept": "text/html", "Referer": f"http://127.0.0.1:{self.port}/"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        content = response.read()
        ms = (time.perf_counter() - began) * 1000
        connection.close()
        for cookie in response.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, content, ms)

    def page(self, path: str) -> str:
        """A page's text.

        Raises:
            RuntimeError: it did not open.
        """
        answer = self.ask("GET", path)
        if answer.status != 200:
            raise RuntimeError(f"GET {path} gave {answer.status}")
        return answer.body.decode()

    def sign_in(self, username: str, password: str) -> "Client":
        """Sign in through the form."""
        form = Forms(self.page("/sign-in")).of("/sign-in")
        answer = self.ask("POST", "/sign-in", form | {"username": username, "password": password})
        if answer.status != 303:
            raise RuntimeError(f"{username} could not sign in: {answer.status}")
        return self
