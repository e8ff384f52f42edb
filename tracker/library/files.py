"""What may be uploaded: PDFs and pictures, judged by what is inside them, never by their name."""

import io
import warnings
from dataclasses import dataclass
from typing import Any

from PIL import Image, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from tracker.moves import Refused

LARGEST = 10 * 2**20  # bytes
MOST_PAGES = 60
MOST_OBJECTS = 20_000
LONGEST_SIDE = 6_000  # pixels
PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
# What a PDF can do by itself, or carry along (ISO 32000-2: 12.6.4, 7.11.4, 12.5.6, 12.7): none of it belongs into a handout.
ACTIVE = {"/JS", "/JavaScript", "/AA", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/XFA", "/SubmitForm", "/ImportData", "/Movie",
          "/Sound", "/GoToE", "/GoToR", "/Rendition", "/Trans3D", "/OpenAction"}
DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was looked into. `data` is what is kept: pictures are written anew, without what a camera adds."""

    data: bytes
    type: str
    pages: int


def look_into(data: bytes) -> Upload:
    """Judge an upload.

    Args:
        data: the whole file.
    Raises:
        Refused: beside the field `file`: too large, neither PDF nor picture, broken, too many pages, locked, or with active content.
    """
    if not data:
        raise Refused("file", "The file is empty.")
    if len(data) > LARGEST:
        raise Refused("file", f"The file is larger than {LARGEST // 2**20} MB.")
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return _picture(data)
    raise Refused("file", "This is neither a PDF nor a PNG or JPEG picture inside, whatever its name says.")


def _pdf(data: bytes) -> Upload:
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise Refused("file", "This PDF is locked with a password. Save it without one.")
        claimed = reader.root_object["/Pages"].get_object().get("/Count", 0)  # type: ignore[union-attr]
        if not isinstance(claimed, int) or not 1 <= claimed <= MOST_PAGES:
            raise Refused("file", f"A PDF may have 1 to {MOST_PAGES} pages. This one says that it has {claimed:,}.")
        _must_be_passive(reader)
        pages = 0
        for page in reader.pages:
            page.mediabox  # noqa: B018 - a page that cannot be read shows itself here
            pages += 1
            if pages > MOST_PAGES:
                raise Refused("file", f"A PDF may have at most {MOST_PAGES} pages.")
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OverflowError, NotImplementedError) as cause:
        raise Refused("file", "This PDF cannot be read. Save it anew as a PDF and try again.") from cause
    return Upload(data, PDF, pages)


def _must_be_passive(reader: PdfReader) -> None:
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    if len(numbers) > MOST_OBJECTS:
        raise Refused("file", "This PDF is too intricate. Save it anew, smaller.")
    for number in numbers:
        found = reader.get_object(IndirectObject(number, 0, reader))
        if bad := _active(found, 0):
            raise Refused("file", f"This PDF can do something by itself ({bad.strip('/')}). Print it into a new PDF and upload that.")


def _active(thing: Any, depth: int) -> str:
    if depth > DEEPEST:
        raise Refused("file", "This PDF is too intricate. Save it anew, smaller.")
    if isinstance(thing, DictionaryObject | StreamObject):
        for key, value in thing.items():
            if key == "/OpenAction" and isinstance(value, ArrayObject):
                continue  # on which page it opens
            if key in ACTIVE or (key == "/S" and value in ACTIVE) or (key == "/Subtype" and value in ACTIVE):
                return str(value if key in ("/S", "/Subtype") else key)
            if found := _active(value, depth + 1):
                return found
    elif isinstance(thing, ArrayObject):
        for value in thing:
            if found := _active(value, depth + 1):
                return found
    return ""


def _picture(data: bytes) -> Upload:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
            if max(picture.size) > LONGEST_SIDE:
                raise Refused("file", f"A picture may measure at most {LONGEST_SIDE:,} pixels each way.")
            kind = JPEG if picture.format == "JPEG" else PNG
            plain = picture.convert("RGB" if kind == JPEG or picture.mode not in ("RGBA", "LA", "P") else "RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as cause:
        raise Refused("file", "This picture cannot be read. Save it anew as PNG or JPEG and try again.") from cause
    made = io.BytesIO()
    plain.save(made, "JPEG" if kind == JPEG else "PNG", **({"quality": 90} if kind == JPEG else {"optimize": False}))
    return Upload(made.getvalue(), kind, 1)
