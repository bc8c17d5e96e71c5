"""A child of startup.py: shows the program or a bare window, tells its CPU time, and ends."""

import os
import sys
from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

LATE = ("sqlalchemy", "pandas", "numpy", "openpyxl", "reportlab", "ortools", "alembic")


def watch(widget: "QWidget") -> None:
    """Report, and end the process, as soon as this widget has been painted.

    The filter sits on this one widget: on the application it would slow every event down.
    """
    from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

    done = QEvent.Type(QEvent.registerEventType())

    class Watcher(QObject):
        def eventFilter(  # noqa: N802 -- Qt calls it so
            self, _receiver: QObject, event: QEvent
        ) -> bool:
            if event.type() == QEvent.Type.Paint:
                urgent = Qt.EventPriority.HighEventPriority.value
                QCoreApplication.postEvent(self, QEvent(done), urgent)
            return False

        def event(self, event: QEvent) -> bool:
            """Comes once the painting that was seen has ended."""
            if event.type() != done:
                return super().event(event)
            elapsed = process_time() * 1000
            loaded = " ".join(name for name in LATE if name in sys.modules)
            print(f"{elapsed:.1f} {loaded}".strip(), flush=True)
            os._exit(0)

    widget.installEventFilter(Watcher(widget))


def show_ours(path: str) -> None:
    """The program itself, with a watcher on the first Обзор that it makes."""
    from demoexam import app
    from demoexam.ui.overview_view import OverviewView

    build = OverviewView.__init__

    def build_watched(view: OverviewView) -> None:
        build(view)
        watch(view)

    OverviewView.__init__ = build_watched  # type: ignore[method-assign, assignment]
    app.main(["demoexam", path])


def show_bare() -> None:
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1440, 900)
    watch(window)
    window.show()
    app.exec()


if __name__ == "__main__":
    if sys.argv[1] == "ours":
        show_ours(sys.argv[2])
    else:
        show_bare()
