"""Settings: what is not understood is a sentence and exit code 2, never a default."""

import os
import subprocess
import sys

import pytest

from config import HERE, Config, SettingRefused
from tests.program import KEYS

GOOD = {**KEYS, "WAYPOINT_BASE_URL": "https://line.example.org"}


def refusal(**changes: str) -> str:
    with pytest.raises(SettingRefused) as refused:
        Config.from_environment({**GOOD, **changes}).check()
    return str(refused.value)


def test_good_settings_are_taken():
    config = Config.from_environment({**GOOD, "PORT": "9000", "WAYPOINT_TIME_ZONE": "America/Denver"})
    config.check()
    assert (config.port, config.zone, config.phone_region) == (9000, "America/Denver", "US")
    assert config.flask()["SESSION_COOKIE_NAME"] == "__Host-waypoint" and config.flask()["SESSION_COOKIE_SECURE"]


def test_the_organisation_stands_in_new_york_until_it_says_otherwise():
    assert Config.from_environment({}).zone == "America/New_York"


def test_only_the_machine_itself_may_do_without_https():
    demonstration = Config.from_environment({**KEYS, "WAYPOINT_BASE_URL": "http://localhost:8000"})
    demonstration.check()
    assert demonstration.loopback and demonstration.flask()["SESSION_COOKIE_NAME"] == "waypoint"
    assert set(demonstration.flask()["TRUSTED_HOSTS"]) == {"127.0.0.1", "localhost"}


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"WAYPOINT_QUIET_DAY": "3"}, "WAYPOINT_QUIET_DAY is not a setting"),
        ({"WAYPOINT_QUIET_DAYS": "many"}, "WAYPOINT_QUIET_DAYS cannot be read"),
        ({"WAYPOINT_QUIET_DAYS": "-1"}, "WAYPOINT_QUIET_DAYS cannot be read"),
        ({"WAYPOINT_TIME_ZONE": "EST5"}, "WAYPOINT_TIME_ZONE cannot be read"),
        ({"WAYPOINT_PHONE_REGION": "USA"}, "WAYPOINT_PHONE_REGION cannot be read"),
        ({"PORT": "eight"}, "PORT cannot be read"),
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "changeme"}, "SECRET_KEY is too short"),
        ({"SECRET_KEY": "a" * 40}, "SECRET_KEY is too short or a known sample"),
        ({"WAYPOINT_AUDIT_KEY": ""}, "WAYPOINT_AUDIT_KEY is missing"),
        ({"WAYPOINT_AUDIT_KEY": KEYS["SECRET_KEY"]}, "are the same"),
        ({"WAYPOINT_BASE_URL": "http://line.example.org"}, "must begin with https"),
        ({"WAYPOINT_BASE_URL": "http://127.0.0.1.example.org"}, "must begin with https"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(changes, word):
    assert word in refusal(**changes)


@pytest.mark.parametrize("changes", [{"WAYPOINT_NONSENSE": "1"}, {"SECRET_KEY": "short"}, {"FLASK_DEBUG": "1"}, {"WAYPOINT_BASE_URL": "http://line.example.org"}])
def test_the_server_does_not_start_and_exits_with_2(changes, tmp_path):
    environ = {**os.environ, **GOOD, "WAYPOINT_DATA_DIR": str(tmp_path), "PYTHONPATH": str(HERE), **changes}
    ended = subprocess.run([sys.executable, "-c", "import tracker; tracker.serve()"], env=environ, capture_output=True, text=True, cwd=HERE, check=False)
    assert ended.returncode == 2
    assert ended.stderr.startswith("Waypoint does not start: ") and ended.stderr.count("\n") == 1
    assert "Traceback" not in ended.stderr
