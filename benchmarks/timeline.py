"""The board of the season: a full repaint at 1600 x 900 with 1 000 and 10 000 exams, opening."""

import gc
import os
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from statistics import median
from time import process_time

if sys.platform == "linux" and not os.environ.get("DISPLAY"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from benchmarks.calibration import REFERENCE_MS, loop_ms, size, verdict
from demoexam.rules.terms import BookingPurpose, ExamLevel, Level, SessionState
from demoexam.services.season.season import Chip, Lane, Mark, Season
from demoexam.ui import theme
from demoexam.ui.schedule.board_panel import BoardPanel

BARS = {1_000: 16.0, 10_000: 25.0}
OPENING = 300.0
STEPS, LANES, DAYS = 120, 30, 40
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
        opened, painted = measure(app, season)
        print(f"timeline: {exams} экзаменов, калибровка {loop_ms():.0f} мс")
        code |= verdict(f"timeline repaint {exams}", painted, bar)
        code |= verdict(f"timeline opening {exams}", opened, OPENING)
    return code


def measure(app: QApplication, season: Season) -> tuple[float, float]:
    """Milliseconds of opening and of one repaint (the median) on the reference machine."""
    before = loop_ms(3)
    start = process_time()
    panel = BoardPanel()
    panel.resize(1600, 900)
    panel.show()
    app.processEvents()
    panel.show_season(season)  # it is read while the empty board is in sight already
    app.processEvents()
    opened = (process_time() - start) * 1000
    steps = list(repaints(panel))
    panel.close()
    speed = REFERENCE_MS * 2 / (before + loop_ms(3))  # a busy hour slows the loop as well
    return opened * speed, median(steps) * speed


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
