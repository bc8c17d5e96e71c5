"""How a table's cell is painted: text, second line, pill, icon, the filter's words marked."""

import re

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from demoexam.text import fold, words
from demoexam.ui import icons, theme
from demoexam.ui.query_table import Cell, QueryTable

PAD, ICON, STRIPE = 10, 16, 4
Index = QModelIndex | QPersistentModelIndex
STRONG = QFont.Weight.DemiBold


class CellDelegate(QStyledItemDelegate):
    """Paints straight from the model's cell: one call a cell keeps long tables quick."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, QueryTable)  # noqa: S101 -- the delegate serves no other model
        shown = model.row(index.row())
        cell = model.cell(index.row(), index.column())
        box: QRect = option.rect
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        _ground(painter, box, chosen)
        if shown.stripe and index.column() == 0:
            painter.fillRect(box.x(), box.y(), STRIPE, box.height() - 1, theme.color(shown.stripe))
        inner = QRectF(box.adjusted(PAD, 0, -PAD, -1))
        right = model.columns[index.column()].right
        if cell.pill:
            _pill(painter, inner, cell, chosen)
        elif cell.below:
            self._two_lines(painter, inner, cell)
        else:
            self._line(painter, inner, cell, model.filter_text, right=right, faint=shown.faint)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0, 0, -1, -2))

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the text; the view fixes the height."""
        model = index.model()
        assert isinstance(model, QueryTable)  # noqa: S101 -- the delegate serves no other model
        cell = model.cell(index.row(), index.column())
        metrics = QFontMetrics(theme.font(weight=STRONG if cell.strong else QFont.Weight.Normal))
        wide = max(metrics.horizontalAdvance(cell.text), metrics.horizontalAdvance(cell.below))
        return QSize(wide + 2 * PAD + (ICON + 6 if cell.icon else 0) + (18 if cell.pill else 0), 35)

    def _line(
        self,
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

    def _two_lines(self, painter: QPainter, box: QRectF, cell: Cell) -> None:
        box = _icon(painter, box, cell)
        half = box.height() / 2
        lines = (
            (cell.text, theme.font(weight=STRONG if cell.strong else QFont.Weight.Normal), "text"),
            (cell.below, theme.font(12), "muted"),
        )
        for number, (text, face, colour) in enumerate(lines):
            line = QRectF(box.x(), box.y() + number * (half - 2) + 1, box.width(), half)
            shown = QFontMetrics(face).elidedText(
                text, Qt.TextElideMode.ElideRight, int(line.width())
            )
            painter.setFont(face)
            painter.setPen(theme.color(_ink(cell) if number == 0 else colour))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)


def _ground(painter: QPainter, box: QRect, chosen: bool) -> None:
    if chosen:
        painter.fillRect(box, theme.color("accent_bg"))
    painter.fillRect(box.x(), box.bottom(), box.width(), 1, theme.color("line"))


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
