"""Обзор as cards, painted from the plain figures of services.overview; knows no store."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from demoexam.text import MONTHS_SHORT, WEEKDAYS_SHORT, clock, counted, day_month, percent, rounded
from demoexam.text import decimal_comma as comma
from demoexam.ui.cards import Action, AttentionLine, Card, FindingStrip, StatLine
from demoexam.ui.charts import Bar, Columns, Gauge, HBars, MonthLoad, Years, YearShare
from demoexam.ui.deadlines_of_week import DeadlinesOfWeek
from demoexam.ui.first_steps import FirstSteps
from demoexam.ui.page import PAGE_MARGINS, scrolled
from demoexam.ui.query_table import Cell, Column, Row
from demoexam.ui.short_table import ShortTable
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, clear, column, fill, label

FORM = 2  # the layout of the figures that this view understands
LINES, BARS = 5, 6
EMPLOYERS = (
    "эксперта от работодателей",
    "экспертов от работодателей",
    "экспертов от работодателей",
)
OTHERS = ("эксперта колледжей", "экспертов колледжей", "экспертов колледжей")
Figures = Mapping[str, Any]

NEXT = (
    Column("day", "Дата", 110),
    Column("group", "Группа", 90),
    Column("workshop", "Мастерская", 190),
    Column("kit", "Комплект", 200, stretch=True),
    Column("students", "Студентов", 90, right=True),
    Column("experts", "Экспертов", 90, right=True),
    Column("state", "Готовность", 130),
)


class OverviewView(QWidget):
    """The cards of Обзор; every way out of them is `going`: a page or a dialog, and a place."""

    going = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.steps: FirstSteps | None = None  # made while some step is still to do
        self.share, self.needs = ShareCard(), NeedsCard()
        self.industries, self.months, self.next = IndustryCard(), MonthsCard(), NextCard()
        self.deadlines = DeadlinesOfWeek()
        self._cards = QWidget()
        grid = QGridLayout(self._cards)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(14)
        places = ((self.share, 0, 0), (self.needs, 0, 1), (self.industries, 2, 0))
        for card, line, side in (*places, (self.months, 2, 1)):
            grid.addWidget(card, line, side)
        grid.addWidget(self.deadlines, 1, 0, 1, 2)
        grid.addWidget(self.next, 3, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        content = QWidget()
        self._stack = fill(QVBoxLayout(content), self._cards, spacing=14, margins=PAGE_MARGINS)
        fill(QHBoxLayout(self), scrolled(content), spacing=0)
        for part in (self.share, self.needs, self.industries, self.next, self.deadlines):
            part.going.connect(self.going)

    def show_figures(self, figures: Figures) -> None:
        counts = figures["counts"]
        if self.steps is None and not FirstSteps.made(counts):
            self.steps = FirstSteps()
            self.steps.going.connect(self.going)
            self._stack.insertWidget(0, self.steps, 0, Qt.AlignmentFlag.AlignTop)
        if self.steps is not None:
            self.steps.show_counts(counts)
        self._cards.setVisible(bool(counts["experts"] or counts["sittings"]))
        self.share.show_figures(figures)
        self.needs.show_needs(figures["needs"])
        self.industries.show_bars(figures["industries"], figures["share"]["target"] or 0)
        self.months.show_months(figures)
        self.next.show_next(figures["next"])
        self.deadlines.show_lines(figures["deadlines"])


def understands(figures: Figures | None) -> bool:
    """Whether saved figures are of the present layout."""
    return figures is not None and figures.get("form") == FORM


class ShareCard(Card):
    """The year's share against its target, what is missing, and the years before."""

    going = Signal(str, object)

    def __init__(self) -> None:
        super().__init__("Эксперты от работодателей", link="Отчёт о доле")
        self.stat, self.gauge, self.missing, self.years = (
            StatLine(), Gauge(), FindingStrip(), Years(),
        )  # fmt: skip
        self.add(self.stat, self.gauge, self.missing, self.years, None)
        self.linked.connect(lambda: self.going.emit("reports", {}))

    def show_figures(self, figures: Figures) -> None:
        now, years = figures["share"], figures["years"]
        value, target = fraction(now), now["target"] or 0
        of = counted(now["experts"], "эксперта", "экспертов", "экспертов")
        before = next((one for one in years if one["year"] == figures["year"] - 1), None)
        words = f"{now['employers']} из {of}" if now["experts"] else "Экзаменов с экспертами нет"
        self.stat.show_stat(percent(value), words, _against(value, before, now["unknown"]))
        self.gauge.show_share(value, target)
        self._show_missing(now, value, target)
        self.years.show_years(
            [
                YearShare(
                    one["year"], fraction(one), one["target"] or 0, one["year"] == figures["year"]
                )
                for one in years
            ]
        )

    def _show_missing(self, now: Figures, value: Fraction | None, target: int) -> None:
        if value is None:
            text = "Доля появится, когда эксперты будут назначены на экзамены."
            self.missing.show_finding(Tone.ACCENT, text)
        elif value * 100 >= target:
            self.missing.show_finding(Tone.OK, f"Цель {target} % достигнута.")
        else:
            swap = f"заменить <b>{now['replace']}</b> {_noun(now['replace'], OTHERS)}"
            more = f"привлечь ещё <b>{now['add']}</b> {_noun(now['add'] or 0, EMPLOYERS)}"
            text = (
                f"До цели: {more}<br>или {swap}" if now["add"] is not None else f"До цели: {swap}"
            )
            ways = [Action("Подобрать", lambda: self.going.emit("experts", {"side": "employer"}))]
            self.missing.show_finding(Tone.ACCENT, text, ways)


