"""How often something may be tried: rows that all workers share, counted by one statement."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import case, delete
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from tracker import clock
from tracker.db import db
from tracker.staff.models import Throttle

# Trust 1.3: wrong sign-ins in five minutes, for one name, one address, and all together; never a permanent lock.
WINDOW = timedelta(minutes=5)
SIGN_IN = {"name": 10, "address": 30, "all": 1000}
FIND = 60  # searches a minute and person (trust 1.4)


@contextmanager
def _aside() -> Iterator[Session]:
    # A try counts even when the request that made it is refused, so it is written in a transaction of its own.
    with Session(db.engine, join_transaction_mode="create_savepoint") as session, session.begin():
        yield session


def hit(key: str, window: timedelta = WINDOW) -> int:
    """Count one try.

    Args:
        key: what is counted, such as "sign-in:name:maya".
        window: how long tries are added up, from the first.
    Returns:
        how many tries the running window has seen, this one included.
    """
    moment = clock.now()
    insert = postgresql_insert if db.engine.dialect.name == "postgresql" else sqlite_insert
    row = insert(Throttle).values(key=key[:200], count=1, until=moment + window)
    expired = Throttle.until <= moment
    row = row.on_conflict_do_update(
        index_elements=[Throttle.key],
        set_={
            "count": case((expired, 1), else_=Throttle.count + 1),
            "until": case((expired, moment + window), else_=Throttle.until),
        },
    ).returning(Throttle.count)
    with _aside() as session:
        return session.execute(row).scalar_one()


def forget(key: str) -> None:
    """Forget the tries of a key (a right sign-in ends its count)."""
    with _aside() as session:
        session.execute(delete(Throttle).where(Throttle.key == key[:200]))


def too_many_sign_ins(username: str, address: str) -> bool:
    """Count one try to sign in, and say whether it is one too many."""
    keys = {"name": f"sign-in:name:{username}", "address": f"sign-in:address:{address}", "all": "sign-in:all"}
    return any([hit(keys[part]) > most for part, most in SIGN_IN.items()])


def forgive_sign_in(username: str) -> None:
    """A right sign-in: its name starts to count anew."""
    forget(f"sign-in:name:{username}")
