"""The status bar: the last action with «Отменить», what runs now, the exchange, the store."""

from functools import cached_property

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QStatusBar, QWidget
from shiboken6 import Shiboken

from demoexam.ui.tasks import Task
from demoexam.ui.widgets import Button, IconLabel, label, row

SHOW_AFTER_MS = 100  # shorter work is not worth a flicker


class StatusBar(QStatusBar):
    """`undo` asks to take the last action back, `sync` for the page of the exchange."""

    undo = Signal()
    redo = Signal()
    sync = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setFixedHeight(30)
        self.words = label("", "muted")
        self.undo_button = Button("Отменить  Ctrl+Z", "undo-2", "link", color="accent_text")
        self.undo_button.clicked.connect(self.undo)
        self.undo_button.hide()
        left = QWidget()
        self._left = row(self.words, self.undo_button, None, spacing=12, margins=(16, 0, 0, 0))
        left.setLayout(self._left)
        self._task: Task | None = None
        self._wait = QTimer(self, singleShot=True, interval=SHOW_AFTER_MS)
        self._wait.timeout.connect(self._show_task)
        self._place = label("", "muted")
        right = QWidget()
        self._right = row(
            IconLabel("database", "ok", 14), self._place, spacing=6, margins=(0, 0, 16, 0)
        )
        right.setLayout(self._right)
        self.addWidget(left, 1)
        self.addPermanentWidget(right)

    def show_action(self, text: str, *, undoable: bool = True) -> None:
        """The last thing done; what is not `undoable` from here hides the offer."""
        self.words.setText(text)
        if not undoable:
            self.show_offers(("", ""))

    def show_offers(self, offers: tuple[str, str]) -> None:
        """What can be taken back, and what can be done again; "" hides the button."""
        operation, again = offers
        if again or "redo_button" in self.__dict__:
            self.redo_button.setVisible(bool(again))
            self.redo_button.setAccessibleName(f"Вернуть: {again}")
            self.redo_button.setToolTip(f"Вернуть: {again}")
        self.undo_button.setVisible(bool(operation))
        self.undo_button.setAccessibleName(f"Отменить: {operation}")
        self.undo_button.setToolTip(f"Отменить: {operation}")
        if operation and not self.words.text():
            self.words.setText(f"Последнее действие: {operation}")

    def show_place(self, text: str) -> None:
        self._place.setText(text)

    def show_sync(self, words: str, tone: str = "ok") -> None:
        """The exchange in words; "" where no shared store is connected."""
        if words or "sync_button" in self.__dict__:
            self.sync_button.setText(f" {words}")
            self.sync_button.setAccessibleName(f"Общее хранилище: {words}")
            self.sync_button.show_icon("cloud", tone)
            self.sync_button.setVisible(bool(words))

    @cached_property
    def sync_button(self) -> Button:
        """Made when there is a shared store."""
        made = Button("", "cloud", "link-soft", color="ok")
        made.setToolTip("Открыть страницу «Синхронизация»; F5 — обменяться сейчас")
        made.clicked.connect(self.sync)
        self._right.insertWidget(0, made)
        self._right.insertSpacing(1, 12)
        return made

    @cached_property
    def redo_button(self) -> Button:
        """Made when something has been taken back."""
        made = Button("Вернуть  Ctrl+Y", "redo-2", "link", color="accent_text")
        made.clicked.connect(self.redo)
        self._left.insertWidget(2, made)
        return made

    def watch(self, task: Task) -> None:
        """Show the progress of a task if it takes longer than a moment."""
        if not task.title:
            return
        self._task = task
        task.progressed.connect(self._tell)
        task.ended.connect(lambda: self._end(task))
        self._wait.start()

    @cached_property
    def _progress(self) -> QWidget:
        """Made when the first long work is under way."""
        self._title, self._bar = label("", "muted"), QProgressBar()
        self._bar.setFixedWidth(140)
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self.stop = Button("Остановить", look="link")
        self.stop.clicked.connect(self._cancel)
        box = QWidget()
        box.setLayout(row(self._title, self._bar, self.stop, spacing=8, margins=(0, 0, 24, 0)))
        self.insertPermanentWidget(1, box)
        return box

    def _show_task(self) -> None:
        if self._task is not None:
            self._progress.setAccessibleName(f"Идёт работа: {self._task.title}")
            self._title.setText(self._task.title)
            self._bar.setRange(0, 0)
            self.stop.setVisible(self._task.stoppable)
            self._progress.show()

    def _tell(self, done: int, total: int) -> None:
        if "_progress" in self.__dict__:
            self._bar.setRange(0, total)
            self._bar.setValue(done)

    def _end(self, task: Task) -> None:
        if self._task is task and Shiboken.isValid(self):  # the window may be gone by then
            self._task = None
            self._wait.stop()
            if "_progress" in self.__dict__:
                self._progress.hide()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
