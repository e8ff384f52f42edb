"""Building a packet for a family: choose, order, look, hand over."""

from collections.abc import Sequence
from uuid import UUID

from flask import current_app, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from tracker import clock, journal, queue
from tracker.addresses import url_for
from tracker.cases.access import case_or_404
from tracker.cases.models import Case
from tracker.db import begin_reading, begin_writing, db
from tracker.drafts import queries as drafts
from tracker.drafts.actions import use_up
from tracker.drafts.models import Draft, DraftKind
from tracker.errors import NotHere
from tracker.htmx import done, show
from tracker.library import queries as library
from tracker.library.models import Edition
from tracker.mailroom.models import Letter
from tracker.moves import Refused
from tracker.packets import actions, content, leaving, queries, suggesting, writing
from tracker.packets.access import packet_or_404, packet_to_build
from tracker.packets.forms import AskForm, OrderForm, PacketForm, SealForm
from tracker.packets.models import Packet
from tracker.packets.receipt_views import bp, noted, receipt
from tracker.packets.typeset import PacketContent
from tracker.packets.words import BY_MAIL, Leaving
from tracker.people.models import Person
from tracker.staff.gate import allows, may, me
from tracker.staff.permissions import Permission
from tracker.templating import show_clock


@bp.route("/cases/<uuid:case_id>/packets/new", methods=["GET", "POST"])
@may(Permission.BUILD_PACKET, writes=True)
def new(case_id: UUID) -> Response:
    """Choose what goes into a packet and for whom. Nothing is chosen beforehand."""
    case = case_or_404(case_id)
    actions.must_be_open(case)
    kept = drafts.find(me(), DraftKind.PACKET, str(case_id)) if request.method == "GET" and "fresh" not in request.args else None
    form = PacketForm(formdata=drafts.fields(kept)) if kept else PacketForm()
    offered, people = _offer(form, case)
    if request.method == "GET":
        form.receiver.data = form.receiver.data or str(case.main_contact.public_id)
        return _choose(case, form, None, offered, kept=kept)
    if _took(form):
        return _choose(case, form, None, offered)
    if not form.validate():
        return _choose(case, form, None, offered, 422)
    try:
        packet = actions.build(case, _wish(form, offered, people, None), by=me())
    except Refused as refused:
        form.refuse(refused)
        return _choose(case, form, None, offered, 422)
    use_up(me(), DraftKind.PACKET, str(case_id))
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
        form.name_on_cover.data, form.large_print.data, form.with_qr.data = packet.name_on_cover, packet.large_print, packet.with_qr
        return _choose(case, form, packet, offered)
    if _took(form):
        return _choose(case, form, packet, offered)
    if not form.validate():
        return _choose(case, form, packet, offered, 422)
    try:
        actions.change(packet, case, _wish(form, offered, people, packet), by=me())
    except Refused as refused:
        form.refuse(refused)
        return _choose(case, form, packet, offered, 422)
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
    """Send it, hand it over, print or post it: from then on it is exactly this."""
    form = SealForm()
    packet, case = packet_to_build(packet_id, form.carried_version)
    form.offer(leaving.ways(packet, case))
    if not form.validate():
        return _look(packet, case, form, 422)
    try:
        way = leaving.seal(packet, case, form.way.data, form.note.data or "", read_back=form.read_back.data, by=me())
    except Refused as refused:
        form.refuse(refused)
        return _look(packet, case, form, 422)
    to = url_for("packets.receipt", packet_id=packet.public_id)
    said = _said(packet, way.leaving)
    journal.commit(to)
    if way.is_mail:
        _wake(packet_id)
    return done(to, said)


@bp.post("/packets/<uuid:packet_id>/withdrawal")
@may(Permission.BUILD_PACKET, writes=True)
def withdraw(packet_id: UUID) -> Response:
    """Put a packet aside that was not handed over, or take one back that waits in the outbox."""
    packet, case = packet_to_build(packet_id)
    if packet.is_open:
        actions.withdraw(packet, case, by=me())
        to, said = url_for("packets.register"), "Put aside. Nothing was handed over."
    else:
        leaving.take_back(packet, case, by=me())
        to, said = url_for("packets.receipt", packet_id=packet.public_id), "Taken back. Nothing was sent."
    journal.commit(to)
    return done(to, said)


