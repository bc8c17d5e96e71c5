"""Charts drawn with QPainter; each carries its numbers as an accessible name."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from demoexam.text import percent
from demoexam.ui import icons, theme
from demoexam.ui.painted import (
    CENTER,
    LEFT,
    PLAIN,
    RIGHT,
    STRONG,
    Painted,
    draw_bar,
    draw_text,
    draw_tick,
)


class YearShare(NamedTuple):
    """One year: the share between 0 and 1 (None: no data) against a target in per cent."""

    year: int
    share: Fraction | None
    target: int
    running: bool = False


class Bar(NamedTuple):
    """One bar of a list: its name, the share (None: no data) and a remark such as 26 / 32."""

    name: str
    share: Fraction | None
    remark: str = ""


class MonthLoad(NamedTuple):
    """Sittings of a month: those held and those still planned."""

    name: str
    done: int
    planned: int
    current: bool = False


class Gauge(Painted):
    """The share of the year as a bar with the target's tick; the gap is hatched."""

    TOP, THICK = 22, 14

    def __init__(self) -> None:
        super().__init__()
        self._share: Fraction | None = None
        self._target = 0
        self.setFixedHeight(60)

    def show_share(self, share: Fraction | None, target: int) -> None:
        self._share, self._target = share, target
        self.setAccessibleName(f"Доля {percent(share)}, цель {target} %")
        self.update()

    def draw(self, painter: QPainter) -> None:
        wide, value = float(self.width()), _hundred(self._share)
        goal = wide * self._target / 100
        met = value >= self._target
        draw_bar(painter, QRectF(0, self.TOP, wide, self.THICK), "track", 7)
        if value:
            filled = QRectF(0, self.TOP, max(wide * value / 100, self.THICK), self.THICK)
            draw_bar(painter, filled, "ok" if met else "accent", 7)
        if not met:
            self._hatch(painter, wide * value / 100, goal)
        draw_tick(painter, goal, self.TOP - 4, self.THICK + 8)
        words, at = f"цель {self._target} %", min(max(goal - 70, 0), wide - 140)
        draw_text(
            painter, QRectF(at, 0, 140, 18), words, "text", size=12, align=CENTER, weight=STRONG
        )
        for mark in (0, 25, 50, 75, 100):
            at = min(max(wide * mark / 100 - 20, 0), wide - 40)
            side = {0: LEFT, 100: RIGHT}.get(mark, CENTER)
            draw_text(painter, QRectF(at, 42, 40, 16), str(mark), "faint", size=11, align=side)

    def _hatch(self, painter: QPainter, start: float, end: float) -> None:
        painter.save()
        painter.setClipRect(QRectF(start, self.TOP, end - start, self.THICK))
        painter.setPen(QPen(theme.color("accent"), 1.2))
        x = start - 20
        while x < end:
            painter.drawLine(QPointF(x, self.TOP + 16), QPointF(x + 18, self.TOP - 2))
            x += 7
        painter.restore()


class Years(Painted):
    """A line a year: the bar, the figure, and in words how it stands to the target."""

    ROW = 30

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[YearShare] = ()

    def show_years(self, rows: Sequence[YearShare]) -> None:
        self._rows = rows
        self.setFixedHeight(self.ROW * len(rows))
        said = (f"{one.year}: {percent(one.share)} при цели {one.target} %" for one in rows)
        self.setAccessibleName("Доля по годам: " + "; ".join(said))
        self.update()

    def draw(self, painter: QPainter) -> None:
        for number, year in enumerate(self._rows):
            self._row(painter, number * self.ROW, year)

    def _row(self, painter: QPainter, y: float, year: YearShare) -> None:
        wide, value = float(self.width()), _hundred(year.share)
        length, left = wide - 268, 48.0
        met = year.share is not None and value >= year.target
        weight = STRONG if year.running else PLAIN
        draw_text(
            painter,
            QRectF(0, y, 44, 28),
            str(year.year),
            "text",
            size=13,
            align=LEFT,
            weight=weight,
        )
        draw_bar(painter, QRectF(left, y + 10, length, 8), "track", 4)
        if value:
            bar = QRectF(left, y + 10, length * value / 100, 8)
            draw_bar(painter, bar, "ok" if met else "accent", 4)
        draw_tick(painter, left + length * year.target / 100, y + 6, 16)
        figure = QRectF(wide - 212, y, 76, 28)
        draw_text(painter, figure, percent(year.share), "text", size=13, align=RIGHT, weight=STRONG)
        sign, tone = _verdict(year, met)
        painter.drawPixmap(QPointF(wide - 126, y + 6), icons.pixmap(sign, tone, 16))
        word = "идёт, " if year.running and not met else ""
        note = QRectF(wide - 104, y, 104, 28)
        draw_text(painter, note, f"{word}цель {year.target} %", "muted", size=12, align=LEFT)


