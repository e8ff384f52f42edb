"""Setting a packet as a PDF: the same content gives the same bytes, tagged for screen readers, from data only."""

import ctypes
import io
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from tracker.packets.glyphs import FONTS, printable

# One page is too little for several threads, and each keeps memory of its own: read when the first packet is set.
os.environ.setdefault("RAYON_NUM_THREADS", "1")

TEMPLATE = Path(__file__).with_name("packet.typ")
ENVELOPE = Path(__file__).with_name("envelope.typ")
PAGE_TREE = re.compile(rb"/Type\s*/Pages\s*/Count\s+(\d+)")
EMPTY_ONES = 3
PREVIEW_PPI = 88  # a Letter page is then 748 x 968 pixels

# The few words that belong to the page itself, by language; every other word is in the content.
WORDS = {
    "en": {
        "page": "Page {n} of {all}",
        "inside": "In this packet",
        "danger": "If you need help right now",
        "for": "For {receiver}",
        "about": "{title}. Version {version}, {date}. Licence: {licence}.",
        "source": "Source: {source}.",
        "fingerprint": "Fingerprint of this edition (SHA-256): {sha256}",
        "date": "{date:%B} {date.day}, {date.year}",
        "follows": "The pages that follow are the document itself ({pages}).",
        "online": "Read it at",
        "scan": "To read this on a phone, point its camera here. The page asks for the code that you are given on the phone.",
        "scan_alt": "A QR code with the address of this packet",
    },
    "es": {
        "page": "Página {n} de {all}",
        "inside": "En este paquete",
        "danger": "Si necesita ayuda ahora mismo",
        "for": "Para {receiver}",
        "about": "{title}. Versión {version}, {date}. Licencia: {licence}.",
        "source": "Fuente: {source}.",
        "fingerprint": "Huella de esta edición (SHA-256): {sha256}",
        "date": "{date.day} de {month} de {date.year}",
        "follows": "Las páginas que siguen son el documento mismo ({pages}).",
        "online": "Léalo en",
        "scan": "Para leer esto en un teléfono, apunte aquí la cámara. La página le pide el código que le damos por teléfono.",
        "scan_alt": "Un código QR con la dirección de este paquete",
    },
}
MONTHS_ES = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre")
PICTURES = {"image/png": "png", "image/jpeg": "jpg"}
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class File:
    """An upload inside a packet: a PDF, whose pages are joined in as they are, or a picture with its text alternative."""

    data: bytes
    type: str
    pages: int
    alt: str


@dataclass(frozen=True, slots=True)
class PacketItem:
    """One edition inside a packet; `blocks` as library.markdown.blocks gives them, `date` is when it was published."""

    title: str
    version: int
    sha256: str
    date: date
    source: str
    licence: str
    blocks: list[dict[str, Any]]
    language: str = "en"
    file: File | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class PacketContent:
    """All that a packet shows. `date` is aware, in the zone in which it is to be read; it is also the PDF's own time."""

    title: str
    organisation: str
    date: datetime
    items: list[PacketItem]
    crisis: str
    not_clinical: str
    receiver: str | None = None
    line: str | None = None
    sender: str | None = None
    language: str = "en-US"
    large_print: bool = field(default=False)
    link: str | None = None


def typeset(content: PacketContent) -> bytes:
    """Set a packet as a PDF (Letter, PDF/UA-1, fonts embedded).

    Returns:
        the PDF; equal content gives equal bytes.

    Raises:
        ValueError: the date has no zone, the packet holds nothing, or a text carries a NUL.
    """
    made = _compile(content, pdf_standards="ua-1", timestamp=int(content.date.timestamp()))
    return _with_uploads(made, content) if any(item.file and item.file.type == PDF for item in content.items) else made


def pages(content: PacketContent) -> list[bytes]:
    """The same pages as PNG images, in order, for a preview.

    Raises:
        ValueError: as in `typeset`.
    """
    made = _compile(content, uploads=True, format="png", ppi=PREVIEW_PPI)
    _forget()
    return made if isinstance(made, list) else [made]


def count_pages(pdf: bytes) -> int:
    """How many pages a PDF of `typeset` has."""
    found = PAGE_TREE.search(pdf)
    if found is not None:  # as it comes from the typesetter, the page tree stands uncompressed and says so
        return int(found[1])
    try:
        return len(PdfReader(io.BytesIO(pdf)).pages)
    except PyPdfError as cause:
        raise ValueError("This is not a PDF that was set here.") from cause


def envelope(lines: list[str], language: str = "en-US") -> bytes:
    """A plain envelope as a PDF: a name and an address in lines, nothing else."""
    data = {"title": "Envelope", "lang": language.partition("-")[0], "lines": [_checked(line) for line in lines]}
    return typst.compile(ENVELOPE.read_bytes(), root=FONTS, font_paths=_fonts(), sys_inputs={"envelope": json.dumps(data)}, pdf_standards="ua-1")


def _compile(content: PacketContent, uploads: bool = False, **how: Any) -> Any:
    with _files(content, uploads) as (files, root):
        data = json.dumps(_data(content, uploads))
        return typst.compile(files, root=root, font_paths=_fonts(), sys_inputs={"packet": data}, **how)


