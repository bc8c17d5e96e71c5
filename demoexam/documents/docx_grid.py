"""A grid as a table of Word: its heading repeats, its rows do not part."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.lib.units import mm

from demoexam.documents.blocks import Column, Grid, Row, Section, Total
from demoexam.documents.docx_table import Cell, Pads, row, table
from demoexam.documents.docx_xml import (
    NO_BREAK_HYPHEN,
    Element,
    held,
    paragraph,
    run,
    said,
    size,
    spacer,
    text_paragraph,
    twips,
    w,
)
from demoexam.documents.fonts import unit_width
from demoexam.documents.setting import set_text
from demoexam.documents.styles import CELL, CELL_BOLD, HEAD, SECTION, Style
from demoexam.documents.table import (
    HEAD_HEIGHT,
    PAD_BOTTOM,
    PAD_TOP,
    PAD_X,
    SECTION_HEIGHT,
    blank_rows,
    column_widths,
    groups,
)
from demoexam.documents.table_run import KEPT_ROWS
from demoexam.text import NBSP

PADS = Pads(PAD_TOP, PAD_X, PAD_BOTTOM)
LOOSE = str.maketrans({NBSP: " ", NO_BREAK_HYPHEN: "-"})
CAPTION_GAP, GAP, TAIL_GAP = 1.2 * mm, 4 * mm, 3 * mm


@dataclass(frozen=True)
class _Widths:
    columns: Sequence[float]

    def cell(self, text: str, style: Style, at: int, span: int = 1) -> Cell:
        """Of columns [at, at + span)."""
        room = sum(self.columns[at : at + span]) - 2 * PAD_X
        return Cell([fitted_paragraph(text, style, room)], span, stands="center")


def grid_elements(grid: Grid, width: float, *, kept: bool) -> list[Element]:
    """`kept`: the last rows stay with what follows the table."""
    columns = tuple(grid.columns)
    widths = _Widths(column_widths(columns, width))
    blanks = blank_rows(replace(grid, blank_rows=grid.least_blank))
    rows = [_row(one, grid, widths) for one in (*grid.rows, *blanks)]
    head = heading_rows(columns, widths)
    held([*head, *rows[:1]])
    held(made for made, one in zip(rows, grid.rows, strict=False) if isinstance(one, Section))
    after = spacer(TAIL_GAP if kept else GAP)
    if kept:
        held([*rows[-KEPT_ROWS:], after])
    above = []
    if grid.caption:
        above = [text_paragraph(grid.caption, SECTION, after=CAPTION_GAP)]
        held(above)
    return [*above, table(widths.columns, [*head, *rows], pads=PADS, ruled=True), after]


def heading_rows(columns: tuple[Column, ...], widths: _Widths) -> list[Element]:
    """One tier, or two where neighbours share a group; a column without one takes both."""
    titles = [widths.cell(column.title, HEAD, at) for at, column in enumerate(columns)]
    if not any(column.group for column in columns):
        return [row(titles, widths.columns, height=HEAD_HEIGHT, heading=True)]
    upper = []
    for first, last in groups(columns):
        group = columns[first].group
        if group:
            upper.append(widths.cell(group, HEAD, first, last - first + 1))
        else:
            upper.append(replace(titles[first], merge="restart"))
    lower = [
        title if column.group else replace(title, content=[paragraph(HEAD)], merge="continue")
        for title, column in zip(titles, columns, strict=True)
    ]
    return [
        row(upper, widths.columns, height=SECTION_HEIGHT, heading=True),
        row(lower, widths.columns, heading=True),
    ]


def _row(one: Row, grid: Grid, widths: _Widths) -> Element:
    count, least = len(grid.columns), grid.row_height * mm
    if isinstance(one, Section):
        return row(
            [widths.cell(one.text, SECTION, 0, count)], widths.columns, height=SECTION_HEIGHT
        )
    if isinstance(one, Total):
        styles = [CELL_BOLD[column.align] for column in grid.columns[one.span :]]
        first, *rest = one.cells
        cells = [widths.cell(first, CELL_BOLD["left"], 0, one.span)]
        texts = zip(rest, styles, strict=True)
        cells += [widths.cell(text, style, at) for at, (text, style) in enumerate(texts, one.span)]
        return row(cells, widths.columns, height=least)
    texts = zip(one, (CELL[column.align] for column in grid.columns), strict=True)
    cells = [widths.cell(text, style, at) for at, (text, style) in enumerate(texts)]
    return row(cells, widths.columns, height=least)


def fitted_paragraph(text: str, style: Style, room: float) -> Element:
    """A word wider than its cell steps down as in print: Word would break it anywhere."""
    words = said(text)
    if not words:
        return paragraph(style)
    fitting, loose = set_text(text, style, room).style, _loosened(words, style, room)
    if fitting.size >= style.size:
        return paragraph(style, run(loose))
    spacing = w("spacing", line=twips(fitting.leading), lineRule="atLeast")
    return paragraph(style, run(loose, *size(fitting.size)), properties=[spacing])


def _loosened(text: str, style: Style, room: float) -> str:
    """A unit held together that is wider than its cell parts where Word would not let it."""
    units = text.split(" ")
    return " ".join(unit.translate(LOOSE) if _wide(unit, style, room) else unit for unit in units)


def _wide(unit: str, style: Style, room: float) -> bool:
    return any(unit_width(line, style.font) * style.size > room for line in unit.split("\n"))
