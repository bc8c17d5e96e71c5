"""What dialogs share: a size that fits the window, and the card of the one table they hold."""

from PySide6.QtWidgets import QDialog, QFrame, QLabel, QVBoxLayout, QWidget

from demoexam.ui import theme
from demoexam.ui.widgets import fill, row, rule

_EDGE = 40  # px of the window that stay to be seen around a dialog


def list_card(view: QWidget, count: QLabel) -> QFrame:
    """A card with the table, and beneath it how many lines it holds."""
    card = QFrame()
    card.setProperty("look", "card")
    inside = fill(QVBoxLayout(), view, rule(), spacing=0)
    inside.addLayout(row(count, None, margins=(14, 7, 14, 7)))
    inside.setContentsMargins(1, 1, 1, 1)
    card.setLayout(inside)
    return card


def fit_window(dialog: QDialog, size: tuple[int, int], least: tuple[int, int]) -> None:
    """As large as the dialog would like to be (px at 100 %), within the window it stands over.

    Over a small dialog it may be as large as over the page beneath.
    """
    room = dialog.parentWidget()
    while isinstance(room, QDialog) and (above := room.parentWidget()) is not None:
        room = above.window()
    if room is None:
        return
    wide = min(theme.px(size[0]), room.width() - _EDGE)
    high = min(theme.px(size[1]), room.height() - _EDGE)
    dialog.resize(max(wide, least[0]), max(high, least[1]))
