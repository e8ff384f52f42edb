"""Uploads inside a packet: a PDF is joined as it is, a picture stands with its words, and the pages around them are still numbered right."""

import io
from datetime import UTC, date, datetime

import pytest
import typst
from PIL import Image
from pypdf import PdfReader

from tracker.library.markdown import blocks
from tracker.packets import typeset
from tracker.packets.typeset import File, PacketContent, PacketItem

SOURCE = """#set page(width: {width}pt, height: {height}pt)
First page of {name}
#pagebreak()
Second page of {name}"""


def upload(name, width=400, height=500):
    """A PDF of two pages of its own size, as somebody else made it."""
    return typst.compile(SOURCE.format(name=name, width=width, height=height).encode())


def picture():
    made = io.BytesIO()
    Image.new("RGB", (40, 30), (10, 90, 80)).save(made, format="PNG")
    return made.getvalue()


def item(title, file=None, body="", language="en"):
    return PacketItem(title, 1, "0" * 64, date(2026, 11, 25), "us", "CC BY 4.0", blocks(body), language, file)


def packet(*items, **more):
    shown = {"title": "The information you asked for", "crisis": "In danger now: 911.", "not_clinical": "We offer no medical care."}
    return PacketContent(organisation="Family Line", date=datetime(2026, 11, 25, 12, tzinfo=UTC), items=list(items), **{**shown, **more})


@pytest.fixture
def joined():
    one, two = File(upload("one"), "application/pdf", 2, "A form"), File(upload("two", 612, 792), "application/pdf", 2, "A map")
    more = item("More words", body="Other words.\n")
    return packet(item("Words", body="Some words.\n"), item("A form", one), more, item("A map", two), item("Last", body="End.\n"))


def pages(pdf):
    return PdfReader(io.BytesIO(pdf)).pages


def test_an_uploads_pages_are_there_as_they_were_in_their_place(joined):
    made = pages(typeset.typeset(joined))
    texts = [page.extract_text() for page in made]
    for name, file in (("one", joined.items[1].file), ("two", joined.items[3].file)):
        place = next(number for number, text in enumerate(texts) if f"First page of {name}" in text)
        for offset, before in enumerate(pages(file.data)):
            after = made[place + offset]
            assert after.get_contents().get_data() == before.get_contents().get_data()
            assert after.mediabox == before.mediabox
            assert after.extract_text() == before.extract_text()
    order = [next(number for number, text in enumerate(texts) if words in text) for words in
             ("Some words", "First page of one", "Second page of one", "Other words", "First page of two", "End.")]  # fmt: skip
    assert order == sorted(order)


def test_the_contents_and_every_foot_count_the_joined_pages_too(joined):
    pdf = typeset.typeset(joined)
    made = pages(pdf)
    count = len(made)
    assert typeset.count_pages(pdf) == count
    texts = [page.extract_text() for page in made]
    ours = [number for number, text in enumerate(texts) if "page of" not in text]
    assert len(ours) == count - 4
    for number in ours:
        assert f"{number + 1} of {count}" in texts[number]
        assert "911" in texts[number]
    for title in ("Words", "A form", "More words", "A map", "Last"):
        start = next(number for number, text in enumerate(texts) if number and text.find(title) >= 0 and number in ours)
        assert any(line.rstrip().endswith(str(start + 1)) and title in line for line in texts[0].splitlines()) or str(start + 1) in texts[0], title


def test_the_same_uploads_give_the_same_bytes_and_others_others(joined):
    first = typeset.typeset(joined)
    assert first == typeset.typeset(joined)
    joined.items[1] = item("A form", File(upload("another"), "application/pdf", 2, "A form"))
    assert typeset.typeset(joined) != first


def test_what_is_ours_is_still_tagged_and_named(joined):
    root = PdfReader(io.BytesIO(typeset.typeset(joined))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root and root["/Lang"].startswith("en")


def test_a_picture_stands_with_its_words_and_the_preview_shows_every_page(joined):
    shown = packet(item("A drawing", File(picture(), "image/png", 1, "Two people on a bench"), "Look at it together.\n"))
    pdf = typeset.typeset(shown)
    assert len(pages(pdf)[1].images) == 1
    assert "Two people on a bench".encode("utf-16-be").hex() in pdf.hex() or b"Two people on a bench" in pdf
    assert len(typeset.pages(joined)) == typeset.count_pages(typeset.typeset(joined))


def test_the_code_of_a_link_stands_on_the_first_page_and_only_where_it_is_wished(joined):
    link = "https://info.example.org/p/" + "a" * 43
    plain, coded = packet(item("Words", body="Some words.\n")), packet(item("Words", body="Some words.\n"), link=link)
    texts = ["".join(page.extract_text() for page in pages(typeset.typeset(one))) for one in (plain, coded)]
    assert "phone" not in texts[0].lower().split("in danger")[0] and "code" in texts[1].lower()
    assert typeset.typeset(coded) != typeset.typeset(packet(item("Words", body="Some words.\n"), link=link[:-1] + "b"))
    assert link not in texts[1]  # whoever looks over a shoulder reads no address


def test_spanish_is_spanish_to_the_last_sign():
    words = "¿Está bien? ¡Llame! Señales, niño, pingüino, corazón.\n"
    crisis = "En peligro ahora: 911."
    shown = packet(item("Qué hacer", body=words, language="es"), language="es-US", crisis=crisis, title="La información que pidió")
    made = pages(typeset.typeset(shown))
    assert "¿Está bien? ¡Llame! Señales, niño, pingüino, corazón." in made[1].extract_text()
    assert "La información" in made[0].extract_text() and "25 de noviembre de 2026" in made[0].extract_text()
    for number, page in enumerate(made):
        assert f"Página {number + 1} de {len(made)}" in page.extract_text() and "911" in page.extract_text()
    assert PdfReader(io.BytesIO(typeset.typeset(shown))).trailer["/Root"]["/Lang"].startswith("es")
