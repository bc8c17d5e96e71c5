"""How a row of the preview is painted: stripe, sign, old value struck before the new, frames."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from demoexam.exchange.values import ROW
from demoexam.services.imports.draft import FieldChange
from demoexam.ui import icons, theme
from demoexam.ui.importing.board import BoardRow
from demoexam.ui.importing.preview_model import FIRST_CELL, NUMBER, OUTCOME, Index, PreviewModel
from demoexam.ui.importing.wording import LOOKS, Look, shown

PAD, STRIPE, SIGN = 10, 4, 15
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
STRONG = QFont.Weight.DemiBold
ARROW = "  →  "
NAMES = frozenset({"full_name", "last_name", "name", "code", "group"})


class PreviewDelegate(QStyledItemDelegate):
    """Serves a PreviewModel only."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, PreviewModel)  # noqa: S101 -- the delegate serves no other model
        row, box = model.board_row(index.row()), option.rect
        _ground(painter, box, chosen=bool(option.state & QStyle.StateFlag.State_Selected))
        inner = QRectF(box.adjusted(PAD, 0, -PAD, -1))
        if index.column() == NUMBER:
            _sign(painter, box, row)
        elif index.column() == OUTCOME:
            tone = "faint" if row.look is Look.SAME else f"{LOOKS[row.look][1]}_text"
            weight = STRONG if row.look in _LOUD else QFont.Weight.Normal
            _text(painter, inner, row.outcome, tone, theme.font(theme.SECONDARY, weight))
        else:
            self._cell(painter, inner, model, index, row)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0, 0, -1, -2))

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        model = index.model()
        if isinstance(model, PreviewModel):
            editor.setAccessibleName(f"Исправить: {model.column(index.column()).caption}")
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        editor.setGeometry(option.rect.adjusted(0, 1, 0, -2))

    def _cell(
        self, painter: QPainter, box: QRectF, model: PreviewModel, index: Index, row: BoardRow
    ) -> None:
        name = model.column(index.column()).field
        text = model.text(index.row(), index.column())
        if name and (finding := row.marks.get(name)):
            refused = finding.level == ROW or row.look is Look.ERROR
            _frame(painter, box, "bad" if refused else "warn")
        change = row.changes.get(name) if name else None
        if change is not None:
            _changed(painter, box, change)
            return
        tone = "text" if name and row.look is not Look.SAME else "faint"
        bold = name in NAMES and index.column() == FIRST_CELL + _first_name(model)
        strong = bold and row.look is not Look.SAME
        _text(painter, box, text, tone, theme.font(weight=STRONG) if strong else theme.font())


_LOUD = frozenset({Look.ERROR, Look.HELD, Look.SIMILAR})


def _first_name(model: PreviewModel) -> int:
    """The place of the column that names the row."""
    return next((at for at, each in enumerate(model.columns) if each.field in NAMES), 0)


def _ground(painter: QPainter, box: QRect, *, chosen: bool) -> None:
    if chosen:
        painter.fillRect(box, theme.color("accent_bg"))
    painter.fillRect(box.x(), box.bottom(), box.width(), 1, theme.color("line"))


def _sign(painter: QPainter, box: QRect, row: BoardRow) -> None:
    icon, tone = LOOKS[row.look]
    painter.fillRect(box.x(), box.y(), STRIPE, box.height() - 1, theme.color(tone))
    at = QPointF(box.x() + PAD, box.center().y() - SIGN / 2)
    painter.drawPixmap(at, icons.pixmap(icon, tone, SIGN))
    number = QRectF(box.adjusted(PAD + SIGN + 7, 0, -4, -1))
    _text(painter, number, str(row.plan.place.row), "muted", theme.font(theme.SECONDARY))


def _text(painter: QPainter, box: QRectF, text: str, colour: str, face: QFont) -> None:
    painter.setFont(face)
    painter.setPen(theme.color(colour))
    elided = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
    painter.drawText(box, LEFT, elided)


def _changed(painter: QPainter, box: QRectF, change: FieldChange) -> None:
    """The old value struck through, an arrow, the new value."""
    old, new = shown(change.old) or "—", shown(change.new)
    struck, strong = theme.font(12), theme.font(weight=STRONG)
    struck.setStrikeOut(change.old not in {None, ""})
    room = box.width() - QFontMetrics(strong).horizontalAdvance(ARROW)
    wide = min(QFontMetrics(struck).horizontalAdvance(old), room * 0.45)
    first = QFontMetrics(struck).elidedText(old, Qt.TextElideMode.ElideRight, int(wide) + 1)
    painter.setFont(struck)
    painter.setPen(theme.color("faint"))
    painter.drawText(QRectF(box.x(), box.y(), wide + 2, box.height()), LEFT, first)
    _text(painter, box.adjusted(wide, 0, 0, 0), f"{ARROW}{new}", "accent_text", strong)


def _frame(painter: QPainter, box: QRectF, tone: str) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color(tone), 1.5))
    painter.setBrush(theme.color(f"{tone}_bg"))
    painter.drawRoundedRect(box.adjusted(-7, 3, 7, -3), 5, 5)
    painter.restore()
