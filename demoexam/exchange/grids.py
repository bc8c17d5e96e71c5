"""A table told cell by cell, as HTML, SpreadsheetML and Word tell it, becomes lines of a sheet."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from demoexam.exchange.cells import Line, Sheet, Value
from demoexam.exchange.failures import TooLarge

MOST_CELLS: Final = 1_500_000
WIDEST: Final = 16_384
DEEPEST: Final = 1_048_576
_MOST_CAPTIONS: Final = 8
_LONGEST_CAPTION: Final = 300


def captioned(sheet: Sheet, said: Sequence[str]) -> Sheet:
    """The sheet below what is said above its table: lines that are no rows of it, number 0."""
    texts = [" ".join(text.split()) for text in said]
    kept = [text for text in texts if 0 < len(text) <= _LONGEST_CAPTION][-_MOST_CAPTIONS:]
    return replace(sheet, lines=(*(Line(0, (text,)) for text in kept), *sheet.lines))


class Grid:
    """Takes cells from left to right, rows from top to bottom; merges are spread as it goes.

    Rows that were skipped over are absent from the lines; each line knows its number.
    """

    def __init__(self, file_name: str) -> None:
        self._file_name = file_name
        self._row = 0
        self._cells: list[Value] = []
        self._lines: list[Line] = []
        self._spread: set[int] = set()
        self._across: set[tuple[int, int, int]] = set()
        self._hanging: dict[int, tuple[int, int, Value]] = {}  # column -> last row, width, value
        self._count = 0

    def start_row(self, number: int | None = None) -> None:
        """The next row, or a later one by its number."""
        self._end_row()
        self._row = max(self._row + 1, min(number or 0, DEEPEST))
        self._cells, self._spread = [], set()
        self._hanging = {c: held for c, held in self._hanging.items() if held[0] >= self._row}

    def add(
        self, value: Value, *, right: int = 0, down: int = 0, column: int | None = None
    ) -> None:
        """A cell merged with so many cells to the right and below, at the next free column."""
        self._pad(min(column or 0, WIDEST))
        while self._fill_hanging():
            pass
        left = len(self._cells)
        right = max(min(right, WIDEST - left), 0)
        self._cells.append(value)
        self._cells.extend([None] * right)
        self._refuse_if_many()
        if right > 0:
            self._across.add((self._row, left, left + right))
        if down > 0:
            self._hanging[left] = (min(self._row + down, DEEPEST), right, value)

    def repeat_above(self, *, right: int = 0, column: int | None = None) -> None:
        """A cell that continues the one above it, however many rows that takes."""
        self.add(None, right=right, column=column)
        left = max(len(self._cells) - 1 - right, 0)
        above = self._lines[-1] if self._lines else None
        if above and above.number == self._row - 1 and left < len(above.cells):
            self._cells[left] = above.cells[left]
            self._spread.add(left)

    def sheet(self, name: str, *, hidden: bool = False) -> Sheet:
        self._end_row()
        self._row, self._cells = 0, []
        return Sheet(name, tuple(self._lines), hidden, frozenset(self._across))

    @property
    def is_empty(self) -> bool:
        rows = (*(line.cells for line in self._lines), self._cells)
        return not any(cell not in (None, "") for row in rows for cell in row)

    def _end_row(self) -> None:
        if not self._row:
            return
        while self._fill_hanging():
            pass
        for column in sorted(self._hanging):
            if column >= len(self._cells) and self._hanging[column][0] >= self._row:
                self._pad(column)
                self._fill_hanging()
        self._refuse_if_many()
        self._count += len(self._cells)
        if self._cells:
            self._lines.append(Line(self._row, tuple(self._cells), frozenset(self._spread)))

    def _refuse_if_many(self) -> None:
        if self._count + len(self._cells) > MOST_CELLS:
            raise TooLarge(name=self._file_name)

    def _fill_hanging(self) -> bool:
        """Whether the next column belongs to a merge from above; if so it is filled."""
        column = len(self._cells)
        last, width, value = self._hanging.get(column, (0, 0, None))
        if last < self._row:
            return False
        self._cells.append(value)
        self._cells.extend([None] * width)
        self._spread.add(column)
        return True

    def _pad(self, column: int) -> None:
        """Empty cells up to the column, merges from above among them."""
        while len(self._cells) < column:
            if not self._fill_hanging():
                self._cells.append(None)
