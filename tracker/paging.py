"""Keyset pages: one row more than shown tells whether there is more; nothing is counted, nothing skipped over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import abort, request

Row = TypeVar("Row")
SIZE = 50
LARGEST = 2**63 - 1  # a key that either database can hold


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows of one page and the key of its last row when more follow."""

    rows: Sequence[Row]
    more: bool

    @property
    def last(self) -> Any:
        """The last row shown; the next page begins after it."""
        return self.rows[-1] if self.rows else None


def page(found: Sequence[Row], size: int = SIZE) -> Page[Row]:
    """Cut a page out of `size + 1` fetched rows."""
    return Page(rows=found[:size], more=len(found) > size)


def before() -> int | None:
    """The key after which this request's page goes on (`?before=`), or None on the first page. One that no row can have is a 404."""
    text = request.args.get("before", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= LARGEST):
        abort(404)
    return int(text)
