"""The program's own text, as the rules of the house read it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TRACKER = ROOT / "tracker"
TEMPLATES = ROOT / "templates"

# The floors of docs/house.md. Ground is every file directly in tracker/ but the two doors; a folder is a room.
FLOORS = {
    "journal": 2, "mailroom": 2,
    "staff": 3,
    "people": 4, "drafts": 4, "directory": 4, "library": 4,
    "cases": 5,
    "consents": 6,
    "inquiries": 7, "contacts": 7, "interventions": 7, "referrals": 7, "placements": 7, "packets": 7, "recovery": 7,
    "casefile": 8, "desk": 8, "caseload": 8, "reports": 8, "search": 8, "audit": 8, "lobby": 8, "api": 8, "family_door": 8,
    "demo": 9,
}  # fmt: skip
DOORS = {"__init__", "cli"}
GROUND = 1
ABOVE_ALL = 99


@cache
def modules() -> tuple[Path, ...]:
    """Every Python file of tracker/."""
    found = tuple(sorted(path for path in TRACKER.rglob("*.py") if "__pycache__" not in path.parts))
    assert len(found) > 40, "where has the program gone?"
    return found


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


@cache
def templates() -> tuple[Path, ...]:
    """Every template."""
    found = tuple(sorted(TEMPLATES.rglob("*.html")))
    assert len(found) > 30, "where have the templates gone?"
    return found


def name(path: Path) -> str:
    """A path as people write it."""
    return str(path.relative_to(ROOT))


def room(path: Path) -> str:
    """The room of a file of tracker/; "" on the ground and in the doors."""
    parts = path.relative_to(TRACKER).parts
    return parts[0] if len(parts) > 1 else ""


def floor(of_room: str) -> int:
    """The floor of a room; a room without one fails whoever asks."""
    if not of_room:
        return GROUND
    assert of_room in FLOORS, f"tracker/{of_room}/ has no floor: give it one in docs/house.md and tests/house/source.py"
    return FLOORS[of_room]


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """What a file takes from tracker: line, and dotted name without "tracker." (`staff.gate.may` or `clock`)."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.removeprefix("tracker.")) for alias in node.names if alias.name.startswith("tracker."))
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}:{node.lineno} imports relatively; write the whole name"
            if node.module == "tracker" or (node.module or "").startswith("tracker."):
                module = (node.module or "").removeprefix("tracker").removeprefix(".")
                yield from ((node.lineno, f"{module}.{alias.name}".removeprefix(".")) for alias in node.names)


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """The texts in a file's code, with their lines; docstrings are not among them."""
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node.lineno, node.value


def report(faults: list[str], rule: str) -> None:
    """Fail with every fault at once, and the rule they break."""
    assert not faults, f"{rule}\n  " + "\n  ".join(sorted(faults))
