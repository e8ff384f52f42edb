"""The gate: every endpoint names its permission, or it opens to nobody.

It runs before the view: it starts the transaction that the endpoint declared, reads who is there from the
database, and refuses. An answer that slipped past it becomes an error instead of a page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, redirect, render_template, request
from flask_login import LoginManager, current_user
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from tracker import once
from tracker.addresses import url_for
from tracker.db import begin_reading, begin_writing, db
from tracker.htmx import wanted
from tracker.said import keep
from tracker.staff import sessions
from tracker.staff.permissions import Permission, Scope, scope
from tracker.staff.sessions import Actor

View = TypeVar("View", bound=Callable[..., Any])
SAFE = {"GET", "HEAD", "OPTIONS"}
FAMILY = "/p/"
LARGEST_FILE = 10 * 2**20
NOT_KEPT = {"csrf_token", "password", "current"}


@dataclass(frozen=True, slots=True)
class Policy:
    """What an endpoint declared: its permission (None: open to everybody), and whether it writes."""

    permission: Permission | None
    writes: bool = False
    polls: bool = False
    repeats: bool = False
    uploads: bool = False
    family: bool = False  # stands at the family door: nobody is signed in there, and no staff page is
    anywhere: bool = False  # answers at both doors


def may(
    permission: Permission, *, writes: bool = False, polls: bool = False, repeats: bool = False, uploads: bool = False
) -> Callable[[View], View]:
    """Declare an endpoint: who may use it and how its transaction begins.

    Args:
        permission: the one it needs.
        writes: its transaction may write. A page that only records a Viewing does not: journal.commit() sees to it.
        polls: asked by the page on its own, so it does not keep a session awake.
        repeats: sent again and again while somebody types, so it does not use the form's nonce up.
        uploads: a file may come with it, of at most LARGEST_FILE bytes.
    """

    def declared(view: View) -> View:
        view.policy = Policy(permission, writes, polls, repeats, uploads)  # type: ignore[attr-defined]
        return view

    return declared


def open_to_all(view: View) -> View:
    """Declare an endpoint that anybody may use: sign-in, crisis steps."""
    view.policy = Policy(None)  # type: ignore[attr-defined]
    return view


def at_both_doors(view: View) -> View:
    """Declare an endpoint that anybody may use, under the name of either door: health, reports of the content policy."""
    view.policy = Policy(None, anywhere=True)  # type: ignore[attr-defined]
    return view


def open_to_families(view: View) -> View:
    """Declare an endpoint of the family door: it answers under the neutral name of links alone, where that is another host.

    Its transaction only reads until the view has seen that there is something to write.
    """
    view.policy = Policy(None, family=True)  # type: ignore[attr-defined]
    return view


def me() -> Actor:
    """Who acts in this request."""
    return cast(Actor, g.actor)


def allows(permission: Permission) -> Scope | None:
    """With which cases the person of this request has a permission; None when with none."""
    actor = g.get("actor")
    return scope(actor.role, permission) if actor else None


def policy_of(app: Flask, endpoint: str | None) -> Policy | None:
    """What an endpoint declared; None when nothing."""
    view = app.view_functions.get(endpoint or "")
    return getattr(view, "policy", None)


def without_policy(app: Flask) -> list[str]:
    """Endpoints that name no permission; the program refuses to serve with any (trust 1.8, refusal 12)."""
    return sorted({rule.endpoint for rule in app.url_map.iter_rules() if policy_of(app, rule.endpoint) is None})


def register(app: Flask) -> None:
    """Put the gate before every view of an application."""
    manager = LoginManager(app)
    manager.session_protection = None  # the session is a row on the server; a cookie that moved is dead when that row is
    manager.user_loader(sessions.find)
    app.view_functions["static"].policy = Policy(None, anywhere=True)  # type: ignore[attr-defined]
    app.url_value_preprocessor(_make_room)  # before anything reads the form, its token too
    app.before_request(_enter)
    app.after_request(_nothing_slipped_past)
    app.teardown_request(_leave)


def _make_room(endpoint: str | None, _values: object) -> None:
    policy = policy_of(current_app, endpoint)
    if policy is not None and policy.uploads:
        request.max_content_length = LARGEST_FILE + 64 * 1024  # the rest of the form


def _enter() -> Response | str | tuple[str, int] | None:
    g.actor = None
    g.let_in = False
    apart, there = _doors()
    g.family = there if apart else request.path.startswith(FAMILY)
    policy = policy_of(current_app, request.endpoint)
    if apart and policy is not None and not policy.anywhere and policy.family is not there:
        abort(404)
    if request.endpoint is None or request.endpoint == "static":
        g.let_in = True
        return None
    if policy is None:
        abort(404)
    g.policy = policy
    begin_writing() if policy.writes and request.method not in SAFE else begin_reading()
    if policy.family:  # whoever signed in on this machine is nobody here
        g.let_in = True
        return None
    g.actor = current_user._get_current_object() if current_user.is_authenticated else None
    if g.actor and not policy.polls and sessions.seen(g.actor):
        return _again_after_noting()
    return _admit(policy)


def _doors() -> tuple[bool, bool]:
    """Whether the family door has a host of its own, and whether this request came to it."""
    settings = current_app.config["WAYPOINT"]
    links = urlsplit(settings.link_url).hostname
    return links != urlsplit(settings.base_url).hostname, request.host.rpartition(":")[0] == links or request.host == links


def _admit(policy: Policy) -> Response | str | tuple[str, int] | None:
    if policy.permission is None:
        g.let_in = True
        return None
    if g.actor is None:
        return _unknown()
    if scope(g.actor.role, policy.permission) is None:
        abort(403)
    if policy.writes and not policy.repeats and request.method not in SAFE:
        answer = once.begin(g.actor.id, request.form)
        if answer is not None:
            g.let_in = True
            db.session.rollback()
            keep("This was saved already.")
            place = answer or url_for("staff.home")
            return Response("", 204, {"HX-Redirect": place}) if wanted() else redirect(place, 303)
    g.let_in = True
    return None


def _again_after_noting() -> Response | str | tuple[str, int] | None:
    # At most once a minute: a short write of its own, so that a page that only reads stays one that only reads.
    token = g.actor.token
    begin_writing()
    sessions.note_seen(g.actor)
    db.session.commit()
    begin_writing() if g.policy.writes and request.method not in SAFE else begin_reading()
    g.actor = sessions.find(token)
    return _admit(g.policy)


def _unknown() -> Response | str | tuple[str, int]:
    g.let_in = True
    if request.method in SAFE and not wanted():
        return redirect(url_for("staff.sign_in", next=request.endpoint if not request.view_args else None), 303)
    if wanted() or "text/html" not in request.headers.get("Accept", ""):
        return Response("Sign in again. Your words are kept on this screen.", 401, {"Content-Type": "text/plain; charset=utf-8"})
    return render_template("staff/again.html", kept=kept_words(request.form), then=request.path), 401


def kept_words(form: MultiDict[str, str]) -> list[tuple[str, str]]:
    """What somebody typed into a form whose session had ended: it is carried along until they are signed in again."""
    return [(name, value) for name, values in form.lists() if name not in NOT_KEPT for value in values]


def _nothing_slipped_past(response: Response) -> Response:
    if response.status_code < 400 and not g.get("let_in"):
        current_app.logger.critical("an answer without a permission was stopped: %s", request.endpoint)
        return Response("This page is not available.", 500, {"Content-Type": "text/plain; charset=utf-8"})
    return response


def _leave(_error: BaseException | None) -> None:
    db.session.info.pop("journal", None)
    db.session.rollback()
