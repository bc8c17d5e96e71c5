"""A child of startup.py: shows the program or a bare window, tells its CPU time, and ends."""

import os
import sys
from time import process_time

LATE = ("sqlalchemy", "pandas", "numpy", "openpyxl", "reportlab", "ortools", "alembic")


def watch(painted: type) -> None:
    """Report, and end the process, as soon as a widget of this class has been painted."""
    from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

    done = QEvent.Type(QEvent.registerEventType())

    class Watcher(QObject):
        def eventFilter(  # noqa: N802 -- Qt calls it so
            self, receiver: QObject, event: QEvent
        ) -> bool:
            if event.type() == QEvent.Type.Paint and isinstance(receiver, painted):
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

    app = QCoreApplication.instance()
    assert app is not None  # noqa: S101 -- called once there is one
    app.installEventFilter(Watcher(app))


def show_ours(path: str) -> None:
    """The program itself, with a watcher put in as soon as there is an application."""
    from demoexam import app
    from demoexam.ui.overview_view import OverviewView

    prepare = app.prepare

    def prepared(*arguments: object) -> object:
        made = prepare(*arguments)  # type: ignore[arg-type]
        watch(OverviewView)
        return made

    app.prepare = prepared  # type: ignore[assignment]
    app.main(["demoexam", path])


def show_bare() -> None:
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1440, 900)
    watch(QMainWindow)
    window.show()
    app.exec()


if __name__ == "__main__":
    if sys.argv[1] == "ours":
        show_ours(sys.argv[2])
    else:
        show_bare()
