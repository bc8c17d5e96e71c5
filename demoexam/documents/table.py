"""A grid measured once and drawn in parts: each part repeats the heading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Table

from demoexam.documents.blocks import Column, Grid, Row, Section, Total
from demoexam.documents.page import BOLD, RULE, SERIF
from demoexam.documents.styles import (
    CELL,
    CELL_BOLD,
    HEAD,
    SECTION,
    SMALLEST,
    fitting,
    height,
)
from demoexam.documents.typo import typo

BLACK = (0, 0, 0)
PAD_X, PAD_Y = 1.4 * mm, 0.7 * mm
HEAD_HEIGHT, SECTION_HEIGHT = 8 * mm, 6.5 * mm
Command = tuple[Any, ...]
Span = tuple[int, int]  # first and last column


def plain_table(data: Sequence[Sequence[Any]], style: Sequence[Command], **options: Any) -> Any:
    """A table that never names Helvetica, which would stay unembedded in the file."""
    table = Table(data, **options)
    table.setStyle([("FONTNAME", (0, 0), (-1, -1), SERIF), *style])
    return table


@dataclass(frozen=True)
class Line:
    """A row ready to be drawn."""

    cells: list[Any]
    height: float
    spans: list[Span] = field(default_factory=list)
    opens_section: bool = False


class MeasuredGrid:
    """`grid` at `width` points; `lines` are its rows with the most blank ones at the end."""

    def __init__(self, grid: Grid, width: float) -> None:
        self.widths = _widths(grid.columns, width)
        self._grid = grid
        self._heading, self._head_spans = _heading(grid.columns, self.widths)
        self.lines = [self._line(row) for row in (*grid.rows, *_blank_rows(grid))]
        self.least = len(self.lines) - grid.blank_rows + grid.least_blank

    def height(self, first: int, last: int) -> float:
        """The height of rows [first, last) under their heading."""
        head = sum(line.height for line in self._heading)
        return head + sum(line.height for line in self.lines[first:last])

    def part(self, first: int, last: int) -> Any:
        """Rows [first, last) under their heading as a flowable."""
        lines = [*self._heading, *self.lines[first:last]]
        style: list[Command] = [
            ("GRID", (0, 0), (-1, -1), RULE, BLACK),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), PAD_X),
            ("RIGHTPADDING", (0, 0), (-1, -1), PAD_X),
            ("TOPPADDING", (0, 0), (-1, -1), PAD_Y),
            ("BOTTOMPADDING", (0, 0), (-1, -1), PAD_Y + 1),
            *self._head_spans,
        ]
        for at, line in enumerate(lines):
            style += [("SPAN", (start, at), (end, at)) for start, end in line.spans]
        return plain_table(
            [line.cells for line in lines],
            style,
            colWidths=self.widths,
            rowHeights=[line.height for line in lines],
        )

    def _line(self, row: Row) -> Line:
        if isinstance(row, Section):
            cell = fitting(row.text, SECTION, sum(self.widths) - 2 * PAD_X)
            return self._spanned([cell], len(self.widths), SECTION_HEIGHT, section=True)
        if isinstance(row, Total):
            return self._total(row)
        cells = [
            fitting(text, CELL[column.align], width - 2 * PAD_X)
            for text, column, width in zip(row, self._grid.columns, self.widths, strict=True)
        ]
        return Line(cells, self._row_height(cells, self.widths, self._grid.row_height * mm))

    def _total(self, row: Total) -> Line:
        columns = self._grid.columns[row.span :]
        first = fitting(row.cells[0], CELL_BOLD["left"], sum(self.widths[: row.span]) - 2 * PAD_X)
        rest = [
            fitting(text, CELL_BOLD[column.align], width - 2 * PAD_X)
            for text, column, width in zip(
                row.cells[1:], columns, self.widths[row.span :], strict=True
            )
        ]
        return self._spanned([first, *rest], row.span, self._grid.row_height * mm)

    def _spanned(self, cells: list[Any], span: int, least: float, *, section: bool = False) -> Line:
        widths = [sum(self.widths[:span]), *self.widths[span:]]
        tall = self._row_height(cells, widths, least)
        padded = [cells[0], *[""] * (span - 1), *cells[1:]]
        return Line(padded, tall, [(0, span - 1)], section)

    @staticmethod
    def _row_height(cells: Sequence[Any], widths: Sequence[float], least: float) -> float:
        return max([least, *(cell_height(c, w) for c, w in zip(cells, widths, strict=True))])


def cell_height(cell: Any, width: float) -> float:
    return float(height(cell, width - 2 * PAD_X) + 2 * PAD_Y + 1)


def _widths(columns: Sequence[Column], width: float) -> list[float]:
    fixed = sum(column.width or 0 for column in columns) * mm
    loose = sum(column.width is None for column in columns)
    widths = [c.width * mm if c.width else (width - fixed) / loose for c in columns]
    for column, at in zip(columns, widths, strict=True):
        _check_heading(column, at)
    return widths


def _check_heading(column: Column, width: float) -> None:
    """A heading whose word is wider than the column is a mistake of the form's author."""
    for word in re.split("[ \u00a0\n\u00ad]", typo(column.title)):
        if stringWidth(word, BOLD, SMALLEST) > width - 2 * PAD_X:
            raise ValueError(f"column too narrow for «{column.title}»: {width / mm:.1f} mm")


def _blank_rows(grid: Grid) -> list[list[str]]:
    filled = sum(not isinstance(row, (Section, Total)) for row in grid.rows)
    rest = [""] * (len(grid.columns) - 1)
    return [
        [str(filled + n) if grid.numbered else "", *rest] for n in range(1, grid.blank_rows + 1)
    ]


def _heading(
    columns: Sequence[Column], widths: Sequence[float]
) -> tuple[list[Line], list[Command]]:
    """One tier, or two where neighbours share a group."""
    cells = [fitting(c.title, HEAD, w - 2 * PAD_X) for c, w in zip(columns, widths, strict=True)]
    needs = [cell_height(cell, w) for cell, w in zip(cells, widths, strict=True)]
    if not any(column.group for column in columns):
        return [Line(cells, max(HEAD_HEIGHT, *needs))], []
    upper: list[Any] = list(cells)
    lower: list[Any] = [cell if c.group else "" for cell, c in zip(cells, columns, strict=True)]
    spans: list[Command] = []
    tall = SECTION_HEIGHT
    for start, end in _groups(columns):
        if not columns[start].group:
            spans.append(("SPAN", (start, 0), (start, 1)))
            continue
        together = sum(widths[start : end + 1])
        title = fitting(columns[start].group, HEAD, together - 2 * PAD_X)
        upper[start : end + 1] = [title, *[""] * (end - start)]
        spans.append(("SPAN", (start, 0), (end, 0)))
        tall = max(tall, cell_height(title, together))
    grouped = max(n for n, c in zip(needs, columns, strict=True) if c.group)
    alone = max((n for n, c in zip(needs, columns, strict=True) if not c.group), default=0)
    return [Line(upper, tall), Line(lower, max(grouped, alone - tall))], spans


def _groups(columns: Sequence[Column]) -> list[Span]:
    """Runs of columns under one heading; a column without a group is a run of its own."""
    runs: list[Span] = []
    for at, column in enumerate(columns):
        if column.group and runs and columns[runs[-1][1]].group == column.group:
            runs[-1] = (runs[-1][0], at)
        else:
            runs.append((at, at))
    return runs
