"""The reading grade of a text is measured, and every material of the shelf stays within grade 8."""

import pytest

from tracker.library.reading import measure
from tracker.library.words import ReadingLevelBand

EASY = "We are here. You can call us. We will sit with you. It is all right to cry."
HARD = (
    "Notwithstanding considerable methodological heterogeneity, longitudinal investigations consistently demonstrate "
    "multidimensional deterioration among individuals experiencing uninterrupted consumption."
)


def test_short_plain_sentences_are_easy():
    found = measure(EASY)

    assert found.grade <= 2
    assert found.band == ReadingLevelBand.EASY.value
    assert found.words == 18
    assert found.hard_words == ()


def test_a_scholar_s_sentence_is_advanced_and_its_hard_words_are_named():
    found = measure(HARD)

    assert found.grade > 20
    assert found.band == ReadingLevelBand.ADVANCED.value
    assert {"methodological", "heterogeneity", "multidimensional"} <= set(found.hard_words)


def test_the_formula_is_flesch_and_kincaid():
    # 6 words, 1 sentence, 6 syllables: 0.39 * 6 + 11.8 * 1 - 15.59 < 0, so the floor; 12 words of two syllables: 12.69.
    assert measure("The cat sat on the mat.").grade == 0
    assert measure("Better water under yellow paper " * 2 + "better water.").grade == pytest.approx(12.7, abs=0.05)


def test_medical_names_count_for_the_grade_but_are_not_called_hard():
    assert measure("Ketamine and withdrawal, says Jellinek in Amsterdam.").hard_words == ()
    assert measure("Ketamine and withdrawal.").grade > measure("Cats and dogs.").grade


def test_marks_of_markdown_are_not_words_and_each_item_is_a_sentence():
    listed = measure("## Now\n\n- [ ] **Call** us\n- [x] Sit down\n\n| One | Two |\n|---|---|\n| a cat | a dog |\n")

    assert listed.words == 11
    assert listed.grade == 0


def test_a_text_without_words_has_grade_zero():
    assert measure("911, 988. ***").grade == 0
    assert measure("").words == 0
