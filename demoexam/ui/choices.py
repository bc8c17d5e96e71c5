"""Form fields with a closed set of values: a choice, a number, a yes or no."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox


class NumberField(QSpinBox):
    """A whole number with an optional unit after it."""

    written = Signal(object)

    def __init__(self, least: int = 0, most: int = 999, unit: str = "") -> None:
        super().__init__()
        self.setRange(least, most)
        self.setSuffix(f" {unit}" if unit else "")
        self.lineEdit().setTextMargins(6, 0, 0, 0)
        self._value = self.value()
        self.editingFinished.connect(self._leave)

    def show_value(self, value: Any) -> None:
        typing = self.hasFocus() and self.value() != self._value
        self._value = int(value or 0)
        if not typing:
            self.setValue(self._value)

    def show_problem(self, text: str) -> None:
        self.setToolTip(text)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling the page must not change a number

    def _leave(self) -> None:
        if self.value() != self._value:
            self._value = self.value()
            self.written.emit(self._value)


class ChoiceField(QComboBox):
    """One of a few values, each with its words."""

    written = Signal(object)

    def __init__(self, options: Sequence[tuple[object, str]] = ()) -> None:
        super().__init__()
        self.show_options(options)
        self.activated.connect(lambda _number: self.written.emit(self.value()))

    def show_options(self, options: Sequence[tuple[object, str]]) -> None:
        kept = self.value()
        self.clear()
        for value, text in options:
            self.addItem(text, value)
        self.show_value(kept)

    def value(self) -> Any:
        return self.currentData()

    def show_value(self, value: Any) -> None:
        for number in range(self.count()):
            if self.itemData(number) == value:
                self.setCurrentIndex(number)
                return

    def show_problem(self, text: str) -> None:
        self.setToolTip(text)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling the page must not change a choice


class FlagField(QCheckBox):
    """Yes or no; written at once."""

    written = Signal(object)

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.clicked.connect(self._leave)

    def _leave(self) -> None:
        self.written.emit(self.isChecked())

    def value(self) -> Any:
        return self.isChecked()

    def show_value(self, value: Any) -> None:
        self.setChecked(bool(value))

    def show_problem(self, text: str) -> None:
        self.setToolTip(text)
