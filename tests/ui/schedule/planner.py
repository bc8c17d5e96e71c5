"""A coordinator at the real window, in a process of his own, who is cut off without a warning.

`python planner.py STORE [NUMBER]`: does the deeds of an afternoon by keys and tells after each what
the store then holds. With a NUMBER it does the first and the last of them, and ends at that
statement of the last one's writing; 0 is its commit.
"""

import hashlib
import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton, QWidget
from sqlalchemy import Engine, event

from demoexam.app import Desk
from demoexam.settings import LocalSettings
from demoexam.ui.application import prepare
from demoexam.ui.pages.schedule_page import SchedulePage
from demoexam.ui.schedule.geometry import Scale
from demoexam.ui.schedule.memory import REST_MS

Key = Qt.Key
NOTHING = Qt.KeyboardModifier.NoModifier
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
PATIENCE = 30_000  # ms
PLAN = (
    "exam_session", "assignment", "exam_place", "workshop_booking", "plan_version", "workshop",
    "study_group",
)  # fmt: skip
PASSING = {"n", "rev", "deleted_by"}  # of the journal, not of the plan
ENDED = 9  # the code of a process that was cut off in the middle of a writing


def held(path: Path) -> str:
    """A print of all live rows of the plan, whatever their order."""
    with closing(sqlite3.connect(path)) as store:
        store.row_factory = sqlite3.Row
        rows = [
            (table, sorted((k, str(v)) for k, v in dict(row).items() if k not in PASSING))
            for table in PLAN
            for row in store.execute(f"SELECT * FROM {table} WHERE NOT deleted")
        ]
    return hashlib.sha256(json.dumps(sorted(rows)).encode()).hexdigest()


