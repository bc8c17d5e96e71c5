"""The keyboard on the board: everything that the mouse can do."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from demoexam.ui.schedule.drag import moved_by
from demoexam.ui.schedule.geometry import STEP, Scale, Spot

if TYPE_CHECKING:
    from demoexam.ui.schedule.timeline import Timeline

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
OTHERS = CONTROL | ALT  # with them a key is the page's or the window's
ARROWS: dict[int, tuple[int, int]] = {
    Key.Key_Left: (0, -1),
    Key.Key_Right: (0, 1),
    Key.Key_Up: (-1, 0),
    Key.Key_Down: (1, 0),
}
WEEK = 7
# the same keys of the board when the Russian layout is on
P_OF_RUSSIAN_LAYOUT, D_OF_RUSSIAN_LAYOUT = ord("З"), ord("В")
W_OF_RUSSIAN_LAYOUT, C_OF_RUSSIAN_LAYOUT = ord("Ц"), ord("С")
B_OF_RUSSIAN_LAYOUT, S_OF_RUSSIAN_LAYOUT = ord("И"), ord("Ы")


class Keys:
    """Arrows walk, Alt and arrows move the exams; the page binds what needs more than the board."""

    def __init__(self, timeline: "Timeline") -> None:
        self._view = timeline
        self._plain: dict[int, Callable[[], object]] = {
            Key.Key_Return: self._open,
            Key.Key_Enter: self._open,
            Key.Key_F2: self._menu,
            Key.Key_Menu: self._menu,
            Key.Key_Space: self._toggle,
            Key.Key_P: timeline.pinned.emit,
            P_OF_RUSSIAN_LAYOUT: timeline.pinned.emit,
            Key.Key_D: timeline.choose_day,
            D_OF_RUSSIAN_LAYOUT: timeline.choose_day,
            Key.Key_W: timeline.choose_week,
            W_OF_RUSSIAN_LAYOUT: timeline.choose_week,
            Key.Key_C: timeline.copy_wanted.emit,
            C_OF_RUSSIAN_LAYOUT: timeline.copy_wanted.emit,
            Key.Key_B: timeline.week_wanted.emit,
            B_OF_RUSSIAN_LAYOUT: timeline.week_wanted.emit,
            Key.Key_S: timeline.shift_wanted.emit,
            S_OF_RUSSIAN_LAYOUT: timeline.shift_wanted.emit,
            Key.Key_Delete: self._take_off,
            Key.Key_PageUp: lambda: self._page(-1),
            Key.Key_PageDown: lambda: self._page(1),
        }

    def knows(self, event: QKeyEvent) -> bool:
        """Keys that the window's shortcuts must leave to the board."""
        arrow = event.key() in ARROWS
        return bool(arrow or (event.key() in self._plain and not event.modifiers() & OTHERS))

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False when it means nothing here."""
        key, keys = event.key(), event.modifiers()
        if key == Key.Key_Escape:
            return self._give_up()
        if self._view.board is None or not self._view.board.lanes:
            return False
        if key in ARROWS:
            self._arrow(*ARROWS[key], keys)
        elif key in {Key.Key_Home, Key.Key_End}:
            self._view.selection.edge(
                self._view.board, last=key == Key.Key_End, everywhere=bool(keys & CONTROL)
            )
            self._show()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._view.selection.choose_all(self._view.board)
            self._view.changed()
        elif key in self._plain and not keys & OTHERS:
            self._plain[key]()
        elif key == Key.Key_Space:
            self._toggle()
        else:
            return False
        return True

    def _arrow(self, down: int, right: int, keys: Qt.KeyboardModifier) -> None:
        board, selection = self._view.board, self._view.selection
        if board is None:
            return
        if keys & ALT:
            self._carry(down, right * (WEEK if keys & SHIFT else 1))
            return
        if keys & CONTROL and right:
            selection.leap(board, right)
        elif keys & CONTROL:
            selection.spot = Spot(
                min(max(selection.spot.lane + down, 0), len(board.lanes) - 1),
                selection.spot.column,
            )
        else:
            selection.step(board, down, right, adding=bool(keys & SHIFT))
        self._show()

    def _carry(self, down: int, right: int) -> None:
        """Alt and an arrow: the chosen exams to the next day or workshop, by minutes in a day."""
        view, chips = self._view, self._view.chosen()
        if not chips or view.board is None or view.refuse_fixed(chips):
            return
        by_hours = view.board.scale is Scale.DAY
        by = timedelta(minutes=right * STEP) if by_hours else timedelta(days=right)
        moves = moved_by(view.board, chips, down, by)
        if not moves:
            view.tell("Дальше переносить некуда: край расписания.")
            return
        view.propose(moves)

    def _page(self, down: int) -> None:
        """A screen of workshops up or down."""
        view, board = self._view, self._view.board
        if board is None:
            return
        room = max(view.viewport().height() - view.painter.head, 1)
        lane, high = view.selection.spot.lane, 0
        while 0 <= lane + down < len(board.lanes) and high < room:
            lane += down
            high += board.tops[lane + 1] - board.tops[lane]
        view.selection.stand(board, Spot(lane, view.selection.spot.column))
        self._show()

    def _toggle(self) -> None:
        """Space takes the cell's exam into the choice, or out of it."""
        view, board = self._view, self._view.board
        here = board.chips_at(view.selection.spot) if board is not None else []
        ident = view.selection.current if view.selection.current in here else "".join(here[:1])
        if ident:
            view.selection.toggle(ident)
            view.changed()

    def _take_off(self) -> None:
        chips = [chip for chip in self._view.chosen() if chip.starts_at is not None]
        if chips and not self._view.refuse_fixed(chips):
            self._view.taken_off.emit([chip.id for chip in chips])

    def _open(self) -> None:
        if self._view.selection.current:
            self._view.opened.emit(self._view.selection.current)
        else:
            self._view.booking_opened.emit()

    def _menu(self) -> None:
        self._view.menu_wanted.emit(self._view.menu_place())

    def _give_up(self) -> bool:
        if self._view.mouse.cancel():
            return True
        if self._view.bubble is not None:
            self._view.hush()
            return True
        if self._view.selection.chosen:
            self._view.selection.clear()
            self._view.changed()
            return True
        return False

    def _show(self) -> None:
        self._view.reveal()
        self._view.changed()
