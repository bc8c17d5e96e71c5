"""A table of the window as a file: as it is shown, or everything about its records."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from demoexam.exchange.sheets_out import Cell, SheetColumn, SheetTable
from demoexam.progress import Progress
from demoexam.text import NBSP
from demoexam.ui.query_table import Column
from demoexam.ui.table_text import Wanted

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from demoexam.store.store import Store

LETTER = 7  # pixels of one in a column's width
WIDEST, NARROWEST, SAMPLE = 60, 8, 200
LONGEST_NAME = 31  # letters of a sheet's name
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_WHOLE = re.compile(r"0|[1-9]\d{0,14}")
_TENTHS = re.compile(r"\d{1,3}(?:\u00a0\d{3})*(?:,\d)?")


def _same(_session: "Session", numbers: Sequence[int]) -> Sequence[int]:
    return numbers


@dataclass(frozen=True)
class Everything:
    """A list of `services.table_export` that a page offers beside its table as shown.

    `numbers` leads from the rows of the table to the records of the list.
    """

    kind: str
    words: str = "Все све&дения (можно загрузить обратно)"
    has_contacts: bool = False
    numbers: Callable[["Session", Sequence[int]], Sequence[int]] = _same


@dataclass(frozen=True)
class Order:
    """What is to be written, and where to."""

    path: Path
    wanted: Wanted
    title: str
    heading: Sequence[str] = ()
    everything: Everything | None = None
    contacts: bool = True


class _Part(Progress):
    """One of two equal parts of a longer work."""

    def __init__(self, whole: Progress, number: int) -> None:
        super().__init__(lambda done, total: whole.tell(number * total + done, 2 * total))
        self._whole = whole

    def check(self) -> None:
        self._whole.check()


def write(store: "Store", order: Order, progress: Progress) -> tuple[Path, int]:
    """Write the file; gives it back with the number of its rows."""
    from demoexam.services.exports.table_export import exported, save_table

    first = _Part(progress, 0)
    if order.everything is None:
        table = shown_table(order, first)
    else:
        with store.reading() as session:
            numbers = order.everything.numbers(session, order.wanted.keys)
            table = exported(
                session, order.everything.kind, numbers=numbers, contacts=order.contacts,
                progress=first,
            )  # fmt: skip
    save_table(order.path, table, progress=_Part(progress, 1))
    return order.path, len(table.rows)


def shown_table(order: Order, progress: Progress) -> SheetTable:
    """The cells as the window shows them; numbers of the columns at the right stay numbers.

    Codes, phones and numbers with leading zeros are text.
    """
    columns = [order.wanted.source.columns[place] for place in order.wanted.places]
    rows = [
        tuple(_typed(text, column) for text, column in zip(line, columns, strict=True))
        for line in order.wanted.lines(progress)
    ]
    samples = [[row[at] for row in rows[:SAMPLE]] for at in range(len(columns))]
    return SheetTable(
        _FORBIDDEN.sub(" ", order.title)[:LONGEST_NAME].strip() or "Таблица",
        [order.title, *order.heading],
        [
            SheetColumn(column.title, _width(column, sample), _kind(column, sample))
            for column, sample in zip(columns, samples, strict=True)
        ],
        rows,
        listing=True,
    )


def _typed(text: str, column: Column) -> Cell:
    if not column.right:
        return text
    if _WHOLE.fullmatch(text):
        return int(text)
    if _TENTHS.fullmatch(text):
        return Decimal(text.replace(NBSP, "").replace(",", "."))
    return text


def _kind(column: Column, cells: Sequence[Cell]) -> str:
    if not column.right:
        return "text"
    return "tenth" if any(isinstance(cell, Decimal) for cell in cells) else "whole"


def _width(column: Column, cells: Sequence[Cell]) -> int:
    longest = max((len(str(cell)) for cell in cells), default=0)
    wanted = max(longest + 2, len(column.title) + 2, NARROWEST)
    return min(wanted, max(WIDEST, column.width // LETTER))
