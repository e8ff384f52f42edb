"""Taking a call, and the inquiries that wait."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, current_app, g, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from tracker import clock, journal
from tracker.addresses import url_for
from tracker.cases.access import case_or_404
from tracker.cases.actions import NextStep
from tracker.db import begin_reading, db
from tracker.drafts import actions as drafts
from tracker.drafts import queries as kept
from tracker.drafts.models import Draft, DraftKind
from tracker.htmx import done, show, wanted
from tracker.inquiries import actions, known, queries
from tracker.inquiries.forms import NO_CASE, PROPOSED, CloseForm, InquiryForm
from tracker.inquiries.models import Inquiry
from tracker.inquiries.words import DangerAnswer, InquiryDisposition, InquiryStatus
from tracker.moves import Refused
from tracker.paging import page
from tracker.people.actions import guess_zone
from tracker.people.folding import digits
from tracker.places import Guess
from tracker.staff import queries as staff
from tracker.staff.gate import allows, may, me
from tracker.staff.permissions import Permission, Scope

bp = Blueprint("inquiries", __name__)


@bp.app_context_processor
def _calls_that_are_no_case() -> dict[str, Any]:
    # For the menu beside New inquiry: such a call is counted in two presses, from anywhere.
    return {"no_case_calls": NO_CASE}


@bp.route("/inquiries/new", methods=["GET", "POST"])
@may(Permission.CREATE_INQUIRY)
def new() -> Response:
    """An empty form, or one that is taken up again: ?draft=KEY, or ?inquiry=ID to open a case from one that waited.

    A number that was looked for comes in the body of a POST, since it may stand in no address.
    """
    draft = kept.find(me(), DraftKind.INQUIRY, request.args["draft"]) if request.args.get("draft") else None
    waiting = _waiting(request.args.get("inquiry"))
    if draft:
        form = InquiryForm(formdata=kept.fields(draft))
    else:
        number = request.form.get("phone", "")[:40]
        form = InquiryForm(formdata=_words_of(waiting) if waiting else MultiDict({"phone": number}) if number else None)
    offered = [] if draft or waiting else kept.of(me(), DraftKind.INQUIRY, 3)
    return _form(form, key=draft.key if draft else secrets.token_urlsafe(12), waiting=waiting, offered=offered, began=draft)


def _waiting(public_id: str | None) -> Inquiry | None:
    return queries.by_public_id(_uuid(public_id), me()) or abort(404) if public_id else None


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        abort(404)


def _words_of(inquiry: Inquiry) -> MultiDict[str, str]:
    """What is known of an inquiry, as the form reads it: opening its case must lose nothing."""
    found = MultiDict({"phone": inquiry.phone_typed, "name": inquiry.caller_name, "person_name": inquiry.person_name, "words": inquiry.words})
    found["zip_code"], found["email"] = inquiry.zip_code or "", inquiry.caller_email or ""
    for name in ("danger", "channel", "relation", "age_band", "urgency", "how_heard", "language", "reported_by", "unmet_need"):
        word = getattr(inquiry, name)
        code = getattr(word, "value", word)
        if code and code in {choice for choice, _ in InquiryForm(formdata=None)[name].choices}:
            found[name] = code
    for name in ("wants", "signs", "background"):
        found.setlist(name, [word.value for word in getattr(inquiry, name)])
    return found


def _form(
    form: InquiryForm, *, key: str, status: int = 200, waiting: Inquiry | None = None, offered: Sequence[Draft] = (), began: Draft | None = None
) -> Response:
    form.ask(me().zone)
    if not form.step_on.data:
        form.step_on.data = form.step_on.choices[1][0]
    if form.step.data is None and request.endpoint == "inquiries.new":
        form.step.data = PROPOSED
    asked = _asked(form.data)
    return show(
        "inquiries/new.html", status=status, form=form, key=key, waiting=waiting, offered=offered, began=began, started=clock.now(), no_case=NO_CASE,
        found=known.matches(asked, me()), typed=asked.tells_something, their_zone=_zone(asked),
    )  # fmt: skip


def _asked(typed: Mapping[str, Any]) -> known.Asked:
    phone, name, loved, email, zip_code = (str(typed.get(part) or "")[:120] for part in ("phone", "name", "person_name", "email", "zip_code"))
    return known.Asked(phone=phone, name=name, loved_name=loved, email=email, zip_code=zip_code)


def _zone(asked: known.Asked) -> Guess | None:
    """Where the caller probably is, as soon as a number or a ZIP says so."""
    figures = digits(asked.phone)
    number = f"+1{figures}" if len(figures) == 10 else None
    guess = guess_zone(asked.zip_code, number, "")
    return guess if guess.zone else None


@bp.post("/inquiries")
@may(Permission.CREATE_INQUIRY, writes=True)
def create() -> Response:
    """The three endings of a call: open a case, keep the inquiry only, or count what is no case; or add it to a known case."""
    form = InquiryForm()
    form.ask(me().zone)
    key = request.form.get("key", "")[:64]
    waiting = _waiting(request.form.get("inquiry"))
    end = request.form.get("end", "case")
    if end in {one.value for one in NO_CASE}:
        return _count(form, InquiryDisposition(end), key)
    sound = form.validate()
    in_danger = not sound and end != "check" and form.danger.data is DangerAnswer.YES and not form.csrf_token.errors
    again = form.let_pass() if in_danger else []
    if not (sound or in_danger) or end == "check":
        return _form(form, key=key, status=422 if form.errors else 200, waiting=waiting)
    try:
        if request.form.get("join"):
            to, said = _add(form, request.form["join"], waiting)
        elif end == "only":
            to, said = _keep(form, waiting)
        else:
            to, said = _open(form, waiting)
    except Refused as refused:
        db.session.rollback()  # nothing half made stays, and the page is drawn without a lock
        begin_reading()
        form.refuse(refused)
        return _form(form, key=key, status=422, waiting=_waiting(request.form.get("inquiry")))
    drafts.use_up(me(), DraftKind.INQUIRY, key)
    journal.commit(to=to)
    return done(to, f"{said} Ask again: {', '.join(again)}." if again else said)


def _open(form: InquiryForm, waiting: Inquiry | None) -> tuple[str, str]:
    told = form.told()
    _, case = actions.open_case(told, _step(form, told), by=me(), inquiry=waiting)
    return url_for("casefile.show", case_id=case.public_id), f"Inquiry saved. Case {case.number} is open, and yours."


def _step(form: InquiryForm, told: actions.Told) -> NextStep | None:
    """The step that was said; in danger nothing that is missing of it keeps a call from being saved, and tomorrow is too late."""
    if told.danger is DangerAnswer.YES and told.in_danger and form.step_is_as_proposed:
        return None
    zone = guess_zone(told.zip_code, told.phone, current_app.config["WAYPOINT"].zone).zone
    try:
        return form.to_step(me().zone, zone)
    except Refused:
        if told.danger is DangerAnswer.YES:
            return None
        raise


def _keep(form: InquiryForm, waiting: Inquiry | None) -> tuple[str, str]:
    disposition = None if form.unattended.data else form.disposition.data or InquiryDisposition.INFORMATION_ONLY
    row = actions.keep_only(form.told(), disposition, by=me(), inquiry=waiting)
    db.session.flush()
    return url_for("inquiries.show", inquiry_id=row.public_id), "Inquiry saved. No case was opened."


def _add(form: InquiryForm, case_id: str, waiting: Inquiry | None) -> tuple[str, str]:
    case = case_or_404(_uuid(case_id), permission=Permission.LOG_CONTACT)
    actions.add_to_case(form.told(), case, by=me(), inquiry=waiting)
    return url_for("casefile.show", case_id=case.public_id), f"The call was added to case {case.number}."


def _count(form: InquiryForm, disposition: InquiryDisposition, key: str) -> Response:
    form.validate()
    told = form.told() if not form.errors else actions.Told(words=(form.words.data or "")[:8000].replace("\x00", ""))
    actions.count(told, disposition, by=me())
    drafts.use_up(me(), DraftKind.INQUIRY, key)
    to = url_for("staff.home")
    journal.commit(to=to)
    return done(to, f"Counted: {disposition.label}.")


@bp.post("/find/duplicates")
@may(Permission.CREATE_INQUIRY)
def duplicates() -> Response:
    """Who this may be, while the form is typed."""
    asked = _asked(request.form)
    return show("inquiries/_known.html", found=known.matches(asked, me()), typed=asked.tells_something, their_zone=_zone(asked), fresh=True)


@bp.post("/inquiries/apart")
@may(Permission.CREATE_INQUIRY, writes=True, repeats=True)
def apart() -> Response:
    """Not the same: remembered for this caller and this case; or brought back, when it was a slip."""
    form, asked = InquiryForm(), _asked(request.form)
    key, waiting = request.form.get("key", "")[:64], _waiting(request.form.get("inquiry"))
    try:
        if request.form.get("apart"):
            known.set_apart(asked, case_or_404(_uuid(request.form["apart"]), permission=Permission.LOG_CONTACT), by=me())
        else:
            known.bring_back(asked, me())
        journal.commit()
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
    begin_reading()
    if wanted():
        said = str(form.errors["phone"][0]) if form.errors else ""
        found = known.matches(asked, me())
        return show("inquiries/_known.html", found=found, typed=asked.tells_something, their_zone=_zone(asked), fresh=True, apart_said=said)
    return _form(form, key=key, status=422 if form.errors else 200, waiting=waiting)


@bp.get("/inquiries")
@may(Permission.TRIAGE_INQUIRY)
def index() -> Response:
    """Inquiries of one's teams: those that wait first, then what came in lately."""
    after = request.args.get("before")
    before = (queries.key_of(_uuid(after), me()) or abort(404)) if after else None
    found = page(queries.recent(me(), before=before))
    waiting = [] if before else list(queries.unclaimed(me(), 50))[:50]
    names = staff.names({one.taken_by_id for one in found.rows})
    return show("inquiries/index.html", found=found, waiting=waiting, names=names, masked=_masked())


