"""Schedules drawn as a matrix: days, shifts or workshops stand across the top, one a column."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from demoexam.exchange.cells import Line, Sheet, Value
from demoexam.exchange.content import ColumnSample
from demoexam.exchange.fields import read_kit_codes
from demoexam.exchange.headers import Header, Title
from demoexam.exchange.headings import Meaning, meanings_of
from demoexam.exchange.titles import fields_titled, reads_as_title, title_key
from demoexam.exchange.vocabulary import Kind
from demoexam.rules.identity import clean

_SEARCHED_LINES: Final = 30
_LEAST_ACROSS: Final = 2
_MOST_ACROSS: Final = 100
_MOST: Final = 0.6
_ACROSS: Final = (Meaning.DAY, Meaning.SHIFT, Meaning.PLACE)
_LONGEST: Final = 60
_MAY_BE_ACROSS: Final = re.compile(
    r"^\D{0,14}\d{1,2}(?:[.\s]|$)|смена|поток|мастерск|лаборат|цпдэ|площадк|ауд|каб", re.IGNORECASE
)
_OF_KITS: Final = frozenset({"kit", "specialty"})
_TITLES: Final = (  # what the cells of a column are, and a title that says so
    ("group", "sure_group", "Группа"),
    ("time", "clock", "Время"),
    ("chief", "short_names", "Главный эксперт"),
    ("workshop", "workshop", "Мастерская"),
    ("room", "room", "Кабинет"),
)


class Slice(NamedTuple):
    """The rows of one column of a matrix, with what stands over it as a heading above them."""

    sheet: Sheet
    header: Header
    column: int


def slices_of(sheet: Sheet) -> Iterator[Slice]:
    """A matrix column by column; nothing for any other sheet."""
    for index, line in enumerate(sheet.lines[:_SEARCHED_LINES]):
        columns = _columns_across(line)
        if len(columns) < _LEAST_ACROSS:
            continue
        base = _base_titles(sheet.lines[: index + 1], columns)
        if not base:
            continue
        known = {name for title in base.values() for name in _fields(title)}
        slices = [_slice(sheet, index, column, base) for column in columns]
        whole = [each for each in slices if each and _says_whom(each, known)]
        of_kits = known & _OF_KITS or any(map(_tells_kit, sheet.lines[:index]))
        if of_kits and len(whole) >= _LEAST_ACROSS:
            yield from whole
            return


def _columns_across(line: Line) -> list[int]:
    """Columns titled by days, or else by shifts or by places; the others have plain titles."""
    own = line.own_columns()
    if not _LEAST_ACROSS <= len(own) <= _MOST_ACROSS:
        return []
    told = {column: _meaning(line, column) for column in own}
    for meaning in _ACROSS:
        columns = [column for column in own if told[column] is meaning]
        if len(columns) >= _LEAST_ACROSS and len({line.text(i) for i in columns}) == len(columns):
            others = [line.text(column) for column in own if column not in columns]
            return columns if all(map(reads_as_title, others)) else []
    return []


def _tells_kit(line: Line) -> bool:
    return any(read_kit_codes(line.text(column)) for column in line.own_columns())


def _meaning(line: Line, column: int) -> Meaning | None:
    if isinstance(line.cells[column], date):
        return Meaning.DAY
    text = clean(line.text(column))
    if len(text) > _LONGEST or not _MAY_BE_ACROSS.search(text):
        return None
    meanings = meanings_of(text)
    return next((meaning for meaning in _ACROSS if meaning in meanings), None)


def _base_titles(lines: Sequence[Line], across: Sequence[int]) -> dict[int, str]:
    """Titles beside the matrix, of the row of days or of the one above it."""
    titles: dict[int, str] = {}
    for line in lines[-2:]:
        for column in line.own_columns():
            if column not in across and _fields(line.text(column)):
                titles[column] = line.text(column)
    return titles


def _fields(title: str) -> frozenset[str]:
    return fields_titled(title_key(title), Kind.SCHEDULE)


def _slice(sheet: Sheet, index: int, column: int, base: dict[int, str]) -> Slice | None:
    line, below = sheet.lines[index], sheet.lines[index + 1 :]
    filled = [each for each in below if column < len(each.cells) and each.text(column).strip()]
    sample = ColumnSample([each.cells[column] for each in filled])
    title = next((words for _, test, words in _TITLES if (sample.share_of(test) or 0) >= _MOST), "")
    titles = {**base, column: title or "Отметка"}
    lines = [*sheet.lines[:index], _line(line.number, titles)]
    lines.append(_line(line.number, {column: clean(line.text(column))}))
    lines += [_line(each.number, {i: _cell(each, i) for i in titles}) for each in filled]
    header = Header(index, 1, {i: Title(text, text) for i, text in titles.items()})
    return Slice(Sheet(sheet.name, tuple(lines)), header, column) if filled else None


def _line(number: int, cells: Mapping[int, Value]) -> Line:
    return Line(number, tuple(cells.get(column) for column in range(max(cells) + 1)))


def _cell(line: Line, column: int) -> Value:
    return line.cells[column] if column < len(line.cells) else None


def _says_whom(each: Slice, known: set[str]) -> bool:
    """Whether groups are told: by the cells of the matrix, or beside it where days cross it."""
    by_days = "date" not in known and "group" in known
    return by_days or each.header.titles[each.column].own == _TITLES[0][2]
