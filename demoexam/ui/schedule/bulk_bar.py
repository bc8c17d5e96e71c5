"""What can be done to many exams at once: strips over the board's foot, no dialogs."""

from datetime import date, timedelta

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QFrame, QSpinBox

from demoexam.text import counted, day_month
from demoexam.ui.widgets import Button, label, row

WEEK, MOST = 7, 180


class Bar(QFrame):
    """A strip with a field; Enter anywhere but on a button does what it is for, Esc goes back."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "foot")

    def act(self) -> None:
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif enter and not isinstance(self.focusWidget(), Button):
            self.act()
        else:
            super().keyPressEvent(event)


class BulkBar(Bar):
    """«Выбрано 12 · сдвинуть на [7] дней»; Enter in the field shifts, Esc goes back."""

    shifted = Signal(int)
    pinned = Signal()
    taken_off = Signal()

    def __init__(self) -> None:
        super().__init__()
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
        self.shift.clicked.connect(self.act)
        self.pin.clicked.connect(self.pinned)
        self.off.clicked.connect(self.taken_off)

    def show_number(self, number: int, *, pinned: bool) -> None:
        self.words.setText(f"Выбрано {counted(number, 'экзамен', 'экзамена', 'экзаменов')}")
        self.pin.setText(" Открепить" if pinned else " Закрепить")

    def begin(self) -> None:
        """Put the cursor into the number of days."""
        self.days.setFocus()
        self.days.selectAll()

    def act(self) -> None:
        if self.days.value():
            self.shifted.emit(self.days.value())
            self.left.emit()


class CopyBar(Bar):
    """«Копировать день 18 июня на [25.06.2026]»; Enter copies, Esc goes back."""

    copied = Signal(object, object)  # from, to

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", "strong")
        self.day = date.min
        self.to_day = QDateEdit()
        self.to_day.setCalendarPopup(True)
        self.to_day.setDisplayFormat("dd.MM.yyyy")
        self.to_day.setAccessibleName("На какой день копировать")
        self.to_day.setFixedWidth(130)
        self.copy = Button("Копировать", "copy", "small")
        self.back = Button("Отмена", look="small")
        self.setLayout(
            row(self.words, None, self.to_day, self.copy, self.back, spacing=8,
                margins=(14, 6, 12, 6))
        )  # fmt: skip
        self.copy.clicked.connect(self.act)
        self.back.clicked.connect(self.left)

    def begin(self, day: date) -> None:
        """Ask for the day to copy to: a week later, unless another is chosen."""
        self.day = day
        self.words.setText(f"Копировать день {day_month(day)} на")
        later = day + timedelta(days=WEEK)
        self.to_day.setDate(QDate(later.year, later.month, later.day))
        self.to_day.setFocus()

    def act(self) -> None:
        chosen = self.to_day.date()
        self.copied.emit(self.day, date(chosen.year(), chosen.month(), chosen.day()))
        self.left.emit()
