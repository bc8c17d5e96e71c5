"""What is loaded when: looked at from outside, in a process of its own."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from demoexam.services.plan.overview import overview
from demoexam.services.sample.sample import fill_sample
from demoexam.store.snapshot import save_snapshot

ROOT = Path(__file__).parents[2]
HEAVY = ("pandas", "numpy", "openpyxl", "reportlab", "ortools", "alembic", "pymorphy3", "pytrovich")
PROBE = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from demoexam import app as program
from demoexam.settings import LocalSettings

told = {}
app = program.prepare(["demoexam"], LocalSettings(theme="light"))
desk = program.Desk(LocalSettings(), Path(sys.argv[1]))
open_store = desk.open

def note(moment):
    told[moment] = sorted(name for name in sys.modules if "." not in name)

def first_paint():
    note("painted")
    told["figures"] = desk.window.stack.currentWidget().share.stat.figure.text()
    open_store()

def settled():
    if desk.workspace is None or desk.window.page is None or desk.window.page.view.share.stat.figure.text() == "":
        QTimer.singleShot(100, settled)
        return
    note("settled")
    app.quit()

desk.open = first_paint
desk.show()
QTimer.singleShot(300, settled)
QTimer.singleShot(30_000, app.quit)
app.exec()
desk.close()
print(json.dumps(told))
"""  # noqa: E501 -- a program in a string


@pytest.fixture
def sample_path(store):
    """A sample college with the figures of its last Обзор."""
    today = date.today()
    with store.transaction("учебные данные") as session:
        fill_sample(session, today=today)
    with store.reading() as session:
        figures = overview(session, year=today.year, today=today)
    path = store.path
    store.close()
    save_snapshot(path, figures)
    return path


@pytest.fixture
def told(sample_path, tmp_path):
    answer = subprocess.run(
        [sys.executable, "-c", PROBE, str(sample_path)],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True, timeout=60,
    )  # fmt: skip
    return json.loads(answer.stdout)


def test_the_last_overview_is_painted_before_the_database_layer_is_loaded(told):
    assert told["figures"].endswith("%")
    assert "PySide6" in told["painted"]
    assert not {"sqlalchemy", *HEAVY} & set(told["painted"])


def test_nothing_heavy_is_loaded_once_the_window_has_settled(told):
    assert "sqlalchemy" in told["settled"]
    assert not set(HEAVY) & set(told["settled"])
