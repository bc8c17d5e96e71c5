"""Rows of other people's files written back cell by cell, to be mended and loaded again."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO
from math import isfinite
from typing import Any, Final

from demoexam.exchange.cells import Value, as_text
from demoexam.exchange.sheets_out import FIRST_YEAR, LONGEST
from demoexam.text import short_date

_NOT_IN_A_NAME: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_IN_XML: Final = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
_LONGEST_NAME: Final = 31
_NARROWEST, _WIDEST, _WIDEST_OF_WORDS = 8, 36, 70
_LARGEST_EXACT: Final = 2**53
_FORMATS: Final = {
    "text": "@",
    "number": "General",
    "date": "dd.mm.yyyy",
    "moment": "dd.mm.yyyy hh:mm:ss",
    "time": "hh:mm:ss",
    "lapse": "[h]:mm:ss",
}
_TINT: Final = "#FFE3E0"
Look = tuple[str, bool]  # a key of _FORMATS, and whether the cell is tinted


@dataclass(frozen=True)
class CellsSheet:
    """A sheet to be written: `heading` lines above, `titles`, then `rows` of cells as they were.

    `tinted` are (number of a row from 0, column). The last column holds `words` to be read.
    """

    name: str
    heading: Sequence[str]
    titles: Sequence[str]
    rows: Sequence[Sequence[Value]]
    tinted: Collection[tuple[int, int]] = field(default_factory=frozenset)


def cells_workbook(sheets: Sequence[CellsSheet], *, title: str) -> bytes:
    """An .xlsx whose cells read back as they are here: text stays text, nothing is a formula.

    What a workbook cannot hold is text: days before 1900, numbers without end; a text beyond
    32 767 letters is cut.
    """
    import xlsxwriter

    file = BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, {"in_memory": True, **plain}) as book:
        book.set_properties({"title": title})
        looks = {
            (kind, tinted): book.add_format(_look(code, tinted=tinted))
            for kind, code in _FORMATS.items()
            for tinted in (False, True)
        }
        head = book.add_format({
            "bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8EDF2",
            "border": 1, "num_format": "@",
        })  # fmt: skip
        for name, sheet in zip(sheet_names(each.name for each in sheets), sheets, strict=True):
            _fill(book.add_worksheet(name), sheet, looks, head)
    return file.getvalue()


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Names that a workbook may bear: short, without its signs, no two alike."""
    taken: list[str] = []
    for each in wanted:
        base = _NOT_IN_A_NAME.sub(" ", each).strip().strip("'") or "Лист"
        name, number = base[:_LONGEST_NAME].strip(), 1
        while name.casefold() in {*map(str.casefold, taken), "history"}:
            number += 1
            mark = f" ({number})"
            name = f"{base[: _LONGEST_NAME - len(mark)].strip()}{mark}"
        taken.append(name)
    return taken


def _look(code: str, *, tinted: bool) -> dict[str, Any]:
    look: dict[str, Any] = {"num_format": code, "valign": "top", "border": 1}
    return look | ({"text_wrap": True} if code == "@" else {}) | (
        {"bg_color": _TINT} if tinted else {}
    )  # fmt: skip


def _fill(sheet: Any, what: CellsSheet, looks: Mapping[Look, Any], head: Any) -> None:
    for at, text in enumerate(what.heading):
        sheet.write_string(at, 0, _writable(text))
    top = len(what.heading)
    for at, title in enumerate(what.titles):
        sheet.write_string(top, at, _writable(title), head)
    for number, row in enumerate(what.rows):
        for at, value in enumerate(row):
            _write(sheet, top + 1 + number, at, value, looks, tinted=(number, at) in what.tinted)
    for at, title in enumerate(what.titles):
        sheet.set_column(at, at, _width(what, at, title))
    sheet.freeze_panes(top + 1, 0)


def _width(what: CellsSheet, at: int, title: str) -> int:
    cells = (as_text(row[at]) for row in what.rows if at < len(row))
    longest = max((len(line) for text in (*cells, title) for line in text.split("\n")), default=0)
    widest = _WIDEST_OF_WORDS if at == len(what.titles) - 1 else _WIDEST
    return max(_NARROWEST, min(longest + 2, widest))


def _write(
    sheet: Any, line: int, at: int, value: Value, looks: Mapping[Look, Any], *, tinted: bool
) -> None:
    kind, write = _how(sheet, value)
    if value is None or value == "":
        sheet.write_blank(line, at, None, looks["text", tinted])
    elif kind == "text":
        text = value if isinstance(value, str) else _words(value)
        sheet.write_string(line, at, _writable(text), looks["text", tinted])
    else:
        write(line, at, value, looks[kind, tinted])


def _how(sheet: Any, value: Value) -> tuple[str, Callable[..., Any]]:  # noqa: PLR0911 -- one a type
    """The kind of cell that gives the value back, and the way to write it."""
    match value:
        case bool():
            return "number", sheet.write_boolean
        case int() | float() if isfinite(value) and abs(value) < _LARGEST_EXACT:
            return "number", sheet.write_number
        case datetime() if value.year >= FIRST_YEAR and value.tzinfo is None:
            return "moment", sheet.write_datetime
        case date() if not isinstance(value, datetime) and value.year >= FIRST_YEAR:
            return "date", sheet.write_datetime
        case time() if value.tzinfo is None:
            return "time", sheet.write_datetime
        case timedelta() if value >= timedelta():
            return "lapse", sheet.write_datetime
    return "text", sheet.write_string


def _words(value: Value) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return short_date(value)
    return as_text(value)


def _writable(text: str) -> str:
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)[:LONGEST]
