"""The season as one painted widget: scrolls, shows, chooses, and lets exams be dragged."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollBar, QToolTip

from demoexam.rules.placing import Move
from demoexam.services.season import Chip, Season
from demoexam.ui import theme
from demoexam.ui.schedule.drag import Judging, opinion, why_fixed
from demoexam.ui.schedule.geometry import MORNING, Board, Metrics, Scale, Spot, lay_out
from demoexam.ui.schedule.keys import Keys
from demoexam.ui.schedule.mouse import Mouse
from demoexam.ui.schedule.painting import BoardPainter, View, bounds
from demoexam.ui.schedule.selection import Selection
from demoexam.ui.schedule.telling import tip
from demoexam.ui.tokens import Tone

TRACK, LEAST = 29, 50
ACROSS = {Scale.DAY: (14, 56), Scale.WEEKS: (14, 64), Scale.SEASON: (42, 34)}
TOLD_MS = 6_000


class Timeline(QAbstractScrollArea):
    """Asks its judge, never the store; what the user wants done goes out by signals."""

    pointed = Signal()  # others are chosen now
    opened = Signal(str)
    moved = Signal(list)  # Move values
    taken_off = Signal(list)  # ids of exams that go back to the strip
    pinned = Signal()
    menu_wanted = Signal(QPoint)  # where, on the screen
    scrolled = Signal()
    told = Signal(str)  # why something was not done

    def __init__(self) -> None:
        super().__init__()
        self.selection, self.painter = Selection(), BoardPainter()
        self.season: Season | None = None
        self.board: Board | None = None
        self.judge: Judging | None = None
        self.scale, self.day, self.today = Scale.WEEKS, date.today(), date.today()
        self.partners: frozenset[str] = frozenset()
        self.found: frozenset[str] | None = None
        self.strip_at: Callable[[QPoint], bool] = _nowhere  # is the strip at this place?
        self.bubble: tuple[QPointF, str, str] | None = None
        self.keys, self.mouse = Keys(self), Mouse(self)
        self._calm = QTimer(self, singleShot=True, interval=TOLD_MS)
        self._calm.timeout.connect(self.hush)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(self.focusPolicy().StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Расписание: мастерские по дням. Тот же план таблицей: «Списком»")
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self.scrolled)
        theme.follow(self)

    # -- what is shown ----------------------------------------------------------------------

    def show_season(self, season: Season) -> None:
        """Show other data; the chosen exams stay chosen, the place in sight stays."""
        self.season = season
        self.relay()
        if self.board is not None:
            self.selection.keep(self.board.chips)

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

    def show_exam(self, ident: str) -> None:
        """Choose an exam and bring it into sight."""
        chip = self.chip(ident)
        if chip is None or self.board is None:
            return
        if self.scale is Scale.DAY and chip.starts_at and chip.starts_at.date() != self.day:
            self.show_day(chip.starts_at.date())
        self.selection.choose(ident)
        self.selection.spot = self.board.spot_of(ident) or self.selection.spot
        self.reveal()
        self.changed()

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

    def choose_day(self) -> None:
        """All exams of the cursor's day."""
        if self.board is not None:
            day = self.board.day_at(self.selection.spot.column)
            self.selection.choose_between(self.board, day, day)
            self.changed()

    def choose_week(self) -> None:
        """All exams of the cursor's week."""
        if self.board is not None:
            day = self.board.day_at(self.selection.spot.column)
            monday = day - timedelta(days=day.weekday())
            self.selection.choose_between(self.board, monday, monday + timedelta(days=6))
            self.changed()

    def show_found(self, found: frozenset[str] | None) -> None:
        """Pale all exams but these; None pales none."""
        self.found = found
        self.viewport().update()

    def changed(self) -> None:
        """Others are chosen, or the cursor stands elsewhere."""
        self.hush()
        self.viewport().update()
        self.pointed.emit()

    def reveal(self) -> None:
        """Scroll until the cell of the cursor is in sight."""
        if self.board is None or not self.board.lanes:
            return
        spot, board = self.selection.spot, self.board
        box = bounds(board.pieces.get(self.selection.current, ()))
        if box.isEmpty():
            top, wide = board.tops[spot.lane], board.metrics.column
            box = QRectF(spot.column * wide, top, wide, board.tops[spot.lane + 1] - top)
        room = self.viewport().size()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        _show(across, int(box.left()), int(box.right()), room.width() - self.painter.side)
        _show(down, int(box.top()), int(box.bottom()), room.height() - self.painter.head)

    # -- what is done -----------------------------------------------------------------------

    def propose(self, moves: Sequence[Move]) -> None:
        """Ask for these moves, unless a rule forbids them: then its sentence stands at the chip."""
        if not moves or self.board is None:
            return
        told = opinion(self.board, self.judge, moves)
        if told.forbidden:
            self.tell(told.words, told.tone)
            return
        self.show_moved(moves)
        self.moved.emit(list(moves))

    def show_moved(self, moves: Sequence[Move]) -> None:
        """Draw the exams at their new places before the store has them."""
        if self.season is None:
            return
        wanted = {move.id: move for move in moves}
        chips = [_moved(chip, wanted.pop(chip.id, None)) for chip in self.season.chips]
        waiting = [chip for chip in self.season.unplaced if chip.id not in wanted]
        self.season = replace(self.season, chips=chips, unplaced=waiting)
        self.relay()
        self.reveal()

    def refuse_fixed(self, chips: Sequence[Chip]) -> bool:
        """Tell why some of these do not move."""
        if why := why_fixed(chips):
            self.tell(why, Tone.WARN)
        return bool(why)

    def tell(self, words: str, tone: str = Tone.BAD) -> None:
        """A sentence at the current chip, for a while; the screen reader gets it too."""
        self.bubble = self._beside_current(), tone, words
        self.setAccessibleDescription(words)
        self._calm.start()
        self.viewport().update()
        self.told.emit(words)

    def hush(self) -> None:
        if self.bubble is not None:
            self.bubble = None
            self.viewport().update()

    # -- Qt ---------------------------------------------------------------------------------

    def retint(self) -> None:
        self.relay()
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.board is None:
            return
        painter = QPainter(self.viewport())
        self.painter.paint(painter, self.board, self.view(), self.devicePixelRatioF())
        painter.end()

    def view(self) -> View:
        return View(
            size=self.viewport().size(),
            x=self.horizontalScrollBar().value(),
            y=self.verticalScrollBar().value(),
            today=self.today,
            days_off=self.days_off(),
            selection=self.selection,
            focused=self.hasFocus(),
            ghost=self.mouse.ghost,
            rubber=self.mouse.rubber,
            partners=self.partners,
            found=self.found,
            bubble=self.mouse.bubble() or self.bubble,
        )

    def days_off(self) -> Mapping[date, str]:
        return self.season.days_off if self.season else {}

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.board is not None and self._metrics() != self.board.metrics:
            self.relay()
        else:
            self._fit_bars()

    def event(self, event: QEvent) -> bool:
        """Keys of the board come before shortcuts of the window such as Alt+Left."""
        asks = event.type() == QEvent.Type.ShortcutOverride
        if asks and isinstance(event, QKeyEvent) and self.keys.knows(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keys.press(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.mouse.move(event.position(), event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.mouse.release(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        if self.selection.current:
            self.opened.emit(self.selection.current)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self.menu_wanted.emit(self.menu_place() if by_key else event.globalPos())

    def menu_place(self) -> QPoint:
        return self.viewport().mapToGlobal(self._beside_current().toPoint())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = tip(self, event.pos()) if self.board is not None else ""
            QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        return super().viewportEvent(event)

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

    def _beside_current(self) -> QPointF:
        """The lower left corner of the current chip, or of the cursor's cell, in the viewport."""
        if self.board is None or not self.board.lanes:
            return QPointF(self.painter.side, self.painter.head)
        box = bounds(self.board.pieces.get(self.selection.current, ()))
        if box.isEmpty():
            spot: Spot = self.selection.spot
            box = QRectF(
                spot.column * self.board.metrics.column, self.board.tops[spot.lane], 20, 20
            )
        corner = box.bottomLeft() - QPointF(
            self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        )
        return corner + QPointF(self.painter.side, self.painter.head)


def _moved(chip: Chip, move: Move | None) -> Chip:
    """The chip at its new place; the days that hang on it come with the next reading."""
    if move is None:
        return chip
    by = move.starts_at - chip.starts_at if chip.starts_at else timedelta()
    ends_at = chip.ends_at + by if chip.ends_at else None
    same = chip.starts_at is not None and chip.starts_at.date() == move.starts_at.date()
    second = chip.second_day if same else None
    if second is None and chip.second_day:
        second = move.starts_at.date() + timedelta(days=1)
    return replace(
        chip,
        workshop_id=move.workshop_id,
        starts_at=move.starts_at,
        ends_at=ends_at,
        second_day=second,
        preparation_day=chip.preparation_day if same else None,
    )


def _show(bar: QScrollBar, start: int, end: int, room: int) -> None:
    """Scroll as little as shows a stretch; its start matters more than its end."""
    here = bar.value()
    if end > here + room:
        here = end - room
    bar.setValue(min(here, start))


def _nowhere(_place: QPoint) -> bool:
    return False
