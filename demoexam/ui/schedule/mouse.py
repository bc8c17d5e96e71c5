"""The mouse on the board: choosing, the rubber band, dragging with a ghost."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QScrollBar

from demoexam.services.season.season import Chip
from demoexam.ui.schedule.drag import Drag, movable
from demoexam.ui.schedule.geometry import GAP, Kind, Piece, Scale, Spot
from demoexam.ui.schedule.view import Ghost
from demoexam.ui.tokens import Tone

if TYPE_CHECKING:
    from demoexam.ui.schedule.timeline import Timeline

EDGE, TICK_MS, STEP = 40, 30, 18
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Mouse:
    """Follows the button from press to release; Esc gives up what was begun."""

    def __init__(self, timeline: "Timeline") -> None:
        self._view = timeline
        self._pressed: QPointF | None = None
        self._grip = QPointF()
        self._held: Chip | None = None
        self._drag: Drag | None = None
        self._before: set[str] = set()
        self._global = QPoint()
        self._minute: int | None = None
        self.marked = ""  # the booking that was clicked last
        self.ghost: Ghost | None = None
        self.rubber: QRectF | None = None
        self._tick = QTimer(timeline, interval=TICK_MS)
        self._tick.timeout.connect(self._on_tick)

    @property
    def dragging(self) -> bool:
        return self.ghost is not None

    def bubble(self) -> tuple[QPointF, str, str] | None:
        """The sentence at the cursor."""
        if self.ghost is None or not self.ghost.reason:
            return None
        return self.ghost.cursor, self.ghost.tone, self.ghost.reason

    def press(self, event: QMouseEvent) -> None:
        board, chosen = self._view.board, self._view.selection
        if board is None or event.button() not in {
            Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton,
        }:  # fmt: skip
            return
        at = event.position()
        x, y = self.on_board(at)
        inside = at.x() >= self._view.painter.side and at.y() >= self._view.painter.head
        piece = self.piece_at(at)
        if spot := (board.spot_at(x, y) if inside else None):
            chosen.spot = spot
        ident = piece.ident if piece is not None and piece.kind is not Kind.MARK else ""
        self.marked = piece.ident if piece is not None and not ident else ""
        self._choose(ident, event)
        if event.button() is not Qt.MouseButton.LeftButton or not inside:
            return
        self._pressed, self._before = at, set(chosen.chosen)
        self._held = board.chips[ident] if ident and piece and piece.kind is Kind.EXAM else None
        self._grip = QPointF(x - piece.x, y - piece.y) if piece else QPointF()

    def pick_up(self, chip: Chip, grip: QPointF) -> None:
        """Begin to drag an exam that lies elsewhere: in the strip."""
        if self._view.board is not None and movable(chip):
            self._held, self._grip = chip, grip
            self._begin([chip])

    def move(self, at: QPointF, on_screen: QPoint) -> None:
        self._global = on_screen
        if self._drag is not None:
            self._hover(at)
        elif self._pressed is not None:
            far = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            if far and self._held is not None:
                self._start()
                self.move(at, on_screen)
            elif far or self.rubber is not None:
                self._stretch(at)

    def release(self, event: QMouseEvent) -> None:
        self.move(event.position(), event.globalPosition().toPoint())
        if self._drag is not None:
            self.drop()
        elif self.rubber is not None:
            self._view.pointed.emit()
        self.cancel()

    def drop(self) -> None:
        """Let go: over a cell it is a move, over the strip the exams lose their date."""
        drag, ghost = self._drag, self.ghost
        over_strip = self._view.strip_at(self._global)
        self.cancel()
        if drag is None or ghost is None:
            return
        if over_strip and drag.held.starts_at is not None:
            self._view.taken_off.emit([chip.id for chip in drag.chips])
        elif ghost.spot is not None and not over_strip:
            self._view.selection.choose(drag.held.id, adding=len(drag.chips) > 1)
            why = drag.why(ghost.spot, self._minute)
            self._view.propose(drag.moves(ghost.spot, self._minute), why)

    def cancel(self) -> bool:
        """Give up; True when there was something to give up."""
        busy = self._drag is not None or self.rubber is not None
        self._pressed = self._held = self._drag = self.ghost = self.rubber = None
        self._tick.stop()
        self._view.viewport().update()
        return busy

    def piece_at(self, at: QPointF) -> Piece | None:
        """What lies at a place of the viewport."""
        view = self._view
        if view.board is None or at.x() < view.painter.side or at.y() < view.painter.head:
            return None
        return view.board.piece_at(*self.on_board(at))

    def on_board(self, at: QPointF) -> tuple[float, float]:
        """A place of the viewport in the board's pixels."""
        view = self._view
        x = at.x() - view.painter.side + view.horizontalScrollBar().value()
        return x, at.y() - view.painter.head + view.verticalScrollBar().value()

    def _choose(self, ident: str, event: QMouseEvent) -> None:
        chosen, board = self._view.selection, self._view.board
        if board is None:
            return
        keys = event.modifiers()
        if keys & SHIFT and ident and chosen.current:
            chosen.choose_until(board, ident)
        elif keys & CONTROL and ident:
            chosen.toggle(ident)
        elif ident in chosen.chosen:
            chosen.current = ident
        elif ident or not keys & (CONTROL | SHIFT):
            chosen.choose(ident)
        self._view.changed()

    def _start(self) -> None:
        """The button went far enough from a chip: it is in the hand, if it can be moved."""
        chips = self._view.chosen()
        if self._view.refuse_fixed(chips):
            self._pressed = self._held = None
            return
        self._begin(chips)

    def _begin(self, chips: list[Chip]) -> None:
        if self._view.board is None or self._held is None:
            return
        self._drag = Drag(self._view.board, self._view.judge, self._held, chips, self._view.today)
        wide = self._drag.width - 2 * GAP
        self.ghost = Ghost(self._held, wide, QPointF(), QPointF(), tints=self._drag.tints)
        self._view.hush()
        self._tick.start()

    def _hover(self, at: QPointF) -> None:
        board, ghost, drag = self._view.board, self.ghost, self._drag
        if board is None or ghost is None or drag is None:
            return
        ghost.at, ghost.cursor = at - self._grip, at
        inside = at.x() >= self._view.painter.side and at.y() >= self._view.painter.head
        x, y = self.on_board(at)
        minute = board.minute_at(x - self._grip.x()) if board.scale is Scale.DAY else None
        spot = (
            self._spot(x, y)
            if inside and self._view.viewport().rect().contains(at.toPoint())
            else None
        )
        if self._view.strip_at(self._global):
            ghost.spot = ghost.landing = None
            ghost.tone, ghost.reason = Tone.ACCENT, "Убрать из плана: без даты"
        elif spot is None:
            ghost.spot, ghost.landing, ghost.reason = None, None, ""
        elif (spot, minute) != (ghost.spot, self._minute):
            told = drag.opinion(spot, minute)
            ghost.spot, ghost.tone, ghost.reason = spot, told.tone, told.words
            ghost.landing = QRectF(*drag.landing(spot, minute))
            if told.forbidden and minute is None:
                drag.tints[spot] = told.tone
        self._minute = minute
        self._view.viewport().update()

    def _spot(self, x: float, y: float) -> Spot | None:
        """The cell for the first day of a long chip, whichever of its days is in the hand."""
        board = self._view.board
        spot = board.spot_at(x, y) if board is not None else None
        if spot is None or board is None or board.scale is Scale.DAY:
            return spot
        days = int(max(self._grip.x(), 0) // board.metrics.column)
        return Spot(spot.lane, max(spot.column - days, 0))

    def _stretch(self, at: QPointF) -> None:
        """The rubber band chooses what it touches; with Ctrl it adds."""
        board, start = self._view.board, self._pressed
        if board is None or start is None:
            return
        one, other = QPointF(*self.on_board(start)), QPointF(*self.on_board(at))
        self.rubber = QRectF(one, other).normalized()
        box, chosen = self.rubber, self._view.selection
        chosen.choose_within(board, box.left(), box.top(), box.right(), box.bottom())
        if QApplication.keyboardModifiers() & CONTROL:
            chosen.chosen |= self._before
        self._view.viewport().update()

    def _on_tick(self) -> None:
        """Scroll at the edges, and colour some more cells."""
        view, ghost = self._view, self.ghost
        if ghost is None or self._drag is None or view.board is None:
            return
        room, at = view.viewport().rect(), ghost.cursor
        left, top = view.painter.side, view.painter.head
        if not view.strip_at(self._global):
            _push(view.horizontalScrollBar(), at.x() - left, room.right() - at.x())
            _push(view.verticalScrollBar(), at.y() - top, room.bottom() - at.y())
        state = view.view()
        columns, lanes = (
            view.painter.columns(view.board, state),
            view.painter.lanes(view.board, state),
        )
        spots = [Spot(lane, column) for lane in lanes for column in columns]
        self._drag.tint_some(spots)
        self._hover(at)


def _push(bar: QScrollBar, before: float, after: float) -> None:
    if before < EDGE:
        bar.setValue(bar.value() - STEP)
    elif after < EDGE:
        bar.setValue(bar.value() + STEP)
