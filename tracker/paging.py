"""Keyset pages: one row more than shown tells whether there is more; nothing is counted, nothing skipped over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Row = TypeVar("Row")
SIZE = 50


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
