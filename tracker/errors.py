"""Where exceptions become pages: plain words, and nothing that was typed is lost."""

from collections.abc import Sequence
from typing import Any

from flask import Flask, current_app, g, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, DBAPIError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response

from tracker.db import db
from tracker.moves import Refused
from tracker.once import AnotherBody
from tracker.storage import BlobMissing, NotKept

SENTENCES = {
    400: "The page could not be read. Go back and try again.",
    401: "Sign in again to go on.",
    403: "This is not open to you.",
    404: "There is nothing here.",
    405: "This page cannot be used that way.",
    409: "Somebody else changed this in the meantime.",
    413: "What was sent is too large.",
    415: "This kind of file is not taken here.",
    422: "Something in it cannot be kept as it is.",
    429: "Too many tries. Wait a few minutes.",
    500: "Something went wrong on our side. Your words are kept where they were typed. Try again.",
    503: "The record cannot be reached right now. Try again in a moment.",
}


class NotHere(HTTPException):
    """There is no such thing for this person: the same answer whether it exists or not."""

    code = 404


class NotYours(HTTPException):
    """The person may know that it exists, but not do this; says who can help."""

    code = 403

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Conflict(HTTPException):
    """Somebody else saved first: both texts are shown, field by field.

    Args:
        who: who saved, and when, as one sentence.
        fields: (label, theirs, mine) for each field that differs.
        back: where to go on from.
    """

    code = 409

    def __init__(self, who: str = "", fields: Sequence[tuple[str, Any, Any]] = (), back: str = "") -> None:
        super().__init__(who)
        self.who, self.fields, self.back = who, list(fields), back


def register(app: Flask) -> None:
    """Let an application answer every exception with a page of its own."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _token)
    app.register_error_handler(StaleDataError, lambda _e: _http(Conflict("Somebody else changed this at the same moment.")))
    app.register_error_handler(Refused, lambda error: _page(422, sentence=error.sentence))
    app.register_error_handler(AnotherBody, lambda _e: _page(422, sentence="This form was sent already with other words. Open it anew."))
    app.register_error_handler(BlobMissing, _missing)
    app.register_error_handler(NotKept, _not_kept)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(Exception, _unforeseen)


def _page(code: int, **context: Any) -> Response:
    db.session.rollback()
    db.session.info.pop("journal", None)
    g.let_in = True
    if g.get("family"):  # at the family door nothing is named, and all that does not open looks alike
        return Response(render_template("family_door/gone.html", busy=code >= 500), code, mimetype="text/html")
    context.setdefault("sentence", SENTENCES.get(code, SENTENCES[500]))
    mine = [(name, value) for name, values in request.form.lists() for value in values if value and name not in HIDDEN] if code in KEEPING else []
    names = [f"errors/{code}.html", "errors/error.html"]
    response = Response(render_template(names, code=code, typed=mine, **context), code, mimetype="text/html")
    if code == 503:
        response.headers["Retry-After"] = "2"
    return response


HIDDEN = {"csrf_token", "nonce", "version", "password", "current"}
KEEPING = {400, 401, 403, 404, 409, 413, 422, 500, 503}


def _http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return error.get_response()  # a redirect
    if isinstance(error, RequestEntityTooLarge):
        _read_away()
        return Response(SENTENCES[413], 413, mimetype="text/plain")  # the form cannot be read, so nothing of it can be shown
    context: dict[str, Any] = {}
    if isinstance(error, NotYours):
        context["sentence"] = error.sentence
    if isinstance(error, Conflict):
        context = {"sentence": error.description or SENTENCES[409], "fields": error.fields, "back": error.back}
    return _page(error.code, **context)


def _read_away(most: int = 16 * 2**20) -> None:
    # An answer given while a browser still sends is lost with the connection; what it sends is read and dropped, up to a bound.
    stream = request.environ["wsgi.input"]
    while most > 0 and (piece := stream.read(2**16)):
        most -= len(piece)


def _token(_error: CSRFError) -> Response:
    return _page(400, sentence="The page was open too long, or came from elsewhere. Your words are below; open the page anew and put them back.")


def _missing(error: BlobMissing) -> Response:
    current_app.logger.error("a kept file is missing or was changed: %s", str(error)[:16])
    return _page(503, sentence="The kept file cannot be read. Tell whoever looks after the program.")


def _not_kept(error: NotKept) -> Response:
    current_app.logger.error("the storage took nothing: %s", str(error)[:120])
    return _page(503, sentence="There is no room for the file right now, so nothing was changed. Tell whoever looks after the program, then try again.")


def _database(error: DBAPIError) -> Response:
    if isinstance(error, DataError) or "nul (0x00)" in str(error.orig).lower():
        # A NUL in a part of an address or a form that no field reads: PostgreSQL keeps none, SQLite would.
        return _page(404 if request.method in ("GET", "HEAD") else 422)
    text = str(error.orig).lower() if error.orig else ""
    if isinstance(error, OperationalError) or error.connection_invalidated or "readonly" in text:
        current_app.logger.error("the database did not answer: %s", type(error.orig).__name__)
        return _page(503)
    return _unforeseen(error)


def _unforeseen(error: Exception) -> Response:
    if current_app.config["PROPAGATE"]:
        raise error
    # The exception's text may hold what somebody typed; its kind and place do not.
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    place = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else "?"
    current_app.logger.error("unforeseen %s at %s in %s", type(error).__name__, place, request.endpoint)
    return _page(500)
