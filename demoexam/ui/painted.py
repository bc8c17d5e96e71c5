"""Widgets that draw themselves, and the strokes which their drawings share."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from demoexam.ui import theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter
STRONG = QFont.Weight.DemiBold
PLAIN = QFont.Weight.Normal


class Painted(QWidget):
    """A widget that draws itself in the colours of the theme."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter)
        painter.end()

    def draw(self, painter: QPainter) -> None:
        raise NotImplementedError


def draw_bar(painter: QPainter, box: QRectF, colour: str, radius: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(colour))
    painter.drawRoundedRect(box, radius, radius)


def draw_tick(painter: QPainter, x: float, y: float, height: float) -> None:
    theme.block(painter, QRectF(x - 1, y, 2, height), "text")


def draw_text(
    painter: QPainter,
    box: QRectF,
    words: str,
    colour: str,
    *,
    size: int,
    align: Qt.AlignmentFlag,
    weight: QFont.Weight = PLAIN,
) -> None:
    painter.setFont(theme.font(size, weight))
    painter.setPen(theme.color(colour))
    painter.drawText(box, align, words)
