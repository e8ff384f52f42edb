"""How often something may be tried: rows that all workers share, counted by one statement."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache

from sqlalchemy import Connection, Executable, bindparam, case, delete
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from tracker import clock
from tracker.db import UTCDateTime, db
from tracker.staff.models import Throttle

# Trust 1.3: wrong sign-ins in five minutes, for one name, one address, and all together; never a permanent lock.
WINDOW = timedelta(minutes=5)
SIGN_IN = {"name": 10, "address": 30, "all": 1000}
FIND = 60  # searches a minute and person (trust 1.4)


@contextmanager
def _aside() -> Iterator[Connection]:
    # A try counts even when the request that made it is refused, so it is written in a transaction of its own.
    with db.engine.begin() as connection:
        yield connection


def hit(key: str, window: timedelta = WINDOW) -> int:
    """Count one try.

    Args:
        key: what is counted, such as "sign-in:name:maya".
        window: how long tries are added up, from the first.
    Returns:
        how many tries the running window has seen, this one included.
    """
    moment = clock.now()
    with _aside() as connection:
        return connection.execute(_counted(db.engine.dialect.name), {"what": key[:200], "now": moment, "then": moment + window}).scalar_one()


@cache
def _counted(dialect: str) -> Executable:
    insert = postgresql_insert if dialect == "postgresql" else sqlite_insert
    now, then, rows = bindparam("now", type_=UTCDateTime()), bindparam("then", type_=UTCDateTime()), Throttle.__table__.c
    expired = rows.until <= now
    counted = insert(Throttle.__table__).values(key=bindparam("what"), count=1, until=then).on_conflict_do_update(
        index_elements=[rows.key],
        set_={"count": case((expired, 1), else_=rows.count + 1), "until": case((expired, then), else_=rows.until)},
    )
    return counted.returning(rows.count)


def forget(key: str) -> None:
    """Forget the tries of a key (a right sign-in ends its count)."""
    with _aside() as connection:
        connection.execute(delete(Throttle).where(Throttle.key == key[:200]))


def too_many_sign_ins(username: str, address: str) -> bool:
    """Count one try to sign in, and say whether it is one too many."""
    keys = {"name": f"sign-in:name:{username}", "address": f"sign-in:address:{address}", "all": "sign-in:all"}
    return any([hit(keys[part]) > most for part, most in SIGN_IN.items()])


def forgive_sign_in(username: str) -> None:
    """A right sign-in: its name starts to count anew."""
    forget(f"sign-in:name:{username}")
