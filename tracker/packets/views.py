"""Building a packet for a family: choose, order, look, hand over; and the register of what was handed to whom."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from tracker import clock, journal, storage
from tracker.cases.access import case_or_404, masked
from tracker.cases.models import Case
from tracker.db import begin_writing, db
from tracker.errors import NotHere
from tracker.htmx import done, show
from tracker.library import queries as library
from tracker.library.models import Edition
from tracker.moves import Refused
from tracker.packets import actions, content, queries
from tracker.packets.access import packet_or_404, packet_to_build
from tracker.packets.forms import AskForm, OrderForm, PacketForm, SealForm, TellForm
from tracker.packets.models import Packet
from tracker.packets.typeset import PacketContent
from tracker.packets.words import MOVES, ByHand, DeliveryStatus
from tracker.paging import page
from tracker.people.models import Person
from tracker.staff.gate import allows, may, me
from tracker.staff.permissions import Permission
from tracker.templating import CRISIS_FOOT

bp = Blueprint("packets", __name__)


@bp.get("/packets")
@may(Permission.READ_PACKET)
def register() -> Response:
    """The queue of families that wait for a packet, and what was handed to whom."""
    try:
        before = int(request.args["before"]) if "before" in request.args else None
    except ValueError:
        abort(404)
    found = page(queries.register(me(), before))
    return show(
        "packets/register.html", part="packets/_rows.html", found=found, materials=queries.materials_of(found.rows),
        last=queries.last_status(found.rows), waiting=[] if before or masked(me()) else queries.waiting(me()), masked=masked(me()),
    )  # fmt: skip


@bp.route("/cases/<uuid:case_id>/packets/new", methods=["GET", "POST"])
@may(Permission.BUILD_PACKET, writes=True)
def new(case_id: UUID) -> Response:
    """Choose what goes into a packet and for whom. Nothing is chosen beforehand."""
    case = case_or_404(case_id)
    form = PacketForm()
    offered, people = _offer(form, case)
    if request.method == "GET":
        form.receiver.data = str(case.main_contact.public_id)
        return _choose(case, form, None)
    if not form.validate():
        return _choose(case, form, None, 422)
    try:
        packet = actions.build(case, _wish(form, offered, people, None), by=me())
    except Refused as refused:
        form.refuse(refused)
        return _choose(case, form, None, 422)
    return _made(packet)


@bp.route("/packets/<uuid:packet_id>/choice", methods=["GET", "POST"])
@may(Permission.BUILD_PACKET, writes=True)
def choice(packet_id: UUID) -> Response:
    """Change what a packet that is being built shall be."""
    form = PacketForm()
    packet, case = packet_to_build(packet_id, form.carried_version if request.method == "POST" else None)
    offered, people = _offer(form, case)
    if request.method == "GET":
        if not packet.is_open:
            raise NotHere
        form.chosen.data = [str(item.edition.public_id) for item in packet.items]
        form.receiver.data, form.version.data = str(packet.receiver.public_id), packet.version
        form.title.data, form.line.data = packet.title, packet.line
        form.name_on_cover.data, form.large_print.data = packet.name_on_cover, packet.large_print
        return _choose(case, form, packet)
    if not form.validate():
        return _choose(case, form, packet, 422)
    try:
        actions.change(packet, case, _wish(form, offered, people, packet), by=me())
    except Refused as refused:
        form.refuse(refused)
        return _choose(case, form, packet, 422)
    return _made(packet)


@bp.post("/packets/<uuid:packet_id>/order")
@may(Permission.BUILD_PACKET, writes=True)
def order(packet_id: UUID) -> Response:
    """Put the materials into another order; the pages are made anew."""
    form = OrderForm()
    packet, _case = packet_to_build(packet_id, form.carried_version)
    actions.reorder(packet, form.wished(request.form.getlist("order"), request.form.get("move", ""), len(packet.items)), by=me())
    return _made(packet)


@bp.get("/packets/<uuid:packet_id>")
@may(Permission.READ_PACKET)
def one(packet_id: UUID) -> Response:
    """A packet that is being built: its order, its real pages, and how it leaves the desk. A sealed one: its receipt."""
    packet = packet_or_404(packet_id)
    if not packet.is_open:
        return receipt(packet_id)
    if allows(Permission.BUILD_PACKET) is None:
        raise NotHere
    packet, case = packet_to_build(packet_id)
    return _look(packet, case, SealForm())


@bp.post("/packets/<uuid:packet_id>/deliveries")
@may(Permission.BUILD_PACKET, writes=True)
def seal(packet_id: UUID) -> Response:
    """Hand it over, or print it at the desk: from then on it is exactly this."""
    form = SealForm()
    packet, case = packet_to_build(packet_id, form.carried_version)
    people = queries.people_of(case)
    form.offer(people)
    if not form.validate():
        return _look(packet, case, form, 422)
    try:
        actions.seal(packet, case, form.how.data, _person(people, form.given_to.data), by=me())
    except Refused as refused:
        form.refuse(refused)
        return _look(packet, case, form, 422)
    to = url_for("packets.receipt", packet_id=packet.public_id)
    said = f"Printed. Receipt {packet.receipt}." if form.how.data is ByHand.AT_THE_DESK else f"Handed over. Receipt {packet.receipt}."
    journal.commit(to)
    return done(to, said)


@bp.post("/packets/<uuid:packet_id>/withdrawal")
@may(Permission.BUILD_PACKET, writes=True)
def withdraw(packet_id: UUID) -> Response:
    """Put a packet aside that was not handed over."""
    packet, case = packet_to_build(packet_id)
    actions.withdraw(packet, case, by=me())
    to = url_for("packets.register")
    journal.commit(to)
    return done(to, "Put aside. Nothing was handed over.")


@bp.get("/packets/<uuid:packet_id>/receipt")
@may(Permission.READ_PACKET)
def receipt(packet_id: UUID) -> Response:
    """The proof: number, exact editions and hashes, who gave it to whom, when; later facts under it."""
    packet = packet_or_404(packet_id)
    if packet.is_open:  # a history may lead here before it left the desk
        return redirect(url_for("packets.one", packet_id=packet.public_id), 303)
    return _receipt(packet, TellForm())


@bp.post("/packets/<uuid:packet_id>/facts")
@may(Permission.BUILD_PACKET, writes=True)
def tell(packet_id: UUID) -> Response:
    """Add what came after: handed over, declined, or they told us that it came."""
    packet = packet_or_404(packet_id)
    case = packet.case
    form = TellForm()
    people = queries.people_of(case)
    _offer_facts(form, packet, people)
    if not form.validate():
        return _receipt(packet, form, 422)
    try:
        actions.tell(packet, case, form.what.data, _person(people, form.given_to.data), form.note.data or "", by=me())
    except Refused as refused:
        form.refuse(refused)
        return _receipt(packet, form, 422)
    to = url_for("packets.receipt", packet_id=packet.public_id)
    journal.commit(to)
    return done(to, "Added under the receipt.")


@bp.get("/packets/<uuid:packet_id>/packet.pdf")
@may(Permission.READ_PACKET)
def pdf(packet_id: UUID) -> Response:
    """The PDF as it lies in the storage: the same bytes each time."""
    packet = packet_or_404(packet_id)
    if packet.pdf_sha256 is None or masked(me()):
        raise NotHere
    found = storage.get(packet.pdf_sha256)
    headers = {"Content-Disposition": f'inline; filename="{content.file_name(packet)}"'}
    journal.viewed(packet, by=me(), what="the PDF of a packet", case_id=packet.case_id)
    journal.commit()
    return Response(found, 200, headers, mimetype="application/pdf")


@bp.get("/packets/<uuid:packet_id>/pages/<int:number>.png")
@may(Permission.BUILD_PACKET)
def picture(packet_id: UUID, number: int) -> Response:
    """One page of a packet that is being built, as a picture."""
    packet, _case = packet_to_build(packet_id)
    if not packet.is_open or packet.pdf_sha256 is None:
        raise NotHere
    pictures = content.pictures(packet.pdf_sha256, _content(packet))
    if not 1 <= number <= len(pictures):
        raise NotHere
    return Response(pictures[number - 1], 200, mimetype="image/png")


@bp.post("/cases/<uuid:case_id>/packets/request")
@may(Permission.BUILD_PACKET, writes=True)
def ask(case_id: UUID) -> Response:
    """Ask packet staff for a packet: the case then stands in their queue."""
    case = case_or_404(case_id)
    form = AskForm()
    if not form.validate():
        packet_form = PacketForm(formdata=None)
        _offer(packet_form, case)
        return _choose(case, packet_form, None, 422, form)
    actions.ask_for_packet(case, form.note.data or "", by=me())
    to = url_for("packets.new", case_id=case.public_id)
    journal.commit(to)
    return done(to, "Asked. Packet staff see this family in their queue now.")


@bp.post("/cases/<uuid:case_id>/packets/request/withdrawal")
@may(Permission.BUILD_PACKET, writes=True)
def unask(case_id: UUID) -> Response:
    """No packet is needed any more."""
    case = case_or_404(case_id)
    actions.unask(case, by=me())
    to = url_for("packets.register")
    journal.commit(to)
    return done(to, "No longer asked for.")


def _offer(form: PacketForm, case: Case) -> tuple[Sequence[Edition], Sequence[Person]]:
    offered, people = library.shelf(), queries.people_of(case)
    form.offer(offered, people)
    return offered, people


def _wish(form: PacketForm, offered: Sequence[Edition], people: Sequence[Person], packet: Packet | None) -> actions.Wish:
    by_id = {str(edition.public_id): edition for edition in offered}
    before = [str(item.edition.public_id) for item in packet.items] if packet else []
    # What was in it keeps its place; what is new comes after, as the shelf has it.
    chosen = sorted(dict.fromkeys(form.chosen.data), key=lambda code: before.index(code) if code in before else len(before))
    receiver = _person(people, form.receiver.data)
    if receiver is None:
        raise Refused("receiver", "Choose who it is for.")
    return actions.Wish([by_id[code] for code in chosen], receiver, **form.facts("title", "line", "name_on_cover", "large_print"))


def _person(people: Sequence[Person], public_id: str | None) -> Person | None:
    return next((person for person in people if str(person.public_id) == public_id), None)


def _made(packet: Packet) -> Response:
    """Commit what was chosen, then make the pages with no transaction open, then note their hash."""
    to = url_for("packets.one", packet_id=packet.public_id)
    key, version, wanted = packet.id, packet.version, _content(packet)
    journal.commit(to)
    db.session.rollback()
    sha256, count = content.make_pages(wanted)
    begin_writing()
    packet = db.session.get(Packet, key, populate_existing=True)
    if packet is not None and packet.version == version and packet.is_open:
        actions.keep_pages(packet, sha256, count)
    journal.commit()
    return done(to)


def _content(packet: Packet) -> PacketContent:
    settings = current_app.config["WAYPOINT"]
    return content.content(packet, organisation=settings.org_name, crisis=CRISIS_FOOT, zone=settings.zone)


def _choose(case: Case, form: PacketForm, packet: Packet | None, status: int = 200, ask: AskForm | None = None) -> Response:
    given = queries.given_before(case)
    return show(
        "packets/choose.html", status=status, case=case, form=form, packet=packet, shelf=library.suggested(case.stage.value), given=given,
        today=clock.today(me().zone), ask=ask or AskForm(formdata=None),
    )  # fmt: skip


def _look(packet: Packet, case: Case, form: SealForm, status: int = 200) -> Response:
    people = queries.people_of(case)
    form.offer(people)
    if status == 200:
        form.given_to.data = str(packet.receiver.public_id)
        form.version.data = packet.version
    ordering = OrderForm(formdata=None)
    ordering.version.data = packet.version
    journal.viewed(packet, by=me(), what="a packet that is being built", case_id=case.id)
    answer = show("packets/look.html", status=status, packet=packet, case=case, form=form, ordering=ordering)
    return _noted(answer, status)


def _offer_facts(form: TellForm, packet: Packet, people: Sequence[Person]) -> None:
    follow = MOVES.get(packet.deliveries[-1].status, set()) if packet.deliveries else set()
    form.offer([status for status in DeliveryStatus if status in follow], people)


def _names_somebody(form: TellForm) -> bool:
    return bool({DeliveryStatus.HANDED_OVER.value, DeliveryStatus.READ_ALOUD.value} & {code for code, _ in form.what.choices})


def _receipt(packet: Packet, form: TellForm, status: int = 200) -> Response:
    may_tell = packet.sealed_at is not None and allows(Permission.BUILD_PACKET) is not None
    if may_tell:
        _offer_facts(form, packet, queries.people_of(packet.case))
    journal.viewed(packet, by=me(), what="a receipt", case_id=packet.case_id)
    answer = show(
        "packets/receipt.html", status=status, packet=packet, case=packet.case, form=form, may_tell=may_tell,
        names_somebody=_names_somebody(form), masked=masked(me()),
    )  # fmt: skip
    return _noted(answer, status)


def _noted(answer: Response, status: int) -> Response:
    """The page is drawn; its Viewing is written in a short transaction of its own. A refused form writes nothing."""
    if status == 200:
        journal.commit()
    else:
        db.session.info.pop("journal", None)
        db.session.rollback()
    return answer
