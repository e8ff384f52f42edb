"""The terminal door: flask staff | audit | import | library | mail | deliver | demo."""

import os
import signal
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from tracker import clock, journal
from tracker.db import db
from tracker.demo import ground, tell
from tracker.demo.bulk import fill
from tracker.directory.groups.importing import import_meetings
from tracker.directory.readers import Unreadable
from tracker.directory.words import Fellowship
from tracker.journal import queries as journal_queries
from tracker.library import actions as shelves
from tracker.library import exchange
from tracker.library import queries as library_queries
from tracker.library.kits import load_kits
from tracker.library.shelf import HERE as SHELF
from tracker.library.shelf import ShelfUnreadable
from tracker.moves import Refused
from tracker.packets import jobs, proof
from tracker.staff import actions
from tracker.staff.cli import fail, staff

audit = AppGroup("audit", help="The journal.")
TOLD = 1000  # so many families of a demonstration are told deed by deed
importer = AppGroup("import", help="Lists that others keep.")
library = AppGroup("library", help="The shelf of materials, and what was handed out.")
mail = AppGroup("mail", help="What leaves by e-mail, and what comes back.")


def register(app: Flask) -> None:
    """Hang the commands on an application."""
    for group in (staff, audit, importer, library, mail, deliver, demo):
        app.cli.add_command(group)


@audit.command("verify")
def verify() -> None:
    """Walk the journal's chain and name the first line that does not hold (exit code 1)."""
    verdict = journal_queries.verify(current_app.config["WAYPOINT"].audit_key.encode())
    db.session.rollback()
    if not verdict.whole:
        fail(f"The journal does not hold at line {verdict.broken}: {verdict.reason}.", 1)
    click.echo(f"The journal holds: {verdict.lines:,} lines, each sealed to the one before it.")


@importer.command("meetings")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, help="Our name for whoever keeps the list, such as example-intergroup.")
@click.option("--fellowship", type=click.Choice([word.value for word in Fellowship]), help="Whose list it is; remembered for the next time.")
@click.option("--zone", help="IANA zone of meetings that name none; remembered too.")
def read_meetings(file: Path, source: str, fellowship: str | None, zone: str | None) -> None:
    """Read FILE, Meeting Guide JSON or a TSML sheet, into the directory of groups: all of it or nothing."""
    try:
        report = import_meetings(
            file.read_bytes(), file.name, by=actions.Program(), source=source,
            fellowship=next((word for word in Fellowship if word.value == fellowship), None), default_zone=zone,
        )
    except (Unreadable, Refused) as refusal:
        db.session.rollback()
        fail(refusal.sentence)
    journal.commit()
    for refused in report.refused:
        click.echo(f"{refused.number}\t{refused.slug or '(no slug)'}\t{refused.reason}")
    click.echo(
        f"{report.new} new, {report.changed} changed, {report.unchanged} as they were, {report.missing} no longer listed, "
        f"{len(report.refused)} refused."
    )


@library.command("load")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def load_shelf(folder: Path | None) -> None:
    """Publish the shelf that ships with the program, or the one in FOLDER (a folder a language, Markdown in it)."""
    try:
        loaded = shelves.load_shelf(folder or SHELF, by=actions.Program())
        kits = load_kits(folder or SHELF, by=actions.Program())
    except (ShelfUnreadable, Refused) as refusal:
        db.session.rollback()
        fail(str(refusal) if isinstance(refusal, ShelfUnreadable) else refusal.sentence)
    journal.commit()
    click.echo(f"{len(loaded.new)} new, {len(loaded.changed)} changed, {loaded.same} as they were, {kits} kits made.")


@library.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export_shelf(file: Path) -> None:
    """Save the whole shelf into FILE, a zip archive: Markdown, files and JSON-LD."""
    editions = library_queries.shelf()
    file.write_bytes(exchange.export(editions))
    click.echo(f"{len(editions)} materials saved in {file}.")


@library.command("take")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def take_shelf(file: Path) -> None:
    """Take FILE in, a shelf that another organization saved; new and changed materials wait for review."""
    try:
        taken = exchange.take(file.read_bytes(), file.name, by=actions.Program())
    except Refused as refused:
        db.session.rollback()
        fail(refused.sentence)
    journal.commit()
    for where, why in taken.refused:
        click.echo(f"{where}\t{why}")
    click.echo(f"{len(taken.new)} new and {len(taken.changed)} changed in review, {taken.same} as they were, {len(taken.refused)} refused.")


@library.command("verify")
def verify_library() -> None:
    """Compare every edition, file and packet with its hash; name what is missing or altered (exit code 1)."""
    found = 0
    for what, fault in proof.faults():
        click.echo(f"{fault}\t{what}", err=True)
        found += 1
    db.session.rollback()
    if found:
        fail(f"{found} {'thing is' if found == 1 else 'things are'} not what was kept.", 1)
    click.echo("Everything that was published or handed out is what it was.")


@mail.command("bounces")
@click.argument("mailbox", required=False, type=click.Path(exists=True, path_type=Path))
def read_bounces(mailbox: Path | None) -> None:
    """Read what came back out of MAILBOX (an mbox file or a Maildir folder; the one of the settings when left out)."""
    named = current_app.config["WAYPOINT"].bounce_mailbox
    if mailbox is None and not named:
        fail("Name a mailbox, or set WAYPOINT_BOUNCE_MAILBOX.")
    known, left = jobs.read_bounces(mailbox or Path(named))
    click.echo(f"{known} reports about our letters; {left} messages were left where they are.")


@mail.command("sweep")
def sweep_mail() -> None:
    """Send everything whose time has come, once, and end; for a timer instead of the worker."""
    keys = jobs.sweep()
    for key in keys:
        jobs.deliver(key)
    click.echo(f"{len(keys)} letters were due.")


@click.command("deliver")
@click.option("--workers", type=click.IntRange(1, 16), default=2, show_default=True)
@click.option("--processes", is_flag=True, help="Processes instead of threads, where many pages are set (recalls).")
@click.option("--with-parent", type=int, default=None, help="End when the process of this number, which started it, ends.")
@with_appcontext
def deliver(workers: int, processes: bool, with_parent: int | None) -> None:
    """Work until stopped: send what is due, read what came back, go on with recalls. Run exactly one of these."""
    if with_parent is not None:
        threading.Thread(target=_end_with, args=(with_parent,), daemon=True).start()
    current_app.extensions["queue"].work(workers, "process" if processes else "thread")


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(5)  # whoever holds a letter puts it down; what is cut off here, the next worker finds
    os._exit(0)


@click.command("demo")
@click.option("--families", type=click.IntRange(1, 200_000), default=25, show_default=True, help="How many; above 1,000 by the quick way.")
@click.option("--seed", type=int, default=7, show_default=True, help="The same seed and day give the same history.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day that a year of history leads up to; today when left out.")
@with_appcontext
def demo(families: int, seed: int, on: datetime | None) -> None:
    """Fill an empty database with an invented organisation; prints everybody's random password once."""
    if not ground.is_empty():
        fail("The database is not empty: an invented organisation goes only into an empty one.")
    zone = current_app.config["WAYPOINT"].zone
    way = fill.fill if families > TOLD else tell.tell
    with click.progressbar(length=families, label=f"{families:,} families", file=sys.stderr) as bar:
        world = way(families, seed, on.date() if on else clock.today(zone), zone, bar.update)
    rows = [("Name", "Role", "User name", "Password"), *[(name, role, username, password) for role, name, username, password in world.signs_in]]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
