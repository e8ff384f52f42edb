"""The library's pages: what is on the shelf, and each material as a family reads it."""

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from tracker import clock
from tracker.errors import NotHere
from tracker.htmx import show
from tracker.library import queries
from tracker.library.markdown import html
from tracker.library.models import Edition, Material
from tracker.staff.gate import may, me
from tracker.staff.permissions import Permission

bp = Blueprint("library", __name__)


@bp.get("/library")
@may(Permission.READ_LIBRARY)
def index() -> Response:
    """Everything on the shelf, with its version, grade and check date."""
    return show("library/index.html", editions=queries.shelf(), today=clock.today(me().zone))


@bp.get("/library/<uuid:material_id>")
@may(Permission.READ_LIBRARY)
def material(material_id: UUID) -> Response:
    """One material: the text of its edition, how hard it is to read, its source and hash, and earlier editions."""
    found, edition = _edition(material_id, None)
    return show("library/material.html", material=found, edition=edition, text=html(edition.body), today=clock.today(me().zone))


@bp.get("/library/<uuid:material_id>/editions/<int:number>")
@may(Permission.READ_LIBRARY)
def edition(material_id: UUID, number: int) -> Response:
    """An earlier edition, as it was."""
    found, edition = _edition(material_id, number)
    return show("library/material.html", material=found, edition=edition, text=html(edition.body), today=clock.today(me().zone))


@bp.get("/library/<uuid:material_id>/editions/<int:number>/text")
@may(Permission.READ_LIBRARY)
def text(material_id: UUID, number: int) -> Response:
    """An edition as the file whose SHA-256 is its name."""
    found, edition = _edition(material_id, number)
    headers = {"Content-Disposition": f'attachment; filename="{found.slug}-{edition.number}.md"'}
    return Response(edition.text.encode(), 200, headers, mimetype="text/markdown")


def _edition(material_id: UUID, number: int | None) -> tuple[Material, Edition]:
    found = queries.material(material_id)
    if found is None:
        raise NotHere
    edition = queries.current(found) if number is None else next((one for one in found.editions if one.number == number), None)
    if edition is None:
        raise NotHere
    return found, edition
