"""A person's places of work on the axis of a year, his exams as dots, today as a dashed line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen

from demoexam.text import MONTHS_SHORT, counted, day_month, short_date
from demoexam.ui import theme
from demoexam.ui.painted import Painted

BAR, GAP, TOP, FOOT = 24, 4, 20, 36
CENTER = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Span:
    """A bar: a place of work in the tone of its side; None is an open end."""

    name: str
    tone: str
    start: date | None
    end: date | None


@dataclass(frozen=True)
class Dot:
    """An exam in the tone of the side on its day."""

    day: date
    tone: str


class YearAxis(Painted):
    """Its accessible name says in words what is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self._year, self._today = 0, date.min
        self._spans: Sequence[Sequence[Span]] = ()
        self._dots: Sequence[Dot] = ()
        self.setMinimumWidth(260)

    def show_year(self, year: int, spans: Sequence[Span], dots: Sequence[Dot], today: date) -> None:
        self._year, self._today, self._dots = year, today, dots
        first, last = date(year, 1, 1), date(year, 12, 31)
        inside = [
            span for span in spans if (span.start or first) <= last and (span.end or last) >= first
        ]
        self._spans = _lanes(inside, first, last)
        self.setFixedHeight(TOP + len(self._spans) * (BAR + GAP) + FOOT)
        said = ", ".join(f"{span.name} {_term(span)}" for span in inside) or "мест работы нет"
        exams = counted(len(dots), "экзамен", "экзамена", "экзаменов")
        days = ", ".join(day_month(dot.day) for dot in dots)
        self.setAccessibleName(f"Места работы в {year} году: {said}. {exams}: {days}".strip(": "))
        self.update()

    def draw(self, painter: QPainter) -> None:
        self._months(painter)
        for lane, spans in enumerate(self._spans):
            for span in spans:
                self._bar(painter, lane, span)
        self._exams(painter)
        if self._today.year == self._year:
            self._now(painter)

    def _at(self, day: date) -> float:
        first = date(self._year, 1, 1)
        whole = (date(self._year + 1, 1, 1) - first).days
        return (day - first).days / whole * self.width()

    def _months(self, painter: QPainter) -> None:
        step, floor = self.width() / 12, self.height() - 14
        for number, name in enumerate(MONTHS_SHORT):
            now = self._today.year == self._year and self._today.month == number + 1
            painter.setFont(theme.font(11, QFont.Weight.DemiBold if now else QFont.Weight.Normal))
            painter.setPen(theme.color("accent_text" if now else "faint"))
            painter.drawText(QRectF(number * step, 0, step, 16), CENTER, name)
            painter.fillRect(QRectF(number * step, 18, 1, floor - 18), theme.color("line"))

    def _bar(self, painter: QPainter, lane: int, span: Span) -> None:
        left = self._at(max(span.start or date.min, date(self._year, 1, 1)))
        end = min(span.end or date.max, date(self._year, 12, 31)) + timedelta(days=1)
        box = QRectF(left, TOP + lane * (BAR + GAP), max(self._at(end) - left - 2, 6), BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(f"{span.tone}_bg"))
        painter.drawRoundedRect(box, 4, 4)
        painter.fillRect(QRectF(box.x(), box.y(), 4, BAR), theme.color(span.tone))
        face = theme.font(12, QFont.Weight.DemiBold)
        words = span.name
        if span.end is not None and span.end.year == self._year:
            words += f" · до {day_month(span.end)}"
        fitted = QFontMetrics(face).elidedText(
            words, Qt.TextElideMode.ElideRight, int(box.width()) - 16
        )
        painter.setFont(face)
        painter.setPen(theme.color(f"{span.tone}_text"))
        painter.drawText(box.adjusted(12, 0, -4, 0), LEFT, fitted)

    def _exams(self, painter: QPainter) -> None:
        middle = TOP + len(self._spans) * (BAR + GAP) + 9
        painter.setFont(theme.font(11))
        painter.setPen(theme.color("faint"))
        if not self._dots:
            text = "экзаменов нет"
            painter.drawText(QRectF(6, middle - 9, self.width(), 18), LEFT, text)
        for dot in self._dots:
            painter.setPen(QPen(theme.color("card"), 2))
            painter.setBrush(theme.color(dot.tone))
            painter.drawEllipse(QPointF(self._at(dot.day), middle), 6, 6)

    def _now(self, painter: QPainter) -> None:
        here, floor = self._at(self._today), self.height() - 15
        painter.setPen(QPen(theme.color("bad"), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(here, 18), QPointF(here, floor))
        painter.setFont(theme.font(11))
        painter.setPen(theme.color("bad_text"))
        left = min(max(here - 70, 0), self.width() - 140)
        words = f"сегодня, {day_month(self._today)}"
        painter.drawText(QRectF(left, floor, 140, 15), CENTER, words)


def _lanes(spans: Sequence[Span], first: date, last: date) -> list[list[Span]]:
    """Bars that overlap in time lie one below another."""
    lanes: list[list[Span]] = []
    for span in sorted(spans, key=lambda each: each.start or first):
        start = span.start or first
        free = (lane for lane in lanes if (lane[-1].end or last) < start)
        lane = next(free, None)
        if lane is None:
            lanes.append([span])
        else:
            lane.append(span)
    return lanes


def _term(span: Span) -> str:
    start = f"с {short_date(span.start)}" if span.start else ""
    end = f"по {short_date(span.end)}" if span.end else ""
    return " ".join(filter(None, (start, end)))
