"""Blocks as paragraphs and tables of Word, and what stays on one page with what follows it."""

from collections.abc import Iterator, Sequence
from functools import singledispatch
from itertools import pairwise

from reportlab.lib.units import mm

from demoexam.documents.blocks import (
    Block,
    Boxed,
    Chart,
    Grid,
    Lines,
    Look,
    NewPage,
    Pair,
    Pairs,
    Signatures,
    Text,
)
from demoexam.documents.docx_chart import chart_drawing
from demoexam.documents.docx_grid import fitted_paragraph, grid_elements
from demoexam.documents.docx_signing import ruled_paragraphs, signature_table
from demoexam.documents.docx_table import Cell, Pads, row, table
from demoexam.documents.docx_xml import (
    Element,
    held,
    paragraph,
    run,
    said,
    spacer,
    text_paragraph,
    twips,
    w,
)
from demoexam.documents.flow import (
    BOX_FOOT,
    BOX_SIDE,
    BOX_TOP,
    NARROW,
    PAIR_FOOT,
    PAIR_TOP,
    WIDE,
    WIDE_FROM,
    pair_rows,
    through_signatures,
)
from demoexam.documents.styles import HAIR, LABEL, LOOKS, RULE, VALUE

PAIRS_GAP, LINES_GAP, BOX_GAP, CHART_GAP, SIGNED_GAP = 4 * mm, 1 * mm, 1 * mm, 3 * mm, 2 * mm
PAIR_PADS = Pads(PAIR_TOP, 0, PAIR_FOOT)


def body_elements(blocks: Sequence[Block], width: float) -> Iterator[Element]:
    """A form's body; page breaks with nothing between them or after them are one or none."""
    chapter: list[Block] = []
    turned = False
    for block in [*blocks, NewPage()]:
        if not isinstance(block, NewPage):
            chapter.append(block)
            continue
        if chapter and turned:
            yield spacer(1, w("pageBreakBefore"))
        yield from _chapter(chapter, width)
        chapter, turned = [], True


def _chapter(blocks: Sequence[Block], width: float) -> Iterator[Element]:
    """Blocks between page breaks, each kept with the next where the paper must not part."""
    kept = _kept(blocks)
    for at, block in enumerate(blocks):
        if isinstance(block, Grid):
            yield from grid_elements(block, width, kept=at in kept)
            continue
        elements = _elements(block, width)
        if at in kept:
            held(elements)
        yield from elements


def _kept(blocks: Sequence[Block]) -> set[int]:
    """Signatures stay with the block before them, what ends a table with its last rows."""
    kept = {at for at, after in enumerate(blocks[1:]) if isinstance(after, Signatures)}
    grids = [at for at, block in enumerate(blocks) if isinstance(block, Grid)]
    for at, end in pairwise([*grids, len(blocks)]):
        after = blocks[at + 1 : end]
        tail = len(after) if end == len(blocks) else through_signatures(after)
        kept |= set(range(at, at + tail))
    return kept


@singledispatch
def _elements(block: Block, _width: float) -> list[Element]:
    raise TypeError(block)


@_elements.register
def _(block: Text, width: float) -> list[Element]:
    left = {"left": width / 2} if block.look is Look.APPENDIX else {}
    return [text_paragraph(block.text, LOOKS[block.look], after=block.after * mm, **left)]


@_elements.register
def _(block: Pairs, width: float) -> list[Element]:
    left, gap, right = WIDE if width > WIDE_FROM else NARROW
    free = (width - left - gap - right) / 2
    widths = [left, free, gap, right, free]
    rows = [row(_pair_cells(pairs, widths), widths) for pairs in pair_rows(block.pairs)]
    made = table(widths, rows, pads=PAIR_PADS)
    return [made, spacer(PAIRS_GAP)] if rows else []


def _pair_cells(pairs: Sequence[Pair], widths: Sequence[float]) -> list[Cell]:
    """Label, value, and either the gap and a second pair, or nothing."""
    first, *rest = pairs
    if first.wide:
        room = sum(widths[1:])
        return [_label(first, widths[0]), _value(first, room, span=len(widths) - 1)]
    cells = [_label(first, widths[0]), _value(first, widths[1]), _empty()]
    if not rest:
        return [*cells, _empty(), _empty()]
    return [*cells, _label(rest[0], widths[3]), _value(rest[0], widths[4])]


def _label(pair: Pair, room: float) -> Cell:
    return Cell([fitted_paragraph(pair.label, LABEL, room)])


def _value(pair: Pair, room: float, *, span: int = 1) -> Cell:
    return Cell([fitted_paragraph(pair.value, VALUE, room)], span, foot=HAIR)


def _empty() -> Cell:
    return Cell([paragraph(LABEL)])


@_elements.register
def _(block: Lines, width: float) -> list[Element]:
    return [*ruled_paragraphs(block, width), spacer(LINES_GAP)]


@_elements.register
def _(block: Boxed, _width: float) -> list[Element]:
    """The frame stands on the margins: a border is drawn outside of its paragraph's indents."""
    rooms = ("top", BOX_TOP), ("left", BOX_SIDE), ("bottom", BOX_FOOT), ("right", BOX_SIDE)
    frame = w(
        "pBdr",
        *(
            w(side, val="single", sz=round(RULE * 8), space=round(room), color="auto")
            for side, room in rooms
        ),
    )
    inset = w("ind", left=twips(BOX_SIDE), right=twips(BOX_SIDE))
    lines = w("keepLines")
    framed = paragraph(LOOKS[Look.NOTE], run(said(block.text)), properties=[lines, frame, inset])
    return [framed, spacer(BOX_GAP)]


@_elements.register
def _(block: Signatures, width: float) -> list[Element]:
    """All on one page: only the last row may end it."""
    if not block.signers:
        return []
    space, signed = spacer(SIGNED_GAP), signature_table(block.signers, width)
    held([space, *list(signed)[:-1]])
    return [space, signed]


@_elements.register
def _(block: Chart, width: float) -> list[Element]:
    return [chart_drawing(block, width), spacer(CHART_GAP)]
