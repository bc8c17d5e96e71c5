"""What can be done to many exams at once: a strip over the board's foot, no dialog."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSpinBox

from demoexam.text import counted
from demoexam.ui.widgets import Button, label, row

WEEK, MOST = 7, 180


class BulkBar(QFrame):
    """«Выбрано 12 · сдвинуть на [7] дней»; Enter in the field shifts, Esc goes back."""

    shifted = Signal(int)
    pinned = Signal()
    taken_off = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "foot")
        self.words = label("", "strong")
        self.days = QSpinBox(minimum=-MOST, maximum=MOST, value=WEEK)
        self.days.setSuffix(" дн.")
        self.days.setAccessibleName("На сколько дней сдвинуть, назад с минусом")
        self.days.setFixedWidth(96)
        self.shift = Button("Сдвинуть", "calendar-range", "small")
        self.pin = Button("Закрепить", "pin", "small")
        self.off = Button("Убрать из плана", "x", "small")
        self.setLayout(
            row(
                self.words, None, label("Сдвинуть на", "muted"), self.days, self.shift,
                self.pin, self.off, spacing=8, margins=(14, 6, 12, 6),
            )
        )  # fmt: skip
        self.shift.clicked.connect(self._shift)
        self.pin.clicked.connect(self.pinned)
        self.off.clicked.connect(self.taken_off)

    def show_number(self, number: int, *, pinned: bool) -> None:
        self.words.setText(f"Выбрано {counted(number, 'экзамен', 'экзамена', 'экзаменов')}")
        self.pin.setText(" Открепить" if pinned else " Закрепить")

    def begin(self) -> None:
        """Put the cursor into the number of days."""
        self.show()
        self.days.setFocus()
        self.days.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.days.hasFocus():
            self._shift()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _shift(self) -> None:
        if self.days.value():
            self.shifted.emit(self.days.value())
            self.left.emit()
