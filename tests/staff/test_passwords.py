"""Passwords: long, unguessable, and kept as Argon2id."""

import pytest

from tracker.moves import Refused
from tracker.staff import passwords


@pytest.mark.parametrize(
    "bad",
    [
        *("short", "a" * 14, "x" * 129, "aaaaaaaaaaaaaaaaaaaa", "passwordpassword1", "123456789012345"),
        *("Maya Whitfield Maya", "familylinefamilyline", "qwertyuiopasdfgh"),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused(app, bad):
    with app.app_context(), pytest.raises(Refused):
        passwords.check(bad, "Maya Whitfield", "maya", "Family Line")


@pytest.mark.parametrize(
    "good",
    ["four quiet herons wade", "vgk2m-9trxp-wq4na-z8hsd", "ñandú camina bajo la lluvia fría", "七つの海を渡る古い小さな船とカモメ"],
)
def test_any_characters_are_taken(app, good):
    with app.app_context():
        passwords.check(good, "Maya Whitfield", "maya", "Family Line")


def test_the_figures_are_those_of_the_standard():
    """OWASP ASVS 5.0 appendix C: Argon2id, 19,456 KiB, two passes, one lane."""
    assert passwords._hasher.hash("x").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_hash_with_weaker_figures_is_outdated(app):
    with app.app_context():
        app.config["TESTING"] = False
        try:
            assert passwords.outdated(passwords._cheap.hash("x")) and not passwords.outdated(passwords._hasher.hash("x"))
        finally:
            app.config["TESTING"] = True


def test_nobody_is_verified_without_a_hash(app):
    with app.app_context():
        assert not passwords.verify(None, "no such member of staff")
        assert passwords.verify(passwords.hash_password("right"), "right")
        assert not passwords.verify("not a hash", "right")
