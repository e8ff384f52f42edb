"""What is printed for the post: a plain envelope for one packet, and today's post in one document."""

import io
from uuid import UUID

from pypdf import PdfReader, PdfWriter
from werkzeug.wrappers import Response

from tracker import journal, storage
from tracker.cases.access import masked
from tracker.errors import NotHere
from tracker.packets import register, typeset
from tracker.packets.access import packet_or_404
from tracker.packets.models import Packet
from tracker.packets.receipt_views import bp
from tracker.packets.words import DeliveryChannel
from tracker.staff.gate import may, me
from tracker.staff.permissions import Permission


@bp.get("/packets/<uuid:packet_id>/envelope.pdf")
@may(Permission.BUILD_PACKET)
def envelope(packet_id: UUID) -> Response:
    """The plain envelope of a packet that goes by post."""
    packet = packet_or_404(packet_id)
    if packet.channel is not DeliveryChannel.POSTAL or masked(me()):
        raise NotHere
    made = _envelope(packet)
    journal.viewed(packet, by=me(), what="the envelope of a packet", case_id=packet.case_id)
    journal.commit()
    return _pdf(made, "envelope.pdf")


@bp.get("/packets/post.pdf")
@may(Permission.BUILD_PACKET)
def post() -> Response:
    """Every packet that is to be posted, each with its envelope before it."""
    found = register.to_post(me())
    if not found:
        raise NotHere
    writer = PdfWriter()
    for packet in found:
        for part in (_envelope(packet), storage.get(packet.pdf_sha256 or "")):
            writer.append(PdfReader(io.BytesIO(part)), import_outline=False)
        journal.viewed(packet, by=me(), what="a packet, printed for the post", case_id=packet.case_id)
    made = io.BytesIO()
    writer.write(made)
    journal.commit()
    return _pdf(made.getvalue(), "post.pdf")


def _envelope(packet: Packet) -> bytes:
    lines = [packet.receiver.name, *(part.strip() for part in (packet.address or "").replace("\n", ",").split(",") if part.strip())]
    return typeset.envelope(lines, packet.language)


def _pdf(made: bytes, name: str) -> Response:
    return Response(made, 200, {"Content-Disposition": f'inline; filename="{name}"'}, mimetype="application/pdf")
