"""A PDF in the window: pages in a QPdfView, from bytes. Imported only when a PDF is shown."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QModelIndex, QPointF, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeySequence, QPalette, QShortcut
from PySide6.QtPdf import QPdfBookmarkModel, QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from demoexam.ui import theme
from demoexam.ui.dialogs.pdf_finder import Finder
from demoexam.ui.dialogs.pdf_thumbnails import Thumbnails
from demoexam.ui.widgets import Button, ElidedLabel, column, label, row

ZOOM_STEP, LEAST, MOST = 1.2, 0.3, 4.0
FIT_WIDTH, FIT_PAGE = "По ширине", "Страница"
SCALES = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
MODES = {FIT_WIDTH: QPdfView.ZoomMode.FitToWidth, FIT_PAGE: QPdfView.ZoomMode.FitInView}


class PdfPages(QWidget):
    """Shows one document; above it pages and zoom, beside it small pages, Ctrl+F searches."""

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
        self.title, self.pages = ElidedLabel("", "strong"), label("", "muted")
        self.field, self.scale = QLineEdit(), QComboBox()
        self.thumbnails = Thumbnails(self.document, self)
        self.finder = Finder(self.document, self.view)
        self._assemble()
        self._connect()
        theme.follow(self)

    def retint(self) -> None:
        """The ground under the sheets; Qt paints it in a role nothing else has."""
        palette = self.view.palette()
        palette.setColor(QPalette.ColorRole.Dark, theme.color("track"))
        self.view.setPalette(palette)

    def show_pdf(self, pdf: bytes, title: str = "") -> None:
        """Show a document from its first page; the bytes are kept while it is shown."""
        page = 0
        self.clear()
        self._bytes = QByteArray(pdf)
        self._buffer.setData(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self.title.show_text(title)
        self.thumbnails.restart()
        self._on_page(page)

    def clear(self) -> None:
        """Show nothing, and let go of the bytes."""
        self.document.close()
        self._buffer.close()
        self.thumbnails.restart()
        self.title.show_text("")
        self._on_page(0)

    def go_to_page(self, number: int) -> None:
        if 0 <= number < self.document.pageCount():
            self.view.pageNavigator().jump(number, QPointF(), self.view.zoomFactor())

    def bookmarks(self) -> list[tuple[str, int]]:
        """Titles of the file's outline, chapters included, with their pages."""
        return bookmarks(self.document)

    def page(self) -> int:
        return self.view.pageNavigator().currentPage()

    # -- turning and zooming --------------------------------------------------------------

    def turn(self, step: int) -> None:
        self.go_to_page(self.page() + step)

    def zoom(self, factor: float) -> None:
        """Larger or smaller than it is shown now, within sensible bounds."""
        self.zoom_to(self._shown_scale() * factor)

    def zoom_to(self, scale: float) -> None:
        """1 is the paper's true size on a screen that tells its resolution truly."""
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(max(scale, LEAST), MOST))
        self._tell_scale()

    def fit(self, words: str) -> None:
        """FIT_WIDTH or FIT_PAGE."""
        self.view.setZoomMode(MODES[words])
        self._tell_scale()

    def _shown_scale(self) -> float:
        size, room = self.document.pagePointSize(self.page()), self.view.viewport().size()
        if self.view.zoomMode() == QPdfView.ZoomMode.Custom or size.isEmpty():
            return self.view.zoomFactor()
        per_point = self.logicalDpiX() / 72
        wide = room.width() / (size.width() * per_point)
        if self.view.zoomMode() == QPdfView.ZoomMode.FitToWidth:
            return wide
        return min(wide, room.height() / (size.height() * per_point))

    def _tell_scale(self) -> None:
        known = {mode: words for words, mode in MODES.items()}
        words = known.get(self.view.zoomMode(), f"{round(self.view.zoomFactor() * 100)} %")
        self.scale.setEditText(words)
        if (typed := self.scale.lineEdit()) is not None:
            typed.home(False)

    def _choose_scale(self, words: str) -> None:
        if words in MODES:
            self.fit(words)
        elif (number := words.rstrip(" %")).isdecimal():
            self.zoom_to(int(number) / 100)
        else:
            self._tell_scale()

    def _on_page(self, number: int) -> None:
        count = self.document.pageCount()
        self.field.setText(str(number + 1) if count else "")
        self.field.setValidator(QIntValidator(1, max(count, 1), self.field))
        self.pages.setText(f"из {count}" if count else "")
        self.thumbnails.show_page(number)
        self.turned.emit(number)

    def _go_typed(self) -> None:
        if self.field.text().isdecimal():
            self.go_to_page(int(self.field.text()) - 1)
        self.view.setFocus()

    # -- building -------------------------------------------------------------------------

    def _assemble(self) -> None:
        self.field.setFixedWidth(theme.px(44))
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field.setAccessibleName("Номер страницы")
        self.scale.setEditable(True)
        self.scale.setFixedWidth(theme.px(120))
        self.scale.setAccessibleName("Масштаб")
        self.scale.addItems([*MODES, *(f"{round(scale * 100)} %" for scale in SCALES)])
        self.side = _button("list-checks", "Показать или скрыть страницы", self._toggle_side)
        bar = row(
            self.title, None, self.side,
            _button("search", "Найти в документе (Ctrl+F)", self.finder.open), 4,
            _button("zoom-out", "Мельче (Ctrl+минус)", lambda: self.zoom(1 / ZOOM_STEP)),
            self.scale, _button("zoom-in", "Крупнее (Ctrl+плюс)", lambda: self.zoom(ZOOM_STEP)), 4,
            _button("chevron-left", "Предыдущая страница", lambda: self.turn(-1)),
            self.field, self.pages,
            _button("chevron-right", "Следующая страница", lambda: self.turn(1)),
            spacing=5, margins=(12, 8, 12, 8),
        )  # fmt: skip
        bar.setStretch(0, 1)
        sheets = row(self.thumbnails, self.view, spacing=0)
        sheets.setStretch(1, 1)
        layout = column(bar, self.finder, sheets, spacing=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.view.pageNavigator().currentPageChanged.connect(self._on_page)
        self.thumbnails.wanted.connect(self.go_to_page)
        self.finder.closed.connect(self.view.setFocus)
        self.field.returnPressed.connect(self._go_typed)
        self.scale.textActivated.connect(self._choose_scale)
        if (typed := self.scale.lineEdit()) is not None:
            typed.returnPressed.connect(lambda: self._choose_scale(self.scale.currentText()))
        keys: dict[str, Callable[[], object]] = {
            "Ctrl++": lambda: self.zoom(ZOOM_STEP),
            "Ctrl+=": lambda: self.zoom(ZOOM_STEP),
            "Ctrl+-": lambda: self.zoom(1 / ZOOM_STEP),
            "Ctrl+0": lambda: self.fit(FIT_WIDTH),
            "Ctrl+9": lambda: self.fit(FIT_PAGE),
            "Ctrl+F": self.finder.open,
            "F3": lambda: self.finder.go(1),
            "Shift+F3": lambda: self.finder.go(-1),
        }
        for sequence, run in keys.items():
            QShortcut(QKeySequence(sequence), self).activated.connect(run)

    def _toggle_side(self) -> None:
        self.thumbnails.setVisible(not self.thumbnails.isVisible())


def bookmarks(document: QPdfDocument) -> list[tuple[str, int]]:
    """Titles of a file's outline, chapters included, with their pages."""
    model = QPdfBookmarkModel()
    model.setDocument(document)
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


def outline(pdf: bytes) -> tuple[int, list[int]]:
    """How many pages there are, and on which of them (from 0) a paper begins."""
    content, buffer, document = QByteArray(pdf), QBuffer(), QPdfDocument()
    buffer.setData(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    count, begins = document.pageCount(), {0, *(page for _, page in bookmarks(document))}
    document.close()
    buffer.close()
    return count, sorted(begins)


def _button(icon: str, name: str, run: Callable[[], object]) -> Button:
    made = Button("", icon, "icon", name=name)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked: run())
    return made
