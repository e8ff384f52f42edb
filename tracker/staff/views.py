"""Signing in and out, one's own account, and the list of staff."""

from flask import Blueprint, abort, current_app, g, jsonify, redirect, request, session
from flask_login import login_user
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from tracker import journal
from tracker.addresses import url_for
from tracker.db import begin_reading, begin_writing, db
from tracker.htmx import done, show
from tracker.moves import Refused
from tracker.said import keep
from tracker.staff import actions, passwords, queries, sessions, throttle
from tracker.staff.forms import LookForm, PasswordForm, SignInForm, Theme
from tracker.staff.gate import may, me, open_to_all
from tracker.staff.models import Role, Staff
from tracker.staff.permissions import Permission

bp = Blueprint("staff", __name__)
HOME = {
    Role.COORDINATOR: "desk.today",
    Role.SUPERVISOR: "desk.today",
    Role.PACKET_STAFF: "packets.register",
    Role.ADMIN: "staff.everybody",
    Role.AUDITOR: "audit.lines",
}
SORRY = "The user name or the password is not right."
WAIT = "Too many tries. Wait five minutes, then sign in again. Crisis steps stay open below."


@bp.get("/")
@may(Permission.OWN_ACCOUNT)
def home() -> Response:
    """Where a person's day begins."""
    return redirect(url_for(HOME[me().role]), 303)


@bp.route("/sign-in", methods=["GET", "POST"])
@open_to_all
def sign_in() -> Response:
    """The door."""
    form = SignInForm()
    if request.method == "GET":
        form.next.data = request.args.get("next", "")[:80]
        return show("staff/sign_in.html", form=form)
    if not form.validate():
        return _door(form, 422)
    who, why = _let_in(form.username.data.strip().lower(), form.password.data)
    if who is None:
        form.refuse(Refused("password", why))
        return _door(form, 429 if why == WAIT else 422)
    if then := _form_to_send(request.form.get("then", "")):
        kept = [(name.removeprefix("kept-"), value) for name, values in request.form.lists() if name.startswith("kept-") for value in values]
        return show("staff/kept.html", then=then, kept=kept, home=url_for(HOME[who.role]))
    return redirect(_place(form.next.data or "", who.role), 303)


def _door(form: SignInForm, status: int) -> Response:
    kept = [(name.removeprefix("kept-"), value) for name, values in request.form.lists() if name.startswith("kept-") for value in values]
    template = "staff/again.html" if request.form.get("then") else "staff/sign_in.html"
    return show(template, status=status, form=form, kept=kept, then=request.form.get("then", ""))


def _form_to_send(path: str) -> str:
    """The address of a form that was pressed after its session had ended; "" when it is none of ours."""
    adapter = current_app.create_url_adapter(request)
    try:
        endpoint, _ = adapter.match(path, method="POST") if adapter and path.startswith("/") else ("", {})
    except HTTPException:
        return ""
    return path if endpoint and not endpoint.startswith("staff.sign") else ""


def _place(wanted: str, role: Role) -> str:
    """Where to go after signing in: one of our own pages by its name, never an address that came with the request."""
    known = wanted in current_app.view_functions
    plain = known and any("GET" in rule.methods and not rule.arguments for rule in current_app.url_map.iter_rules(wanted))
    return url_for(wanted if plain else HOME[role])


@bp.post("/sign-in/again")
@open_to_all
def sign_in_again() -> tuple[Response, int] | Response:
    """Sign in again over the page that is open; its words stay where they are."""
    staff = sessions.owner(session.get("_user_id", ""))
    who, why = _let_in(staff.username if staff else "", request.form.get("password", ""))
    if who is None:
        return jsonify(sentence=why), 429 if why == WAIT else 422
    return jsonify(csrf=generate_csrf(), name=who.name)


def _one_too_many(username: str) -> bool:
    # A try is counted in a transaction of its own; the one that reads is ended for it, since not every journal mode lets both run at once.
    db.session.rollback()
    too_many = throttle.too_many_sign_ins(username, request.remote_addr or "")
    begin_reading()
    return too_many


