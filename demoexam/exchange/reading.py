"""A file becomes a `Book` of plain cells: what it really is shows in its bytes, not in its name."""

import struct
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Final

from demoexam.exchange.cells import Book, Line, Sheet, Value
from demoexam.exchange.failures import (
    FileDamaged,
    FileEmpty,
    FileInUse,
    FileMissing,
    FileProtected,
    FileTooHeavy,
    NotASpreadsheet,
    OfficeLockFile,
    OldWordDocument,
)
from demoexam.exchange.safety import BROKEN_ARCHIVE, refuse_hostile

WIDEST: Final = 1_000  # columns
LONGEST_CELL: Final = 2_000  # characters
MOST_BYTES: Final = 100_000_000
_HEAD: Final = 4096
_ZIP: Final = b"PK"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_TABLES: Final = {
    b"\xff\xd8\xff": "это картинка",
    b"\x89PNG": "это картинка",
    b"GIF8": "это картинка",
    b"BM": "это картинка",
    b"II*\0": "это картинка",
    b"MM\0*": "это картинка",
    b"RIFF": "это картинка, звук или видео",
    b"%PDF": "это документ PDF",
    b"Rar!": "это архив",
    b"7z\xbc\xaf": "это архив",
    b"\x1f\x8b": "это архив",
    b"{\\rtf": "это документ RTF",
    b"MZ": "это программа",
    b"SQLite format 3": "это база данных",
}
_IN_ARCHIVE: Final = (  # what the names of an archive's parts tell, first that fits
    ("ppt/", "это презентация"),
    ("index/", "это таблица Apple Numbers: сохраните её как xlsx (Файл → Экспортировать)"),
)
_OLE_STREAMS: Final = {"WordDocument": "doc", "PowerPoint Document": "ppt", "__substg1.0": "msg"}
_BOOK_BEGINS: Final = bytes.fromhex("0908100000060500")
_FILEPASS: Final = 0x2F
_RECORDS_BEFORE_PASSWORD: Final = 12
_TEXT_SUFFIXES: Final = frozenset({".csv", ".txt", ".tsv", ".tab"})
_SHORTCUTS: Final = frozenset({".lnk", ".url", ".gsheet", ".webloc"})


def read_book(path: Path) -> Book:
    """Every sheet of the file. Raises a `FileUnreadable` with the reason.

    Columns beyond the first thousand are left out: a stray cell makes every row as long as itself.
    Of a text nobody would write into a cell of a list only the beginning is kept.
    """
    book = _read(path)
    if any(_is_beyond(line) for sheet in book.sheets for line in sheet.lines):
        return replace(book, sheets=tuple(map(_narrowed, book.sheets)))
    return book


def _is_beyond(line: Line) -> bool:
    return len(line.cells) > WIDEST or any(
        isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in line.cells
    )


def _narrowed(sheet: Sheet) -> Sheet:
    lines = (
        replace(line, cells=tuple(map(_shortened, line.cells[:WIDEST])))
        if _is_beyond(line)
        else line
        for line in sheet.lines
    )
    return replace(sheet, lines=tuple(lines))


def _shortened(cell: Value) -> Value:
    return cell[:LONGEST_CELL] if isinstance(cell, str) else cell


def _read(path: Path) -> Book:
    head = _read_head(path)
    if path.name.startswith("~$"):
        raise OfficeLockFile(name=path.name)
    if not head:
        raise FileEmpty(name=path.name)
    if path.stat().st_size > MOST_BYTES:
        raise FileTooHeavy(name=path.name, what=f"он больше {MOST_BYTES // 1_000_000} МБ")
    for mark, what in _NOT_TABLES.items():
        if head.startswith(mark):
            raise NotASpreadsheet(name=path.name, what=what)
    if path.suffix.lower() in _SHORTCUTS:
        raise NotASpreadsheet(name=path.name, what="это ярлык, а не сам файл")
    if head.startswith(_ZIP):
        return _read_zipped(path)
    if head.startswith(_OLE):
        return _read_compound(path)
    if not head.strip(b"\0"):
        what = "он заполнен нулями: так бывает после сбоя записи или скачивания"
        raise NotASpreadsheet(name=path.name, what=what)
    return _read_markup_or_text(path, head)


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


