"""What is seen while a file is read: its name, how far, and a way to stop."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from demoexam.ui.widgets import Button, IconLabel, column, label, row

STEPS = ("Читаю файл", "Узнаю столбцы и сверяю с базой", "Показываю строки")


class ProgressView(QWidget):
    """`cancelled`: the user does not want to wait."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name, self.step = label("", "section"), label("", "soft")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(320)
        self.bar.setAccessibleName("Чтение файла")
        for words in (self.name, self.step):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.stop = Button("&Остановить", "x")
        self.stop.clicked.connect(self.cancelled)
        self.setLayout(
            column(
                None, row(None, IconLabel("file-spreadsheet", "accent", 40), None), self.name,
                self.step, row(None, self.bar, None), 8, row(None, self.stop, None), None,
                spacing=10,
            )
        )  # fmt: skip

    def show_file(self, name: str) -> None:
        self.name.setText(f"«{name}»")
        self.show_progress(0, 0)

    def show_progress(self, done: int, total: int) -> None:
        """`total` 0 means that it is not known how long it takes."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.step.setText(STEPS[min(done, len(STEPS) - 1)])