def _masked() -> bool:
    return allows(Permission.TRIAGE_INQUIRY) is Scope.MASKED


def _found(inquiry_id: UUID, lock: bool = False) -> Inquiry:
    found = queries.by_public_id(inquiry_id, me(), lock) or abort(404)
    g.opened = ("inquiries", str(found.public_id)), found.case_id, "an inquiry"
    return found


@bp.get("/inquiries/<uuid:inquiry_id>", endpoint="show")
@may(Permission.TRIAGE_INQUIRY)
def show_one(inquiry_id: UUID) -> Response:
    """One inquiry, as it was told."""
    one = _found(inquiry_id)
    answer = _page(one, CloseForm(formdata=None))
    journal.viewed(one, by=me(), case_id=one.case_id, what="an inquiry")
    journal.commit()
    return answer


def _page(one: Inquiry, form: CloseForm, status: int = 200) -> Response:
    waits = one.status in (InquiryStatus.UNCLAIMED, InquiryStatus.TAKEN)
    return show("inquiries/show.html", status=status, one=one, form=form, masked=_masked(), names=staff.names({one.taken_by_id}), open=waits)


@bp.post("/inquiries/<uuid:inquiry_id>/claim")
@may(Permission.CREATE_INQUIRY, writes=True)
def claim(inquiry_id: UUID) -> Response:
    """Take one that waits; whoever comes second hears who was first."""
    one = _found(inquiry_id, lock=True)
    actions.claim(one, by=me())
    to = url_for("inquiries.show", inquiry_id=one.public_id)
    journal.commit(to=to)
    return done(to, "Yours. Call them, then open a case or close it.")


@bp.post("/inquiries/<uuid:inquiry_id>/close")
@may(Permission.CREATE_INQUIRY, writes=True)
def close(inquiry_id: UUID) -> Response:
    """Close one that opens no case."""
    one = _found(inquiry_id, lock=True)
    form = CloseForm()
    if not form.validate():
        return _page(one, form, 422)
    try:
        actions.close(one, form.disposition.data, by=me())
    except Refused as refused:
        form.refuse(refused)
        return _page(one, form, 422)
    to = url_for("inquiries.index")
    journal.commit(to=to)
    return done(to, f"Closed: {form.disposition.data.label}.")
