"""The cells of a file as plain values, each row with the number that the user sees."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from demoexam.rules.records import record

Value = str | int | float | bool | date | datetime | time | timedelta | None


class Place(NamedTuple):
    """Where a row stands: sheet and row number from 1, as in Excel.

    `column` is the first of its table, where several tables stand side by side.
    """

    sheet: str
    row: int
    column: int = 0


@record
class Line:
    """One row of a sheet. `spread` are the cells that a vertical merge filled from above."""

    number: int
    cells: tuple[Value, ...]
    spread: frozenset[int] = frozenset()
    _own: list[int] | None = field(default=None, init=False, repr=False, compare=False)

    def text(self, column: int) -> str:
        return as_text(self.cells[column]) if column < len(self.cells) else ""

    def own_columns(self) -> list[int]:
        """Columns where something was typed in this very row."""
        if self._own is None:
            own = [
                column
                for column, cell in enumerate(self.cells)
                if (cell and not cell.isspace() if isinstance(cell, str) else cell is not None)
            ]
            if self.spread:
                own = [column for column in own if column not in self.spread]
            object.__setattr__(self, "_own", own)  # once: asking is far commoner than making
            return own
        return self._own


@dataclass(frozen=True)
class Sheet:
    """`across` are horizontal merges: (row number, first column, last column)."""

    name: str
    lines: tuple[Line, ...]
    hidden: bool = False
    across: frozenset[tuple[int, int, int]] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Book:
    """A file read: `name` is the file's own name."""

    name: str
    sheets: tuple[Sheet, ...]

    @property
    def hidden_sheets(self) -> tuple[str, ...]:
        return tuple(sheet.name for sheet in self.sheets if sheet.hidden)


def as_text(value: Value) -> str:
    """What the user sees in the cell, near enough: whole numbers without a point, dates in ISO."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != time() else value.date().isoformat()
    return str(value)
