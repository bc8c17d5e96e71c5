"""How the printing form's lists paint a state and edit a number of copies."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QSpinBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from demoexam.ui import theme
from demoexam.ui.tokens import Tone

Index = QModelIndex | QPersistentModelIndex
TONE = Qt.ItemDataRole.UserRole.value + 1
MOST_COPIES = 50


class CopiesDelegate(QStyledItemDelegate):
    """A spin box where copies are edited."""

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index
    ) -> QWidget:
        box = QSpinBox(parent, minimum=1, maximum=MOST_COPIES)
        box.setAccessibleName("Экземпляров")
        box.setFrame(False)
        return box


class PillDelegate(QStyledItemDelegate):
    """Paints the state of a row as words on an oval."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        chosen = option.state & QStyle.StateFlag.State_Selected
        painter.fillRect(option.rect, theme.color("accent_bg" if chosen else "card"))
        line = QRectF(option.rect.x(), option.rect.bottom(), option.rect.width(), 1)
        painter.fillRect(line, theme.color("line"))
        words, tone = str(index.data() or ""), str(index.data(TONE) or Tone.GREY)
        box = QRectF(option.rect)
        face = theme.font(12, QFont.Weight.DemiBold)
        wide = QFontMetrics(face).horizontalAdvance(words) + 18
        oval = QRectF(box.x() + 4, box.center().y() - 10, wide, 20)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(f"{tone}_bg"))
        painter.drawRoundedRect(oval, 10, 10)
        painter.setFont(face)
        painter.setPen(theme.color(f"{tone}_text"))
        painter.drawText(oval, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()
