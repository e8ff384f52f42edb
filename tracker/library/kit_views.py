"""Pages of kits: what a family at a stage should have."""

from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from tracker import journal
from tracker.addresses import url_for
from tracker.errors import NotHere
from tracker.htmx import done, show
from tracker.library import kits, queries
from tracker.library.forms import SUGGESTED, KitForm
from tracker.library.models import Kit, Material
from tracker.library.views import bp
from tracker.moves import Refused
from tracker.staff.gate import may, me
from tracker.staff.permissions import Permission

# Codes and labels of kinship belong to people; a kit names only the code.
KINSHIPS = (("parent", "Parent"), ("spouse_partner", "Spouse or partner"), ("child", "Child"), ("sibling", "Brother or sister"), ("friend", "Friend"))


@bp.get("/library/kits")
@may(Permission.READ_LIBRARY)
def all_kits() -> Response:
    """Every kit in use, with what is in it."""
    found = queries.kits()
    titles = {edition.material_id: edition.title for edition in queries.shelf()}
    return show("library/kits.html", kits=found, titles=titles, stages=dict(SUGGESTED), kinships=dict(KINSHIPS))


@bp.route("/library/kits/new", methods=["GET", "POST"])
@may(Permission.EDIT_LIBRARY, writes=True)
def new_kit() -> Response:
    """Make a kit."""
    form, shelf = KitForm(), _shelf()
    form.offer(shelf, KINSHIPS)
    if request.method == "POST" and form.validate():
        try:
            kits.make(*_said(form, shelf), by=me())
        except Refused as refused:
            form.refuse(refused)
        else:
            return _kept("The kit is made.")
    return show("library/kit.html", status=422 if form.errors else 200, form=form, kit=None, shelf=shelf)


@bp.route("/library/kits/<uuid:kit_id>", methods=["GET", "POST"])
@may(Permission.EDIT_LIBRARY, writes=True)
def change_kit(kit_id: UUID) -> Response:
    """Change what a kit is."""
    kit, form, shelf = _found(kit_id), KitForm(), _shelf()
    form.offer(shelf, KINSHIPS)
    if request.method == "GET":
        form.title.data, form.stage.data, form.kinship.data, form.language.data = kit.title, kit.stage, kit.kinship or "", kit.language
        form.chosen.data = [str(item.material.public_id) for item in kit.items]
    elif form.validate():
        try:
            kits.change(kit, *_said(form, shelf), by=me())
        except Refused as refused:
            form.refuse(refused)
        else:
            return _kept("The kit is changed.")
    return show("library/kit.html", status=422 if form.errors else 200, form=form, kit=kit, shelf=shelf)


@bp.post("/library/kits/<uuid:kit_id>/retirement")
@may(Permission.EDIT_LIBRARY, writes=True)
def retire_kit(kit_id: UUID) -> Response:
    """Use a kit no more."""
    kits.retire(_found(kit_id), by=me())
    to = url_for("library.all_kits")
    journal.commit(to)
    return done(to, "The kit is used no more.")


def _found(kit_id: UUID) -> Kit:
    kit = queries.kit(kit_id)
    if kit is None or kit.retired_at is not None:
        raise NotHere
    return kit


def _kept(said: str) -> Response:
    to = url_for("library.all_kits")
    journal.commit(to)
    return done(to, said)


def _shelf() -> list[tuple[Material, str]]:
    return [(edition.material, edition.title) for edition in queries.shelf()]


def _said(form: KitForm, shelf: list[tuple[Material, str]]) -> tuple[str, str, str | None, str, list[Material]]:
    by_id = {str(material.public_id): material for material, _title in shelf}
    order = request.form.getlist("chosen")
    materials = [by_id[code] for code in dict.fromkeys(order) if code in by_id]
    return form.title.data, form.stage.data, form.kinship.data or None, form.language.data, materials
