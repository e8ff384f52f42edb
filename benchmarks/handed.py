"""`make bench-packets`: how many packets are set and kept in a second, and how soon the holders of an edition are listed among 100,000 packets.

Every packet is another one: other materials, another line. Figures stand beside a floor measured in the same run.
"""

import argparse
import multiprocessing
import os
import secrets
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

from sqlalchemy import insert, text, update

from benchmarks.outbox import Outbox
from benchmarks.run import database, verdict
from tests.cast import ROLES
from tools.postgres import Server
from tracker import clock
from tracker.db import db
from tracker.library import queries as library
from tracker.library.markdown import blocks
from tracker.packets import content, holding, typeset
from tracker.packets.models import Packet, PacketItem
from tracker.packets.words import DeliveryChannel
from tracker.staff import queries as staff
from tracker.staff.actions import as_staff
from tracker.templating import CRISIS_FOOT

PACKETS, PAGES, HELD, ROUNDS = 400, 6, 100_000, 60
PAGE_MS, A_SECOND, LIST_MS = 40, 40, 200
PROCESSES = os.cpu_count() or 1


def main(arguments: list[str]) -> int:
    """Measure, print, and end with 0 unless something broke."""
    asked = argparse.ArgumentParser(prog="make bench-packets")
    asked.add_argument("--packets", type=int, default=PACKETS)
    asked.add_argument("--held", type=int, default=HELD)
    wanted = asked.parse_args(arguments)
    os.umask(0o077)
    folder = Path(tempfile.mkdtemp(prefix="waypoint-packets-"))
    try:
        with ExitStack() as stack:
            server = stack.enter_context(Server())
            for kind in ("sqlite", "postgresql"):
                place = folder / kind
                outbox = Outbox(f"sqlite:///{place / 'waypoint.db'}" if kind == "sqlite" else database(server, "handed"), place)
                if kind == "sqlite":
                    tell_rate(outbox, wanted.packets, place / "set")
                tell_list(kind, outbox, wanted.held)
                outbox.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def tell_rate(outbox: Outbox, count: int, place: Path) -> None:
    """Set so many packets of about six pages, each with other words: in one process, then in all at once, each kept under its hash."""
    with outbox.app.app_context():
        items = [
            typeset.PacketItem(one.title, one.number, one.sha256, one.published_at.date(), one.source, one.licence, blocks(one.body))
            for one in library.shelf("en")
        ]
        db.session.remove()
    six = [pair for pair in combinations(items, 2) if typeset.count_pages(typeset.typeset(_another(pair, 0))) == PAGES]
    wanted = [_another(six[number % len(six)], number) for number in range(count)]
    empty = replace(wanted[0], items=[replace(items[0], blocks=[])], line=None)
    for one in wanted[:10]:
        typeset.typeset(one)
    took, floor, pages = [], [], []
    for number, one in enumerate(wanted[10:110]):
        began = time.perf_counter()
        made = typeset.typeset(one)
        took.append((time.perf_counter() - began) * 1000)
        pages.append(typeset.count_pages(made))
        began = time.perf_counter()
        typeset.typeset(replace(empty, title=f"Title {number}"))
        floor.append((time.perf_counter() - began) * 1000)
    p50, p95 = statistics.median(took), statistics.quantiles(took, n=20)[18]
    print(verdict(p95 <= PAGE_MS), f"a packet of {PAGES} pages ({min(pages)} to {max(pages)}), each another: p50 {p50:.0f} ms, p95 {p95:.0f} ms "
          f"(at most {PAGE_MS}); {p50 / statistics.median(floor):.1f} × a packet without a text ({statistics.median(floor):.0f} ms)", flush=True)  # fmt: skip
    place.mkdir()
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn")) as pool:  # forked, a typesetter's threads would be missing
        list(pool.map(_set, [(place, wanted[:10])] * PROCESSES))  # the processes have come up
        began = time.perf_counter()
        list(pool.map(_set, [(place, wanted[start : start + 10]) for start in range(0, count, 10)]))
        rate = count / (time.perf_counter() - began)
    print(verdict(rate >= A_SECOND), f"{rate:.0f} packets a second set and kept in {PROCESSES} processes (at least {A_SECOND})", flush=True)


def tell_list(kind: str, outbox: Outbox, count: int) -> None:
    """List who holds an edition that so many packets hold."""
    with outbox.app.app_context():
        edition = holding.edition_of(outbox.edition)
        assert edition is not None
        ids = {name: staff.by_username(name) for name in ROLES}
        _hand_out(outbox, edition.id, ids["maya"].id, count)
        ruth, took, first, plain = as_staff(ids["ruth"]), [], [], []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            found, more = holding.holders(ruth, edition)
            took.append((time.perf_counter() - began) * 1000)
            first.append(len(found))
            began = time.perf_counter()
            db.session.execute(text("SELECT id FROM packets ORDER BY id DESC LIMIT 26")).all()
            plain.append((time.perf_counter() - began) * 1000)
            assert more
            db.session.rollback()
        db.session.remove()
    p50, p95 = statistics.median(took), statistics.quantiles(took, n=20)[18]
    print(verdict(p95 <= LIST_MS), f"{kind}: the first {first[0]} of {count:,} packets with an edition, and how each may be reached: p50 {p50:.0f} ms, "
          f"p95 {p95:.0f} ms (at most {LIST_MS}); {p50 / statistics.median(plain):.0f} × the last 26 rows alone", flush=True)  # fmt: skip


def _another(chosen: Sequence[typeset.PacketItem], number: int) -> typeset.PacketContent:
    return typeset.PacketContent(
        title=content.NEUTRAL_TITLE, organisation="Family Line", date=datetime.now(UTC), items=list(chosen),
        crisis=CRISIS_FOOT, not_clinical=content.NOT_CLINICAL["en"], line=f"For you, as we said. Number {number}, {secrets.token_hex(4)}.", sender="Maya",
    )  # fmt: skip


def _set(job: tuple[Path, list[typeset.PacketContent]]) -> None:
    place, wanted = job
    for one in wanted:
        (place / secrets.token_hex(16)).write_bytes(typeset.typeset(one))


def _hand_out(outbox: Outbox, edition: int, maya: int, count: int) -> None:
    moment = clock.now()
    persons = dict(db.session.execute(text("SELECT id, main_contact_id FROM cases")).all())
    common = {
        "title": content.NEUTRAL_TITLE, "line": "", "name_on_cover": False, "large_print": False, "with_qr": False, "language": "en-US", "built_at": moment,
        "built_by_id": maya, "pdf_sha256": "0" * 64, "page_count": 6, "version": 1,
    }  # fmt: skip
    sealed = update(Packet).values(sealed_at=moment, sealed_by_id=maya, channel=DeliveryChannel.PRINT_IN_PERSON)
    for start in range(1, count + 1, 10_000):
        keys = range(start, min(start + 10_000, count + 1))
        rows = [{**common, "id": key, "case_id": outbox.cases[key % len(outbox.cases)]} for key in keys]
        db.session.execute(insert(Packet), [{**row, "receiver_id": persons[row["case_id"]]} for row in rows])
        db.session.execute(insert(PacketItem), [{"packet_id": key, "edition_id": edition, "position": 0} for key in keys])
        db.session.execute(sealed.where(Packet.id.between(keys[0], keys[-1])), execution_options={"synchronize_session": False})
        db.session.commit()
    db.session.execute(text("ANALYZE"))
    db.session.commit()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
