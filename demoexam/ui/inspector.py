"""The panel at the right of a page: a sticky head, scrolling sections, a foot."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from demoexam.ui.widgets import Button, Part, column, fill, label, row, rule

WIDTH = 460


class Inspector(QFrame):
    """Shows one record beside its list. Subclasses fill `head`, `body` and `foot`."""

    closed = Signal()

    def __init__(self, avatar: bool = False) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.setMinimumWidth(340)
        self.title = label("", "section", wrap=True)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.head, self.tools = row(spacing=8), row(spacing=8)
        self.body = column(spacing=10, margins=(16, 12, 16, 12))
        self.foot = row(spacing=8, margins=(16, 8, 16, 8))
        self.closer = Button("", "x", "icon", name="Закрыть карточку (Esc)")
        self.pages = QStackedWidget()  # the record; subclasses may add what takes its place
        self._avatar = self._make_avatar() if avatar else None
        self._assemble()

    def show_title(self, title: str, short: str = "") -> None:
        """The record's name; `short` is the two letters of the round sign."""
        self.title.setText(title)
        self.setAccessibleName(title)
        if self._avatar:
            self._avatar.setText(short)

    def section(self, title: str, *parts: Part, tool: QWidget | None = None) -> QWidget:
        """A titled part of the body; returns it, so that it can be hidden."""
        box = QWidget()
        head = row(label(title, "title"), None)
        if tool is not None:
            head.addWidget(tool)
        box.setLayout(column(head, *parts, rule(), spacing=6))
        self.body.addWidget(box)
        return box

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _make_avatar(self) -> QLabel:
        made = QLabel()
        made.setProperty("look", "avatar")
        made.setFixedSize(44, 44)
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return made

    def _assemble(self) -> None:
        self.closer.clicked.connect(self.closed)
        words = column(self.title, self.head, spacing=4)
        top = row(spacing=12, margins=(16, 12, 12, 8))
        if self._avatar:
            top.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        top.addLayout(self.tools)
        top.addWidget(self.closer, 0, Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        inside.setProperty("look", "clear")
        inside.setLayout(fill(QVBoxLayout(), self.body, None, spacing=0))
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        foot = QFrame()
        foot.setProperty("look", "foot")
        foot.setLayout(self.foot)
        whole = QWidget()
        whole.setProperty("look", "clear")
        whole.setLayout(column(scroll, foot, spacing=0))
        self.pages.addWidget(whole)
        layout = column(top, rule(), self.pages, spacing=0, margins=(1, 1, 1, 1))
        layout.setStretch(2, 1)
        self.setLayout(layout)
