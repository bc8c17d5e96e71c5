"""Rows that could not be loaded, in a workbook to be mended and loaded again."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from demoexam.errors import UserError
from demoexam.exchange.cells import Book, Line, Place, Sheet, Value, as_text
from demoexam.exchange.cells_out import CellsSheet, cells_workbook, sheet_names
from demoexam.exchange.failures import FileUnreadable
from demoexam.exchange.files_out import save_bytes
from demoexam.exchange.lines import data_lines
from demoexam.exchange.recognition import tables_in
from demoexam.exchange.tables import Table
from demoexam.exchange.values import INFO
from demoexam.exchange.vocabulary import Kind
from demoexam.services.imports.mappings import REASON_TITLE, save_mapping
from demoexam.services.imports.plan import ImportPlan, Status
from demoexam.store.store import Store
from demoexam.text import fold

Headings = tuple[str, ...]  # outer ones first

MARK: Final = " — пропущенные строки"
_NAME_COLUMNS: Final = ("full_name", "last_name", "first_name", "middle_name")
_NOT_IN_A_NAME: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_DEVICES: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_LONGEST_NAME: Final = 120
_MOST_HEADING: Final = 12


class NothingRejected(UserError):
    text = "Пропущенных строк нет."
    advice = "Сохранять для исправления нечего."


@dataclass(frozen=True)
class _Rejected:
    """What is left of one table: its lines that were refused, each below its own heading."""

    table: Table
    lines: Sequence[tuple[Line, Headings]]


def rejected_places(plan: ImportPlan, *, fields: bool = False) -> frozenset[Place]:
    """Rows that are not loaded; with `fields` also those that are loaded without a value."""
    rows = {row.place for row in plan.rows if row.status is Status.ERROR}
    if fields:
        known = {row.place for row in plan.rows}
        rows |= {found.place for found in plan.content.findings if found.level != INFO} & known
    return frozenset(rows)


def rejected_workbook(
    plan: ImportPlan, book: Book, *, tables: Sequence[Table] | None = None, fields: bool = False
) -> bytes:
    """An .xlsx with a sheet for each table that has rejected rows.

    The titles are those of the file, the cells what they were there, and the last column says what
    is wrong. `tables` are the file's as the user arranged them. Raises NothingRejected.
    """
    sheets = _sheets(_rejected(plan, book, tables, fields=fields), plan)
    return _workbook(sheets, rejected_name(book.name))


def save_rejected(
    store: Store, path: Path, loads: Iterable[tuple[ImportPlan, Book]], *, remember: bool
) -> int:
    """Write the rejected rows of several files into one workbook; how many rows there are.

    With `remember` the store learns the columns of tables that these rows alone would not tell.
    Raises NothingRejected.
    """
    parts = [(plan, _rejected(plan, book, None, fields=False), book) for plan, book in loads]
    sheets = [sheet for plan, found, _ in parts for sheet in _sheets(found, plan)]
    save_bytes(path, _workbook(sheets, path.name))
    if remember:
        with store.transaction(f"столбцы строк для исправления: {path.name}") as session:
            for plan, _, book in parts:
                remember_columns(session, plan, book)
    return sum(len(part.lines) for _, found, _ in parts for part in found)


def rejected_name(file_name: str) -> str:
    """A name for the workbook beside the file's own, one that Windows takes too."""
    stem = file_name.rpartition(".")[0] or file_name
    legal = _NOT_IN_A_NAME.sub("_", stem).strip(" .").removesuffix(MARK)
    if not legal.strip("_") or _DEVICES.fullmatch(legal):
        legal = f"строки {legal}".strip(" _")
    return f"{legal[:_LONGEST_NAME].rstrip()}{MARK}.xlsx"


def remember_columns(
    session: Session,
    plan: ImportPlan,
    book: Book,
    *,
    tables: Sequence[Table] | None = None,
    fields: bool = False,
) -> None:
    """Save the columns of those tables that their rejected rows alone would not tell."""
    found = _rejected(plan, book, tables, fields=fields)
    sheets = _sheets(found, plan)
    names = sheet_names(each.name for each in sheets)
    written = zip(names, sheets, strict=True)
    anew = Book(book.name, tuple(_as_read(name, each) for name, each in written))
    known = {table.sheet: table for table in _tables(anew, None)}
    for name, each in zip(names, found, strict=True):
        table, again = each.table, known.get(name)
        columns = {field: at - table.origin for field, at in table.columns.items()}
        if again is None or (again.kind, dict(again.columns)) != (table.kind, columns):
            save_mapping(
                session, kind=table.kind, titles=table.titles, columns=table.columns,
                title=book.name,
            )  # fmt: skip


