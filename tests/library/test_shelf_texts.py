"""The first shelf: every text can be read, stays within grade 8, and says what must not be left out."""

import re

import pytest

from tracker.cases.words import CaseStage
from tracker.library.reading import measure
from tracker.library.shelf import ShelfUnreadable, read, texts

SHELF = texts()
WHOLE = {text.slug: f"{text.title}\n{text.summary}\n{text.body}" for text in SHELF}
GOOD = (
    "---\nslug: x\ntitle: X: a title\ntopic: grief\naudience: family\nstages: inquiry\ntype: handout\ntags:\nsource: us\n"
    "licence: CC BY 4.0\nsummary: s\nreview_after_months: 12\n---\nHello.\n"
)
# Words that a helpline does not use about people (domain.md section 5).
BANNED = re.compile(
    r"\b(addicts?|junkies?|abus\w+|alcoholics?|clean|dirty|relapse\w*|habit|enabling|codependent|users?|refused|victim|patient)\b", re.IGNORECASE
)


def test_the_eleven_materials_of_the_first_shelf_are_there():
    assert {text.slug for text in SHELF} == {
        "what-ketamine-is", "signs-to-watch-for", "who-is-at-risk", "how-dependence-grows", "how-to-talk", "what-an-intervention-is",
        "what-happens-in-rehab", "support-groups", "the-first-year", "questions-families-ask", "where-to-call-now",
    }


@pytest.mark.parametrize("text", SHELF, ids=lambda text: text.slug)
def test_a_text_is_plain_and_of_a_length_that_gets_read(text):
    found = measure(text.body)

    assert found.grade <= 8
    assert 250 <= found.words <= 650


@pytest.mark.parametrize("text", SHELF, ids=lambda text: text.slug)
def test_a_text_names_its_source_and_its_stages_are_stages(text):
    assert text.licence == "CC BY 4.0"
    assert len(text.source) > 20
    assert {CaseStage(code) for code in text.stages}


@pytest.mark.parametrize("slug", WHOLE)
def test_a_text_speaks_of_people_first(slug):
    assert BANNED.findall(WHOLE[slug]) == []


def test_a_lower_risk_of_overdose_is_never_said_alone():
    for slug, text in WHOLE.items():
        for found in re.finditer(r"overdose[^.]*\blower\b", text):
            after = text[found.start() : found.start() + 700]
            assert all(word in after for word in ("Mixed with alcohol", "can kill", "Street supply", "choke and drown")), slug


def test_naloxone_is_never_called_a_remedy_for_ketamine_and_always_advised_in_doubt():
    for slug, text in WHOLE.items():
        if "aloxone" in text and slug != "who-is-at-risk" and slug != "signs-to-watch-for":
            assert "does not reverse ketamine" in text, slug
            assert "in doubt" in text or "Where the naloxone is" in text, slug


def test_no_medication_is_said_to_be_approved_and_prescribed_use_stands_apart():
    assert "No medicine is approved for ketamine dependence" in WHOLE["what-happens-in-rehab"]
    assert "is not misuse" in WHOLE["what-ketamine-is"]
    assert "is not misuse" in WHOLE["questions-families-ask"]


def test_what_sources_dispute_is_told_as_disputed():
    for slug in ("signs-to-watch-for", "how-dependence-grows", "questions-families-ask"):
        assert re.search(r"[Ss]ources (differ|do not agree)", WHOLE[slug])
        assert "Jellinek" in WHOLE[slug]


def test_the_numbers_are_right():
    numbers = set(re.findall(r"1-\d{3}-\d{3}-\d{4}", " ".join(WHOLE.values())))

    assert numbers == {"1-800-222-1222", "1-800-662-4357", "1-800-487-4889"}


def test_a_file_that_is_written_wrongly_is_named():
    assert read(GOOD, "en").title == "X: a title"
    changes = [("grief", "joy"), ("summary: s\n", ""), ("slug", "colour"), ("Hello.", "")]
    for wrong in ("no fences", *(GOOD.replace(*change) for change in changes)):
        with pytest.raises(ShelfUnreadable, match="x.md"):
            read(wrong, "en", "x.md")
