"""The look of the window: tokens to palette, style sheet, fonts; switched while running."""

import sys
from functools import cache
from typing import Protocol
from weakref import WeakSet

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPalette
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken

from demoexam import settings
from demoexam.ui.stylesheet import stylesheet
from demoexam.ui.tokens import DARK, LIGHT, Tokens

BODY, SECONDARY, CARD_TITLE, PAGE_TITLE, KEY_FIGURE = 13, 12, 14, 19, 28  # px at 100 %
FAMILY = "Segoe UI" if sys.platform == "win32" else "Inter"

STYLE = ("-style", "fusion")  # arguments of the application: cheaper than setting it afterwards

_ROLES = {
    QPalette.ColorRole.Window: "bg",
    QPalette.ColorRole.Base: "card",
    QPalette.ColorRole.AlternateBase: "bg",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Button: "card",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.PlaceholderText: "faint",
    QPalette.ColorRole.ToolTipBase: "card",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Link: "accent_text",
}
_FADED = (
    QPalette.ColorRole.Text,
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.ButtonText,
)


class _Look:
    """What is shown now; one window system, hence one look."""

    tokens = LIGHT
    scale = 100


_followers: WeakSet["Retinted"] = WeakSet()


def tokens() -> Tokens:
    return _Look.tokens


def color(name: str) -> QColor:
    """A token's colour in the present theme: color("accent"), color("ok_bg")."""
    return _color(getattr(_Look.tokens, name))


@cache
def _color(value: str) -> QColor:
    return QColor(value)


def px(size: int) -> int:
    """A font size of the design, scaled by the user's setting."""
    return round(size * _Look.scale / 100)


def font(size: int = BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The window's font for painting, `size` in design pixels."""
    made = QFont(QApplication.font())
    made.setPixelSize(px(size))
    made.setWeight(weight)
    return made


class Retinted(Protocol):
    """A widget that keeps pictures in the colours of the theme."""

    def retint(self) -> None: ...


def follow(widget: Retinted) -> None:
    """Have `widget.retint()` called now and when the theme changes, as long as it lives."""
    _followers.add(widget)
    widget.retint()


def block(painter: QPainter, box: QRectF, name: str) -> None:
    """A filled rectangle; fillRect would first make Python's enumeration of 180 gradients."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(name))
    painter.drawRect(box)


def load_fonts() -> None:
    """Make the shipped window font known; Windows has its own."""
    if sys.platform == "win32":
        return
    for weight in ("Regular", "SemiBold", "Bold"):  # the weights that the design uses
        file = settings.resources() / "fonts" / f"Inter-{weight}.otf"
        QFontDatabase.addApplicationFont(str(file))


def apply(
    app: QApplication, theme: str = "system", scale: int = 100, *, dressed: bool = True
) -> None:
    """Put on "light", "dark" or the "system" theme; open windows follow at once.

    Not `dressed` leaves the style sheet to a later `dress`: a window is built in half the time
    while there is none.
    """
    dark = theme == "dark" or (
        theme == "system" and app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    )
    _Look.tokens, _Look.scale = (DARK if dark else LIGHT), scale
    face = QFont(FAMILY)
    face.setPixelSize(px(BODY))
    app.setFont(face)
    app.setPalette(_palette())
    if dressed:
        dress(app)
    for widget in tuple(_followers):
        if Shiboken.isValid(widget):
            widget.retint()


def dress(app: QApplication) -> None:
    """Put on the style sheet of the present theme."""
    app.setStyleSheet(stylesheet(_Look.tokens, px, settings.resources() / "icons"))


def _palette() -> QPalette:
    palette = QPalette()
    for role, name in _ROLES.items():
        palette.setColor(role, color(name))
    for role in _FADED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, color("faint"))
    return palette
