"""The exchange with a hub that is a file: each way of it against the bare driver, same rows."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.calibration import REFERENCE_MS, cpu_ms, loop_ms, size, verdict
from benchmarks.exchange_rows import Rows, fill_hub, journal, mixed, put
from demoexam.hub import hub_file
from demoexam.hub.sqlite_hub import SqliteHub
from demoexam.store.opening import create_store
from demoexam.store.store import Store
from demoexam.sync.first_sync import first_sync
from demoexam.sync.synchronizer import Exchanger, exchange

NAME = "exchange_sqlite"
CAPTURE, PUSH, PULL, FIRST, GROWTH, IDLE_MS = 0.25, 0.10, 0.35, 8.0, 1.5, 50.0
ROUNDS, SMALL_ROUNDS, CHANGES = 3, 7, 100
NO_LIMIT = 10**9


def main() -> int:
    rows = size(100_000)
    with TemporaryDirectory() as folder:
        bulk = [Bulk(Path(folder), rows).measure() for _ in range(ROUNDS)]
        few, many = (Present(Path(folder), count) for count in (rows, rows * 10))
        took = few.measure(), many.measure()
        first = many.first_sync()
        idle = many.idle_ms()
    took_of = {key: median(each[key] for each in bulk) for key in bulk[0]}
    print(f"{NAME}: {rows} строк и журнал, с: " + listed(took_of))
    for present, times in zip((few, many), took, strict=True):
        print(f"{NAME}: {CHANGES} правок при {present.rows} строках, с: {listed(times)}")
    print(f"{NAME}: первый обмен {first[0]:.2f} с, копия файла {first[1]:.2f} с")
    ratio = [took[1][way] / took[0][way] for way in ("отправка", "получение")]
    bars = (
        ("запись", "без захвата", CAPTURE), ("отправка", "голый хаб", PUSH),
        ("получение", "голая база", PULL),
    )  # fmt: skip
    return max(
        *(
            verdict(f"{NAME} {ours}", took_of[bare] / took_of[ours], bar, at_least=True)
            for ours, bare, bar in bars
        ),
        verdict(f"{NAME} первый обмен", first[0] / first[1], FIRST),
        verdict(f"{NAME} рост отправки", ratio[0], GROWTH),
        verdict(f"{NAME} рост получения", ratio[1], GROWTH),
        verdict(f"{NAME} без новостей, мс", idle, IDLE_MS),
    )


def listed(took: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {seconds:.2f}" for name, seconds in took.items())


def timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


class Bulk:
    """Two stores and an empty hub; what one of them writes goes over to the other."""

    def __init__(self, folder: Path, rows: int) -> None:
        self.folder, self.rows = folder / "bulk", mixed(rows)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        self.hub = new_hub(self.folder / "hub.db")
        self.store = create_store(self.folder / "a.db", client="A")
        exchange(self.store, self.hub)
        first_sync(self.folder / "b.db", self.hub, client="B")
        for bare in ("bare-a.db", "bare-b.db"):
            shutil.copy(self.folder / "b.db", self.folder / bare)
        shutil.copy(self.folder / "hub.db", self.folder / "bare-hub.db")

    def measure(self) -> Mapping[str, float]:
        took = {
            "без захвата": put_bare(self.folder / "bare-a.db", self.rows),
            "запись": timed(self._write),
        }
        with closing(sqlite3.connect(self.folder / "a.db")) as raw:
            everything = {**self.rows, **journal(raw)}
        took["голый хаб"] = put_bare(self.folder / "bare-hub.db", everything)
        took["отправка"] = timed(lambda: exchange(self.store, self.hub))
        self.store.close()
        took["голая база"] = put_bare(self.folder / "bare-b.db", everything)
        other = Store(self.folder / "b.db", client="B")
        took["получение"] = timed(lambda: Exchanger(other, self.hub, much=NO_LIMIT).run())
        other.close()
        return took

    def _write(self) -> None:
        with self.store.transaction("массовая загрузка") as session:
            raw = session.connection().connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)  # noqa: S101 -- the store's driver
            put(raw, self.rows)


def put_bare(path: Path, rows: Rows) -> float:
    """Seconds of one transaction of plain inserts, its fsync included; nothing is captured."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA cache_size = -65536")
        raw.execute("UPDATE store_state SET applying = 1")
        raw.commit()
        start = perf_counter()
        with raw:
            put(raw, rows, rev=1)
        return perf_counter() - start


class Present:
    """A hub with many rows, and two stores that have them all."""

    def __init__(self, folder: Path, rows: int) -> None:
        self.rows, self.folder = rows, folder / str(rows)
        self.folder.mkdir()
        self.path = self.folder / "hub.db"
        self.hub = new_hub(self.path)
        fill_hub(self.path, rows)
        for name in "ab":
            first_sync(self.folder / f"{name}.db", self.hub, client=name)
        self.stores = [Store(self.folder / f"{name}.db", client=name) for name in "ab"]

    def measure(self) -> Mapping[str, float]:
        """Seconds of the push and of the pull of a hundred changes, medians."""
        took: list[tuple[float, float]] = []
        one, other = self.stores
        for turn in range(SMALL_ROUNDS):
            edit(one, turn)
            pushed = timed(lambda: exchange(one, self.hub))
            took.append((pushed, timed(lambda: exchange(other, self.hub))))
        pairs = zip(("отправка", "получение"), zip(*took, strict=True), strict=True)
        return {name: median(times) for name, times in pairs}

    def first_sync(self) -> tuple[float, float]:
        """Seconds of a first exchange, and of a plain copy of the hub's file, both on the disk."""
        took = [
            (
                timed(lambda: first_sync(self.folder / "c.db", self.hub, client="C", keep=False)),
                timed(lambda: copy(self.path, self.folder / "copy.db")),
            )
            for _ in range(ROUNDS)
            if remove(self.folder / "c.db")
        ]
        return median(each[0] for each in took), median(each[1] for each in took)

    def idle_ms(self) -> float:
        """CPU milliseconds, on the reference machine, of asking a hub that somebody writes to."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            rounds = [
                cpu_ms(lambda: exchange(self.stores[1], self.hub)) for _ in range(SMALL_ROUNDS)
            ]
            writer.execute("ROLLBACK")
        return median(rounds) * REFERENCE_MS / loop_ms()


def new_hub(path: Path) -> SqliteHub:
    hub_file.create(path)
    return SqliteHub(path)


def remove(path: Path) -> bool:
    path.unlink(missing_ok=True)
    return True


def copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def edit(store: Store, turn: int) -> None:
    """A hundred changes, as a coordinator makes them: people, sittings, duties, marks."""
    sets = {
        "expert": f"note = 'правка {turn}'", "exam_session": f"note = 'правка {turn}'",
        "assignment": f"duty = 'правка {turn}'", "exam_place": f"variant = '{turn + 2}'",
        "employment": f"post = 'должность {turn}'",
    }  # fmt: skip
    each = CHANGES // len(sets)
    with store.transaction("сто правок") as session:
        connection = session.connection()
        for name, change in sets.items():
            some = f'SELECT id FROM "{name}" ORDER BY n LIMIT {each} OFFSET {turn * each}'
            connection.exec_driver_sql(f'UPDATE "{name}" SET {change} WHERE id IN ({some})')


if __name__ == "__main__":
    sys.exit(main())
