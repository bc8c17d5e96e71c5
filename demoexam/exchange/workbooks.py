"""Workbooks of every generation (xlsx, xlsm, xlsb, xls, ods) by calamine; formulas stay unread."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from demoexam.exchange.cells import Book, Line, Sheet, Value
from demoexam.exchange.failures import (
    FileDamaged,
    FileDangerous,
    FileInUse,
    FileProtected,
    FileUnreadable,
    NotASpreadsheet,
)
from demoexam.exchange.lost_cells import Lost, lost_cells

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


def read_workbook(path: Path) -> Book:
    """All worksheets with the values that were last saved in them."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as workbook:
            return Book(path.name, tuple(_sheets(workbook, lost_cells(path))))
    except PasswordError as closed:
        raise FileProtected(name=path.name) from closed
    except PermissionError as locked:
        raise FileInUse(name=path.name) from locked
    except (CalamineError, OSError, ValueError) as broken:
        raise _named_failure(path, broken) from broken
    except BaseException as broken:
        if type(broken).__name__ != "PanicException":
            raise
        raise FileDamaged(name=path.name) from broken  # calamine stumbled over a damaged file


def _named_failure(path: Path, broken: Exception) -> FileUnreadable:
    said = str(broken).lower()
    if "password" in said:
        return FileProtected(name=path.name)
    if "unrecognized entity" in said:
        return FileDangerous(name=path.name, what="внутри него сущности XML вместо текста")
    if path.suffix.lower() == ".xls" and "workbook" in said:
        return NotASpreadsheet(name=path.name, what="внутри нет книги Excel")
    return FileDamaged(name=path.name)


def _sheets(workbook: "CalamineWorkbook", lost: Mapping[str, Lost]) -> list[Sheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return [
        _sheet(
            workbook.get_sheet_by_name(about.name),
            lost.get(about.name, {}),
            hidden=about.visible is not SheetVisibleEnum.Visible,
        )
        for about in workbook.sheets_metadata
        if about.typ is SheetTypeEnum.WorkSheet
    ]


def _sheet(source: "CalamineSheet", lost: Lost, *, hidden: bool) -> Sheet:
    rows: list[list[Value]] = [list(row) for row in source.to_python(skip_empty_area=False)]
    for (row, column), shown in lost.items():
        if row < len(rows) and column < len(rows[row]) and rows[row][column] in ("", None):
            rows[row][column] = shown
    spread: dict[int, set[int]] = {}
    across: set[tuple[int, int, int]] = set()
    for (top, left), (bottom, right) in source.merged_cell_ranges or ():
        if right > left:
            across.add((top + 1, left, right))
        for row in range(top + 1, min(bottom + 1, len(rows))):
            if left < len(rows[row]) and rows[row][left] in ("", None):
                rows[row][left] = rows[top][left]
                spread.setdefault(row, set()).add(left)
    lines = tuple(
        Line(number, tuple(row), frozenset(spread.get(number - 1, ())))
        for number, row in enumerate(rows, start=1)
    )
    return Sheet(source.name, lines, hidden, frozenset(across))
