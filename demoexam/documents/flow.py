"""Blocks become pieces; what follows the last table never parts from its last rows."""

from collections.abc import Sequence
from functools import lru_cache, singledispatch
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
from demoexam.documents.chart import chart_picture
from demoexam.documents.pages import Gap, Piece, Prose, Together, Turn, Whole
from demoexam.documents.setting import set_text
from demoexam.documents.signing import ruled_lines, signature
from demoexam.documents.slab import Ruled, Slab, Words, slab_of, words_of
from demoexam.documents.styles import HAIR, LABEL, LOOKS, SECTION, VALUE
from demoexam.documents.table import MeasuredGrid
from demoexam.documents.table_run import TableRun

NARROW, WIDE = (28 * mm, 4 * mm, 30 * mm), (38 * mm, 8 * mm, 38 * mm)
WIDE_FROM = 200 * mm
PAIR_TOP, PAIR_FOOT = 1 * mm, 0.5 * mm
BOX_TOP, BOX_SIDE, BOX_FOOT = 1.5 * mm, 2.5 * mm, 2 * mm


def flow(blocks: Sequence[Block], width: float) -> list[Piece]:
    """The pieces of a form's body at `width` points."""
    story: list[Piece] = []
    start = 0
    for at, block in enumerate(blocks):
        if isinstance(block, NewPage):
            story += [*_chapter(blocks[start:at], width), Turn()]
            start = at + 1
    return [*story, *_chapter(blocks[start:], width)]


def _chapter(blocks: Sequence[Block], width: float) -> list[Piece]:
    """Blocks between page breaks: each table with what must stay with it."""
    grids = [at for at, block in enumerate(blocks) if isinstance(block, Grid)]
    story = _signed(blocks[: grids[0]] if grids else blocks, width)
    for at, end in pairwise([*grids, len(blocks)]):
        after = blocks[at + 1 : end]
        kept = len(after) if end == len(blocks) else through_signatures(after)
        story += _table(blocks[at], width, after[:kept])
        story += _signed(after[kept:], width)
    return story


def through_signatures(blocks: Sequence[Block]) -> int:
    signed = [at for at, block in enumerate(blocks, start=1) if isinstance(block, Signatures)]
    return max(signed, default=0)


def _table(block: Block, width: float, after: Sequence[Block]) -> list[Piece]:
    if not isinstance(block, Grid):
        raise TypeError(block)
    above: list[Piece] = []
    if block.caption:
        above = [Whole(slab_of(set_text(block.caption, SECTION, width))), Gap(1.2 * mm)]
    tail = _signed(after, width)
    if tail:
        return [TableRun(MeasuredGrid(block, width), above, [Gap(3 * mm), *tail])]
    return [TableRun(MeasuredGrid(block, width), above), Gap(4 * mm)]


def _signed(blocks: Sequence[Block], width: float) -> list[Piece]:
    """Signatures stay with the block before them."""
    groups: list[list[Block]] = []
    for block in blocks:
        if groups and isinstance(block, Signatures):
            groups[-1].append(block)
        else:
            groups.append([block])
    story: list[Piece] = []
    for group in groups:
        pieces = [piece for block in group for piece in _pieces(block, width)]
        story += [Together(pieces)] if isinstance(group[-1], Signatures) else pieces
    return story


@singledispatch
def _pieces(block: Block, _width: float) -> list[Piece]:
    """The pieces of one block, with the room that follows it."""
    raise TypeError(block)


@_pieces.register
def _(block: Text, width: float) -> list[Piece]:
    style = LOOKS[block.look]
    if block.look is Look.APPENDIX:
        right = slab_of(set_text(block.text, style, width / 2), width / 2)
        return [Whole(right), Gap(block.after * mm)]
    return [Prose(set_text(block.text, style, width)), Gap(block.after * mm)]


@_pieces.register
def _(block: Pairs, width: float) -> list[Piece]:
    return [Whole(particulars(tuple(block.pairs), width)), Gap(4 * mm)]


@_pieces.register
def _(block: Lines, width: float) -> list[Piece]:
    return [*(Whole(slab) for slab in ruled_lines(block, width)), Gap(1 * mm)]


@_pieces.register
def _(block: Boxed, width: float) -> list[Piece]:
    return [Whole(_box(block.text, width)), Gap(1 * mm)]


@_pieces.register
def _(block: Signatures, width: float) -> list[Piece]:
    return [Gap(2 * mm), *(Whole(signature(signer, width)) for signer in block.signers)]


@_pieces.register
def _(block: Chart, width: float) -> list[Piece]:
    return [Whole(chart_picture(block, width)), Gap(3 * mm)]


def _box(text: str, width: float) -> Slab:
    setting = set_text(text, LOOKS[Look.NOTE], width - 2 * BOX_SIDE)
    tall = setting.height + BOX_TOP + BOX_FOOT
    frame = [
        Ruled(0, 0, width, 0),
        Ruled(0, tall, width, tall),
        Ruled(0, 0, 0, tall),
        Ruled(width, 0, width, tall),
    ]
    return Slab(tall, words_of(setting, BOX_SIDE, BOX_TOP), frame)


@lru_cache(maxsize=256)
def particulars(pairs: tuple[Pair, ...], width: float) -> Slab:
    """Two columns of label and value over a hairline; a wide pair takes the line."""
    words: list[Words] = []
    rules: list[Ruled] = []
    top = 0.0
    for row in pair_rows(pairs):
        tall = 0.0
        for at, pair in enumerate(row):
            label, x, room = _pair_columns(at, pair, width)
            name, value = set_text(pair.label, LABEL, x - label), set_text(pair.value, VALUE, room)
            words += words_of(name, label, top + PAIR_TOP) + words_of(value, x, top + PAIR_TOP)
            tall = max(tall, PAIR_TOP + PAIR_FOOT + max(name.height, value.height))
        top += tall
        for at, pair in enumerate(row):
            _, x, room = _pair_columns(at, pair, width)
            rules.append(Ruled(x, top, x + room, top, HAIR))
    return Slab(top, words, rules, repeated=True)


def pair_rows(pairs: Sequence[Pair]) -> list[list[Pair]]:
    rows: list[list[Pair]] = []
    for pair in pairs:
        if rows and not pair.wide and len(rows[-1]) == 1 and not rows[-1][0].wide:
            rows[-1].append(pair)
        else:
            rows.append([pair])
    return rows


def _pair_columns(at: int, pair: Pair, width: float) -> tuple[float, float, float]:
    """Where the label and the value of a pair begin, and the value's room."""
    left, gap, right = WIDE if width > WIDE_FROM else NARROW
    free = (width - left - gap - right) / 2
    if at:
        return left + free + gap, left + free + gap + right, free
    return 0.0, left, width - left if pair.wide else free
