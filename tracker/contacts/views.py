"""Logging a contact, and one contact with the texts it had."""

from uuid import UUID

from flask import Blueprint, current_app, request
from werkzeug.wrappers import Response

from tracker import journal
from tracker.addresses import url_for
from tracker.cases import promises
from tracker.cases.access import case_or_404, may_on
from tracker.cases.models import Case
from tracker.contacts import actions, queries, tries
from tracker.contacts.forms import ContactForm, RewordForm, following_try, step_stamp
from tracker.contacts.models import Contact
from tracker.contacts.words import ONE_PRESS, TRIES, ContactOutcome, LogKind
from tracker.drafts import queries as drafts
from tracker.drafts.actions import use_up
from tracker.drafts.models import Draft, DraftKind
from tracker.errors import Conflict, NotHere
from tracker.htmx import done, show, wanted
from tracker.moves import Refused
from tracker.people.models import PointKind
from tracker.staff import queries as staff
from tracker.staff.gate import may, me
from tracker.staff.permissions import Permission
from tracker.templating import show_day

bp = Blueprint("contacts", __name__)


@bp.get("/cases/<uuid:case_id>/contacts/new")
@may(Permission.LOG_CONTACT)
def new(case_id: UUID) -> Response:
    """The log box: a page of its own without script, opened in place with it."""
    case = case_or_404(case_id)
    draft = None if "fresh" in request.args else drafts.find(me(), DraftKind.CONTACT, str(case_id))
    form = ContactForm(formdata=drafts.fields(draft) if draft else None)
    form.know(case, queries.people_of(case), me().zone)
    form.begin(case, anew=draft is None)
    form.back.data = "today" if request.args.get("back") == "today" else ""
    if draft is None:
        form.kind.data = _asked(LogKind, "kind") or form.kind.data
        form.finishes.data = request.args.get("finishes") == "1"
        form.who.data = request.args["who"] if request.args.get("who") in form.people else form.who.data
    page = _box(case, form, kept=draft)
    if not wanted():
        journal.viewed(case, by=me(), case=case, what="the log of a contact")
        journal.commit()
    return page


@bp.post("/cases/<uuid:case_id>/contacts")
@may(Permission.LOG_CONTACT, writes=True)
def create(case_id: UUID) -> Response:
    """Log what was told; the words stay in the box when it cannot be kept."""
    case = case_or_404(case_id)
    form = ContactForm()
    form.know(case, queries.people_of(case), me().zone)
    if not form.validate():
        return _box(case, form, 422)
    try:
        contact = _log(case, form)
    except Refused as refused:
        form.refuse(refused)
        return _box(case, form, 422)
    use_up(me(), DraftKind.CONTACT, str(case_id))
    to = _place(case, form.back.data or "")
    said = _said(case, contact)
    journal.commit(to=to)
    return done(to, said)


@bp.post("/cases/<uuid:case_id>/contacts/tries/<outcome>")
@may(Permission.LOG_CONTACT, writes=True)
def tried(case_id: UUID, outcome: str) -> Response:
    """One press: the main contact was called and not reached; the next try, or a decision, follows by itself."""
    case = case_or_404(case_id)
    result = next((one for one in ONE_PRESS if one.value == outcome), None)
    if result is None or case.main_contact.died_at or not case.is_open:
        raise NotHere
    told = actions.Told(outcome=result, person=case.main_contact)
    phones = [point for point in queries.points_of(case.main_contact) if point.kind is PointKind.PHONE]
    try:
        then = following_try(case, told, phones[0] if len(phones) == 1 else None) if tries.offers(case) else None
        contact = actions.log_contact(case, told, by=me(), then=then)
    except Refused as refused:
        form = ContactForm(formdata=None)
        form.know(case, queries.people_of(case), me().zone)
        form.begin(case)
        form.exactly.data = result
        form.refuse(refused)
        return _box(case, form, 422)
    to, said = url_for("casefile.show", case_id=case.public_id), _said(case, contact)
    journal.commit(to=to)
    return done(to, said)


