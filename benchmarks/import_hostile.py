"""Seconds and megabytes that the program spends on files made to harm it."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import monotonic
from typing import NamedTuple, Self

import psutil

from benchmarks.calibration import REFERENCE_MS, loop_ms, size, verdict
from benchmarks.hostile_files import hostile_files
from demoexam.errors import UserError
from demoexam.services.imports.imports import import_file
from demoexam.store.opening import create_store
from demoexam.store.store import Store

SECONDS = 5.0
MEGABYTES = 300.0
FULL = 100  # percent of the size that the files are meant to have


class Cost(NamedTuple):
    name: str
    seconds: float  # of a processor as fast as the one the bar was set on
    megabytes: float  # of the program and its reader together, the largest seen
    said: str


def main() -> int:
    """The first argument is the size of the files in percent, others are folders of more files."""
    percent, scale = size(FULL), REFERENCE_MS / loop_ms()
    with TemporaryDirectory() as folder:
        store = create_store(Path(folder) / "store.db")
        costs = [cost(store, path, scale) for path in hostile_files(Path(folder), percent)]
        for more in sys.argv[2:]:
            files = sorted(path for path in Path(more).iterdir() if path.is_file())
            costs += [cost(store, path, scale) for path in files]
        store.close()
    for each in costs:
        print(f"{each.name:22} {each.seconds:6.2f} с {each.megabytes:6.0f} МБ  {each.said[:100]}")
    slowest, largest = (max(costs, key=lambda each: each[field]) for field in (1, 2))
    print(f"import_hostile: {len(costs)} файлов; калибровка {REFERENCE_MS / scale:.0f} мс")
    late = verdict(f"import_hostile, секунды ({slowest.name})", slowest.seconds, SECONDS)
    heavy = verdict(f"import_hostile, мегабайты ({largest.name})", largest.megabytes, MEGABYTES)
    return max(late, heavy)


def cost(store: Store, path: Path, scale: float) -> Cost:
    """One whole import; anything but a report or a `UserError` ends the benchmark."""
    with Memory() as memory:
        began = worked()
        try:
            said = import_file(store, path).summary()
        except UserError as refused:
            said = f"{type(refused).__name__}: {refused}"
        seconds = worked() - began
    return Cost(path.name, seconds * scale, memory.most / (1 << 20), " ".join(said.split()))


def worked() -> float:
    """Seconds of a processor that we and our children took (on Windows: of the clock)."""
    return monotonic() if os.name == "nt" else sum(os.times()[:4])


class Memory:
    """The most bytes that we and our children held while it watched."""

    def __init__(self) -> None:
        self.most = 0
        self._end = Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _watch(self) -> None:
        me = psutil.Process()
        while not self._end.wait(0.02):
            self.most = max(self.most, sum(map(_resident, (me, *me.children()))))


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:  # it has just ended
        return 0


if __name__ == "__main__":
    sys.exit(main())