@contextmanager
def _files(content: PacketContent, uploads: bool) -> Iterator[tuple[dict[str, bytes], Path]]:
    """All that the typesetter may read, and the folder in which its root lies; nothing in the content is ever read as markup."""
    files = {"main.typ": TEMPLATE.read_bytes()}
    if content.link:
        files["qr.svg"] = _qr(content.link)
    read = [(place, item.file) for place, item in enumerate(content.items) if item.file and (uploads or item.file.type in PICTURES)]
    if not read:
        yield files, FONTS
        return
    # Only text can be handed over in memory: what is none lies in a folder of its own for the moment.
    with tempfile.TemporaryDirectory(prefix="waypoint-") as folder:
        for place, file in read:
            (Path(folder) / _name(place, file)).write_bytes(file.data)
        yield files, Path(folder)


def _with_uploads(pdf: bytes, content: PacketContent) -> bytes:
    """The packet with the pages of its uploaded PDFs in the places that were left empty for them, as they are."""
    with _files(content, False) as (files, root):
        data = json.dumps(_data(content, False))
        marks = json.loads(typst.query(files, "<upload>", field="value", root=root, font_paths=_fonts(), sys_inputs={"packet": data}))
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    for mark in marks:
        upload = content.items[mark["item"]].file
        pages = PdfReader(io.BytesIO(upload.data)).pages if upload else []
        writer.remove_page(mark["page"] - 1)
        writer.insert_page(pages[mark["n"] - 1], mark["page"] - 1)
    writer.metadata = {**(writer.metadata or {}), "/Producer": "Waypoint"}
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _name(place: int, file: File) -> str:
    return f"upload-{place}.{PICTURES.get(file.type, 'pdf')}"


def _qr(link: str) -> bytes:
    made = io.BytesIO()
    segno.make(link, error="m").save(made, kind="svg", border=2, xmldecl=False, svgns=True)
    return made.getvalue()


def _forget() -> None:
    """Give memory back: the typesetter remembers its last ten settings, some 8 MB for a packet with its pictures.

    Settings of nothing make it forget the older ones (8 ms); what is free then goes back to the system, where its library can.
    """
    for _ in range(EMPTY_ONES):
        typst.compile(b"", root=FONTS, font_paths=_fonts())
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


@cache
def _fonts() -> typst.Fonts:
    """One for the process: given anew each time, memory grows with every packet."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _data(content: PacketContent, uploads: bool = False) -> dict[str, Any]:
    if content.date.tzinfo is None:
        raise ValueError("A packet's date needs a zone.")
    if not content.items:
        raise ValueError("A packet holds at least one material.")
    language, _, region = content.language.partition("-")
    words = WORDS.get(language, WORDS["en"])
    data = {
        "words": words,
        "lang": language,
        "region": region if len(region) == 2 else None,
        "title": content.title,
        "organisation": content.organisation,
        "receiver": words["for"].format(receiver=content.receiver) if content.receiver else None,
        "date": _day(content.date, words),
        "link": content.link,
        "line": [part for part in content.line.splitlines() if part.strip()] if content.line and content.line.strip() else None,
        "sender": content.sender or None,
        "crisis": content.crisis,
        "not_clinical": content.not_clinical,
        "large_print": content.large_print,
        "items": [_item(place, item, words, uploads) for place, item in enumerate(content.items)],
    }
    return _each_text(data, _checked)


def _day(day: date, words: dict[str, str]) -> str:
    return words["date"].format(date=day, month=MONTHS_ES[day.month - 1])


def _item(place: int, item: PacketItem, words: dict[str, str], uploads: bool) -> dict[str, Any]:
    file = None
    if item.file:
        pages = words["page"].split(" ", 1)[0].lower() + ("s" if item.file.pages != 1 else "")
        file = {
            "kind": "picture" if item.file.type in PICTURES else "pdf", "link": _name(place, item.file), "pages": item.file.pages,
            "alt": item.file.alt, "shown": uploads, "follows": words["follows"].format(pages=f"{item.file.pages} {pages}"),
        }  # fmt: skip
    return {
        "title": item.title,
        "lang": item.language.partition("-")[0],
        "about": words["about"].format(title=item.title, version=item.version, date=_day(item.date, words), licence=item.licence.rstrip(".")),
        "source": words["source"].format(source=item.source.rstrip(".")),
        "fingerprint": words["fingerprint"].format(sha256=item.sha256),
        "blocks": item.blocks,
        "file": file,
        "address": {"text": item.link, "link": item.link} if item.link else None,
    }


def _checked(text: str) -> str:
    if "\0" in text:
        raise ValueError("A packet's text may not carry a NUL.")
    return printable(text)


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    """The same structure with every shown text changed (link targets and kinds are not shown)."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_each_text(item, change) for item in value]
    if isinstance(value, dict):
        return {key: item if key in ("link", "kind", "lang", "region") or key == "words" else _each_text(item, change) for key, item in value.items()}
    return value
