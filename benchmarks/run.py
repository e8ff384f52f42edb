"""`make bench`: pages on 1,000 and on 20,000 cases, on SQLite and on PostgreSQL, each beside a floor measured in the same run.

`--quick` asks less and leaves out the 20,000 cases; `--sqlite` and `--postgresql` take one database alone.
"""

import os
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import psycopg

from benchmarks import packets, weights
from benchmarks.browsing import Client
from benchmarks.inside import Inside
from benchmarks.pages import GROWTH, WHO, Page, alternately, forget_throttles, lengthen, pages
from benchmarks.serving import Filled, resident, served
from tools.postgres import Server

SIZES, ROUNDS = (1_000, 20_000), 200
WORKER_MB = 180


def main(arguments: list[str]) -> int:
    """Measure what was asked for, print it, and end with 0 unless something broke."""
    quick = "--quick" in arguments
    kinds = [kind for kind in ("sqlite", "postgresql") if f"--{kind}" in arguments] or ["sqlite", "postgresql"]
    sizes, rounds = (SIZES[:1], 40) if quick else (SIZES, ROUNDS)
    os.umask(0o077)
    folder = Path(tempfile.mkdtemp(prefix="waypoint-bench-"))
    try:
        with ExitStack() as stack:
            server = stack.enter_context(Server()) if "postgresql" in kinds else None
            for kind in kinds:
                found = {size: on_one(kind, size, folder / f"{kind}-{size}", server, rounds, last=size == sizes[-1]) for size in sizes}
                if len(sizes) > 1:
                    tell_growth(found)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def on_one(kind: str, families: int, folder: Path, server: Server | None, rounds: int, last: bool) -> list[Page]:
    """Fill one database, serve it, and measure its pages; on the last one also weights and memory."""
    url = f"sqlite:///{folder / 'waypoint.db'}" if server is None or kind == "sqlite" else database(server, f"bench_{families}")
    print(f"\n{kind}, {families:,} cases with ten contacts each: filling…", flush=True)
    filled = Filled(url, folder, families)
    print(f"filled in {filled.seconds:.0f} s", flush=True)
    long, others = lengthen(filled)
    inside = Inside(filled)
    with served(filled) as (port, pid), served(filled, "benchmarks.floor:serve()") as (floor_port, _):
        client, floor = Client(port).sign_in(WHO, filled.passwords[WHO]), Client(floor_port)
        found = pages(client, filled, long, others)
        for page, same in zip(found, pages(inside.client, filled, long, others), strict=True):
            page.selects = same.ask().selects
            for number, _ in enumerate(alternately(page, floor, families, rounds)):
                if page.name == "Search" and number % 25 == 0:
                    forget_throttles(filled)
        tell_pages(found)
        if last:
            weights.tell(client, {"Today": "/today", "case": f"/cases/{long}", "case list": "/cases"})
            packets.build_some(client, others[:9])
            heaviest = max(resident(pid))
            print(verdict(heaviest <= WORKER_MB), f"heaviest worker after building packets: {heaviest:.0f} MB (at most {WORKER_MB})")
    if last:
        packets.tell_speed(filled)
    filled.close()
    return found


def database(server: Server, name: str) -> str:
    """A new database of a server, by its address."""
    with psycopg.connect(server.url().replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    return server.url(name)


def tell_pages(found: list[Page]) -> None:
    """The table of one database."""
    print(f"{'':5} {'page':18} {'p50':>7} {'p95':>7} {'floor p50':>10} {'p50/floor':>10} {'p95/floor':>10} {'SELECTs':>8} {'bytes':>8}")
    for page in found:
        print(
            f"{verdict(page.fits)} {page.name:18} {page.p50:7.2f} {page.p95:7.2f} {median(page.floor):10.2f} {page.ratio:10.2f} {page.ratio95:10.2f} "
            f"{page.selects:8} {median(page.sizes):8.0f}"
        )
    print("      (milliseconds; at most 3.0 × and 5.0 × the floor, 16 SELECTs)", flush=True)


def tell_growth(found: dict[int, list[Page]]) -> None:
    """How much slower each page is on the larger database."""
    small, large = min(found), max(found)
    print(f"from {small:,} to {large:,} cases (at most {GROWTH} × slower)")
    for before, after in zip(found[small], found[large], strict=True):
        print(f"{verdict(after.p50 <= before.p50 * GROWTH)} {before.name:18} {after.p50 / before.p50:7.2f} ×")


def verdict(fits: bool) -> str:
    """PASS or MISS."""
    return "PASS " if fits else "MISS "


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
