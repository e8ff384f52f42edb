"""Engine and session: naming convention, aware UTC moments, enums by value, and the settings SQLite needs."""

import os
import sqlite3
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Integer, MetaData, Row, Select, String, Uuid, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column, registry
from sqlalchemy.types import JSON, DateTime, TypeDecorator

try:
    import pysqlite3.dbapi2 as sqlite_driver
except ImportError:  # no wheel for this processor: the standard driver, and then no write-ahead log (trust 1.1 rule 1)
    sqlite_driver = sqlite3

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment: kept as UTC, given back aware. A naive datetime is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a zone cannot be kept.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """One step from what the driver gives to an aware moment: a list reads hundreds."""
        return _moment_of_text if dialect.name == "sqlite" else _moment


def _moment_of_text(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(f"{text}+00:00")


def _moment(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


class Coded(TypeDecorator[Any]):
    """An enum kept by its value in a plain text column (a new code needs no change of type)."""

    impl = String(60)
    cache_ok = True

    def __init__(self, words: type[Enum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else self.words(value).value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """Straight to the member; a code that nobody knows is a ValueError, as ever."""
        words, known = self.words, {word.value: word for word in self.words}
        return lambda code: None if code is None else known.get(code) or words(code)


class CodedList(TypeDecorator[Any]):
    """A list of enum members, kept as a JSON list of their values."""

    impl = JSON
    cache_ok = True

    def __init__(self, words: type[Enum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Any, dialect: Dialect) -> list[str]:
        return [self.words(item).value for item in value or []]

    def process_result_value(self, value: Any, dialect: Dialect) -> list[Any]:
        return [self.words(item) for item in value or []]


def coded(words: type[Enum]) -> Coded:
    """The column type of one enum member."""
    return Coded(words)


def coded_list(words: type[Enum]) -> CodedList:
    """The column type of a list of enum members."""
    return CodedList(words)


BigKey = BigInteger().with_variant(Integer, "sqlite")
# Folded text is compared by code points on both engines, so that a prefix is a range on an index.
FoldedText = String(collation="C").with_variant(String(), "sqlite")

Key = Annotated[int, mapped_column(BigKey, primary_key=True)]
PublicId = Annotated[uuid.UUID, mapped_column(Uuid, default=uuid.uuid4, unique=True)]
Short = Annotated[str, mapped_column(String(120))]
Line = Annotated[str, mapped_column(String(300))]
Moment = Annotated[datetime, mapped_column(UTCDateTime)]


def version_column() -> MappedColumn[int]:
    """The version of a row that people edit; name it in `__mapper_args__` as version_id_col."""
    return mapped_column(Integer, default=1)


class Base(DeclarativeBase):
    """The declarative ground of every table."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: UTCDateTime, dict[str, Any]: JSON, uuid.UUID: Uuid, int: BigKey},
    )
    __abstract__ = True


db = SQLAlchemy(model_class=Base, disable_autonaming=True)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def engine_options(url: str) -> dict[str, Any]:
    """Driver and pool settings for a database URL (trust 1.5)."""
    if url.startswith("sqlite"):
        return {"module": sqlite_driver, "connect_args": {"timeout": 5}}
    return {
        "pool_pre_ping": True,
        "pool_size": 2,
        "max_overflow": 3,
        "connect_args": {
            "connect_timeout": 5,
            "options": "-c statement_timeout=15000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=30000 -c timezone=UTC",
        },
    }


def sqlite_may_use_wal() -> bool:
    """Whether this SQLite is free of the write-ahead-log corruption bug (3.7.0 to 3.51.2, and withdrawn 3.52.0)."""
    version = sqlite_driver.sqlite_version_info
    return version >= (3, 51, 3) and version != (3, 52, 0)


def prepare(engine: Engine, journal_mode: str) -> None:
    """Give an engine the pragmas and the BEGIN of trust 1.5; only SQLite needs any.

    Args:
        journal_mode: "auto" (write-ahead log where it is safe), "wal" or "delete".
    """
    if engine.dialect.name != "sqlite":
        return
    _private_file(engine.url.database)
    mode = ("wal" if sqlite_may_use_wal() else "delete") if journal_mode == "auto" else journal_mode

    @event.listens_for(engine, "connect")
    def settings(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "busy_timeout=5000",
            f"journal_mode={mode}",
            "synchronous=FULL",
            "foreign_keys=ON",
            "trusted_schema=OFF",
            "secure_delete=ON",
            "mmap_size=0",
            "cell_size_check=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A write after a plain BEGIN fails at once when another commit came in between, whatever the timeout.
        readonly = connection.get_execution_options().get("readonly", False)
        connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")


def _private_file(path: str | None) -> None:
    # Created before the driver does, so that nobody else can read it at any moment; its log files follow its mode.
    if not path or path == ":memory:" or os.path.exists(path):
        return
    os.makedirs(os.path.dirname(os.path.abspath(path)), mode=0o700, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))


def ask(question: Select[Any], values: Mapping[str, Any]) -> Sequence[Row[Any]]:
    """The rows of a question that was made once, at import or at its first asking; only values are put in.

    Lists and panels ask this way: making a statement anew and tracking wide entities costs four times what the answer does
    (decision 0011). What waits in the session is written first, as the session itself would.

    Args:
        question: columns, with a `bindparam` wherever a value belongs.
        values: those values by name.
    """
    session = db.session()
    session.flush()
    return session.connection().execute(question, values).all()


READONLY = {"readonly": True, "postgresql_readonly": True}


def begin_reading() -> None:
    """Start this session's transaction as one that only reads (writers then do not wait for it)."""
    options = READONLY if db.engine.dialect.name == "postgresql" else {"readonly": True}
    db.session.connection(execution_options=options)


def reading() -> bool:
    """Whether the session's running transaction only reads."""
    return db.session().in_transaction() and bool(db.session.connection().get_execution_options().get("readonly"))


def begin_writing() -> None:
    """End a reading transaction, if one runs, and start one that may write."""
    if db.session().in_transaction():
        db.session.rollback()
    db.session.connection(execution_options={"readonly": False, **({"postgresql_readonly": False} if db.engine.dialect.name == "postgresql" else {})})


def stop_writing() -> None:
    """End a transaction that was to write, if one runs, without writing: nobody waits for a page of errors to be drawn.

    What was read stays readable as it is, but belongs to no session any more.
    """
    session = db.session()
    if session.in_transaction() and not reading():
        session.expunge_all()
        session.rollback()
        begin_reading()
