"""Runs the migrations on whichever database the program uses, one transaction each; numbers new ones itself."""

from pathlib import Path

from alembic import context
from flask import current_app
from sqlalchemy.types import TypeDecorator

migrate = current_app.extensions["migrate"]
engine = migrate.db.engine
HEAD = Path(__file__).with_name("HEAD")


def leave_alone(_object: object, name: str, kind: str, reflected: bool, _compared: object) -> bool:
    """Search tables and their shadows are made by hand, not by models."""
    return not (kind == "table" and reflected and "_fts" in name)


def plain_type(kind: str, thing: object, _context: object) -> str | bool:
    """Migrations import no models: our own column types are written as what they are underneath."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl!r}"
    return False


def number_itself(_context: object, _revision: object, directives: list) -> None:
    """Give a new migration the next number, and write it into HEAD, where two parallel ones conflict in git."""
    script = directives[0]
    if script.upgrade_ops.is_empty():
        directives[:] = []
        return
    script.rev_id = f"{int(HEAD.read_text() if HEAD.exists() else 0) + 1:04d}"
    HEAD.write_text(script.rev_id + "\n")


def run() -> None:
    """Run the migrations that are asked for."""
    arguments = dict(migrate.configure_args)
    arguments.update(compare_type=True, process_revision_directives=number_itself, render_item=plain_type)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=migrate.db.metadata,
            include_object=leave_alone,
            transaction_per_migration=True,
            **arguments,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
