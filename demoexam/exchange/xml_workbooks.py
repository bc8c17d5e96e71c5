"""Workbooks of Excel 2003 in XML (SpreadsheetML), as many old systems still export them."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Final

from demoexam.exchange.cells import Book, Sheet, Value
from demoexam.exchange.failures import TooLarge
from demoexam.exchange.grids import Grid
from demoexam.exchange.xml_streams import Attributes, Listener, listen

MOST_BYTES: Final = 100_000_000
_START: Final = re.compile(
    r"\s*(?:<\?.*?\?>\s*)*(?:<!--.*?-->\s*)*<(?:\w+:)?Workbook\b[^>]*schemas-microsoft-com:office"
    r":spreadsheet",
    re.DOTALL,
)
_EPOCH: Final = date(1899, 12, 31)  # the day of a cell that holds a time alone
_DOCTYPE: Final = re.compile(r"<!DOCTYPE\s+(?:\w+:)?Workbook\b")


def looks_like_xml_workbook(start: str) -> bool:
    return bool(_START.match(start) or _DOCTYPE.search(start))


def read_xml_workbook(content: bytes, name: str) -> Book:
    """Every worksheet with typed cells; formulas are passed over, their last values are read."""
    if len(content) > MOST_BYTES:
        raise TooLarge(name=name)
    workbook = _Workbook(name)
    listen(BytesIO(content), Listener(workbook.start, workbook.end, workbook.hear), name)
    return Book(name, tuple(workbook.sheets))


@dataclass
class _Workbook:
    name: str
    sheets: list[Sheet] = field(default_factory=list)
    _grid: Grid | None = None
    _title: str = ""
    _is_hidden: bool = False
    _cell: Attributes = field(default_factory=dict)
    _type: str = ""
    _text: list[str] = field(default_factory=list)
    _inside: str = ""  # the element whose text is heard: Data or Visible
    _value: Value = None
    _in_comment: bool = False  # a note to the cell is Data too

    def start(self, tag: str, attributes: Attributes) -> None:
        match tag:
            case "Worksheet":
                self._grid, self._is_hidden = Grid(self.name), False
                self._title = attributes.get("Name", f"Лист{len(self.sheets) + 1}")
            case "Row" if self._grid:
                self._grid.start_row(_number(attributes, "Index") or None)
            case "Cell":
                self._cell, self._value = attributes, None
            case "Comment":
                self._in_comment = True
            case "Data" | "Visible" if not self._in_comment:
                self._inside, self._text = tag, []
                self._type = attributes.get("Type", "String")

    def hear(self, text: str) -> None:
        if self._inside:
            self._text.append(text)

    def end(self, tag: str) -> None:
        said = "".join(self._text)
        match tag:
            case "Comment":
                self._in_comment = False
            case "Data" if self._inside:
                self._inside, self._value = "", _value(said, self._type)
            case "Visible":
                self._inside = ""
                self._is_hidden = said.strip() in {"SheetHidden", "SheetVeryHidden"}
            case "Cell" if self._grid:
                self._add_cell(self._grid)
            case "Worksheet" if self._grid:
                self.sheets.append(self._grid.sheet(self._title, hidden=self._is_hidden))
                self._grid = None

    def _add_cell(self, grid: Grid) -> None:
        place = _number(self._cell, "Index")
        grid.add(
            self._value,
            right=_number(self._cell, "MergeAcross"),
            down=_number(self._cell, "MergeDown"),
            column=place - 1 if place else None,
        )


def _number(attributes: Attributes, name: str) -> int:
    told = attributes.get(name, "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) <= 9 else 0  # noqa: PLR2004 -- larger ones are nonsense


def _value(text: str, kind: str) -> Value:
    """The cell as typed; what does not fit its type stays text."""
    try:
        if kind == "Number":
            number = float(text)
            return int(number) if number.is_integer() and abs(number) < 1e15 else number  # noqa: PLR2004 -- exact in a float
        if kind == "DateTime":
            moment = datetime.fromisoformat(text)
            return moment.time() if moment.date() <= _EPOCH else moment
    except (ValueError, OverflowError):
        return text
    return text.strip() == "1" if kind == "Boolean" else text
