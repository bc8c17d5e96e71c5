"""The week of a workshop, painted: a cursor over quarters of hours, blocks that can be dragged."""

from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from demoexam.rules.plan import Slot
from demoexam.rules.terms import BookingPurpose
from demoexam.services.bookings.facts import Standing, hours_words
from demoexam.services.bookings.week import Week
from demoexam.text import WEEKDAYS_SHORT, counted, day_month
from demoexam.ui import theme
from demoexam.ui.bookings import week_paint as paint
from demoexam.ui.bookings.week_geometry import (
    STEP,
    WHOLE_DAY,
    Grid,
    Piece,
    minutes_of,
    pieces,
    snapped,
    span_of,
)

HEAD, LEFT, HOUR = 48, 54, 44
EDGE = 10  # above the first hour and below the last one
HALF = 30  # minutes that the cursor moves by
NEW = 60  # minutes of a booking made without a drag
MOVES = {
    Qt.Key.Key_Left: timedelta(days=-1),
    Qt.Key.Key_Right: timedelta(days=1),
    Qt.Key.Key_Up: timedelta(minutes=-STEP),
    Qt.Key.Key_Down: timedelta(minutes=STEP),
}
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}


class WeekView(QAbstractScrollArea):
    """Arrows move the cursor, Ins creates, Enter opens, Alt+arrows move, Del deletes."""

    created = Signal(object)  # a Slot that was drawn, or the hour under the cursor
    opened = Signal(str)  # id of a booking or of an exam
    moved = Signal(str, object)  # id of a booking and the slot asked for
    deleted = Signal(str)
    turned = Signal(int)  # to another week
    pointed = Signal(str)  # what is under the cursor, "" for nothing

    def __init__(self) -> None:
        super().__init__()
        self.week: Week | None = None
        self._pieces: list[Piece] = []
        self._day, self._minute = 0, 9 * 60
        self._chosen = ""
        self._press: QPointF | None = None
        self._held: Piece | None = None  # the block that is dragged
        self._ghost: Slot | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(240)
        self.setAccessibleName("Неделя мастерской")

    def show_week(self, week: Week) -> None:
        """Another week, or the same as it is now; the cursor stays."""
        self.week, self._pieces = week, pieces(week)
        self._day = min(self._day, len(week.days) - 1)
        self._press = self._held = self._ghost = None
        if self._chosen and week.find(self._chosen) is None:
            self._chosen = ""
        self._fit()
        self._tell()

    def point_at(self, ident: str) -> None:
        """Put the cursor on a thing of this week."""
        piece = next((one for one in self._pieces if one.standing.id == ident), None)
        if piece is not None:
            self._day, self._minute = piece.day, piece.begin
            self._choose(ident)

    def point_at_day(self, day: date) -> None:
        if self.week is not None and day in self.week.days:
            self._day = list(self.week.days).index(day)
            self._choose_under()

    def chosen(self) -> Standing | None:
        return self.week.find(self._chosen) if self.week and self._chosen else None

    def cursor_slot(self) -> Slot:
        """The hour under the cursor."""
        start = self._grid().moment(self._day, min(self._minute, WHOLE_DAY - NEW))
        return start, start + timedelta(minutes=NEW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if self.week is None:
            super().keyPressEvent(event)
        elif alt and key in MOVES:
            self._move_by(MOVES[key])
        elif key == Qt.Key.Key_Escape and self._press is not None:
            self._press = self._held = self._ghost = None
            self.viewport().update()
        elif key in MOVES:
            self._step(key)
        elif not self._act(key):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self.week is None:
            return
        at = self._inside(event.position())
        self._press, self._held = at, self._piece_at(at)
        self._day, minute = self._grid().at(at)
        self._minute = minute // HALF * HALF
        self._choose(self._held.standing.id if self._held else "")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            return
        at = self._inside(event.position())
        far = (at - self._press).manhattanLength() >= QApplication.startDragDistance()
        if far and self._held is not None and not movable(self._held.standing):
            self._press, held = None, self._held.standing
            self.moved.emit(held.id, held.slot)  # whoever hears it tells why it cannot
        elif self._ghost is not None or far:
            self._ghost = self._dragged(at)
            self.viewport().update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        ghost, held = self._ghost, self._held
        self._press = self._held = self._ghost = None
        self.viewport().update()
        if ghost is None:
            return
        if held is None:
            self.created.emit(ghost)
        elif ghost != held.standing.slot:
            self.moved.emit(held.standing.id, ghost)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self._act(Qt.Key.Key_Return)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.week is None:
            return
        painter, grid, today = QPainter(self.viewport()), self._grid(), date.today()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, self._top())
        paint.draw_grid(painter, self.week, grid, today)
        away = {one.booking.id for one in self.week.displaced}
        for piece in self._pieces:
            chosen = piece.standing.id == self._chosen
            displaced = piece.standing.id in away
            paint.draw_piece(painter, grid, piece, chosen=chosen, displaced=displaced)
        if self._ghost is not None:
            self._paint_ghost(painter, grid, self._ghost)
        elif self.hasFocus() and not self._chosen:
            box = QRectF(grid.column(self._day))
            box.setTop(grid.y(self._minute))
            box.setBottom(grid.y(self._minute + HALF))
            paint.draw_ghost(painter, box.adjusted(2, 0, -2, 0), "")
        painter.resetTransform()
        paint.draw_heads(painter, self.week, grid, HEAD, today)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _paint_ghost(self, painter: QPainter, grid: Grid, ghost: Slot) -> None:
        holder = self._held.standing if self._held else _nothing(ghost)
        piece = grid.piece_of(ghost, holder)
        if piece is not None:
            paint.draw_ghost(painter, grid.box(piece), hours_words(ghost))

    def _act(self, key: Qt.Key) -> bool:
        if key in ENTER and self._chosen:
            self.opened.emit(self._chosen)
        elif key in ENTER or key == Qt.Key.Key_Insert:
            self.created.emit(self.cursor_slot())
        elif key == Qt.Key.Key_Delete and self._chosen:
            self.deleted.emit(self._chosen)
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.turned.emit(1 if key == Qt.Key.Key_PageDown else -1)
        else:
            return False
        return True

    def _step(self, key: Qt.Key) -> None:
        """Half an hour or a day further; over a block in one step, past the week to the next."""
        here = next((one for one in self._pieces if one.standing.id == self._chosen), None)
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._day += 1 if key == Qt.Key.Key_Right else -1
            if not 0 <= self._day < len(self._grid().days):
                ahead = self._day > 0
                self._day = 0 if ahead else self._day + len(self._grid().days)
                self.turned.emit(1 if ahead else -1)
                return
        elif key == Qt.Key.Key_Down:
            self._minute = here.end if here else self._minute + HALF
        else:
            self._minute = (here.begin if here else self._minute) - HALF
        grid = self._grid()
        self._minute = min(max(self._minute, grid.first), grid.last - HALF)
        self._choose_under()

    def _choose_under(self) -> None:
        under = (
            one
            for one in self._pieces
            if one.day == self._day and one.begin < self._minute + HALF and one.end > self._minute
        )
        found = next(under, None)
        self._choose(found.standing.id if found else "")

    def _choose(self, ident: str) -> None:
        self._chosen = ident
        self._tell()
        top, bar = self._grid().y(self._minute), self.verticalScrollBar()
        high = self.viewport().height() - HEAD
        if top < bar.value() or top + HOUR > bar.value() + high:
            bar.setValue(int(top - high / 3))
        self.viewport().update()
        self.pointed.emit(ident)

    def _move_by(self, by: timedelta) -> None:
        one = self.chosen()
        if one is not None:
            self.moved.emit(one.id, (one.starts_at + by, one.ends_at + by))

    def _dragged(self, at: QPointF) -> Slot | None:
        grid = self._grid()
        day, minute = grid.at(at)
        if self._held is None and self._press is not None:
            start_day, start = grid.at(self._press)
            begin, end = sorted((start // STEP * STEP, snapped(minute)))
            return grid.moment(start_day, begin), grid.moment(start_day, max(end, begin + STEP))
        if self._held is None or self._press is None:
            return None
        old = self._held.standing.slot
        _, grabbed = grid.at(self._press)
        begin = snapped(self._held.begin + minute - grabbed)
        begin = min(max(begin, 0), WHOLE_DAY - min(minutes_of(old), WHOLE_DAY))
        moment = grid.moment(day, begin)
        return moment, moment + (old[1] - old[0])

    def _inside(self, at: QPointF) -> QPointF:
        """A point of the viewport as the grid counts: from the first hour, scrolled or not."""
        return at - QPointF(0, self._top())

    def _top(self) -> int:
        return HEAD + EDGE - self.verticalScrollBar().value()

    def _piece_at(self, at: QPointF) -> Piece | None:
        grid = self._grid()
        return next((one for one in self._pieces if grid.box(one).contains(at)), None)

    def _grid(self) -> Grid:
        days = self.week.days if self.week else [date.today()]
        first, last = span_of(self.week) if self.week else (0, WHOLE_DAY)
        left, wide = theme.px(LEFT), self.viewport().width()
        across = max((wide - left - 2) / len(days), 20)
        room = self.viewport().height() - HEAD - 2 * EDGE
        hour = max(theme.px(HOUR), room / ((last - first) / 60))
        return Grid(days, first, last, left, across, hour)

    def _fit(self) -> None:
        high = int(self._grid().height) + 2 * EDGE + HEAD
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(theme.px(HOUR) // 2)
        bar.setRange(0, max(high - self.viewport().height(), 0))
        self.viewport().update()

    def _tell(self) -> None:
        """What a screen reader says: the thing or the hour under the cursor."""
        if self.week is None:
            return
        day = self.week.days[self._day]
        where = f"{WEEKDAYS_SHORT[day.weekday()]} {day_month(day)}"
        one = self.chosen()
        what = one.words if one else f"{self._minute // 60}:{self._minute % 60:02}, свободно"
        number = counted(len(self.week.standing), "запись", "записи", "записей")
        self.setAccessibleDescription(f"{where}: {what}. За неделю {number}.")


def movable(one: Standing) -> bool:
    """Not what belongs to an exam: its time is set with the exam."""
    return one.purpose is not BookingPurpose.EXAM


def _nothing(slot: Slot) -> Standing:
    return Standing("", "", *slot, BookingPurpose.LESSONS, "")
