"""A child of timeline.py: opens «Расписание» in the program's own window and tells what it cost."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time, thread_time
from typing import TYPE_CHECKING, Any, NoReturn, cast

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.calibration import REFERENCE_MS, loop_ms
from demoexam import app as program
from demoexam.settings import LocalSettings
from demoexam.ui import main_window
from demoexam.ui.application import prepare

if TYPE_CHECKING:  # what is imported here would not be part of the opening
    from demoexam.services.season.season import Season
    from demoexam.ui.pages.schedule_page import SchedulePage
    from demoexam.ui.schedule.timeline import Timeline
    from demoexam.ui.workspace import Workspace

YEAR, SIZE = 2026, (1600, 900)
QUIET, PATIENCE = 2.0, 120.0  # seconds; the window's leisure begins sooner
NEVER_MS = 10**8


class Turns:
    """Lets the event loop run, and remembers its longest turn in CPU time of this thread."""

    def __init__(self, app: QApplication) -> None:
        self._app, self.longest = app, 0.0
        self._tick = QTimer(interval=20)  # so that a wait for events ends
        self._tick.start()

    def until(self, good: Callable[[], object]) -> None:
        end = perf_counter() + PATIENCE
        while not good():
            start = thread_time()
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            self.longest = max(self.longest, (thread_time() - start) * 1000)
            if perf_counter() > end:
                sys.exit("Доска не открылась.")

    def until_quiet(self, busy: Callable[[], object]) -> None:
        """Until nothing has been read or written for a while."""
        since = perf_counter()

        def quiet() -> bool:
            nonlocal since
            since = perf_counter() if busy() else since
            return perf_counter() - since > QUIET

        self.until(quiet)


class Painted(QObject):
    """When a widget has been painted with what `good` asks for."""

    def __init__(self, board: "Timeline", good: Callable[[], bool]) -> None:
        super().__init__()
        self.cpu = self.wall = 0.0
        self._good, self._viewport = good, board.viewport()
        self._viewport.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
        if event.type() == QEvent.Type.Paint and self._good():
            self._viewport.removeEventFilter(self)
            QTimer.singleShot(0, self, self._note)
        return False

    def _note(self) -> None:
        self.cpu, self.wall = process_time(), perf_counter()


class Opening:
    """The program as it is started, with its window settled."""

    def __init__(self, path: Path) -> None:
        app = prepare(["demoexam"], LocalSettings())
        self.desk = program.Desk(LocalSettings(), path)
        self.window = self.desk.window
        self.window.resize(*SIZE)
        self.desk.show()
        self.turns = Turns(app)
        self.turns.until(lambda: self.desk.workspace)
        self.workspace.set_year(YEAR)
        self.settle()

    @property
    def workspace(self) -> "Workspace":
        return cast("Workspace", self.desk.workspace)

    @property
    def board(self) -> "Timeline":
        return cast("SchedulePage", self.window.page).timeline

    def settle(self) -> None:
        self.turns.until_quiet(lambda: self.workspace._running)  # noqa: SLF001

    def measure(self, old: "Season | None" = None) -> dict[str, float]:
        """Milliseconds from the click until chips are painted, and until they are judged."""
        self.turns.longest = 0.0
        loop, cpu, wall = loop_ms(3), process_time(), perf_counter()
        self.window.navigation.buttons["schedule"].click()
        clicked = (process_time() - cpu) * 1000
        board = self.board
        painted = Painted(board, lambda: board.season is not old and chips_in_sight(board))
        self.turns.until(lambda: painted.cpu)
        judged = board.judge
        longest = max(clicked, self.turns.longest)
        self.turns.until(lambda: board.judge is not judged)
        judged_cpu = process_time()
        self.settle()
        speed = REFERENCE_MS * 2 / (loop + loop_ms(3))
        return {
            "cpu": (painted.cpu - cpu) * 1000 * speed,
            "wall": (painted.wall - wall) * 1000,
            "pause": max(longest, self.turns.longest) * speed,
            "judged": (judged_cpu - cpu) * 1000 * speed,
        }


def chips_in_sight(board: "Timeline") -> bool:
    """A board has been laid out, and some cell of the rows and days in sight holds an exam."""
    from demoexam.ui.schedule.geometry import Spot

    shown = board.board
    if shown is None:
        return False
    first = (board.first_in_sight() - shown.first).days
    days = range(first, first + (board.last_in_sight() - board.first_in_sight()).days + 1)
    lanes = (n for n, top in enumerate(shown.tops[:-1]) if top < board.viewport().height())
    return any(shown.chips_at(Spot(lane, day)) for lane in lanes for day in days)


def pin(session: Any, ident: str) -> None:
    from demoexam.services.season.moves import set_pinned

    set_pinned(session, [ident], pinned=True)


def main(path: str, kind: str) -> None:
    if kind == "early":  # before the window had leisure to import its pages
        main_window.SETTLED_MS = NEVER_MS
        tell({kind: Opening(Path(path)).measure()})
    opening = Opening(Path(path))
    told = {"cold": opening.measure()}
    board = opening.board
    season = cast("Season", board.season)
    chip = next(chip for chip in season.chips if not chip.pinned)
    opening.window.open_page("overview")
    opening.settle()
    opening.workspace.perform(pin, operation="проверка", ident=chip.id)
    opening.settle()
    told["warm"] = opening.measure(season)
    now = board.chip(chip.id)
    if now is None or not now.pinned:
        sys.exit("На доске нет того, что изменено после первого её открытия.")
    tell(told)


def tell(told: dict[str, dict[str, float]]) -> NoReturn:
    print(json.dumps(told), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
