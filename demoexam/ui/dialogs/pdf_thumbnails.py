"""Small pictures of a PDF's pages, drawn off the window's thread as they come into sight."""

from collections import OrderedDict

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage, QPainter, QPalette
from PySide6.QtPdf import QPdfDocument, QPdfPageRenderer
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from demoexam.ui import theme

Index = QModelIndex | QPersistentModelIndex
WIDE, SIDE, LABEL, GAP = 104, 84, 20, 6  # px: the list, a page's longer side, its number
KEPT = 120  # pictures; older ones are drawn again


class PageList(QAbstractListModel):
    """A row for each page; its picture is asked for when a view first wants it."""

    def __init__(self, document: QPdfDocument, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._pictures: OrderedDict[int, QImage] = OrderedDict()
        self._asked: dict[int, int] = {}  # page -> request
        self._renderer = QPdfPageRenderer(self)
        self._renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self._renderer.setDocument(document)
        self._renderer.pageRendered.connect(self._keep)
        self.ratio = 1.0

    def restart(self) -> None:
        """The document holds something else now."""
        self.beginResetModel()
        self._pictures.clear()
        self._asked.clear()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._document.pageCount()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return str(index.row() + 1)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"Страница {index.row() + 1}"
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(index.row())
        return None

    def drawn(self) -> int:
        """How many pictures are ready."""
        return len(self._pictures)

    def page_size(self, page: int) -> QSize:
        """A page within a square of SIDE, in points of the window."""
        size = self._document.pagePointSize(page)
        longer = max(size.width(), size.height()) or 1.0
        return (size * (SIDE / longer)).toSize()

    def _picture(self, page: int) -> QImage | None:
        picture = self._pictures.get(page)
        if picture is None and page not in self._asked:
            self._asked[page] = self._renderer.requestPage(page, self.page_size(page) * self.ratio)
        return picture

    def _keep(self, page: int, _size: QSize, image: QImage, _options: object, asked: int) -> None:
        if self._asked.get(page) != asked:
            return  # of a document that is shown no more
        del self._asked[page]
        self._pictures[page] = image
        while len(self._pictures) > KEPT:
            self._pictures.popitem(last=False)
        here = self.index(page)
        self.dataChanged.emit(here, here)


class PageDelegate(QStyledItemDelegate):
    """A white sheet with its picture, the number under it; a frame around the page in sight."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(WIDE - 2 * GAP, SIDE + LABEL + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, PageList):
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        sheet = _placed(model.page_size(index.row()), option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(sheet, Qt.GlobalColor.white)
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(picture, QImage):
            painter.drawImage(QRectF(sheet), picture)
        painter.setPen(theme.color("accent" if chosen else "edge"))
        for inset in range(2 if chosen else 1):
            painter.drawRect(sheet.adjusted(-inset, -inset, inset, inset))
        painter.setFont(theme.font(11))
        painter.setPen(theme.color("accent_text" if chosen else "muted"))
        below = QRect(option.rect.x(), option.rect.y() + SIDE + 4, option.rect.width(), LABEL)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(index.row() + 1))
        painter.restore()


def _placed(size: QSize, cell: QRect) -> QRect:
    left = cell.x() + (cell.width() - size.width()) // 2
    return QRect(left, cell.y() + 4 + SIDE - size.height(), size.width(), size.height())


class Thumbnails(QListView):
    """Arrows, a click or Enter turn to a page."""

    wanted = Signal(int)

    def __init__(self, document: QPdfDocument, parent: QWidget) -> None:
        super().__init__(parent)
        self.pages = PageList(document, self)
        self.setModel(self.pages)
        self.setItemDelegate(PageDelegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedWidth(WIDE)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Страницы документа")
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.selectionModel().currentChanged.connect(self._turn)

    def restart(self) -> None:
        self.pages.ratio = self.devicePixelRatioF()
        self.pages.restart()

    def show_page(self, number: int) -> None:
        """Mark the page in sight, announcing nothing."""
        here = self.pages.index(number)
        if here.isValid() and here != self.currentIndex():
            self.selectionModel().blockSignals(True)
            self.setCurrentIndex(here)
            self.selectionModel().blockSignals(False)
            self.scrollTo(here)
            self.viewport().update()

    def _turn(self, here: QModelIndex) -> None:
        if here.isValid():
            self.wanted.emit(here.row())
