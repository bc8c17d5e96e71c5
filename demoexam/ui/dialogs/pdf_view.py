"""A PDF in the window: pages in a QPdfView, from bytes. Imported only when a PDF is shown."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QModelIndex, QPointF, Signal
from PySide6.QtPdf import QPdfBookmarkModel, QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

from demoexam.ui.widgets import Button, column, label, row

ZOOM_STEP, LEAST, MOST = 1.2, 0.3, 4.0


class PdfPages(QWidget):
    """Shows one document; page and zoom buttons above it."""

    turned = Signal(int)  # the page in sight, from 0

    def __init__(self) -> None:
        super().__init__()
        self.document = QPdfDocument(self)
        self._bytes, self._buffer = QByteArray(), QBuffer(self)
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setAccessibleName("Просмотр документа")
        self.title, self.pages = label("", "strong"), label("", "muted")
        self._assemble()
        self.view.pageNavigator().currentPageChanged.connect(self._on_page)

    def show_pdf(self, pdf: bytes, title: str = "") -> None:
        """Show a document from its first page; the bytes are kept while it is shown."""
        page = 0
        self.clear()
        self._bytes = QByteArray(pdf)
        self._buffer.setData(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self.title.setText(title)
        self._on_page(page)

    def clear(self) -> None:
        """Show nothing, and let go of the bytes."""
        self.document.close()
        self._buffer.close()
        self.title.setText("")
        self.pages.setText("")

    def go_to_page(self, number: int) -> None:
        if 0 <= number < self.document.pageCount():
            self.view.pageNavigator().jump(number, QPointF(), self.view.zoomFactor())

    def bookmarks(self) -> list[tuple[str, int]]:
        """Titles of the file's outline, chapters included, with their pages."""
        model = QPdfBookmarkModel()
        model.setDocument(self.document)
        found, waiting = [], [QModelIndex()]
        while waiting:
            parent = waiting.pop()
            for number in range(model.rowCount(parent)):
                here = model.index(number, 0, parent)
                title = model.data(here, QPdfBookmarkModel.Role.Title.value)
                page = model.data(here, QPdfBookmarkModel.Role.Page.value)
                found.append((str(title), int(page)))
                waiting.append(here)
        return found

    def page(self) -> int:
        return self.view.pageNavigator().currentPage()

    def _turn(self, step: int) -> None:
        self.go_to_page(self.page() + step)

    def _zoom(self, factor: float) -> None:
        now = self.view.zoomFactor()
        if self.view.zoomMode() != QPdfView.ZoomMode.Custom:
            wide = self.document.pagePointSize(0).width() * self.logicalDpiX() / 72
            now = self.view.viewport().width() / wide if wide else 1.0
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(max(now * factor, LEAST), MOST))

    def _on_page(self, number: int) -> None:
        count = self.document.pageCount()
        self.pages.setText(f"{number + 1} из {count}" if count else "")
        self.turned.emit(number)

    def _assemble(self) -> None:
        buttons = {
            "out": Button("", "zoom-out", "icon", name="Мельче"),
            "in": Button("", "zoom-in", "icon", name="Крупнее"),
            "back": Button("", "chevron-left", "icon", name="Предыдущая страница"),
            "forth": Button("", "chevron-right", "icon", name="Следующая страница"),
        }
        runs = {
            "out": lambda: self._zoom(1 / ZOOM_STEP),
            "in": lambda: self._zoom(ZOOM_STEP),
            "back": lambda: self._turn(-1),
            "forth": lambda: self._turn(1),
        }
        for name, button in buttons.items():
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, run=runs[name]: run())
        bar = row(
            self.title, None, buttons["out"], buttons["in"], 8, buttons["back"], self.pages,
            buttons["forth"], spacing=6, margins=(12, 8, 12, 8),
        )  # fmt: skip
        layout = column(bar, self.view, spacing=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
