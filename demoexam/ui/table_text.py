"""A table's rows as text for other programs: lines of cells, and lines with tabs for a clipboard.

Works on a TableSource alone, so that a long table can be read off the GUI thread.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from demoexam.exchange.formulas import harmless
from demoexam.progress import Progress
from demoexam.ui.query_table import Cell, Row, TableSource

AT_ONCE = 500  # rows asked for at once
_BREAKS = ("\t", "\n", "\r")


@dataclass(frozen=True)
class Wanted:
    """Rows (their keys, in order) and columns (their places) of a table."""

    source: TableSource
    keys: Sequence[int]
    places: Sequence[int]

    @property
    def titles(self) -> list[str]:
        return [self.source.columns[place].title for place in self.places]

    def lines(self, progress: Progress | None = None) -> Iterator[list[str]]:
        """The text of each cell; rows that are gone meanwhile are passed over."""
        starts = range(0, len(self.keys), AT_ONCE)
        for start in (progress or Progress()).each(starts):
            part = self.keys[start : start + AT_ONCE]
            rows = self.source.rows(part)
            for key in part:
                if key in rows:
                    yield [said(_cell(rows[key], place)) for place in self.places]


def said(cell: Cell | str) -> str:
    """What a cell says, its second line after a comma; with spaces that other programs know."""
    shown = cell if isinstance(cell, str) else ", ".join(filter(None, (cell.text, cell.below)))
    return shown.replace("\u00a0", " ")


def with_tabs(wanted: Wanted, *, titled: bool = False, progress: Progress | None = None) -> str:
    """Lines as a spreadsheet takes them from the clipboard; no cell of them is a formula."""
    lines = [wanted.titles] if titled else []
    lines += wanted.lines(progress)
    return "\n".join("\t".join(map(tab_safe, line)) for line in lines)


def _cell(row: Row, place: int) -> Cell | str:
    return row.cells[place] if place < len(row.cells) else ""


def tab_safe(text: str) -> str:
    """As a spreadsheet itself writes a cell that holds a tab or a line break."""
    text = harmless(text)
    if text.startswith('"') or any(sign in text for sign in _BREAKS):
        doubled = text.replace('"', '""')
        return f'"{doubled}"'
    return text
