"""A keystroke in the experts' filter to the repainted rows, over 100 000 experts."""

import gc
import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

if sys.platform == "linux" and not os.environ.get("DISPLAY"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication

from benchmarks.calibration import REFERENCE_MS, loop_ms, size, verdict
from demoexam.services.sample.names import people
from demoexam.settings import LocalSettings
from demoexam.store.opening import create_store
from demoexam.store.store import Store
from demoexam.ui import theme
from demoexam.ui.pages.experts_page import ExpertsPage
from demoexam.ui.pictures import Quiet
from demoexam.ui.workspace import Workspace

BAR = 100.0
ROUNDS = 7
TYPED = ("к", "ку", "кул", "кули", "кулик", "кулико", "куликов", "куликов п", "куликов пё")
ORGANIZATIONS = 2000


def main() -> int:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "experts.db"
        store = create_store(path)
        with closing(sqlite3.connect(path)) as bare, bare:
            fill(bare, size(100_000))
        took = measure(store)
        store.close()
    print("keystroke: " + ", ".join(f"«{typed}» {ms:.0f}" for typed, ms in took.items()) + " мс")
    print(f"keystroke: калибровка {loop_ms():.0f} мс, время букв приведено к {REFERENCE_MS:.0f} мс")
    return verdict("keystroke", max(took.values()), BAR)


def measure(store: Store) -> dict[str, float]:
    """CPU milliseconds of each letter on the reference machine, the median of some rounds."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101 -- made on the line above
    theme.load_fonts()
    theme.apply(app, "light")
    gc.disable()  # as the program does: see demoexam.app
    workspace = Workspace(store, LocalSettings())
    workspace.set_year(date.today().year)
    quiet, page = Quiet(workspace), ExpertsPage(workspace)
    page.resize(1200, 800)
    page.show()
    page.freshen()
    quiet.wait()
    rounds = [letters(page, quiet) for _ in range(ROUNDS)]
    page.close()
    workspace.close()
    return {typed: median(each[typed] for each in rounds) for typed in TYPED}


def letters(page: ExpertsPage, quiet: Quiet) -> dict[str, float]:
    before = loop_ms(1)
    took = {typed: letter(page, typed) for typed in TYPED}
    speed = REFERENCE_MS * 2 / (before + loop_ms(1))  # a busy hour slows the loop as well
    page.filter.setText("")
    quiet.wait()
    return {typed: milliseconds * speed for typed, milliseconds in took.items()}


def letter(page: ExpertsPage, typed: str) -> float:
    """From the letter to the end of the painting of the rows it leaves; the wait costs no CPU."""
    loop, repainted = QEventLoop(), Repainted(page.view.viewport())
    page.table.modelReset.connect(repainted.arm)
    repainted.when_done = loop.quit
    start = process_time()
    page.filter.setText(typed)
    loop.exec()
    took = (process_time() - start) * 1000
    page.table.modelReset.disconnect(repainted.arm)
    page.view.viewport().removeEventFilter(repainted)
    return took


class Repainted(QObject):
    """Calls `when_done` after the first painting of a widget that follows `arm`."""

    def __init__(self, widget: QObject) -> None:
        super().__init__()
        self._armed = False
        self.when_done: Callable[[], object] = list
        self._done = QEvent.Type(QEvent.registerEventType())
        widget.installEventFilter(self)

    def arm(self) -> None:
        self._armed = True

    def eventFilter(self, _widget: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
        if self._armed and event.type() == QEvent.Type.Paint:
            self._armed = False
            QApplication.postEvent(self, QEvent(self._done))
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == self._done:
            self.when_done()
            return True
        return super().event(event)


def fill(bare: sqlite3.Connection, experts: int) -> None:
    """People with a place of work and a certificate; no journal of all this."""
    rng = Random(1)
    named = people(rng)
    bare.execute("UPDATE store_state SET applying = 1")
    kinds = ("employer", "college", "employer", "university", "employer")
    bare.executemany(
        "INSERT INTO organization (id, kind, short_name, full_name, city, address, contact, phone,"
        " email, founder, legal_form, head_name, head_post)"
        " VALUES (?, ?, ?, '', '', '', '', '', '', '', '', '', '')",
        [(f"o{n}", kinds[n % 5], f"Организация {n}") for n in range(ORGANIZATIONS)],
    )
    bare.executemany(
        "INSERT INTO expert (id, last_name, first_name, middle_name, phone, email, consent_on,"
        " consent_document, note, active) VALUES (?, ?, ?, ?, ?, ?, '2026-01-15', '', '', 1)",
        [
            (f"e{n}", *next(named), f"+78430{n:06d}", f"expert{n}@example.com")
            for n in range(experts)
        ],
    )
    bare.executemany(
        "INSERT INTO employment (id, expert_id, organization_id, post, valid_from, is_main,"
        " override_reason) VALUES (?, ?, ?, 'инженер', '2020-01-01', 1, '')",
        [(f"j{n}", f"e{n}", f"o{rng.randrange(ORGANIZATIONS)}") for n in range(experts)],
    )
    bare.executemany(
        "INSERT INTO certificate (id, expert_id, kind, number, issued_by, valid_until)"
        " VALUES (?, ?, '', ?, '', '2027-12-31')",
        [(f"c{n}", f"e{n}", f"{n:07d}") for n in range(experts)],
    )
    bare.execute("UPDATE store_state SET applying = 0")


if __name__ == "__main__":
    sys.exit(main())
