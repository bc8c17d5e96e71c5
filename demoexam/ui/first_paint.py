"""The moment when a widget has been painted with what it shows now."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

LATEST_MS = 1_500  # a window that starts minimised is never painted


class FirstPaint(QObject):
    """Calls `then` once, after the widget's next paint or, failing that, after a while."""

    def __init__(self, widget: QWidget, then: Callable[[], object]) -> None:
        super().__init__(widget)
        self._widget, self._then, self._over = widget, then, False
        widget.installEventFilter(self)
        self._latest = QTimer(self, singleShot=True, interval=LATEST_MS)
        self._latest.timeout.connect(self._go)
        self._latest.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._widget.removeEventFilter(self)
            self._latest.start(0)
        return False

    def _go(self) -> None:
        if not self._over:
            self._over = True
            self.deleteLater()
            self._then()
