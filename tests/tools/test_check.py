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
