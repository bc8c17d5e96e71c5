"""«Списком»: the season's plan as a table, complete for the keyboard and a screen reader."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QItemSelection, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QShowEvent

from demoexam.services.season.season import Season
from demoexam.ui.schedule.keys import (
    ARROWS,
    B_OF_RUSSIAN_LAYOUT,
    C_OF_RUSSIAN_LAYOUT,
    D_OF_RUSSIAN_LAYOUT,
    P_OF_RUSSIAN_LAYOUT,
    S_OF_RUSSIAN_LAYOUT,
    W_OF_RUSSIAN_LAYOUT,
    WEEK,
)
from demoexam.ui.schedule.plan_source import PlanSource, PlanTable
from demoexam.ui.table_view import TableView

DAY = timedelta(days=1)


class PlanList(TableView):
    """Del, P, F4, Alt and arrows do here what they do on the board."""

    taken_off = Signal()
    pinned = Signal()
    carried = Signal(int, int)  # so many workshops down, so many days on
    copy_wanted = Signal()
    shift_wanted = Signal()
    week_wanted = Signal()
    picked = Signal()  # others are chosen now
    menu_wanted = Signal(object)

    def __init__(self) -> None:
        self._season: Season | None = None  # not yet shown
        self.source = PlanSource()
        self.table = PlanTable(self.source)
        super().__init__(self.table, "Расписание списком", 38)
        self.table.setParent(self)

    def show_season(self, season: Season) -> None:
        """Its lines are made once the list is seen: the board does not wait for them."""
        self._season = season
        if self.isVisible():
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill()

    def _fill(self) -> None:
        season, self._season = self._season, None
        if season is not None:
            with self.keeping():
                self.source.show(season)
                self.table.reload()
            self._tell_nothing()

    def show_found(self, found: frozenset[str] | None, typed: str) -> None:
        """Leave out all but these; the words typed are marked."""
        if (found, typed) != (self.source.wanted, self.table.filter_text):
            self.source.wanted = found
            with self.keeping():
                self.table.set_filter(typed)
            self._tell_nothing()

    def choose(self, idents: Sequence[str]) -> None:
        """Select these; the cursor goes to the first of them unless it is among them."""
        here = self.current_id()
        number = self.table.find(here if here in idents else "".join(idents[:1]))
        if number >= 0:
            self._choose(number, idents)

    def choose_days(self, before: int, after: int) -> None:
        """All exams from so many days before the cursor's day to so many after it."""
        day = self.day()
        if day is not None:
            self.choose(self.source.between(day - before * DAY, day + after * DAY))

    def choose_day(self) -> None:
        self.choose_days(0, 0)

    def choose_week(self) -> None:
        if (day := self.day()) is not None:
            self.choose_days(day.weekday(), 6 - day.weekday())

    def day(self) -> date | None:
        """Of the exam under the cursor."""
        row = self.currentIndex().row()
        chip = self.source.chip(self.table.keys([row])[0]) if row >= 0 else None
        return chip.starts_at.date() if chip is not None and chip.starts_at else None

    def menu_place(self) -> QPoint:
        corner = self.visualRect(self.currentIndex()).bottomLeft()
        return self.viewport().mapToGlobal(corner)

    def event(self, event: QEvent) -> bool:
        """Alt and an arrow move exams here: the window's way back must wait."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            if alt and event.key() in ARROWS:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, key = event.modifiers(), event.key()
        if key in ARROWS and keys & Qt.KeyboardModifier.AltModifier:
            down, right = ARROWS[key]
            week = bool(keys & Qt.KeyboardModifier.ShiftModifier)
            self.carried.emit(down, right * (WEEK if week else 1))
        elif not keys and (run := self._plain().get(key)) is not None:
            run()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self.menu_wanted.emit(self.menu_place() if by_key else event.globalPos())

    def selectionChanged(self, now: QItemSelection, before: QItemSelection) -> None:
        super().selectionChanged(now, before)
        self.picked.emit()

    def _plain(self) -> Mapping[int, Callable[[], object]]:
        """What keys without others do; letters are found in both layouts."""
        return {
            Qt.Key.Key_Delete: self.taken_off.emit,
            Qt.Key.Key_F2: lambda: self.menu_wanted.emit(self.menu_place()),
            Qt.Key.Key_Menu: lambda: self.menu_wanted.emit(self.menu_place()),
            Qt.Key.Key_P: self.pinned.emit,
            P_OF_RUSSIAN_LAYOUT: self.pinned.emit,
            Qt.Key.Key_C: self.copy_wanted.emit,
            C_OF_RUSSIAN_LAYOUT: self.copy_wanted.emit,
            Qt.Key.Key_S: self.shift_wanted.emit,
            S_OF_RUSSIAN_LAYOUT: self.shift_wanted.emit,
            Qt.Key.Key_B: self.week_wanted.emit,
            B_OF_RUSSIAN_LAYOUT: self.week_wanted.emit,
            Qt.Key.Key_D: self.choose_day,
            D_OF_RUSSIAN_LAYOUT: self.choose_day,
            Qt.Key.Key_W: self.choose_week,
            W_OF_RUSSIAN_LAYOUT: self.choose_week,
        }

    def _tell_nothing(self) -> None:
        shown, total = self.table.rowCount(), self.source.total()
        nothing = "Ничего не найдено. Esc сбросит отбор." if total else "Экзаменов в этом году нет."
        self.show_nothing("" if shown else nothing)
