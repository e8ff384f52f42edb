"""The status line of a deed is shown once, and the cookie that carries it tells nobody a word."""

import base64
import zlib


def cookie_of(client) -> str:
    """Everything that can be read from the cookie without a key."""
    body = client._client.get_cookie("waypoint", domain="127.0.0.1").value
    packed = body.startswith(".")
    raw = base64.urlsafe_b64decode(body.lstrip(".").split(".")[0] + "==")
    return (zlib.decompress(raw) if packed else raw).decode(errors="replace")


def test_the_cookie_tells_nothing_of_what_was_done(client, db_session):
    client.sign_in("maya")
    page = client.get("/inquiries/new")
    answer = client.submit(
        page, "inquiry", button="end=case", follow=False, phone="6145550142", name="Teresa Malone", danger="no", reach=["call"], step="Call Teresa back"
    )
    assert answer.status == 303
    carried = cookie_of(client)
    assert "said" in carried
    assert not [word for word in ("Inquiry", "Case", "Teresa", "Malone", "1001") if word in carried]
    shown = client.get(answer.headers["Location"])
    assert "Case 1001 is open" in shown.at("said").text
    assert client.get(answer.headers["Location"]).at("said").text == ""


def test_a_touched_line_is_left_out(client, db_session):
    client.sign_in("maya")
    with client._client.session_transaction(base_url="http://127.0.0.1:8000") as kept:
        kept["said"] = "gAAAAABnot-ours"
    assert client.get("/account").at("said").text == ""
