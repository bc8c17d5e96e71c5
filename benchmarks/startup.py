"""Process start to the first paint of the last Обзор, against a bare QMainWindow."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.calibration import ROUNDS, loop_ms, size, verdict

BAR = 2.0
ROOT = Path(__file__).parent.parent


def main() -> int:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sample.db"
        make_store(path)
        env = {**os.environ, "DEMOEXAM_HOME": folder, "PYTHONPYCACHEPREFIX": folder}
        env.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once
        if sys.platform == "linux" and not os.environ.get("DISPLAY"):
            env["QT_QPA_PLATFORM"] = "offscreen"
        child("ours", str(path), env)
        child("bare", "", env)
        pairs = [
            (child("ours", str(path), env), child("bare", "", env)) for _ in range(size(ROUNDS))
        ]
    ours, bare = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    print(f"startup: {ours:.0f} мс, пустое окно {bare:.0f} мс; калибровка {loop_ms():.0f} мс")
    return verdict("startup", ours / bare, BAR)


def make_store(path: Path) -> None:
    """A sample college with the snapshot of its Обзор."""
    from demoexam.services.plan.overview import overview
    from demoexam.services.sample.sample import fill_sample
    from demoexam.store.opening import create_store
    from demoexam.store.snapshot import save_snapshot

    today = date.today()
    store = create_store(path)
    with store.transaction("учебные данные") as session:
        fill_sample(session, today=today)
    with store.reading() as session:
        figures = overview(session, year=today.year, today=today)
    store.close()
    save_snapshot(path, figures)


def child(kind: str, path: str, env: dict[str, str]) -> float:
    """CPU milliseconds from the start of a new process to the first paint."""
    command = [sys.executable, "-m", "benchmarks.first_paint", kind, path]
    ran = subprocess.run(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, encoding="utf-8", check=True
    )
    milliseconds, _, loaded = ran.stdout.strip().partition(" ")
    if loaded:
        sys.exit(f"До первой отрисовки загружено лишнее: {loaded}")
    return float(milliseconds)


if __name__ == "__main__":
    sys.exit(main())
