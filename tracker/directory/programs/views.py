"""The directory of programs."""

from uuid import UUID

from flask import Blueprint, current_app, request
from werkzeug.wrappers import Response

from tracker import clock, journal
from tracker.addresses import url_for, uuid_of
from tracker.directory.groups.page import Address
from tracker.directory.programs import actions, page, queries
from tracker.directory.programs.forms import ConfirmForm, ProgramForm
from tracker.directory.programs.models import Program, believed
from tracker.directory.programs.words import ProgramStatus
from tracker.errors import Conflict
from tracker.htmx import done, show
from tracker.moves import Refused
from tracker.staff import queries as staff
from tracker.staff.gate import may, me
from tracker.staff.permissions import Permission

bp = Blueprint("programs", __name__, url_prefix="/directory/programs")
SHOWN = (ProgramStatus.ACTIVE, ProgramStatus.TEMPORARILY_CLOSED, ProgramStatus.INACTIVE)
SIZE = 30


@bp.get("")
@may(Permission.READ_DIRECTORY)
def index() -> Response:
    """The programs, nearest first where a ZIP was asked for, else by name."""
    address = Address(request.args, "programs.index", kept=page.NAMES)
    near = address.near()
    looked_for = page.wanted(address, near.point if near else None)
    found = queries.find(looked_for, size=SIZE, after=uuid_of(request.args.get("after", "")), statuses=SHOWN)
    last = found.fit[-1].program.public_id if found.more else None
    return show(
        "directory/programs/index.html", found=found, near=near, address=address, menus=page.menus(address, looked_for, near.zip_code if near else ""),
        place_open=page.place_open(address, looked_for), loosened=page.loosened(address, found), meta=page.meta, tabs=page.tabs("Programs"),
        next_url=address.with_(after=str(last)) if last else "", names=_names(found), kept=address.kept("near"),
    )  # fmt: skip


def _names(found: queries.Found) -> dict[int, str]:
    return staff.names({listed.program.verified_by_id for listed in [*found.fit, *found.near]})


@bp.get("/new")
@may(Permission.ADD_DIRECTORY)
def new() -> Response:
    """The form for a program that staff heard of."""
    return show("directory/programs/new.html", form=ProgramForm())


@bp.post("/new")
@may(Permission.ADD_DIRECTORY, writes=True)
def create() -> Response:
    """Add it; it counts as not confirmed."""
    form = ProgramForm()
    if not form.validate():
        return show("directory/programs/new.html", status=422, form=form)
    try:
        program = actions.add_program(form.to_facts(), by=me())
    except Refused as refused:
        form.refuse(refused)
        return show("directory/programs/new.html", status=422, form=form)
    to = url_for("programs.show", program_id=program.public_id)
    journal.commit(to)
    return done(to, "Program added. Confirm it with them before the first referral.")


@bp.get("/<uuid:program_id>", endpoint="show")
@may(Permission.READ_DIRECTORY)
def show_one(program_id: UUID) -> Response:
    """A program, and the form to confirm it."""
    return _page(queries.program_or_404(program_id), ConfirmForm())


@bp.get("/<uuid:program_id>/edit")
@may(Permission.EDIT_DIRECTORY)
def edit(program_id: UUID) -> Response:
    """The form as it stands."""
    program = queries.program_or_404(program_id)
    return show("directory/programs/edit.html", program=program, form=ProgramForm.of(program))


@bp.post("/<uuid:program_id>/edit")
@may(Permission.EDIT_DIRECTORY, writes=True)
def change(program_id: UUID) -> Response:
    """Change it."""
    program = queries.program_or_404(program_id)
    form = ProgramForm()
    if not form.validate():
        return show("directory/programs/edit.html", status=422, program=program, form=form)
    if form.carried_version != program.version:
        raise Conflict(
            "Somebody else changed this program after you opened it.",
            [("Name", program.name, form.name.data), ("Notes", program.notes, form.notes.data or "")],
            back=url_for("programs.edit", program_id=program_id),
        )
    try:
        actions.change_program(program, form.to_facts(), by=me())
    except Refused as refused:
        form.refuse(refused)
        return show("directory/programs/edit.html", status=422, program=program, form=form)
    to = url_for("programs.show", program_id=program_id)
    journal.commit(to)
    return done(to, "Program changed.")


@bp.post("/<uuid:program_id>/confirmations")
@may(Permission.ADD_DIRECTORY, writes=True)
def confirm(program_id: UUID) -> Response:
    """Somebody asked the program: its facts are true, and perhaps whether there is a place."""
    program = queries.program_or_404(program_id)
    form = ConfirmForm()
    if not form.validate():
        return _page(program, form, 422)
    try:
        actions.confirm(program, form.how.data, form.note.data or "", by=me())
        if form.places.data:
            actions.tell_places(
                program, form.places.data, by=me(), available=form.available.number, maximum=form.maximum.number, wait_days=form.wait_days.number
            )
    except Refused as refused:
        form.refuse(refused)
        return _page(program, form, 422)
    to = url_for("programs.show", program_id=program_id)
    journal.commit(to)
    return done(to, "Confirmed.")


def _page(program: Program, form: ConfirmForm, status: int = 200) -> Response:
    settings, at = current_app.config["WAYPOINT"], clock.now()
    told = queries.capacities(program)
    return show(
        "directory/programs/one.html", status=status, program=program, form=form, told=told, meta=page.meta,
        spoken=", ".join(queries.LANGUAGES.get(tag, tag) for tag in program.languages),
        places=believed(told[0] if told else None, at, settings.place_open_hours), stale=program.stale(at, settings.stale_program_days),
        names=staff.names({program.verified_by_id, *(one.by_id for one in told)}), stale_days=settings.stale_program_days,
    )  # fmt: skip
