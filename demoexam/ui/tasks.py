"""Long work off the GUI thread."""

import time
from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from demoexam.progress import Cancelled, Progress

if TYPE_CHECKING:  # it brings logging, which the first paint can do without
    from concurrent.futures import Executor

Job = Callable[[Progress], object]
TELL_EVERY = 0.04  # seconds; a progress bar need not move more often


class Listeners:
    """Callbacks of one occasion, called in the order in which they were connected."""

    def __init__(self) -> None:
        self._callbacks: list[Callable[..., object]] = []

    def connect(self, callback: Callable[..., object]) -> None:
        self._callbacks.append(callback)

    def emit(self, *facts: object) -> None:
        for callback in tuple(self._callbacks):
            callback(*facts)

    def clear(self) -> None:
        self._callbacks.clear()


class Courier(QObject):
    """Brings calls from any thread to the GUI thread, in the order posted."""

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Callable[[], object]) -> None:
        self._posted.emit(call)

    def _deliver(self, call: Callable[[], object]) -> None:
        call()


class Task:
    """Runs `job(progress)` on an executor; every callback comes on the GUI thread.

    Deliberately no QObject: one made for each task would have to be destroyed while another
    thread still returns from its signal. Connect before `start`.
    """

    def __init__(self, job: Job, title: str = "") -> None:
        self.title, self.stoppable = title, True
        self.progressed = Listeners()  # done, total
        self.succeeded = Listeners()  # the result
        self.failed = Listeners()  # the exception
        self.ended = Listeners()  # after success, failure and cancellation alike
        self._job = job
        self._progress = Progress(self._report)
        self._told = 0.0
        self._post: Callable[[Callable[[], object]], None] | None = None

    def cancel(self) -> None:
        """Ask the job to stop at its next step; `ended` still comes."""
        self._progress.cancel()

    def start(self, executor: "Executor") -> None:
        """Call on the GUI thread."""
        self._post = _courier().post
        executor.submit(self._run, self._post)

    def _run(self, post: Callable[[Callable[[], object]], None]) -> None:
        try:
            result = self._job(self._progress)
        except BaseException as error:  # noqa: BLE001 -- whatever failed, the user must hear of it
            post(partial(self._finish, None, error))
        else:
            post(partial(self._finish, result, None))

    def _report(self, done: int, total: int) -> None:
        now = time.monotonic()
        if self._post is not None and (done == total or now - self._told > TELL_EVERY):
            self._told = now
            self._post(partial(self.progressed.emit, done, total))

    def _finish(self, result: Any, error: BaseException | None) -> None:
        try:
            if error is None:
                self.succeeded.emit(result)
            elif not isinstance(error, Cancelled):
                self.failed.emit(error)
        finally:
            self.ended.emit()
            for listeners in (self.progressed, self.succeeded, self.failed, self.ended):
                listeners.clear()


@cache
def _courier() -> Courier:
    """One for the program's life; it belongs to the application object."""
    return Courier(QCoreApplication.instance())


def one_thread(name: str) -> "Executor":
    """An executor that does one thing after another."""
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
