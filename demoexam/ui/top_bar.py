"""The bar above a page: where one is, the search over everything, the year, the main action."""

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy

from demoexam.ui import icons, theme
from demoexam.ui.cards import Action
from demoexam.ui.choices import ChoiceField
from demoexam.ui.page import Heading
from demoexam.ui.widgets import Button, ElidedLabel, column, fill, label, row

HEIGHT = 60


class SearchEdit(QLineEdit):
    """The field of Ctrl+K; keys that move in the list of hits are passed on."""

    moved = Signal(int)  # one line down or up in the hits
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Эксперт, группа, экзамен…  Ctrl+K")
        self.setAccessibleName("Поиск по всей базе и командам")
        self.setFixedWidth(300)
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        theme.follow(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def retint(self) -> None:
        self._glass.setIcon(icons.icon("search", "faint"))


class TopBar(QFrame):
    """Shows a page's Heading and its primary Action."""

    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "top")
        self.setFixedHeight(HEIGHT)
        self.trail, self.title = label("", "crumb"), ElidedLabel("", "page")
        self.summary = ElidedLabel("", "muted")
        self.search, self.year = SearchEdit(), ChoiceField()
        self.year.setAccessibleName("Год")
        self.year.setFixedWidth(112)
        self._primary: Button | None = None
        self._lay_out()

    def show_heading(self, heading: Heading) -> None:
        self.trail.setText(f"{heading.trail} › " if heading.trail else "")
        self.trail.setVisible(bool(heading.trail))
        if heading.trail or "arrow" in self.__dict__:
            self.arrow.setVisible(bool(heading.trail))
        self.title.show_text(heading.title)
        self.summary.show_text(heading.summary)

    def show_primary(self, action: Action | None) -> None:
        if self._primary is not None:
            self._primary.hide()
            self._primary.deleteLater()
            self._primary = None
        if action is not None:
            self._primary = action.button("primary")
            self._primary.setToolTip(f"{action.text} (Ins)")
            self._layout.addWidget(self._primary)

    @cached_property
    def arrow(self) -> Button:
        """The way back, made when there is one."""
        made = Button("", "arrow-left", "icon", name="Назад (Alt+←)")
        made.clicked.connect(self.back)
        self._layout.insertWidget(0, made)
        return made

    def show_years(self, years: Sequence[int], chosen: int) -> None:
        self.year.show_options([(year, f"{year} год") for year in years])
        self.year.show_value(chosen)

    def _lay_out(self) -> None:
        heads = row(self.trail, self.title, spacing=0)
        heads.setStretch(1, 1)
        self.trail.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        words = column(None, heads, self.summary, None, spacing=0)
        self._layout = fill(
            row(), words, self.search, self.year, spacing=10, margins=(24, 0, 24, 0)
        )
        self._layout.setStretch(0, 1)
        self.setLayout(self._layout)
        self.trail.hide()
