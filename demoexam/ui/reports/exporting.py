"""Buttons that put the year's report into a file or on the screen; files are made in a task."""

from collections.abc import Callable
from datetime import date
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QWidget

from demoexam.progress import Progress
from demoexam.rules.terms import METHOD_NAMES, CountMethod
from demoexam.services.papers.package import Paper
from demoexam.services.papers.papers import register_papers
from demoexam.services.share import report as reports
from demoexam.services.share.counting import ALL_LEVELS
from demoexam.services.share.report import ShareReport
from demoexam.ui.fields import FlagField
from demoexam.ui.reports.figures import Request
from demoexam.ui.widgets import Button, column, row
from demoexam.ui.workspace import Workspace

KINDS = {
    "pdf": ("PDF", "file-down", "Документ PDF (*.pdf)"),
    "xlsx": ("XLSX", "file-spreadsheet", "Книга Excel (*.xlsx)"),
    "csv": ("CSV", "file-text", "Текстовая таблица (*.csv)"),
}
Made = TypeVar("Made")
PREVIEW = "demoexam.ui.dialogs.pdf_preview"


class ReportExport(QWidget):
    """The report is that of the college's own way to count, whatever the page shows."""

    saved = Signal(object)  # the Path of a file that has been written

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.without_contacts = FlagField("без телефонов и почты")
        self.without_contacts.setToolTip("Файл без личных контактов: для показа вне колледжа")
        self.buttons = {suffix: self._button(suffix) for suffix in KINDS}
        self.preview = Button("", "eye", "icon", name="Показать отчёт как на бумаге")
        self.preview.clicked.connect(self.show_paper)
        self.preview.setVisible(find_spec(PREVIEW) is not None)
        tools = row(*self.buttons.values(), self.preview, spacing=4)
        self._layout = column(None, self.without_contacts, tools, spacing=2)
        self.setLayout(self._layout)

    def flow(self, in_line: bool) -> None:
        """All in one line, or the flag over the buttons."""
        along = QBoxLayout.Direction
        self._layout.setDirection(along.LeftToRight if in_line else along.TopToBottom)
        self._layout.setSpacing(12 if in_line else 2)

    def ask_place(self, suffix: str) -> None:
        """Ask where to save; the file is written once a place is chosen."""
        asked = QFileDialog(self.window(), f"Сохранить отчёт: {KINDS[suffix][0]}")
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asked.setNameFilter(KINDS[suffix][2])
        asked.setDefaultSuffix(suffix)
        asked.setDirectory(_documents())
        asked.selectFile(f"Доля работодателей {self._workspace.year}.{suffix}")
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.fileSelected.connect(lambda name: self.save(Path(name)))
        asked.open()

    def save(self, path: Path) -> None:
        """Write the report in a task; a locked file or folder is told in the window's strip."""
        self._make(f"отчёт «{path.name}»", partial(_write, path), self._tell_saved)

    def show_paper(self) -> None:
        """The report as printed, in the preview."""
        self._make("отчёт о доле", _printed, self._open_preview)

    def _make(
        self, title: str, finish: Callable[[ShareReport], Made], done: Callable[[Made], object]
    ) -> None:
        year, contacts = self._workspace.year, not self.without_contacts.isChecked()
        store = self._workspace.store

        def job(_progress: Progress) -> Made:
            with store.reading() as session:
                report = reports.share_report(
                    session, year=year, today=date.today(), contacts=contacts
                )
            return finish(report)

        self._workspace.run(job, title=title, on_done=done)

    def _tell_saved(self, written: tuple[Path, Paper]) -> None:
        path, paper = written
        if path.suffix.lower() == ".pdf":
            words = f"сохранён отчёт о доле за {paper.period} год"
            self._workspace.perform(register_papers, operation=words, papers=(paper,))
        self.saved.emit(path)

    def _open_preview(self, printed: tuple[bytes, Paper]) -> None:
        pdf, paper = printed
        title = f"Доля работодателей, {self._workspace.year} год"
        import_module(PREVIEW).open_preview(
            self._workspace, self.window(), pdf, title, papers=(paper,)
        )

    def _button(self, suffix: str) -> Button:
        text, icon, _ = KINDS[suffix]
        button = Button(text, icon)
        button.setAccessibleName(f"Сохранить отчёт в {text}")
        button.setToolTip(f"Сохранить отчёт в {text}" + (" (Ctrl+E)" if suffix == "xlsx" else ""))
        button.clicked.connect(lambda _on=False: self.ask_place(suffix))
        return button


def note_of(own: CountMethod, request: Request) -> str:
    """What the files hold, told where the page shows something else; "" where it does not."""
    if request.method is own and request.level == ALL_LEVELS:
        return ""
    return f"В файлах и на бумаге — счёт колледжа: {METHOD_NAMES[own]}, экзамены всех уровней."


def _write(path: Path, report: ShareReport) -> tuple[Path, Paper]:
    return reports.save_report(report, path), reports.report_paper(report)


def _printed(report: ShareReport) -> tuple[bytes, Paper]:
    return reports.report_pdf(report), reports.report_paper(report)


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
