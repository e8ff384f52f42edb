"""The sum that closes `make test`: red when anything was, and never green about nothing."""

import sys

from tools import check


def test_a_report_is_added_up(tmp_path):
    report = tmp_path / "r.xml"
    report.write_text('<testsuites><testsuite tests="10" failures="1" errors="2" skipped="3"/></testsuites>')
    assert str(check.read(report)) == "4 passed, 3 failed, 3 skipped"


def test_a_report_that_is_not_there_is_a_failure(tmp_path):
    assert check.read(tmp_path / "none.xml").failed == 1


def test_a_run_that_hangs_is_ended_and_counts_as_failed():
    assert check.run([sys.executable, "-c", "import time; time.sleep(60)"], seconds=0.5) == 124


def test_a_machine_without_postgresql_fails_instead_of_passing_by(monkeypatch):
    def nothing():
        raise check.postgres.NoPostgres("There is none.")

    monkeypatch.setattr(check.postgres, "get", nothing)
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    total = check.on_postgresql([])
    assert total.failed == 1
    assert "NOT RUN" in total.lines[0]


def test_only_tests_with_a_browser_or_a_server_get_a_second_try(tmp_path, monkeypatch):
    first, asked = tmp_path / "sqlite.xml", []
    first.write_text(
        '<testsuites><testsuite tests="9" failures="2"><testcase classname="tests.desk.test_day" name="test_a[x]"><failure/></testcase>'
        '<testcase classname="tests.cases.test_plan" name="test_b"><failure/></testcase><testcase classname="tests.cases.test_plan" name="test_c"/>'
        "</testsuite></testsuites>"
    )

    def ran(words, _environ=None, _seconds=None):
        asked.extend(words)
        (tmp_path / "sqlite-again.xml").write_text('<testsuites><testsuite tests="1" failures="0" errors="0" skipped="0"/></testsuites>')
        return 0

    monkeypatch.setattr(check, "OUTPUT", tmp_path)
    monkeypatch.setattr(check, "run", ran)
    total = check.read(first)
    check.try_again("sqlite", first, total)
    assert asked[asked.index("browser or served") - 1] == "-m"
    assert asked[-2:] == ["tests/desk/test_day.py::test_a[x]", "tests/cases/test_plan.py::test_b"]
    assert (total.passed, total.failed, total.again) == (8, 1, 1)
    assert "ONLY AT THE SECOND TRY" in total.lines[-1]


def test_a_run_that_somebody_killed_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(check, "OUTPUT", tmp_path)
    monkeypatch.setattr(check, "run", lambda *_words: -9)
    total = check.suite("sqlite", [])
    assert total.failed == 1
    assert any("SIGKILL" in line for line in total.lines)
