"""The board of the season, 1 000 and 10 000 exams: a full repaint at 1600 x 900; its opening.

Opening lasts from the click on «Расписание» until exams read from the store are painted, in CPU
time of all threads with all that is imported meanwhile: right after the start, once the window has
settled (it has imported its first pages by then), and again after an exam was changed elsewhere.
What the rules say of the exams follows and colours them.
"""

import gc
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

if sys.platform == "linux" and not os.environ.get("DISPLAY"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from benchmarks.calibration import REFERENCE_MS, loop_ms, size, verdict
from benchmarks.moves import fill, rows
from demoexam.rules.terms import BookingPurpose, ExamLevel, Level, SessionState
from demoexam.services.season.season import Chip, Lane, Mark, Season
from demoexam.store.opening import create_store
from demoexam.ui import theme
from demoexam.ui.schedule.board_panel import BoardPanel

BARS = {1_000: 16.0, 10_000: 25.0}
OPENING, PAUSE = 300.0, 100.0
STEPS, LANES, DAYS = 120, 30, 40
ROUNDS, SEATS = 3, 12
ROOT = Path(__file__).parent.parent
FIRST = date(2026, 5, 18)
NAMES = ("ТМ", "СВ", "ЭМ", "МХ", "АП", "ЛХ", "АГ", "ИС")


def main() -> int:
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101 -- made on the line above
    theme.load_fonts()
    theme.apply(app, "light")
    gc.disable()  # as the program does: see demoexam.app
    code = 0
    asked = size(0)
    for exams, bar in ({asked: BARS[1_000]} if asked else BARS).items():
        season = invented(exams)
        painted = measure(app, season)
        print(f"timeline: {exams} экзаменов, калибровка {loop_ms():.0f} мс")
        code |= verdict(f"timeline repaint {exams}", painted, bar)
        code |= opening(exams)
    return code


def measure(app: QApplication, season: Season) -> float:
    """Milliseconds of one repaint (the median) on the reference machine."""
    before = loop_ms(3)
    panel = BoardPanel()
    panel.resize(1600, 900)
    panel.show()
    panel.show_season(season)
    app.processEvents()
    steps = list(repaints(panel))
    panel.close()
    speed = REFERENCE_MS * 2 / (before + loop_ms(3))  # a busy hour slows the loop as well
    return median(steps) * speed


def opening(exams: int) -> int:
    """Open the page in processes of their own; the figures of the least disturbed one count."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "season.db"
        make_store(path, exams)
        rounds = range(1 if size(0) else ROUNDS)
        opened(path, folder, "cold")  # compiles
        runs = [opened(path, folder, "early") | opened(path, folder, "cold") for _ in rounds]
    best = {
        visit: {name: min(run[visit][name] for run in runs) for name in figures}
        for visit, figures in runs[0].items()
    }
    early = best.pop("early")
    print(f"сразу после запуска: {early['cpu']:.0f} мс, пауза окна {early['pause']:.0f} мс")
    code = 0
    for visit, figures in best.items():
        code |= verdict(f"timeline opening {visit} {exams}", figures["cpu"], OPENING)
        code |= verdict(f"timeline pause {visit} {exams}", figures["pause"], PAUSE)
        print(f"по часам этой машины {figures['wall']:.0f} мс; "
              f"замечания ещё через {figures['judged'] - figures['cpu']:.0f} мс")  # fmt: skip
    return code


def opened(path: Path, folder: str, kind: str) -> dict[str, dict[str, float]]:
    """What a new process tells of opening the page: `early`, or else `cold` and then `warm`."""
    env = {**os.environ, "DEMOEXAM_HOME": folder, "PYTHONPYCACHEPREFIX": folder}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once
    command = [sys.executable, "-m", "benchmarks.page_opening", str(path), kind]
    ran = subprocess.run(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, encoding="utf-8", check=True
    )
    told: dict[str, dict[str, float]] = json.loads(ran.stdout)
    return told


def make_store(path: Path, exams: int) -> None:
    """A season as `moves` has it, with an examinee at each place."""
    create_store(path).close()
    with closing(sqlite3.connect(path)) as bare, bare:
        fill(bare, exams)
        bare.execute("UPDATE store_state SET applying = 1")
        seats = [(exam, seat) for exam in range(exams) for seat in range(SEATS)]
        rows(bare, "examinee", [
            {"id": f"p{exam}-{seat}", "group_id": f"g{exam % max(exams // 2, 1)}",
             "last_name": f"Студент{seat}", "first_name": "Пётр"} for exam, seat in seats
        ])  # fmt: skip
        rows(bare, "exam_place", [
            {"id": f"x{exam}-{seat}", "session_id": f"s{exam}", "examinee_id": f"p{exam}-{seat}",
             "points": "{}"} for exam, seat in seats
        ])  # fmt: skip
        bare.execute("UPDATE store_state SET applying = 0")
        bare.execute("ANALYZE")


def repaints(panel: BoardPanel) -> Iterator[float]:
    """CPU milliseconds of each repaint while the board scrolls both ways."""
    view = panel.timeline
    across, down = view.horizontalScrollBar(), view.verticalScrollBar()
    for step in range(STEPS):
        start = process_time()
        across.setValue(step * 17 % max(across.maximum(), 1))
        down.setValue(step * 11 % max(down.maximum(), 1))
        view.viewport().repaint()
        yield (process_time() - start) * 1000


def invented(exams: int) -> Season:
    """So many exams in 30 workshops and 40 days, with preparation days and some bookings."""
    rng = Random(3)
    lanes = [Lane(f"w{n}", f"Мастерская {n}", "201", 12, "Колледж связи") for n in range(LANES)]
    days = [FIRST + timedelta(days=n) for n in range(DAYS)]
    off = {day: "" for day in days if day.weekday() > 4}  # noqa: PLR2004 -- Saturday and Sunday
    chips = [exam(rng, number) for number in range(exams)]
    marks = [booking(rng, number) for number in range(exams // 20)]
    return Season(lanes, chips, [], marks, off, days[0], days[-1])


def exam(rng: Random, number: int) -> Chip:
    day = FIRST + timedelta(days=rng.randrange(1, DAYS - 1))
    starts_at = datetime.combine(day, time(rng.choice((9, 13))))
    found = rng.choice((None, None, None, Level.CONTRADICTION, Level.INCOMPLETE))
    return Chip(
        id=f"e{number}",
        title=f"{rng.choice(NAMES)}-{rng.randrange(10, 50)}",
        kit="09.02.07-2-2026",
        level=rng.choice(list(ExamLevel)),
        people=rng.randrange(4, 13),
        workshop_id=f"w{rng.randrange(LANES)}",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=4),
        second_day=day + timedelta(days=1) if rng.random() < 0.25 else None,  # noqa: PLR2004
        preparation_day=day - timedelta(days=1),
        state=rng.choice(list(SessionState)),
        pinned=rng.random() < 0.1,  # noqa: PLR2004 -- one of ten
        held=False,
        level_found=found,
        findings=int(found is not None),
        experts=rng.randrange(4),
        experts_needed=3,
    )


def booking(rng: Random, number: int) -> Mark:
    starts_at = datetime.combine(FIRST + timedelta(days=rng.randrange(DAYS)), time(10))
    lane = f"w{rng.randrange(LANES)}"
    ends_at = starts_at + timedelta(hours=3)
    return Mark(f"b{number}", lane, starts_at, ends_at, rng.choice(list(BookingPurpose)), "Завод")


if __name__ == "__main__":
    sys.exit(main())
