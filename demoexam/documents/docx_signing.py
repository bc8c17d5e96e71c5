"""Where people write by hand, in Word: signature rows, and rules that make way for typing."""

from collections.abc import Sequence

from demoexam.documents.blocks import Lines, Signer
from demoexam.documents.docx_table import Cell, row, table
from demoexam.documents.docx_xml import (
    Element,
    held,
    paragraph,
    run,
    said,
    size,
    text_paragraph,
    twips,
    w,
)
from demoexam.documents.signing import (
    CAPTION_ROW,
    GAP,
    LINE_FOOT,
    NAME_WIDTH,
    ROW,
    SIGN,
    halves,
    line_rows,
)
from demoexam.documents.signing import STEP as LINE_STEP
from demoexam.documents.styles import CAPTION, LINE_LABEL, NAME, POST, RULE, VALUE, Style
from demoexam.text import NBSP

SPACE = "  "  # between a label and its rule
SIGNATURE, FULL_NAME = "(подпись)", "(И. О. Фамилия)"


def signature_table(signers: Sequence[Signer], width: float) -> Element:
    """Post, rule «(подпись)», rule «(И. О. Фамилия)», of each."""
    widths = [width - SIGN - NAME_WIDTH - 2 * GAP, GAP, SIGN, GAP, NAME_WIDTH]
    rows = [made for signer in signers for made in _signature(signer, widths)]
    return table(widths, rows)


def _signature(signer: Signer, widths: Sequence[float]) -> list[Element]:
    above = [
        standing(signer.post, POST),
        standing("", POST),
        standing("", POST, foot=RULE),
        standing("", POST),
        standing(signer.name, NAME, foot=RULE),
    ]
    texts = ("", "", SIGNATURE, "", FULL_NAME)
    below = [Cell([text_paragraph(text, CAPTION)]) for text in texts]
    return [row(above, widths, height=ROW), row(below, widths, height=CAPTION_ROW)]


def standing(text: str, style: Style, *, foot: float = 0.0) -> Cell:
    """A cell whose text stands on its lower edge."""
    return Cell([text_paragraph(text, style)], foot=foot, stands="bottom")


def ruled_paragraphs(block: Lines, width: float) -> list[Element]:
    """A rule is an underlined tab: text typed before it pushes it on, and no rule is broken."""
    made = [_halves(block, width)] if block.second else _lines(block, width)
    if block.caption:
        made.append(text_paragraph(block.caption, CAPTION, after=LINE_FOOT - CAPTION.leading))
        held(made[-2:-1])
    return made


def _lines(block: Lines, width: float) -> list[Element]:
    """As many lines as print has: a value takes the first of them."""
    rows = [rule for stretches in line_rows(block, width) for rule in stretches]
    at = next(n for n, one in enumerate(rows) if one.start < one.end)
    label, value = said(block.label), said(block.value.replace("\n", " "))
    turn = "\n" if label and not rows[at].label else SPACE
    first = [run(f"{label}{turn}")] if label else []
    lines = [_ruled(*first, *_underlined(value), ends=[width])]
    free = sum(not one.value for one in rows[at + 1 :])
    return lines + [_ruled(*_underlined(""), ends=[width]) for _ in range(free)]


def _halves(block: Lines, width: float) -> Element:
    first, second = halves(block, width)
    runs = [
        run(f"{said(block.label)}{SPACE}"),
        *_underlined(said(block.value)),
        run("\t"),
        run(f"{said(block.second)}{SPACE}"),
        *_underlined(said(block.second_value)),
    ]
    return _ruled(*runs, ends=[first.end, second.left, width])


def _underlined(value: str) -> list[Element]:
    """LibreOffice takes a line of a tab alone for a low one: a space stands before it."""
    return [run(f"{NBSP}{value}\t", *size(VALUE.size), w("u", val="single"))]


def _ruled(*runs: Element, ends: Sequence[float]) -> Element:
    tabs = w("tabs", *(w("tab", val="left", pos=twips(end)) for end in ends[:-1]))
    tabs.append(w("tab", val="right", pos=twips(ends[-1])))
    step = w("spacing", line=twips(LINE_STEP), lineRule="atLeast")
    return paragraph(LINE_LABEL, *runs, properties=[tabs, step])
