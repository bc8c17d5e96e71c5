"""Finds the tables of a sheet: several may stand one below another or side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from demoexam.exchange.cells import Line, Sheet
from demoexam.exchange.columns import Columns, match_columns
from demoexam.exchange.content import ColumnSample
from demoexam.exchange.fields import read_specialty_codes
from demoexam.exchange.headers import (
    NO_HEADER,
    Header,
    Title,
    header_keys,
    header_lines,
    holds_data,
    read_header,
)
from demoexam.exchange.matrices import slices_of
from demoexam.exchange.plain_names import plain_names
from demoexam.exchange.side_by_side import blocks_of, only_columns
from demoexam.exchange.table import Table
from demoexam.exchange.titles import reads_as_title, title_key, title_match
from demoexam.exchange.told import day_told, group_told, joined, students_told
from demoexam.exchange.vocabulary import NEEDED, TERMS, Kind
from demoexam.rules.identity import clean

_SEARCHED_LINES: Final = 60
_SAMPLE: Final = 60
_HEADERS_TRIED: Final = 3
_TITLE_LINES: Final = 5  # above a table that is not the first of its sheet
_LEAST_SCORE: Final = {Kind.WORKSHOPS: 1.9}  # an inventory has names and rooms too
_STUDENTS_ALONE: Final = 0.3  # a list called theirs that tells no group
_ALL_NAMES: Final = 0.9
_SIDES_ARE_MORE: Final = 1.1


def find_tables(
    sheet: Sheet, kind: Kind | None = None, header: tuple[int, int] | None = None
) -> list[Table]:
    """The tables of the sheet, each of this kind or of the kind that fits it best.

    `header` are the first and last row of titles as the user sees them; (0, 0) says there are
    none. A header told by the user makes one table whatever its titles are.
    """
    kinds = [kind] if kind else [*Kind]
    if header is not None:
        return [_told(sheet, kinds, *header)]
    if Kind.SCHEDULE in kinds and (tables := _of_matrix(sheet)):
        return _keyed(tables)
    found = [_Part(sheet, each) for each in _headers(sheet)]
    parts = [part for part in found if part.header.index >= 0]
    tables = []
    for position, part in enumerate(parts):
        above = parts[position - 1] if position else None
        below = parts[position + 1] if position + 1 < len(parts) else None
        part.end = below.start_of_heading() if below else len(sheet.lines)
        part.start = part.start_of_heading() if above else 0
        tables += part.tables(kinds)
    if tables and tables[0].header_rows[0] <= _SEARCHED_LINES:
        return _keyed(tables)
    if loose := _loosely(sheet, kinds):
        return _keyed([loose])
    alone = _names_alone(sheet) if not tables and Kind.STUDENTS in kinds else None
    return _keyed([alone] if alone else tables)


def _of_matrix(sheet: Sheet) -> list[Table]:
    """A table for each column of a schedule that is drawn as a matrix."""
    slices = slices_of(sheet)
    found = ((_Part(each.sheet, each.header), each.column) for each in slices)
    return [replace(part.table(Kind.SCHEDULE), origin=column) for part, column in found]


def find_table(
    sheet: Sheet, kind: Kind | None = None, header: tuple[int, int] | None = None
) -> Table | None:
    """The table of the sheet that fits best; None if there is none."""
    return max(find_tables(sheet, kind, header), key=lambda table: table.score, default=None)


def _headers(sheet: Sheet) -> list[Header]:
    """Headers of the sheet; one that repeats the titles above it opens no new table."""
    headers: list[Header] = []
    known: frozenset[tuple[int, str]] = frozenset()
    end = 0
    for index in header_lines(sheet):
        if index < end:
            continue
        header = read_header(sheet, index)
        keys = header_keys(sheet, header)
        end = index + header.depth
        if len(keys & known) * 2 <= len(keys):
            headers.append(header)
            known = keys
    return headers


def _keyed(tables: Sequence[Table]) -> list[Table]:
    """The first table of a sheet goes by the sheet's name, others by their place too."""
    named = []
    for position, table in enumerate(tables):
        place = f"{table.sheet}!{table.header_rows[0]}:{table.origin}"
        named.append(replace(table, key=place if position else table.sheet))
    return named


