"""No name, phone or note stands in a page title: screens are shared, and histories are synchronised."""

import re

from tests.house.source import TRACKER, name, report, templates

TITLE = re.compile(r"\{%-?\s*block title\s*-?%\}(.*?)\{%-?\s*endblock", re.DOTALL)
PRINTED = re.compile(r"\{\{(.*?)\}\}|\{%-?\s*if(.*?)%\}", re.DOTALL)
# What may be printed there: our own words, a case's number (it tells nobody who it is about), and what is no person.
QUOTED, CONDITION = re.compile(r"\"[^\"]*\"|'[^']*'"), re.compile(r"\bif\b.*?(?:\belse\b|$)")
HARMLESS = re.compile(r"\b(number|receipt|label|count|title|month|day|heading|org_name|(?:program|group|material|team|site)\.name)\b")
PERSONAL = re.compile(r"name|phone|mail|note|person|caller|who|family|address|contact\.|inquirer|said|words|text|summary", re.IGNORECASE)


def test_no_title_tells_who_it_is_about():
    faults, seen = [], 0
    for path in templates():
        for title in TITLE.findall(path.read_text()):
            seen += 1
            for printed, _condition in PRINTED.findall(title):
                words = CONDITION.sub(" ", QUOTED.sub("", printed)).strip(" ()~")
                if words and (PERSONAL.search(HARMLESS.sub("", words)) or not HARMLESS.search(words)):
                    faults.append(f"{name(path)}: {{{{ {words} }}}}")
    assert seen > 10, "the test sees no titles"
    report(faults, "A title shows our own words and at most a case number (docs/house.md; interface goal 24).")


def test_nothing_is_kept_in_the_browser():
    kept = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.|serviceWorker")
    ours = list((TRACKER / "static/js").rglob("*.js"))
    assert ours
    texts = {path: path.read_text().replace("sessionStorage.clear()", "") for path in ours}  # what htmx writes there is taken out again
    report([f"{name(path)}: {found.group()}" for path, text in texts.items() if (found := kept.search(text))], "A browser keeps nothing of ours.")
