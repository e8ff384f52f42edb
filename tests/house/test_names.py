"""Every file says what it is: by its name, its first line, and a size that can be read in one go."""

import ast

from tests.house.source import ROOT, TRACKER, modules, name, report, tree

SAY_NOTHING = {"util", "utils", "helper", "helpers", "common", "base", "manager", "managers", "misc", "core", "lib", "service", "services"}
READABLE, LONGEST = 250, 300
# A file that is long for a reason: the reason stands beside it.
LONG: dict[str, str] = {
    "tracker/forms.py": "the form and every field that rooms share; a screen's author reads them together",
}
# Enums that no screen shows.
UNSEEN = {"tracker/directory/readers/__init__.py": "the formats of files; each refusal is a sentence of its own"}


def ours():
    """Python files that people write: the program, its tests and its tools."""
    folders = ("tracker", "tests", "tools", "benchmarks")
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py") if "__pycache__" not in path.parts] + list(ROOT.glob("*.py"))


def test_no_file_has_a_name_that_says_nothing():
    found = [path for path in ours() if path.stem in SAY_NOTHING or (path.parent.name in SAY_NOTHING)]
    report([name(path) for path in found], "Name a file by what is in it; which word is missing?")


def test_every_room_opens_with_one_line_that_says_what_it_is():
    rooms = [path for path in modules() if path.name == "__init__.py"]
    assert len(rooms) > 8
    folders = {path.parent for path in modules()}
    faults = [f"{name(folder)}/ has no __init__.py" for folder in folders if not (folder / "__init__.py").exists()]
    for path in rooms:
        words = ast.get_docstring(tree(path)) or ""
        if not words or len(words.splitlines()[0]) > 160:
            faults.append(f"{name(path)} opens with {'a first line that is too long' if words else 'nothing'}")
    report(faults, "A room's __init__.py opens with one line: what it is.")


def test_every_module_and_everything_public_in_it_says_what_it_is_for():
    faults = []
    for path in modules():
        if not ast.get_docstring(tree(path)):
            faults.append(f"{name(path)} has no docstring")
        for node in tree(path).body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):
                faults.append(f"{name(path)}:{node.lineno} {node.name} has no docstring")
    report(faults, "Public functions and classes say what they are for.")


def test_files_can_be_read_in_one_go():
    lengths = {name(path): len(path.read_text().splitlines()) for path in ours()}
    faults = [f"{path}: {length} lines" for path, length in lengths.items() if length > LONGEST and path not in LONG]
    near = [f"{path}: {length}" for path, length in lengths.items() if READABLE < length <= LONGEST]
    report(faults, f"At most {LONGEST} lines, or a reason in LONG. Which word is missing? Near it already: {', '.join(near) or 'none'}.")


def test_every_reason_for_length_is_still_needed():
    faults = [path for path in LONG if (ROOT / path).exists() and len((ROOT / path).read_text().splitlines()) <= READABLE]
    gone = [path for path in LONG if not (ROOT / path).exists()]
    report(faults + gone, "These need no reason any more; take them out of LONG.")


def test_the_enums_carry_their_words():
    """A class of codes is a Words: each member has its label beside it, and no screen spells a code."""
    faults = []
    for path in modules():
        if path == TRACKER / "words.py" or name(path) in UNSEEN:
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef) and any(isinstance(parent, ast.Name) and parent.id in ("StrEnum", "Enum") for parent in node.bases):
                faults.append(f"{name(path)}:{node.lineno} {node.name}")
    report(faults, "Write codes as tracker.words.Words.")
