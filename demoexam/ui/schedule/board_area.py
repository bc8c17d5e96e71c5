"""A board in a window: its season, scale, scroll bars, and what of it is in sight."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from PySide6.QtCore import QRectF
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollBar

from demoexam.services.season.season import Chip, Season
from demoexam.ui import theme
from demoexam.ui.schedule.geometry import MORNING, Board, Metrics, Scale, Spot, lay_out
from demoexam.ui.schedule.painting import BoardPainter, bounds
from demoexam.ui.schedule.selection import Selection

TRACK, LEAST = 29, 50
MARGIN = 12  # between what is brought into sight and the edge
ACROSS = {Scale.DAY: (14, 40), Scale.WEEKS: (14, 64), Scale.SEASON: (42, 38)}


class BoardArea(QAbstractScrollArea):
    """Lays the season out for its width; keeps the place in sight and the choice."""

    def __init__(self) -> None:
        super().__init__()
        self.selection, self.painter = Selection(), BoardPainter()
        self.season: Season | None = None
        self.board: Board | None = None
        self.scale, self.day, self.today = Scale.WEEKS, date.today(), date.today()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(self.focusPolicy().StrongFocus)
        self.viewport().setMouseTracking(True)

    def show_season(self, season: Season) -> None:
        """Show other data; the chosen exams stay chosen, the place in sight stays.

        A chosen exam that stands elsewhere now is followed: by a way out, an undo, a colleague.
        """
        before = self._place()
        self.season = season
        self.relay()
        if self.board is not None:
            self.selection.keep({*self.board.chips, *(chip.id for chip in season.unplaced)})
        here = self._place()
        if here is not None and here != before:
            if self.scale is Scale.DAY:
                self.show_day(here[1].date())
            self.reveal()

    def show_colours(self, season: Season) -> None:
        """The same exams at the same places, judged: nothing is laid out anew."""
        self.season = season
        if self.board is not None:
            self.board.chips = {chip.id: chip for chip in season.chips}
            self.viewport().update()

    def show_scale(self, scale: Scale, day: date | None = None) -> None:
        here = day or self.first_in_sight()
        self.scale, self.day = scale, here
        self.relay()
        self.show_day(here)
        self._stand_on(here)

    def show_day(self, day: date) -> None:
        """Bring a day to the left edge, or show its hours."""
        if self.scale is Scale.DAY:
            self.day = day
            self.relay()
        elif self.board is not None:
            days = (day - self.board.first).days
            self.horizontalScrollBar().setValue(days * self.board.metrics.column)

    def go_to_day(self, day: date) -> None:
        """Show a day and put the cursor on it."""
        self.show_day(day)
        self._stand_on(day)
        self.viewport().update()

    def _stand_on(self, day: date) -> None:
        """Keep the cursor's workshop; an exam that is chosen keeps the cursor."""
        if self.board is not None and not self.board.spot_of(self.selection.current):
            column = self.board.column_of(datetime.combine(day, MORNING))
            self.selection.spot = Spot(self.selection.spot.lane, column)

    def first_in_sight(self) -> date:
        if self.scale is Scale.DAY or self.board is None:
            return self.day
        middle = self.horizontalScrollBar().value() + self.board.metrics.column // 2
        return self.board.day_at(min(middle // self.board.metrics.column, self.board.columns - 1))

    def last_in_sight(self) -> date:
        if self.scale is Scale.DAY or self.board is None:
            return self.day
        room = self.viewport().width() - self.painter.side
        return self.first_in_sight() + timedelta(days=max(room // self.board.metrics.column - 1, 0))

    def relay(self) -> None:
        """Lay the season out anew for the present scale and width."""
        if self.season is None:
            return
        day = self.first_in_sight()
        self.board = lay_out(self.season, self.scale, self._metrics(), self.day)
        self._fit_bars()
        if self.scale is not Scale.DAY:
            self.show_day(day)
        if spot := self.board.spot_of(self.selection.current):
            self.selection.spot = spot
        self.viewport().update()

    def chip(self, ident: str) -> Chip | None:
        """An exam of the board or of the strip."""
        if self.board is not None and ident in self.board.chips:
            return self.board.chips[ident]
        waiting = self.season.unplaced if self.season else ()
        return next((one for one in waiting if one.id == ident), None)

    def chosen(self) -> list[Chip]:
        """The chosen exams, the current one first."""
        current, chosen = self.selection.current, self.selection.chosen
        found = [self.chip(one) for one in sorted(chosen, key=lambda one: (one != current, one))]
        return [one for one in found if one is not None]

    def _place(self) -> tuple[str | None, datetime] | None:
        """Where the current exam is, if it has a day."""
        chip = self.chip(self.selection.current)
        if chip is None or chip.starts_at is None:
            return None
        return chip.workshop_id, chip.starts_at

    def reveal(self) -> None:
        """Scroll until the cell of the cursor is in sight."""
        if self.board is None or not self.board.lanes:
            return
        spot, board = self.selection.spot, self.board
        top, wide = board.tops[spot.lane], board.metrics.column
        box = QRectF(spot.column * wide, top, wide, board.tops[spot.lane + 1] - top)
        box = box.united(bounds(board.pieces.get(self.selection.current, ())))
        box.adjust(-MARGIN, 0, MARGIN, MARGIN)
        room = self.viewport().size()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        _show(across, int(box.left()), int(box.right()), room.width() - self.painter.side)
        _show(down, int(box.top()), int(box.bottom()), room.height() - self.painter.head)

    def days_off(self) -> Mapping[date, str]:
        return self.season.days_off if self.season else {}

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.board is not None and self._metrics() != self.board.metrics:
            self.relay()
        else:
            self._fit_bars()

    def _metrics(self) -> Metrics:
        """The columns fill the window, unless they would become too narrow."""
        shown, least = ACROSS[self.scale]
        room = self.viewport().width() - self.painter.side
        wide = max(room // shown, theme.px(least))
        return Metrics(wide, theme.px(TRACK), theme.px(LEAST))

    def _fit_bars(self) -> None:
        if self.board is None:
            return
        across, down, size = self.horizontalScrollBar(), self.verticalScrollBar(), self.viewport()
        wide, high = size.width() - self.painter.side, size.height() - self.painter.head
        across.setRange(0, max(0, self.board.width - wide))
        across.setPageStep(wide)
        across.setSingleStep(self.board.metrics.column)
        down.setRange(0, max(0, self.board.height - high))
        down.setPageStep(high)
        down.setSingleStep(self.board.metrics.track)


def _show(bar: QScrollBar, start: int, end: int, room: int) -> None:
    """Scroll as little as shows a stretch; its start matters more than its end."""
    here = bar.value()
    if end > here + room:
        here = end - room
    bar.setValue(min(here, start))
