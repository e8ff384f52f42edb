"""The keys that `make run` makes once and keeps."""

import stat

from tools import keys


def settings(tmp_path):
    return {"WAYPOINT_DATA_DIR": str(tmp_path / "var")}


def test_they_are_made_once_long_enough_and_only_for_their_owner(tmp_path):
    first = settings(tmp_path)
    path = keys.make(first)
    assert {len(first[name]) for name in keys.NAMES} == {64}
    assert first["SECRET_KEY"] != first["WAYPOINT_AUDIT_KEY"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_second_start_finds_the_same(tmp_path):
    first, second = settings(tmp_path), settings(tmp_path)
    keys.make(first)
    keys.make(second)
    assert [first[name] for name in keys.NAMES] == [second[name] for name in keys.NAMES]


def test_keys_that_the_environment_gives_win_and_are_not_written_down(tmp_path):
    given = settings(tmp_path) | {"SECRET_KEY": "a" * 40}
    path = keys.make(given)
    assert given["SECRET_KEY"] == "a" * 40
    assert "SECRET_KEY=" not in path.read_text()
    assert "WAYPOINT_AUDIT_KEY=" in path.read_text()


def test_nothing_is_made_where_only_loading_was_asked_for(tmp_path):
    environ = settings(tmp_path)
    keys.load(environ)
    assert "SECRET_KEY" not in environ
    assert not (tmp_path / "var").exists()
