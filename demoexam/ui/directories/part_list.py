"""A titled list of the small records that belong to one: each line can be opened, one added."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from demoexam.ui.widgets import (
    Button,
    ElidedLabel,
    IconLabel,
    clear,
    column,
    label,
    restyle,
    row,
    rule,
)


@dataclass(frozen=True)
class PartLine:
    """One line; `key` is handed back by `opened`, "" for a line that only tells."""

    key: str
    title: str
    detail: str = ""
    icon: str = ""
    tone: str = ""
    right: str = ""
    button: str = "Изменить"
    sign: str = "pencil"


class PartList(QWidget):
    """Title, a button to add, lines with two rows of text; the focus survives a refresh."""

    adding = Signal()
    opened = Signal(str)

    def __init__(self, title: str, add: str = "", empty: str = "", *, ruled: bool = True) -> None:
        super().__init__()
        self._title, self._empty, self._lines = title, empty, column(spacing=2)
        self.setAccessibleName(title)
        self.head = row(label(title, "title"), None, spacing=6)
        if add:
            self.add_button = Button("Добавить", "plus", "link", name=add)
            self.add_button.clicked.connect(self.adding)
            self.head.addWidget(self.add_button)
        layout = column(self.head, self._lines, spacing=4)
        layout.addStretch(1)
        if ruled:
            layout.addWidget(rule())
        self.setLayout(layout)

    def show_lines(self, lines: Sequence[PartLine]) -> None:
        focused = self._focused_name()
        clear(self._lines)
        for line in lines:
            self._lines.addWidget(self._line(line))
        if not lines and self._empty:
            self._lines.addWidget(label(self._empty, "muted", wrap=True))
        if focused:
            self._focus_again(focused)

    def _line(self, line: PartLine) -> QWidget:
        box = QWidget()
        title = ElidedLabel(line.title, "strong")
        title.show_text(line.title)
        if line.tone in {"warn", "bad"}:
            restyle(title, step="tone-strong", tone=line.tone)
        words = column(title, spacing=0)
        if line.detail:
            detail = ElidedLabel(line.detail, "muted")
            detail.show_text(line.detail)
            words.addWidget(detail)
        parts = row(spacing=8)
        if line.icon:
            parts.addWidget(IconLabel(line.icon, line.tone or "muted", 17))
        parts.addLayout(words, 1)
        if line.right:
            parts.addWidget(label(line.right, "muted"))
        if line.key:
            parts.addWidget(self._opener(line))
        box.setLayout(parts)
        return box

    def _opener(self, line: PartLine) -> Button:
        button = Button("", line.sign, "link", name=f"{line.button}: {line.title}")
        button.clicked.connect(lambda: self.opened.emit(line.key))
        return button

    def _focused_name(self) -> str:
        """The name of the line's button that has the focus now."""
        focused = [one for one in self.findChildren(Button) if one.hasFocus()]
        return focused[0].accessibleName() if focused else ""

    def _focus_again(self, name: str) -> None:
        for button in self.findChildren(Button):
            if button.accessibleName() == name and button.isVisibleTo(self):
                button.setFocus()
                return
