"""A file becomes a `Book` of plain cells: workbooks by calamine, text tables by `text_tables`."""

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from demoexam.exchange.cells import Book, Line, Sheet, Value
from demoexam.exchange.failures import (
    FileDamaged,
    FileEmpty,
    FileInUse,
    FileMissing,
    FileProtected,
    FileUnreadable,
    NotASpreadsheet,
    OfficeLockFile,
)
from demoexam.exchange.safety import BROKEN_ARCHIVE, refuse_hostile
from demoexam.exchange.text_tables import read_text_table

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_HEAD: Final = 8
_ZIP: Final = b"PK"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_NOT_TABLES: Final = {
    b"\xff\xd8\xff": "это картинка",
    b"\x89PNG": "это картинка",
    b"GIF8": "это картинка",
    b"%PDF": "это документ PDF",
    b"Rar!": "это архив",
    b"7z\xbc\xaf": "это архив",
    b"{\\rtf": "это документ RTF",
}
_TEXT_SUFFIXES: Final = frozenset({".csv", ".txt", ".tsv", ".tab"})


def read_book(path: Path) -> Book:
    """Every sheet of the file. Raises a `FileUnreadable` with the reason."""
    head = _read_head(path)
    if path.name.startswith("~$"):
        raise OfficeLockFile(name=path.name)
    if not head:
        raise FileEmpty(name=path.name)
    for mark, what in _NOT_TABLES.items():
        if head.startswith(mark):
            raise NotASpreadsheet(name=path.name, what=what)
    if head.startswith(_ZIP):
        _refuse_foreign_archive(path)
        refuse_hostile(path)
        return _read_workbook(path)
    if head.startswith(_OLE):
        if _ENCRYPTED in path.read_bytes():
            raise FileProtected(name=path.name)
        return _read_workbook(path)
    if not head.strip(b"\0"):
        raise FileDamaged(name=path.name)
    if path.suffix.lower() in _TEXT_SUFFIXES:
        return Book(path.name, (read_text_table(path.read_bytes(), path.name),))
    raise NotASpreadsheet(name=path.name, what="содержимое не похоже на книгу Excel")


def _read_head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except FileNotFoundError as absent:
        raise FileMissing(name=path.name) from absent
    except IsADirectoryError as folder:
        raise NotASpreadsheet(name=path.name, what="это папка") from folder
    except OSError as refused:
        if _is_folder(path):  # Windows refuses to open a folder with PermissionError
            raise NotASpreadsheet(name=path.name, what="это папка") from refused
        raise FileInUse(name=path.name) from refused


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # not even its kind may be known
        return False


def _refuse_foreign_archive(path: Path) -> None:
    """A zip that is no workbook is named as what it is."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except BROKEN_ARCHIVE as broken:
        raise FileDamaged(name=path.name) from broken
    if any(name.startswith("word/") for name in names):
        raise NotASpreadsheet(name=path.name, what="это документ Word")
    if any(name.startswith("ppt/") for name in names):
        raise NotASpreadsheet(name=path.name, what="это презентация")
    if not any(name.startswith("xl/") or name == "content.xml" for name in names):
        raise NotASpreadsheet(name=path.name, what="внутри архива нет книги")


def _read_workbook(path: Path) -> Book:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as workbook:
            return Book(path.name, tuple(_sheets(workbook)))
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
    if path.suffix.lower() == ".xls" and "workbook" in said:
        return NotASpreadsheet(name=path.name, what="внутри нет книги Excel")
    return FileDamaged(name=path.name)


def _sheets(workbook: "CalamineWorkbook") -> list[Sheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return [
        _sheet(
            workbook.get_sheet_by_name(about.name),
            hidden=about.visible is not SheetVisibleEnum.Visible,
        )
        for about in workbook.sheets_metadata
        if about.typ is SheetTypeEnum.WorkSheet
    ]


def _sheet(source: "CalamineSheet", *, hidden: bool) -> Sheet:
    rows: list[list[Value]] = [list(row) for row in source.to_python(skip_empty_area=False)]
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
