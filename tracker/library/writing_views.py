"""Writing a material: the editor with its preview, uploads, review, publishing, confirming, retiring; shelves in and out."""

from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from tracker import clock, journal
from tracker.addresses import url_for, uuid_of
from tracker.errors import Conflict, NotHere
from tracker.htmx import done, show
from tracker.library import exchange, files, queries, reading, writing
from tracker.library.forms import LANGUAGES, ConfirmForm, FileForm, KeeperForm, NewForm, ShelfForm, WhyForm, WordingForm
from tracker.library.markdown import html
from tracker.library.models import Material
from tracker.library.views import bp
from tracker.moves import Refused
from tracker.staff.gate import may, me
from tracker.staff.permissions import Permission
from tracker.staff.queries import who_may


@bp.route("/library/new", methods=["GET", "POST"])
@may(Permission.EDIT_LIBRARY, writes=True)
def new() -> Response:
    """Begin a material, or a translation of one."""
    form = NewForm()
    of = uuid_of(request.args.get("of"))
    origin = queries.material(of) if of else None
    if request.method == "GET":
        if origin is not None and (now := queries.current(origin)):
            form.topic.data, form.audience.data, form.kind.data = origin.topic, origin.audience, origin.kind
            form.stages.data, form.tags.data, form.slug.data = origin.stages, origin.tags, origin.slug
            form.title.data, form.summary.data, form.body.data = now.title, now.summary, now.body
            form.source.data, form.licence.data, form.link.data = now.source, now.licence, now.link
            form.language.data = next((code for code in LANGUAGES if code != origin.language), "en")
        return _editor(form, None)
    if form.validate():
        try:
            slug = form.slug.data or writing.slug_of(form.title.data)
            material = writing.begin(slug, form.language.data, form.about(), form.words(), by=me())
        except Refused as refused:
            form.refuse(refused)
        else:
            to = url_for("library.wording", material_id=material.public_id)
            journal.commit(to)
            return done(to, "Kept as a draft.")
    return _editor(form, None, 422)


@bp.route("/library/<uuid:material_id>/wording", methods=["GET", "POST"])
@may(Permission.EDIT_LIBRARY, writes=True)
def wording(material_id: UUID) -> Response:
    """The working copy: what a family will read next, while they still read today's edition."""
    material, form = _found(material_id), WordingForm()
    if request.method == "GET":
        copy = material.wording or _as_today(material)
        form.fill(material, copy)
        return _editor(form, material)
    if form.validate():
        copy = material.wording
        if copy is not None and form.carried_version not in (None, copy.version):
            theirs = {name: getattr(copy, name) or "" for name in ("title", "summary", "body")}
            mine = {name: form[name].data or "" for name in theirs}
            differ = [(form[name].label.text, theirs[name], mine[name]) for name in theirs if theirs[name] != mine[name]]
            raise Conflict("Somebody else saved this working copy after you opened it.", differ, request.path)
        try:
            if copy is None:
                writing.open_(material, by=me())
            writing.write(material, form.about(), form.words(), by=me())
        except Refused as refused:
            form.refuse(refused)
        else:
            said = "Kept as a draft. Families still get today’s version." if material.editions else "Kept as a draft."
            return _back(material, said)
    return _editor(form, material, 422)


@bp.post("/library/preview")
@may(Permission.EDIT_LIBRARY, repeats=True)
def preview() -> Response:
    """What is being typed, as a family will read it, with its grade and the words that make it hard."""
    text, language = request.form.get("body", "")[:60_000], request.form.get("language", "en")
    return show("library/_preview.html", text=html(text), measured=reading.measure(text, language), spanish=language.startswith("es"))


@bp.post("/library/<uuid:material_id>/file")
@may(Permission.EDIT_LIBRARY, writes=True, uploads=True)
def upload(material_id: UUID) -> Response:
    """Put a PDF or a picture into the working copy; it is looked into first."""
    material, form = _found(material_id), FileForm()
    if form.validate():
        try:
            found = files.look_into(form.file.data.read(files.LARGEST + 1))
            if found.type != files.PDF and not form.file_alt.data:
                raise Refused("file_alt", "Say in words what the picture shows, for people who cannot see it.")
            writing.attach(material, found, form.file_alt.data or None, by=me())
        except Refused as refused:
            form.refuse(refused)
        else:
            return _back(material, "The file is kept in the working copy.")
    copy = material.wording or _as_today(material)
    typed = WordingForm(formdata=None)
    typed.fill(material, copy)
    return _editor(typed, material, 422, form)


@bp.post("/library/<uuid:material_id>/file/removal")
@may(Permission.EDIT_LIBRARY, writes=True)
def remove_file(material_id: UUID) -> Response:
    """Take the file out of the working copy."""
    material = _found(material_id)
    writing.detach(material, by=me())
    return _back(material, "The file was taken out of the working copy.")


@bp.post("/library/<uuid:material_id>/review")
@may(Permission.EDIT_LIBRARY, writes=True)
def review(material_id: UUID) -> Response:
    """Send the working copy to review."""
    material = _found(material_id)
    writing.send_to_review(material, by=me())
    return _back(material, "In review. A supervisor publishes it.")


