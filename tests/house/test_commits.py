"""Only views, the command line and jobs commit, by the one visible line journal.commit()."""

import ast

from tests.house.source import TRACKER, imports, modules, name, report, room, tree

MAY_COMMIT = {"cli", "jobs"}
# Whoever ends a transaction in another way, and why.
ITSELF = {
    "tracker/journal/actions.py": "journal.commit() is this",
    "tracker/demo/bulk/sink.py": "the quick way of a large demonstration seals its lines itself, a thousand families at a time",
    "tracker/staff/gate.py": "notes that a session is in use, in a short write of its own, before the page's transaction begins",
}


def commits(path):
    """Every commit in a file: line, and what is committed (`journal`, `db.session`)."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit":
            yield node.lineno, ast.unparse(node.func.value)


def test_only_views_the_command_line_and_jobs_commit():
    faults, seen = [], 0
    for path in modules():
        # Whatever the file is called, it answers requests.
        views = any(taken in ("staff.gate.may", "staff.gate.open_to_families") for _line, taken in imports(path))
        allowed = views or path.stem in MAY_COMMIT or room(path) == "demo"
        for line, what in commits(path):
            seen += 1
            if name(path) not in ITSELF and not (allowed and what == "journal"):
                faults.append(f"{name(path)}:{line} {what}.commit()")
    assert seen > 5, "the test sees no commits"
    report(faults, "Actions only buffer; a view, the command line or a job commits, by journal.commit() (docs/house.md, rule 5).")


def test_every_exception_is_still_needed():
    report([path for path in ITSELF if not list(commits(TRACKER.parent / path))], "These commit nothing any more.")
