"""Reads a file in a child process, so that no file can take the program down with it."""

import io
import logging
import multiprocessing
import pickle
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from time import monotonic
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from demoexam.exchange import failures
from demoexam.exchange.cells import Book, Line, Sheet
from demoexam.exchange.isolated_child import serve
from demoexam.progress import Progress

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

SECONDS: Final = 60.0
MEGABYTES: Final = 220
_WORK: Final = 4.0  # seconds of a processor for any file, and more for each megabyte of it
_WORK_A_MEGABYTE: Final = 10.0
_TICK: Final = 0.04  # seconds between two looks at the child
_CLOCK_TICK: Final = 0.2  # asking for the time costs more than asking for the memory
_MEGABYTE: Final = 1 << 20
_NONE: Final[frozenset[int]] = frozenset()
_LARGEST_PART: Final = 64 << 20
_LOG: Final = logging.getLogger(__name__)
_FAILURES: Final = {
    name: each
    for name, each in vars(failures).items()
    if isinstance(each, type) and issubclass(each, failures.FileUnreadable)
}
_ADMITTED: Final = {("datetime", each.__name__): each for each in (date, datetime, time, timedelta)}
_USED_NEXT: Final = ("rapidfuzz",)  # by whoever compares what was read; slow to import
_starting = Lock()


def read_safely(
    path: Path,
    *,
    progress: Progress | None = None,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
) -> Book:
    """What `read_book` gives, or its `FileUnreadable`; whatever happens, the program goes on.

    The child may take `megabytes` over what it needs to start and `seconds`, else `FileTooHeavy`.
    Raises `Cancelled` soon after `progress` was cancelled. A child that dies is `FileDamaged`.
    """
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    with ours:
        try:
            child = _started(path, theirs, megabytes)
        except OSError as refused:
            raise failures.ReaderNotStarted(name=path.name) from refused
        finally:
            theirs.close()
        watch = _Watch(path, child, progress or Progress(), seconds, megabytes)
        try:
            _import_meanwhile()
            return _received(ours, watch)
        finally:
            child.kill()
            child.join()
            child.close()


def _started(path: Path, theirs: Connection, megabytes: int) -> "SpawnProcess":
    child = multiprocessing.get_context("spawn").Process(
        target=serve, args=(str(path), theirs, megabytes * _MEGABYTE), daemon=True
    )
    with _starting, _without_main():
        child.start()
    return child


def _import_meanwhile() -> None:
    """While the child starts there is nothing else to do."""
    for module in _USED_NEXT:
        import_module(module)


@contextmanager
def _without_main() -> Iterator[None]:
    """The child must not import the program's start again: the window, the store, everything."""
    real = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = real


class _Watch:
    """Looks at the child every now and then: time, memory, and whether anybody still waits."""

    def __init__(
        self, path: Path, child: "SpawnProcess", progress: Progress, seconds: float, megabytes: int
    ) -> None:
        import psutil

        self.name = path.name
        self._child = child
        self._progress = progress
        self._seconds, self._megabytes = seconds, megabytes
        self._ends = monotonic() + seconds
        self._next_clock = 0.0
        self._work = _WORK + _WORK_A_MEGABYTE * _size(path) / _MEGABYTE
        self._gone = psutil.Error
        self._process = psutil.Process(child.pid)
        self._baseline = 0  # what the child takes once it has imported what it needs

    def look(self) -> None:
        """Raises `Cancelled` or `FileTooHeavy` when it is time to stop."""
        self._progress.check()
        now = monotonic()
        if now >= self._next_clock:
            self._next_clock = now + _CLOCK_TICK
            self._refuse_if_long(now)
        if self._baseline and self._taken() - self._baseline > self._megabytes * _MEGABYTE:
            raise self.too_much_memory()

    def _refuse_if_long(self, now: float) -> None:
        if now > self._ends or self._worked() > self._work:
            raise failures.FileTooHeavy(name=self.name, what="он слишком долго не прочитывается")

    def note_baseline(self) -> None:
        self._baseline = self._taken()

    def too_much_memory(self) -> failures.FileTooHeavy:
        what = f"для него нужно больше {self._megabytes} МБ памяти"
        return failures.FileTooHeavy(name=self.name, what=what)

    def death(self) -> failures.FileUnreadable:
        """What the end of the child says about the file."""
        self._child.join(timeout=1)
        _LOG.warning("the reader ended with code %s", self._child.exitcode)
        if self._child.exitcode == -6:  # noqa: PLR2004 -- SIGABRT: an allocation was refused
            return self.too_much_memory()
        return failures.FileDamaged(name=self.name)

    def _taken(self) -> int:
        try:
            memory = self._process.memory_info()
        except self._gone:
            return 0
        return int(max(memory.rss, getattr(memory, "private", 0)))

    def _worked(self) -> float:
        """Seconds of work, which tell a file that never ends from a machine that is busy."""
        try:
            times = self._process.cpu_times()
        except self._gone:
            return 0.0
        return float(times.user + times.system)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # the child says what is wrong with it
        return 0


def _received(ours: Connection, watch: _Watch) -> Book:
    """The book, part by part as the child sends it."""
    sheets: list[Sheet] = []
    lines: list[Line] = []
    while True:
        word, *facts = _next(ours, watch)
        match word:
            case "ready":
                watch.note_baseline()
                _send_go(ours, watch)
            case "lines":
                rows, spread = facts
                lines += [Line(number, cells, spread.get(number, _NONE)) for number, cells in rows]
            case "sheet":
                name, is_hidden, across = facts
                sheets.append(Sheet(name, tuple(lines), is_hidden, across))
                lines = []
            case "book":
                return Book(facts[0], tuple(sheets))
            case "refused":
                raise _FAILURES.get(facts[0], failures.FileDamaged)(**facts[1])
            case "memory":
                raise watch.too_much_memory()
            case _:
                _LOG.warning("the reader stumbled: %s", facts)
                raise failures.FileDamaged(name=watch.name)


def _send_go(ours: Connection, watch: _Watch) -> None:
    try:
        ours.send_bytes(b"go")
    except OSError as broken:
        raise watch.death() from broken


def _next(ours: Connection, watch: _Watch) -> Any:
    watch.look()
    while not ours.poll(_TICK):
        watch.look()
    try:
        return _Plain(io.BytesIO(ours.recv_bytes(_LARGEST_PART))).load()
    except (EOFError, OSError, pickle.UnpicklingError, MemoryError) as broken:
        raise watch.death() from broken


class _Plain(pickle.Unpickler):
    """Admits containers, texts, numbers and dates; nothing else can be made of what arrives."""

    def find_class(self, module: str, name: str) -> Any:
        try:
            return _ADMITTED[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name}") from None
