"""The people of a case as staff edit them: the family, each person, how they are kin.

These pages stand in this room and not in people/, whose floor lies below the cases; the ways to reach them are in ways.py.
"""

from uuid import UUID

from flask import Blueprint, current_app, request
from werkzeug.wrappers import Response

from tracker import clock, journal
from tracker.addresses import url_for
from tracker.cases import actions as cases
from tracker.cases.access import case_or_404, limited, may_on
from tracker.cases.models import Case
from tracker.errors import Conflict, NotHere
from tracker.htmx import done, show
from tracker.moves import Refused
from tracker.people import actions, amend, queries, rules
from tracker.people.forms import PERSON_FIELDS, AgainForm, FamilyForm, PersonForm, told_person
from tracker.people.models import Kinship, Person, PointKind
from tracker.staff import queries as staff
from tracker.staff.gate import may, me
from tracker.staff.permissions import Permission

bp = Blueprint("people", __name__)
BOTH = ["GET", "POST"]


def home(case: Case) -> str:
    """Where what was changed about a family can be seen."""
    return url_for("people.family", case_id=case.public_id)


def person_or_404(case: Case, person_id: UUID) -> Person:
    """Somebody of a case's family; nobody else exists here."""
    person = queries.by_public_id(person_id, case.family_id)
    if person is None:
        raise NotHere
    return person


def must_be_newest(carried: int | None, standing: int, fields: list[tuple[str, str, str]], back: str) -> None:
    """Stop the second of two editors. Raises Conflict with what differs of (label, theirs, mine)."""
    if carried != standing:
        differing = [field for field in fields if field[1] != field[2]]
        raise Conflict("Somebody else changed this after you opened it.", differing or fields[:1], back)


@bp.get("/cases/<uuid:case_id>/people")
@may(Permission.TIGHTEN_CONTACT)
def family(case_id: UUID) -> Response:
    """The people of a case and how each is reached; whoever hears a rule records it here with one press."""
    case = case_or_404(case_id)
    people = sorted(queries.of_family(case.family_id), key=lambda one: {case.main_contact_id: 0, case.person_id: 1}.get(one.id, 2))
    points = [point for person in people for point in person.points]
    moment = clock.now()
    page = show(
        "people/family.html", case=case, people=people, kinships=queries.kinships(case.family_id, case.person_id),
        names=staff.names({point.confirmed_by_id for point in points}), told=rules.told, way=rules.way,
        stale={point.id for point in points if rules.stale(point, moment)}, limited=limited(me()),
        edits=case.is_open and may_on(case, Permission.EDIT_CASE), loosens=case.is_open and may_on(case, Permission.LOOSEN_CONTACT),
    )  # fmt: skip
    journal.viewed(case, by=me(), case=case, what="the people of the case")
    journal.commit()
    return page


@bp.route("/cases/<uuid:case_id>/people/about", methods=BOTH)
@may(Permission.EDIT_CASE, writes=True)
def edit_family(case_id: UUID) -> Response:
    """The family's name, place, zone and language."""
    case = case_or_404(case_id)
    cases.must_be_open(case)
    whole, form = case.family, FamilyForm()
    form.offer(whole)
    if request.method == "GET":
        form.fill(whole)
    elif form.validate():
        before = FamilyForm(formdata=None)
        before.offer(whole)
        before.fill(whole)
        fields = [(label, theirs, mine) for (label, theirs), (_, mine) in zip(before.told(), form.told(), strict=True)]
        must_be_newest(form.carried_version, whole.version, fields, request.path)
        phone = next((point.value for point in queries.points_of(case.main_contact_id) if point.kind is PointKind.PHONE), None)
        amend.change_family(
            whole, name=form.name.data or "", zip_code=form.zip_code.data or "", zone=form.zone.data or "", language=form.language.data,
            interpreter_needed=form.interpreter_needed.data, phone=phone, otherwise=current_app.config["WAYPOINT"].zone, case=case, by=me(),
        )  # fmt: skip
        journal.commit(to=home(case))
        return done(home(case), "Family saved.")
    return show("people/about.html", status=422 if form.errors else 200, case=case, form=form)


