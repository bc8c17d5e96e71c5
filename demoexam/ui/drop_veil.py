"""Files dropped anywhere on a window: a veil over it shows that they will be taken."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from demoexam.ui import icons, theme

EDGE, ROUND, SIGN = 16, 14, 48
PATIENCE_MS = 200  # a drag that left the window before it came to the veil
WORDS = "Бросьте файл — откроем загрузку"
DETAIL = "До кнопки «Загрузить» ничего не записывается"


def files_in(mime: QMimeData) -> list[Path]:
    """The files of this computer that are being dragged or were copied."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


class DropVeil(QWidget):
    """Over everything else, so that no text field takes the file for a text."""

    dropped = Signal(list)  # paths

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAcceptDrops(True)
        self.setAccessibleName(WORDS)
        self._entered = False
        self._wait = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._wait.timeout.connect(self._give_up)
        self.hide()

    def cover(self) -> None:
        self._entered = False
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()

    def leave_soon(self) -> None:
        """The drag has left the window; that it came over the veil would be known in a moment."""
        self._wait.start()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._entered = True
        event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.hide()
        if files := files_in(event.mimeData()):
            event.acceptProposedAction()
            self.dropped.emit(files)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(theme.color("card"))
        ground.setAlpha(232)
        painter.fillRect(self.rect(), ground)
        frame = QRectF(self.rect()).adjusted(EDGE, EDGE, -EDGE, -EDGE)
        painter.setPen(QPen(theme.color("accent"), 3, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(frame, ROUND, ROUND)
        self._write(painter)

    def _write(self, painter: QPainter) -> None:
        middle = self.rect().center()
        sign = icons.pixmap("upload", "accent", SIGN)
        painter.drawPixmap(middle.x() - SIGN // 2, middle.y() - SIGN - 16, sign)
        box = self.rect().adjusted(EDGE, middle.y(), -EDGE, 0)
        top = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.setFont(theme.font(19, QFont.Weight.DemiBold))
        painter.setPen(theme.color("text"))
        painter.drawText(box, top, WORDS)
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("muted"))
        painter.drawText(box.adjusted(0, theme.px(34), 0, 0), top, DETAIL)

    def _give_up(self) -> None:
        if not self._entered:
            self.hide()
