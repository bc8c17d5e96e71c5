"""The strip «Не назначены» under the board: exams that wait for a day, to drag from and back to."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QApplication, QMenu, QSizePolicy

from demoexam.services.season.season import Chip
from demoexam.ui import theme
from demoexam.ui.painted import Painted
from demoexam.ui.schedule.chips import spoken

HIGH, CHIP, MARGIN, GAP = 50, 32, 14, 8
WIDEST, FAINT = 240, 0.35


class Strip(Painted):
    """Arrows move along it, Enter or Alt+Up puts the current exam into the board's cell."""

    picked = Signal(object, QPointF)  # the chip in the hand, and where it was gripped
    carried = Signal(QPoint)  # where it is now, on the screen
    dropped = Signal(QPoint)
    given_up = Signal()
    opened = Signal(str)
    placed = Signal(str)  # put it into the cell of the board's cursor
    pointed = Signal(str)
    place_wanted = Signal()  # ask for a day and an hour

    def __init__(self) -> None:
        super().__init__()
        self._chips: Sequence[Chip] = ()
        self._current = self._first = 0
        self._found: frozenset[str] | None = None  # by the filter
        self._chosen = ""
        self._pressed: QPointF | None = None
        self._carrying = False
        self._ready = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self)

    @property
    def chips(self) -> Sequence[Chip]:
        return self._chips

    def retint(self) -> None:
        self.setFixedHeight(theme.px(HIGH))

    def show_chips(self, chips: Sequence[Chip]) -> None:
        here = self.current_id()
        self._chips = chips
        numbers = (number for number, chip in enumerate(chips) if chip.id == here)
        self._current = next(numbers, min(self._current, max(len(chips) - 1, 0)))
        self._first = min(self._first, self._current)
        said = "; ".join(spoken(chip) for chip in chips) or "все экзамены стоят в расписании"
        self.setAccessibleName(f"Не назначены: {len(chips)}. {said}")
        self.update()

    def show_found(self, found: frozenset[str] | None) -> None:
        """Pale all exams but these; None pales none."""
        self._found = found
        self.update()

    def point_at(self, ident: str) -> None:
        """The exam that is chosen: marked here, and the current one if it lies here."""
        self._chosen = ident
        self.update()
        number = next((n for n, chip in enumerate(self._chips) if chip.id == ident), None)
        if number is not None and number != self._current:
            self._show(number)

    def current_id(self) -> str:
        return self._chips[self._current].id if self._current < len(self._chips) else ""

    def show_ready(self, ready: bool) -> None:
        """Tell that what is in the hand may be dropped here."""
        if ready != self._ready:
            self._ready = ready
            self.update()

    def holds(self, on_screen: QPoint) -> bool:
        return self.isVisible() and self.rect().contains(self.mapFromGlobal(on_screen))

    def draw(self, painter: QPainter) -> None:
        if self._ready:
            theme.block(painter, QRectF(self.rect()), "accent_bg")
        painter.setFont(self._bold())
        painter.setPen(theme.color("text"))
        caption = QRectF(theme.px(MARGIN), 0, self._left(), self.height())
        painter.drawText(caption, Qt.AlignmentFlag.AlignVCenter, self._caption())
        boxes = self._boxes()
        for number, box in boxes:
            found = self._found is None or self._chips[number].id in self._found
            painter.setOpacity(1 if found else FAINT)
            self._chip(painter, self._chips[number], box, current=number == self._current)
        painter.setOpacity(1)
        if left := len(self._chips) - self._first - len(boxes):
            painter.setPen(theme.color("accent_text"))
            painter.drawText(self._more(boxes), Qt.AlignmentFlag.AlignVCenter, f"ещё {left}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key)) if key in _KEYS else None
        if key == Qt.Key.Key_Escape and self._carrying:
            self._let_go()
            self.given_up.emit()
        elif step is not None:
            self._go(self._current + step)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._go(0 if key == Qt.Key.Key_Home else len(self._chips) - 1)
        elif not self.current_id():
            super().keyPressEvent(event)
        elif key in _ENTER and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.opened.emit(self.current_id())
        elif key in _ENTER or (key == Qt.Key.Key_Up and event.modifiers() & _ALT):
            self.placed.emit(self.current_id())
        elif key in {Qt.Key.Key_F2, Qt.Key.Key_Menu}:
            self._show_menu(self.mapToGlobal(self._corner()))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current_id():
            self.pointed.emit(self.current_id())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        boxes = self._boxes()
        hit = next((number for number, box in boxes if box.contains(at)), None)
        if hit is not None:
            self._go(hit)
            self._pressed = at if event.button() == Qt.MouseButton.LeftButton else None
        elif len(boxes) < len(self._chips) and self._more(boxes).contains(at):
            self._show_rest(event.globalPosition().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.globalPosition().toPoint()
        if self._carrying:
            self.carried.emit(place)
        elif self._pressed is not None:
            far = (event.position() - self._pressed).manhattanLength()
            if far >= QApplication.startDragDistance():
                self._carrying = True
                self.picked.emit(self._chips[self._current], QPointF(20, 12))
                self.carried.emit(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        carrying = self._carrying
        self._let_go()
        if carrying:
            self.dropped.emit(event.globalPosition().toPoint())

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        if self.current_id():
            self.opened.emit(self.current_id())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the current exam, by mouse or by the menu key."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self._show_menu(self.mapToGlobal(self._corner()) if by_key else event.globalPos())

    def _show_menu(self, at: QPoint) -> None:
        if ident := self.current_id():
            menu = self._made_menu()
            put = menu.addAction("Поставить в выбранную ячейку\tEnter")
            put.triggered.connect(lambda: self.placed.emit(ident))
            ask = menu.addAction("Поставить на день и час…\tF4")
            ask.triggered.connect(self.place_wanted)
            menu.addAction("Открыть экзамен\tShift+Enter").triggered.connect(
                lambda: self.opened.emit(ident)
            )
            menu.popup(at)

    def _corner(self) -> QPoint:
        """Where the menu of the current exam hangs."""
        box = dict(self._boxes()).get(self._current, QRectF(self.rect()))
        return box.bottomLeft().toPoint()

    def _go(self, number: int) -> None:
        self._show(number)
        self.pointed.emit(self.current_id())

    def _show(self, number: int) -> None:
        self._current = min(max(number, 0), max(len(self._chips) - 1, 0))
        self._first = min(self._first, self._current)
        while self._first < self._current and self._current not in dict(self._boxes()):
            self._first += 1
        self.update()

    def _let_go(self) -> None:
        self._pressed, self._carrying = None, False

    def _show_rest(self, at: QPoint) -> None:
        menu = self._made_menu()
        for number, chip in enumerate(self._chips):
            action = menu.addAction(_words(chip))
            action.triggered.connect(lambda _on=False, number=number: self._go(number))
        menu.popup(at)

    def _made_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _chip(self, painter: QPainter, chip: Chip, box: QRectF, *, current: bool) -> None:
        focused = chip.id == self._chosen or (current and self.hasFocus())
        painter.setBrush(theme.color("track"))
        pen = QPen(theme.color("accent"), 2) if focused else QPen(
            theme.color("field"), 1, Qt.PenStyle.DashLine
        )  # fmt: skip
        painter.setPen(pen)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        painter.setPen(theme.color("text"))
        room = box.adjusted(12, 0, -10, 0)
        cut = QFontMetricsF(self.font()).elidedText(
            _words(chip), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.setFont(self.font())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, cut)

    def _boxes(self) -> list[tuple[int, QRectF]]:
        """The chips that fit, with their places; room is left for the words «ещё 12»."""
        measure, left = QFontMetricsF(self.font()), float(self._left())
        found: list[tuple[int, QRectF]] = []
        high = theme.px(CHIP)
        for number in range(self._first, len(self._chips)):
            words = _words(self._chips[number])
            wide = min(measure.horizontalAdvance(words) + 26, theme.px(WIDEST))
            rest = 0 if number == len(self._chips) - 1 else theme.px(64)
            if left + wide + rest > self.width() and found:
                break
            found.append((number, QRectF(left, (self.height() - high) / 2, wide, high)))
            left += wide + GAP
        return found

    def _more(self, boxes: Sequence[tuple[int, QRectF]]) -> QRectF:
        left = boxes[-1][1].right() + GAP if boxes else self._left()
        return QRectF(left, 0, theme.px(60), self.height())

    def _caption(self) -> str:
        return f"Не назначены: {len(self._chips)}" if self._chips else "Не назначены: нет"

    def _left(self) -> int:
        words = QFontMetricsF(self._bold()).horizontalAdvance(self._caption())
        return round(words) + theme.px(MARGIN) + 12

    def _bold(self) -> QFont:
        return theme.font(12, QFont.Weight.DemiBold)


_KEYS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right})
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_ALT = Qt.KeyboardModifier.AltModifier


def _words(chip: Chip) -> str:
    return f"{chip.title} · {chip.people} чел."
