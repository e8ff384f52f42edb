"""What a browser carries between two pages of the family door: a form's token, then which link it opened. Both are sealed; neither is a session."""

import secrets
from urllib.parse import urlsplit

from flask import current_app, g, request
from werkzeug.wrappers import Response

from tracker import sealed

FORM_SECONDS = 4 * 3600
VISIT_SECONDS = 30 * 60  # trust 4.9: 5
SEAL_FORM, SEAL_VISIT = "form", "visit"


def form_token() -> str:
    """The token of a form on this page; it fits only the cookie that goes out with the page."""
    if "door_nonce" not in g:
        given = request.cookies.get(_name("n"), "")
        g.door_nonce = given if len(given) == 43 and given.isascii() else secrets.token_urlsafe(32)
    return sealed.close(g.door_nonce, SEAL_FORM)


def form_fits() -> bool:
    """Whether a form came from a page of ours that this browser opened, at most four hours ago."""
    nonce = request.cookies.get(_name("n"), "")
    return bool(nonce) and secrets.compare_digest(sealed.open_(request.form.get("csrf_token"), SEAL_FORM, FORM_SECONDS).encode(), nonce.encode())


def keep_nonce(response: Response) -> Response:
    """Send the cookie that the page's forms are tied to."""
    if nonce := g.get("door_nonce"):
        _set(response, "n", nonce)
    return response


def let_in(response: Response, token_sha256: str) -> Response:
    """Remember for half an hour which link this browser opened; never the secret itself."""
    _set(response, "p", sealed.close(token_sha256, SEAL_VISIT))
    return response


def opened() -> str:
    """The SHA-256 of the secret that this browser opened; "" when none, or half an hour ago."""
    return sealed.open_(request.cookies.get(_name("p")), SEAL_VISIT, VISIT_SECONDS)


def leave(response: Response) -> Response:
    """Forget both."""
    for short in ("n", "p"):
        response.delete_cookie(_name(short), path="/", secure=_https(), httponly=True, samesite="Strict")
    return response


def _set(response: Response, short: str, value: str) -> None:
    # No age: it ends with the browser, or half an hour after it was sealed, whichever comes first.
    response.set_cookie(_name(short), value, path="/", secure=_https(), httponly=True, samesite="Strict")


def _name(short: str) -> str:
    return f"__Host-{short}" if _https() else short


def _https() -> bool:
    return urlsplit(current_app.config["WAYPOINT"].link_url).scheme == "https"
