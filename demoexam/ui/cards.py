"""Cards and the things that stand on them: figures, findings, empty states."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import (
    Button,
    IconLabel,
    Part,
    Sign,
    clear,
    column,
    fill,
    label,
    restyle,
    row,
)

SIGNS = {
    Tone.ACCENT: "info",
    Tone.OK: "circle-check",
    Tone.WARN: "triangle-alert",
    Tone.BAD: "triangle-alert",
    Tone.GREY: "info",
    Tone.TEAL: "info",
}


class Action(NamedTuple):
    """A button to be: its words, what it does, its icon; the first of a row is primary."""

    text: str
    run: Callable[[], object]
    icon: str = ""

    def button(self, look: str = "") -> Button:
        made = Button(self.text, self.icon, look)
        made.clicked.connect(lambda _checked=False: self.run())
        return made


class Card(QFrame):
    """A white panel with a title, a remark beside it and perhaps a link on the right."""

    linked = Signal()

    def __init__(
        self, title: str = "", remark: str = "", link: str = "", *, padding: int = 16
    ) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.title, self.remark = label(title, "title"), label(remark, "muted")
        self.body = QVBoxLayout(self)
        fill(self.body, spacing=8, margins=(padding, 12, padding, 12))
        self.head = row(spacing=8)
        self.setAccessibleName(title)
        if title or link:
            fill(self.head, self.title, self.remark, None)
            self.body.addLayout(self.head)
        if link:
            self.link = Button(link, look="link")
            self.link.clicked.connect(self.linked)
            self.head.addWidget(self.link)

    def add(self, *parts: Part) -> None:
        """Put widgets, layouts, spaces (int) and stretches (None) below what is there."""
        for part in parts:
            if isinstance(part, QWidget):
                self.body.addWidget(part)
            elif isinstance(part, int):
                self.body.addSpacing(part)
            elif part is None:
                self.body.addStretch(1)
            else:
                self.body.addLayout(part)


class StatLine(QWidget):
    """A key figure with two lines of explanation beside it."""

    def __init__(self, figure: str = "", text: str = "", detail: str = "") -> None:
        super().__init__()
        self.figure, self.text = label(figure, "key"), label(text, "strong")
        self.detail = label(detail, "muted")
        self.setLayout(
            row(
                self.figure, column(None, self.text, self.detail, None, spacing=0), None, spacing=12
            )
        )

    def show_stat(self, figure: str, text: str, detail: str) -> None:
        self.figure.setText(figure)
        self.text.setText(text)
        self.detail.setText(detail)


class EmptyState(QWidget):
    """What a page shows instead of nothing: an icon, a sentence and what to do next."""

    def __init__(
        self, icon: str, title: str, text: str = "", actions: Sequence[Action] = ()
    ) -> None:
        super().__init__()
        disc = IconLabel(icon, "accent", 40)
        disc.setProperty("look", "disc")
        disc.setProperty("tone", Tone.ACCENT)
        disc.setFixedSize(88, 88)
        self.title, self.text = label(title, "section"), label(text, "soft", wrap=True)
        for words in (self.title, self.text):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.text.setFixedWidth(560)
        self._buttons = row(spacing=8)
        self.setLayout(
            column(
                None, row(None, disc, None), 10, self.title, row(None, self.text, None), 10,
                self._buttons, None, spacing=6, margins=(16, 16, 16, 16),
            )
        )  # fmt: skip
        self.show_actions(actions)

    def show_words(self, title: str, text: str) -> None:
        self.title.setText(title)
        self.text.setText(text)

    def show_actions(self, actions: Sequence[Action]) -> None:
        clear(self._buttons)
        self._buttons.addStretch(1)
        for number, action in enumerate(actions):
            self._buttons.addWidget(action.button("primary" if number == 0 else ""))
        self._buttons.addStretch(1)


class FindingStrip(QFrame):
    """One finding across the page: its sign, its words (rich text) and its ways out."""

    def __init__(self, tone: str = Tone.ACCENT, text: str = "") -> None:
        super().__init__()
        self.setProperty("look", "strip")
        self.setProperty("tone", tone)
        self._sign = IconLabel(SIGNS[Tone(tone)], tone, 18)
        self.words = QLabel(text)
        self.words.setProperty("tone", tone)
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._buttons = row(spacing=8)
        self._layout = row(self._sign, self.words, self._buttons, spacing=10)
        self._layout.setContentsMargins(12, 7, 8, 7)
        self._layout.setStretch(1, 1)
        self.setLayout(self._layout)

    def add_tool(self, tool: QWidget) -> None:
        """A button that stays whatever the finding is."""
        self._layout.addWidget(tool)

    def show_finding(self, tone: str, text: str, actions: Sequence[Action] = ()) -> None:
        """Show another finding; an empty text hides the strip."""
        self.setVisible(bool(text))
        self.words.setText(text)
        self.setAccessibleName(text)
        self._sign.show_icon(SIGNS[Tone(tone)], tone)
        restyle(self, tone=tone)
        restyle(self.words, tone=tone)
        clear(self._buttons)
        for action in actions:
            self._buttons.addWidget(action.button("small"))


class AttentionLine(QWidget):
    """A thing to do: sign, what, detail, one button."""

    def __init__(self, icon: str, tone: str, title: str, detail: str, action: Action) -> None:
        super().__init__()
        self.button = action.button()
        self.button.setAccessibleName(f"{action.text}: {title}")
        words = column(label(title, "strong", wrap=True), label(detail, "muted", wrap=True))
        words.setSpacing(0)
        layout = row(Sign(icon, tone), words, self.button, spacing=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)
