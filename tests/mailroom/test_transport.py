"""One conversation with a mail server: what it comes to in every mood, and that nobody but the one address is named."""

import pytest

from tests.mailroom.servers import Box, mail_server, raw_server
from tracker.mailroom.transport import Server, Stopped, hand_over
from tracker.mailroom.words import Outcome

MAIL = b"From: desk@example.org\r\nTo: denise@example.org\r\nMessage-ID: <1@example.org>\r\nSubject: x\r\n\r\nOne line.\r\n.A dot\r\n"
QUICK = {"step": 0.4, "whole": 2.0}


def send(url, to="denise@example.org", about_to_end=lambda: None, **limits):
    return hand_over(MAIL, "desk@example.org", to, Server.of(url, **(limits or QUICK)), about_to_end)


@pytest.mark.parametrize(
    ("mood", "outcome", "code", "kept"),
    [
        ("good", Outcome.ACCEPTED, 250, 1),
        ("greylist", Outcome.LATER, 451, 0),
        ("busy", Outcome.LATER, 421, 0),
        ("nobody", Outcome.NEVER, 550, 0),
        ("full", Outcome.LATER, 452, 0),
        ("too_large", Outcome.NEVER, 552, 0),
        ("drop", Outcome.LATER, None, 0),
        ("hang", Outcome.LATER, None, 0),
        ("lost", Outcome.UNKNOWN, None, 0),
        ("kept_and_dropped", Outcome.UNKNOWN, None, 1),
        ("kept_and_silent", Outcome.UNKNOWN, None, 1),
        ("kept_and_lies", Outcome.UNKNOWN, None, 1),
    ],
)
def test_each_mood_comes_to_what_is_known_and_no_more(mood, outcome, code, kept):
    box = Box(mood)
    with mail_server(box) as url:
        tried = send(url)

    assert (tried.outcome, tried.code, len(box.kept)) == (outcome, code, kept)
    assert all(to == ["denise@example.org"] for to in box.recipients)


def test_a_line_that_begins_with_a_dot_arrives_as_it_was():
    box = Box()
    with mail_server(box) as url:
        send(url)
    assert box.kept[0].get_content() == "One line.\r\n.A dot\r\n"


def test_a_server_that_drips_runs_into_the_limit_of_the_whole():
    with raw_server([(0, b"220 " + b"x" * 400)], every=0.1) as url:
        tried = send(url, step=0.5, whole=1.0)
    assert tried.outcome is Outcome.LATER


@pytest.mark.parametrize("greeting", [b"hello there\r\n", b"\xff\xfe\x00\r\n", b"220", b"554 5.7.1 not you\r\n"])
def test_a_greeting_that_is_none_sends_nothing(greeting):
    with raw_server([(0, greeting)]) as url:
        tried = send(url)
    assert tried.outcome is (Outcome.NEVER if greeting.startswith(b"554") else Outcome.LATER)


def test_no_server_at_all_is_later():
    with mail_server(Box()) as url:
        pass
    assert send(url).outcome is Outcome.LATER


@pytest.mark.parametrize(
    "address",
    ["", "denise", "a@example.org, b@example.org",
      "a@example.org;b@example.org", "<a@example.org>", "a@example.org\r\nBcc: b@example.org", "a@b@example.org", "ä@example.org"],
)
def test_what_is_not_one_address_is_never_named_to_a_server(address):
    box = Box()
    with mail_server(box) as url:
        tried = send(url, to=address)
    assert (tried.outcome, box.tries) == (Outcome.NEVER, 0)


def test_stopped_before_the_last_bytes_nothing_is_kept():
    def stop():
        raise Stopped

    box = Box()
    with mail_server(box) as url:
        tried = send(url, about_to_end=stop)
    assert (tried.outcome, box.kept) == (Outcome.LATER, [])


def test_another_machine_without_an_encrypted_line_gets_nothing():
    box = Box()
    with mail_server(box, "127.0.0.2") as url:  # not one of the names that stand for this machine
        tried = send(url)
    assert "encrypted" in tried.words
    assert (tried.outcome, box.kept) == (Outcome.LATER, [])