class _Part:
    """One header with the lines below it, up to `end`; its heading begins at `start`."""

    def __init__(self, sheet: Sheet, header: Header) -> None:
        self.sheet = sheet
        self.header = header
        self.start = 0
        self.end = len(sheet.lines)
        self._samples: list[ColumnSample] | None = None

    def start_of_heading(self) -> int:
        """Where the lines of text right above the header begin."""
        index = self.header.index
        while (
            index > max(self.header.index - _TITLE_LINES, 0)
            and len(self.sheet.lines[index - 1].own_columns()) <= 1
        ):
            index -= 1
        return index

    def tables(self, kinds: Sequence[Kind]) -> list[Table]:
        """The table, or the tables that stand side by side under this header."""
        whole = self.best(kinds)
        blocks = blocks_of(self.header.titles, self.below())
        if len(blocks) < 2:  # noqa: PLR2004 -- nothing beside it
            return [whole] if whole else []
        beside = [self._beside(kinds, block) for block in blocks]
        found = [table for table in beside if table]
        total = sum(table.score for table in found)
        if len(found) > 1 and total > _SIDES_ARE_MORE * (whole.score if whole else 0):
            return found
        return [whole] if whole else found

    def _beside(self, kinds: Sequence[Kind], block: range) -> Table | None:
        part = _Part(only_columns(self.sheet, block), _narrowed(self.header, block))
        part.start, part.end = self.start, self.end
        table = part.best(kinds)
        return replace(table, origin=block.start) if table else None

    def best(self, kinds: Sequence[Kind]) -> Table | None:
        tables = [table for kind in kinds if has_needed(table := self.table(kind))]
        return max(tables, key=lambda table: table.score, default=None)

    def below(self) -> tuple[Line, ...]:
        return self.sheet.lines[self.header.index + self.header.depth : self.end]

    def table(self, kind: Kind) -> Table:
        header, lines = self.header, self.sheet.lines
        columns = match_columns(header.titles, self.samples(), kind)
        above = [lines[0:0], lines[: self.start][:_TITLE_LINES]][self.start > 0]
        heading = _texts((*above, *lines[self.start : header.index]))
        below, score = self.below(), columns.score
        if kind is Kind.STUDENTS and "group" not in columns.of_field:
            told = group_told(self.sheet.name, heading, below)
            score += told or (_STUDENTS_ALONE if students_told(self.sheet.name, heading) else 0)
        if kind is Kind.SCHEDULE and "kit" in columns.of_field and "date" not in columns.of_field:
            score += day_told(below)
        first, last = header.index, header.index + header.depth - 1
        return Table(
            kind=kind,
            sheet=self.sheet.name,
            columns=columns.of_field,
            titles=header.texts,
            heading=heading,
            lines=below,
            score=score,
            header_keys=header_keys(self.sheet, header),
            more=columns.more,
            marks=_marks(header.titles, columns),
            header_rows=(lines[first].number, lines[last].number) if header.depth else (0, 0),
        )

    def tells_enough(self, kind: Kind) -> bool:
        """Whether rows under no titles that hold nothing known but names are all people."""
        if self.header.depth or kind is not Kind.ROSTER:
            return True
        known = match_columns(NO_HEADER, self.samples(), kind).of_field
        if {*known} - {"number"} != {"full_name"}:
            return True
        return (self.samples()[known["full_name"]].share_of("full_name") or 0) >= _ALL_NAMES

    def samples(self) -> list[ColumnSample]:
        if self._samples is None:
            start = self.header.index + self.header.depth
            below = self.sheet.lines[start : min(start + _SAMPLE, self.end)]
            lines = [line.cells for line in below if _may_be_data(line)]
            lines = lines or [line.cells for line in below]
            titled = max(self.header.titles, default=-1) + 1
            width = max([len(cells) for cells in lines] + [titled])
            self._samples = [
                ColumnSample([cells[column] for cells in lines if column < len(cells)])
                for column in range(width)
            ]
        return self._samples


