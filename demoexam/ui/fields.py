"""Form fields that write when they are left: no «save» button, undo is the safety net.

Each has `written` (the new value, once, when the field is left or Enter is pressed and the value
is another one), `value()`, `show_value()` and `show_problem()`. Esc brings the old value back.
"""

from datetime import date, time
from typing import Any, Protocol

from PySide6.QtCore import QEvent, Qt, SignalInstance
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from demoexam.ui.choices import ChoiceField, FlagField, NumberField
from demoexam.ui.parsing import parse_date, parse_time
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import label, restyle

__all__ = [
    "ChoiceField",
    "DateField",
    "Field",
    "FlagField",
    "Form",
    "MemoField",
    "NumberField",
    "TextField",
    "TimeField",
]

RIVAL = "Пока вы печатали, сюда записали «{value}». Esc — взять это, Enter — записать своё."


class Field(Protocol):
    """What a form needs of a field."""

    written: SignalInstance

    def value(self) -> Any: ...
    def show_value(self, value: Any) -> None: ...
    def show_problem(self, text: str) -> None: ...


class TextField(QLineEdit):
    """One line of text; subclasses give it another type through `_parse` and `_shown`."""

    written = QtSignal(object)

    def __init__(self, placeholder: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self._value: object = None
        self._problem = ""
        self._take(self._parse(""))
        self.editingFinished.connect(self._leave)

    def value(self) -> Any:
        """The value last shown or written."""
        return self._value

    def show_value(self, value: Any) -> None:
        """Show what the store holds; what is being typed at the moment stays."""
        if self.hasFocus() and self.isModified():
            self._value = value
        else:
            self._take(value)

    def show_rival(self, value: Any) -> None:
        """Somebody else wrote another value: what is typed stays, Esc brings the other one."""
        self._value = value
        told = RIVAL.format(value=self._shown(value) or "пусто")
        self.show_problem(told)
        restyle(self, tone=Tone.WARN)
        QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), told, self)

    def show_problem(self, text: str) -> None:
        """Mark the field as wrong and say why; an empty text clears the mark."""
        if text != self._problem:
            self._problem = text
            self.setToolTip(text)
            self.setAccessibleDescription(text)
            restyle(self, tone=Tone.BAD if text else "")

    def problem(self) -> str:
        return self._problem

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._shown(self._value):
            self._take(self._value)
        else:
            super().keyPressEvent(event)

    def _take(self, value: Any) -> None:
        self._value = value
        self.setText(self._shown(value))
        self.setCursorPosition(0)
        self.show_problem("")

    def _leave(self) -> None:
        try:
            value = self._parse(self.text().strip())
        except ValueError as problem:
            self.show_problem(str(problem))
            return
        changed = value != self._value
        self._take(value)
        if changed:
            self.written.emit(value)

    def _parse(self, text: str) -> Any:
        return text

    def _shown(self, value: Any) -> str:
        return "" if value is None else str(value)


class DateField(TextField):
    """A day typed as people type it: 5.6.24, 05.06.2024; empty when `optional`."""

    def __init__(self, *, optional: bool = True) -> None:
        self._optional = optional
        super().__init__("дд.мм.гггг")

    def _parse(self, text: str) -> date | None:
        if not text and (self._optional or self.value() is None):
            return None
        return parse_date(text)

    def _shown(self, value: date | None) -> str:
        return f"{value:%d.%m.%Y}" if value else ""


class TimeField(TextField):
    """An hour and minute: 9, 9:00, 0900."""

    def __init__(self) -> None:
        super().__init__("чч:мм")

    def _parse(self, text: str) -> time | None:
        return parse_time(text) if text else None

    def _shown(self, value: time | None) -> str:
        return f"{value:%H:%M}" if value else ""


class MemoField(QPlainTextEdit):
    """Several lines of text."""

    written = QtSignal(object)

    def __init__(self, placeholder: str = "", lines: int = 3) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 20)
        self._value = ""

    def value(self) -> Any:
        return self._value

    def show_value(self, value: Any) -> None:
        typing = self.hasFocus() and self.toPlainText() != self._value
        self._value = str(value or "")
        if not typing:
            self.setPlainText(self._value)

    def show_problem(self, text: str) -> None:
        self.setToolTip(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        text = self.toPlainText().strip()
        if text != self._value:
            self._value = text
            self.written.emit(text)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self.setPlainText(self._value)
        return super().event(event)


class Form(QWidget):
    """Labels above or beside their fields; a label's letter with & jumps to the field."""

    def __init__(self, *, beside: bool = False) -> None:
        super().__init__()
        self._beside = beside
        self._layout = QFormLayout() if beside else QVBoxLayout()
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8 if beside else 3)
        if isinstance(self._layout, QFormLayout):
            self._layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.setLayout(self._layout)

    def add(self, title: str, field: QWidget) -> None:
        caption = label(title, "muted")
        caption.setBuddy(field)
        field.setAccessibleName(title.replace("&", ""))
        if isinstance(self._layout, QFormLayout):
            caption.setMinimumHeight(min(field.sizeHint().height(), 34))
            self._layout.addRow(caption, field)
        else:
            self._layout.addWidget(caption)
            self._layout.addWidget(field)
            self._layout.addSpacing(6)
