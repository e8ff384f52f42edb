"""`make test`: the style, then the whole suite on SQLite and again on PostgreSQL, and a sum at the end."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tools import browser, postgres
from tools.machine import python, say

OUTPUT = Path("tests/output")
STYLE = {
    "ruff": ("-m", "ruff", "check"),
    "djlint": ("-m", "djlint", "templates", "--lint", "--quiet"),
}
AGAIN = 5  # so many failures may be the machine’s; more are the program’s
LONGEST = 1200  # seconds for one database; past it something hangs
WHOLE = 1740  # seconds for everything: a machine that checks a change gives half an hour, and wants to hear the end
BEGAN = time.monotonic()


@dataclass
class Sum:
    """How many tests ended in which way, and what has to be said about it."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    again: int = 0  # of those that passed, how many only at the second try
    lines: list[str] = field(default_factory=list)

    def add(self, other: "Sum") -> None:
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.again += other.again
        self.lines += other.lines

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def main(arguments: Sequence[str]) -> int:
    """Check what was asked for.

    Args:
        arguments: --lint for the style alone, --shots for the screenshots alone; what follows goes to pytest.
    Returns:
        the exit code: 0 only if nothing failed.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    arguments = list(arguments)
    if "--shots" in arguments:
        return shots()
    total = style()
    if "--lint" not in arguments:
        shutil.rmtree(OUTPUT, ignore_errors=True)
        OUTPUT.mkdir(parents=True)
        get_browser(total)
        total.add(suite("sqlite", arguments))
        total.add(on_postgresql(arguments))
    say("\n" + "=" * 30 + " in short " + "=" * 30)
    for line in total.lines:
        say(line)
    say(str(total))
    return 1 if total.failed else 0


def style() -> Sum:
    """Check how the code and the templates are written; each checker counts as one test."""
    total = Sum()
    for name, words in STYLE.items():
        clean = run([python(), *words]) == 0
        total.add(Sum(passed=clean, failed=not clean, lines=[f"style, {name}: {'clean' if clean else 'FAILED'}"]))
    return total


def get_browser(total: Sum) -> None:
    """Get a browser for the tests, or put down loudly that there is none."""
    found = browser.get()
    if found:
        os.environ["WAYPOINT_TEST_BROWSER"] = found
    else:
        say(browser.not_run())
        total.lines.append(browser.not_run())


def on_postgresql(arguments: Sequence[str]) -> Sum:
    """The same suite on PostgreSQL; a machine where there is none to be had fails, since half the promise is unproven."""
    try:
        if not os.environ.get("TEST_DATABASE_URL"):
            postgres.get()
    except postgres.NoPostgres as reason:
        return Sum(failed=1, lines=[f"postgresql: NOT RUN. {reason}"])
    return suite("postgresql", arguments)


def suite(database: str, arguments: Sequence[str]) -> Sum:
    """Run all tests on one database."""
    say(f"\n{'=' * 30} {database} {'=' * 30}")
    report = OUTPUT / f"{database}.xml"
    workers = min(os.cpu_count() or 1, 4)
    words = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", str(workers), "--dist", "loadfile", f"--junitxml={report}", *arguments]
    began = time.monotonic()
    code = run([python(), *words], {"WAYPOINT_TEST_DB": database}, left())
    total = read(report)
    if code not in (0, 1):  # 1: tests failed, which the report tells
        total.failed = total.failed or 1
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        total.lines.append(f"{database}: pytest itself {how}")
    elif 0 < total.failed <= AGAIN:
        try_again(database, report, total)
    total.lines.append(f"{database}: {total} in {time.monotonic() - began:.0f} s")
    return total


def left() -> float:
    """How many seconds the next run may take."""
    return max(10.0, min(LONGEST, BEGAN + WHOLE - time.monotonic()))


def try_again(database: str, report: Path, total: Sum) -> None:
    """Give tests with a real browser or server, and only those, a second try on their own, and say loudly that they needed one.

    On two cores a browser may wait longer than it should for a page; a fault of the program fails both times.
    """
    tests = failed_in(report)
    second = OUTPUT / f"{database}-again.xml"
    words = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "browser or served", f"--junitxml={second}", *tests]
    say(f"\nOnce more, alone: {len(tests)} that failed, those with a browser or a server.")
    run([python(), *words], {"WAYPOINT_TEST_DB": database}, left())
    passed = read(second).passed
    total.failed, total.passed, total.again = total.failed - passed, total.passed + passed, passed
    if passed:
        total.lines.append(f"{database}: {passed} passed ONLY AT THE SECOND TRY, of: {', '.join(tests)}")


def failed_in(report: Path) -> list[str]:
    """The tests that a report says failed, as pytest takes them."""
    found = []
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            found.append(f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}")
    return found


def read(report: Path) -> Sum:
    """The sum of a JUnit report; an unreadable one counts as a failure."""
    try:
        suites = ElementTree.parse(report).getroot().iter("testsuite")
        total = Sum()
        for one in suites:
            failed = int(one.get("failures", 0)) + int(one.get("errors", 0))
            skipped = int(one.get("skipped", 0))
            total.add(Sum(passed=int(one.get("tests", 0)) - failed - skipped, failed=failed, skipped=skipped))
        return total
    except (OSError, ElementTree.ParseError):
        return Sum(failed=1, lines=[f"{report}: there is no report; the run broke off"])


def shots() -> int:
    """Take the README's screenshots anew."""
    if browser.get() is None:
        say(browser.not_run())
        return 1
    return run([python(), "-m", "pytest", "-q", "-m", "shots"], {"WAYPOINT_TEST_SHOTS": "docs/shots"})


def run(words: Sequence[str], environ: dict[str, str] | None = None, seconds: float | None = None) -> int:
    """Run a command whose output is shown; whatever ends us ends it first, with time to clean up.

    Returns:
        its exit code; 124 when it took longer than it may.
    """
    child = subprocess.Popen(words, env={**os.environ, **(environ or {})}, stdin=subprocess.DEVNULL)
    try:
        return child.wait(seconds)
    except subprocess.TimeoutExpired:
        say(f"This took longer than {seconds:.0f} s and was ended.")
        return 124
    finally:
        if child.poll() is None:
            child.send_signal(signal.SIGINT)
            try:
                child.wait(30)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
