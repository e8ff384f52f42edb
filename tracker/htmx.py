"""Page or fragment, decided once."""

from typing import Any

from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from tracker.db import stop_writing
from tracker.said import keep


def wanted() -> bool:
    """Whether htmx asked, and so a fragment is the answer."""
    return request.headers.get("HX-Request") == "true"


def show(template: str, part: str | None = None, status: int = 200, **context: Any) -> Response:
    """A page, or its fragment when htmx asked for one.

    Args:
        template: the whole page.
        part: the fragment that stands inside it; None when the page has none.
        status: 200, 422 (a form with errors) or 409 (a conflict); for these nothing will be written any more.
    """
    if status >= 400:
        stop_writing()
    response = make_response(render_template(part if part and wanted() else template, **context), status)
    response.vary.add("HX-Request")
    return response


def done(to: str, said: str = "", part: str | None = None, **context: Any) -> Response:
    """The answer to a deed: the fragment for htmx, else a redirect (303) with a status line on the next page.

    Args:
        to: where the deed can be seen.
        said: the status line, such as "Contact saved.".
        part: the fragment to answer htmx with; without one htmx is sent to `to`.
    """
    if wanted() and part:
        return make_response(render_template(part, said=said, **context))
    if said:
        keep(said)
    if wanted():
        return make_response("", 204, {"HX-Redirect": to})
    return redirect(to, code=303)
