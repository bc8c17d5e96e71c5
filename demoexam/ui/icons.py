"""Lucide icons from resources/icons, drawn in a colour of the theme."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from demoexam import settings
from demoexam.ui import theme

STROKE = 'stroke-width="1.75"'


def icon(name: str, color: str = "muted", size: int = 16) -> QIcon:
    """An icon for a button; `color` is a token. The style pales it in a disabled button."""
    return QIcon(pixmap(name, color, size))


def pixmap(name: str, color: str = "muted", size: int = 16) -> QPixmap:
    """The icon as a sharp picture of `size` logical pixels."""
    ratio = QApplication.primaryScreen().devicePixelRatio()
    return _drawn(name, getattr(theme.tokens(), color), size, ratio)


@cache
def _drawn(name: str, color: str, size: int, ratio: float) -> QPixmap:
    side = round(size * ratio)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    svg = _source(name).replace("currentColor", color)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@cache
def _source(name: str) -> str:
    text = (settings.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return text.replace('stroke-width="2"', STROKE)
