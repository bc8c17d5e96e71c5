"""The exchange with a hub in PostgreSQL: each way of it against bare COPY and the bare driver."""

import shutil
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.calibration import REFERENCE_MS, loop_ms, size, verdict
from benchmarks.exchange_rows import Rows, journal, mixed, put
from benchmarks.exchange_server import Server, copy_in, copy_out, running
from benchmarks.exchange_sqlite import edit, listed, put_bare, remove, timed
from demoexam.hub.columns import forms
from demoexam.hub.hub import Hub, connect_hub
from demoexam.store.store import Store
from demoexam.sync.first_sync import first_sync
from demoexam.sync.synchronizer import Exchanger, exchange

NAME = "exchange_postgres"
PUSH, PULL, FIRST, GROWTH, IDLE_MS = 0.15, 0.35, 1.5, 2.0, 50.0
ROUNDS, SMALL_ROUNDS = 2, 5
NO_LIMIT = 10**9


def main() -> int:
    rows = size(100_000)
    with TemporaryDirectory() as name, running(Path(name)) as server:
        folder = Path(name)
        bulk = [bulk_round(server, folder, rows, turn) for turn in range(ROUNDS)]
        few, many = (Present(server, folder, count) for count in (rows, rows * 10))
        cold = few.measure(0), many.measure(0)
        for present in (few, many):
            with server.connect(present.name) as connection:
                connection.execute("ANALYZE")
        warm = few.measure(SMALL_ROUNDS), many.measure(SMALL_ROUNDS)
        idle = many.idle_ms(server)
        first, bare = many.first_sync(server)
    took = {key: median(each[key] for each in bulk) for key in bulk[0]}
    print(f"{NAME}: {rows} строк и журнал, с: {listed(took)}")
    for present, at_once, later in zip((few, many), cold, warm, strict=True):
        print(
            f"{NAME}: сто правок при {present.rows} строках, с: {listed(at_once)};"
            f" после ANALYZE: {listed(later)}"
        )
    print(f"{NAME}: первый обмен {first:.1f} с, COPY и вставка {bare:.1f} с")
    found = [
        verdict(f"{NAME} отправка", took["COPY"] / took["отправка"], PUSH, at_least=True),
        verdict(f"{NAME} получение", took["вставка"] / took["получение"], PULL, at_least=True),
        verdict(f"{NAME} первый обмен", first / bare, FIRST),
        verdict(f"{NAME} без новостей, мс", idle, IDLE_MS),
    ]
    for when, times in (("сразу", cold), ("потом", warm)):
        for way in ("отправка", "получение"):
            ratio = times[1][way] / times[0][way]
            found.append(verdict(f"{NAME} рост {way}, {when}", ratio, GROWTH))
    return max(found)


def bulk_round(server: Server, folder: Path, rows: int, turn: int) -> Mapping[str, float]:
    """Many rows from one store over the hub to another; the same rows as the bare driver does."""
    made = mixed(rows)
    hub = connect_hub(server.new_hub(f"bulk_{turn}"))
    server.new_hub(f"bare_{turn}")
    for name in "ab":
        remove(folder / f"{name}.db")
        first_sync(folder / f"{name}.db", hub, client=name, keep=False)
    shutil.copy(folder / "b.db", folder / "bare.db")
    one, other = (Store(folder / f"{name}.db", client=name) for name in "ab")
    with one.transaction("массовая загрузка") as session:
        driver = session.connection().connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)  # noqa: S101 -- the store's driver
        put(driver, made)
    with closing(sqlite3.connect(folder / "a.db")) as raw:
        everything = {**made, **journal(raw)}
    took = {
        "COPY": _copied(server, f"bare_{turn}", everything),
        "отправка": timed(lambda: exchange(one, hub)),
        "вставка": put_bare(folder / "bare.db", everything),
        "получение": timed(lambda: Exchanger(other, hub, much=NO_LIMIT).run()),
    }
    one.close()
    other.close()
    hub.close()
    return took


def _copied(server: Server, name: str, rows: Rows) -> float:
    """Seconds of COPY into the same tables, with their triggers, in one commit."""
    with server.connect(name) as connection:
        start = perf_counter()
        with connection.transaction():
            copy_in(connection, rows, None)
        return perf_counter() - start


class Present:
    """A hub with many rows, right after they were loaded, and two stores that have them all."""

    def __init__(self, server: Server, folder: Path, rows: int) -> None:
        self.rows, self.folder, self.name = rows, folder, f"present_{rows}"
        self.hub: Hub = connect_hub(server.new_hub(self.name))
        server.fill(self.name, rows)
        paths = [folder / f"{self.name}_{name}.db" for name in "ab"]
        self.copying = timed(lambda: first_sync(paths[0], self.hub, client="a"))
        shutil.copy(*paths)
        self.stores = [Store(path, client=name) for path, name in zip(paths, "ab", strict=True)]

    def measure(self, since: int) -> Mapping[str, float]:
        """Seconds of the push and of the pull of a hundred changes, medians."""
        took: list[tuple[float, float]] = []
        one, other = self.stores
        for turn in range(since, since + SMALL_ROUNDS):
            edit(one, turn)
            pushed = timed(lambda: exchange(one, self.hub))
            took.append((pushed, timed(lambda: exchange(other, self.hub))))
        pairs = zip(("отправка", "получение"), zip(*took, strict=True), strict=True)
        return {name: median(times) for name, times in pairs}

    def idle_ms(self, server: Server) -> float:
        """Milliseconds, on the reference machine, of asking a hub while somebody has its lock."""
        with server.connect(self.name) as writer, writer.transaction():
            writer.execute("SELECT sync_lock()")
            rounds = [timed(lambda: exchange(self.stores[1], self.hub)) for _ in range(7)]
        return median(rounds) * 1000 * REFERENCE_MS / loop_ms()

    def first_sync(self, server: Server) -> tuple[float, float]:
        """Seconds of a first exchange; of COPY out of all tables and a bare local insert."""
        target, rows = self.folder / "c.db", dict[str, list[tuple[object, ...]]]()
        ours = median([timed(lambda: first_sync(target, self.hub, client="c")), self.copying])
        with server.connect(self.name) as connection:
            out = timed(lambda: [copy_out(connection, each) for each in forms()])
        with closing(sqlite3.connect(target)) as raw:
            for each in forms():
                rows[each.name] = raw.execute(f'SELECT {each.quoted} FROM "{each.name}"').fetchall()
        empty = connect_hub(server.new_hub("empty"))
        first_sync(self.folder / "d.db", empty, client="d")
        with closing(sqlite3.connect(self.folder / "d.db")) as raw:
            known = {each.name: raw.execute(f'SELECT id FROM "{each.name}"') for each in forms()}
            ids = {name: {row[0] for row in found} for name, found in known.items()}
        fresh = {
            name: [row for row in found if row[0] not in ids[name]] for name, found in rows.items()
        }
        return ours, out + put_bare(self.folder / "d.db", fresh)


if __name__ == "__main__":
    sys.exit(main())
