"""The first shelf: every text can be read, stays within grade 8, and says what must not be left out."""

import re

import pytest

from tracker.cases.words import CaseStage
from tracker.library.reading import measure
from tracker.library.shelf import ShelfUnreadable, read, texts

SHELF = texts()
WHOLE = {(text.language, text.slug): f"{text.title}\n{text.summary}\n{text.body}" for text in SHELF}
ENGLISH = {slug: text for (language, slug), text in WHOLE.items() if language == "en"}
MATERIALS = {
    # about ketamine
    "what-ketamine-is", "signs-to-watch-for", "who-is-at-risk", "how-dependence-grows", "how-to-talk", "what-an-intervention-is",
    "what-happens-in-rehab", "support-groups", "the-first-year", "questions-families-ask", "where-to-call-now",
    # for the other stages
    "what-to-bring", "questions-to-ask", "paying-for-a-program", "waiting-for-a-place", "the-first-week-home", "looking-after-yourself",
    "boundaries", "in-danger",
}  # fmt: skip
GOOD = (
    "---\nslug: x\ntitle: X: a title\ntopic: grief\naudience: family\nstages: inquiry\ntype: handout\ntags:\nsource: us\n"
    "licence: CC BY 4.0\nsummary: s\nreview_after_months: 12\n---\nHello.\n"
)
ids = lambda text: f"{text.language}-{text.slug}"  # noqa: E731
# Words that a helpline does not use about people (domain.md section 5).
BANNED = re.compile(
    r"\b(addicts?|junkies?|abus\w+|alcoholics?|clean|dirty|relapse\w*|habit|enabling|codependent|users?|refused|victim|patient)\b", re.IGNORECASE
)


BANNED_ES = re.compile(
    r"\b(adict[oa]s?|drogadict[oa]s?|alcohólic[oa]s?|abus\w+|recaíd\w+|limpi[oa]s?|suci[oa]s?|vicios?|codependient\w+|víctimas?|pacientes?)\b", re.IGNORECASE
)


def test_the_shelf_that_ships_is_whole_in_both_languages():
    assert {text.slug for text in SHELF if text.language == "en"} == MATERIALS
    assert {text.slug for text in SHELF if text.language == "es"} == MATERIALS


@pytest.mark.parametrize("text", SHELF, ids=ids)
def test_a_text_is_plain_and_of_a_length_that_gets_read(text):
    found = measure(text.body, text.language)

    assert found.grade <= 8
    assert 250 <= found.words <= (750 if text.language == "es" else 650)


def test_a_translation_has_the_parts_of_what_it_translates():
    for slug in MATERIALS:
        marks = [[len(re.findall(mark, WHOLE[language, slug], re.MULTILINE)) for mark in (r"^##", r"^- \[ \]", r"\b911\b")] for language in ("en", "es")]
        assert marks[0][:2] == marks[1][:2], slug
        assert (marks[0][2] > 0) == (marks[1][2] > 0), slug


@pytest.mark.parametrize("text", SHELF, ids=ids)
def test_a_text_names_its_source_and_its_stages_are_stages(text):
    assert text.licence == "CC BY 4.0"
    assert len(text.source) > 20
    assert {CaseStage(code) for code in text.stages}


@pytest.mark.parametrize("which", WHOLE, ids="-".join)
def test_a_text_speaks_of_people_first(which):
    assert (BANNED if which[0] == "en" else BANNED_ES).findall(WHOLE[which]) == []


def test_a_lower_risk_of_overdose_is_never_said_alone():
    for slug, text in ENGLISH.items():
        for found in re.finditer(r"overdose[^.]*\blower\b", text):
            after = text[found.start() : found.start() + 700]
            assert all(word in after for word in ("Mixed with alcohol", "can kill", "Street supply", "choke and drown")), slug


def test_naloxone_is_never_called_a_remedy_for_ketamine_and_always_advised_in_doubt():
    for slug, text in ENGLISH.items():
        if "aloxone" in text and slug != "who-is-at-risk" and slug != "signs-to-watch-for":
            assert "does not reverse ketamine" in text, slug
            assert "in doubt" in text or "Where the naloxone is" in text, slug


def test_no_medication_is_said_to_be_approved_and_prescribed_use_stands_apart():
    assert "No medicine is approved for ketamine dependence" in ENGLISH["what-happens-in-rehab"]
    assert "is not misuse" in ENGLISH["what-ketamine-is"]
    assert "is not misuse" in ENGLISH["questions-families-ask"]


def test_what_sources_dispute_is_told_as_disputed():
    for slug in ("signs-to-watch-for", "how-dependence-grows", "questions-families-ask"):
        assert re.search(r"[Ss]ources (differ|do not agree)", ENGLISH[slug])
        assert "Jellinek" in ENGLISH[slug]


def test_the_numbers_are_right():
    numbers = set(re.findall(r"1-\d{3}-\d{3}-\d{4}", " ".join(WHOLE.values())))

    assert numbers == {"1-800-222-1222", "1-800-662-4357", "1-800-487-4889", "1-800-799-7233", "1-800-633-4227"}


def test_in_spanish_too_naloxone_is_no_remedy_for_ketamine_and_nothing_is_approved():
    for (language, slug), text in WHOLE.items():
        if language == "es" and "aloxona" in text and "ketamina" in text and slug not in ("who-is-at-risk", "signs-to-watch-for"):
            assert re.search(r"[Nn]o revierte la ketamina", text), slug
    assert re.search(r"[Nn]ingún medicamento está aprobado", WHOLE["es", "what-happens-in-rehab"])


def test_a_file_that_is_written_wrongly_is_named():
    assert read(GOOD, "en").title == "X: a title"
    changes = [("grief", "joy"), ("summary: s\n", ""), ("slug", "colour"), ("Hello.", "")]
    for wrong in ("no fences", *(GOOD.replace(*change) for change in changes)):
        with pytest.raises(ShelfUnreadable, match="x.md"):
            read(wrong, "en", "x.md")


def test_a_family_calls_911_when_somebody_is_hard_to_wake_and_not_only_when_they_do_not_wake():
    for slug in MATERIALS:
        hard = len(re.findall(r"[Hh]ard to wake", WHOLE["en", slug]))
        said = len(re.findall(r"cuesta despertar|no despierta con facilidad|difícil de despertar", WHOLE["es", slug]))
        assert said >= hard, (slug, hard, said)
