"""Only clock.py reads the clock, so that every hour can be tested and a year of history can be told."""

import ast
import re

from tests.house.source import ROOT, TRACKER, modules, name, report, strings, tree

READERS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime", "strftime", "ctime"},
    "uuid": {"uuid1"},
    "func": {"now", "current_timestamp", "localtimestamp", "current_date", "clock_timestamp"},
}


def readings(path):
    """Every place of a file that reads the clock."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            if node.attr in READERS.get(owner, ()):
                yield node.lineno, f"{owner}.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from ((node.lineno, f"time.{alias.name}") for alias in node.names if alias.name in READERS["time"])


def test_nobody_else_reads_it():
    faults = [f"{name(path)}:{line} {what}" for path in modules() if path != TRACKER / "clock.py" for line, what in readings(path)]
    report(faults, "Ask tracker.clock: now(), today(zone).")


def test_the_clock_itself_does():
    assert any(readings(TRACKER / "clock.py")), "the test sees no reading where there is one"


def test_the_database_reads_none_either():
    sql = re.compile(r"CURRENT_TIMESTAMP|\bnow\s*\(\s*\)|datetime\('now'|strftime\('%", re.IGNORECASE)
    faults = []
    for path in [*modules(), *(ROOT / "migrations").rglob("*.py")]:
        if path != TRACKER / "clock.py":
            faults += [f"{name(path)}:{line} {found.group()}" for line, words in strings(path) if (found := sql.search(words))]
    report(faults, "The database's clock is not ours: pass clock.now().")