@bp.post("/library/<uuid:material_id>/review/return")
@may(Permission.PUBLISH_LIBRARY, writes=True)
def send_back(material_id: UUID) -> Response:
    """The reviewer asks for other words."""
    material, form = _found(material_id), WhyForm()
    if not form.validate():
        return _editor_of(material, 422, why=form)
    writing.send_back(material, form.why.data, by=me())
    return _back(material, "Sent back to whoever writes it.")


@bp.post("/library/<uuid:material_id>/publication")
@may(Permission.PUBLISH_LIBRARY, writes=True)
def publish(material_id: UUID) -> Response:
    """Publish what was reviewed: from now on families get this edition."""
    material = _found(material_id)
    edition = writing.publish(material, by=me())
    to = url_for("library.material", material_id=material.public_id)
    said = f"Version {edition.number} is published."
    journal.commit(to)
    return done(to, said)


@bp.post("/library/<uuid:material_id>/wording/removal")
@may(Permission.EDIT_LIBRARY, writes=True)
def drop(material_id: UUID) -> Response:
    """Throw the working copy away."""
    material = _found(material_id)
    gone = writing.drop(material, by=me())
    to = url_for("library.index") if gone else url_for("library.material", material_id=material_id)
    journal.commit(to)
    return done(to, "Thrown away.")


@bp.post("/library/<uuid:material_id>/confirmations")
@may(Permission.EDIT_LIBRARY, writes=True)
def confirm(material_id: UUID) -> Response:
    """Looked through again: it still holds."""
    material, form = _found(material_id), ConfirmForm()
    if not form.validate():
        raise Refused(None, "Choose for how long it is good again.")
    writing.confirm(material, int(form.months.data), by=me())
    to = url_for("library.material", material_id=material.public_id)
    journal.commit(to)
    return done(to, "Noted. It may be handed out again.")


@bp.post("/library/<uuid:material_id>/retirement")
@may(Permission.PUBLISH_LIBRARY, writes=True)
def retire(material_id: UUID) -> Response:
    """Hand it out no more; then see who holds it."""
    material, form = _found(material_id), WhyForm()
    if not form.validate():
        raise Refused(None, "Enter why it is no longer handed out.")
    edition = writing.retire(material, form.why.data, by=me())
    to = url_for("library.edition", material_id=material.public_id, number=edition.number)
    journal.commit(to)
    return done(to, "Retired. See who holds it, and reach them.")


@bp.post("/library/<uuid:material_id>/keeper")
@may(Permission.EDIT_LIBRARY, writes=True)
def keeper(material_id: UUID) -> Response:
    """Name who looks it through when its date has come."""
    material, form = _found(material_id), KeeperForm()
    staff = who_may(Permission.EDIT_LIBRARY)
    form.offer(staff)
    if not form.validate():
        raise Refused(None, "Choose somebody who may write materials.")
    writing.keep(material, next(one for one in staff if str(one.id) == form.keeper.data), by=me())
    to = url_for("library.material", material_id=material.public_id)
    journal.commit(to)
    return done(to, "Noted.")


@bp.get("/library/shelf.zip")
@may(Permission.READ_LIBRARY)
def save_shelf() -> Response:
    """The whole shelf for another organization: Markdown, files, JSON-LD."""
    made = exchange.export(queries.shelf())
    return Response(made, 200, {"Content-Disposition": 'attachment; filename="shelf.zip"'}, mimetype="application/zip")


@bp.route("/library/shelf", methods=["GET", "POST"])
@may(Permission.EDIT_LIBRARY, writes=True, uploads=True)
def take_shelf() -> Response:
    """Take a shelf of another organization in: as working copies in review, nothing is published by it."""
    form, taken = ShelfForm(), None
    if request.method == "POST" and form.validate():
        try:
            taken = exchange.take(form.file.data.read(files.LARGEST + 1), form.file.data.filename or "", by=me())
        except Refused as refused:
            form.refuse(refused)
        else:
            journal.commit()
    return show("library/shelf.html", status=422 if form.errors else 200, form=form, taken=taken)


def _found(material_id: UUID) -> Material:
    found = queries.material(material_id)
    if found is None:
        raise NotHere
    return found


def _as_today(material: Material) -> writing.Wording:
    now = queries.current(material) or (material.editions[-1] if material.editions else None)
    if now is None:
        raise NotHere
    return writing.Wording(
        title=now.title, summary=now.summary, body=now.body, source=now.source, licence=now.licence, link=now.link, file_alt=now.file_alt,
        file_sha256=now.file_sha256, file_type=now.file_type, file_pages=now.file_pages, review_months=12, version=0,
    )  # fmt: skip


def _back(material: Material, said: str) -> Response:
    to = url_for("library.wording", material_id=material.public_id)
    journal.commit(to)
    return done(to, said)


def _editor_of(material: Material, status: int, why: WhyForm | None = None) -> Response:
    form = WordingForm(formdata=None)
    form.fill(material, material.wording or _as_today(material))
    return _editor(form, material, status, why=why)


def _editor(form: WordingForm, material: Material | None, status: int = 200, file: FileForm | None = None, why: WhyForm | None = None) -> Response:
    language = material.language if material else form.language.data or "en"  # type: ignore[attr-defined]
    body = form.body.data or ""
    return show(
        "library/editor.html", status=status, form=form, material=material, copy=material.wording if material else None,
        file=file or FileForm(formdata=None), why=why or WhyForm(formdata=None), language=language, measured=reading.measure(body, language),
        text=html(body), spanish=language.startswith("es"), today=clock.today(me().zone),
    )  # fmt: skip