class HBars(Painted):
    """Shares by name against one target: a bar each, the target a dashed line across."""

    ROW = 27

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._rows: Sequence[Bar] = ()
        self._target = 0

    def show_bars(self, rows: Sequence[Bar], target: int) -> None:
        self._rows, self._target = rows, target
        self.setFixedHeight(self.ROW * len(rows) + 20)
        said = "; ".join(f"{bar.name} {percent(bar.share)}" for bar in rows)
        self.setAccessibleName(f"{self._name}: {said}")
        self.update()

    def draw(self, painter: QPainter) -> None:
        metrics = QFontMetrics(theme.font(13))
        names = max((metrics.horizontalAdvance(bar.name) for bar in self._rows), default=0)
        left = min(names, self.width() * 2 // 5) + 14.0
        length = self.width() - left - 134
        for number, bar in enumerate(self._rows):
            name = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, int(left - 10))
            self._row(painter, QRectF(left, number * self.ROW, length, 25), bar, name)
        bottom = self.ROW * len(self._rows)
        goal = left + length * self._target / 100
        painter.setPen(QPen(theme.color("text"), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(goal, 0), QPointF(goal, bottom))
        words = QRectF(goal - 60, bottom, 120, 18)
        draw_text(
            painter, words, f"цель {self._target} %", "muted", size=11, align=CENTER, weight=STRONG
        )

    def _row(self, painter: QPainter, box: QRectF, bar: Bar, name: str) -> None:
        value, y = _hundred(bar.share), box.y()
        met = bar.share is not None and value >= self._target
        draw_text(painter, QRectF(0, y, box.x() - 10, 25), name, "text", size=13, align=LEFT)
        draw_bar(painter, QRectF(box.x(), y + 6, box.width(), 14), "track", 4)
        if value:
            filled = QRectF(box.x(), y + 6, box.width() * value / 100, 14)
            draw_bar(painter, filled, "ok" if met else "accent", 4)
        right = box.right()
        figure = percent(bar.share) if bar.share is not None else "—"
        colour = "ok_text" if met else "text"
        draw_text(
            painter,
            QRectF(right + 6, y, 58, 25),
            figure,
            colour,
            size=13,
            align=RIGHT,
            weight=STRONG,
        )
        draw_text(painter, QRectF(right + 66, y, 68, 25), bar.remark, "faint", size=12, align=RIGHT)


class Columns(Painted):
    """Sittings by month: held at the bottom, planned above."""

    TOP, BOTTOM, LEFT, WIDEST = 20, 24, 28, 56.0

    def __init__(self) -> None:
        super().__init__()
        self._months: Sequence[MonthLoad] = ()
        self.setMinimumHeight(150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_months(self, months: Sequence[MonthLoad]) -> None:
        self._months = months
        said = "; ".join(f"{one.name} {one.done + one.planned}" for one in months)
        self.setAccessibleName(f"Экзамены по месяцам: {said}")
        self.update()

    def draw(self, painter: QPainter) -> None:
        most = max((one.done + one.planned for one in self._months), default=0)
        step = _round_step(most)
        top = max(step * -(-most // step), step)
        floor, height = self.height() - self.BOTTOM, self.height() - self.TOP - self.BOTTOM
        for mark in range(0, top + 1, step):
            y = floor - height * mark / top
            theme.block(painter, QRectF(self.LEFT, y, self.width() - self.LEFT, 1), "line")
            draw_text(
                painter,
                QRectF(0, y - 8, self.LEFT - 6, 16),
                str(mark),
                "faint",
                size=11,
                align=RIGHT,
            )
        wide = (self.width() - self.LEFT) / max(len(self._months), 1)
        for number, month in enumerate(self._months):
            slot = QRectF(self.LEFT + number * wide, floor, wide, self.BOTTOM)
            self._column(painter, slot, month, height / top)

    def _column(self, painter: QPainter, slot: QRectF, month: MonthLoad, unit: float) -> None:
        total, floor = month.done + month.planned, slot.y()
        wide = min(slot.width() * 0.56, self.WIDEST)
        left = slot.center().x() - wide / 2
        if total:
            whole = QRectF(left, floor - total * unit, wide, total * unit)
            draw_bar(painter, whole, "bar" if month.planned else "accent", 4)
            above = QRectF(left - 20, whole.y() - 17, wide + 40, 16)
            draw_text(painter, above, str(total), "text", size=11, align=CENTER, weight=STRONG)
        if month.done and month.planned:
            held = QRectF(left, floor - month.done * unit, wide, month.done * unit)
            theme.block(painter, held, "accent")
        name = QRectF(slot.x(), floor + 4, slot.width(), 18)
        colour, weight = ("accent_text", STRONG) if month.current else ("muted", PLAIN)
        draw_text(painter, name, month.name, colour, size=12, align=CENTER, weight=weight)


def _hundred(share: Fraction | None) -> float:
    return 0.0 if share is None else float(share * 100)


def _verdict(year: YearShare, met: bool) -> tuple[str, str]:
    if year.share is None:
        return "minus", "faint"
    if met:
        return "circle-check", "ok"
    return ("clock", "accent") if year.running else ("triangle-alert", "warn")


def _round_step(most: int) -> int:
    """The distance of the grid lines: at most five of them, on round numbers."""
    for step in (1, 2, 5, 10, 20, 50, 100, 200, 500):
        if most <= step * 5:
            return step
    return int(10 ** len(str(most))) // 5
