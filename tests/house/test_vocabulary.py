"""The enums are the rows of docs/vocabularies.csv: codes, labels and order."""

import csv
import importlib
import re

from tests.house.source import ROOT, modules, report
from tracker.words import Words


def sets():
    """The vocabulary: name of a set to its rows (code, label), in their order."""
    found = {}
    with (ROOT / "docs/vocabularies.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["set"], []).append((row["code"], row["label"]))
    return found


def enums():
    """Every Words of the program, under the name of its set."""
    found = {}
    for path in modules():
        if path.stem in ("views", "forms", "cli") or "views" in path.parts:
            continue
        module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
        for one in vars(module).values():
            if isinstance(one, type) and issubclass(one, Words) and one is not Words:
                found[_set(one.__name__)] = one
    return found


def _set(class_name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", class_name).lower()


def test_each_enum_that_names_a_set_equals_its_rows():
    known, ours = sets(), enums()
    shared = sorted(set(known) & set(ours))
    faults = []
    for name in shared:
        wanted, had = known[name], ours[name].choices()
        faults += [f"{name}: {code!r} {label!r} is missing" for code, label in wanted if (code, label) not in had]
        faults += [f"{name}: {code!r} {label!r} is not in the vocabulary" for code, label in had if (code, label) not in wanted]
        if sorted(wanted) == sorted(had) and wanted != had:
            faults.append(f"{name}: the order differs")
    report(faults, "docs/vocabularies.csv is the source; change it first, with its reason.")
    assert len(shared) >= 30, f"only these sets have an enum: {shared}"
