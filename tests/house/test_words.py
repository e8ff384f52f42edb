"""Person-first words everywhere a person reads: templates, scripts, labels, sentences, the demonstration and the shelf.

What a family said in its own words stands in “curly quotes”, and stays as it was said.
"""

import re
from pathlib import Path

from tests.house.source import ROOT, TRACKER, modules, name, report, strings, templates

LIST = Path(__file__).parent / "banned_words.txt"
QUOTED = re.compile(r"“[^”]*”")
COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
DATA = {".md", ".txt", ".csv", ".json", ".toml", ".typ"}


def banned():
    """The patterns, what to say instead, and the phrases in which they are let be."""
    rules, _, exempt = LIST.read_text().partition("\n[exempt]\n")
    lines = [line.partition(" => ") for line in rules.splitlines() if line.strip() and not line.startswith("#")]
    phrases = [line.strip() for line in exempt.splitlines() if line.strip()]
    return [(re.compile(rf"(?<![\w-]){pattern}(?![\w-])", re.IGNORECASE), say) for pattern, _, say in lines], phrases


PATTERNS, EXEMPT = banned()


def faults_of(text, where):
    """Every banned word of a text, with its line."""
    for phrase in EXEMPT:
        text = re.sub(re.escape(phrase), lambda found: " " * len(found.group()), text, flags=re.IGNORECASE)
    for pattern in (QUOTED, COMMENT):
        text = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)
    for pattern, say in PATTERNS:
        for found in pattern.finditer(text):
            line = text[: found.start()].count("\n") + 1
            yield f"{where}:{line} {found.group()!r}: say {say!r}"


def test_templates_and_scripts():
    scripts = list((TRACKER / "static/js").rglob("*.js"))
    assert scripts
    faults = [fault for path in [*templates(), *scripts] for fault in faults_of(path.read_text(), name(path))]
    report(faults, "Person-first words.")


def test_labels_sentences_and_the_demonstration():
    faults = []
    for path in modules():
        for line, text in strings(path):
            faults += [re.sub(r":\d+ ", f":{line} ", fault, count=1) for fault in faults_of(text, name(path))]
    report(faults, "Person-first words.")


def test_the_shelf_and_other_kept_texts():
    kept = [path for path in TRACKER.rglob("*") if path.suffix in DATA and "vendor" not in path.parts]
    texts = [path for path in kept if not re.search(r"OFL|LICENSE", path.name)]
    assert len(texts) > 5, "where is the shelf?"
    faults = [fault for path in texts for fault in faults_of(path.read_text(), name(path))]
    report(faults, "Person-first words.")


def test_what_newcomers_read():
    readme = [path for path in (ROOT / "README.md", *(ROOT / "docs").glob("operating.md")) if path.exists()]
    report([fault for path in readme for fault in faults_of(path.read_text(), name(path))], "Person-first words.")


def test_the_list_finds_what_it_should_and_lets_names_be():
    assert list(faults_of("He is an addict and relapsed.", "x"))
    assert not list(faults_of("A meeting of Alcoholics Anonymous. She said “he is an addict”.", "x"))
