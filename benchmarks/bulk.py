"""Throughput of a bulk insert with capture, journal and search, against search alone."""

import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from sqlalchemy import insert, text

from benchmarks.calibration import loop_ms, size, verdict
from demoexam.models.base import new_id
from demoexam.models.people import Expert
from demoexam.store.opening import create_store
from demoexam.store.store import Store

BAR = 0.4
ROUNDS = 5


def main() -> int:
    rows = size(20_000)
    with TemporaryDirectory() as folder:
        full, searched = (create_store(Path(folder) / f"{name}.db") for name in ("full", "search"))
        drop_capture(searched)
        ours, theirs = (
            median(write(store, people(rows)) for _ in range(ROUNDS)) for store in (full, searched)
        )
        full.close()
        searched.close()
    print(
        f"bulk: {rows} строк за {ours:.0f} мс, с одним поиском {theirs:.0f} мс;"
        f" калибровка {loop_ms():.0f} мс"
    )
    return verdict("bulk", theirs / ours, BAR, at_least=True)


def drop_capture(store: Store) -> None:
    """Leave only the triggers of the search."""
    with store.engine.begin() as connection:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'capture%'"
        for name in connection.scalars(text(query)).all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")


def people(number: int) -> list[dict[str, str]]:
    return [
        {
            "id": new_id(),
            "last_name": f"Фамилия{each}",
            "first_name": "Пётр",
            "middle_name": "Иванович",
            "phone": f"+7843{each:07d}",
            "email": f"expert{each}@example.com",
        }
        for each in range(number)
    ]


def write(store: Store, rows: list[dict[str, str]]) -> float:
    """CPU milliseconds of the whole transaction."""
    start = process_time()
    with store.transaction("массовая загрузка") as session:
        session.execute(insert(Expert), rows)
    return (process_time() - start) * 1000


if __name__ == "__main__":
    sys.exit(main())
