"""Refuses a zipped file that would cost more memory than the machine has, before it is read."""

import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from demoexam.exchange.failures import FileDamaged, FileDangerous, NotASpreadsheet, TooLarge

MOST_BYTES: Final = 300_000_000  # of all parts that a reader unpacks
MOST_OF_TEXT: Final = 40_000_000  # of a part that is held in memory or read in Python
MOST_CELLS: Final = 3_000_000  # of the rectangle that holds all cells of a sheet
BROKEN_ARCHIVE: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, RuntimeError, ValueError,
)  # fmt: skip
_MOST_PARTS: Final = 5_000
_MOST_RATIO: Final = 400
_ALWAYS_FINE: Final = 20_000_000  # unpacked bytes below which the ratio says nothing
_CHUNK: Final = 1 << 20
_OVERLAP: Final = 2048
_READ: Final = re.compile(r"(?:xl/.*\.(?:xml|bin)|word/.*\.xml|content\.xml)", re.IGNORECASE)
_HELD: Final = re.compile(
    r"(?:xl/(?:sharedStrings|styles)\.(?:xml|bin)|word/.*\.xml|content\.xml)", re.IGNORECASE
)
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_MARKUP: Final = re.compile(r".*\.(?:xml|rels)", re.IGNORECASE)
_OUTSIDE: Final = re.compile(r"(?:.*[/\\])?\.\.(?:[/\\].*)?|[a-z]:.*", re.IGNORECASE | re.DOTALL)
# Cells within A1:Z99999 cannot exceed MOST_CELLS, so only those beyond are looked at; an empty
# cell (it ends with "/>") carries a style alone and takes no place.
_FAR_CELL: Final = re.compile(rb'<c r="([A-Z](?=\d{6})|[A-Z]{2,3})(\d{1,7})"[^>]*(?<!/)>')
_CELL: Final = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')
_REPEATED_ROW: Final = re.compile(
    rb'<table:table-row\b[^>]*number-rows-repeated="\d{5,}"[^>]*(?<!/)>'
    rb"(?:<table:(?:covered-)?table-cell\b[^>]*/>)*<table:table-cell\b[^>]*(?<!/)>"
)
_DOCTYPE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def refuse_hostile(path: Path) -> None:
    """Looks at sizes, names and cell addresses of a zipped file; unpacks nothing to disk."""
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_names(archive, path.name)
            _refuse_bomb(archive, path.name)
            for part in archive.namelist():
                if _MARKUP.fullmatch(part):
                    _look_into(archive, part, path.name)
    except BROKEN_ARCHIVE as broken:
        raise FileDamaged(name=path.name) from broken


def _look_into(archive: zipfile.ZipFile, part: str, name: str) -> None:
    with archive.open(part) as markup:
        has_far_cells = _refuse_markup(markup, part, name)
    if has_far_cells:
        with archive.open(part) as markup:
            _refuse_wide(markup, name)


def _refuse_names(archive: zipfile.ZipFile, name: str) -> None:
    """No part may claim a place outside; nothing is written anyway, but the file is hostile."""
    parts = archive.namelist()
    if len(parts) > _MOST_PARTS:
        raise TooLarge(name=name)
    if any(_OUTSIDE.fullmatch(part) for part in parts):
        raise FileDangerous(name=name, what="внутри него путь, ведущий за пределы файла")
    if any(part.flag_bits & 1 for part in archive.infolist()):
        raise NotASpreadsheet(name=name, what="это архив под паролем")


def _refuse_bomb(archive: zipfile.ZipFile, name: str) -> None:
    read = [part for part in archive.infolist() if _READ.fullmatch(part.filename)]
    unpacked = sum(part.file_size for part in read)
    packed = sum(part.compress_size for part in read)
    dense = unpacked > _ALWAYS_FINE and unpacked > _MOST_RATIO * max(packed, 1)
    held = sum(part.file_size for part in read if _HELD.fullmatch(part.filename))
    if unpacked > MOST_BYTES or held > MOST_OF_TEXT or dense:
        raise TooLarge(name=name)


def _refuse_markup(markup: IO[bytes], part: str, name: str) -> bool:
    """Refuses entities and rows repeated without end; tells whether a sheet has far cells."""
    is_sheet, is_table = bool(_SHEET.fullmatch(part)), part.lower() == "content.xml"
    has_far_cells = False
    for text in _chunks(markup):
        if _DOCTYPE.search(text):
            raise FileDangerous(name=name, what="внутри него объявлены сущности XML")
        if is_table and _REPEATED_ROW.search(text):
            raise TooLarge(name=name)
        has_far_cells = has_far_cells or (is_sheet and _FAR_CELL.search(text) is not None)
    return has_far_cells


def _refuse_wide(sheet: IO[bytes], name: str) -> None:
    """The rectangle from A1 to the farthest cell; a stray cell far below makes it huge."""
    rows = columns = 0
    for text in _chunks(sheet):
        for letters, number in _CELL.findall(text):
            rows, columns = max(rows, int(number)), max(columns, _column(letters))
        if rows * columns > MOST_CELLS:
            raise TooLarge(name=name)


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    """Pieces of the part, each with the end of the one before it."""
    tail = b""
    while chunk := source.read(_CHUNK):
        text = tail + chunk
        yield text
        tail = text[-_OVERLAP:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
