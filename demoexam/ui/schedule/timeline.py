"""The season as one painted widget: scrolls, shows, chooses, and lets exams be dragged."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QToolTip

from demoexam.rules.moves import MoveJudge
from demoexam.rules.placing import Move
from demoexam.services.season.season import Chip
from demoexam.ui import theme
from demoexam.ui.schedule.board_area import BoardArea
from demoexam.ui.schedule.drag import opinion, why_fixed
from demoexam.ui.schedule.geometry import Kind, Scale, Spot
from demoexam.ui.schedule.keys import Keys
from demoexam.ui.schedule.mouse import Mouse
from demoexam.ui.schedule.painting import bounds
from demoexam.ui.schedule.telling import tip
from demoexam.ui.schedule.view import View
from demoexam.ui.tokens import Tone

TOLD_MS = 6_000


class Timeline(BoardArea):
    """Asks its judge, never the store; what the user wants done goes out by signals."""

    pointed = Signal()  # others are chosen now
    opened = Signal(str)
    moved = Signal(list)  # Move values
    taken_off = Signal(list)  # ids of exams that go back to the strip
    pinned = Signal()
    copy_wanted = Signal()  # of the cursor's day
    shift_wanted = Signal()  # of the chosen exams, by some days
    booking_opened = Signal()  # that of the cursor's cell
    week_wanted = Signal()  # the bookings of the cursor's workshop
    menu_wanted = Signal(QPoint)  # where, on the screen
    scrolled = Signal()
    told = Signal(str)  # why something was not done
    forbidden = Signal(list)  # moves that a rule forbids

    def __init__(self) -> None:
        super().__init__()
        self.judge: MoveJudge | None = None
        self.partners: frozenset[str] = frozenset()
        self.found: frozenset[str] | None = None
        self.strip_at: Callable[[QPoint], bool] = _nowhere  # is the strip at this place?
        self.bubble: tuple[QPointF, str, str] | None = None
        self.keys, self.mouse = Keys(self), Mouse(self)
        self._calm = QTimer(self, singleShot=True, interval=TOLD_MS)
        self._calm.timeout.connect(self.hush)
        self.setAccessibleName("Расписание: мастерские по дням. Тот же план таблицей: «Списком»")
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self.scrolled)
        theme.follow(self)

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

    # -- what is done -----------------------------------------------------------------------

    def propose(self, moves: Sequence[Move], why: str = "") -> None:
        """Ask for these moves, unless a rule forbids them: then its sentence stands at the chip.

        `why` tells what chose the hour.
        """
        if not moves or self.board is None:
            return
        told = opinion(self.board, self.judge, moves)
        if told.forbidden:
            self.tell(told.words, told.tone)
            self.forbidden.emit(list(moves))
            return
        self.show_moved(moves)
        self.moved.emit(list(moves))
        if why:
            self.tell(why, Tone.ACCENT)

    def show_moved(self, moves: Sequence[Move]) -> None:
        """Draw the exams at their new places before the store has them."""
        if self.season is None:
            return
        wanted = {move.id: move for move in moves}
        known = (*self.season.chips, *(one for one in self.season.unplaced if one.id in wanted))
        chips = [_moved(chip, wanted.get(chip.id)) for chip in known]
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

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """An exam opens its card, a booking the week of its workshop."""
        piece = self.mouse.piece_at(event.position())
        if piece is not None and piece.kind is Kind.MARK:
            self.week_wanted.emit()
        elif self.selection.current:
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


def _nowhere(_place: QPoint) -> bool:
    return False