def _marks(titles: Mapping[int, Title], columns: Columns) -> dict[int, str]:
    """Columns that are titled by codes of specialties and hold nothing else that we know."""
    taken = {*columns.of_field.values()}
    codes = {i: read_specialty_codes(titles[i].own)[0] for i in titles if i not in taken}
    return {i: found[0] for i, found in codes.items() if found}


def _may_be_data(line: Line) -> bool:
    """Not a heading, and not the row 1 2 3 …."""
    own = line.own_columns()
    return len(own) > 1 and any(isinstance(line.cells[i], str | date) for i in own)


def _narrowed(header: Header, block: range) -> Header:
    titles = {column: title for column, title in header.titles.items() if column in block}
    return Header(header.index, header.depth, titles)


def _texts(lines: Sequence[Line]) -> tuple[str, ...]:
    return tuple(joined(line) for line in lines if line.own_columns())


def has_needed(table: Table) -> bool:
    """Whether the table has the columns without which it is no list of its kind."""
    known = {*table.columns}
    if table.kind is Kind.STUDENTS and (
        group_told(table.sheet, table.heading, table.lines)
        or students_told(table.sheet, table.heading)
    ):
        known.add("group")
    if table.kind is Kind.SCHEDULE and "kit" in known and "date" not in known:
        known |= {"date"} if day_told(table.lines) else set()
    is_plain = table.score >= _LEAST_SCORE.get(table.kind, 0)
    return is_plain and all(group & known for group in NEEDED[table.kind])


def _told(sheet: Sheet, kinds: Sequence[Kind], first: int, last: int) -> Table:
    """The table under the rows that the user calls its header."""
    lines = sheet.lines
    start = next((i for i, line in enumerate(lines) if line.number >= first), len(lines))
    depth = sum(line.number <= last for line in lines[start:]) if last else 0
    header = read_header(sheet, start, depth) if depth else Header(start, 0, NO_HEADER)
    told = [_Part(sheet, header).table(kind) for kind in kinds]
    best = max(told, key=lambda table: (has_needed(table), table.score))
    return replace(best, key=sheet.name, titles=_written(lines[start : start + depth]))


def _written(rows: Sequence[Line]) -> dict[int, str]:
    """The titles as they are written in each column, without what spans it from the left."""
    width = max((len(line.cells) for line in rows), default=0)
    stacks = {i: dict.fromkeys(clean(line.text(i)) for line in rows) for i in range(width)}
    return {i: text for i in stacks if (text := " ".join(filter(None, stacks[i])))}


def _loosely(sheet: Sheet, kinds: Sequence[Kind]) -> Table | None:
    """The table under the row that names most columns, or under none at all."""
    rows = [
        i for i, line in enumerate(sheet.lines[:_SEARCHED_LINES]) if len(line.own_columns()) > 1
    ]
    headers = {i: read_header(sheet, i) for i in rows if not holds_data(sheet.lines[i])}
    found = []
    for kind in kinds:
        scores = {i: _title_score(header.titles, kind) for i, header in headers.items()}
        ranked = sorted((i for i in scores if scores[i] >= 1), key=lambda i: (-scores[i], i))
        tried = [headers[index] for index in ranked[:_HEADERS_TRIED]]
        tried += [Header(rows[0], 0, NO_HEADER)] if rows else []
        parts = (_Part(sheet, header) for header in tried)
        tables = (part.table(kind) for part in parts if part.tells_enough(kind))
        found += [first] if (first := next(filter(has_needed, tables), None)) else []
    return max(found, key=lambda table: table.score, default=None)


def _names_alone(sheet: Sheet) -> Table | None:
    """A group's students in a single column without a title."""
    if not (found := plain_names(sheet)):
        return None
    names, first = found
    table = _Part(names, Header(first, 0, NO_HEADER)).table(Kind.STUDENTS)
    return table if has_needed(table) else None


def _title_score(titles: Mapping[int, Title], kind: Kind) -> float:
    keys = [title_key(title.path) for title in titles.values() if reads_as_title(title.own)]
    return sum(max(title_match(term, key) for key in keys) for term in TERMS[kind]) if keys else 0


__all__ = ["Table", "find_table", "find_tables", "has_needed", "title_key"]