def _log(case: Case, form: ContactForm) -> Contact:
    actor = me()
    if form.told_step and form.open_step.data != step_stamp(case):
        raise Conflict(
            "Somebody set another next step after you opened this.",
            [("Next step", case.next_step_text or "On hold", form.step.data or ""), ("What was said", "", form.note.data or "")],
            url_for("contacts.new", case_id=case.public_id),
        )
    told = form.to_told(actor.zone)
    then = form.to_step(actor.zone, case.family.zone) if form.told_step and case.is_open else form.to_try(case, told)
    promised = form.to_promise(case, actor.zone)
    contact = actions.log_contact(case, told, by=actor, finishes=bool(form.finishes.data), then=then)
    if promised is not None:
        words, due, timed = promised
        promises.make(case, told.person or case.main_contact, words, due, timed=timed, by=actor)
    return contact


def _said(case: Case, contact: Contact) -> str:
    if contact.outcome is None:
        return "Note saved."
    if not case.is_open:
        return "Contact saved. The case is closed: reopen it if there is more to do."
    tries = f" {case.tries} {'try' if case.tries == 1 else 'tries'} not reached." if case.tries and contact.outcome in TRIES else ""
    if contact.outcome is ContactOutcome.REFUSED_CONTACT:
        return "Contact saved. They are not offered to anybody to call or write to from now on."
    step = f" Next: {case.next_step_text}, {show_day(case.next_step_at, me().zone)}." if contact.next_step and case.next_step_at else ""
    return f"Contact saved.{tries}{step}"


def _place(case: Case, back: str) -> str:
    if back == "today" and "desk.today" in current_app.view_functions:
        return url_for("desk.today")
    return url_for("casefile.show", case_id=case.public_id)


def _box(case: Case, form: ContactForm, status: int = 200, kept: Draft | None = None) -> Response:
    back = _place(case, form.back.data or "")
    draft = url_for("drafts.keep", kind=DraftKind.CONTACT.value, key=case.public_id)
    return show(
        "contacts/new.html", part="contacts/_form.html", status=status, case=case, form=form, silent=form.silent(), back=back, draft=draft, kept=kept,
    )  # fmt: skip


def _asked(words: type[LogKind], name: str) -> LogKind | None:
    code = request.args.get(name, "")
    return next((word for word in words if word.value == code), None)


def _found(contact_id: UUID) -> tuple[Case, Contact]:
    contact, case_id = queries.contact_or_404(contact_id, me())
    return case_or_404(case_id), contact


@bp.get("/contacts/<uuid:contact_id>")
@may(Permission.LOG_CONTACT)
def one(contact_id: UUID) -> Response:
    """One contact: what was told, and every text its note had."""
    case, contact = _found(contact_id)
    form = RewordForm(formdata=None)
    form.note.data, form.version.data = contact.note, contact.version
    page = _contact_page(case, contact, form)
    journal.viewed(contact, by=me(), case=case, what="a contact")
    journal.commit()
    return page


@bp.post("/contacts/<uuid:contact_id>")
@may(Permission.LOG_CONTACT, writes=True)
def reword(contact_id: UUID) -> Response:
    """Word a note anew: one's own within a day, anybody's with a reason."""
    case, contact = _found(contact_id)
    form = RewordForm()
    here = url_for("contacts.one", contact_id=contact_id)
    if not form.validate():
        return _contact_page(case, contact, form, 422)
    if form.carried_version != contact.version:
        fields = [(form.note.label.text, contact.note, form.note.data or "")]
        raise Conflict("Somebody else worded this anew after you opened it.", fields, here)
    try:
        actions.reword(contact, form.note.data or "", form.why.data or "", case=case, by=me())
    except Refused as refused:
        form.refuse(refused)
        return _contact_page(case, contact, form, 422)
    journal.commit(to=here)
    return done(here, "Saved. The text before stays readable below.")


def _contact_page(case: Case, contact: Contact, form: RewordForm, status: int = 200) -> Response:
    texts = queries.texts(contact)
    names = staff.names({text.replaced_by_id for text in texts})
    own = actions.may_reword(contact, me())
    return show(
        "contacts/one.html", status=status, case=case, contact=contact, form=form, texts=texts, names=names, own=own,
        who=actions.who(contact), may_add=case.is_open and may_on(case, Permission.LOG_CONTACT),
    )  # fmt: skip
