"""A table's rows as lines of a service: SQL filters and orders, the service tells what is shown."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from demoexam.models.base import Record
from demoexam.ui.query_table import Cell, Column, Row
from demoexam.ui.sources import (
    Conditions,
    Join,
    QuerySource,
    Search,
    Shown,
    no_conditions,
    no_join,
)
from demoexam.ui.workspace import Workspace

Line = TypeVar("Line")
Lines = Callable[[Session, Sequence[int]], Mapping[int, Line]]


def column(column: Column, order: Any = None, *, joined: bool = False) -> Shown:
    """A column and what a click on its header orders by."""
    return Shown(column, (), _no_cell, order, joined)


class LineSource(QuerySource):
    """`lines` reads the rows asked for, `shown` makes a table's row of one."""

    def __init__(
        self, workspace: Workspace, entity: type[Record], columns: Sequence[Shown], *,
        lines: Lines[Line], shown: Callable[[Line], Row], natural: Any, join: Join = no_join,
        where: Conditions = no_conditions, search: Search | None = None,
    ) -> None:  # fmt: skip
        super().__init__(
            workspace.store, entity, columns, natural=natural, join=join, where=where,
            search=search,
        )  # fmt: skip
        self._workspace, self._lines, self._row = workspace, lines, shown

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        found = self._workspace.read(lambda session: self._lines(session, ids))
        return {number: self._row(line) for number, line in found.items()}


def _no_cell(*_values: Any) -> Cell:
    return Cell("")
