"""From the rows of a packet to what its pages show."""

from zoneinfo import ZoneInfo

from flask import current_app

from tracker import sealed, storage
from tracker.library.markdown import blocks
from tracker.library.models import Edition
from tracker.packets import links, typeset
from tracker.packets.models import Packet
from tracker.templating import CRISIS_FOOT

NEUTRAL_TITLE = "The information you asked for"
# The words of the organization itself, by language; those of the page stand in typeset.py.
TITLES = {"es": "La información que pidió"}
NOT_CLINICAL = {
    "en": "We offer no medical care. This packet gives information; it does not take the place of a doctor’s advice.",
    "es": "No ofrecemos atención médica. Este paquete da información; no reemplaza el consejo de un médico.",
}
CRISIS = {
    "en": CRISIS_FOOT,
    "es": "En peligro ahora: 911. En crisis: llame o mande un mensaje de texto al 988, a cualquier hora (marque 2 para español). "
    "Información sobre tratamiento: línea de SAMHSA, 1-800-662-4357.",
}


def content(packet: Packet) -> typeset.PacketContent:
    """What a packet's pages show; equal rows give equal pages.

    Raises:
        BlobMissing: an upload that is in it is no longer in the storage, or no longer what it was.
    """
    settings = current_app.config["WAYPOINT"]
    zone, language = ZoneInfo(settings.zone), "es" if packet.language.startswith("es") else "en"
    return typeset.PacketContent(
        title=shown_title(packet), organisation=settings.org_name, date=packet.built_at.astimezone(zone),
        items=[_item(item.edition, zone) for item in packet.items],
        crisis=CRISIS[language], not_clinical=NOT_CLINICAL[language],
        receiver=packet.receiver.name if packet.name_on_cover and (packet.receiver.first_name or packet.receiver.last_name) else None,
        line=packet.line or None, sender=packet.built_by.name if packet.line else None,
        language=packet.language, large_print=packet.large_print, link=_link(packet, settings.link_url),
    )  # fmt: skip


def shown_title(packet: Packet) -> str:
    """The title on the first page: the neutral one in the packet's language, or what was typed."""
    return TITLES.get(packet.language[:2], packet.title) if packet.title == NEUTRAL_TITLE else packet.title


def _item(edition: Edition, zone: ZoneInfo) -> typeset.PacketItem:
    file = None
    if edition.file_sha256 and edition.file_type:
        file = typeset.File(storage.get(edition.file_sha256), edition.file_type, edition.file_pages or 1, edition.file_alt or edition.title)
    return typeset.PacketItem(
        title=edition.title, version=edition.number, sha256=edition.sha256, date=edition.published_at.astimezone(zone).date(),
        source=edition.source, licence=edition.licence, blocks=blocks(edition.body), language=edition.material.language, file=file, link=edition.link,
    )  # fmt: skip


def _link(packet: Packet, url: str) -> str | None:
    token = sealed.open_(packet.token_sealed, links.SEAL) if packet.with_qr else ""
    return f"{url}/p/{token}" if token else None


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