@bp.post("/packets/<uuid:packet_id>/release")
@may(Permission.BUILD_PACKET, writes=True)
def release(packet_id: UUID) -> Response:
    """Send it now, for somebody who is still on the phone."""
    packet, case = packet_to_build(packet_id)
    leaving.release(packet, case, by=me())
    to = url_for("packets.receipt", packet_id=packet.public_id)
    called = packet.receiver.called
    journal.commit(to)
    _wake(packet_id, now=True)
    return done(to, f"It leaves for {called} now.")


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
        offered, _people = _offer(packet_form, case)
        return _choose(case, packet_form, None, offered, 422, form)
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
    receiver = queries.among(people, form.receiver.data)
    if receiver is None:
        raise Refused("receiver", "Choose who it is for.")
    return actions.Wish([by_id[code] for code in chosen], receiver, **form.facts("title", "line", "name_on_cover", "large_print", "with_qr"))


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
    return content.content(packet)


def _took(form: PacketForm) -> bool:
    """Whether "Choose all" of a kit was pressed: then what is in it is ticked, and nothing is saved yet."""
    kit = suggesting.by_kit(request.form.get("take", ""))
    if kit is None:
        return False
    offered = {edition.material_id: str(edition.public_id) for edition in form.editions}
    form.chosen.data = list(dict.fromkeys([*(form.chosen.data or []), *(offered[item.material_id] for item in kit.items if item.material_id in offered)]))
    return True


def _choose(
    case: Case, form: PacketForm, packet: Packet | None, offered: Sequence[Edition], status: int = 200, ask: AskForm | None = None, kept: Draft | None = None,
) -> Response:  # fmt: skip
    pinned = suggesting.by_kit(request.args.get("kit", ""))
    return show(
        "packets/choose.html", status=status, case=case, form=form, packet=packet, groups=suggesting.suggested(case, offered, pinned and pinned.public_id),
        given=queries.given_before(case), today=clock.today(me().zone), ask=ask or AskForm(formdata=None), kept=kept,
        draft="" if packet else url_for("drafts.keep", kind=DraftKind.PACKET.value, key=case.public_id),
    )  # fmt: skip


def _look(packet: Packet, case: Case, form: SealForm, status: int = 200) -> Response:
    if status == 200:
        form.version.data = packet.version
    ways = leaving.ways(packet, case)
    form.offer(ways)
    ordering = OrderForm(formdata=None)
    ordering.version.data = packet.version
    journal.viewed(packet, by=me(), what="a packet that is being built", case_id=case.id)
    answer = show(
        "packets/look.html", status=status, packet=packet, case=case, form=form, ordering=ordering, ways=ways, seen=_seen(packet),
        wait_minutes=current_app.config["WAYPOINT"].take_back_minutes,
    )  # fmt: skip
    return noted(answer, status)


def _seen(packet: Packet) -> list[tuple[str, str]]:
    settings = current_app.config["WAYPOINT"]
    if not settings.sends_mail:
        return []
    subject = writing.subject_in(packet.language).label
    return writing.seen(settings.mail_name, settings.mail_from, subject, writing.host_of(settings.link_url))


def _said(packet: Packet, way: Leaving) -> str:
    if way in BY_MAIL:
        return f"Leaves for {packet.receiver.called} at {show_clock(leaving.leaves_at(), me().zone)}. Receipt {packet.receipt}."
    done_so = {
        Leaving.IN_PERSON: "Handed over", Leaving.AT_THE_DESK: "Ready to print", Leaving.POST: "Ready to print and post", Leaving.READ_ALOUD: "Read aloud",
    }  # fmt: skip
    return f"{done_so[way]}. Receipt {packet.receipt}."


def _wake(packet_id: UUID, *, now: bool = False) -> None:
    """Tell the queue; a letter that nobody was woken for is found by the round of each minute."""
    begin_reading()
    found = db.session.execute(select(Letter.id, Letter.due_at).join(Packet, Packet.id == Letter.packet_id).where(Packet.public_id == packet_id)).first()
    db.session.rollback()
    if found is not None:
        queue.wake("deliver", found.id, None if now else found.due_at)
