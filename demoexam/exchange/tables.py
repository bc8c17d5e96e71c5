"""Finds the table on a sheet: its header row or rows, what its columns are, where data begin."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from demoexam.exchange.cells import Line, Sheet, Value, as_text
from demoexam.exchange.content import GROUP_IN_TEXT, ColumnSample
from demoexam.exchange.vocabulary import NEEDED, TERMS, Kind, Term
from demoexam.rules.identity import clean, cyrillic, fold_key
from demoexam.text import fold

_SEARCHED_LINES: Final = 60
_SAMPLE: Final = 60
_HEADERS_TRIED: Final = 3
_LONGEST_TITLE: Final = 90
_BY_CONTENT_ALONE: Final = 0.6
_CONTRADICTS: Final = 0.2
_ENOUGH: Final = 0.35
_GROUP_TOLD: Final = 2.5  # as much as a column of groups


@dataclass(frozen=True)
class Table:
    """A recognised table: `columns` maps a field to its column, `lines` are below the header."""

    kind: Kind
    sheet: str
    columns: Mapping[str, int]
    titles: Mapping[int, str]
    heading: tuple[str, ...]
    lines: tuple[Line, ...]
    score: float
    header_keys: frozenset[tuple[int, str]] = field(default_factory=frozenset)
    more: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # further columns of a field
    header_rows: tuple[int, int] = (0, 0)  # first and last row of titles; (0, 0): no header

    def value(self, line: Line, name: str) -> Value:
        column = self.columns.get(name)
        return line.cells[column] if column is not None and column < len(line.cells) else None

    def values(self, line: Line, name: str) -> list[Value]:
        """The field's cells: one as a rule, more where it has several columns."""
        further = (i for i in self.more.get(name, ()) if i < len(line.cells))
        return [self.value(line, name), *(line.cells[i] for i in further)]

    def text(self, line: Line, name: str) -> str:
        """The cell with invisible marks gone and line breaks kept out."""
        return clean(as_text(self.value(line, name)))

    def repeats_header(self, line: Line) -> bool:
        columns = line.own_columns()
        if not any((i, fold_key(line.text(i))) in self.header_keys for i in columns[:2]):
            return False
        own = {(i, fold_key(line.text(i))) for i in columns}
        return len(own & self.header_keys) > len(own) / 2


def find_table(
    sheet: Sheet, kind: Kind | None = None, header: tuple[int, int] | None = None
) -> Table | None:
    """The table of the sheet of this kind, or of the kind that fits best; None if none does.

    `header` are the first and last row of titles as the user sees them; (0, 0) says there are
    none. A header told by the user makes a table whatever its titles are.
    """
    search = _Search(sheet)
    if header is not None:
        told = [search.told(each, *header) for each in ([kind] if kind else Kind)]
        return max(told, key=lambda table: (_has_needed(table), table.score))
    found = [table for each in ([kind] if kind else Kind) if (table := search.best(each))]
    return max(found, key=lambda table: table.score, default=None)


