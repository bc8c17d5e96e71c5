"""Exchanges with the shared store: asked for, by the clock, at the start and at the end."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import randrange
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from demoexam.errors import UserError
from demoexam.progress import Progress
from demoexam.ui.syncing.ear import Ear
from demoexam.ui.syncing.words import exchanged_words
from demoexam.ui.tasks import Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from demoexam.services.syncing.exchange import SyncState
    from demoexam.sync.synchronizer import Exchange
    from demoexam.ui.workspace import Workspace

TITLE = "Обмен с общим хранилищем"
MINUTE_MS = 60_000
SETTLE_MS, START_MS, TOLD_MS, JITTER_MS = 250, 2_000, 8_000, 2_000
PERIODS = (5, 15, 60, 0)  # minutes; 0 is «only when asked»


class Exchanger(QObject):
    """One for a workspace; never two exchanges at once. Without a hub it does nothing at all.

    What goes wrong by itself is told by the state alone; what was asked for is told as a refusal.
    """

    changed = Signal()  # the state, what runs, or what was told last
    questioned = Signal(object)  # a UserError that only a person can answer
    failed = Signal(object)  # a UserError of an exchange that was asked for
    ended = Signal()  # an exchange is over, well or not

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__(workspace)
        self.workspace = workspace
        self.state: SyncState | None = None
        self.question: UserError | None = None
        self.error: UserError | None = None  # why the last one did not take place
        self.told = ""
        self._task: Task | None = None
        self._asked = False
        self._again = False
        self._begin = False
        self._rev = 0  # the last commit of the hub that this store has
        self._ear = Ear(workspace, self)
        self._ear.heard.connect(self._hear)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.look)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.exchange)
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self.changed)
        self._telling = QTimer(self, singleShot=True, interval=TOLD_MS)
        self._telling.timeout.connect(self._forget)
        workspace.changed.connect(self._follow)
        self.set_period(workspace.local.exchange_minutes)
        self._minute.start()

    @property
    def connected(self) -> bool:
        return self.state is not None and self.state.connected

    @property
    def running(self) -> Task | None:
        return self._task

    @property
    def period(self) -> int:
        """Minutes between two automatic exchanges; 0 is none."""
        return self._clock.interval() // MINUTE_MS if self._clock.isActive() else 0

    def begin(self) -> None:
        """The window has settled: look at the state, and if there is a hub exchange soon."""
        self._begin = bool(self.period)
        self.look()

    def set_period(self, minutes: int) -> None:
        """Exchange every so many minutes; remembered on this computer."""
        if minutes:
            self._clock.start(minutes * MINUTE_MS)
        else:
            self._clock.stop()
        local = self.workspace.local
        if local.exchange_minutes != minutes:
            local.exchange_minutes = minutes
            local.save()
        self.changed.emit()

    def look(self) -> None:
        """Read the state anew; the answer comes a moment later."""
        self.workspace.load(_read_state, self._show_state, slot="sync state")

    def exchange(self, *, asked: bool = False) -> None:
        """Begin an exchange unless one is under way; `asked` shows what goes wrong."""
        if self._task is not None:
            self._asked, self._again = self._asked or asked, self._again or not asked
            return
        if not self.connected or (self.question is not None and not asked):
            return
        self._asked, self._again = asked, False
        store = self.workspace.store

        def job(progress: Progress) -> "Exchange":
            from demoexam.services.syncing.exchange import synchronise

            return synchronise(store, progress=progress)

        self.run(job, self.announce)

    def run(
        self, job: Callable[[Progress], "Exchange"], on_done: Callable[["Exchange"], object], *,
        on_refused: Callable[[UserError], object] | None = None,
    ) -> Task:  # fmt: skip
        """An exchange in the thread of its own; another one waits for its end."""
        task = self.workspace.run(
            partial(_exchange, self.workspace.store.path, job), title=TITLE, on_done=on_done,
            on_refused=on_refused or self._refuse, apart=True,
        )  # fmt: skip
        self._task = task
        task.ended.connect(lambda: self._end(task))
        self.changed.emit()
        return task

    def announce(self, done: "Exchange") -> None:
        """Show what came: pages refresh, the status bar tells it for a while."""
        self.question = self.error = None
        self._rev = done.rev
        self.told = exchanged_words(done) if done.pulled or done.pushed or self._asked else ""
        if self.told:
            self._telling.start()
        self.workspace.announce(frozenset(done.tables))
        self.look()

    def stop(self) -> None:
        """Ask the running exchange to end at its next step."""
        if self._task is not None:
            self._task.cancel()

    def close(self) -> None:
        """Nothing more is exchanged; call before the store is closed."""
        for timer in (self._settle, self._clock, self._minute, self._telling):
            timer.stop()
        self._ear.stop()

    def _follow(self, _tables: frozenset[str]) -> None:
        """Something was written: what waits to be sent is another number now."""
        if self.connected:
            self._settle.start()

    def _hear(self, rev: int) -> None:
        """Others have sent something; desktops do not all come for it at once."""
        pause = randrange(JITTER_MS)  # noqa: S311 -- no secret
        QTimer.singleShot(pause, self, partial(self._come_for, rev))

    def _come_for(self, rev: int) -> None:
        if not rev or rev > self._rev:
            self.exchange()

    def _refuse(self, error: UserError) -> None:
        self.error = error
        if getattr(error, "question", False):
            self.question = error
            if self._asked:
                self.questioned.emit(error)
        elif self._asked:
            self.failed.emit(error)
        self.look()

    def _end(self, task: Task) -> None:
        if self._task is task:
            self._task = None
            self.changed.emit()
            self.ended.emit()
            if self._again:
                self._again = False
                QTimer.singleShot(SETTLE_MS, self, self.exchange)

    def _show_state(self, state: "SyncState") -> None:
        self.state = state
        self._ear.follow(state.url if self.period else "")
        self.changed.emit()
        if self._begin:
            self._begin = False
            QTimer.singleShot(START_MS, self, self.exchange)

    def _forget(self) -> None:
        self.told = ""
        self.changed.emit()


def local_now() -> datetime:
    """Now on the college's clock."""
    return datetime.now(UTC).astimezone().replace(tzinfo=None)


def _exchange(path: Path, job: Callable[[Progress], "Exchange"], progress: Progress) -> "Exchange":
    """Run it; where the hub's copy took the file's place, every table is another one now."""
    before = path.stat().st_ino
    done = job(progress)
    if path.stat().st_ino != before:
        from demoexam.models.catalog import entities

        done.tables |= {*entities(), "operation", "change"}
    return done


def _read_state(session: "Session") -> "SyncState":
    from demoexam.services.syncing.exchange import sync_state

    return sync_state(session)
