"""A child of import_20k.py: does one thing with a file and tells what it cost."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from types import TracebackType

TICK_MS = 5
IDLE_MS = 1_000


def main() -> None:
    print(json.dumps(WORK[sys.argv[1]](Path(sys.argv[2]))))


def cost(work: Callable[[], object]) -> dict[str, float]:
    """Seconds by the clock, and of the processor, child processes that have ended included."""
    before, start = os.times(), perf_counter()
    work()
    after = os.times()
    return {"clock": perf_counter() - start, "cpu": sum(after[:4]) - sum(before[:4])}


def cells(path: Path, *, read_only: bool = False) -> dict[str, float]:
    import openpyxl

    def read() -> None:
        book = openpyxl.load_workbook(path, data_only=True, read_only=read_only)
        for sheet in book.worksheets:
            for row in sheet.iter_rows(values_only=True):
                for _value in row:
                    pass

    return cost(read)


def whole(path: Path) -> dict[str, float]:
    from demoexam.services.imports.imports import import_file
    from demoexam.store.opening import create_store

    with TemporaryDirectory() as folder:
        store = create_store(Path(folder) / "import.db")
        took = cost(lambda: import_file(store, path))
        store.close()
    return took


def window(path: Path) -> dict[str, float]:
    """The longest wait of the event loop: while nothing runs, while a file is shown, and written.

    Everything is as in the program: its application object, its threads, its garbage collection.
    """
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QEventLoop, QTimer

    from demoexam.settings import LocalSettings
    from demoexam.store.opening import create_store
    from demoexam.ui.application import prepare
    from demoexam.ui.importing.loading import Loader
    from demoexam.ui.workspace import Workspace

    app = prepare(sys.argv[:1], LocalSettings())
    loop, beat = QEventLoop(), Heartbeat()
    with TemporaryDirectory() as folder:
        store = create_store(Path(folder) / "window.db")
        workspace = Workspace(store, LocalSettings())
        loader = Loader(workspace)
        timer = QTimer(app, interval=TICK_MS)
        timer.timeout.connect(beat.tick)
        timer.start()
        beat.longest()  # what came before the loop is no gap
        gaps: dict[str, float] = {}

        def phase(name: str) -> None:
            gaps[name] = beat.longest()
            loop.quit()

        sys.excepthook = _give_up
        loader.failed.connect(lambda error: _give_up(type(error), error, None))
        QTimer.singleShot(IDLE_MS, lambda: phase("idle"))
        loop.exec()
        loader.shown.connect(lambda _board: phase("shown"))
        loader.open(path)
        loop.exec()
        loader.write(lambda _outcome: phase("written"), lambda error: sys.exit(str(error)))
        loop.exec()
        timer.stop()
        loader.cancel()
        workspace.close()
        store.close()
    return gaps


def _give_up(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """The loop would wait for ever for what does not come."""
    sys.__excepthook__(kind, error, trace)
    os._exit(1)


class Heartbeat:
    """The longest time between two ticks of a timer."""

    def __init__(self) -> None:
        self._last = perf_counter()
        self._longest = 0.0

    def tick(self) -> None:
        now = perf_counter()
        self._longest, self._last = max(self._longest, now - self._last), now

    def longest(self) -> float:
        """In milliseconds, since it was asked before; the tick that is due counts too."""
        self.tick()
        longest, self._longest = self._longest, 0.0
        return longest * 1000


WORK: dict[str, Callable[[Path], dict[str, float]]] = {
    "cells": cells,
    "cells_read_only": lambda path: cells(path, read_only=True),
    "whole": whole,
    "window": window,
}

if __name__ == "__main__":  # a reading child of the program must not begin anew
    main()
