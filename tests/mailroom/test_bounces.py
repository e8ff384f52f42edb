"""Reading what came back: delivery status notifications (RFC 3464), and what is none."""

import mailbox

import pytest

from tracker.mailroom.bounces import reports, taken_from

OURS = "<0b5a2a86-0000-4000-8000-000000000001@links.example.org>"


def dsn(message_id=OURS, action="failed", recipient="denise@example.org", status="5.1.1", headers_only=False, diagnostic="smtp; 550 no such user"):
    quoted = f"Message-ID: {message_id}\nTo: {recipient}\nSubject: The information you asked for\n"
    third = f"Content-Type: text/rfc822-headers\n\n{quoted}\n" if headers_only else f"Content-Type: message/rfc822\n\n{quoted}\nHello\n"
    return (
        "From: MAILER-DAEMON@example.org\nTo: desk@example.org\nSubject: Undelivered\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nSorry.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n"
        f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: {diagnostic}\n\n"
        f"--b\n{third}\n--b--\n"
    ).encode()


@pytest.mark.parametrize("headers_only", [False, True])
def test_a_failed_delivery_names_the_letter_the_address_and_why(headers_only):
    (found,) = reports(dsn(headers_only=headers_only))
    assert (found.message_id, found.recipient, found.action, found.status) == (OURS, "denise@example.org", "failed", "5.1.1")
    assert "no such user" in found.words


NO_ID = dsn().replace(b"Message-ID", b"X-Other")


@pytest.mark.parametrize("raw", [b"", b"From: a@example.org\n\nI am on holiday\n", b"\x00\xff\xfe", NO_ID, b"x" * 3_000_000, dsn()[:400]])
def test_what_is_no_report_says_nothing(raw):
    assert reports(raw) == []


def test_what_a_report_says_cannot_break_a_line():
    (found,) = reports(dsn(diagnostic="smtp; 550 no\x1b[31m such"))
    assert found.words.isprintable()


@pytest.mark.parametrize("kind", [mailbox.mbox, mailbox.Maildir])
def test_only_what_was_used_is_taken_out_of_the_mailbox(tmp_path, kind):
    place = tmp_path / "box"
    box = kind(place, create=True)
    for raw in (dsn(), b"From: a@example.org\nSubject: hello\n\nkeep me\n"):
        box.add(raw)
    box.flush()
    box.close()

    with taken_from(place) as messages:
        for raw, done in messages:
            if reports(raw):
                done.append("read")

    left = kind(place, create=False)
    assert [message["Subject"] for message in left] == ["hello"]
