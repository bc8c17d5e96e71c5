"""Process start to the first paint of the last Обзор, against a bare QMainWindow."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks.calibration import ROUNDS, loop_ms, verdict

BAR = 2.0
ROOT = Path(__file__).parent.parent
LATE = ("sqlalchemy", "pandas", "numpy", "openpyxl", "reportlab", "ortools", "alembic")


def main() -> int:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sample.db"
        make_store(path)
        env = {**os.environ, "DEMOEXAM_HOME": folder}
        if sys.platform == "linux" and not os.environ.get("DISPLAY"):
            env["QT_QPA_PLATFORM"] = "offscreen"
        pairs = [(child("ours", str(path), env), child("bare", "", env)) for _ in range(ROUNDS)]
    ours, bare = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    print(f"startup: {ours:.0f} мс, пустое окно {bare:.0f} мс; калибровка {loop_ms():.0f} мс")
    return verdict("startup", ours / bare, BAR)


def make_store(path: Path) -> None:
    """A sample college with the snapshot of its Обзор."""
    from demoexam.services.overview import overview
    from demoexam.services.sample import fill_sample
    from demoexam.store.opening import create_store
    from demoexam.store.snapshot import save_snapshot

    today = date.today()
    store = create_store(path)
    with store.transaction("учебные данные") as session:
        fill_sample(session, today=today)
    with store.reading() as session:
        figures = overview(session, year=today.year, today=today)
    store.close()
    save_snapshot(path, figures)


def child(kind: str, path: str, env: dict[str, str]) -> float:
    """CPU milliseconds from the start of a new process to the first paint."""
    command = [sys.executable, "-m", "benchmarks.startup", kind, path]
    ran = subprocess.run(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, encoding="utf-8", check=True
    )
    milliseconds, _, loaded = ran.stdout.strip().partition(" ")
    if loaded:
        sys.exit(f"До первой отрисовки загружено лишнее: {loaded}")
    return float(milliseconds)


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
    if sys.argv[1:2] == ["ours"]:
        show_ours(sys.argv[2])
    elif sys.argv[1:2] == ["bare"]:
        show_bare()
    else:
        sys.exit(main())
