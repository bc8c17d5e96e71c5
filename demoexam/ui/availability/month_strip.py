"""A month of an expert, day by day: marked by mouse, by keys, or by dragging across."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPen

from demoexam.rules.calendar import SATURDAY
from demoexam.rules.plan import AbsenceFacts
from demoexam.services.experts.availability import DayState, state_on
from demoexam.text import counted, long_date, weekday
from demoexam.ui import theme
from demoexam.ui.painted import CENTER, Painted

HEAD, CELL, WEEK = 18, 26, 7
NAMES = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
TONES = {DayState.AWAY: "bad", DayState.WISH: "warn"}
SIGNS = {DayState.AWAY: "×", DayState.WISH: "?"}  # a colour is never alone
WORDS = {
    DayState.FREE: "может", DayState.WISH: "просит не ставить", DayState.AWAY: "не может",
}  # fmt: skip
WISH_KEYS = {int(Qt.Key.Key_W), ord("Ц")}  # the same key of both layouts
ONE_DAY = timedelta(days=1)
STEPS: dict[int, int] = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7,
}  # fmt: skip


class MonthStrip(Painted):
    """Space makes the chosen days «не может» or free again, W a wish; Shift and arrows choose.

    The accessible name tells the day under the cursor and how it stands with it.
    """

    marked = Signal(object, object, object)  # first day, last day, DayState
    turned = Signal(object)  # the first day of the month now shown

    def __init__(self) -> None:
        super().__init__()
        self._first = date.today().replace(day=1)
        self._absences: Sequence[AbsenceFacts] = ()
        self._states: list[DayState] = []
        self._duties: Collection[date] = ()
        self._here = self._anchor = date.today()
        self._today = date.today()
        self._fill()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(
            "Щелчок или пробел: не может; с Shift — несколько дней; W или правая кнопка: пожелание"
        )

    @property
    def month(self) -> date:
        return self._first

    def show_days(
        self, absences: Sequence[AbsenceFacts], duties: Collection[date], today: date
    ) -> None:
        """Other absences and days with exams; the month and the cursor stay."""
        self._absences, self._duties, self._today = absences, duties, today
        self._fill()

    def show_month(self, day: date) -> None:
        """The month of `day`, with the cursor on it."""
        self._here = self._anchor = day
        self._first = day.replace(day=1)
        self._fill()
        self.turned.emit(self._first)

    def mark(self, state: DayState | None = None) -> None:
        """Make the chosen days so; None turns «не может» into free and all else into it."""
        first, last = self.chosen()
        begun = self._state(self._anchor)
        if state is None or begun is state:
            away = begun is not DayState.FREE
            state = DayState.FREE if away else (state or DayState.AWAY)
        self.marked.emit(first, last, state)

    def chosen(self) -> tuple[date, date]:
        return min(self._here, self._anchor), max(self._here, self._anchor)

    # -- events ---------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        many = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in STEPS:
            self._go(self._here + timedelta(days=STEPS[key]), many=many)
        elif key == Qt.Key.Key_Home:
            self._go(self._first, many=many)
        elif key == Qt.Key.Key_End:
            self._go(self._first + timedelta(days=len(self._states) - 1), many=many)
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.turn(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.mark()
        elif key in WISH_KEYS:
            self.mark(DayState.WISH)
        else:
            super().keyPressEvent(event)

    def turn(self, months: int) -> None:
        """The next month or the one before; the cursor goes to its first day."""
        edge = self._first - ONE_DAY if months < 0 else self._first + timedelta(days=31)
        self.show_month(edge.replace(day=1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(self._at(event), many=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go(self._at(event), many=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.mark(DayState.WISH if event.button() == Qt.MouseButton.RightButton else None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _at(self, event: QMouseEvent) -> date:
        across = int(event.position().x() / max(self.width(), 1) * WEEK)
        week = int((event.position().y() - theme.px(HEAD)) // theme.px(CELL))
        number = week * WEEK + min(max(across, 0), WEEK - 1) - self._first.weekday()
        return self._first + timedelta(days=min(max(number, 0), len(self._states) - 1))

    def _go(self, day: date, *, many: bool) -> None:
        """The cursor stays in the month while several days are being chosen."""
        inside = self._first <= day < self._first + timedelta(days=len(self._states))
        if many and inside:
            self._here = day
        elif not many and inside:
            self._here = self._anchor = day
        elif not many:
            self.show_month(day)
        self._tell()

    # -- what is shown --------------------------------------------------------------------

    def _fill(self) -> None:
        after = (self._first + timedelta(days=31)).replace(day=1)
        days = (self._first + timedelta(days=n) for n in range((after - self._first).days))
        self._states = [state_on(self._absences, day) for day in days]
        weeks = -(-(self._first.weekday() + len(self._states)) // WEEK)
        self.setFixedHeight(theme.px(HEAD + CELL * weeks))
        self._tell()

    def _state(self, day: date) -> DayState:
        return self._states[(day - self._first).days]

    def _tell(self) -> None:
        first, last = self.chosen()
        if first != last:
            count = counted((last - first).days + 1, "день", "дня", "дней")
            said = f"Выбрано {count}: {long_date(first)} — {long_date(last)}"
        else:
            exam = ", в этот день экзамен" if first in self._duties else ""
            state = WORDS[self._state(first)]
            said = f"{long_date(first)}, {weekday(first)}: {state}{exam}"
        self.setAccessibleName(f"Когда может. {said}")
        self.update()

    def draw(self, painter: QPainter) -> None:
        painter.setFont(theme.font(11))
        painter.setPen(theme.color("faint"))
        for place, name in enumerate(NAMES):
            across = self.width() / WEEK
            painter.drawText(QRectF(place * across, 0, across, theme.px(HEAD)), CENTER, name)
        for number, state in enumerate(self._states):
            self._cell(painter, self._box(number), self._first + timedelta(days=number), state)

    def _box(self, number: int) -> QRectF:
        """Where the day stands: weeks below one another, Monday first."""
        week, place = divmod(self._first.weekday() + number, WEEK)
        across, high = self.width() / WEEK, theme.px(CELL)
        top = theme.px(HEAD) + week * high
        return QRectF(place * across + 1, top + 1, across - 2, high - 2)

    def _cell(self, painter: QPainter, box: QRectF, day: date, state: DayState) -> None:
        tone = TONES.get(state, "")
        first, last = self.chosen()
        chosen = self.hasFocus() and first <= day <= last
        weekend, now = day.weekday() >= SATURDAY, day == self._today
        painter.setPen(
            QPen(theme.color("accent" if chosen else tone or "line"), 2 if chosen else 1)
        )
        painter.setBrush(theme.color(f"{tone}_bg" if tone else "track" if weekend else "card"))
        painter.drawRoundedRect(box, 3, 3)
        painter.setFont(theme.font(12, QFont.Weight.DemiBold if now else QFont.Weight.Normal))
        painter.setPen(theme.color(f"{tone}_text" if tone else "accent_text" if now else "muted"))
        painter.drawText(box, CENTER, f"{day.day} {SIGNS[state]}" if tone else str(day.day))
        if day in self._duties:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            side = theme.px(6)
            painter.drawEllipse(
                QRectF(box.right() - side - 4, box.center().y() - side / 2, side, side)
            )
