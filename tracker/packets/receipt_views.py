"""The register of packets, and the receipt of each: the proof of what was handed to whom."""

from uuid import UUID

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from tracker import journal, storage
from tracker.addresses import url_for
from tracker.cases.access import masked
from tracker.errors import NotHere
from tracker.htmx import done, show
from tracker.moves import Refused
from tracker.packets import actions, content, queries
from tracker.packets.access import packet_or_404
from tracker.packets.forms import TellForm
from tracker.packets.models import Packet
from tracker.packets.words import MOVES, DeliveryStatus
from tracker.paging import before, page
from tracker.staff.gate import allows, may, me
from tracker.staff.permissions import Permission

bp = Blueprint("packets", __name__)


@bp.get("/packets")
@may(Permission.READ_PACKET)
def register() -> Response:
    """The queue of families that wait for a packet, and what was handed to whom."""
    earlier = before()
    found = page(queries.register(me(), earlier))
    return show(
        "packets/register.html", part="packets/_rows.html", found=found, materials=queries.materials_of(found.rows),
        last=queries.last_status(found.rows), waiting=[] if earlier or masked(me()) else queries.waiting(me()), masked=masked(me()),
    )  # fmt: skip


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
    _offer_facts(form, packet)
    if not form.validate():
        return _receipt(packet, form, 422)
    try:
        actions.tell(packet, case, form.what.data, queries.among([packet.receiver], form.given_to.data), form.note.data or "", by=me())
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


def _offer_facts(form: TellForm, packet: Packet) -> None:
    follow = MOVES.get(packet.deliveries[-1].status, set()) if packet.deliveries else set()
    form.offer([status for status in DeliveryStatus if status in follow], packet.receiver)


def _names_somebody(form: TellForm) -> bool:
    return bool({DeliveryStatus.HANDED_OVER.value, DeliveryStatus.READ_ALOUD.value} & {code for code, _ in form.what.choices})


def _receipt(packet: Packet, form: TellForm, status: int = 200) -> Response:
    may_tell = packet.sealed_at is not None and allows(Permission.BUILD_PACKET) is not None
    if may_tell:
        _offer_facts(form, packet)
    journal.viewed(packet, by=me(), what="a receipt", case_id=packet.case_id)
    answer = show(
        "packets/receipt.html", status=status, packet=packet, case=packet.case, form=form, may_tell=may_tell,
        names_somebody=_names_somebody(form), masked=masked(me()),
    )  # fmt: skip
    return noted(answer, status)


def noted(answer: Response, status: int) -> Response:
    """The page is drawn; its Viewing is written in a short transaction of its own, and of a refused form nothing else."""
    if status != 200:
        journal.only_viewings()
    journal.commit()
    return answer
