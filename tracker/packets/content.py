"""From the rows of a packet to what its pages show."""

from zoneinfo import ZoneInfo

from tracker import storage
from tracker.library.markdown import blocks
from tracker.packets import typeset
from tracker.packets.models import Packet

NEUTRAL_TITLE = "The information you asked for"
NOT_CLINICAL = "We offer no medical care. This packet gives information; it does not take the place of a doctor’s advice."


def content(packet: Packet, *, organisation: str, crisis: str, zone: str) -> typeset.PacketContent:
    """What a packet's pages show; equal rows give equal pages.

    Args:
        organisation: the name on the cover.
        crisis: the line at the foot of each page.
        zone: IANA zone in which the cover's date is read.
    """
    return typeset.PacketContent(
        title=packet.title, organisation=organisation, date=packet.built_at.astimezone(ZoneInfo(zone)),
        items=[
            typeset.PacketItem(
                title=item.edition.title, version=item.edition.number, sha256=item.edition.sha256,
                date=item.edition.published_at.astimezone(ZoneInfo(zone)).date(), source=item.edition.source,
                licence=item.edition.licence, blocks=blocks(item.edition.body),
            )
            for item in packet.items
        ],
        crisis=crisis, not_clinical=NOT_CLINICAL,
        receiver=packet.receiver.name if packet.name_on_cover and (packet.receiver.first_name or packet.receiver.last_name) else None,
        line=packet.line or None, sender=packet.built_by.name if packet.line else None,
        language=packet.language, large_print=packet.large_print,
    )


def make_pages(found: typeset.PacketContent) -> tuple[str, int]:
    """Set a packet's PDF and keep it. Takes its time: no transaction should wait for it.

    Returns:
        the PDF's SHA-256, and its number of pages.
    """
    pdf = typeset.typeset(found)
    return storage.put(pdf), typeset.count_pages(pdf)


_LOOKED_AT: dict[str, list[bytes]] = {}  # the pages of the last packets that this process showed, by their PDF's hash
KEPT = 2


def pictures(pdf_sha256: str, found: typeset.PacketContent) -> list[bytes]:
    """The pages of a packet that is being built, as PNG; kept in memory while it is looked at."""
    if pdf_sha256 not in _LOOKED_AT:
        while len(_LOOKED_AT) >= KEPT:
            _LOOKED_AT.pop(next(iter(_LOOKED_AT)), None)
        _LOOKED_AT[pdf_sha256] = typeset.pages(found)
    return _LOOKED_AT[pdf_sha256]


def file_name(packet: Packet) -> str:
    """A neutral name for the PDF: nothing of the family or the field."""
    return f"{packet.receipt.lower()}.pdf" if packet.sealed_at else "packet.pdf"