@bp.route("/cases/<uuid:case_id>/people/new", methods=BOTH)
@may(Permission.EDIT_CASE, writes=True)
def add(case_id: UUID) -> Response:
    """Somebody more of the family; they may be unnamed."""
    case = case_or_404(case_id)
    cases.must_be_open(case)
    form = PersonForm()
    form.offer()
    if request.method == "POST" and form.validate():
        said = form.facts("first_name", "last_name", "pronouns", "about")
        person = actions.add_person(
            case.family, age_band=form.age_band.data, language=form.language.data or None, zone=form.zone.data or None,
            **{name: text or "" for name, text in said.items()},
        )  # fmt: skip
        if form.kinship.data:
            actions.relate(person, case.person, form.kinship.data)
        actions.record_added(person, case, by=me())
        journal.commit(to=home(case))
        return done(home(case), f"{person.name} added. Add how they can be reached.")
    return show("people/person.html", status=422 if form.errors else 200, case=case, form=form, person=None)


@bp.route("/cases/<uuid:case_id>/people/<uuid:person_id>", methods=BOTH)
@may(Permission.EDIT_CASE, writes=True)
def edit(case_id: UUID, person_id: UUID) -> Response:
    """What is known about somebody."""
    case = case_or_404(case_id)
    cases.must_be_open(case)
    person, form = person_or_404(case, person_id), PersonForm()
    form.offer(person)
    kinship = queries.kinships(case.family_id, case.person_id).get(person.id)
    if request.method == "GET":
        form.fill(person, kinship)
    elif form.validate():
        _change(case, person, form, kinship)
        journal.commit(to=home(case))
        return done(home(case), f"{person.name} saved.")
    return show("people/person.html", status=422 if form.errors else 200, case=case, form=form, person=person)


def _change(case: Case, person: Person, form: PersonForm, kinship: Kinship | None) -> None:
    theirs = [*told_person(*(getattr(person, name) for name in PERSON_FIELDS)), ("Kinship", kinship.label if kinship else "")]
    mine = [*form.told(), ("Kinship", form.kinship.data.label if form.kinship.data else "")]
    fields = [(label, before, after) for (label, before), (_, after) in zip(theirs, mine, strict=True)]
    must_be_newest(form.carried_version, person.version, fields, request.path)
    said = form.facts("first_name", "last_name", "pronouns", "about", "language", "zone")
    amend.change_person(
        person, age_band=form.age_band.data, kinship=form.kinship.data, of=case.person, case=case, by=me(),
        **{name: text or "" for name, text in said.items()},
    )  # fmt: skip


@bp.post("/cases/<uuid:case_id>/people/<uuid:person_id>/no-contact")
@may(Permission.TIGHTEN_CONTACT, writes=True)
def stop(case_id: UUID, person_id: UUID) -> Response:
    """They asked not to be contacted: recorded by whoever hears it, on open and closed cases alike."""
    case = case_or_404(case_id)
    person = person_or_404(case, person_id)
    rules.stop_contact(person, case=case, by=me())
    journal.commit(to=home(case))
    return done(home(case), f"Noted: {person.name} asked not to be contacted. Nobody is offered to reach them.")


@bp.route("/cases/<uuid:case_id>/people/<uuid:person_id>/contact-again", methods=BOTH)
@may(Permission.LOOSEN_CONTACT, writes=True)
def resume(case_id: UUID, person_id: UUID) -> Response:
    """They want to be in touch again; by the owner or a supervisor, who says how they know."""
    case = case_or_404(case_id)
    cases.must_be_open(case)
    person, form = person_or_404(case, person_id), AgainForm()
    if request.method == "POST" and form.validate():
        try:
            rules.allow_contact(person, form.why.data or "", case=case, by=me())
        except Refused as refused:
            form.refuse(refused)
        else:
            journal.commit(to=home(case))
            return done(home(case), f"{person.name} may be contacted again.")
    return show("people/again.html", status=422 if form.errors else 200, case=case, form=form, person=person)
