"""Draws every page of the window to PNG files, in both themes: to look at without a display."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from time import monotonic, sleep

from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtWidgets import QApplication

from demoexam.settings import LocalSettings
from demoexam.ui import theme
from demoexam.ui.main_window import MainWindow
from demoexam.ui.tasks import Task
from demoexam.ui.workspace import Workspace

THEMES = ("light", "dark")
SIZE = (1440, 900)
PATIENCE_SECONDS = 60.0
STILL_ROUNDS = 3


class Quiet:
    """Knows when a workspace has nothing under way; make it before the pages."""

    def __init__(self, workspace: Workspace) -> None:
        self._running: set[Task] = set()
        workspace.working.connect(self._watch)

    def wait(self) -> None:
        """Process events until all tasks have ended and their answers are shown."""
        deadline, still = monotonic() + PATIENCE_SECONDS, 0
        while still < STILL_ROUNDS and monotonic() < deadline:
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            still = 0 if self._running else still + 1
            sleep(0.005)

    def _watch(self, task: Task) -> None:
        self._running.add(task)
        task.ended.connect(lambda: self._running.discard(task))


def draw_pages(window: MainWindow, quiet: Quiet, folder: Path) -> list[Path]:
    """One picture a page and theme, named overview_light.png and so on."""
    folder.mkdir(parents=True, exist_ok=True)
    window.resize(*SIZE)  # whatever the screen is
    app = QApplication.instance()
    drawn = []
    for look in THEMES:
        if isinstance(app, QApplication):
            theme.apply(app, look)
        for name in window.entries:
            window.open_page(name)
            quiet.wait()
            path = folder / f"{name}_{look}.png"
            window.grab().save(str(path))
            drawn.append(path)
    return drawn


def main(argv: Sequence[str] | None = None) -> int:
    """`python -m demoexam.ui.pictures STORE FOLDER`."""
    from demoexam.services.plan.overview import college_name
    from demoexam.store.opening import open_store

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args(argv)
    local = LocalSettings(theme=THEMES[0])
    app = QApplication(sys.argv[:1])
    QLocale.setDefault(QLocale("ru_RU"))
    theme.load_fonts()
    theme.apply(app, THEMES[0])
    store = open_store(chosen.store)
    workspace = Workspace(store, local)
    workspace.set_year(date.today().year)
    quiet, window = Quiet(workspace), MainWindow(local)
    window.navigation.show_college(workspace.read(college_name))
    window.attach(workspace)
    window.show()
    drawn = draw_pages(window, quiet, chosen.folder)
    window.close()
    workspace.close()
    store.close()
    app.quit()
    return 0 if all(path.is_file() for path in drawn) else 1


if __name__ == "__main__":
    sys.exit(main())
