"""Word documents: every table is a sheet, and so is a list of people told in paragraphs."""

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from demoexam.exchange.cells import Book, Sheet
from demoexam.exchange.failures import FileDamaged, NotASpreadsheet
from demoexam.exchange.grids import Grid, captioned
from demoexam.exchange.orders import Paragraph, people_told
from demoexam.exchange.safety import BROKEN_ARCHIVE
from demoexam.exchange.xml_streams import Attributes, Listener, listen

_MAIN_PART: Final = re.compile(r"word/document\d*\.xml")
_SKIPPED: Final = frozenset({"drawing", "pict", "object", "moveFrom", "Fallback"})
_MARKS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LONG_NUMBER: Final = 6


def read_word_document(path: Path) -> Book:
    """Sheets "table1", "table2" ... in the order of the document, then "paragraphs"."""
    document = _Document(path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = [part for part in archive.namelist() if _MAIN_PART.fullmatch(part)]
            if not parts:
                raise FileDamaged(name=path.name)
            with archive.open(parts[0]) as source:
                listener = Listener(document.start, document.end, document.hear)
                listen(source, listener, path.name)
    except BROKEN_ARCHIVE as broken:
        raise FileDamaged(name=path.name) from broken
    sheets = (*document.sheets(), *people_told(document.paragraphs))
    if not sheets:
        what = "это документ Word, и в нём нет ни таблицы, ни списка людей"
        raise NotASpreadsheet(name=path.name, what=what)
    return Book(path.name, sheets)


@dataclass
class _Table:
    name: str
    grid: Grid
    gap: int = 0  # columns left out at the beginning of the row
    right: int = 0
    merge: str = ""  # of the cell that is open: "restart", "continue" or nothing
    texts: list[str] = field(default_factory=list)
    inner: int = 0  # tables inside this one
    captions: list[str] = field(default_factory=list)


@dataclass
class _Document:
    """Hears the tags of the main part. Paragraphs are those outside of tables, empty ones too."""

    name: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    _tables: list[_Table] = field(default_factory=list)
    _open: list[_Table] = field(default_factory=list)
    _outer: int = 0  # tables of the document itself
    _said: list[str] = field(default_factory=list)  # since the last of them
    _words: list[str] = field(default_factory=list)
    _hears: bool = False
    _is_listed: bool = False
    _skipped: int = 0  # depth inside drawings and inside what was moved away

    def sheets(self) -> list[Sheet]:
        tables = (table for table in self._tables if not table.grid.is_empty)
        return [captioned(table.grid.sheet(table.name), table.captions) for table in tables]

    def start(self, tag: str, attributes: Attributes) -> None:
        if self._skipped or tag in _SKIPPED:
            self._skipped += 1
        elif tag == "t":
            self._hears = True
        elif tag in _MARKS:
            self._words.append(_MARKS[tag])
        elif tag == "p":
            self._words, self._is_listed = [], False
        elif tag == "numPr" or (tag == "pStyle" and "list" in attributes.get("val", "").lower()):
            self._is_listed = True
        elif tag == "tbl":
            self._start_table()
        elif self._open:
            self._start_inside(self._open[-1], tag, attributes)

    def hear(self, text: str) -> None:
        if self._hears:
            self._words.append(text)

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif tag == "t":
            self._hears = False
        elif tag == "p":
            self._end_paragraph()
        elif tag == "tc" and self._open:
            self._end_cell(self._open[-1])
        elif tag == "tbl" and self._open:
            self._open.pop()

    def _start_table(self) -> None:
        if self._open:
            self._open[-1].inner += 1
            name = f"{self._open[-1].name}.{self._open[-1].inner}"
        else:
            self._outer += 1
            name = f"table{self._outer}"
        table = _Table(name, Grid(self.name), captions=[] if self._open else self._said)
        self._said = []
        self._tables.append(table)
        self._open.append(table)

    def _start_inside(self, table: _Table, tag: str, attributes: Attributes) -> None:
        match tag:
            case "tr":
                table.grid.start_row()
                table.gap = 0
            case "gridBefore":
                table.gap = _number(attributes)
            case "tc":
                table.right, table.merge, table.texts = 0, "", []
            case "gridSpan":
                table.right = max(_number(attributes) - 1, 0)
            case "vMerge":
                table.merge = attributes.get("val", "continue")

    def _end_paragraph(self) -> None:
        text = "".join(self._words)
        if self._open:
            self._open[-1].texts.append(text.strip())
        else:
            self.paragraphs.append(Paragraph(text, self._is_listed))
            self._said.append(text)
        self._words = []

    def _end_cell(self, table: _Table) -> None:
        if table.merge == "continue":
            table.grid.repeat_above(right=table.right, column=table.gap)
        else:
            value = "\n".join(text for text in table.texts if text)
            table.grid.add(value, right=table.right, column=table.gap)


def _number(attributes: Attributes) -> int:
    told = attributes.get("val", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < _LONG_NUMBER else 0
