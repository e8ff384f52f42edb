"""Headers, cookies, tokens and addresses of every answer (trust 1.2, 1.6, section 7)."""

from io import BytesIO
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from config import Config
from tests.browsing import ORIGIN
from tests.cast import PASSWORD
from tests.page import fields_of
from tests.program import KEYS
from tests.staff.test_access_matrix import addresses
from tracker import create_app
from tracker.db import db
from tracker.forms import Form
from tracker.staff.gate import policy_of

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def ask(app, path, method="GET", **more):
    return app.test_client().open(path, method=method, base_url=ORIGIN, **more)


@pytest.mark.parametrize("path", ["/sign-in", "/", "/cases", "/no-such-page", "/healthz", "/static/css/tokens.css", "/static/nothing.css", "/crisis"])
def test_every_answer_carries_the_headers(app, cast, path):
    answer = ask(app, path)
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe-inline" not in policy and "unsafe-eval" not in policy and "frame-ancestors 'none'" in policy
    assert ("no-store" in answer.headers.get("Cache-Control", "")) is (not path.startswith("/static/") or answer.status_code == 404)
    assert "charset" in answer.headers["Content-Type"] or answer.mimetype in ("application/json", "text/html")
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_page_that_breaks_is_plain_and_carries_the_headers_too(app, cast, monkeypatch):
    monkeypatch.setitem(app.config, "PROPAGATE", False)
    monkeypatch.setitem(app.view_functions, "lobby.crisis", policied(lambda: 1 / 0, app))
    answer = ask(app, "/crisis")
    assert answer.status_code == 500 and "ZeroDivisionError" not in answer.text and "Traceback" not in answer.text
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS


def policied(view, app):
    view.policy = policy_of(app, "lobby.crisis")
    return view


def test_the_cookie_of_a_real_address_is_bound_to_host_and_https(tmp_path, base):
    app = create_app(
        Config(
            secret_key=KEYS["SECRET_KEY"],
            audit_key=KEYS["WAYPOINT_AUDIT_KEY"],
            database_url=base.url,
            data_dir=tmp_path,
            base_url="https://line.example.org",
            testing=True,
        )
    )
    answer = app.test_client().get("/sign-in", base_url="https://line.example.org")
    cookie = answer.headers["Set-Cookie"]
    assert (
        cookie.startswith("__Host-waypoint=")
        and "Secure" in cookie
        and "HttpOnly" in cookie
        and "SameSite=Lax" in cookie
        and "Path=/" in cookie
        and "Domain" not in cookie
    )
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_signing_out_clears_what_the_browser_kept(client):
    client.sign_in("ada")
    answer = client.post("/sign-out", follow=False)
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'


def test_no_form_is_taken_without_its_token(app, client_of, db_session):
    """Every unsafe route of the program, as somebody signed in, with no token and with one of another session."""
    maya = client_of("maya")
    before = counts(app)
    tried = 0
    for endpoint, method, path in addresses(app):
        if method != "POST" or endpoint == "lobby.policy_report":
            continue
        tried += 1
        for token in ({}, {"csrf_token": "ImFub3RoZXIgc2Vzc2lvbiI.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb"}):
            answer = maya.post(path, token, token=False, follow=False)
            assert answer.status == 400, f"{path} ({endpoint}) answered {answer.status}"
    assert tried > 40 and counts(app) == before


def counts(app) -> dict[str, int]:
    with app.app_context(), db.engine.connect() as connection:
        names = [table.name for table in db.metadata.sorted_tables]
        return {name: connection.execute(sa.text(f"SELECT count(*) FROM {name}")).scalar() for name in names}


@pytest.mark.parametrize("host", ["evil.example.org", "127.0.0.1.evil.example.org", "localhost.evil.example.org"])
def test_another_host_is_not_answered(app, cast, host):
    assert app.test_client().get("/sign-in", base_url=f"http://{host}").status_code == 400


def test_forwarded_headers_are_not_believed_without_a_proxy(app, cast):
    answer = ask(app, "/", headers={"X-Forwarded-Host": "evil.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-For": "10.0.0.1"})
    assert "evil" not in answer.headers["Location"]


