"""Where people write by hand: signature rows and ruled lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Spacer

from demoexam.documents.blocks import Lines, Signatures, Signer
from demoexam.documents.page import RULE, SERIF
from demoexam.documents.styles import CAPTION, NAME, POST, fitting, height, paragraph
from demoexam.documents.table import BLACK, plain_table
from demoexam.documents.typo import typo

SIGN, GAP, NAME_WIDTH = 38 * mm, 4 * mm, 50 * mm
ROW, CAPTION_ROW = 9 * mm, 3.6 * mm
STEP, INSET, LEAST_RULE = 8 * mm, 2 * mm, 20 * mm
LABEL_SIZE, VALUE_SIZE, CAPTION_SIZE = 12, 11, 7


def signature_rows(block: Signatures, width: float) -> list[Any]:
    """One small table a signer: post, rule «(подпись)», rule «(И. О. Фамилия)»."""
    return [Spacer(0, 2 * mm), *(_signature(signer, width) for signer in block.signers)]


def _signature(signer: Signer, width: float) -> Any:
    post = width - SIGN - NAME_WIDTH - 2 * GAP
    who = fitting(signer.post, POST, post)
    name = fitting(signer.name, NAME, NAME_WIDTH)
    tall = max(ROW, height(who, post) + 2.5, height(name, NAME_WIDTH) + 2.5)
    rows = [
        [who, "", "", "", name],
        ["", "", paragraph("(подпись)", CAPTION), "", paragraph("(И. О. Фамилия)", CAPTION)],
    ]
    style = [
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, 1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, 0), 1.5),
        ("BOTTOMPADDING", (0, 1), (-1, 1), 0),
        ("LINEBELOW", (2, 0), (2, 0), RULE, BLACK),
        ("LINEBELOW", (4, 0), (4, 0), RULE, BLACK),
    ]
    columns = [post, GAP, SIGN, GAP, NAME_WIDTH]
    return plain_table(rows, style, colWidths=columns, rowHeights=[tall, CAPTION_ROW])


def ruled_lines(block: Lines, width: float) -> list[Any]:
    """Rules 8 mm apart, a flowable each; the first begins after the label."""
    if block.second:
        return [_RuledLine(_halves(block, width), width, block.caption)]
    label = _wrapped(typo(block.label), LABEL_SIZE, width, width) if block.label else [""]
    start = _after(label[-1])
    if width - start < LEAST_RULE:
        label, start = [*label, ""], 0.0
    value = _wrapped(typo(block.value), VALUE_SIZE, width - start - INSET, width - INSET)
    value += [""] * (block.count - len(value))
    lines = [[_Piece(words, 0.0, width, width, "")] for words in label[:-1]]
    lines.append([_Piece(label[-1], 0.0, start, width, value[0])])
    lines += [[_Piece("", 0.0, 0.0, width, words)] for words in value[1:]]
    last = len(lines) - 1
    return [
        _RuledLine(pieces, width, block.caption if at == last else "")
        for at, pieces in enumerate(lines)
    ]


def _halves(block: Lines, width: float) -> list["_Piece"]:
    """Both labels with equal rules after them."""
    first, second = typo(block.label), typo(block.second)
    rule = max(LEAST_RULE, (width - _after(first) - _after(second) - GAP) / 2)
    middle = _after(first) + rule + GAP
    return [
        _Piece(first, 0.0, _after(first), _after(first) + rule, typo(block.value)),
        _Piece(second, middle, middle + _after(second), width, typo(block.second_value)),
    ]


def _after(label: str) -> float:
    """Where the rule begins."""
    return stringWidth(label, SERIF, LABEL_SIZE) + INSET if label else 0.0


def _wrapped(text: str, size: float, first: float, rest: float) -> list[str]:
    """`text` in lines of at most `first` points, then `rest`; a word wider than a line breaks."""
    lines: list[str] = []
    line = ""
    for word in text.replace("\n", " ").split(" "):
        room = rest if lines else first
        longer = f"{line} {word}" if line else word
        if stringWidth(longer, SERIF, size) <= room:
            line = longer
            continue
        if line or (not lines and stringWidth(word, SERIF, size) <= rest):
            lines.append(line)
        line, room = word, rest if lines else first
        while stringWidth(line, SERIF, size) > room:
            cut = _most(line, size, room)
            lines.append(line[:cut])
            line, room = line[cut:], rest
    return [*lines, line]


def _most(word: str, size: float, room: float) -> int:
    """How many letters of `word` fit; at least one, or nothing would ever be set."""
    fits = (n for n in range(len(word), 1, -1) if stringWidth(word[:n], SERIF, size) <= room)
    return next(fits, 1)


@dataclass(frozen=True)
class _Piece:
    """A label at `left`, a rule from `start` to `end`, a value on it; all in points."""

    label: str
    left: float
    start: float
    end: float
    value: str


class _RuledLine(Flowable):  # type: ignore[misc]  # reportlab has no types
    def __init__(self, pieces: Sequence[_Piece], width: float, caption: str) -> None:
        super().__init__()
        self._pieces, self._width, self._caption = pieces, width, typo(caption)
        self._foot = 3 * mm if caption else 0

    def wrap(self, _aw: float, _ah: float) -> tuple[float, float]:
        return self._width, STEP + self._foot

    def draw(self) -> None:
        canvas = self.canv
        canvas.setLineWidth(RULE)
        for piece in self._pieces:
            canvas.setFont(SERIF, LABEL_SIZE)
            canvas.drawString(piece.left, self._foot + 1.2, piece.label)
            if piece.start < piece.end:
                canvas.line(piece.start, self._foot, piece.end, self._foot)
            if piece.value:
                self._draw_value(piece)
        if self._caption:
            canvas.setFont(SERIF, CAPTION_SIZE)
            canvas.drawCentredString(self._width / 2, 0.6 * mm, self._caption)

    def _draw_value(self, piece: _Piece) -> None:
        """A value of a half line steps down until it fits."""
        inset = INSET if piece.start else 0
        room = piece.end - piece.start - inset
        size = min(VALUE_SIZE, room / stringWidth(piece.value, SERIF, 1))
        self.canv.setFont(SERIF, size)
        self.canv.drawString(piece.start + inset, self._foot + 1.8, piece.value)
