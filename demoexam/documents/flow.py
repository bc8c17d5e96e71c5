"""Blocks become flowables; what follows the last table never parts from its last rows."""

from collections.abc import Sequence
from functools import singledispatch
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Spacer

from demoexam.documents.blocks import (
    Block,
    Boxed,
    Chart,
    Grid,
    Lines,
    Look,
    NewPage,
    Pairs,
    Signatures,
    Text,
)
from demoexam.documents.chart import ChartPicture
from demoexam.documents.page import HAIR, RULE
from demoexam.documents.signing import ruled_lines, signature_rows
from demoexam.documents.styles import LABEL, LOOKS, SECTION, VALUE, fitting, paragraph
from demoexam.documents.table import BLACK, Command, MeasuredGrid, plain_table

KEPT_ROWS = 2  # go with the signatures; also the fewest that may open a table on a page
NARROW, WIDE = (28 * mm, 4 * mm, 30 * mm), (38 * mm, 8 * mm, 38 * mm)
WIDE_FROM = 200 * mm


def flow(blocks: Sequence[Block], width: float) -> list[Any]:
    """The flowables of a form's body at `width` points."""
    for at, block in enumerate(blocks):
        if isinstance(block, NewPage):
            return [*flow(blocks[:at], width), PageBreak(), *flow(blocks[at + 1 :], width)]
    grids = [(at, block) for at, block in enumerate(blocks) if isinstance(block, Grid)]
    if not grids:
        return _without_table(blocks, width)
    last, grid = grids[-1]
    story = [flowable for block in blocks[:last] for flowable in _pieces(block, width)]
    tail = [flowable for block in blocks[last + 1 :] for flowable in _pieces(block, width)]
    if tail:
        tail.insert(0, Spacer(0, 3 * mm))
    return [*story, *_grid(grid, width, tail)]


def _without_table(blocks: Sequence[Block], width: float) -> list[Any]:
    """The signatures stay with the block before them."""
    cut = len(blocks)
    while cut and isinstance(blocks[cut - 1], Signatures):
        cut -= 1
    kept = max(cut - 1, 0)
    story = [flowable for block in blocks[:kept] for flowable in _pieces(block, width)]
    together = [flowable for block in blocks[kept:] for flowable in _pieces(block, width)]
    return [*story, KeepTogether(together)]


@singledispatch
def _pieces(block: Block, _width: float) -> list[Any]:
    """The flowables of one block, with the room that follows it."""
    raise TypeError(block)


@_pieces.register
def _(block: Text, width: float) -> list[Any]:
    text = paragraph(block.text, LOOKS[block.look])
    if block.look is Look.APPENDIX:
        halves = [("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0)]
        text = plain_table([["", text]], halves, colWidths=[width / 2] * 2)
    return [text, Spacer(0, block.after * mm)]


@_pieces.register
def _(block: Pairs, width: float) -> list[Any]:
    return [_particulars(block, width), Spacer(0, 4 * mm)]


@_pieces.register
def _(block: Lines, width: float) -> list[Any]:
    return [*ruled_lines(block, width), Spacer(0, 1 * mm)]


@_pieces.register
def _(block: Boxed, width: float) -> list[Any]:
    return [_box(block, width), Spacer(0, 1 * mm)]


@_pieces.register
def _(block: Signatures, width: float) -> list[Any]:
    return signature_rows(block, width)


@_pieces.register
def _(block: Chart, width: float) -> list[Any]:
    return [ChartPicture(block, width), Spacer(0, 3 * mm)]


@_pieces.register
def _(block: Grid, width: float) -> list[Any]:
    return [*_grid(block, width, []), Spacer(0, 4 * mm)]


def _grid(block: Grid, width: float, tail: list[Any]) -> list[Any]:
    caption = [paragraph(block.caption, SECTION), Spacer(0, 1.2 * mm)] if block.caption else []
    return [TableWithTail(MeasuredGrid(block, width), caption, tail)]


def _box(block: Boxed, width: float) -> Any:
    padding = [
        ("BOX", (0, 0), (-1, -1), RULE, BLACK),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5 * mm),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2 * mm),
        ("LEFTPADDING", (0, 0), (-1, -1), 2.5 * mm),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2.5 * mm),
    ]
    text = fitting(block.text, LOOKS[Look.NOTE], width - 5 * mm)
    return plain_table([[text]], padding, colWidths=[width])


def _particulars(block: Pairs, width: float) -> Any:
    """Two columns of label and value over a hairline; a wide pair takes the line."""
    left, gap, right = WIDE if width > WIDE_FROM else NARROW
    free = (width - left - gap - right) / 2
    columns = [left, free, gap, right, free]
    rows: list[list[Any]] = []
    style: list[Command] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1 * mm),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0.5 * mm),
    ]
    half_open = False
    for pair in block.pairs:
        room = width - left if pair.wide else free
        cells = [paragraph(pair.label, LABEL), fitting(pair.value or " ", VALUE, room)]
        first = 3 if half_open and not pair.wide else 0
        if first == 0:
            rows.append([""] * len(columns))
        rows[-1][first : first + 2] = cells
        at, end = len(rows) - 1, 4 if pair.wide else first + 1
        style.append(("LINEBELOW", (first + 1, at), (end, at), HAIR, BLACK))
        if pair.wide:
            style.append(("SPAN", (1, at), (4, at)))
        half_open = not pair.wide and first == 0
    return plain_table(rows, style, colWidths=columns)


class TableWithTail(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A table from row `start`, and what must stay with its last rows."""

    def __init__(
        self, grid: MeasuredGrid, above: list[Any], tail: list[Any], start: int = 0
    ) -> None:
        super().__init__()
        self._grid, self._above, self._tail, self._start = grid, above, tail, start
        self._moved = False

    def wrap(self, aw: float, _ah: float) -> tuple[float, float]:
        return aw, 0xFFFFFF  # always asks to be split: the parts draw themselves

    def split(self, aw: float, ah: float) -> list[Any]:
        room = ah - self._tall(self._above, aw) - 0.1
        tail = self._tall(self._tail, aw)
        for last in range(len(self._grid.lines), self._grid.least - 1, -1):
            if self._grid.height(self._start, last) + tail <= room:
                return [*self._above, self._grid.part(self._start, last), *self._tail]
        return self._cut(room)

    def _cut(self, room: float) -> list[Any]:
        """As many rows as the page takes, the rest on the next."""
        grid, start = self._grid, self._start
        most = grid.least - KEPT_ROWS if self._tail else grid.least
        last = start
        while last < most and grid.height(start, last + 1) <= room:
            last += 1
        while last > start and grid.lines[last - 1].opens_section:
            last -= 1
        if last - start < min(KEPT_ROWS, most - start) or last == start:
            return self._next_page(room)
        return self._with_rest(last)

    def _next_page(self, room: float) -> list[Any]:
        """Move to a fresh page once; what fits no page at all is let go row by row."""
        if not self._moved:
            self._moved = True
            return []
        grid, start = self._grid, self._start
        last = start + 1
        while last < grid.least and grid.height(start, last + 1) <= room:
            last += 1
        if last >= grid.least:
            return [*self._above, grid.part(start, grid.least), *self._tail]
        return self._with_rest(last)

    def _with_rest(self, last: int) -> list[Any]:
        rest = TableWithTail(self._grid, [], self._tail, last)
        rest._moved = True  # it opens a fresh page already
        return [*self._above, self._grid.part(self._start, last), PageBreak(), rest]

    def _tall(self, flowables: list[Any], width: float) -> float:
        return float(sum(flowable.wrapOn(self.canv, width, 0xFFFFFF)[1] for flowable in flowables))
