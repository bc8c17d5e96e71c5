"""Searching in a PDF that is shown: what is found is marked, counted and gone through."""

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPdf import QPdfDocument, QPdfSearchModel
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QLineEdit, QWidget

from demoexam.ui.widgets import Button, label, row

PAUSE_MS = 150


class Finder(QWidget):
    """Ctrl+F shows it, Enter and F3 go on, Shift+F3 goes back, Esc hides it.

    Qt looks through a page at a time between other events, so a long file keeps nobody waiting.
    """

    closed = Signal()

    def __init__(self, document: QPdfDocument, view: QPdfView) -> None:
        super().__init__()
        self._view, self._at = view, -1
        self.found = QPdfSearchModel(self)
        self.found.setDocument(document)
        view.setSearchModel(self.found)
        self.field, self.told = QLineEdit(), label("", "muted")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._assemble()
        self._pause.timeout.connect(self._search)
        self.found.modelReset.connect(self._tell)
        self.found.rowsInserted.connect(lambda *_rows: self._tell())

    def open(self) -> None:
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def close_bar(self) -> None:
        self.hide()
        self.field.clear()
        self._search()
        self.closed.emit()

    def count(self) -> int:
        return self.found.rowCount(QModelIndex())

    def go(self, step: int) -> None:
        """The next place, or the one before; after the last the first again."""
        if self._pause.isActive():
            self._pause.stop()
            self._search()
        count = self.count()
        if not count:
            return
        self._at = (self._at + step) % count if self._at >= 0 else (0 if step > 0 else count - 1)
        self._view.setCurrentSearchResultIndex(self._at)
        self._view.pageNavigator().jump(self.found.resultAtIndex(self._at))
        self._tell()

    def _search(self) -> None:
        self._at = -1
        self.found.setSearchString(self.field.text().strip())
        self._tell()

    def _tell(self) -> None:
        count = self.count()
        if not self.found.searchString():
            words = ""
        elif not count:
            words = "не найдено"
        else:
            words = f"{self._at + 1} из {count}" if self._at >= 0 else f"найдено: {count}"
        self.told.setText(words)

    def _assemble(self) -> None:
        self.field.setPlaceholderText("Найти в документе")
        self.field.setAccessibleName("Найти в документе")
        self.field.textChanged.connect(lambda _text: self._pause.start())
        back = Button("", "chevron-left", "icon", name="Предыдущее место (Shift+F3)")
        forth = Button("", "chevron-right", "icon", name="Следующее место (F3)")
        away = Button("", "x", "icon", name="Закрыть поиск (Esc)")
        for button, run in (
            (back, lambda: self.go(-1)), (forth, lambda: self.go(1)), (away, self.close_bar),
        ):  # fmt: skip
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, run=run: run())
        layout = row(self.field, self.told, back, forth, away, spacing=6, margins=(12, 0, 12, 8))
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.field.returnPressed.connect(lambda: self.go(1))
        QShortcut(QKeySequence("Esc"), self.field).activated.connect(self.close_bar)
        self.hide()
