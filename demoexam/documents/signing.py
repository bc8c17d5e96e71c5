"""Where people write by hand: signature rows and ruled lines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from reportlab.lib.units import mm

from demoexam.documents.blocks import Lines, Signer
from demoexam.documents.fonts import SERIF, unit_width
from demoexam.documents.setting import broken, set_text
from demoexam.documents.slab import Ruled, Slab, Words, words_of
from demoexam.documents.styles import CAPTION, LINE_LABEL, NAME, POST, VALUE
from demoexam.documents.typo import typo

SIGN, GAP, NAME_WIDTH = 38 * mm, 4 * mm, 50 * mm
ROW, CAPTION_ROW = 9 * mm, 3.6 * mm
ABOVE_RULE = 1.5
STEP, INSET, LEAST_RULE = 8 * mm, 2 * mm, 20 * mm
LINE_FOOT = 3 * mm  # under the last rule, where a caption stands


@lru_cache(maxsize=512)
def signature(signer: Signer, width: float) -> Slab:
    """Post, rule «(подпись)», rule «(И. О. Фамилия)»."""
    room = width - SIGN - NAME_WIDTH - 2 * GAP
    post, name = set_text(signer.post, POST, room), set_text(signer.name, NAME, NAME_WIDTH)
    tall = max(ROW, post.height + 2.5, name.height + 2.5)
    sign, named = room + GAP, width - NAME_WIDTH
    words = [
        *words_of(post, 0, tall - ABOVE_RULE - post.height),
        *words_of(name, named, tall - ABOVE_RULE - name.height),
        *words_of(set_text("(подпись)", CAPTION, SIGN), sign, tall),
        *words_of(set_text("(И. О. Фамилия)", CAPTION, NAME_WIDTH), named, tall),
    ]
    rules = [Ruled(sign, tall, sign + SIGN, tall), Ruled(named, tall, width, tall)]
    return Slab(tall + CAPTION_ROW, words, rules, repeated=True)


@dataclass(frozen=True)
class Stretch:
    """A label at `left`, a rule from `start` to `end`, a value on it; all in points."""

    label: str
    left: float
    start: float
    end: float
    value: str


def ruled_lines(block: Lines, width: float) -> list[Slab]:
    """Rules 8 mm apart, a slab each; the first begins after the label."""
    rows = [halves(block, width)] if block.second else line_rows(block, width)
    slabs = [_ruled(row) for row in rows]
    if block.caption:
        caption = set_text(block.caption, CAPTION, width)
        last = slabs[-1]
        words = [*last.words, *words_of(caption, 0, last.height + 0.4)]
        slabs[-1] = replace(last, height=last.height + LINE_FOOT, words=words)
    return slabs


def line_rows(block: Lines, width: float) -> list[list[Stretch]]:
    label = broken(typo(block.label), LINE_LABEL, width, width) if block.label else [""]
    start = _after(label[-1])
    if width - start < LEAST_RULE:
        label, start = [*label, ""], 0.0
    text = typo(block.value).replace("\n", " ")
    value = broken(text, VALUE, width - start - INSET, width - INSET)
    value += [""] * (block.count - len(value))
    rows = [[Stretch(words, 0.0, width, width, "")] for words in label[:-1]]
    rows.append([Stretch(label[-1], 0.0, start, width, value[0])])
    return rows + [[Stretch("", 0.0, 0.0, width, words)] for words in value[1:]]


def halves(block: Lines, width: float) -> list[Stretch]:
    """Both labels with equal rules after them."""
    first, second = typo(block.label), typo(block.second)
    rule = max(LEAST_RULE, (width - _after(first) - _after(second) - GAP) / 2)
    middle = _after(first) + rule + GAP
    return [
        Stretch(first, 0.0, _after(first), _after(first) + rule, typo(block.value)),
        Stretch(second, middle, middle + _after(second), width, typo(block.second_value)),
    ]


def _after(label: str) -> float:
    """Where the rule begins."""
    return unit_width(label, SERIF) * LINE_LABEL.size + INSET if label else 0.0


def _ruled(row: Sequence[Stretch]) -> Slab:
    words: list[Words] = []
    for one in row:
        if one.label:
            words.append(Words(SERIF, LINE_LABEL.size, one.left, STEP - 1.2, one.label))
        if one.value:
            words.append(_value(one))
    rules = [Ruled(one.start, STEP, one.end, STEP) for one in row if one.start < one.end]
    return Slab(STEP, words, rules)


def _value(one: Stretch) -> Words:
    """A value of a half line steps down until it fits."""
    inset = INSET if one.start else 0
    room = one.end - one.start - inset
    size = min(VALUE.size, room / unit_width(one.value, SERIF))
    return Words(SERIF, size, one.start + inset, STEP - 1.8, one.value)