def _read_zipped(path: Path) -> Book:
    """A workbook or a Word document; any other archive is named as what it is."""
    from demoexam.exchange.workbooks import read_workbook

    refuse_hostile(path)
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            is_text = b"opendocument.text" in _mime_type(archive, names)
    except BROKEN_ARCHIVE as broken:
        raise FileDamaged(name=path.name) from broken
    if any(name.startswith("word/") for name in names):
        from demoexam.exchange.word_documents import read_word_document  # brings much along

        return read_word_document(path)
    folded = [name.lower() for name in names]
    for start, what in _IN_ARCHIVE:
        if any(name.startswith(start) for name in folded):
            raise NotASpreadsheet(name=path.name, what=what)
    if is_text:
        raise NotASpreadsheet(name=path.name, what="это текст OpenDocument")
    if any(name.startswith("xl/") or name == "content.xml" for name in names):
        return read_workbook(path)
    packed = any(name.endswith((".xlsx", ".xls", ".csv", ".docx", ".ods")) for name in folded)
    what = "это архив: извлеките из него книгу и загрузите её" if packed else _NO_BOOK
    raise NotASpreadsheet(name=path.name, what=what)


_NO_BOOK: Final = "внутри архива нет книги"


def _mime_type(archive: zipfile.ZipFile, names: list[str]) -> bytes:
    if "mimetype" not in names:
        return b""
    with archive.open("mimetype") as file:
        return file.read(200)


def _read_compound(path: Path) -> Book:
    """A workbook of Excel 97-2003, or an encrypted one of any age."""
    from demoexam.exchange.workbooks import read_workbook

    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content or _is_ciphered(content):
        raise FileProtected(name=path.name)
    has_book = any(word.encode("utf-16-le") in content for word in ("Workbook", "Book"))
    for stream, kind in _OLE_STREAMS.items():
        if not has_book and stream.encode("utf-16-le") in content:
            if kind == "doc":
                raise OldWordDocument(name=path.name, what="это документ Word старого вида (doc)")
            raise NotASpreadsheet(name=path.name, what=f"это файл {kind}")
    return read_workbook(path)


def _is_ciphered(content: bytes) -> bool:
    """Whether a workbook of Excel 97-2003 has the record FILEPASS among its first ones."""
    start = content.find(_BOOK_BEGINS)
    for _ in range(_RECORDS_BEFORE_PASSWORD if start >= 0 else 0):
        record, length = struct.unpack_from("<HH", content.ljust(start + 4), start)
        if record == _FILEPASS:
            return True
        start += 4 + length
    return False


def _read_markup_or_text(path: Path, head: bytes) -> Book:
    """A page or XML under a workbook's name, or a text table."""
    from demoexam.exchange.html_tables import (
        looks_like_html,
        looks_like_web_archive,
        read_html,
        read_web_archive,
    )
    from demoexam.exchange.text_orders import people_of_order
    from demoexam.exchange.text_tables import decode, is_binary, read_text_table
    from demoexam.exchange.xml_workbooks import looks_like_xml_workbook, read_xml_workbook

    start = decode(head).lstrip("\ufeff")
    content = path.read_bytes()
    if looks_like_xml_workbook(start):
        return read_xml_workbook(content, path.name)
    if looks_like_html(start):
        return read_html(content, path.name)
    if looks_like_web_archive(start):
        return read_web_archive(content, path.name)
    if path.suffix.lower() not in _TEXT_SUFFIXES and (is_binary(start) or "<" in start[:1]):
        raise NotASpreadsheet(name=path.name, what="содержимое не похоже на книгу Excel")
    if told := people_of_order(content):
        return Book(path.name, tuple(told))
    return Book(path.name, (read_text_table(content, path.name),))
