"""The same week as a table: for the keyboard and a screen reader, to copy and to export."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from demoexam.rules.terms import PURPOSE_NAMES
from demoexam.services.bookings.facts import Standing, hours_words
from demoexam.services.bookings.week import Week
from demoexam.text import WEEKDAYS_SHORT, fold, short_date
from demoexam.ui.bookings.week_view import MOVES
from demoexam.ui.bookings.words import LOOKS
from demoexam.ui.query_table import Cell, Column, QueryTable, Row
from demoexam.ui.table_view import TableView
from demoexam.ui.tokens import Tone

COLUMNS = (
    Column("day", "День", 120),
    Column("hours", "Часы", 150),
    Column("purpose", "Цель", 300, stretch=True),
    Column("who", "Кто", 200),
    Column("people", "Участников", 96, right=True, minor=True),
    Column("note", "Примечание", 200, minor=True),
    Column("repeat", "Повтор", 110, minor=True),
)


class WeekSource:
    """Rows of one week; the key of a row is its place in it."""

    columns = COLUMNS

    def __init__(self) -> None:
        self.week: Week | None = None

    def ids(self, filter_text: str, sort: str, descending: bool) -> Sequence[int]:
        standing = self.week.standing if self.week else ()
        wanted = fold(filter_text)
        found = [n for n, one in enumerate(standing) if wanted in fold(one.words)]
        if sort:
            found.sort(key=lambda n: _key(standing[n], sort), reverse=descending)
        return found

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        if self.week is None:
            return {}
        away = {one.booking.id for one in self.week.displaced}
        standing = self.week.standing
        return {n: _row(standing[n], displaced=standing[n].id in away) for n in ids}


class WeekList(TableView):
    """Has the keys of the picture: Ins, Del, Alt+arrows, Page Up and Down."""

    creating = Signal()
    moved = Signal(str, object)
    deleted = Signal(str)
    turned = Signal(int)

    def __init__(self) -> None:
        self.source = WeekSource()
        self.rows = QueryTable(self.source)
        super().__init__(self.rows, "Брони и экзамены недели")
        self.rows.setParent(self)

    def show_week(self, week: Week) -> None:
        with self.keeping():
            self.source.week = week
            self.rows.reload()
        self.show_nothing("" if week.standing else "На этой неделе мастерская свободна.")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, ident = Qt.Key(event.key()), self.current_id()
        one = self.source.week.find(ident) if self.source.week and ident else None
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and key in MOVES and one is not None:
            by = MOVES[key]
            self.moved.emit(ident, (one.starts_at + by, one.ends_at + by))
        elif key == Qt.Key.Key_Delete and one is not None:
            self.deleted.emit(ident)
        elif key == Qt.Key.Key_Insert:
            self.creating.emit()
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.turned.emit(1 if key == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)


def _key(one: Standing, sort: str) -> Any:
    keys = {
        "hours": (one.starts_at.time(), one.ends_at.time()), "purpose": one.purpose.value,
        "who": fold(one.title), "people": one.participants, "note": fold(one.note),
        "repeat": one.series is None,
    }  # fmt: skip
    return keys.get(sort, one.starts_at)


def _row(one: Standing, *, displaced: bool) -> Row:
    look, day = LOOKS[one.purpose], one.starts_at.date()
    name = PURPOSE_NAMES[one.purpose]
    sign = Cell(
        name, tone=Tone.BAD, icon="triangle-alert", tip="Пересекается с экзаменом или другой бронью"
    )
    return Row(
        one.id,
        (
            f"{WEEKDAYS_SHORT[day.weekday()]} {short_date(day)}",
            hours_words(one.slot),
            sign if displaced else Cell(name, icon=look.icon, tip=look.word),
            Cell(one.title, strong=one.is_exam, tip=one.title),
            str(one.participants or ""),
            Cell(one.note, tip=one.note),
            "еженедельно" if one.series else "",
        ),
    )
