"""The ways to reach somebody, and what is safe: stricter with one press, looser by the owner or a supervisor."""

from uuid import UUID

from flask import abort, request
from werkzeug.wrappers import Response

from tracker import journal
from tracker.cases import actions as cases
from tracker.cases.access import case_or_404, may_on
from tracker.cases.models import Case
from tracker.contacts.people import BOTH, bp, home, must_be_newest, person_or_404
from tracker.errors import NotHere
from tracker.htmx import done, show
from tracker.moves import Refused
from tracker.people import actions, queries, rules
from tracker.people.forms import RulesForm, WayForm, told_rules
from tracker.people.models import ContactPoint, Person, PointKind
from tracker.people.rules import Never, Rules
from tracker.staff.gate import may, me
from tracker.staff.permissions import Permission


def _found(case: Case, point_id: UUID) -> tuple[Person, ContactPoint]:
    for person in queries.of_family(case.family_id):
        for point in person.points:
            if point.public_id == point_id:
                return person, point
    raise NotHere


@bp.route("/cases/<uuid:case_id>/people/<uuid:person_id>/ways/new", methods=BOTH)
@may(Permission.EDIT_CASE, writes=True)
def add_way(case_id: UUID, person_id: UUID) -> Response:
    """A number or an address with its rules; what is not ticked is not allowed."""
    case = case_or_404(case_id)
    cases.must_be_open(case)
    person, form = person_or_404(case, person_id), WayForm()
    if request.method == "POST" and form.validate():
        try:
            point = _add(person, form)
        except Refused as refused:
            form.refuse(refused)
        else:
            if form.confirmed.data:
                rules.change_rules(point, person, Rules.of(point), confirmed=True, may_loosen=True, case=case, by=me())
            actions.record_point(point, person, case, by=me())
            journal.commit(to=home(case))
            return done(home(case), f"{rules.way(point)} added for {person.name}.")
    return show("people/way.html", status=422 if form.errors else 200, case=case, form=form, person=person, point=None)


def _add(person: Person, form: WayForm) -> ContactPoint:
    wanted = form.to_rules()
    if wanted.best_from and wanted.best_until and wanted.best_from >= wanted.best_until:
        raise Refused("best_until", "Enter an hour after the first one.")
    match form.kind.data:
        case PointKind.PHONE:
            if not form.phone.e164:
                raise Refused("phone", "Enter a phone number, like (614) 555-0142.")
            made = actions.add_phone(person, form.phone.e164, form.phone.data, wanted, extension=form.phone.extension)
        case PointKind.EMAIL:
            if not form.email.data:
                raise Refused("email", "Enter an e-mail address, like denise@example.org.")
            made = actions.add_email(person, form.email.data, wanted)
        case _:
            if not form.post.data:
                raise Refused("post", "Enter a postal address.")
            made = actions.add_post(person, form.post.data, wanted)
    return made


@bp.route("/cases/<uuid:case_id>/ways/<uuid:point_id>", methods=BOTH)
@may(Permission.TIGHTEN_CONTACT, writes=True)
def way(case_id: UUID, point_id: UUID) -> Response:
    """The rules of one way: anybody of the team may make them stricter, the owner or a supervisor looser."""
    case = case_or_404(case_id)
    person, point = _found(case, point_id)
    form, loosens = RulesForm(), case.is_open and may_on(case, Permission.LOOSEN_CONTACT)
    if request.method == "GET":
        form.fill(point)
    elif form.validate():
        fields = [(label, theirs, mine) for (label, theirs), (_, mine) in zip(told_rules(Rules.of(point)), form.told(), strict=True)]
        must_be_newest(form.carried_version, point.version, fields, request.path)
        try:
            rules.change_rules(point, person, form.to_rules(), confirmed=form.confirmed.data, may_loosen=loosens, case=case, by=me())
        except Refused as refused:
            form.refuse(refused)
        else:
            journal.commit(to=home(case))
            return done(home(case), f"Rules of {rules.way(point)} saved.")
    return show("people/way.html", status=422 if form.errors else 200, case=case, form=form, person=person, point=point, way=rules.way(point), loosens=loosens)


@bp.post("/cases/<uuid:case_id>/ways/<uuid:point_id>/never")
@may(Permission.TIGHTEN_CONTACT, writes=True)
def never(case_id: UUID, point_id: UUID) -> Response:
    """What must never be done with one way, at once and with one press, on open and closed cases alike."""
    case = case_or_404(case_id)
    person, point = _found(case, point_id)
    what = next((word for word in Never if word.value == request.form.get("what")), None)
    if what is None:
        abort(404)
    rules.forbid(point, person, what, case=case, by=me())
    journal.commit(to=home(case))
    return done(home(case), f"Noted: {what.label.lower()}, {rules.way(point)}.")


@bp.post("/cases/<uuid:case_id>/ways/<uuid:point_id>/not-theirs")
@may(Permission.TIGHTEN_CONTACT, writes=True)
def not_theirs(case_id: UUID, point_id: UUID) -> Response:
    """A number that is somebody else's, or out of use, is not used again before somebody confirms it."""
    case = case_or_404(case_id)
    person, point = _found(case, point_id)
    rules.mark_unverified(point, person, "Told to us", case=case, by=me())
    journal.commit(to=home(case))
    return done(home(case), f"Noted: {rules.way(point)} is not theirs, or not in use.")


@bp.post("/cases/<uuid:case_id>/ways/<uuid:point_id>/retired")
@may(Permission.EDIT_CASE, writes=True)
def retire(case_id: UUID, point_id: UUID) -> Response:
    """Take a way out of use; it stays in the record."""
    case = case_or_404(case_id)
    cases.must_be_open(case)
    person, point = _found(case, point_id)
    rules.retire(point, person, case=case, by=me())
    journal.commit(to=home(case))
    return done(home(case), f"{rules.way(point)} is out of use.")
