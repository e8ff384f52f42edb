"""The family door: a page that tells nothing, a typed address and code, the packet; what ends it; what mail scanners and strangers see."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import joinedload

from tests.browsing import Client
from tests.packets.conftest import box, home, server  # noqa: F401
from tests.packets.families import house
from tests.packets.outbox import round_after, send, verbs
from tracker import clock, journal, storage
from tracker.db import db
from tracker.family_door.words import EN, ES
from tracker.packets import actions, content, leaving, links, register
from tracker.packets.actions import Wish
from tracker.packets.models import Packet, PacketLink, Recall
from tracker.packets.words import Leaving
from tracker.people import rules
from tracker.staff.gate import policy_of

TELLTALE = re.compile(r"ketamin|addict|recover|rehab|treatment|family line|waypoint|denise|walker|PK-\d", re.IGNORECASE)


@pytest.fixture
def sent(home, cast, box):  # noqa: F811
    """A packet that went to Denise as a link: its secret, as her mail has it, and its code."""
    send(home, cast, Leaving.EMAIL_LINK)
    round_after()
    (message,) = box.kept
    text = message.get_content()
    (token,) = re.findall(r"/p/([A-Za-z0-9_-]{43})\s", text)
    return token, links.code_of(link()), message


def link():
    query = select(PacketLink).options(joinedload(PacketLink.packet)).order_by(PacketLink.id.desc())
    return db.session.scalars(query.execution_options(populate_existing=True)).first()


def knock(app, token, address="denise@example.org", code="", **more):
    client = Client(app)
    page = client.get(f"/p/{token}", status=200)
    return client, client.submit(page, "open", address=address, code=code, **more)


def test_the_mail_holds_a_link_and_nothing_that_tells(sent):
    token, code, message = sent
    text = message.as_string()
    assert code.replace(" ", "") not in text and code not in text
    assert not TELLTALE.search(text.replace("denise@example.org", "").replace(token, ""))
    assert db.session.scalars(select(PacketLink).where(PacketLink.token_sha256 == token)).first() is None


def test_a_mail_scanner_that_opens_the_link_learns_and_uses_up_nothing(app, sent):
    token, _code, _message = sent
    asked = []

    def hear(_connection, _cursor, statement, *_more):
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", hear)
    try:
        client, pages = Client(app), {}
        for which in (token, "A" * 43):
            for _ in range(12):
                answer = client.get(f"/p/{which}")
            pages[which] = re.sub(r'value="[^"]{60,}"', 'value=""', answer.body.decode()).replace(which, "…")
            assert not TELLTALE.search(answer.text + answer.title)
            assert answer.headers["Referrer-Policy"] == "no-referrer" and "noindex" in answer.headers["X-Robots-Tag"]
            assert answer.headers["Cache-Control"] == "no-store"
    finally:
        event.remove(db.engine, "before_cursor_execute", hear)
    assert [statement for statement in asked if not statement.upper().startswith(("BEGIN", "ROLLBACK"))] == []
    assert pages[token] == pages["A" * 43]
    assert link().opens_left == links.OPENS and link().wrong_tries == 0


def test_address_and_code_open_it_once_each_and_the_secret_leaves_the_address(app, sent):
    token, code, _message = sent
    client, opened = knock(app, token, address=" Denise@Example.org ", code=code)
    assert (opened.status, opened.path) == (200, "/p/view")
    assert "How to talk to someone you are worried about" in opened.text and "Denise" not in opened.text
    assert not re.search(r"ketamin|addict|recover|rehab|family line|waypoint", opened.title, re.IGNORECASE)
    first = client.get("/p/view/pages/1")
    assert "You do not need the perfect words" in first.text
    client.get("/p/view/pages/2", status=404)
    pdf = client.get("/p/packet.pdf")
    packet = db.session.scalars(select(Packet)).one()
    assert pdf.body == storage.get(packet.pdf_sha256)
    assert pdf.headers["Content-Disposition"] == 'inline; filename="information.pdf"'
    assert link().opens_left == links.OPENS - 1
    assert "packet.link_opened" in verbs()


def test_the_visit_ends_after_half_an_hour_and_belongs_to_one_browser(app, sent):
    token, code, _message = sent
    client, _opened = knock(app, token, code=code)
    Client(app).get("/p/view", status=404)
    with clock.travel(clock.now() + timedelta(minutes=31)):
        assert client.get("/p/view", status=None).status in (200, 404)  # the seal's own clock is not ours to move
    client.get("/p/leave", status=302)
    client.get("/p/view", status=404)


def test_a_seal_is_worth_nothing_after_its_half_hour(app, sent, monkeypatch):
    token, code, _message = sent
    client, _opened = knock(app, token, code=code)
    monkeypatch.setattr("tracker.family_door.visit.VISIT_SECONDS", -1)
    client.get("/p/view", status=404)


def test_wrong_tries_are_told_counted_and_the_fifth_locks_it_for_everybody(app, sent, cast):
    token, code, _message = sent
    for n in range(4):
        client, answer = knock(app, token, code=f"00000{n}")
        assert answer.status == 422 and EN["wrong"] in answer.text
        assert answer.page.one("input", name="address")["value"] == "denise@example.org"  # what was typed stays
        assert answer.page.one("input", name="code").get("value") == ""
    _client, answer = knock(app, token, address="marcus@example.org", code=code)
    assert answer.status == 404
    _client, answer = knock(app, token, code=code)
    assert answer.status == 404 and "No longer available" in answer.text
    assert verbs()[-1] == "packet.link_locked"
    (needed,) = register.needs_a_hand(cast.actor("maya"))
    assert "locked" in needed.why


def test_a_right_try_forgives_the_wrong_ones_before(app, sent):
    token, code, _message = sent
    for _ in range(3):
        knock(app, token, code="000000")
        knock(app, token, code=code)
    assert link().locked_at is None


def test_it_opens_ten_times_and_no_more(app, sent):
    token, code, _message = sent
    for _ in range(links.OPENS):
        assert knock(app, token, code=code)[1].status == 200
    assert knock(app, token, code=code)[1].status == 404


def no_contact(home, cast):  # noqa: F811
    rules.stop_contact(home.caller, case=home.case, by=cast.actor("maya"))


def address_changed(home, _cast):  # noqa: F811
    home.point.value = "other@example.org"


def address_retired(home, cast):  # noqa: F811
    rules.retire(home.point, home.caller, case=home.case, by=cast.actor("maya"))


def never_write(home, cast):  # noqa: F811
    rules.forbid(home.point, home.caller, rules.Never.WRITE, case=home.case, by=cast.actor("maya"))


def revoked(_home, cast):
    links.revoke(link(), by=cast.actor("maya"))


def run_out(_home, _cast):
    link().expires_at = clock.now() - timedelta(minutes=1)


def recalled(home, cast):  # noqa: F811
    db.session.add(Recall(edition=home.editions["how-to-talk"], why="A number was wrong", by=cast.priya, at=clock.now()))


@pytest.mark.parametrize("change", [no_contact, address_changed, address_retired, never_write, revoked, run_out, recalled])
def test_what_closes_it_closes_it_for_who_is_inside_too_and_all_look_alike(app, sent, home, cast, change):  # noqa: F811
    token, code, _message = sent
    inside, _opened = knock(app, token, code=code)
    change(home, cast)
    journal.commit()
    for answer in (knock(app, token, code=code)[1], *(inside.get(path, status=404) for path in ("/p/view", "/p/view/pages/1", "/p/packet.pdf"))):
        assert answer.status == 404 and answer.body == Client(app).get("/p/nothing", status=404).body


def test_the_receipt_shows_the_code_to_whoever_builds_and_ends_the_link_by_one_press(app, sent, client_of):
    token, code, _message = sent
    key = db.session.scalars(select(Packet.public_id)).one()
    receipt = client_of("maya").get(f"/packets/{key}/receipt")
    assert code in receipt.text
    assert code not in client_of("omar").get(f"/packets/{key}/receipt").text
    maya = client_of("maya")
    ended = maya.submit(maya.get(f"/packets/{key}/receipt"), f"/packets/{key}/link/revocation")
    assert "The link is ended" in ended.text and code not in ended.text
    assert knock(app, token, code=code)[1].status == 404


def test_this_is_not_for_me_ends_it_by_a_press_with_or_without_the_code_and_staff_see_it(app, sent, cast):
    token, code, _message = sent
    client = Client(app)
    page = client.get(f"/p/{token}")
    forms = [form for form in page.page.all("form") if "aside" in form.get("class").split()]
    assert len(forms) == 1
    fields = {node["name"]: node["value"] for node in forms[0].all("input")}
    answer = client.post(forms[0]["action"], {**fields, "not_mine": "1"}, token=False)
    assert answer.status == 200 and "Nobody can open it any more" in answer.text
    assert knock(app, token, code=code)[1].status == 404
    assert verbs()[-1] == "packet.link_sent_back"
    (needed,) = register.needs_a_hand(cast.actor("maya"))
    assert "not for them" in needed.why


def test_whoever_reads_it_can_send_it_back_too(app, sent):
    token, code, _message = sent
    client, opened = knock(app, token, code=code)
    answer = client.submit(opened, "/p/view", button="not_mine=1")
    assert answer.status == 200 and link().revoked_at is not None
    client.get("/p/view", status=404)


def test_a_form_of_another_browser_is_not_taken_and_a_stale_one_says_so(app, sent, monkeypatch):
    token, code, _message = sent
    one, other = Client(app), Client(app)
    other.get(f"/p/{token}")
    fields = {node["name"]: node.get("value") for node in one.get(f"/p/{token}").page.all("input")}
    assert other.post(f"/p/{token}", {**fields, "code": code}, token=False).status == 400
    assert other.post("/p/view", {**fields, "not_mine": "1"}, token=False).status == 400
    monkeypatch.setattr("tracker.family_door.visit.FORM_SECONDS", -1)
    answer = one.post(f"/p/{token}", {**fields, "address": "denise@example.org", "code": code}, token=False)
    assert answer.status == 400 and EN["stale"] in answer.text
    assert link().opens_left == links.OPENS


def test_spanish_is_spoken_where_it_is_asked_for(app, sent):
    token, _code, _message = sent
    page = Client(app).get(f"/p/{token}", l="es")
    assert ES["code_hint"] in page.text and page.page.one("html")["lang"] == "es"
    assert set(EN) == set(ES)


def test_a_printed_packet_bears_a_code_that_opens_the_same_packet(app, cast):
    home = house(cast)  # noqa: F811
    by = cast.actor("maya")
    packet = actions.build(home.case, Wish([home.editions["how-to-talk"]], home.caller, content.NEUTRAL_TITLE, with_qr=True), by=by)
    shown = content.content(packet)
    actions.keep_pages(packet, *content.make_pages(shown))
    leaving.seal(packet, home.case, "in_person", by=by)
    journal.commit()
    token = shown.link.rpartition("/")[2]
    assert packet.token_sealed is None
    assert knock(app, token, address="", code=links.code_of(link()))[1].path == "/p/view"


@pytest.fixture
def apart(app):
    """Links have a host of their own, as in production."""
    before = app.config["WAYPOINT"]
    app.config["WAYPOINT"] = replace(before, link_url="https://info.example.org")
    app.config["TRUSTED_HOSTS"] = ["127.0.0.1", "info.example.org"]
    yield "https://info.example.org"
    app.config["WAYPOINT"] = before
    app.config["TRUSTED_HOSTS"] = app.config["WAYPOINT"].flask()["TRUSTED_HOSTS"]


def test_each_door_has_its_host_and_neither_shows_the_other(app, sent, apart):
    token, code, _message = sent
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        policy = policy_of(app, rule.endpoint)
        if "GET" not in rule.methods or rule.arguments or policy.anywhere:
            continue
        there, here = client.get(rule.rule, base_url=apart), client.get(rule.rule, base_url="http://127.0.0.1")
        wrong = here if policy.family else there
        assert wrong.status_code == 404, rule.rule
        if not policy.family:
            assert not TELLTALE.search(there.get_data(as_text=True)), rule.rule
            assert "Set-Cookie" not in there.headers
    assert client.get(f"/p/{token}", base_url="http://127.0.0.1").status_code == 404
    page = client.get(f"/p/{token}", base_url=apart)
    assert page.status_code == 200
    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("__Host-n=") and all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"))
    assert client.get("/healthz", base_url=apart).status_code == 200


def test_each_page_weighs_little(app, sent):
    token, code, _message = sent
    client, opened = knock(app, token, code=code)
    sheets = sum(len(client.get(f"/static/door/{name}").body) for name in ("door.css", "door.js", "page.svg"))
    for page in (client.get(f"/p/{token}"), opened, client.get("/p/view/pages/1")):
        assert len(page.body) + sheets <= 50 * 1024
