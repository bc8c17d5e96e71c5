"""How a cell is painted: text, second line, pill, icon, the filter's words marked."""

import re

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from demoexam.text import fold, words
from demoexam.ui import icons, theme
from demoexam.ui.query_table import Cell

PAD, ICON = 10, 16
STRONG = QFont.Weight.DemiBold


def draw_cell(
    painter: QPainter, box: QRect, cell: Cell, *, typed: str = "", right: bool = False,
    faint: bool = False, chosen: bool = False,
) -> None:  # fmt: skip
    """Everything of a cell but its ground; `typed` are the filter's words."""
    inner = QRectF(box.adjusted(PAD, 0, -PAD, -1))
    if cell.pill:
        _pill(painter, inner, cell, chosen)
    elif cell.below:
        _two_lines(painter, inner, cell)
    else:
        _line(painter, inner, cell, typed, right=right, faint=faint)


def draw_ground(painter: QPainter, box: QRect, chosen: bool) -> None:
    """The tint of a chosen row and the line under each."""
    if chosen:
        theme.block(painter, QRectF(box), "accent_bg")
    theme.block(painter, QRectF(box.x(), box.bottom(), box.width(), 1), "line")


def _line(
    painter: QPainter,
    box: QRectF,
    cell: Cell,
    typed: str,
    *,
    right: bool,
    faint: bool,
) -> None:
    box = _icon(painter, box, cell)
    face = theme.font(weight=STRONG if cell.strong else QFont.Weight.Normal)
    metrics = QFontMetrics(face)
    shown = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, int(box.width()))
    if typed and not right:
        _marks(painter, box, shown, typed, metrics)
    painter.setFont(face)
    painter.setPen(theme.color(_ink(cell, faint=faint)))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)


def _two_lines(painter: QPainter, box: QRectF, cell: Cell) -> None:
    box = _icon(painter, box, cell)
    half = box.height() / 2
    lines = (
        (cell.text, theme.font(weight=STRONG if cell.strong else QFont.Weight.Normal), "text"),
        (cell.below, theme.font(12), "muted"),
    )
    for number, (text, face, colour) in enumerate(lines):
        line = QRectF(box.x(), box.y() + number * (half - 2) + 1, box.width(), half)
        shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, int(line.width()))
        painter.setFont(face)
        painter.setPen(theme.color(_ink(cell) if number == 0 else colour))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)


def _ink(cell: Cell, *, faint: bool = False) -> str:
    if cell.tone:
        return f"{cell.tone}_text"
    return "faint" if faint else "text"


def _icon(painter: QPainter, box: QRectF, cell: Cell) -> QRectF:
    if not cell.icon:
        return box
    picture = icons.pixmap(cell.icon, cell.tone or "muted", ICON)
    painter.drawPixmap(QPointF(box.x(), box.center().y() - ICON / 2), picture)
    return box.adjusted(ICON + 6, 0, 0, 0)


def _pill(painter: QPainter, box: QRectF, cell: Cell, chosen: bool) -> None:
    face = theme.font(12, STRONG)
    metrics = QFontMetrics(face)
    text = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, int(box.width()) - 18)
    wide = metrics.horizontalAdvance(text) + 18.0
    oval = QRectF(box.x(), box.center().y() - 10, wide, 20)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    tone = cell.tone or "grey"
    painter.setBrush(theme.color("card" if chosen else f"{tone}_bg"))
    painter.drawRoundedRect(oval, 10, 10)
    painter.setFont(face)
    painter.setPen(theme.color(f"{tone}_text"))
    painter.drawText(oval, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def _marks(painter: QPainter, box: QRectF, shown: str, typed: str, metrics: QFontMetrics) -> None:
    """Tint the places where a word of the filter begins a word of the text."""
    folded = fold(shown)
    for word in words(typed):
        for found in re.finditer(rf"\b{re.escape(word)}", folded):
            start = metrics.horizontalAdvance(shown[: found.start()])
            wide = metrics.horizontalAdvance(shown[found.start() : found.end()])
            place = QRectF(box.x() + start, box.center().y() - 9, wide, 18)
            painter.fillRect(place & box, theme.color("warn_bg"))
