"""What `make` says, and what `make run` refuses."""

import os
import re
import socket
import subprocess
import sys

import pytest

from tests.serving import ROOT, free_port


def run(words, **environ):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WAYPOINT_", "MAKE", "PORT"))}
    return subprocess.run(words, cwd=ROOT, env={**kept, **environ}, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)


def test_make_alone_lists_every_target_with_one_line_each():
    said = run(["make"]).stdout
    targets = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE).group(1).split()
    assert {"run", "test", "bench"} <= set(targets)
    for target in targets:
        assert len(re.findall(rf"^\s+make {target}\s+\S.*$", said, re.MULTILINE)) == 1, target


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("WAYPOINT_IDLE_MINUTE", "5", "not a setting"),
        ("WAYPOINT_TIME_ZONE", "Mars/Olympus", "cannot be read"),
        ("PORT", "eighty", "cannot be read"),
        ("WAYPOINT_BASE_URL", "http://example.org", "https"),
        ("SECRET_KEY", "changeme", "SECRET_KEY"),
    ],
)
def test_a_bad_setting_is_one_sentence_and_exit_code_2(tmp_path, setting, value, words):
    done = run([sys.executable, "-m", "tools.start"], WAYPOINT_DATA_DIR=str(tmp_path / "var"), **{setting: value})
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_port_in_use_is_one_sentence_and_exit_code_2(tmp_path):
    port = free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        done = run([sys.executable, "-m", "tools.start"], WAYPOINT_DATA_DIR=str(tmp_path / "var"), PORT=str(port))
    assert done.returncode == 2
    assert f"Port {port} is in use" in done.stderr
    assert not (tmp_path / "var" / "waypoint.db").exists()


def test_the_check_of_a_machine_runs_make_test_without_a_keyboard():
    script = (ROOT / ".ci" / "run").read_text()
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert "make test </dev/null" in script
