"""How hard a text is to read: a school grade by the measure that fits the language, measured and never claimed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyphen

from tracker.library.markdown import blocks
from tracker.library.words import ReadingLevelBand

# Names and terms a family meets anyway: they are explained in the text and are not listed as hard.
MEDICAL_NAMES = frozenset({
    "addiction", "alcohol", "anesthetic", "anxiety", "benzodiazepine", "benzodiazepines", "bladder", "buprenorphine",
    "clinician", "counselor", "counselors", "dependence", "depression", "dissociative", "esketamine", "fentanyl", "hospital",
    "intervention", "interventions", "ketamine", "lifeline", "medical", "medication", "medications", "medicine", "methadone",
    "naloxone", "naltrexone", "opioid", "opioids", "outpatient", "inpatient", "overdose", "physician", "psychiatrist",
    "recovery", "rehabilitation", "residential", "therapist", "therapists", "therapy", "tolerance", "withdrawal", "emergency",
    "family", "families",
    # Spanish
    "ketamina", "abstinencia", "medicamento", "medicamentos", "recuperación", "rehabilitación", "ambulatorio", "residencial", "naloxona",
    "sobredosis", "benzodiacepinas", "buprenorfina", "metadona", "naltrexona", "intervención", "tratamiento", "enfermedad", "psiquiatra",
})
HARD_FROM = 3  # syllables
HARD_FROM_ES = 5  # Spanish words are longer: four syllables are everyday ("familia", "teléfono")
STRONG = re.compile(r"[aeoáéíóú]")  # each is a syllable of its own; i and u beside one of them are not
WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’]*")
SENTENCE_END = re.compile(r"[.!?]+[\"”’)]*(?=\s|$)")
SPANISH_VOWELS = re.compile(r"[aeiouáéíóúü]+y?|(?<![a-zñ])y(?![a-zñ])|y(?![a-zñáéíóú])")
VOWELS = re.compile(r"[aeiouyà-ÿ]+")
SILENT_END = re.compile(r"(?:(?<![^aeiouy]l)e|(?<![td])(?<![^aeiouy]l)ed|(?<![sxzcgh])(?<![^aeiouy]l)es)$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A measured text."""

    grade: float
    band: str
    words: int
    hard_words: tuple[str, ...]


@lru_cache(maxsize=64)
def measure(text: str, language: str = "en") -> Reading:
    """Measure a Markdown text.

    English: Flesch-Kincaid grade = 0.39 x (words / sentences) + 11.8 x (syllables / words) - 15.59 (Kincaid et al. 1975). A
    word's syllables are its hyphenation points or its groups of vowels, whichever are more, so the grade errs on the strict
    side. Spanish: Crawford's grade = 0.049 x (syllables / 100 words) - 0.205 x (sentences / 100 words) - 3.407 (Crawford 1984);
    Flesch's numbers do not fit a language of longer words. Each block (heading, paragraph, list item, table cell) ends a
    sentence. Every word counts for the grade; MEDICAL_NAMES are only left out of `hard_words`.

    Args:
        language: BCP 47; a language without a hyphenation pattern is counted with the English one.

    Returns:
        grade (one decimal, 0 for a text without words), band (a ReadingLevelBand code), words, and hard words of three
        syllables and more, most frequent first.
    """
    spanish = language.split("-")[0].lower() == "es"
    syllables_of = _spanish if spanish else _syllables(language.split("-")[0].lower())
    hard_from, groups = (HARD_FROM_ES, _spanish) if spanish else (HARD_FROM, _vowel_groups)
    words = sentences = syllables = 0
    hard: dict[str, int] = {}
    for line in _lines(blocks(text)):
        found = WORD.findall(line)
        if not found:
            continue
        words += len(found)
        sentences += max(1, sum(1 for part in SENTENCE_END.split(line) if WORD.search(part)))
        for word in found:
            count = syllables_of(word)
            syllables += count
            plain = word.lower().removesuffix("'s").removesuffix("’s")
            # Hyphenation points part an ending that adds no syllable ("list-s"), so a hard word must sound long too.
            # A word that stands only with a capital is taken for a name.
            if word[0].islower() and min(count, groups(plain)) >= hard_from and plain not in MEDICAL_NAMES:
                hard[plain] = hard.get(plain, 0) + 1
    if not words:
        return Reading(0.0, ReadingLevelBand.EASY.value, 0, ())
    if spanish:
        grade = max(0.0, round(4.9 * syllables / words - 20.5 * sentences / words - 3.407, 1))
    else:
        grade = max(0.0, round(0.39 * words / sentences + 11.8 * syllables / words - 15.59, 1))
    return Reading(grade, band(grade).value, words, tuple(sorted(hard, key=lambda word: (-hard[word], word))))


def band(grade: float) -> ReadingLevelBand:
    """The band of a grade: easy to 6, standard to 8, advanced above (domain.md section 3.8)."""
    if grade <= 6:
        return ReadingLevelBand.EASY
    return ReadingLevelBand.STANDARD if grade <= 8 else ReadingLevelBand.ADVANCED


def _syllables(language: str) -> Any:
    dictionary = _dictionary(language if language in pyphen.LANGUAGES else "en_US")
    return lambda word: max(len(dictionary.positions(word)) + 1, _vowel_groups(word.lower()))


def _spanish(word: str) -> int:
    """Syllables of a Spanish word: its strong vowels, or one where a group has none (RAE, Ortografía, 2010, II 3.4)."""
    plain = re.sub(r"qu|gu(?=[eiéí])", "g", word.lower())
    return max(1, sum(max(1, len(STRONG.findall(group))) for group in SPANISH_VOWELS.findall(plain)))


def _vowel_groups(word: str) -> int:
    return max(1, len(VOWELS.findall(SILENT_END.sub("", word))))


@lru_cache(maxsize=8)
def _dictionary(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=language, left=1, right=1)


def _lines(found: list[dict[str, Any]]) -> Iterator[str]:
    """Each block's text as one line, without any mark."""
    for block in found:
        match block["kind"]:
            case "heading" | "paragraph":
                yield _text(block["runs"])
            case "list" | "checklist":
                for item in block["items"]:
                    yield from _lines(item)
            case "quote":
                yield from _lines(block["blocks"])
            case "table":
                for row in [block["head"], *block["rows"]]:
                    yield from (_text(cell) for cell in row)


def _text(runs: list[dict[str, Any]]) -> str:
    return "".join(run["text"] for run in runs)