WANTED = [
    "//evil.example.org",
    "\\\\evil.example.org",
    "https:evil.example.org",
    "https://evil.example.org",
    "/\\evil",
    "javascript:alert(1)",
    "@evil.example.org",
    "\t//evil.example.org",
    "%2f%2fevil",
    "staff.sign_out",
    "casefile.show",
    "static",
    "nothing.here",
    "desk.today\r\nX: y",
    "data:text/html,x",
    "..",
    "",
]


@pytest.mark.parametrize("wanted", WANTED)
def test_after_signing_in_nobody_is_sent_off_the_site(client, cast, wanted):
    door = client.get("/sign-in")
    answer = client.submit(door, username="maya", password=PASSWORD, next=wanted, follow=False)
    place = urlsplit(answer.headers["Location"])
    assert answer.status == 303 and place.netloc in ("", "127.0.0.1:8000") and place.path == "/today"


def test_one_of_our_own_pages_is_gone_back_to(client, cast):
    door = client.get("/sign-in", next="casefile.index")
    assert client.submit(door, username="maya", password=PASSWORD, follow=False).headers["Location"] == "/cases"


def test_what_is_too_large_is_answered_plainly(client):
    client.sign_in("maya")
    answer = client.post("/inquiries", {"words": "a" * (3 * 2**20)}, follow=False)
    assert answer.status == 413 and "too large" in answer.text


def test_what_is_too_large_is_read_away_so_that_its_answer_arrives(app, cast):
    sent = BytesIO(b"words=" + b"a" * (3 * 2**20))
    answer = ask(app, "/sign-in", "POST", input_stream=sent, content_length=sent.getbuffer().nbytes, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413 and not sent.read()


def test_a_version_of_thousands_of_figures_is_none(app):
    with app.test_request_context(method="POST", data={"version": "9" * 5000}):
        assert Form(meta={"csrf": False}).carried_version is None


def test_a_form_whose_session_ended_keeps_its_words_and_goes_on_after_signing_in(client_of, db_session):
    maya = client_of("maya")
    page = maya.get("/inquiries/new")
    maya.post("/account/sessions/end", {"session": ""}, follow=False)
    elsewhere = client_of("maya")
    elsewhere.post("/account/sessions/end", {}, follow=False)
    said = {"phone": "6145550142", "name": "Teresa Malone", "danger": "no", "reach": "call", "step": "Call Teresa back", "words": "Sleeping all day."}
    fields = {**dict(fields_of(page.form("inquiry"))), **said, "end": "case"}
    answer = maya._request("POST", "/inquiries", 16, data=fields, headers={"Accept": "text/html"})
    assert answer.status == 401 and "Your words are kept" in answer.text
    inside = maya.submit(answer, "/sign-in", username="maya", password=PASSWORD)
    assert inside.status == 200 and "Sleeping all day." in inside.body.decode()
    opened = maya.submit(inside, "/inquiries")
    assert opened.status == 200 and opened.path.startswith("/cases/")


def test_health_says_when_the_database_does_not_answer(app, cast, monkeypatch):
    assert ask(app, "/healthz").get_json() == {"status": "ok"}

    def gone(*_args, **_more):
        raise sa.exc.OperationalError("SELECT 1", {}, Exception("the server is gone"))

    monkeypatch.setattr(db.session, "execute", gone)
    answer = ask(app, "/healthz")
    assert answer.status_code == 503 and answer.get_json() == {"status": "unavailable"}


@pytest.mark.parametrize("path", ["/drafts/contact/a%00b", "/inquiries", "/account/sessions/end"])
def test_a_nul_where_no_field_reads_it_is_refused_and_never_an_error(client_of, path):
    maya = client_of("maya")
    said = {"nonce": "a\x00b", "key": "a\x00b", "session": "a\x00b", "na\x00me": "Teresa", "end": "silent"}
    assert maya.post(path, said, follow=False).status in (200, 303, 422)
    assert maya.get("/inquiries/new", draft="a\x00b", status=None).status in (200, 404)


def test_a_nul_in_a_name_signs_nobody_in(app, cast):
    client = app.test_client()
    page = client.get("/sign-in", base_url=ORIGIN).get_data(as_text=True)
    token = page.partition('name="csrf-token" content="')[2].partition('"')[0]
    said = {"csrf_token": token, "username": "ma\x00ya", "password": PASSWORD}
    assert client.post("/sign-in", base_url=ORIGIN, data=said, headers={"Referer": ORIGIN}).status_code == 422
