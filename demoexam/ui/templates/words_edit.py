"""Texts of a form as they are typed: each space and line break stays what it was."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import restyle

MOST_LINES, FRAME = 12, 24
PARAGRAPH = "\u2029"


class WordsEdit(QPlainTextEdit):
    """Several lines; as high as its text."""

    typed, written = Signal(), Signal()

    def __init__(self, text: str, lines: int = 1) -> None:
        super().__init__()
        self._lines, self._before = lines, text
        self.setTabChangesFocus(True)
        self.setPlainText(text)
        self.textChanged.connect(self._on_text)
        self._fit()

    def value(self) -> str:
        """What `toPlainText` would say, with the spaces that do not break."""
        return self.document().toRawText().replace(PARAGRAPH, "\n")

    def show_problem(self, text: str) -> None:
        show_problem(self, text)

    def insert_blank(self, blank: str) -> None:
        self.insertPlainText(blank)
        self.setFocus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.value() != self._before:
            self._before = self.value()
            self.written.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_text(self) -> None:
        self._fit()
        self.typed.emit()

    def _fit(self) -> None:
        needed = max(int(self.document().size().height()), self._lines)
        scrolls = needed > MOST_LINES
        bars = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            bars.ScrollBarAsNeeded if scrolls else bars.ScrollBarAlwaysOff
        )
        lines = min(needed, MOST_LINES)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + FRAME)


class WordsLine(QLineEdit):
    """One line."""

    typed, written = Signal(), Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._before = text
        self.setCursorPosition(0)
        self.textEdited.connect(lambda _text: self.typed.emit())
        self.editingFinished.connect(self._leave)

    def value(self) -> Any:
        return self.text()

    def show_problem(self, text: str) -> None:
        show_problem(self, text)

    def insert_blank(self, blank: str) -> None:
        self.insert(blank)
        self.typed.emit()
        self.setFocus()

    def _leave(self) -> None:
        if self.text() != self._before:
            self._before = self.text()
            self.written.emit()


class NumberLine(WordsLine):
    """A number with a comma, or nothing; what is no number stays as typed, to be refused."""

    def __init__(self, value: object) -> None:
        super().__init__(number_text(value))
        self.setMaximumWidth(90)

    def value(self) -> Any:
        return number_of(self.text())

    def insert_blank(self, blank: str) -> None:
        """A number has no blanks."""


def number_text(value: object) -> str:
    """12,5 of 12.5; nothing of None."""
    if value is None:
        return ""
    return f"{value:g}".replace(".", ",") if isinstance(value, (int, float)) else str(value)


def number_of(text: str) -> Any:
    """The number typed, whole if it is; None for nothing; else the text."""
    cleaned = text.strip().replace(",", ".")
    try:
        number = float(cleaned) if cleaned else None
    except ValueError:
        return text
    return int(number) if number is not None and number.is_integer() else number


def show_problem(field: QWidget, text: str) -> None:
    """Mark a field and say why; an empty text clears the mark."""
    field.setToolTip(text)
    field.setAccessibleDescription(text)
    restyle(field, tone=Tone.BAD if text else "")
