"""One conversation with a mail server, step by step, so that it is always known how far it came (trust 1.1 rule 8, 1.7)."""

import smtplib
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from tracker.mailroom.words import Outcome

STEP = 60  # seconds that one answer may take
WHOLE = 150  # seconds for the whole conversation; a letter's lease is longer
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed over. Towards another machine the line is always encrypted, and its certificate checked."""

    host: str
    port: int
    encrypted: bool = False
    user: str = ""
    password: str = ""
    step: float = STEP
    whole: float = WHOLE

    @classmethod
    def of(cls, url: str, **more: Any) -> "Server":
        """The server of a setting: smtp:// (STARTTLS, but on this machine) or smtps://."""
        parts = urlsplit(url)
        encrypted = parts.scheme == "smtps"
        port = parts.port or (465 if encrypted else 587)
        return cls(parts.hostname or "", port, encrypted, unquote(parts.username or ""), unquote(parts.password or ""), **more)


class Stopped(Exception):
    """Somebody stopped the letter before its last bytes went out."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What a try came to, the server's last answer, and whether the message may lie there already."""

    outcome: Outcome
    code: int | None
    words: str


def hand_over(message: bytes, sender: str, to: str, server: Server, about_to_end: Callable[[], None] = lambda: None) -> Tried:
    """Hand one message to a mail server for exactly one address.

    Args:
        message: the whole message with CRLF lines.
        sender: the envelope's sender, to which it may come back.
        to: the one address; nobody else is ever named.
        about_to_end: called right before the last bytes go out: from then on the message may have arrived. It may raise
            Stopped; then the line is cut, and an unfinished message is nobody's (RFC 5321, 4.1.1.4).
    Returns:
        accepted; later (4xx, or not reached); never (5xx); or unknown, when the line dropped after the message was complete.
    """
    if not (to + sender).isascii() or "\r" in to + sender or "\n" in to + sender or to.count("@") != 1 or any(sign in to for sign in " ,;<>\0"):
        return Tried(Outcome.NEVER, None, "This is not one address.")
    talk = _Talk(server)
    try:
        return talk.through(message, sender, to, about_to_end)
    except Stopped:
        return Tried(Outcome.LATER, None, "Stopped before it was handed over.")
    except (smtplib.SMTPException, OSError, ValueError) as cause:
        if talk.ended:
            return Tried(Outcome.UNKNOWN, None, "The line dropped after the message was handed over.")
        if isinstance(cause, smtplib.SMTPResponseException):
            return talk.answered(cause.smtp_code, cause.smtp_error)
        return Tried(Outcome.LATER, None, f"The mail server did not answer ({type(cause).__name__}).")
    finally:
        talk.close()


class _Talk:
    def __init__(self, server: Server) -> None:
        self.server = server
        self.ended = self.inside = False
        self.smtp: smtplib.SMTP | None = None
        # A server that sends one byte now and then never runs into the limit of a step: the whole has one, too.
        self.guard = threading.Timer(server.whole, self.cut)
        self.guard.daemon = True

    def cut(self) -> None:
        sock = self.smtp.sock if self.smtp else None
        if sock is not None:
            try:
                sock.shutdown(2)
            except OSError:
                pass

    def through(self, message: bytes, sender: str, to: str, about_to_end: Callable[[], None]) -> Tried:
        server, safe = self.server, ssl.create_default_context()
        self.smtp = smtplib.SMTP_SSL(timeout=server.step, context=safe) if server.encrypted else smtplib.SMTP(timeout=server.step)
        smtp = self.smtp
        smtp._host = server.host  # type: ignore[attr-defined]  # the name that the certificate must bear
        self.guard.start()
        self._must(smtp.connect(server.host, server.port), 220)
        smtp.ehlo_or_helo_if_needed()
        if not server.encrypted and server.host not in LOOPBACK:
            if not smtp.has_extn("starttls"):
                return Tried(Outcome.LATER, None, "The mail server offers no encrypted line. Nothing was sent.")
            smtp.starttls(context=safe)
            smtp.ehlo_or_helo_if_needed()
        if server.user:
            smtp.login(server.user, server.password)
        self._must(smtp.mail(sender), 250)
        self._must(smtp.rcpt(to), 250, 251)
        self._must(smtp.docmd("DATA"), 354)
        self.inside = True
        smtp.send(_dotted(message))
        about_to_end()
        self.ended = True
        smtp.send(b".\r\n")
        code, words = smtp.getreply()
        if code == 250:
            return Tried(Outcome.ACCEPTED, code, _said(words))
        if not 400 <= code < 600:  # an answer that is none: nobody knows whether it was kept
            return Tried(Outcome.UNKNOWN, None, "The mail server gave an answer that is none.")
        return self.answered(code, words)

    def _must(self, answer: tuple[int, bytes], *wanted: int) -> None:
        code, words = answer
        if code not in wanted:
            raise smtplib.SMTPResponseException(code, words)

    def answered(self, code: int, words: Any) -> Tried:
        outcome = Outcome.NEVER if 500 <= code < 600 else Outcome.LATER
        if code in (530, 534, 535, 538):  # our own sign-in was refused: the address is not at fault
            outcome = Outcome.LATER
        return Tried(outcome, code if code > 0 else None, _said(words))

    def close(self) -> None:
        self.guard.cancel()
        if self.smtp is None:
            return
        try:
            if self.smtp.sock is not None and self.inside == self.ended:  # inside a message a QUIT would be a line of it
                self.smtp.sock.settimeout(2)
                self.smtp.quit()
        except (smtplib.SMTPException, OSError, ValueError):
            pass
        finally:
            self.smtp.close()


def _dotted(message: bytes) -> bytes:
    """The message as it goes over the line: CRLF, dots doubled, ending with a line's end (RFC 5321, 4.5.2)."""
    lines = message.replace(b"\r\n", b"\n").replace(b"\r", b"\n").rstrip(b"\n").split(b"\n")
    return b"".join((b"." + line if line.startswith(b".") else line) + b"\r\n" for line in lines)


def _said(words: Any) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return "".join(letter if letter.isprintable() else " " for letter in text)[:280]
