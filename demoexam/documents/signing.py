"""Where people write by hand: signature rows and ruled lines."""

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
STEP = 8 * mm


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


class RuledLines(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Rules 8 mm apart; the first begins after the label."""

    def __init__(self, block: Lines, width: float) -> None:
        super().__init__()
        self._block, self._width = block, width
        self._foot = 3 * mm if block.caption else 0

    def wrap(self, _aw: float, _ah: float) -> tuple[float, float]:
        return self._width, STEP * self._block.count + self._foot

    def draw(self) -> None:
        block, canvas = self._block, self.canv
        label = typo(block.label)
        start = stringWidth(label, SERIF, 12) + (2 * mm if label else 0)
        top = self._foot + STEP * (block.count - 1)
        canvas.setLineWidth(RULE)
        canvas.setFont(SERIF, 12)
        canvas.drawString(0, top + 1.2, label)
        if start < self._width:
            canvas.line(start, top, self._width, top)
        canvas.setFont(SERIF, 11)
        canvas.drawString(start + 2 * mm, top + 1.8, typo(block.value))
        for line in range(block.count - 1):
            y = self._foot + STEP * line
            canvas.line(0, y, self._width, y)
        if block.caption:
            canvas.setFont(SERIF, 7)
            canvas.drawCentredString(self._width / 2, 0.6 * mm, typo(block.caption))
