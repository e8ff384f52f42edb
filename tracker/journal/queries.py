"""Reading the journal: a case's history, who opened it, and the walk along the chain."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from tracker.db import ask, db
from tracker.glimpse import Glimpse
from tracker.journal import chain
from tracker.journal.models import TOLD, Entry, Kind

SHOWN = 30


LINE = Glimpse(Entry, Entry.number, Entry.at, Entry.kind, Entry.verb, Entry.actor_id, Entry.about_type, Entry.about_id, Entry.facts)
COUNTS = select(Entry.kind, func.count()).where(Entry.case_id == bindparam("case"), Entry.kind.in_(TOLD)).group_by(Entry.kind)


@cache
def told(of_kind: bool, earlier: bool) -> Select[Any]:
    """The question for a case's told lines, for readers that join more to it; asked with `case`, `size`, and `kind` and `before` where said."""
    query = select(*LINE.columns).where(Entry.case_id == bindparam("case"))
    query = query.where(Entry.kind == bindparam("kind")) if of_kind else query.where(Entry.kind.in_(TOLD))
    if earlier:
        query = query.where(Entry.number < bindparam("before"))
    return query.order_by(Entry.number.desc()).limit(bindparam("size"))


def newest(case_id: int) -> Entry | None:
    """The last told line of a case."""
    return next((LINE.read(row) for row in ask(told(False, False), {"case": case_id, "size": 1})), None)


def counts(case_id: int) -> dict[Kind, int]:
    """How many told lines of each kind a case has (a range of one index)."""
    return {kind: count for kind, count in ask(COUNTS, {"case": case_id})}


def viewings(case_id: int, before: int | None = None, size: int = 50) -> Sequence[Entry]:
    """Who opened a case, its prints and packets, newest first, one more than `size` when there are more."""
    query = select(Entry).where(Entry.case_id == case_id, Entry.kind == Kind.VIEWING)
    if before is not None:
        query = query.where(Entry.number < before)
    return db.session.scalars(query.order_by(Entry.number.desc()).limit(size + 1)).all()


def lines(before: int | None = None, kind: Kind | None = None, actor_id: int | None = None, size: int = 50) -> Sequence[Entry]:
    """The whole journal for an auditor, newest first, one more than `size` when there are more."""
    query: Select[tuple[Entry]] = select(Entry)
    if before is not None:
        query = query.where(Entry.number < before)
    if kind:
        query = query.where(Entry.kind == kind)
    if actor_id:
        query = query.where(Entry.actor_id == actor_id)
    return db.session.scalars(query.order_by(Entry.number.desc()).limit(size + 1)).all()


def head() -> Entry | None:
    """The last line of the chain."""
    return db.session.scalars(select(Entry).order_by(Entry.number.desc()).limit(1)).first()


def _rows() -> Iterator[dict[str, Any]]:
    columns = Entry.__table__.c
    for row in db.session.execute(select(*columns).order_by(columns.number).execution_options(yield_per=5000)):
        yield dict(row._mapping)


def verify(key: bytes) -> chain.Verdict:
    """Walk the whole chain; the verdict names the first broken line."""
    return chain.verify(key, _rows())


def head_holds(key: bytes) -> bool:
    """Whether the last line's MAC is made with this key (asked at every start)."""
    last = head()
    if last is None:
        return True
    row = {column.name: getattr(last, column.name) for column in Entry.__table__.c}
    return chain.mac(key, row) == last.mac
