"""The register of packets, and the receipt of each: the proof of what was handed to whom."""

from uuid import UUID

from flask import Blueprint, current_app, redirect, request
from werkzeug.wrappers import Response

from tracker import journal, storage
from tracker.addresses import url_for
from tracker.cases.access import masked, may_on
from tracker.errors import NotHere
from tracker.htmx import done, show
from tracker.mailroom import queries as letters
from tracker.mailroom.words import NEED_A_HAND, LetterState
from tracker.moves import Refused
from tracker.packets import content, facts, leaving, links, queries
from tracker.packets import register as book
from tracker.packets.access import packet_or_404, packet_to_build
from tracker.packets.forms import SeenForm, TellForm
from tracker.packets.models import Packet
from tracker.packets.words import BY_POST_ONLY, MOVES, DeliveryChannel, DeliveryStatus
from tracker.paging import before, page
from tracker.staff.gate import allows, may, me
from tracker.staff.permissions import Permission

bp = Blueprint("packets", __name__)


@bp.get("/packets")
@may(Permission.READ_PACKET)
def register() -> Response:
    """The queue of families that wait for a packet, what needs a hand, and what was handed to whom."""
    earlier, wanted = before(), book.Filter.read(request.args)
    found = page(book.rows(me(), wanted, earlier))
    first = not earlier and not masked(me())
    return show(
        "packets/register.html", part="packets/_rows.html", found=found, materials=queries.materials_of(found.rows),
        last=facts.statuses(found.rows), waiting=queries.waiting(me()) if first else [], masked=masked(me()), wanted=wanted,
        hand=book.needs_a_hand(me()) if first else [], mail=book.mail_of_today(me()) if first else 0, facts=facts,
        shown=book.Shown, channels=DeliveryChannel,
    )  # fmt: skip


@bp.get("/packets/<uuid:packet_id>/receipt")
@may(Permission.READ_PACKET)
def receipt(packet_id: UUID) -> Response:
    """The proof: number, exact editions and hashes, who gave it to whom, when; later facts under it."""
    packet = packet_or_404(packet_id)
    if packet.is_open:  # a history may lead here before it left the desk
        return redirect(url_for("packets.one", packet_id=packet.public_id), 303)
    return _receipt(packet, TellForm(), SeenForm())


@bp.post("/packets/<uuid:packet_id>/facts")
@may(Permission.BUILD_PACKET, writes=True)
def tell(packet_id: UUID) -> Response:
    """Add what came after: posted, handed over, declined, or they told us that it came."""
    packet = packet_or_404(packet_id)
    form = TellForm()
    form.offer(_follow(packet))
    if not form.validate():
        return _receipt(packet, form, SeenForm(formdata=None), 422)
    try:
        leaving.tell(packet, packet.case, form.what.data, form.note.data or "", form.tracking.data or "", by=me())
    except Refused as refused:
        form.refuse(refused)
        return _receipt(packet, form, SeenForm(formdata=None), 422)
    to = url_for("packets.receipt", packet_id=packet.public_id)
    journal.commit(to)
    return done(to, "Added under the receipt.")


@bp.post("/packets/<uuid:packet_id>/seen")
@may(Permission.BUILD_PACKET, writes=True)
def seen(packet_id: UUID) -> Response:
    """Somebody saw to a packet that did not arrive."""
    packet = packet_or_404(packet_id)
    form = SeenForm()
    if not form.validate():
        return _receipt(packet, TellForm(formdata=None), form, 422)
    leaving.see_to(packet, packet.case, form.note.data, by=me())
    to = url_for("packets.receipt", packet_id=packet.public_id)
    journal.commit(to)
    return done(to, "Noted. It no longer stands under “Needs a hand”.")


@bp.post("/packets/<uuid:packet_id>/link/revocation")
@may(Permission.BUILD_PACKET, writes=True)
def revoke(packet_id: UUID) -> Response:
    """End the link of a packet: one press, at once, for good."""
    packet, _case = packet_to_build(packet_id)
    link = links.of_packet(packet.id)
    if link is None:
        raise NotHere
    links.revoke(link, by=me())
    link.handled_at = link.revoked_at
    to = url_for("packets.receipt", packet_id=packet.public_id)
    journal.commit(to)
    return done(to, "The link is ended. Nobody can open it any more.")


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


def _follow(packet: Packet) -> list[tuple[DeliveryStatus, str]]:
    if packet.sealed_at is None:
        return []
    follow = MOVES.get(facts.standing(packet, letters.of_packet(packet.id)), set())
    posted = packet.channel is DeliveryChannel.POSTAL
    found = [status for status in DeliveryStatus if status in follow and (posted or status not in BY_POST_ONLY)]
    if posted:
        found = [status for status in found if status not in facts.TO_SOMEBODY]
    return [(status, facts.label_of(status, packet.channel)) for status in found]


def _receipt(packet: Packet, form: TellForm, seeing: SeenForm, status: int = 200) -> Response:
    may_tell = packet.sealed_at is not None and allows(Permission.BUILD_PACKET) is not None
    follow = _follow(packet) if may_tell else []
    form.offer(follow)
    letter, link = (letters.of_packet(packet.id), links.of_packet(packet.id)) if packet.sealed_at else (None, None)
    lost = letter is not None and letter.state in NEED_A_HAND and letter.handled_at is None
    turned_back = link is not None and (link.locked_at or link.revoked_at) and link.handled_at is None
    live = link is not None and links.is_live(link)
    journal.viewed(packet, by=me(), what="a receipt", case_id=packet.case_id)
    answer = show(
        "packets/receipt.html", status=status, packet=packet, case=packet.case, form=form, seeing=seeing, may_tell=may_tell, masked=masked(me()),
        told=facts.told(packet), facts=facts, letter=letter, waits=letter is not None and letter.state is LetterState.WAITING, link=link, live=live,
        code=links.code_of(link) if live and may_tell and link else "", needs_a_hand=may_tell and bool(lost or turned_back),
        may_build=may_tell and may_on(packet.case, Permission.BUILD_PACKET), posted=packet.channel is DeliveryChannel.POSTAL,
        days=current_app.config["WAYPOINT"].link_days,
    )  # fmt: skip
    return noted(answer, status)


def noted(answer: Response, status: int) -> Response:
    """The page is drawn; its Viewing is written in a short transaction of its own, and of a refused form nothing else."""
    if status != 200:
        journal.only_viewings()
    journal.commit()
    return answer
