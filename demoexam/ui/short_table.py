"""A table of a few rows, painted whole: cheap enough for the first paint."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from demoexam.ui import theme
from demoexam.ui.cell_paint import PAD, draw_cell, draw_ground
from demoexam.ui.painted import Painted
from demoexam.ui.query_table import Cell, Column, Row

HEAD, LINE = 32, 35


class ShortTable(Painted):
    """Arrows move, Enter or a double click opens; the accessible name tells all the rows."""

    opened = Signal(str)  # record id

    def __init__(self, name: str, columns: Sequence[Column], nothing: str) -> None:
        super().__init__()
        self._name, self._columns, self._nothing = name, columns, nothing
        self._rows: Sequence[Row] = ()
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def current(self) -> int:
        """The number of the line that the arrows point at."""
        return self._current

    def show_rows(self, rows: Sequence[Row]) -> None:
        self._rows, self._current = rows, 0
        self.setFixedHeight(HEAD + LINE * max(len(rows), 1))
        said = (", ".join(_cell(one).text for one in row.cells) for row in rows)
        self.setAccessibleName(f"{self._name}: {'; '.join(said) or self._nothing}")
        self.update()

    def draw(self, painter: QPainter) -> None:
        for column, left, wide in self._spans():
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("faint"))
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            box = QRectF(left + PAD, 0, wide - 2 * PAD, HEAD)
            painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, column.title)
        theme.block(painter, QRectF(0, HEAD - 1, self.width(), 1), "line")
        for number, row in enumerate(self._rows):
            self._row(painter, number, row)
        if not self._rows:
            painter.setPen(theme.color("muted"))
            painter.drawText(
                QRect(0, HEAD, self.width(), LINE), Qt.AlignmentFlag.AlignCenter, self._nothing
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self._current = min(max(self._current + step, 0), max(len(self._rows) - 1, 0))
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._rows:
            self.opened.emit(self._rows[self._current].id)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = (int(event.position().y()) - HEAD) // LINE
        if 0 <= number < len(self._rows):
            self._current = number
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)
        if self._rows:
            self.opened.emit(self._rows[self._current].id)

    def _row(self, painter: QPainter, number: int, row: Row) -> None:
        whole = QRect(0, HEAD + number * LINE, self.width(), LINE)
        chosen = self.hasFocus() and number == self._current
        draw_ground(painter, whole, chosen)
        for (column, left, wide), cell in zip(self._spans(), row.cells, strict=True):
            box = QRect(left, whole.y(), wide, LINE)
            draw_cell(painter, box, _cell(cell), right=column.right, chosen=chosen)
        if chosen:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(whole.adjusted(1, 1, -1, -2))

    def _spans(self) -> list[tuple[Column, int, int]]:
        """Each column with its left edge and width; the stretching one takes what is left."""
        fixed = sum(theme.px(one.width) for one in self._columns if not one.stretch)
        spans, left = [], 0
        for one in self._columns:
            wide = max(self.width() - fixed, 60) if one.stretch else theme.px(one.width)
            spans.append((one, left, wide))
            left += wide
        return spans


def _cell(cell: Cell | str) -> Cell:
    return cell if isinstance(cell, Cell) else Cell(cell)
