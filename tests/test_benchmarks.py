"""Every benchmark runs and prints its ratio; whether it meets its bar is not a matter of tests."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SMALL = {
    "share": "500", "bulk": "50", "keystroke": "300", "startup": "1",
    "exchange_sqlite": "300", "exchange_many": "2", "exchange_postgres": "300",
    "import_20k": "100", "import_hostile": "1",
    "papers": "1", "moves": "60", "free_search": "10", "timeline": "50",
}  # fmt: skip


@pytest.mark.parametrize("name", SMALL)
def test_it_runs_on_little_data(name, tmp_path):
    ran = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", SMALL[name]],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert re.search(rf"^{name}[^:]*: \d+\.\d\d \(планка", ran.stdout, re.MULTILINE), ran.stderr
    assert "Traceback" not in ran.stderr
    assert ran.returncode in {0, 1}


def test_every_benchmark_is_tried_here():
    modules = {file.stem for file in (ROOT / "benchmarks").glob("[a-z]*.py")}
    parts = {"calibration", "first_paint", "exchange_rows", "exchange_server", "hostile_files",
             "import_child", "import_rows", "page_opening"}  # fmt: skip
    assert modules - parts == {*SMALL}
