"""«Кто свободен / где свободно» over two months, in the sample of a cluster."""

import sys
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks.calibration import REFERENCE_MS, loop_ms, size, verdict
from demoexam.services.experts.free_search import Wanted, free_search, kit_options
from demoexam.services.sample.sample import fill_sample
from demoexam.store.opening import create_store
from demoexam.store.store import Store

BAR = 300.0
ROUNDS = 5
MAY = date(2026, 5, 11)


def main() -> int:
    days = size(60)
    with TemporaryDirectory() as folder:
        store = create_store(Path(folder) / "sample.db")
        with store.transaction("учебные данные") as session:
            fill_sample(session, size="cluster", today=MAY)
        took, found = measure(store, days)
        store.close()
    calibration = loop_ms()
    print(f"free_search: {found} за {took:.0f} мс; калибровка {calibration:.0f} мс")
    return verdict("free_search", took / calibration * REFERENCE_MS, BAR)


def measure(store: Store, days: int) -> tuple[float, str]:
    """CPU milliseconds of a search, and what it found; the first one warms up and is left out."""
    with store.reading() as session:
        kit = kit_options(session, year=MAY.year)[0]
        wanted = Wanted(MAY, MAY + timedelta(days=days), kit_id=kit.id, people=10)
        found = free_search(session, wanted)
        took = []
        for _ in range(ROUNDS):
            session.expire_all()
            begin = process_time()
            found = free_search(session, wanted)
            took.append((process_time() - begin) * 1000)
    told = f"экспертов {len(found.experts)}, окон {len(found.slots)}"
    return median(took), told


if __name__ == "__main__":
    sys.exit(main())
