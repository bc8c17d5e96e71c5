"""A booking in the inspector of the board: what it is, and its form."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from demoexam.rules.terms import PURPOSE_NAMES
from demoexam.services.bookings.facts import hours_words
from demoexam.services.bookings.week import Week, load_week
from demoexam.services.season.season import Mark
from demoexam.text import long_date
from demoexam.ui.schedule.geometry import Board, Kind
from demoexam.ui.schedule.selection import Selection
from demoexam.ui.widgets import Button, clear, column, label
from demoexam.ui.workspace import Workspace

if TYPE_CHECKING:
    from demoexam.ui.schedule.inspector import ScheduleInspector
    from demoexam.ui.schedule.timeline import Timeline


class BookingPart(QWidget):
    """The booking under the cursor; its form and its workshop's week are a button away."""

    opened = Signal()
    week_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines = QGridLayout()
        self._lines.setColumnStretch(1, 1)
        self._lines.setHorizontalSpacing(12)
        self.open = Button("Открыть бронь  Enter", "pencil")
        self.week = Button("Неделя мастерской  B", "calendar-range")
        self.setLayout(column(self._lines, self.open, self.week, spacing=8))
        self.open.clicked.connect(lambda _on: self.opened.emit())
        self.week.clicked.connect(lambda _on: self.week_wanted.emit())
        self.hide()

    def show_mark(self, mark: Mark, board: Board) -> str:
        """Tell of a booking; returns its title."""
        lane = board.lane_of(mark.workshop_id)
        clear(self._lines)
        lines = (
            ("День", long_date(mark.starts_at.date())),
            ("Часы", hours_words((mark.starts_at, mark.ends_at))),
            ("Мастерская", board.lanes[lane].name if lane >= 0 else ""),
            ("Проводит", mark.organizer),
        )
        for number, (name, value) in enumerate(line for line in lines if line[1]):
            self._lines.addWidget(label(name, "muted"), number, 0)
            self._lines.addWidget(label(value, "strong", wrap=True), number, 1)
        name = PURPOSE_NAMES[mark.purpose]
        return f"{name[:1].upper()}{name[1:]}"


class Bookings(QObject):
    """The booking in the board's cell under the cursor: shown beside the board, and its form."""

    def __init__(
        self, workspace: Workspace, timeline: "Timeline", inspector: "ScheduleInspector"
    ) -> None:
        super().__init__(inspector)
        self._workspace, self._timeline, self._inspector = workspace, timeline, inspector
        timeline.booking_opened.connect(self.open)
        inspector.booking.opened.connect(self.open)
        inspector.booking.week_wanted.connect(timeline.week_wanted)

    def show(self) -> bool:
        """In place of an exam; False when there is no booking."""
        board, mark = self._timeline.board, self._mark()
        if board is not None and mark is not None:
            self._inspector.show_mark(mark, board)
        return mark is not None

    def open(self) -> None:
        """The form, as the week of its workshop opens it."""
        if (mark := self._mark()) is not None:
            query = partial(load_week, workshop_id=mark.workshop_id, day=mark.starts_at.date())
            self._workspace.load(query, partial(self._open, mark.id), slot="schedule booking")

    def _open(self, ident: str, week: Week) -> None:
        from demoexam.ui.bookings.actions import BookingActions

        actions = BookingActions(self._workspace, self._inspector)
        actions.week = week
        actions.told.connect(self._tell)
        actions.open(ident)

    def _tell(self, words: str, _ways: object) -> None:
        if words:
            self._inspector.tell(words)

    def _mark(self) -> Mark | None:
        timeline = self._timeline
        return mark_under(timeline.board, timeline.selection, timeline.mouse.marked)


def mark_under(board: Board | None, chosen: Selection, clicked: str) -> Mark | None:
    """The booking in the cursor's cell while no exam is chosen; of several the clicked one."""
    if board is None or chosen.chosen:
        return None
    here = [one.ident for one in board.cells.get(chosen.spot, ()) if one.kind is Kind.MARK]
    found = clicked if clicked in here else next(iter(here), "")
    return board.marks.get(found)
