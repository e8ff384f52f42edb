"""Real mail servers in the test's own process, in good and in bad moods."""

import asyncio
import contextlib
import socket
import threading
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


@dataclass
class Box:
    """What a server kept, and how it behaves: `moods` is used up one conversation at a time, then `mood` holds."""

    mood: str = "good"
    moods: list[str] = field(default_factory=list)
    kept: list[Any] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    tries: int = 0

    def now(self) -> str:
        return self.moods[0] if self.moods else self.mood

    def used(self) -> None:
        if self.moods:
            self.moods.pop(0)

    @property
    def ids(self) -> Counter[str]:
        """How often each message lies there, by Message-ID."""
        return Counter(message["Message-ID"] for message in self.kept)


class Moody:
    """What a conversation meets. A mood is named by what the server does."""

    def __init__(self, box: Box) -> None:
        self.box = box

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        self.box.tries += 1
        envelope.mail_from = address
        if self.box.now() == "busy":
            self.box.used()
            return "421 4.3.2 come back later"
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        match self.box.now():
            case "greylist":
                self.box.used()
                return "451 4.7.1 greylisted, try again"
            case "nobody":
                self.box.used()
                return "550 5.1.1 no such user"
            case "hang":
                self.box.used()
                await asyncio.sleep(30)
            case "drop":
                self.box.used()
                server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        mood = self.box.now()
        self.box.used()
        if mood == "full":
            return "452 4.2.2 mailbox full"
        if mood == "too_large":
            return "552 5.3.4 too large"
        if mood == "lost":  # the line drops and nothing was kept
            server.transport.abort()
            return "250 OK"
        self.box.kept.append(message_from_bytes(envelope.content, policy=policy.default))
        self.box.recipients.append(list(envelope.rcpt_tos))
        if mood == "kept_and_dropped":
            server.transport.abort()
        if mood == "kept_and_silent":
            await asyncio.sleep(30)
        if mood == "kept_and_lies":
            return "what? 250 or so"
        return "250 2.0.0 kept as 4711"


@contextlib.contextmanager
def mail_server(box: Box, host: str = "127.0.0.1", port: int = 0):
    """A server of this machine.

    Args:
        host: under which of this machine's addresses it listens.
        port: on which port; a free one when left out.

    Yields:
        its address for WAYPOINT_SMTP_URL.
    """
    with socket.socket() as free:
        free.bind((host, 0))
        port = port or free.getsockname()[1]
    controller = Controller(Moody(box), hostname=host, port=port, server_hostname="mail.example.org")
    controller.start()
    try:
        yield f"smtp://{host}:{port}"
    finally:
        controller.stop()


@contextlib.contextmanager
def raw_server(answers: list[tuple[float, bytes]], every: float = 0.0):
    """A server that says fixed things: for each line of the client the next answer, each byte after a pause (it drips).

    Args:
        answers: (seconds to wait, bytes to say); the first one is the greeting.
        every: seconds between two bytes.
    """
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    port = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            for wait, words in answers:
                await asyncio.sleep(wait)
                for byte in words if every else [None]:
                    writer.write(bytes([byte]) if byte is not None else words)
                    await writer.drain()
                    await asyncio.sleep(every)
                if not await reader.readline():
                    break
            writer.close()

    async def main() -> None:
        nonlocal port
        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        ready.set()
        await asyncio.Event().wait()

    def run() -> None:
        asyncio.set_event_loop(loop)
        with contextlib.suppress(RuntimeError, asyncio.CancelledError):
            loop.run_until_complete(main())

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait(5)
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(2)
