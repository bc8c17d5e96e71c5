"""Import of a roster of 20 000 rows: against openpyxl, in memory, and as the window feels it.

The time is that of the clock, which is what the user waits, as long as the machine is quiet when
the measure begins; on a busy one the clock tells of others' work, and the processor's time is
judged instead.

The machine's speed drifts by half within a minute. So every import stands between two readings by
openpyxl and is compared with their mean; the median of these ratios is judged, all are printed.

Modules are compiled beforehand, as in an installed program, whatever the environment says of it.

A wait of the window that is ours comes back in every round, one that is the machine's does not:
the shortest of the rounds' longest waits is judged, and the waits while nothing ran stand beside.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory
from threading import Thread
from time import sleep

import psutil

from benchmarks.calibration import loop_ms, size, verdict
from benchmarks.import_rows import write_roster

BAR, MOST_MEGABYTES, LONGEST_GAP_MS = 1.5, 500.0, 100.0
ROUNDS, WINDOW_ROUNDS = 7, 5
FEW = 30  # rows that pass through every module
QUIET = 1.5  # load of the last minute
SAMPLE_SECONDS = 0.02


def main() -> int:
    judged = "clock" if _is_quiet() else "cpu"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        write_roster(path, size(20_000))
        compile_all(Path(folder))
        cells, whole = [run("cells", path)], []
        for _ in range(ROUNDS):
            whole.append(run("whole", path))
            cells.append(run("cells", path))
        bare = run("cells_read_only", path)
        waits = [run("window", path) for _ in range(WINDOW_ROUNDS)]
    gaps = {name: min(each[name] for each in waits) for name in waits[0]}
    megabytes = max(each["megabytes"] for each in whole)
    for name, took in (("openpyxl", cells), ("openpyxl read_only", [bare]), ("загрузка", whole)):
        told = ", ".join(f"{each[judged]:.2f}" for each in took)
        print(f"import_20k: {name}, с: {told}")
    ratios = {key: ratios_of(whole, cells, key) for key in ("clock", "cpu")}
    for key, name in (("clock", "по часам"), ("cpu", "по процессору")):
        told = ", ".join(f"{each:.2f}" for each in ratios[key])
        print(f"import_20k: к openpyxl {name}: {told}; посередине {median(ratios[key]):.2f}")
    what = "часы" if judged == "clock" else "процессор: машина занята"
    print(f"import_20k: судят {what}, калибровка {loop_ms():.0f}")
    for name in ("idle", "shown", "written"):
        told = ", ".join(f"{each[name]:.0f}" for each in waits)
        print(f"import_20k: самые долгие паузы окна по разам, {name}, мс: {told}")
    return max(
        verdict("import_20k", median(ratios[judged]), BAR),
        verdict("import_20k, память, МБ", megabytes, MOST_MEGABYTES),
        verdict("import_20k, окно, мс", max(gaps["shown"], gaps["written"]), LONGEST_GAP_MS),
    )


def ratios_of(
    whole: Sequence[Mapping[str, float]], cells: Sequence[Mapping[str, float]], key: str
) -> list[float]:
    """Each import to the mean of the reading before it and the one after it."""
    pairs = zip(whole, pairwise(cells), strict=True)
    return [each[key] / mean((before[key], after[key])) for each, (before, after) in pairs]


def _is_quiet() -> bool:
    """Where the system does not tell its load, it is taken for quiet."""
    return not hasattr(os, "getloadavg") or os.getloadavg()[0] < QUIET


def compile_all(folder: Path) -> None:
    """Whoever comes later finds the byte code there, the reading child of the program included."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    few = folder / "few.xlsx"
    write_roster(few, FEW)
    for what in ("cells", "whole", "window"):
        run(what, few)


def run(what: str, path: Path) -> dict[str, float]:
    """In a fresh process, so that no cache is warm; its memory with that of its children added."""
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.import_child", what, str(path)],
        stdout=subprocess.PIPE, encoding="utf-8",
    ) as child:  # fmt: skip
        watch = MemoryWatch(child.pid)
        watch.start()
        told, _ = child.communicate()
        watch.join()
    if child.returncode:
        raise SystemExit(child.returncode)
    return {**json.loads(told.splitlines()[-1]), "megabytes": watch.peak / 2**20}


class MemoryWatch(Thread):
    """Looks at a process and its children until it ends."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.peak = 0

    def run(self) -> None:
        try:
            process = psutil.Process(self._pid)
            while process.status() != psutil.STATUS_ZOMBIE:
                family = [process, *process.children(recursive=True)]
                self.peak = max(self.peak, sum(_resident(each) for each in family))
                sleep(SAMPLE_SECONDS)
        except psutil.NoSuchProcess:
            return  # it has ended


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


if __name__ == "__main__":
    sys.exit(main())
