"""A row as a panel reads it: some columns of a table under their own names, with the rules of its model, and no session behind it."""

from collections.abc import Sequence
from dataclasses import make_dataclass
from inspect import isfunction
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Row
from sqlalchemy.orm import InstrumentedAttribute

from tracker.db import Base

M = TypeVar("M", bound=Base)


class Glimpse(Generic[M]):
    """Some columns of a model, to be asked by db.ask() and read as if they were its row.

    What is read has the model's properties and methods; a column that was not asked for is an AttributeError, not another
    question. It cannot be saved: deeds load the row itself.
    """

    def __init__(self, model: type[M], *columns: InstrumentedAttribute[Any], filled: Sequence[str] = (), **beside: "Glimpse[Any]") -> None:
        """Args:
        columns: of the model; their order is the order in which they are asked.
        filled: names that the reader fills with lists of its own.
        beside: other glimpses by the name of the relationship; their columns follow.
        """
        self._own, self._filled, self._beside = len(columns), len(filled), tuple(beside.values())
        self.columns: tuple[InstrumentedAttribute[Any], ...] = (*columns, *(column for one in self._beside for column in one.columns))
        rules = {name: rule for name, rule in vars(model).items() if isinstance(rule, property) or (isfunction(rule) and not name.startswith("_"))}
        names = [column.key for column in columns] + list(beside) + list(filled)
        self._made = make_dataclass(model.__name__, names, slots=True, namespace=rules)

    def read(self, row: Row[Any] | Sequence[Any], start: int = 0) -> M:
        """What one row of the answer tells.

        Args:
            start: where this glimpse's columns begin in the row.
        """
        end = start + self._own
        others = []
        at = end
        for one in self._beside:
            others.append(one.read(row, at))
            at += len(one.columns)
        return cast(M, self._made(*row[start:end], *others, *([] for _ in range(self._filled))))