def _workbook(sheets: Sequence[CellsSheet], name: str) -> bytes:
    if not sheets:
        raise NothingRejected
    return cells_workbook(sheets, title=name.removesuffix(".xlsx"))


def _rejected(
    plan: ImportPlan, book: Book, tables: Sequence[Table] | None, *, fields: bool
) -> list[_Rejected]:
    kinds = plan.content.kinds
    places = rejected_places(plan, fields=fields)
    if tables is None:
        tables = _tables(book, kinds[0] if len(kinds) == 1 else None) if places else []
    parts = (_Rejected(table, [*_lines(table, places)]) for table in tables)
    return [part for part in parts if part.lines]


def _tables(book: Book, kind: Kind | None) -> Sequence[Table]:
    try:
        return tables_in(book, kind)
    except FileUnreadable:
        return []


def _lines(table: Table, places: Collection[Place]) -> Iterator[tuple[Line, Headings]]:
    above = {line.number: tuple(reversed(headings.texts)) for line, headings in data_lines(table)}
    for line in table.lines:
        if _place(table, line) in places and line.own_columns():
            yield line, above.get(line.number, ())


def _place(table: Table, line: Line) -> Place:
    return Place(table.sheet, line.number, table.origin)


@dataclass
class _Told:
    """What the plan says of each row, by its place."""

    reasons: Mapping[Place, Sequence[str]]
    faults: Mapping[Place, Sequence[str]]  # fields

    @classmethod
    def by(cls, plan: ImportPlan) -> "_Told":
        reasons: dict[Place, list[str]] = {}
        faults: dict[Place, list[str]] = {}
        for row in plan.rows:
            reasons.setdefault(row.place, []).extend(row.reasons)
        for found in plan.content.findings:
            if found.level != INFO:
                names = _NAME_COLUMNS if found.field == "fio" else (found.field,)
                faults.setdefault(found.place, []).extend(names)
        return cls(reasons, faults)

    def words(self, place: Place) -> str:
        return "; ".join(dict.fromkeys(self.reasons.get(place, ())))

    def columns(self, table: Table, place: Place) -> Iterator[int]:
        """The columns whose cells are the reason."""
        names = self.faults.get(place, ())
        return (table.columns[name] for name in names if name in table.columns)


def _sheets(parts: Sequence[_Rejected], plan: ImportPlan) -> list[CellsSheet]:
    told = _Told.by(plan)
    return [_sheet(part, told) for part in parts]


def _sheet(part: _Rejected, told: _Told) -> CellsSheet:
    """Columns keep their places within the table, headings the rows that they stand above."""
    table, left = part.table, part.table.origin
    width = _width(part)
    rows: list[list[Value]] = []
    tinted: set[tuple[int, int]] = set()
    above: Headings = ()
    for line, headings in part.lines:
        rows += [[text] for text in _changed(above, headings)]
        above = headings
        place = _place(table, line)
        tinted |= {(len(rows), at - left) for at in told.columns(table, place)}
        cells = [*line.cells[left:width], *[None] * (width - max(left, len(line.cells)))]
        rows.append([*cells, told.words(place)])
    titles = [table.titles.get(at, "") for at in range(left, width)]
    heading_above = [text for text in table.heading if text][-_MOST_HEADING:]
    return CellsSheet(table.sheet, heading_above, [*titles, REASON_TITLE], rows, tinted)


def _changed(before: Headings, now: Headings) -> Headings:
    """Those headings that have to be written again to be in force after `before`."""
    if before == now:
        return ()
    same = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, now, strict=False))
    )
    return now[min(same, len(now) - 1) :] if now else ()


def _width(part: _Rejected) -> int:
    """How many columns are the file's own: reasons written by an earlier load are not."""
    last = max(part.table.titles, default=-1)
    if fold(part.table.titles.get(last, "")).strip() == fold(REASON_TITLE):
        return last
    filled = (at for line, _ in part.lines for at, cell in enumerate(line.cells) if as_text(cell))
    return max(last, *filled, -1) + 1


def _as_read(name: str, sheet: CellsSheet) -> Sheet:
    """The sheet as it will be read from the workbook."""
    rows = [*([text] for text in sheet.heading), sheet.titles, *sheet.rows]
    return Sheet(name, tuple(Line(number, tuple(row)) for number, row in enumerate(rows, start=1)))
