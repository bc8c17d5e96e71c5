"""The frame of «Расписание»: toolbar, board or list, inspector; it knows no store."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from demoexam.rules.terms import Level
from demoexam.services.season.season import Chip, Judged, Season, Told, coloured
from demoexam.ui.cards import EmptyState
from demoexam.ui.page import PAGE_MARGINS
from demoexam.ui.schedule import shortcuts
from demoexam.ui.schedule.bars import Bars
from demoexam.ui.schedule.board_panel import BoardPanel
from demoexam.ui.schedule.first_day import best_day
from demoexam.ui.schedule.geometry import Scale
from demoexam.ui.schedule.inspector import ScheduleInspector
from demoexam.ui.schedule.inspector_booking import Bookings
from demoexam.ui.schedule.plan_list import PlanList
from demoexam.ui.schedule.search import Search
from demoexam.ui.schedule.toolbar import Toolbar
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import fill
from demoexam.ui.workspace import Workspace

SETTLE_MS = 120  # the inspector waits until the arrows rest
DAY = timedelta(days=1)


class SeasonDesk(QWidget):
    """Board and list show the same season and keep the same exam chosen."""

    place_wanted = Signal()

    def __init__(self, workspace: Workspace, empty: EmptyState) -> None:
        super().__init__()
        self.tools, self.panel, self.list = Toolbar(), BoardPanel(), PlanList()
        self.timeline = self.panel.timeline
        self.inspector, self.bars = ScheduleInspector(workspace), Bars()
        self.search = Search(self.tools.filter, self)
        self._empty = empty
        self._year = 0
        self._told: Mapping[str, Told] = {}
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._inspect)
        self.bookings = Bookings(workspace, self.timeline, self.inspector)
        self._assemble()
        self._connect()

    # -- what is shown ----------------------------------------------------------------------

    def show_season(self, season: Season) -> None:
        """Show other data; the choice and the place in sight stay, but for another year's.

        Until the rules have spoken again, what they said before holds.
        """
        season = coloured(season, self._told)
        fresh, self._year = season.first.year != self._year, season.first.year
        self.panel.show_season(season)
        self.list.show_season(season)
        if fresh:
            self.timeline.go_to_day(best_day(season, date.today()))
        self._stack.setCurrentWidget(self._body if season.lanes else self._empty)
        self.tools.setVisible(bool(season.lanes))
        self.tools.show_findings(len(self.doubtful()))
        self.search.show_season(season, self.timeline.judge)
        self.show_period()
        self._settle.start()

    def show_judged(self, answer: Judged) -> None:
        """Colour what is shown by what the rules say of it."""
        self.timeline.judge = self.inspector.judge = answer.judge
        self._told = answer.told
        if self.timeline.season is not None:
            season = coloured(self.timeline.season, self._told)
            self.panel.show_colours(season)
            self.list.show_season(season)
            self.search.show_season(season, answer.judge)
            self.tools.show_findings(len(self.doubtful()))
        self._settle.start()

    def show_exam(self, ident: str) -> None:
        self.timeline.show_exam(ident)
        self.list.point_at(ident)

    def show_list(self, on: bool) -> None:
        """The table instead of the board, or back; the exam under the cursor stays."""
        if on:
            self._views.setCurrentWidget(self._frame)
            self.list.point_at(self.timeline.selection.current)
        else:
            here = self.list.current_id()
            self._views.setCurrentWidget(self.panel)
            if here:
                self.timeline.show_exam(here)
        for one in (self.tools.back, self.tools.forth, self.tools.now, self.tools.scale):
            one.setEnabled(not on)
        self._settle.start()
        self.take_focus()

    def step_found(self, steps: int) -> None:
        """To the next exam found by the filter, or the one before."""
        listed = self.list.current_id() if self.listed else self.timeline.selection.current
        self.search.step(steps, listed)

    def show_period(self) -> None:
        if self.timeline.board is not None:
            self.tools.show_period(self.timeline.first_in_sight(), self.timeline.last_in_sight())

    def show_scale(self, scale: object) -> None:
        """Another scale around the chosen exam, or around the cursor's day."""
        timeline, chips = self.timeline, self.timeline.chosen()
        day = timeline.first_in_sight()
        if chips and chips[0].starts_at is not None:
            day = chips[0].starts_at.date()
        elif timeline.scale is not Scale.DAY and timeline.board is not None:
            day = timeline.board.day_at(timeline.selection.spot.column)
        self.tools.scale.show_value(scale)
        timeline.show_scale(Scale(str(scale)), day if scale == Scale.DAY else None)
        timeline.reveal()
        self.show_period()
        timeline.setFocus()

    # -- what is chosen -----------------------------------------------------------------------

    @property
    def listed(self) -> bool:
        return self._views.currentWidget() is self._frame

    def chosen(self) -> list[Chip]:
        """The exams that an action is about, on the board or in the list."""
        if not self.listed:
            return self.timeline.chosen()
        found = (self.timeline.chip(ident) for ident in self.list.chosen_ids())
        return [chip for chip in found if chip is not None]

    def doubtful(self) -> list[str]:
        """Exams that contradict something, in the order of their days."""
        season = self.timeline.season
        found = sorted(
            (chip.starts_at or datetime.max, chip.id)
            for chip in (season.chips if season else ())
            if chip.level_found is Level.CONTRADICTION
        )
        return [ident for _, ident in found]

    def next_doubt(self) -> None:
        """The next exam that contradicts something, round and round."""
        ids, here = self.doubtful(), self.timeline.selection.current
        if ids:
            self.show_exam(ids[(ids.index(here) + 1) % len(ids)] if here in ids else ids[0])
        else:
            self.timeline.tell("Противоречий в этом году нет.", Tone.OK)

    def choose_scale(self, scale: Scale) -> None:
        """By a key; the list has no scale."""
        if not self.listed:
            self.show_scale(scale)

    def choose_day(self) -> None:
        """All exams of the cursor's day."""
        (self.list if self.listed else self.timeline).choose_day()

    def choose_week(self) -> None:
        (self.list if self.listed else self.timeline).choose_week()

    def day(self) -> date | None:
        """The day under the cursor."""
        if self.listed:
            return self.list.day()
        board = self.timeline.board
        return board.day_at(self.timeline.selection.spot.column) if board is not None else None

    def copy_day(self) -> None:
        """Ask where the cursor's day is to be copied."""
        if (day := self.day()) is not None:
            self.bars.open(self.bars.copying)
            self.bars.copying.begin(day)

    def shift_chosen(self) -> None:
        """Ask how far the chosen exams are to be moved."""
        if self.chosen():
            self.bars.open(self.bars.bulk)
            self.bars.bulk.begin()

    def take_focus(self) -> None:
        (self.list if self.listed else self.timeline).setFocus()

    def switch_side(self) -> None:
        """The keyboard goes from the board to the inspector, and back."""
        here = QApplication.focusWidget()
        if here is not None and self.inspector.isAncestorOf(here):
            self.take_focus()
        else:
            self.tools.card.setChecked(True)
            self.inspector.focus_first()

    # -- the frame --------------------------------------------------------------------------

    def _assemble(self) -> None:
        self._frame = QFrame()
        self._frame.setProperty("look", "card")
        self._frame.setLayout(fill(QVBoxLayout(), self.list, margins=(1, 1, 1, 1)))
        self._views = QStackedWidget()
        self._views.addWidget(self.panel)
        self._views.addWidget(self._frame)
        left = QWidget()
        fill(QVBoxLayout(left), self._views, self.bars, spacing=8).setStretch(0, 1)
        self._body = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._body.setHandleWidth(14)
        self._body.addWidget(left)
        self._body.addWidget(self.inspector)
        self._body.setStretchFactor(0, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._body)
        self._stack.addWidget(self._empty)
        whole = QWidget()
        layout = fill(QVBoxLayout(whole), self.tools, self.search.bar, self._stack, spacing=12)
        layout.setStretch(2, 1)
        self.setLayout(fill(QHBoxLayout(), whole, margins=PAGE_MARGINS))

    def _connect(self) -> None:
        timeline, tools, inspector = self.timeline, self.tools, self.inspector
        self.panel.strip.pointed.connect(self._point_waiting)
        timeline.pointed.connect(self._settle.start)
        timeline.pointed.connect(self._show_bulk)
        self.list.picked.connect(self._pick_listed)
        self.bars.left.connect(self.take_focus)
        timeline.scrolled.connect(self.show_period)
        tools.stepped.connect(self._step)
        tools.today.connect(lambda: timeline.go_to_day(date.today()))
        tools.scaled.connect(self.show_scale)
        self.search.shown.connect(self._show_found)
        self.search.stepped.connect(self.show_exam)
        self.search.closed.connect(self.take_focus)
        tools.filter.returnPressed.connect(self._enter_found)
        tools.doubts.connect(self.next_doubt)
        tools.listed.connect(self.show_list)
        tools.inspected.connect(inspector.setVisible)
        inspector.closed.connect(lambda: tools.card.setChecked(False))
        inspector.partners_shown.connect(self._show_partners)
        inspector.jump_wanted.connect(self._jump)
        shortcuts.bind(self)

    def _inspect(self) -> None:
        if self.listed or not self.bookings.show():
            self.inspector.show_chips(self.chosen())

    def _jump(self, ident: str) -> None:
        """To the exam on the other side of a finding."""
        self.show_exam(ident)
        self.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody needed ends the search."""
        if event.key() == Qt.Key.Key_Escape and self.search.open:
            self.search.close()
        else:
            super().keyPressEvent(event)

    def _show_found(self, found: frozenset[str] | None, typed: str) -> None:
        """Pale on the board what is not found; leave it out of the list."""
        self.timeline.show_found(found)
        self.panel.strip.show_found(found)
        self.list.show_found(found, typed)

    def _enter_found(self) -> None:
        """Enter in the filter: to the first exam found."""
        if order := self.search.order():
            self.show_exam(order[0])
        self.take_focus()

    def _show_bulk(self) -> None:
        self.bars.show_chosen(self.chosen())

    def _show_partners(self, ids: frozenset[str]) -> None:
        self.timeline.partners = ids
        self.timeline.viewport().update()

    def _pick_listed(self) -> None:
        if self.listed:
            self._show_bulk()
            self._settle.start()

    def _point_waiting(self, ident: str) -> None:
        self.timeline.selection.choose(ident)
        self.timeline.changed()

    def _step(self, steps: int) -> None:
        first, last = self.timeline.first_in_sight(), self.timeline.last_in_sight()
        self.timeline.go_to_day(first + steps * (last - first + DAY))
        self.show_period()
