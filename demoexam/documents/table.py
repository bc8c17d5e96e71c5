"""A grid measured once and drawn in parts: each part repeats the heading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from reportlab.lib.units import mm

from demoexam.documents.blocks import Column, Grid, Row, Section, Total
from demoexam.documents.fonts import BOLD, unit_width
from demoexam.documents.setting import SOFT_HYPHEN, Setting, set_text
from demoexam.documents.slab import Ruled, Slab, Words, words_of
from demoexam.documents.styles import CELL, CELL_BOLD, HEAD, SECTION, SMALLEST, Style
from demoexam.documents.typo import typo
from demoexam.text import NBSP

PAD_X, PAD_TOP, PAD_BOTTOM = 1.4 * mm, 0.7 * mm, 0.7 * mm + 1
HEAD_HEIGHT, SECTION_HEIGHT = 8 * mm, 6.5 * mm
Span = tuple[int, int]  # first and last column


@dataclass(frozen=True, eq=False)
class Cell:
    """A text over columns [first, last]."""

    text: Setting
    first: int
    last: int


@dataclass(frozen=True, eq=False)
class Line:
    """A row ready to be drawn."""

    cells: Sequence[Cell]
    height: float
    opens_section: bool = False


class MeasuredGrid:
    """`grid` at `width` points; `lines` are its rows with the most blank ones at the end."""

    def __init__(self, grid: Grid, width: float) -> None:
        self._grid = grid
        self.widths = column_widths(tuple(grid.columns), width)
        self._edges = (0.0, *accumulate(self.widths))
        self._styles = [CELL[column.align] for column in grid.columns]
        self._heading = heading(tuple(grid.columns), self.widths)
        self.lines = [self._line(row) for row in (*grid.rows, *blank_rows(grid))]
        self.least = len(self.lines) - grid.blank_rows + grid.least_blank
        self._tops = (0.0, *accumulate(line.height for line in self.lines))

    def height(self, first: int, last: int) -> float:
        """The height of rows [first, last) under their heading."""
        return self._heading.height + self._tops[last] - self._tops[first]

    def rows_between(self, first: int, last: int) -> int:
        """How many of the rows [first, last) are not titles of sections."""
        return sum(not line.opens_section for line in self.lines[first:last])

    def part(self, first: int, last: int) -> list[Slab]:
        """The heading, and rows [first, last) under it."""
        rows = self.lines[first:last]
        return [self._heading, drawn(rows, self._edges)] if rows else [self._heading]

    def _line(self, row: Row) -> Line:
        if isinstance(row, Section):
            line = self._spanned([row.text], len(self.widths), [SECTION], SECTION_HEIGHT)
            return replace(line, opens_section=True)
        if isinstance(row, Total):
            styles = [CELL_BOLD[column.align] for column in self._grid.columns[row.span :]]
            least = self._grid.row_height * mm
            return self._spanned(row.cells, row.span, [CELL_BOLD["left"], *styles], least)
        return measured(row, self._styles, self.widths, self._grid.row_height * mm)

    def _spanned(
        self, texts: Sequence[str], span: int, styles: Sequence[Style], least: float
    ) -> Line:
        """A row whose first cell takes `span` columns."""
        widths = [sum(self.widths[:span]), *self.widths[span:]]
        line = measured(texts, styles, widths, least)
        first, *rest = line.cells
        moved = [Cell(one.text, one.first + span - 1, one.last + span - 1) for one in rest]
        return replace(line, cells=[Cell(first.text, 0, span - 1), *moved])


def measured(
    texts: Sequence[str], styles: Sequence[Style], widths: Sequence[float], least: float
) -> Line:
    cells = [
        Cell(set_text(text, style, width - 2 * PAD_X), at, at)
        for at, (text, style, width) in enumerate(zip(texts, styles, widths, strict=True))
    ]
    return Line(cells, max([least, *(_tall(cell.text) for cell in cells)]))


def _tall(text: Setting) -> float:
    return float(text.height + PAD_TOP + PAD_BOTTOM)


def drawn(lines: Sequence[Line], edges: Sequence[float], *, repeated: bool = False) -> Slab:
    """Texts in the middle of their cells, and the rules between them."""
    words: list[Words] = []
    tops = [0.0, *accumulate(line.height for line in lines)]
    for top, line in zip(tops, lines, strict=False):
        for cell in line.cells:
            free = (line.height - PAD_TOP - PAD_BOTTOM - cell.text.height) / 2
            words += words_of(cell.text, edges[cell.first] + PAD_X, top + PAD_TOP + free)
    across = [Ruled(edges[0], top, edges[-1], top) for top in tops]
    return Slab(tops[-1], words, [*across, *_upright(lines, tops, edges)], repeated=repeated)


def _upright(lines: Sequence[Line], tops: Sequence[float], edges: Sequence[float]) -> list[Ruled]:
    """Rules between columns, unbroken over all rows that have an edge there."""
    rules: list[Ruled] = []
    open_at: dict[int, float] = {}
    for line, top in zip(lines, tops, strict=False):
        here = {cell.first for cell in line.cells} | {len(edges) - 1}
        ended = [column for column in open_at if column not in here]
        rules += [Ruled(edges[at], open_at.pop(at), edges[at], top) for at in ended]
        for column in here:
            open_at.setdefault(column, top)
    end = tops[-1]
    return rules + [Ruled(edges[at], start, edges[at], end) for at, start in open_at.items()]


@lru_cache(maxsize=256)
def column_widths(columns: tuple[Column, ...], width: float) -> tuple[float, ...]:
    """Points of each column; a heading with no room is a mistake of the form's author."""
    fixed = sum(column.width or 0 for column in columns) * mm
    loose = sum(column.width is None for column in columns)
    widths = tuple(c.width * mm if c.width else (width - fixed) / loose for c in columns)
    for column, at in zip(columns, widths, strict=True):
        _check_heading(column, at)
    if sum(widths) > width + 1:
        raise ValueError(f"columns wider than the sheet: {sum(widths) / mm:.0f} mm")
    return widths


