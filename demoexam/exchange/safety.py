"""Refuses a workbook that would cost more memory than the machine has, before it is read."""

import lzma
import re
import zipfile
import zlib
from pathlib import Path
from typing import IO, Final

from demoexam.exchange.failures import FileDamaged, FileUnreadable

MOST_BYTES: Final = 600_000_000  # unpacked
MOST_CELLS: Final = 30_000_000  # of the rectangle that holds all cells of a sheet
BROKEN_ARCHIVE: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, RuntimeError, ValueError,
)  # fmt: skip
_MOST_RATIO: Final = 400
_ALWAYS_FINE: Final = 20_000_000  # unpacked bytes below which the ratio says nothing
_CHUNK: Final = 1 << 20
_OVERLAP: Final = 64
_CELL: Final = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_ENTITY: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


class TooLarge(FileUnreadable):
    text = "Файл «{name}» разворачивается в слишком большую таблицу."
    advice = "Скопируйте нужные строки на чистый лист, сохраните его как новую книгу и загрузите."


def refuse_hostile(path: Path) -> None:
    """Looks at a zipped workbook's sizes and cell addresses without unpacking it to disk."""
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bomb(archive, path.name)
            for part in archive.namelist():
                if _SHEET.fullmatch(part):
                    with archive.open(part) as sheet:
                        _refuse_wide(sheet, path.name)
    except BROKEN_ARCHIVE as broken:
        raise FileDamaged(name=path.name) from broken


def _refuse_bomb(archive: zipfile.ZipFile, name: str) -> None:
    unpacked = sum(part.file_size for part in archive.infolist())
    packed = sum(part.compress_size for part in archive.infolist())
    dense = unpacked > _ALWAYS_FINE and unpacked > _MOST_RATIO * max(packed, 1)
    if unpacked > MOST_BYTES or dense:
        raise TooLarge(name=name)


def _refuse_wide(sheet: IO[bytes], name: str) -> None:
    """The rectangle from A1 to the farthest cell; a stray cell far below makes it huge."""
    rows = columns = 0
    tail = b""
    while chunk := sheet.read(_CHUNK):
        text = tail + chunk
        if _ENTITY.search(text):
            raise FileDamaged(name=name)
        for letters, number in _CELL.findall(text):
            rows, columns = max(rows, int(number)), max(columns, _column(letters))
        if rows * columns > MOST_CELLS:
            raise TooLarge(name=name)
        tail = text[-_OVERLAP:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
