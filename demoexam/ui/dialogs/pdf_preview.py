"""A PDF shown over the window, to be looked at, saved or printed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from demoexam.services.papers.papers import Package, Paper, Wanted
from demoexam.ui.dialogs.list_layout import fit_window
from demoexam.ui.dialogs.pdf_view import PdfPages
from demoexam.ui.dialogs.print_output import PackageOutput
from demoexam.ui.widgets import Button, column, row, rule
from demoexam.ui.workspace import Workspace

SIZE, LEAST = (920, 780), (640, 420)


class PdfPreview(QDialog):
    """Ctrl+S saves, Ctrl+P prints, Ctrl+F searches, Esc closes.

    `papers` are the documents it holds: they are registered once they are saved or printed.
    With `wanted` the same papers can be had as a Word file.
    """

    def __init__(
        self, workspace: Workspace, parent: QWidget, pdf: bytes, title: str,
        *, papers: Sequence[Paper] = (), wanted: Wanted | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._wanted = wanted
        self._made, self._title = Package(pdf, tuple(papers), ()), title
        self.pages, self.output = PdfPages(), PackageOutput(workspace)
        self.word_button = Button("В Word…", "file-text")
        self.save_button = Button("Сохранить PDF", "file-down")
        self.print_button = Button("Печать", "printer", "primary")
        self._assemble()
        self.pages.show_pdf(pdf, title)
        self.pages.thumbnails.setVisible(self.pages.document.pageCount() > 1)
        self.pages.view.setFocus()

    def save(self) -> None:
        self.output.keep(self._made, self._title)

    def save_word(self) -> None:
        if self._wanted is not None:
            self.output.save(self._wanted, "docx", self._title)

    def print(self) -> None:
        self.output.ask_print(self._made)

    def reject(self) -> None:
        if self.output.may_close():
            super().reject()

    def _assemble(self) -> None:
        self.setWindowTitle(self._title)
        fit_window(self, SIZE, LEAST)
        closer = Button("Закрыть")
        self.word_button.setVisible(self._wanted is not None)
        self.word_button.clicked.connect(lambda _checked: self.save_word())
        self.save_button.clicked.connect(lambda _checked: self.save())
        self.print_button.clicked.connect(lambda _checked: self.print())
        closer.clicked.connect(self.reject)
        for button in (self.word_button, self.save_button, self.print_button, closer):
            button.setAutoDefault(False)
        foot = row(
            self.output, None, closer, self.word_button, self.save_button, self.print_button,
            margins=(16, 10, 16, 10),
        )  # fmt: skip
        foot.setStretch(0, 1)
        told = row(self.output.told, margins=(16, 10, 16, 0))
        layout = column(self.pages, rule(), told, foot, spacing=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.output.busy.connect(self.print_button.setDisabled)
        for keys, run in (("Ctrl+S", self.save), ("Ctrl+P", self.print)):
            QShortcut(QKeySequence(keys), self).activated.connect(run)


def open_preview(
    workspace: Workspace, parent: QWidget, pdf: bytes, title: str,
    *, papers: Sequence[Paper] = (), wanted: Wanted | None = None,
) -> PdfPreview:  # fmt: skip
    """Show a PDF over the parent's window; the dialog is deleted when closed."""
    dialog = PdfPreview(workspace, parent.window(), pdf, title, papers=papers, wanted=wanted)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
