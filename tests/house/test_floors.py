"""Imports go down: never up, never sideways, never hidden inside a function."""

import ast
from pathlib import Path

from tests.house.source import DOORS, TRACKER, floor, imports, modules, name, report, room, tree

# Inside a room: views → forms, actions, queries → models. A file that is not named here stands between them as it likes.
ORDER = {"words": 0, "models": 0, "queries": 1, "actions": 2, "forms": 2, "views": 3}
OF_THE_REQUEST = {"request", "session", "g", "current_user", "flash", "redirect", "url_for", "render_template"}


def is_door(path: Path) -> bool:
    return path.parent == TRACKER and path.stem in DOORS


def room_of(taken: str) -> str:
    """The room that something was taken from; "" for the ground."""
    first = taken.split(".")[0]
    return first if (TRACKER / first).is_dir() else ""


def test_a_room_takes_only_from_floors_below():
    faults = []
    for path in modules():
        if is_door(path):
            continue
        here = room(path)
        for line, taken in imports(path):
            there = room_of(taken)
            if there and there != here and floor(there) >= floor(here):
                way = "sideways" if floor(there) == floor(here) else "up"
                faults.append(f"{name(path)}:{line} takes {taken} {way} (floor {floor(here)} from {floor(there)})")
    report(faults, "Imports go down only. A thing is missing below, or a reader above (docs/house.md, rule 1).")


def test_nobody_but_the_doors_takes_another_rooms_views():
    faults = []
    for path in modules():
        if is_door(path):
            continue
        for line, taken in imports(path):
            if room_of(taken) and room_of(taken) != room(path) and "views" in taken.split("."):
                faults.append(f"{name(path)}:{line} takes {taken}")
    report(faults, "From another room take models, queries, actions, access or gate; never its views (rule 2).")


def test_inside_a_room_views_know_actions_and_not_the_other_way_round():
    faults = []
    for path in modules():
        here = ORDER.get(path.stem)
        if not room(path) or here is None:
            continue
        for line, taken in imports(path):
            parts = taken.split(".")
            found = next((part for part in parts[1:] if part in ORDER), None)
            if parts[0] == room(path) and found and found != path.stem and ORDER[found] > here:
                faults.append(f"{name(path)}:{line} takes {taken}")
    report(faults, "Inside a room: views → forms, actions, queries → models (rule 3).")


def test_actions_and_queries_know_no_request():
    faults, seen = [], 0
    for path in modules():
        if path.stem not in ("actions", "queries", "models", "words"):
            continue
        seen += 1
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("flask", "flask_login"):
                known = {alias.name for alias in node.names} & OF_THE_REQUEST
                faults += [f"{name(path)}:{node.lineno} imports {one}" for one in known]
    assert seen > 15
    report(faults, "Actions and queries are plain functions that know no request (rule 3).")


def test_no_import_hides_inside_a_function():
    faults = []
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                hidden = [inner for inner in ast.walk(node) if isinstance(inner, ast.Import | ast.ImportFrom)]
                faults += [f"{name(path)}:{inner.lineno} in {node.name}()" for inner in hidden]
    report(faults, "No import inside a function: it only gets around the floors (rule 1).")
