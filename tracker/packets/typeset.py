"""Setting a packet as a PDF: the same content gives the same bytes, tagged for screen readers, from data only."""

import ctypes
import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from tracker.packets.glyphs import FONTS, printable

# One page is too little for several threads, and each keeps memory of its own: read when the first packet is set.
os.environ.setdefault("RAYON_NUM_THREADS", "1")

TEMPLATE = Path(__file__).with_name("packet.typ")
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
    }
}


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


def typeset(content: PacketContent) -> bytes:
    """Set a packet as a PDF (Letter, PDF/UA-1, fonts embedded).

    Returns:
        the PDF; equal content gives equal bytes.

    Raises:
        ValueError: the date has no zone, the packet holds nothing, or a text carries a NUL.
    """
    return _compile(content, pdf_standards="ua-1", timestamp=int(content.date.timestamp()))


def pages(content: PacketContent) -> list[bytes]:
    """The same pages as PNG images, in order, for a preview.

    Raises:
        ValueError: as in `typeset`.
    """
    made = _compile(content, format="png", ppi=PREVIEW_PPI)
    _forget()
    return made if isinstance(made, list) else [made]


def count_pages(pdf: bytes) -> int:
    """How many pages a PDF of `typeset` has: its page tree stands uncompressed and says so."""
    found = PAGE_TREE.search(pdf)
    if found is None:
        raise ValueError("This is not a PDF that was set here.")
    return int(found[1])


def _compile(content: PacketContent, **how: Any) -> Any:
    # Reading files is confined to the fonts folder, and nothing in the content is ever read as markup.
    return typst.compile(
        TEMPLATE.read_bytes(), root=FONTS, font_paths=_fonts(), sys_inputs={"packet": json.dumps(_data(content))}, **how
    )


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


def _data(content: PacketContent) -> dict[str, Any]:
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
        "date": words["date"].format(date=content.date),
        "line": [part for part in content.line.splitlines() if part.strip()] if content.line and content.line.strip() else None,
        "sender": content.sender or None,
        "crisis": content.crisis,
        "not_clinical": content.not_clinical,
        "large_print": content.large_print,
        "items": [_item(item, words) for item in content.items],
    }
    return _each_text(data, _checked)


def _item(item: PacketItem, words: dict[str, str]) -> dict[str, Any]:
    return {
        "title": item.title,
        "about": words["about"].format(
            title=item.title, version=item.version, date=words["date"].format(date=item.date), licence=item.licence.rstrip(".")
        ),
        "source": words["source"].format(source=item.source.rstrip(".")),
        "fingerprint": words["fingerprint"].format(sha256=item.sha256),
        "blocks": item.blocks,
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
        return {key: item if key in ("link", "kind", "words", "lang", "region") else _each_text(item, change) for key, item in value.items()}
    return value
