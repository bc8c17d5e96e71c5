"""Long work of a printing form: one thing at a time, its progress, and what became of it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget
from shiboken6 import Shiboken

from demoexam.errors import UserError
from demoexam.progress import Progress
from demoexam.ui.cards import FindingStrip
from demoexam.ui.tasks import Task
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, row
from demoexam.ui.workspace import Workspace


class Making(QWidget):
    """A bar and a way to stop while something is made, `busy` meanwhile.

    `told` says what became of it and asks: its dialog puts it where there is room.
    """

    busy = Signal(bool)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self._task: Task | None = None
        self._use: Callable[[Any], object] | None = None
        self._settled = True
        self.told, self.bar = FindingStrip(Tone.BAD), QProgressBar()
        self.stop = Button("Остановить", look="link")
        self._assemble()

    def may_close(self) -> bool:
        """Half a print or half a folder is not left behind unseen: this says what to do first."""
        if self._task is not None:
            self.tell("Дождитесь конца или нажмите «Остановить».", Tone.WARN)
        return self._task is None

    def cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def tell(self, text: str, tone: str) -> None:
        self.told.show_finding(tone, text)

    def _run(
        self, job: Callable[[Progress], Any], title: str, done: Callable[[Any], object],
        *, apart: bool = False,
    ) -> None:  # fmt: skip
        """One thing at a time: what is asked for meanwhile is not begun."""
        if self._task is not None:
            return
        self.tell("", Tone.BAD)
        self._use, self._settled = done, False
        self._task = self.workspace.run(
            job, title=title, on_done=self._finish, on_refused=self._refuse, apart=apart
        )
        self._task.progressed.connect(self._tell_progress)
        self._task.ended.connect(self._end)
        self._show_progress(on=True)

    def _refuse(self, error: UserError) -> None:
        self._settled = True
        self.tell(f"<b>{error}</b> {error.hint}", Tone.BAD)

    def _finish(self, result: object) -> None:
        self._settled = True
        if self._use is not None:
            self._use(result)

    def _tell_progress(self, done: int, total: int) -> None:
        if not Shiboken.isValid(self):
            return  # the program is closing
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _end(self) -> None:
        self._task = None
        if Shiboken.isValid(self):
            self._show_progress(on=False)
            if not self._settled:
                self.tell("Остановлено.", Tone.GREY)

    def _show_progress(self, *, on: bool) -> None:
        self.bar.setRange(0, 0)
        for widget in (self.bar, self.stop):
            widget.setVisible(on)
        self.busy.emit(on)

    def _assemble(self) -> None:
        self.bar.setFixedWidth(140)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Сколько бумаг готово")
        self.stop.setAutoDefault(False)
        self.stop.clicked.connect(lambda _checked: self.cancel())
        for widget in (self.told, self.bar, self.stop):
            widget.hide()
        self.setLayout(row(self.bar, self.stop, None))
