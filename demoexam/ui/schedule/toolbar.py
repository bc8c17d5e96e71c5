"""The row of controls over the board: the period, the scale, a filter, doubts, more."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from demoexam.text import MONTHS, counted, day_month, long_date
from demoexam.ui import icons, theme
from demoexam.ui.list_page import FilterEdit
from demoexam.ui.schedule.geometry import Scale
from demoexam.ui.schedule.plan_button import PlanButton
from demoexam.ui.widgets import Button, ElidedLabel, Segments, restyle, row

SCALES = ((Scale.DAY, "День"), (Scale.WEEKS, "2 недели"), (Scale.SEASON, "Сезон"))
BRIEF = 1060  # narrower than this there is no room for words about the plan


class Extra(NamedTuple):
    """A line of the menu «Ещё»."""

    text: str
    run: Callable[[], object]
    icon: str = ""


class Toolbar(QWidget):
    """Tells what is wanted; the page does it."""

    stepped = Signal(int)  # back or forth by what is in sight
    today = Signal()
    scaled = Signal(object)
    filtered = Signal(str)
    doubts = Signal()
    listed = Signal(bool)
    inspected = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._plan: PlanButton | None = None
        self.back = Button("", "chevron-left", "icon", name="Раньше (Ctrl+PageUp)")
        self.forth = Button("", "chevron-right", "icon", name="Позже (Ctrl+PageDown)")
        self.now = Button("Сегодня")
        self.now.setToolTip("Ctrl+T")
        self.period = ElidedLabel("", "title")
        self.scale = Segments(SCALES, "Масштаб")
        self.scale.show_value(Scale.WEEKS)
        self.filter = FilterEdit("Группа, эксперт, мастерская")
        self.findings = Button("", "triangle-alert", color="bad")
        self.listing = Button("", "list", "icon", name="Списком (Ctrl+L)")
        self.card = Button("", "info", "icon", name="Карточка экзамена справа (Alt+Enter)")
        self.more = Button("", "ellipsis", "icon", name="Ещё")
        self._assemble()
        self._connect()

    def show_period(self, first: date, last: date) -> None:
        self.period.show_text(period_words(first, last))

    def show_findings(self, number: int) -> None:
        """How many exams contradict something; hidden when none does."""
        self.findings.setVisible(bool(number))
        self.findings.setText(f" {number}")
        words = f"{counted(number, 'экзамен', 'экзамена', 'экзаменов')} с противоречиями"
        self.findings.setToolTip(f"{words}: показать следующий (F8)")
        self.findings.setAccessibleName(words)

    def show_plan(self, button: PlanButton) -> None:
        """The button of the plan's approval, in front of the filter."""
        self._plan = button
        self._layout.insertWidget(self._layout.indexOf(self.filter), button)
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """On a narrow window the plan's button is its sign alone."""
        if self._plan is not None:
            self._plan.set_brief(self.width() < theme.px(BRIEF))

    def show_extras(self, extras: Sequence[Extra]) -> None:
        """What stands in the menu «Ещё»."""
        menu = QMenu(self)
        for text, run, icon in extras:
            action = menu.addAction(icons.icon(icon), text) if icon else menu.addAction(text)
            action.triggered.connect(lambda _on=False, run=run: run())
        self._menu = menu

    def _show_more(self) -> None:
        self._menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _assemble(self) -> None:
        for toggle in (self.listing, self.card):
            toggle.setCheckable(True)
        self.card.setChecked(True)
        self.period.setMinimumWidth(150)
        self.filter.setMinimumWidth(150)
        self.filter.setMaximumWidth(220)
        self.findings.hide()
        layout = self._layout = row(
            self.back, self.forth, self.now, self.period, self.scale, self.filter,
            self.findings, self.listing, self.card, self.more, spacing=8,
        )  # fmt: skip
        layout.setStretch(3, 2)
        layout.setStretch(5, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.forth.clicked.connect(lambda: self.stepped.emit(1))
        self.now.clicked.connect(self.today)
        self.more.clicked.connect(self._show_more)
        self.scale.chosen.connect(self.scaled)
        self.filter.textChanged.connect(self.filtered)
        self.findings.clicked.connect(self.doubts)
        self.listing.toggled.connect(self.listed)
        self.listing.toggled.connect(lambda on: restyle(self.listing, active=str(on).lower()))
        self.card.toggled.connect(self.inspected)


def period_words(first: date, last: date) -> str:
    """«25 мая — 1 июня 2026», «1–14 июня 2026»."""
    if first == last:
        return long_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {MONTHS[last.month - 1]} {last.year}"
    year = f" {first.year}" if first.year != last.year else ""
    return f"{day_month(first)}{year} — {day_month(last)} {last.year}"
