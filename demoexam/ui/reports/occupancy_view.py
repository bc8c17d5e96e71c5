"""The report «Загрузка мастерских»: hours by purpose of each workshop over a year or a month."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from demoexam.rules.terms import PURPOSE_NAMES, BookingPurpose
from demoexam.services.bookings.occupancy import Occupancy, in_all, occupancy, period
from demoexam.text import fold, percent
from demoexam.ui.carrier import Carrier
from demoexam.ui.fields import ChoiceField
from demoexam.ui.query_table import Cell, Column, QueryTable, Row
from demoexam.ui.reports.hours import hours_of
from demoexam.ui.table_view import TableView
from demoexam.ui.widgets import Button, fill, label, row
from demoexam.ui.workspace import Workspace

MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
SHORT = {
    BookingPurpose.EXAM: "ДЭ",
    BookingPurpose.LESSONS: "Занятия",
    BookingPurpose.SHORT_COURSE: "Программы",
    BookingPurpose.PROJECT: "Проекты",
    BookingPurpose.CAREER_GUIDANCE: "Профориент.",
    BookingPurpose.SHARED_USE: "Сетевое",
    BookingPurpose.BROADCAST: "Трансляции",
    BookingPurpose.CLOSED: "Закрыта",
}
COLUMNS = (
    Column("name", "Мастерская", 180, stretch=True),
    Column("college", "Колледж", 170, minor=True),
    *(Column(one.value, SHORT[one], 102, right=True) for one in BookingPurpose),
    Column("used", "Занято, ч", 84, right=True),
    Column("open", "Открыта, ч", 88, right=True),
    Column("share", "Загрузка", 82, right=True),
)
TOTAL = -1
HOW = (
    "Как посчитано: экзамены и брони, минута считается один раз, у экзамена преимущество. "
    "Загрузка — доля рабочих часов мастерской без тех, когда она закрыта; часы, которые в "
    "карточке не указаны, — с 8:00 до 20:00 в рабочие дни."
)


class OccupancySource:
    """A row for each workshop and, below them, one for all."""

    columns = COLUMNS

    def __init__(self) -> None:
        self.found: Sequence[Occupancy] = ()

    def ids(self, filter_text: str, sort: str, descending: bool) -> Sequence[int]:
        wanted = fold(filter_text)
        found = [n for n, one in enumerate(self.found) if wanted in fold(one.name)]
        if sort:
            found.sort(key=lambda n: _key(self.found[n], sort), reverse=descending)
        return [*found, TOTAL] if len(found) > 1 else found

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        return {n: _row(in_all(list(self.found)) if n == TOTAL else self.found[n]) for n in ids}


class OccupancyView(QWidget):
    """Year and month above, the table below; Enter opens the week of a workshop."""

    workshop_asked = Signal(str)
    counted = Signal(str)  # the period, in words

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.source = OccupancySource()
        self.table = QueryTable(self.source, self)
        self.view = TableView(self.table, "Загрузка мастерских, часов по целям")
        self.view.opened.connect(self.workshop_asked)
        self.carrier = Carrier(
            workspace, self.view, "Загрузка мастерских", narrowed=self.period_words
        )
        self.month = ChoiceField([(None, "весь год"), *enumerate(MONTHS, start=1)])
        self.month.setAccessibleName("Период")
        self.month.written.connect(self._recount)
        exporter = Button("Выгрузить…", "download")
        exporter.setToolTip("Книга Excel или CSV (Ctrl+E)")
        exporter.clicked.connect(self.carrier.export)
        panel = QFrame()
        panel.setProperty("look", "card")
        panel.setLayout(fill(QVBoxLayout(), self.view, spacing=0, margins=(1, 1, 1, 1)))
        layout = fill(QVBoxLayout(self), spacing=10)
        layout.addLayout(row(label("Период"), self.month, None, exporter))
        layout.addWidget(panel, 1)
        layout.addWidget(label(HOW, "muted", wrap=True))

    def recount(self) -> None:
        """Read the hours anew, for the window's year and the month chosen."""
        first, last = period(self._workspace.year, self.month.value())
        self._workspace.load(
            partial(occupancy, first=first, last=last), self._show, slot="occupancy"
        )

    def period_words(self) -> str:
        """«июнь 2026», «2026 год»."""
        month, year = self.month.value(), self._workspace.year
        return f"{MONTHS[month - 1]} {year}" if month else f"{year} год"

    def _recount(self, _month: object) -> None:
        self.recount()

    def _show(self, rows: Sequence[Occupancy]) -> None:
        with self.view.keeping():
            self.source.found = rows
            self.table.reload()
        self.view.show_nothing("" if rows else "Мастерских ещё нет: добавьте их в справочнике.")
        self.counted.emit(self.period_words())


def _key(one: Occupancy, sort: str) -> Any:
    if sort in {"name", "college"}:
        return fold(one.name if sort == "name" else one.college)
    if sort == "share":
        return one.share or 0
    minutes = {"used": one.used, "open": one.open_minutes}
    return minutes[sort] if sort in minutes else one.minutes.get(BookingPurpose(sort), 0)


def _row(one: Occupancy) -> Row:
    strong = not one.workshop_id
    hours = [one.minutes.get(purpose, 0) for purpose in BookingPurpose]
    texts = [hours_of(count) if count else "" for count in hours]
    tips = [PURPOSE_NAMES[purpose] for purpose in BookingPurpose]
    return Row(
        one.workshop_id,
        (
            Cell(one.name, strong=strong, tip=one.name),
            Cell(one.college, tip=one.college),
            *(Cell(text, strong=strong, tip=tip) for text, tip in zip(texts, tips, strict=True)),
            Cell(hours_of(one.used), strong=True),
            hours_of(one.open_minutes),
            Cell(percent(one.share), strong=True),
        ),
    )
