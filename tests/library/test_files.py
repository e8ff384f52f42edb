"""Uploads are judged by what is inside: what can do something by itself, lies about itself or is too much is refused in plain words."""

import io
import zipfile

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject

from tracker.library import files
from tracker.moves import Refused


def pdf(pages=2, change=None, password=""):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(612, 792)
    if change:
        change(writer)
    if password:
        writer.encrypt(password)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def picture(kind, size=(40, 30), **more):
    made = io.BytesIO()
    Image.new("RGB", size, "teal").save(made, kind, **more)
    return made.getvalue()


def launches(writer):
    action = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")})
    link = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): action})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([link])


def opens(writer):
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")})


def heavy(writer):
    stream = StreamObject()
    stream.set_data(b"% a long remark\n" * 350_000)
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)


def scripted(writer):
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")})
    names = DictionaryObject({NameObject("/Names"): ArrayObject([TextStringObject("a"), writer._add_object(script)])})
    writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): names})


def lies_about_its_pages(writer):
    writer.root_object["/Pages"].get_object()[NameObject("/Count")] = NumberObject(50_000)


def zipped():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "x")
    return made.getvalue()


def test_a_plain_pdf_is_kept_as_it_is_and_a_picture_without_what_a_camera_adds():
    data = pdf(3)
    assert files.look_into(data) == files.Upload(data, files.PDF, 3)
    exif = Image.Exif()
    exif[0x010E] = "taken at the Walkers' house"
    found = files.look_into(picture("JPEG", exif=exif))
    assert (found.type, found.pages, b"Walkers" in found.data) == (files.JPEG, 1, False)
    assert files.look_into(picture("PNG")).type == files.PNG


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"x" * (files.LARGEST + 1), "larger than 10 MB"),
        (zipped(), "neither a PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "neither a PDF"),
        (b"<html><script>1</script>", "neither a PDF"),
        (b"%PDF-1.7\nnothing more", "cannot be read"),
        (pdf()[:300], "cannot be read"),
        (pdf(files.MOST_PAGES + 1), "1 to 60 pages"),
        (pdf(2, lies_about_its_pages), "50,000"),
        (pdf(2, scripted), "by itself"),
        (pdf(2, lambda writer: writer.add_attachment("a.exe", b"MZ")), "by itself"),
        (pdf(2, launches), "by itself"),
        (pdf(2, opens), "by itself"),
        (pdf(2, password="secret"), "locked"),
        (b"\x89PNG\r\n\x1a\nbroken", "cannot be read"),
        (picture("PNG", (files.LONGEST_SIDE + 1, 2)), "6,000 pixels"),
        (picture("GIF"), "neither a PDF"),
    ],
    ids="empty large zip svg html bare cut 61-pages 50,000-pages script attachment launch on-opening locked bad-png wide gif".split(),
)
def test_what_does_not_belong_into_a_handout_is_refused(data, says):
    with pytest.raises(Refused, match=says) as refused:
        files.look_into(data)
    assert refused.value.field == "file"