class _Search:
    """One search over a sheet: what is learnt about its rows and columns serves every kind."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._titles = {
            index: _titles(sheet, index)
            for index, line in enumerate(sheet.lines[:_SEARCHED_LINES])
            if len(line.own_columns()) > 1
        }
        self._samples: dict[int, list[ColumnSample]] = {}

    def best(self, kind: Kind) -> Table | None:
        """The table under the row that names most columns of the kind; the first of equals."""
        scores = {index: _title_score(titles, kind) for index, (titles, _) in self._titles.items()}
        ranked = sorted((i for i in scores if scores[i] >= 1), key=lambda i: (-scores[i], i))
        for index in ranked[:_HEADERS_TRIED]:
            if table := self._table(kind, index, *self._titles[index]):
                return table
        first = next(iter(self._titles), None)
        return None if first is None else self._table(kind, first, {}, 0)

    def told(self, kind: Kind, first: int, last: int) -> Table:
        """The table under the rows that the user calls its header."""
        lines = self.sheet.lines
        start = next((i for i, line in enumerate(lines) if line.number >= first), len(lines))
        rows = [line for line in lines[start:] if line.number <= last]
        width = max((len(line.cells) for line in rows), default=0)
        stacks = {i: dict.fromkeys(clean(line.text(i)) for line in rows) for i in range(width)}
        titles = {i: text for i in stacks if (text := " ".join(filter(None, stacks[i])))}
        return self._assembled(kind, start, titles, len(rows))

    def _table(self, kind: Kind, index: int, titles: Mapping[int, str], depth: int) -> Table | None:
        """The table under this header, if it has what the kind needs."""
        table = self._assembled(kind, index, titles, depth)
        return table if _has_needed(table) else None

    def _assembled(self, kind: Kind, index: int, titles: Mapping[int, str], depth: int) -> Table:
        lines = self.sheet.lines
        columns, more, score = _columns(titles, self._sample(index + depth, titles), kind)
        heading = tuple(_joined(line) for line in lines[:index] if line.own_columns())
        below = lines[index + depth :]
        if kind is Kind.STUDENTS and "group" not in columns and _names_group(heading, below):
            score += _GROUP_TOLD
        keys = frozenset((column, fold_key(title)) for column, title in titles.items())
        rows = (lines[index].number, lines[index + depth - 1].number) if depth else (0, 0)
        return Table(
            kind, self.sheet.name, columns, titles, heading, below, score, keys, more, rows
        )

    def _sample(self, start: int, titles: Mapping[int, str]) -> list[ColumnSample]:
        if start not in self._samples:
            below = self.sheet.lines[start : start + _SAMPLE]
            lines = [line.cells for line in below if len(line.own_columns()) > 1]
            width = max([len(cells) for cells in lines] + [max(titles, default=-1) + 1])
            self._samples[start] = [
                ColumnSample([cells[column] for cells in lines if column < len(cells)])
                for column in range(width)
            ]
        return self._samples[start]


def _has_needed(table: Table) -> bool:
    """Whether the table has the columns without which it is no list of its kind."""
    known = {*table.columns}
    if table.kind is Kind.STUDENTS and _names_group(table.heading, table.lines):
        known.add("group")
    return all(group & known for group in NEEDED[table.kind])


def _names_group(heading: Sequence[str], below: Sequence[Line]) -> bool:
    """A list without a column of groups tells them in its title or between its rows."""
    between = (_joined(line) for line in below if len(line.own_columns()) == 1)
    return any(GROUP_IN_TEXT.search(text) for text in (*heading, *between))


def _joined(line: Line) -> str:
    return " ".join(clean(line.text(column)) for column in line.own_columns())


def _titles(sheet: Sheet, index: int) -> tuple[dict[int, str], int]:
    """Column titles of the header at `index`, two storeys joined, and how many rows it takes."""
    top = sheet.lines[index]
    upper = {i: clean(top.text(i)) for i in range(len(top.cells))}
    if index + 1 >= len(sheet.lines):
        return {i: text for i, text in upper.items() if text}, 1
    below = sheet.lines[index + 1]
    if not _is_second_storey(top, below):
        return {i: text for i, text in upper.items() if text}, 1
    spans = {left: right for row, left, right in sheet.across if row == top.number}
    own = set(below.own_columns())
    titles: dict[int, str] = {}
    for column in range(max(len(top.cells), len(below.cells))):
        parent = upper.get(column, "") or _parent(upper, spans, column, own)
        child = clean(below.text(column)) if column in own else ""
        if joined := " ".join(dict.fromkeys(part for part in (parent, child) if part)):
            titles[column] = joined
    return titles, 2


def _parent(upper: Mapping[int, str], spans: Mapping[int, int], column: int, own: set[int]) -> str:
    """The title to the left that spans this column, by its merge or by the gap it leaves."""
    left = next((i for i in range(column - 1, -1, -1) if upper.get(i)), None)
    if left is None or column not in own:
        return ""
    return upper[left] if not spans or column <= spans.get(left, left) else ""


def _is_second_storey(top: Line, below: Line) -> bool:
    """Short words under a header that leave most of its columns empty: its second row."""
    own = below.own_columns()
    if not own or len(own) >= len(top.own_columns()):
        return False
    cells = [below.cells[i] for i in own]
    if not all(isinstance(cell, str) and re.search(r"[^\W\d]", cell) for cell in cells):
        return False
    covered = [i for i in own if i not in top.own_columns()]
    words = [title_key(as_text(cell)) for cell in cells]
    known = sum(any(_title_match(term, word) for term in _all_terms()) for word in words)
    return bool(covered) and known * 2 >= len(words)


def title_key(title: str) -> str:
    """A column's title without marks and case; Russian words with Latin letters are mended."""
    words = re.findall(r"[\w№]+", fold(clean(title)))
    return " ".join(cyrillic(word) for word in words)


def _all_terms() -> list[Term]:
    return [term for terms in TERMS.values() for term in terms]


def _title_match(term: Term, title: str) -> float:
    """1 for the best wording of a title, less for a vaguer one, 0 for none."""
    if not title or len(title) > _LONGEST_TITLE or (term.not_if and term.not_if.search(title)):
        return 0.0
    for rank, pattern in enumerate(term.titles):
        if pattern.search(title):
            return 1.0 - 0.2 * rank
    return 0.0


def _title_score(titles: Mapping[int, str], kind: Kind) -> float:
    keys = [title_key(title) for title in titles.values()]
    matches = (max(_title_match(term, key) for key in keys) for term in TERMS[kind])
    return sum(matches) if keys else 0.0


def _columns(
    titles: Mapping[int, str], samples: Sequence[ColumnSample], kind: Kind
) -> tuple[dict[str, int], dict[str, tuple[int, ...]], float]:
    """Each field its best column, each column one field; further columns; how well all fits."""
    offers: list[tuple[float, int, Term]] = []
    for column, sample in enumerate(samples):
        title = title_key(titles.get(column, ""))
        for term in TERMS[kind]:
            score = _fit(term, title, sample)
            offers += [(score, -column, term)] if score >= _ENOUGH else []
    offers.sort(key=lambda offer: offer[:2], reverse=True)
    columns: dict[str, int] = {}
    more: dict[str, tuple[int, ...]] = {}
    taken: set[int] = set()
    total = 0.0
    for score, negative, term in offers:
        if -negative in taken or (term.field in columns and not term.many):
            continue
        taken.add(-negative)
        if term.field in columns:
            more[term.field] = (*more.get(term.field, ()), -negative)
        else:
            columns[term.field] = -negative
            total += score * term.weight
    return columns, more, total


def _fit(term: Term, title: str, sample: ColumnSample) -> float:
    """How well a column is this field: by its title, confirmed or refuted by its cells."""
    by_title = _title_match(term, title)
    if not by_title:
        return _untold(term, title, sample)
    share = sample.share_of(term.content)
    if share is None:
        return 0.7 * by_title
    if term.content != "text" and share < _CONTRADICTS:
        return 0.5 * by_title if by_title == 1 else 0.0
    return by_title * (0.75 + 0.25 * share)


def _untold(term: Term, title: str, sample: ColumnSample) -> float:
    """A column under no title or an unknown one, when its cells leave no doubt."""
    if not term.alone or (term.not_if and term.not_if.search(title)):
        return 0.0
    share = sample.share_of(term.content)
    if share is None or share < _BY_CONTENT_ALONE:
        return 0.0
    return share * (0.45 if title else 0.8)
