"""A packet is set as one PDF: the same bytes each time, tagged, in our fonts, and whatever is typed stays text."""

import io
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from tracker.library.markdown import blocks
from tracker.packets.glyphs import printable, unprintable
from tracker.packets.typeset import PacketContent, PacketItem, pages, typeset

CRISIS = "In danger now: 911. In crisis: call or text 988, any hour."
TEXT = "A first line.\n\n## Part\n\n- one\n- two\n\n| Call | When |\n|---|---|\n| 911 | now |\n\n- [ ] box\n"


def item(title="What ketamine is", text=TEXT, **changes):
    made = PacketItem(
        title=title, version=3, sha256="ab" * 32, date=date(2026, 11, 2), source="Our fact sheet", licence="CC BY 4.0", blocks=blocks(text)
    )
    return replace(made, **changes)


def content(*items, **changes):
    made = PacketContent(
        title="The information you asked for",
        organisation="Example Family Line",
        date=datetime(2026, 11, 24, 22, 14, tzinfo=ZoneInfo("America/New_York")),
        items=list(items) or [item(), item("How to talk")],
        crisis=CRISIS,
        not_clinical="We are not a medical service.",
        receiver="Denise Walker",
        line="Here is what we talked about.",
        sender="Maria Torres",
    )
    return replace(made, **changes)


def read(pdf):
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf):
    """All text of a PDF with line ends and break marks taken out."""
    return "".join(page.extract_text() for page in read(pdf).pages).replace("\n", "").replace("\u200b", "").replace(" ", "")


def test_equal_content_gives_equal_bytes_and_other_content_other_bytes():
    assert typeset(content()) == typeset(content())
    assert typeset(content()) != typeset(content(receiver="Andre Walker"))


def test_it_is_tagged_with_a_language_and_a_title():
    catalog = read(typeset(content())).trailer["/Root"]

    assert catalog["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalog
    assert catalog["/Lang"] == "en-US"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read(typeset(content())).metadata.title == "The information you asked for"
    assert b"pdfuaid:part" in catalog["/Metadata"].get_data()


def test_the_pdf_says_when_it_was_made_by_the_content_alone():
    assert read(typeset(content())).metadata.creation_date.timestamp() == content().date.timestamp()


def test_our_fonts_are_embedded_and_no_other():
    names = set()
    for page in read(typeset(content(receiver="Denise שלום", line="**سلام**"))).pages:
        for font in page["/Resources"]["/Font"].values():
            below = font["/DescendantFonts"][0].get_object()
            names.add(str(below["/BaseFont"]).split("+")[-1])
            assert "/FontFile2" in below["/FontDescriptor"] or "/FontFile3" in below["/FontDescriptor"]
    assert {"NotoSans-Regular", "NotoSans-Bold", "NotoSansHebrew-Regular", "NotoSansArabic-Regular"} <= names
    assert all(name.startswith("NotoSans") for name in names)


def test_each_material_starts_a_page_and_each_page_says_which_of_how_many():
    found = read(typeset(content(item("One"), item("Two"), item("Three")))).pages

    assert len(found) == 4
    for number, page in enumerate(found, start=1):
        assert f"Page {number} of 4" in page.extract_text()
        assert "call or text 988" in page.extract_text()
    assert [line for page in found[1:] for line in page.extract_text().split("\n") if line in ("One", "Two", "Three")] == ["One", "Two", "Three"]


def test_the_cover_names_receiver_day_contents_and_every_handout_its_edition():
    cover, first, second = (page.extract_text() for page in read(typeset(content())).pages)

    for words in ("For Denise Walker", "November 24, 2026", "Here is what we talked about.", "Maria Torres", "How to talk"):
        assert words in cover
    for page in (first, second):
        for words in ("Version 3, November 2, 2026", "CC BY 4.0", "Source: Our fact sheet.", "ab" * 32, "We are not a medical service."):
            assert words in page


def test_without_a_receiver_or_a_line_the_cover_stays_plain():
    cover = read(typeset(content(receiver=None, line="  ", sender=None))).pages[0].extract_text()

    assert "For " not in cover
    assert "Maria" not in cover


HOSTILE = [
    '#read("/etc/passwd")',
    "$x^2$ and $",
    "back\\slash \\u{41} \\",
    "<b>bold</b> <label>",
    "*not strong* _nor this_ `raw` @ref = h",
    '"]#panic()[',
    "O'Brien<b>",
]


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("place", ["title", "receiver", "line", "sender", "organisation"])
def test_what_is_typed_is_shown_as_text(typed, place):
    assert typed.replace(" ", "") in text_of(typeset(content(**{place: typed})))


@pytest.mark.parametrize("typed", HOSTILE)
def test_a_hostile_material_is_text_too(typed):
    runs = [{"text": typed}]
    bare = [{"kind": "heading", "level": 1, "runs": runs}, {"kind": "checklist", "items": [[{"kind": "paragraph", "runs": runs}]]}]

    assert text_of(typeset(content(item(title=typed, blocks=bare, source=typed)))).count(typed.replace(" ", "")) >= 4


def test_right_to_left_names_and_signs_without_a_glyph_are_shown():
    shown = text_of(typeset(content(receiver="שרה \u202eabc", line="Thinking of you 😀 中")))

    assert "[grinningface]" in shown
    assert "\ufffd" in shown
    assert "ש" in shown
    assert "\u202e" not in shown


def test_a_name_of_three_hundred_letters_stays_on_the_page():
    name = "Wolfeschlegelsteinhausenbergerdorff" * 9

    assert name[:300] in text_of(typeset(content(receiver=name[:300], title=name[:120])))


def test_a_nul_a_naive_date_and_an_empty_packet_are_refused():
    for wrong in ({"line": "a\0b"}, {"date": datetime(2026, 11, 24)}, {"items": []}):
        with pytest.raises(ValueError):
            typeset(content(**wrong))


def test_a_form_can_ask_beforehand_what_cannot_be_printed():
    assert unprintable("Denise, résumé “4 pm” – naïve שלום") == []
    assert unprintable("a 😀 中 中") == ["😀", "中"]
    assert printable("a\u200db\u202ec") == "abc"


def test_the_preview_shows_the_same_pages_as_the_pdf():
    shown = pages(content())

    assert len(shown) == len(read(typeset(content())).pages)
    assert all(image.startswith(b"\x89PNG\r\n") for image in shown)


def test_large_print_is_larger():
    assert len(read(typeset(content(large_print=True))).pages) >= len(read(typeset(content())).pages)
