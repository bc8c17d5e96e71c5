"""Finds header rows on a sheet and reads the titles of their columns, of several storeys too."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from demoexam.exchange.cells import Line, Sheet
from demoexam.exchange.legal_forms import FORM_KINDS
from demoexam.exchange.titles import may_be_title, reads_as_title
from demoexam.rules.full_names import is_given_name, is_patronymic
from demoexam.rules.identity import clean, fold_key

_MOST_STOREYS: Final = 3
_LEAST_TITLES: Final = 2
_MOST_STRANGERS: Final = 0.4  # share of cells of a header that are no titles we know
_FIGURES: Final = re.compile(r"(?!\d\d\.\d\d\.\d\d$)\d+(?:[.:/–-]\d+)+")  # no codes of specialties
_LETTERS: Final = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Title:
    """What stands over a column: `own` is the lowest storey, `path` all of them."""

    own: str
    path: str


@dataclass(frozen=True)
class Header:
    """A header of `depth` rows, the first of them at `index` of the sheet's lines."""

    index: int
    depth: int
    titles: Mapping[int, Title]

    @property
    def texts(self) -> dict[int, str]:
        return {column: title.path for column, title in self.titles.items()}


NO_HEADER: Final[Mapping[int, Title]] = {}


def header_lines(sheet: Sheet) -> Iterator[int]:
    """Lines that consist of titles of columns; data rows are passed at little cost."""
    for index, line in enumerate(sheet.lines):
        if consists_of_titles(line):
            yield index


def consists_of_titles(line: Line) -> bool:
    for cell in line.cells:
        if isinstance(cell, str) and "@" in cell:
            return False  # an address: this alone lets most rows of a roster pass
    filled = [cell for cell in line.cells if cell is not None and cell != ""]
    least = max(len(filled) * (1 - _MOST_STRANGERS), _LEAST_TITLES)
    strangers = len(filled) - least
    doubtful: list[str] = []
    for cell in reversed(filled):  # names and posts come first; numbers and days come last
        if isinstance(cell, str) and may_be_title(cell):
            doubtful.append(cell)
        elif (strangers := strangers - 1) < 0:  # most rows of data need no closer look
            return False
    titles = sum(map(reads_as_title, doubtful))
    if titles < least or len({*map(str, filled)}) < _LEAST_TITLES:
        return False
    return not tells_of_somebody(line)


def tells_of_somebody(line: Line) -> bool:
    """Whether a person, an organization or a contact is in the row: then it is no header."""
    return any(_tells_somebody(cell) for cell in line.cells if isinstance(cell, str))


def holds_data(line: Line) -> bool:
    """Whether somebody or something is told in the row: a day, an hour, the code of a kit."""
    if tells_of_somebody(line):
        return True
    return any(
        isinstance(cell, date | time) or (isinstance(cell, str) and bool(_FIGURES.fullmatch(cell)))
        for cell in line.cells
    )


def _tells_somebody(text: str) -> bool:
    words = clean(text).replace(",", " ").split()
    if any(is_patronymic(word) or is_given_name(word) for word in words):
        return True
    return (len(words) > 1 and words[0] in FORM_KINDS) or "@" in text


def read_header(sheet: Sheet, index: int, depth: int = 0) -> Header:
    """The header at `index`; its number of storeys is found out unless told."""
    lines = sheet.lines
    if not depth:
        depth = 1
        while depth < _MOST_STOREYS and index + depth < len(lines):
            if not _is_next_storey(lines[index : index + depth], lines[index + depth]):
                break
            depth += 1
    return Header(index, depth, _titles(sheet, lines[index : index + depth]))


def header_keys(sheet: Sheet, header: Header) -> frozenset[tuple[int, str]]:
    """Every cell of the header, to know its rows again when they are repeated."""
    return frozenset(
        (column, fold_key(line.text(column)))
        for line in sheet.lines[header.index : header.index + header.depth]
        for column in line.own_columns()
    )


def _titles(sheet: Sheet, rows: Sequence[Line]) -> dict[int, Title]:
    stacks: dict[int, list[str]] = {}
    for depth, line in enumerate(rows):
        spans = {left: right for row, left, right in sheet.across if row == line.number}
        for column in range(len(line.cells)):
            text = clean(line.text(column)) if column not in line.spread else ""
            below = any(column in lower.own_columns() for lower in rows[depth + 1 :])
            if not text and (below or _spanned(spans, column)):
                text = _parent(line, spans, column)
            if text:
                stacks.setdefault(column, []).append(_raw(line, column) or text)
    return {column: _title(stack) for column, stack in stacks.items()}


def _raw(line: Line, column: int) -> str:
    """The cell with its line breaks, for words broken by them."""
    return line.text(column).strip() if column not in line.spread else ""


def _title(stack: Sequence[str]) -> Title:
    parts = [*dict.fromkeys(stack)]
    return Title(parts[-1], " ".join(parts))


def _spanned(spans: Mapping[int, int], column: int) -> bool:
    return any(left < column <= right for left, right in spans.items())


def _parent(line: Line, spans: Mapping[int, int], column: int) -> str:
    """The title to the left that spans this column, by its merge or by the gap it leaves."""
    left = next((i for i in range(column - 1, -1, -1) if clean(line.text(i))), None)
    if left is None or left in line.spread:
        return ""
    return clean(line.text(left)) if not spans or column <= spans.get(left, left) else ""


def _is_next_storey(above: Sequence[Line], below: Line) -> bool:
    """Short words under a header that leave columns of it empty: its next row."""
    own = below.own_columns()
    if not own or not all(
        isinstance(below.cells[i], str) and _LETTERS.search(below.text(i)) for i in own
    ):
        return False
    words = [below.text(i) for i in own]
    known = sum(map(reads_as_title, words))
    if known * 2 < len(words):
        return False
    covered = [i for i in own if i not in above[-1].own_columns()]
    repeats = {(i, fold_key(below.text(i))) for i in own} & {
        (i, fold_key(line.text(i))) for line in above for i in line.own_columns()
    }
    is_third = len(above) > 1
    return bool(covered) and len(repeats) * 2 < len(words) and (len(own) > 1 or not is_third)
