"""What pages may do with the store: one door for reads, writes, long work, refresh and errors."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import Shiboken

from demoexam.errors import UserError
from demoexam.progress import Progress
from demoexam.settings import LocalSettings
from demoexam.ui.tasks import Task, one_thread

if TYPE_CHECKING:  # the store brings SQLAlchemy, which must not load before the first paint
    from concurrent.futures import Executor

    from sqlalchemy.orm import Session

    from demoexam.store.store import Store
    from demoexam.ui.syncing.exchanger import Exchanger
    from demoexam.ui.undoing import Travel

Result = TypeVar("Result")
Done = Callable[[Any], object]
Refusal = Callable[[UserError], object]


class Workspace(QObject):
    """Writes go to one worker thread in the order asked; answers come by signal and callback.

    A callback given as a bound method of a widget that is gone by then is not called.
    """

    changed = Signal(frozenset)  # names of the tables that an operation has written
    performed = Signal(str)  # the operation's words, once it is committed
    refused = Signal(object)  # a UserError which no caller wanted to show himself
    working = Signal(object)  # a Task, as it starts
    year_changed = Signal(int)
    asked = Signal(str, object)  # a wish to the program itself: see `demoexam.app.Desk`

    def __init__(
        self, store: "Store", local: LocalSettings | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.store = store
        self.local = local or LocalSettings()
        self._year = date.today().year
        self._writer, self._reader = one_thread("store"), one_thread("reader")
        self._apart = one_thread("apart")
        self._running: set[Task] = set()
        self._closed = False
        self._latest: dict[str, Task] = {}

    @property
    def year(self) -> int:
        """The year all pages speak of."""
        return self._year

    def set_year(self, year: int) -> None:
        if year != self._year:
            self._year = year
            self.year_changed.emit(year)

    @cached_property
    def exchanger(self) -> "Exchanger":
        """Exchanges with the shared store; made once the window has settled."""
        from demoexam.ui.syncing.exchanger import Exchanger

        return Exchanger(self)

    def read(self, query: Callable[["Session"], Result]) -> Result:
        """A short look (under 20 ms) at the data, on the spot."""
        with self.store.reading() as session:
            return query(session)

    def load(
        self, query: Callable[["Session"], Result], on_done: Callable[[Result], object],
        *, slot: str = "", on_refused: Refusal | None = None,
    ) -> None:  # fmt: skip
        """A longer look, off the GUI thread. Of several in one `slot` only the last answers."""

        def job(_progress: Progress) -> Result | None:
            if slot and self._latest.get(slot) is not task:
                return None  # nobody waits for it any more
            with self.store.reading() as session:
                return query(session)

        task = Task(job)
        task.succeeded.connect(lambda result: self._answer(task, slot, on_done, result))
        self._fail_through(task, on_refused)
        if slot:
            self._latest[slot] = task
        self._start(task, self._reader)

    def perform(
        self, service: Callable[..., Any], *, operation: str, on_done: Done | None = None,
        on_refused: Refusal | None = None, **facts: object,
    ) -> None:  # fmt: skip
        """Queue `service(session, **facts)` as one transaction, journaled as `operation`.

        Afterwards `changed` names the tables it wrote. A UserError changes nothing and goes to
        `on_refused`, or else to the window's strip.
        """

        def job(_progress: Progress) -> tuple[object, frozenset[str]]:
            from demoexam.store.store import changed_tables

            with self.store.transaction(operation) as session:
                result = service(session, **facts)
                session.flush()
                return result, changed_tables(session)

        self._write(Task(job), operation, on_done, on_refused)

    def run(
        self, job: Callable[[Progress], Any], *, title: str, on_done: Done | None = None,
        on_refused: Refusal | None = None, apart: bool = False,
    ) -> Task:  # fmt: skip
        """Long work that opens no writing session; after 100 ms the window shows its progress.

        `apart` has a thread of its own: what waits for the network keeps no page waiting.
        """
        task = Task(job, title)
        if on_done is not None:
            task.succeeded.connect(lambda result: self._call(on_done, result))
        self._fail_through(task, on_refused)
        self._start(task, self._apart if apart else self._reader)
        return task

    def keep(self, job: Callable[[], object]) -> None:
        """Queue a small write that is no operation (the snapshot); its failure is of no weight."""
        if not self._closed:
            self._writer.submit(job)

    def undo(self) -> None:
        """Take back the last operation; what was changed since is left and told."""
        self._travel(back=True)

    def redo(self) -> None:
        """Do again what was last taken back."""
        self._travel(back=False)

    def close(self) -> None:
        """Cancel what is read, write all that was asked for; call before the windows are gone."""
        self._closed = True  # what still arrives has nobody to go to
        if "exchanger" in self.__dict__:
            self.exchanger.close()
        for task in tuple(self._running):
            task.cancel()
        for executor in (self._reader, self._apart):
            executor.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)

    def announce(self, tables: frozenset[str], operation: str = "") -> None:
        """Tell the pages of a write that was made outside `perform`."""
        if tables:
            self.changed.emit(tables)
        if operation:
            self.performed.emit(operation)

    def _travel(self, *, back: bool) -> None:
        def job(_progress: Progress) -> tuple[object, frozenset[str]]:
            from demoexam.ui import undoing

            return undoing.take_back(self.store) if back else undoing.bring_back(self.store)

        self._write(Task(job), "", self._tell_travel, None)

    def _tell_travel(self, travel: "Travel") -> None:
        self.performed.emit(travel.words)
        if travel.left:
            self.refused.emit(travel.left)

    def _write(
        self, task: Task, operation: str, on_done: Done | None, on_refused: Refusal | None
    ) -> None:
        def tell(answer: tuple[object, frozenset[str]]) -> None:
            result, tables = answer
            if not self._closed:
                self.announce(tables, operation)
            if on_done is not None:
                self._call(on_done, result)

        task.title, task.stoppable = operation, False  # whole or not at all; undo takes it back
        task.succeeded.connect(tell)
        self._fail_through(task, on_refused)
        self._start(task, self._writer)

    def _start(self, task: Task, executor: "Executor") -> None:
        if self._closed:
            return
        self._running.add(task)
        task.ended.connect(lambda: self._running.discard(task))
        self.working.emit(task)
        task.start(executor)

    def _answer(self, task: Task, slot: str, on_done: Done, result: object) -> None:
        if not slot or self._latest.get(slot) is task:
            self._call(on_done, result)

    def _fail_through(self, task: Task, on_refused: Refusal | None) -> None:
        def tell(error: BaseException) -> None:
            if not isinstance(error, UserError):
                raise error  # a bug: the exception hook shows and logs it
            if on_refused is not None:
                self._call(on_refused, error)
            elif not self._closed:
                self.refused.emit(error)

        task.failed.connect(tell)

    def _call(self, callback: Callable[[Any], object], value: object) -> None:
        owner = getattr(callback, "__self__", None)
        gone = isinstance(owner, QObject) and not Shiboken.isValid(owner)
        if not self._closed and not gone:
            callback(value)
