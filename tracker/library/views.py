"""The library's pages: what is on the shelf, and each material as a family reads it."""

from datetime import date
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from tracker import clock, storage
from tracker.errors import NotHere
from tracker.htmx import show
from tracker.library import queries
from tracker.library.comparing import compared
from tracker.library.files import JPEG, PDF, PNG
from tracker.library.forms import LANGUAGES, SUGGESTED, ConfirmForm, KeeperForm, WhyForm
from tracker.library.markdown import html
from tracker.library.models import Edition, Material
from tracker.staff.gate import allows, may, me
from tracker.staff.permissions import Permission
from tracker.staff.queries import who_may

bp = Blueprint("library", __name__)


@bp.get("/library")
@may(Permission.READ_LIBRARY)
def index() -> Response:
    """Everything on the shelf by topic, stage and language, with its version, grade and check date; and what is being written."""
    editions, today = queries.shelf(), clock.today(me().zone)
    wanted = {name: request.args.get(name, "") for name in ("topic", "stage", "language", "due")}
    found = [edition for edition in editions if _fits(edition, wanted, today)]
    writes = allows(Permission.EDIT_LIBRARY) is not None
    return show(
        "library/index.html", editions=found, all=len(editions), today=today, wanted=wanted, topics=sorted({edition.material.topic for edition in editions}),
        languages=sorted({edition.material.language for edition in editions}), stages=SUGGESTED, names=LANGUAGES, at_work=queries.at_work() if writes else [],
        retired=queries.retired() if writes else [],
    )  # fmt: skip


@bp.get("/library/<uuid:material_id>")
@may(Permission.READ_LIBRARY)
def material(material_id: UUID) -> Response:
    """One material: the text of its edition, how hard it is to read, its source and hash, and earlier editions."""
    return _material(*_edition(material_id, None))


@bp.get("/library/<uuid:material_id>/editions/<int:number>")
@may(Permission.READ_LIBRARY)
def edition(material_id: UUID, number: int) -> Response:
    """An earlier edition, as it was."""
    return _material(*_edition(material_id, number))


@bp.get("/library/<uuid:material_id>/comparison")
@may(Permission.READ_LIBRARY)
def comparison(material_id: UUID) -> Response:
    """What differs between two editions, or between today's and the working copy, line by line."""
    found = queries.material(material_id)
    if found is None or not found.editions:
        raise NotHere
    copy = found.wording if allows(Permission.EDIT_LIBRARY) else None
    texts = {str(one.number): (f"Version {one.number}", one.text) for one in found.editions}
    if copy is not None:
        texts["copy"] = ("Working copy", copy.text)
    then = request.args.get("to") if request.args.get("to") in texts else list(texts)[-1]
    before = request.args.get("from") if request.args.get("from") in texts else list(texts)[max(0, list(texts).index(then) - 1)]
    return show(
        "library/comparison.html", material=found, texts=texts, before=before, then=then, lines=compared(texts[before][1], texts[then][1]),
        title=found.editions[-1].title,
    )  # fmt: skip


@bp.get("/library/<uuid:material_id>/editions/<int:number>/file")
@may(Permission.READ_LIBRARY)
def file(material_id: UUID, number: int) -> Response:
    """The upload of an edition, as it was published."""
    found, edition = _edition(material_id, number)
    if edition.file_sha256 is None:
        raise NotHere
    return _file(edition.file_sha256, edition.file_type, f"{found.slug}-{number}")


@bp.get("/library/<uuid:material_id>/wording/file")
@may(Permission.EDIT_LIBRARY)
def draft_file(material_id: UUID) -> Response:
    """The upload of a working copy."""
    found = queries.material(material_id)
    if found is None or found.wording is None or found.wording.file_sha256 is None:
        raise NotHere
    return _file(found.wording.file_sha256, found.wording.file_type, found.slug)


@bp.get("/library/<uuid:material_id>/editions/<int:number>/text")
@may(Permission.READ_LIBRARY)
def text(material_id: UUID, number: int) -> Response:
    """An edition as the file whose SHA-256 is its name."""
    found, edition = _edition(material_id, number)
    headers = {"Content-Disposition": f'attachment; filename="{found.slug}-{edition.number}.md"'}
    return Response(edition.text.encode(), 200, headers, mimetype="text/markdown")


def _material(found: Material, edition: Edition) -> Response:
    keeper = KeeperForm(formdata=None)
    keeper.offer(who_may(Permission.EDIT_LIBRARY) if allows(Permission.EDIT_LIBRARY) else [])
    return show(
        "library/material.html", material=found, edition=edition, text=html(edition.body), today=clock.today(me().zone), names=LANGUAGES,
        translations=queries.translations(found), current=queries.current(found), keeping=keeper, confirming=ConfirmForm(formdata=None),
        why=WhyForm(formdata=None), spanish=found.language.startswith("es"),
    )  # fmt: skip


def _file(sha256: str, kind: str | None, name: str) -> Response:
    ending = {PDF: "pdf", PNG: "png", JPEG: "jpg"}[kind or PDF]
    headers = {"Content-Disposition": f'inline; filename="{name}.{ending}"'}
    return Response(storage.get(sha256), 200, headers, mimetype=kind or PDF)


def _fits(edition: Edition, wanted: dict[str, str], today: date) -> bool:
    material = edition.material
    return (
        wanted["topic"] in ("", material.topic.value) and (not wanted["stage"] or wanted["stage"] in material.stages)
        and wanted["language"] in ("", material.language) and (not wanted["due"] or edition.past_review(today))
    )  # fmt: skip


def _edition(material_id: UUID, number: int | None) -> tuple[Material, Edition]:
    found = queries.material(material_id)
    if found is None:
        raise NotHere
    newest = queries.current(found) or (found.editions[-1] if found.editions else None)
    edition = newest if number is None else next((one for one in found.editions if one.number == number), None)
    if edition is None:
        raise NotHere
    return found, edition
