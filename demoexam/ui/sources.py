"""The TableSource over the store: an entity's rows by SQL. Imported by pages, not at start."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from demoexam.models.base import Record
from demoexam.store.search import matching
from demoexam.store.store import Store
from demoexam.ui.query_table import Cell, Column, Row

Conditions = Callable[[], Sequence[ColumnElement[bool]]]
Search = Callable[[str], ColumnElement[bool]]
Join = Callable[[Select[Any]], Select[Any]]
Order = ColumnElement[Any]


def no_conditions() -> Sequence[ColumnElement[bool]]:
    return ()


def no_join(query: Select[Any]) -> Select[Any]:
    return query


@dataclass(frozen=True)
class Shown:
    """A table's column: how it looks, the expressions it needs, how they become a cell.

    `cell` takes the values of `values` in their order. `order` is what a click on the header
    sorts by: an expression over the entity's own columns, or, with `joined`, over the join's.
    """

    column: Column
    values: Sequence[ColumnElement[Any]]
    cell: Callable[..., Cell | str]
    order: Order | None = None
    joined: bool = False


class QuerySource:
    """Live rows of `entity`: filtered by its search index, ordered, fetched by key.

    `join` adds outer joins that `values` need; it must not multiply rows. `where` gives the
    conditions of the filter chips at the moment. `search` replaces the search of the entity's
    own index.
    """

    def __init__(
        self, store: Store, entity: type[Record], shown: Sequence[Shown], *,
        natural: Order, join: Join = no_join, where: Conditions = no_conditions,
        search: Search | None = None,
    ) -> None:  # fmt: skip
        self.columns = [
            one.column if one.order is not None else _unsortable(one.column) for one in shown
        ]
        self._store, self._entity, self._shown = store, entity, shown
        self._natural, self._join, self._where = natural, join, where
        self._search = search or (lambda typed: matching(entity, typed))
        self._by_name = {one.column.name: one for one in shown}

    def ids(self, filter_text: str, sort: str, descending: bool) -> Sequence[int]:
        chosen = self._by_name.get(sort)
        query: Select[Any] = select(self._entity.n)
        if chosen is not None and chosen.joined:
            query = self._join(query.select_from(self._entity))
        query = query.where(self._entity.live(), *self._where())
        if filter_text.strip():
            query = query.where(self._search(filter_text))
        order = chosen.order if chosen is not None and chosen.order is not None else self._natural
        turned = order.desc() if descending else order.asc()
        query = query.order_by(turned.nulls_last(), self._natural, self._entity.n)
        with self._store.reading() as session:
            # The driver's own cursor: no row objects for a hundred thousand numbers.
            cursor: Any = session.connection().execute(query).cursor
            return [key for (key,) in cursor.fetchall()]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        values = [value for one in self._shown for value in one.values]
        query: Select[Any] = select(self._entity.n, self._entity.id, *values)
        query = self._join(query.select_from(self._entity)).where(self._entity.n.in_(ids))
        with self._store.reading() as session:
            found: Sequence[Sequence[Any]] = session.execute(query).all()
        return {record[0]: Row(record[1], self._cells(record[2:])) for record in found}

    def key_of(self, record_id: str) -> int | None:
        """The key of a record, shown or not."""
        with self._store.reading() as session:
            return session.scalar(select(self._entity.n).where(self._entity.id == record_id))

    def total(self) -> int:
        """How many rows there are without any filter."""
        query = select(func.count()).select_from(self._entity).where(self._entity.live())
        with self._store.reading() as session:
            return session.scalar(query) or 0

    def _cells(self, values: Sequence[Any]) -> list[Cell | str]:
        cells, start = [], 0
        for one in self._shown:
            end = start + len(one.values)
            cells.append(one.cell(*values[start:end]))
            start = end
        return cells


def _unsortable(column: Column) -> Column:
    return replace(column, sortable=False)
