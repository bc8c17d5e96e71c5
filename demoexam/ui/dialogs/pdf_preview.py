"""A PDF shown over the window, to be looked at, saved or printed."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from demoexam.errors import UserError
from demoexam.ui.cards import FindingStrip
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, column, row, rule

SIZE = (860, 760)


class PdfPreview(QDialog):
    """Ctrl+S saves, Ctrl+P prints, Esc closes."""

    def __init__(self, parent: QWidget | None, pdf: bytes, title: str) -> None:
        from demoexam.ui.dialogs.pdf_view import PdfPages

        super().__init__(parent)
        self._pdf, self._title = pdf, title
        self.pages = PdfPages()
        self.pages.show_pdf(pdf, title)
        self.told = FindingStrip(Tone.BAD)
        self.file_dialog: QFileDialog | None = None
        self._assemble()

    def save(self) -> None:
        from demoexam.ui.dialogs.pdf_output import ask_file

        self.file_dialog = ask_file(self, self._title, self.save_to)

    def save_to(self, path: Path) -> None:
        """Write the file, or tell what prevents it."""
        from demoexam.ui.dialogs.pdf_output import save_pdf

        try:
            save_pdf(self._pdf, path)
        except UserError as error:
            self.tell(f"<b>{error}</b> {error.hint}", Tone.BAD)
        else:
            self.tell(f"Сохранено: {path.name}", Tone.OK)

    def print(self) -> None:
        from demoexam.ui.dialogs.pdf_output import ask_printer, make_printer

        self._printer = make_printer()  # must outlive the dialog
        ask_printer(self, self._printer, self._print_now)

    def tell(self, text: str, tone: str) -> None:
        self.told.show_finding(tone, text)

    def _print_now(self) -> None:
        from demoexam.ui.dialogs.pdf_output import print_pdf

        try:
            print_pdf(self.pages.document, self._printer)
        except UserError as error:
            self.tell(f"<b>{error}</b> {error.hint}", Tone.BAD)
        else:
            self.tell("Отправлено на печать.", Tone.OK)

    def _assemble(self) -> None:
        self.setWindowTitle(self._title)
        self.resize(*SIZE)
        save, printing = (
            Button("Сохранить PDF", "file-down"),
            Button("Печать", "printer", "primary"),
        )
        closer = Button("Закрыть")
        save.clicked.connect(lambda _checked: self.save())
        printing.clicked.connect(lambda _checked: self.print())
        closer.clicked.connect(self.reject)
        for button in (save, printing, closer):
            button.setAutoDefault(False)
        self.told.hide()
        foot = row(self.told, None, closer, save, printing, margins=(16, 10, 16, 10))
        foot.setStretch(0, 1)
        layout = column(self.pages, rule(), foot, spacing=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        for keys, run in (("Ctrl+S", self.save), ("Ctrl+P", self.print)):
            QShortcut(QKeySequence(keys), self).activated.connect(run)


def open_preview(parent: QWidget, pdf_bytes: bytes, title: str) -> PdfPreview:
    """Show a PDF over the parent's window; the dialog is deleted when closed."""
    dialog = PdfPreview(parent.window(), pdf_bytes, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
