"""The chart of the share by years: facts are grey bars, targets black lines."""

from collections.abc import Iterator

from reportlab.lib.units import mm

from demoexam.documents.blocks import Bar, Chart
from demoexam.documents.fonts import BOLD, SERIF, unit_width
from demoexam.documents.slab import Slab, Words
from demoexam.documents.styles import HAIR

HIGH, BASE, LEFT, LEGEND = 54 * mm, 9 * mm, 12 * mm, 34 * mm
SCALE = (HIGH - BASE - 8 * mm) / 100  # points for one per cent
BAR, TARGET_LINE, RHOMBUS = 13 * mm, 1.6, 1.3 * mm
GREY, PALE = 0.78, 0.6
TICKS = range(0, 101, 20)


def chart_picture(chart: Chart, width: float) -> Slab:
    """Bars first, targets above the neighbours' bars, texts last."""
    step = (width - LEFT - LEGEND) / max(len(chart.bars), 1)
    placed = [(bar, LEFT + step * (at + 0.5)) for at, bar in enumerate(chart.bars)]
    side = width - LEGEND + 3 * mm
    shapes = [
        f"q 1 0 0 1 0 {-HIGH:.2f} cm 0 J",  # y upwards from the foot of the picture
        *_axis(width),
        *(_bar(bar, middle, step) for bar, middle in placed if bar.value is not None),
        *(_target(bar, middle, step) for bar, middle in placed if bar.target is not None),
        _rectangle(side, HIGH - 11 * mm, 6 * mm, 4 * mm),
        _goal(side, side + 6 * mm, HIGH - 17 * mm),
        "Q",
    ]
    texts = [*_axis_texts(), *_legend(chart, side)]
    texts += [words for bar, middle in placed for words in _bar_texts(bar, middle, step)]
    return Slab(HIGH, [text for text in texts if text.text], drawing="\n".join(shapes))


def _axis(width: float) -> Iterator[str]:
    for tick in TICKS:
        y, right = BASE + tick * SCALE, width - LEGEND
        pen = f"{HAIR} w {PALE} G" if tick else "0.75 w 0 G"
        yield f"{pen} {LEFT:.2f} {y:.2f} m {right:.2f} {y:.2f} l S 0 G"


def _axis_texts() -> Iterator[Words]:
    for tick in TICKS:
        yield _ending_at(LEFT - 1.5 * mm, BASE + tick * SCALE - 3, str(tick), SERIF, 9)
    yield _ending_at(LEFT - 1.5 * mm, HIGH - 3 * mm, "%", SERIF, 9)


def _bar(bar: Bar, middle: float, step: float) -> str:
    wide = min(BAR, step * 0.8)
    return _rectangle(middle - wide / 2, BASE, wide, (bar.value or 0) * SCALE)


def _rectangle(x: float, y: float, wide: float, tall: float) -> str:
    return f"{GREY} g 0.75 w {x:.2f} {y:.2f} {wide:.2f} {tall:.2f} re B 0 g"


def _target(bar: Bar, middle: float, step: float) -> str:
    """The line, and a white patch so that a higher bar does not run through the number."""
    start, end, y = middle - step * 0.42, middle + step * 0.42, BASE + (bar.target or 0) * SCALE
    room = unit_width(bar.target_text, BOLD) * 9 + 1
    patch = f"1 g {end - room:.2f} {y + TARGET_LINE:.2f} {room:.2f} {3 * mm:.2f} re f 0 g"
    return f"{_goal(start, end, y)}\n{patch}"


def _goal(start: float, end: float, y: float) -> str:
    corners = ((start, y + RHOMBUS), (start + RHOMBUS, y), (start, y - RHOMBUS))
    rhombus = " ".join(f"{x:.2f} {up:.2f} l" for x, up in corners)
    line = f"{TARGET_LINE} w {start:.2f} {y:.2f} m {end:.2f} {y:.2f} l S"
    return f"{line} {start - RHOMBUS:.2f} {y:.2f} m {rhombus} h f"


def _bar_texts(bar: Bar, middle: float, step: float) -> Iterator[Words]:
    yield _centred(middle, BASE + 2 * mm, bar.value_text, BOLD, 10)
    yield _centred(middle, BASE + 6.5 * mm, bar.detail, SERIF, 9)
    yield _centred(middle, BASE - 5 * mm, bar.label, SERIF, 10)
    if bar.target is not None:
        y = BASE + bar.target * SCALE + 1.2 * mm
        yield _ending_at(middle + step * 0.42, y, bar.target_text, BOLD, 9)


def _legend(chart: Chart, x: float) -> Iterator[Words]:
    yield _words(x + 8 * mm, HIGH - 10.2 * mm, chart.fact, SERIF, 9)
    yield _words(x + 8 * mm, HIGH - 18 * mm, chart.goal, SERIF, 9)
    for line, text in enumerate(chart.remark.split("\n")):
        yield _words(x, HIGH - 26 * mm - 4 * mm * line, text, SERIF, 9)


def _words(x: float, y: float, text: str, font: str, size: float) -> Words:
    return Words(font, size, x, HIGH - y, text)


def _centred(x: float, y: float, text: str, font: str, size: float) -> Words:
    return _words(x - unit_width(text, font) * size / 2, y, text, font, size)


def _ending_at(x: float, y: float, text: str, font: str, size: float) -> Words:
    return _words(x - unit_width(text, font) * size, y, text, font, size)
