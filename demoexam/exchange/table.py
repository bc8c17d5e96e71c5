"""A recognised table on a sheet: its kind, its columns and its lines."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from demoexam.exchange.cells import Line, Value, as_text
from demoexam.exchange.vocabulary import Kind
from demoexam.rules.identity import clean, fold_key


@dataclass(frozen=True)
class Table:
    """A recognised table: `columns` maps a field to its column, `lines` are below the header.

    `origin` is its first column where several tables stand side by side, else 0.
    """

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
    origin: int = 0
    marks: Mapping[int, str] = field(default_factory=dict)  # columns of «+» and their specialties
    key: str = ""  # what the user's choice of columns calls the table

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
        for column in columns[:2]:
            text = line.text(column)
            first = text[:1]
            if first.isalnum() and fold_key(first) not in self._first_letters.get(column, ()):
                continue  # data, as a rule: no need to fold all of it
            if (column, fold_key(text)) in self.header_keys:
                break
        else:
            return False
        own = {(i, fold_key(line.text(i))) for i in columns}
        return len(own & self.header_keys) > len(own) / 2

    @cached_property
    def _first_letters(self) -> dict[int, set[str]]:
        letters: dict[int, set[str]] = {}
        for column, key in self.header_keys:
            letters.setdefault(column, set()).add(key[:1])
        return letters
