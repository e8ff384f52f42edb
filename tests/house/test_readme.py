"""A promise in the README names its test, and that test exists and runs."""

import ast
import re

from tests.house.source import ROOT, report

TEST_ID = re.compile(r"(tests/[\w/]+\.py)::(\w+)")
# Sentences that may be printed only beside their test (trust, section 0).
PROMISES = (
    "No acknowledged note is lost",
    "Every view of a case is recorded",
    "History is tamper-evident",
    "Nothing is sent to a contact who is not safe to reach",
    "Every route was tried in every role",
    "The record of a send is exact",
)
SKIPS = {"skip", "skipif", "xfail"}


def readme():
    """The lines of the README."""
    path = ROOT / "README.md"
    assert path.exists(), "there is no README.md"
    return path.read_text().splitlines()


def promise_rows(lines):
    """The rows of every table with a column called Promise."""
    inside = False
    for line in lines:
        if not line.strip().startswith("|"):
            inside = False
        elif re.search(r"\|\s*promise", line, re.IGNORECASE):
            inside = True
        elif inside and not re.fullmatch(r"[|\s:-]+", line.strip()):
            yield line


def runs(file, test):
    """Whether a test is there and nothing skips it."""
    path = ROOT / file
    if not path.exists():
        return False
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef) and node.name == test:
            marks = {part.attr for mark in node.decorator_list for part in ast.walk(mark) if isinstance(part, ast.Attribute)}
            return not marks & SKIPS
    return False


def test_each_promise_names_a_test_that_runs():
    faults = []
    for row in promise_rows(readme()):
        named = TEST_ID.findall(row)
        if not named:
            faults.append(f"no test: {row.strip()}")
        faults += [f"{file}::{test} is not there, or is skipped" for file, test in named if not runs(file, test)]
    report(faults, "A promise is printed only when its test passes.")


def test_no_promise_stands_outside_the_table():
    rows = list(promise_rows(readme()))
    loose = [line for line in readme() if line not in rows for promise in PROMISES if promise.lower() in line.lower()]
    report(loose, "Put it into the table of promises, with its test.")


def test_every_picture_and_every_file_it_points_to_is_there():
    words = "\n".join(readme())
    linked = re.findall(r"\]\((?!https?:|mailto:|#)([^)\s#]+)", words) + re.findall(r'(?:src|href)="(?!https?:|#)([^"]+)"', words)
    report([link for link in linked if not (ROOT / link).exists()], "The README points at nothing.")
