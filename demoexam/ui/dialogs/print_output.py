"""From ticked papers to a file or a printer: made off the GUI thread, registered once out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from demoexam.errors import UserError
from demoexam.progress import Progress
from demoexam.services.papers import Package, package
from demoexam.text import counted
from demoexam.ui.cards import FindingStrip
from demoexam.ui.dialogs.pdf_output import (
    ask_file,
    ask_printer,
    make_printer,
    print_pdf,
    save_pdf,
)
from demoexam.ui.dialogs.pdf_view import PdfPages
from demoexam.ui.tasks import Task
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, row
from demoexam.ui.workspace import Workspace

PAGES = ("страница", "страницы", "страниц")


class PackageOutput(QWidget):
    """Shows how far a package has come and what became of it; `busy` while it is made."""

    busy = Signal(bool)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.made: Package | None = None
        self._asked: dict[str, Any] = {}
        self._task: Task | None = None
        self.told, self.bar = FindingStrip(Tone.BAD), QProgressBar()
        self.stop = Button("Остановить", look="link")
        self.bar.setFixedWidth(140)
        self.bar.setTextVisible(False)
        self.stop.setAutoDefault(False)
        self.stop.clicked.connect(lambda _checked: self.cancel())
        for widget in (self.told, self.bar, self.stop):
            widget.hide()
        layout = row(self.told, self.bar, self.stop)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def save(self, wanted: dict[str, Any], name: str) -> None:
        """Make the package, then ask where to put it."""

        def ask() -> None:
            self.file_dialog = ask_file(self, name, self.save_to)

        self._make(wanted, ask)

    def print(self, wanted: dict[str, Any]) -> None:
        """Make the package, then ask for the printer."""
        self._make(wanted, self._ask_printer)

    def cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def tell(self, text: str, tone: str) -> None:
        self.told.show_finding(tone, text)

    def save_to(self, path: Path) -> None:
        """Write the file; what prevents it is told here, and nothing is registered."""
        if self.made is None:
            return
        try:
            save_pdf(self.made.pdf, path)
        except UserError as error:
            self._refuse(error)
        else:
            self._register(f"сохранены бумаги: {path.name}")
            self.tell(f"Сохранено: {path.name}", Tone.OK)

    def print_now(self) -> None:
        """Paint the package on the printer that was chosen."""
        if self.made is None:
            return
        sheets = PdfPages()
        sheets.show_pdf(self.made.pdf)
        try:
            pages = counted(print_pdf(sheets.document, self._printer), *PAGES)
        except UserError as error:
            self._refuse(error)
        else:
            self._register(f"напечатаны бумаги: {pages}")
            self.tell(f"Отправлено на печать: {pages}.", Tone.OK)
        finally:
            sheets.clear()
            sheets.deleteLater()

    def _make(self, wanted: dict[str, Any], use: Callable[[], object]) -> None:
        if self._task is not None:
            return
        self._asked, store = wanted, self.workspace.store

        def job(progress: Progress) -> Package:
            with store.reading() as session:
                return package(session, registered=False, progress=progress, **wanted)

        def done(made: Package) -> None:
            self.made = made
            use()

        self.tell("", Tone.BAD)
        self._task = self.workspace.run(
            job, title="Подготовка бумаг", on_done=done, on_refused=self._refuse
        )
        self._task.progressed.connect(self._tell_progress)
        self._task.ended.connect(self._end)
        self._show_progress(on=True)

    def _ask_printer(self) -> None:
        self._printer = make_printer()  # must outlive the printing
        ask_printer(self, self._printer, self.print_now)

    def _register(self, words: str) -> None:
        """Note what went out: a later change of the exam makes it outdated."""
        self.workspace.perform(package, operation=words, **self._asked)

    def _refuse(self, error: UserError) -> None:
        self.tell(f"<b>{error}</b> {error.hint}", Tone.BAD)

    def _tell_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _end(self) -> None:
        self._task = None
        self._show_progress(on=False)

    def _show_progress(self, *, on: bool) -> None:
        self.bar.setRange(0, 0)
        for widget in (self.bar, self.stop):
            widget.setVisible(on)
        self.busy.emit(on)
