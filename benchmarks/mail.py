"""`make bench-mail`: long runs of the mail room against a real mail server. Wrong counts end with 1; speed is only told.

    letters   so many packets, queued by the real actions, sent by a real `flask deliver` process
    moods     so many letters in each bad mood of the server; later rounds travel in time
    kills     a real worker killed again and again while it sends

`--letters N`, `--each N`, `--kills N` make it shorter or longer; `--sqlite` and `--postgresql` take one database alone.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

from benchmarks.outbox import Outbox
from benchmarks.run import database, verdict
from benchmarks.serving import ROOT
from tests.mailroom.servers import Box, mail_server
from tools.postgres import Server
from tracker import clock
from tracker.mailroom import transport
from tracker.mailroom.words import LetterState

MOODS = ("busy", "greylist", "hang", "drop", "full", "lost", "nobody", "too_large", "kept_and_dropped", "kept_and_silent", "kept_and_lies")
FOR_GOOD = ("nobody", "too_large")
AMBIGUOUS = ("lost", "kept_and_dropped", "kept_and_silent", "kept_and_lies")
THREADS = 8
LATER = [timedelta(minutes=minutes) for minutes in (2, 10, 30, 100, 200, 300, 400, 600, 800, 1000, 1200, 1400, 1600)]


def main(arguments: list[str]) -> int:
    """Run what was asked for on each database; 1 when a count was wrong."""
    asked = argparse.ArgumentParser(prog="make bench-mail")
    asked.add_argument("--letters", type=int, default=1_000)
    asked.add_argument("--each", type=int, default=2_000)
    asked.add_argument("--kills", type=int, default=100)
    asked.add_argument("--sqlite", action="store_true")
    asked.add_argument("--postgresql", action="store_true")
    wanted = asked.parse_args(arguments)
    kinds = [kind for kind in ("sqlite", "postgresql") if getattr(wanted, kind)] or ["sqlite", "postgresql"]
    os.umask(0o077)
    folder, wrong = Path(tempfile.mkdtemp(prefix="waypoint-mail-")), 0
    try:
        with ExitStack() as stack:
            server = stack.enter_context(Server()) if "postgresql" in kinds else None
            for kind in kinds:
                print(f"\n{kind}", flush=True)
                for name, run, count in (("letters", letters, wanted.letters), ("moods", moods, wanted.each), ("kills", kills, wanted.kills)):
                    if count:
                        place = folder / f"{kind}-{name}"
                        url = database(server, f"mail_{name}") if server and kind == "postgresql" else f"sqlite:///{place / 'waypoint.db'}"
                        outbox = Outbox(url, place)
                        wrong += run(outbox, count)
                        outbox.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if wrong else 0


def letters(outbox: Outbox, count: int) -> int:
    """So many packets, sent by a worker process with four threads to a server in a good mood."""
    box = Box()
    with mail_server(box) as url:
        began = time.monotonic()
        outbox.wake(outbox.queue(url, count))
        queued = time.monotonic() - began
        with worker(outbox, url):
            began = time.monotonic()
            wait_for(outbox, 60 + count / 5)
            took = time.monotonic() - began
    states, copies = outbox.states(), box.ids
    good = states == {LetterState.ACCEPTED: count} and len(copies) == count and set(copies.values()) == {1}
    words = f"{count:,} packets queued in {queued:.0f} s, sent in {took:.0f} s ({count / took:.0f} a second): "
    print(verdict(good), words + told(states, copies), flush=True)
    return not good


def moods(outbox: Outbox, each: int) -> int:
    """So many letters in each bad mood: the first try of each meets it, later ones a server in a good mood."""
    patient, wrong = transport.Server.of, 0
    transport.Server.of = lambda url, **_more: patient(url, step=1.0, whole=4.0)  # type: ignore[method-assign]
    for mood in MOODS:
        box = Box(mood=mood)
        with mail_server(box) as url:
            keys = outbox.queue(url, each)
            began = time.monotonic()
            _round(outbox, keys, timedelta())
            box.mood = "good"
            rounds = 1
            for later in LATER:
                left = outbox.unfinished(keys)
                if not left:
                    break
                _round(outbox, left, later)
                rounds += 1
        states, copies = outbox.states(keys), box.ids
        most = 2 if mood in AMBIGUOUS else 1
        if mood in FOR_GOOD:
            # One whose first try was not even heard in time is tried again, and meets the good mood.
            good = states.get(LetterState.FAILED, 0) + len(copies) == each and len(copies) == states.get(LetterState.ACCEPTED, 0) <= each / 20
        else:
            arrived = states.get(LetterState.ACCEPTED, 0) + (states.get(LetterState.UNKNOWN, 0) if mood in AMBIGUOUS else 0)
            there = states.get(LetterState.ACCEPTED, 0) <= len(copies) <= each  # an unknown one may be there, and the desk is told so
            good = arrived == each and there and max(copies.values()) <= most
        wrong += not good
        seconds = time.monotonic() - began
        print(verdict(good), f"{mood}: {each:,} letters, {rounds} rounds, {seconds:.0f} s: {told(states, copies)}", flush=True)
    transport.Server.of = patient  # type: ignore[method-assign]
    return wrong


def kills(outbox: Outbox, count: int) -> int:
    """A worker process killed so often at a random instant while it sends; then a last one, once the leases are over."""
    box, chance = Box(), random.Random(7)
    with mail_server(box) as url:
        sent = count * 10
        outbox.queue(url, sent)
        done = 0
        for _ in range(count):
            with worker(outbox, url, wait=False) as process:
                begun, before = time.monotonic(), box.tries
                while box.tries == before and time.monotonic() - begun < 20:
                    time.sleep(0.01)  # it has come up and begun to send
                time.sleep(chance.uniform(0, 0.15))
                done += process.poll() is None
                process.kill()
        stuck = outbox.states().get(LetterState.SENDING, 0)
        ambiguous = outbox.age_leases()  # a quarter of an hour passes: leases are over, and what was left lying is found
        keys = outbox.sweep()
        for later in (timedelta(), *LATER[:4]):
            _round(outbox, outbox.unfinished() or keys, later)
            outbox.sweep()
    states, copies = outbox.states(), box.ids
    arrived = states.get(LetterState.ACCEPTED, 0) + states.get(LetterState.UNKNOWN, 0)
    twice = sum(copy > 1 for copy in copies.values())
    good = arrived == sent == len(copies) and max(copies.values()) <= 2 and twice <= ambiguous and outbox.journal_holds() and done == count
    print(verdict(good), f"{done} kills over {sent:,} letters; {stuck} lay in a dead worker's hands, {ambiguous} of them at their last bytes: "
          f"{told(states, copies)}; the journal holds: {outbox.journal_holds()}", flush=True)  # fmt: skip
    return not good


def told(states: dict[LetterState, int], copies: Counter[str]) -> str:
    """What became of letters, and how many lie twice in the mailbox, in words."""
    names = ", ".join(f"{count:,} {state.value}" for state, count in states.items())
    twice, more = sum(copy == 2 for copy in copies.values()), sum(copy > 2 for copy in copies.values())
    return f"{names}; in the mailbox {len(copies):,}, {twice:,} twice, {more:,} more often"


@contextmanager
def worker(outbox: Outbox, url: str, *, wait: bool = True) -> Iterator[subprocess.Popen]:
    """A real `flask deliver` on the outbox's database, as long as the block lasts."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("WAYPOINT_")} | outbox.environ
    environ |= {"WAYPOINT_SMTP_URL": url, "WAYPOINT_MAIL_FROM": "desk@example.org"}
    with (outbox.folder / "worker.log").open("ab") as log:
        process = subprocess.Popen([sys.executable, "-m", "flask", "deliver", "--workers", "4"], cwd=ROOT, env=environ, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT if wait else signal.SIGKILL)
        process.wait(30)


def wait_for(outbox: Outbox, seconds: float) -> None:
    """Until nothing waits any more, or the time is over."""
    until = time.monotonic() + seconds
    while outbox.unfinished() and time.monotonic() < until:
        time.sleep(0.2)


def _round(outbox: Outbox, keys: list[int], later: timedelta) -> None:
    moment = clock.now() + later
    outbox.sweep(moment)
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda key: outbox.deliver(key, moment), keys))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