class NeedsCard(Card):
    """What needs attention: a line each, one button a line."""

    going = Signal(str, object)

    def __init__(self) -> None:
        super().__init__("Требует внимания")
        self._needs: Sequence[Figures] = ()
        self._all = Button("Показать все", look="link")
        self._all.clicked.connect(self._toggle)
        self.head.addWidget(self._all)
        self._lines = column(spacing=10)
        self.add(self._lines, None)
        self._whole = False

    def show_needs(self, needs: Sequence[Figures]) -> None:
        self._needs = needs
        self.remark.setText(str(len(needs)) if needs else "")
        self._all.setVisible(len(needs) > LINES)
        self._all.setText("Только главное" if self._whole else "Показать все")
        clear(self._lines)
        if not needs:
            self._lines.addWidget(label("Всё в порядке: срочных дел нет.", "soft"))
        for need in needs if self._whole else needs[:LINES]:
            self._lines.addWidget(self._line(need))

    def _line(self, need: Figures) -> AttentionLine:
        page, place = need["page"], dict(need["place"])
        action = Action(need["button"], lambda: self.going.emit(page, place))
        return AttentionLine(need["icon"], need["tone"], need["title"], need["detail"], action)

    def _toggle(self) -> None:
        self._whole = not self._whole
        self.show_needs(self._needs)


class IndustryCard(Card):
    """The share by industry of the employers."""

    going = Signal(str, object)

    def __init__(self) -> None:
        super().__init__("Доля по отраслям", link="По колледжам")
        self.bars = HBars("Доля по отраслям")
        self.none = label(
            "Отрасли появятся у организаций, чьи эксперты назначены.", "soft", wrap=True
        )
        self.add(self.bars, self.none, None)
        self.linked.connect(lambda: self.going.emit("reports", {"by": "college"}))

    def show_bars(self, rows: Sequence[Figures], target: int) -> None:
        self.none.setVisible(not rows)
        self.bars.setVisible(bool(rows))
        ranked = sorted(rows, key=lambda one: fraction(one) or Fraction(0), reverse=True)
        bars = [
            Bar(one["name"], fraction(one), f"{one['employers']} / {one['experts']}")
            for one in ranked[:BARS]
        ]
        self.bars.show_bars(bars, target)


class MonthsCard(Card):
    """Sittings by month, held and planned."""

    def __init__(self) -> None:
        super().__init__("Экзамены по месяцам")
        self.columns = Columns()
        self.head.addWidget(label("■ проведено", "tone-small", tone=Tone.ACCENT))
        self.head.addWidget(label("■ запланировано", "muted"))
        self.add(self.columns)

    def show_months(self, figures: Figures) -> None:
        known = {one["month"]: one for one in figures["months"]}
        months = sorted(known) or list(range(1, 13))
        today = date.fromisoformat(figures["day"])
        self.columns.show_months(
            [
                MonthLoad(
                    MONTHS_SHORT[month - 1],
                    known.get(month, {}).get("done", 0),
                    known.get(month, {}).get("planned", 0),
                    (today.year, today.month) == (figures["year"], month),
                )
                for month in range(months[0], months[-1] + 1)
            ]
        )


class NextCard(Card):
    """The nearest exams; Enter on one opens its card."""

    going = Signal(str, object)

    def __init__(self) -> None:
        super().__init__("Ближайшие экзамены", link="Все экзамены")
        self.table = ShortTable("Ближайшие экзамены", NEXT, "Впереди экзаменов нет.")
        self.add(self.table)
        self.table.opened.connect(lambda ident: self.going.emit("exams", {"id": ident}))
        self.linked.connect(lambda: self.going.emit("exams", {}))

    def show_next(self, sittings: Sequence[Figures]) -> None:
        self.table.show_rows([_next_row(one) for one in sittings])


def fraction(figures: Figures) -> Fraction | None:
    """The share of a row of figures; None is «нет данных»."""
    if not figures["experts"]:
        return None
    return Fraction(figures["employers"], figures["experts"])


def _next_row(one: Figures) -> Row:
    at = datetime.fromisoformat(one["at"])
    day = Cell(f"{day_month(at.date())}, {WEEKDAYS_SHORT[at.weekday()]}", strong=True)
    state = Cell(one["state"].capitalize(), tone=one["tone"], pill=True)
    group = Cell(one["group"], tip=f"Начало в {clock(at)}")
    numbers = (str(one["students"]), str(one["experts"]))
    return Row(one["id"], (day, group, one["workshop"], one["kit"], *numbers, state))


def _against(value: Fraction | None, before: Figures | None, unknown: int) -> str:
    words = []
    last = fraction(before) if before is not None else None
    if value is not None and last is not None:
        change = rounded((value - last) * 100)
        words.append(f"{'+' if change > 0 else ''}{comma(change)} п. п. к прошлому году")
    if unknown:
        words.append(f"без места работы: {unknown}, в долю не вошли")
    return " · ".join(words)


def _noun(number: int, forms: tuple[str, str, str]) -> str:
    return counted(number, *forms).split("\u00a0", 1)[1]