class Coordinator:
    """Knows the keys of the board; waits for the window after each."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.window = desk, desk.window
        self.wait(lambda: desk.workspace is not None)
        self.workspace = desk.workspace
        self.words: list[str] = []
        self.workspace.performed.connect(self.words.append)
        self.workspace.refused.connect(lambda error: sys.exit(f"{error} {error.hint}"))
        self.page = self.window.open_page("schedule")
        self.settle()
        self.timeline, self.strip = self.page.timeline, self.page.panel.strip

    def wait(self, done: Callable[[], object]) -> None:
        clock = QElapsedTimer()
        clock.start()
        while not done():
            QTest.qWait(10)
            if clock.hasExpired(PATIENCE):
                sys.exit(f"waited in vain after {self.words}")

    def settle(self) -> None:
        for _ in range(2):
            QTest.qWait(20)
            self.wait(lambda: not self.workspace._running)

    def key(
        self, key: Qt.Key, keys: Qt.KeyboardModifier = NOTHING, at: QWidget | None = None
    ) -> None:
        QTest.keyClick(at or self.timeline, key, keys)
        self.settle()

    def choose(self, title: str) -> None:
        self.timeline.setFocus()
        board = self.timeline.board
        self.timeline.show_exam(next(i for i, one in board.chips.items() if one.title == title))
        self.settle()

    def dialog(self) -> QDialog:
        self.wait(lambda: self.window.findChildren(QDialog))
        return self.window.findChildren(QDialog)[-1]

    # -- what is done in an afternoon -----------------------------------------------------

    def deeds(self) -> Iterator[Callable[[], object]]:
        """A dozen, each one operation; the last one writes the most."""
        yield lambda: self.on("ИС-41", Key.Key_Left, ALT)
        yield lambda: self.on("ИС-41", Key.Key_Down, ALT)
        yield lambda: self.on("ИС-42", Key.Key_P)
        yield lambda: self.on("ИС-42", Key.Key_P)
        yield lambda: self.on("ИС-42", Key.Key_Delete)
        yield lambda: self.place("ИС-42", date(2026, 6, 22))
        yield lambda: self.place("ИС-43", date(2026, 6, 25))
        yield lambda: self.mend("ИС-43")
        yield self.book
        yield self.approve
        yield self.copy
        yield self.shift

    def on(self, title: str, key: Qt.Key, keys: Qt.KeyboardModifier = NOTHING) -> None:
        self.choose(title)
        self.key(key, keys)

    def place(self, title: str, day: date) -> None:
        self.timeline.selection.clear()
        self.timeline.go_to_day(day)
        self.strip.setFocus()
        self.key(Key.Key_Home, at=self.strip)
        for chip in self.strip.chips:
            if chip.title == title:
                break
            self.key(Key.Key_Right, at=self.strip)
        self.key(Key.Key_Up, ALT, self.strip)

    def mend(self, title: str) -> None:
        """The first way out that the inspector offers."""
        self.choose(title)
        inspector = self.page.inspector
        found: list[QPushButton] = []

        def offered() -> bool:
            found[:] = [
                one for one in inspector.findChildren(QPushButton) if "Назначить" in one.text()
            ]
            return bool(found)

        self.wait(offered)
        self.key(Key.Key_Space, at=found[0])

    def book(self) -> None:
        self.choose("ИС-41")
        self.page.open_week()
        self.settle()
        page = self.window.page
        self.wait(lambda: page.board is not None and page.board.week is not None)
        page.board.view.point_at_day(page.board.week.days[0])  # no exam stands there
        self.key(Key.Key_Insert, at=page.board.view)
        form = self.dialog()
        form._fields["organizer"].setText("Школа № 4")
        form.save()
        self.settle()
        self.page = self.window.open_page("schedule")
        self.settle()

    def approve(self) -> None:
        self.page.open_versions()
        self.settle()
        form = self.dialog()
        form.approve.click()
        self.settle()
        form.reject()
        self.settle()

    def copy(self) -> None:
        self.choose("ИС-41")
        self.key(Key.Key_C)
        self.key(Key.Key_Return, at=self.window.focusWidget())

    def shift(self) -> None:
        """The whole plan a week on: many rows in one writing."""
        self.timeline.setFocus()
        self.key(Key.Key_A, CONTROL)
        self.page.show_menu(self.timeline.menu_place())
        shift = next(a for a in self.page.menu.actions() if a.text().startswith("Сдвинуть"))
        shift.trigger()
        self.page.menu.close()
        self.settle()
        self.key(Key.Key_Return, at=self.window.focusWidget())

    def leave(self) -> list[object]:
        """Look at another place, and tell which."""
        self.page.tools.scale.chosen.emit(Scale.SEASON)
        self.page.tools.filter.setText("ИС-4")
        self.choose("ИС-42")
        QTest.qWait(2 * REST_MS)
        self.settle()
        return seen(self.page)


def seen(page: SchedulePage) -> list[object]:
    """The place that is to be seen: scale, first day, filter, chosen exam."""
    timeline = page.timeline
    first = timeline.first_in_sight().isoformat()
    return [str(timeline.scale), first, page.tools.filter.text(), timeline.selection.current]


class Cut:
    """Ends the process at a statement that writes, once it is armed."""

    def __init__(self, at: int) -> None:
        self.left, self.armed, self.written = at, False, 0
        event.listen(Engine, "after_cursor_execute", self._step)
        event.listen(Engine, "commit", self._commit)

    def _step(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if self.armed and statement.startswith(("INSERT", "UPDATE")):
            self.written += 1
            self._end(self.written == self.left)

    def _commit(self, _connection: object) -> None:
        self._end(self.armed and self.written and not self.left)

    def _end(self, now: object) -> None:
        if now:
            os._exit(ENDED)


def main() -> None:
    path = Path(sys.argv[1])
    cut = Cut(int(sys.argv[2])) if len(sys.argv) > 2 else None
    local = LocalSettings.load()
    application = prepare(sys.argv[:1], local)
    desk = Desk(local, path)
    desk.show()
    coordinator = Coordinator(desk)
    deeds = list(coordinator.deeds())
    deeds = deeds if cut is None else [deeds[0], deeds[-1]]
    tell(path, "")
    for number, deed in enumerate(deeds, start=1):
        if cut is not None and number == len(deeds):
            cut.armed = True
        done = len(coordinator.words)
        deed()
        coordinator.wait(lambda done=done: len(coordinator.words) > done)
        tell(path, coordinator.words[-1])
    say(json.dumps(["place", coordinator.leave()]))
    say("rest")
    QTest.qWait(PATIENCE * 4)
    application.quit()


def tell(path: Path, words: str) -> None:
    """What is told is acknowledged: it must be there after whatever happens."""
    say(json.dumps([words, held(path)]))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
