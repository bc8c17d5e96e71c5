"""The painter of a QueryTable's cells in a view."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from demoexam.ui import theme
from demoexam.ui.cell_paint import ICON, PAD, STRONG, draw_cell, draw_ground
from demoexam.ui.query_table import QueryTable

STRIPE = 4
Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paints straight from the model's cell: one call a cell keeps long tables quick."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, QueryTable)  # noqa: S101 -- the delegate serves no other model
        shown = model.row(index.row())
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        draw_ground(painter, box, chosen)
        if shown.stripe and index.column() == 0:
            painter.fillRect(box.x(), box.y(), STRIPE, box.height() - 1, theme.color(shown.stripe))
        draw_cell(
            painter,
            box,
            model.cell(index.row(), index.column()),
            typed=model.filter_text,
            right=model.columns[index.column()].right,
            faint=shown.faint,
            chosen=chosen,
        )
        if option.state & QStyle.StateFlag.State_HasFocus:
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