def _let_in(username: str, password: str) -> tuple[sessions.Actor | None, str]:
    if _one_too_many(username):
        return None, WAIT
    staff = queries.by_username(username)
    kept = staff.password_hash if staff and staff.disabled_at is None else None
    key = staff.id if staff else None
    db.session.rollback()  # hashing takes its time; no transaction waits for it
    right = len(password) <= 1000 and passwords.verify(kept, password)
    rehashed = passwords.hash_password(password) if right and kept and passwords.outdated(kept) else None
    begin_writing()
    staff = db.session.get(Staff, key) if key else None
    if not right or staff is None or staff.disabled_at is not None:
        actions.refuse_sign_in(username, "wrong name or password", staff)
        journal.commit()
        begin_reading()
        return None, SORRY
    who, ended = actions.sign_in(staff, request.user_agent.string, rehashed)
    journal.commit()
    throttle.forgive_sign_in(username)
    begin_reading()
    session.clear()
    g.pop("csrf_token", None)  # the token made for the old session is not one of the new
    session.permanent = True
    login_user(who)
    if ended:
        keep("You were signed in on three other devices. The one used longest ago was signed out.")
    return who, ""


@bp.post("/sign-out")
@may(Permission.OWN_ACCOUNT, writes=True)
def sign_out() -> Response:
    """End this session, here and wherever its cookie was copied."""
    actions.sign_out(me())
    journal.commit()
    session.clear()
    response = redirect(url_for("staff.sign_in"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@bp.get("/account")
@may(Permission.OWN_ACCOUNT)
def account() -> Response:
    """One's own page."""
    return _account()


def _account(status: int = 200, password: PasswordForm | None = None) -> Response:
    look = LookForm(theme=Theme(me().staff.theme or "system"), single_keys=me().staff.single_keys)
    return show(
        "staff/account.html", status=status, password=password or PasswordForm(formdata=None), look=look, sessions=queries.live_sessions(me().staff)
    )


@bp.post("/account/password")
@may(Permission.OWN_ACCOUNT)
def change_password() -> Response:
    """Choose a new password."""
    form = PasswordForm()
    if not form.validate():
        return _account(422, form)
    staff, kept = me().staff, me().staff.password_hash
    try:
        passwords.check(form.password.data, staff.name, staff.username, actions.organisation())
        if _one_too_many(staff.username):
            raise Refused("current", WAIT)
        if not passwords.verify(kept, form.current.data):
            raise Refused("current", "This is not your current password.")
    except Refused as refused:
        form.refuse(refused)
        return _account(422, form)
    hashed = passwords.hash_password(form.password.data)
    begin_writing()
    actions.set_password(db.session.get_one(Staff, staff.id), hashed, by=me(), keep=me().session_id, end_sessions=form.end_others.data)
    journal.commit()
    return done(url_for("staff.account"), "Password changed.")


@bp.post("/account/look")
@may(Permission.OWN_ACCOUNT, writes=True)
def change_look() -> Response:
    """Choose a look."""
    form = LookForm()
    if not form.validate():
        return _account(422)
    theme = form.theme.data or Theme.SYSTEM
    actions.choose_look(me().staff, "" if theme is Theme.SYSTEM else theme.value, form.single_keys.data, by=me())
    journal.commit()
    return done(url_for("staff.account"), "Saved.")


@bp.post("/account/sessions/end")
@may(Permission.OWN_ACCOUNT, writes=True)
def end_session() -> Response:
    """Sign out another of one's own devices, or all of them."""
    named = request.form.get("session", "")[:64]
    actions.end_sessions(me().staff, by=me(), session_id=named or None, keep=None if named else me().session_id)
    journal.commit()
    return done(url_for("staff.account"), "Signed out there.")


@bp.get("/staff")
@may(Permission.READ_STAFF)
def everybody() -> Response:
    """Who can sign in."""
    return show("staff/everybody.html", people=queries.everybody())


@bp.post("/staff/<uuid:staff_id>/disable")
@may(Permission.EDIT_STAFF, writes=True)
def disable(staff_id: object) -> Response:
    """Somebody left."""
    return _change(staff_id, actions.disable, "{} can no longer sign in. Every session of theirs has ended.")


@bp.post("/staff/<uuid:staff_id>/enable")
@may(Permission.EDIT_STAFF, writes=True)
def enable(staff_id: object) -> Response:
    """Somebody is back."""
    return _change(staff_id, actions.enable, "{} can sign in again.")


def _change(staff_id: object, deed: object, said: str) -> Response:
    staff = queries.by_public_id(staff_id) or abort(404)
    try:
        deed(staff, by=me())  # type: ignore[operator]
    except Refused as refused:
        return done(url_for("staff.everybody"), refused.sentence)
    journal.commit()
    return done(url_for("staff.everybody"), said.format(staff.name))