def _check_heading(column: Column, width: float) -> None:
    for word in re.split(f"[ {NBSP}\n{SOFT_HYPHEN}]", typo(column.title)):
        if unit_width(word, BOLD) * SMALLEST > width - 2 * PAD_X:
            raise ValueError(f"column too narrow for «{column.title}»: {width / mm:.1f} mm")


def blank_rows(grid: Grid) -> list[list[str]]:
    filled = sum(not isinstance(row, (Section, Total)) for row in grid.rows)
    rest = [""] * (len(grid.columns) - 1)
    return [
        [str(filled + n) if grid.numbered else "", *rest] for n in range(1, grid.blank_rows + 1)
    ]


@lru_cache(maxsize=256)
def heading(columns: tuple[Column, ...], widths: tuple[float, ...]) -> Slab:
    """One tier, or two where neighbours share a group."""
    edges = (0.0, *accumulate(widths))
    titles = [column.title for column in columns]
    line = measured(titles, [HEAD] * len(columns), widths, HEAD_HEIGHT)
    if not any(column.group for column in columns):
        return drawn([line], edges, repeated=True)
    return _two_tiers(columns, line.cells, edges)


def _two_tiers(columns: Sequence[Column], cells: Sequence[Cell], edges: Sequence[float]) -> Slab:
    """A column without a group takes both tiers."""
    upper: list[Cell] = []
    tall = SECTION_HEIGHT
    for first, last in groups(columns):
        if not columns[first].group:
            upper.append(cells[first])
            continue
        room = edges[last + 1] - edges[first] - 2 * PAD_X
        upper.append(Cell(set_text(columns[first].group, HEAD, room), first, last))
        tall = max(tall, _tall(upper[-1].text))
    lower = [cell for cell, column in zip(cells, columns, strict=True) if column.group]
    alone = [cell for cell, column in zip(cells, columns, strict=True) if not column.group]
    deep = max(_tall(cell.text) for cell in lower)
    deep = max([deep, *(_tall(cell.text) - tall for cell in alone)])
    return _joined(upper, lower, (tall, deep), edges)


def _joined(
    upper: list[Cell], lower: list[Cell], talls: tuple[float, float], edges: Sequence[float]
) -> Slab:
    """The two tiers, ruled between them only under groups."""
    tall, deep = talls
    above = [cell for cell in upper if any(cell.first <= c.first <= cell.last for c in lower)]
    both = [cell for cell in upper if cell not in above]
    frame = drawn([Line(both, tall + deep)], edges)
    first = drawn([Line(above, tall)], edges)
    second = drawn([Line(lower, deep)], edges)
    words = [*frame.words, *first.words, *(w._replace(y=w.y + tall) for w in second.words)]
    starts = {cell.first for cell in upper}
    rules = [
        Ruled(0, 0, edges[-1], 0),
        Ruled(0, tall + deep, edges[-1], tall + deep),
        *(Ruled(edges[c.first], tall, edges[c.last + 1], tall) for c in above),
        *(Ruled(edges[at], 0, edges[at], tall + deep) for at in (*starts, len(edges) - 1)),
        *(
            Ruled(edges[c.first], tall, edges[c.first], tall + deep)
            for c in lower
            if c.first not in starts
        ),
    ]
    return Slab(tall + deep, words, rules, repeated=True)


def groups(columns: Sequence[Column]) -> list[Span]:
    """Runs of columns under one heading; a column without a group is a run of its own."""
    runs: list[Span] = []
    for at, column in enumerate(columns):
        if column.group and runs and columns[runs[-1][1]].group == column.group:
            runs[-1] = (runs[-1][0], at)
        else:
            runs.append((at, at))
    return runs
