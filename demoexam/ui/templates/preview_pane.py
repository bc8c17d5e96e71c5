"""The form on paper beside its editor: redrawn a moment after the last letter."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from demoexam.documents.template_data import Data
from demoexam.documents.template_problems import BrokenTemplate, Problem
from demoexam.services.papers.template_preview import preview
from demoexam.ui.widgets import Segments, fill, label, row
from demoexam.ui.workspace import Workspace

if TYPE_CHECKING:  # QtPdf is loaded with the first form that is opened
    from demoexam.ui.dialogs.pdf_view import PdfPages

PAUSE = 400  # ms after the last letter
SLOT = "form preview"
Shown = tuple[bytes, tuple[Problem, ...]] | BrokenTemplate


class PreviewPane(QWidget):
    """`judged` tells the problems of what is edited, warnings among them, or none."""

    judged = Signal(object)

    def __init__(self, workspace: Workspace, source: Callable[[], tuple[str, Data]]) -> None:
        super().__init__()
        self._workspace, self._source = workspace, source
        self.pages: PdfPages | None = None
        self.people = Segments(((False, "Пример"), (True, "Ближайший экзамен")), "Чьи данные")
        self.people.chosen.connect(lambda _real: self.redraw())
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.redraw)
        self._layout = fill(QVBoxLayout(self), row(label("Данные", "muted"), self.people, None))

    def redraw_soon(self) -> None:
        self._timer.start()

    def redraw(self) -> None:
        """Ask for the form as it stands; of several requests only the last one answers."""
        self._timer.stop()
        code, data = self._source()
        query = partial(_shown, code=code, data=data, real=bool(self.people.value()))
        self._workspace.load(query, self._show, slot=SLOT)

    def stop(self) -> None:
        self._timer.stop()

    def _show(self, shown: Shown) -> None:
        if isinstance(shown, BrokenTemplate):
            self.judged.emit(shown.problems)
            return
        pdf, warnings = shown
        pages = self._pages()
        at = pages.page()
        pages.show_pdf(pdf)
        pages.go_to_page(at)
        self.judged.emit(warnings)

    def _pages(self) -> "PdfPages":
        if self.pages is None:
            from demoexam.ui.dialogs.pdf_view import PdfPages

            self.pages = PdfPages()
            self.pages.thumbnails.hide()  # a form has few sheets, and the pane is narrow
            self._layout.addWidget(self.pages, 1)
        return self.pages


def _shown(session: Session, *, code: str, data: Data, real: bool) -> Shown:
    try:
        return preview(session, code=code, data=data, real=real)
    except BrokenTemplate as error:
        return error
