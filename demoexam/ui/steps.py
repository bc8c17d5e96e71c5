"""A chain of steps: done, now, to come, or stopped; by colour, sign and word."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen

from demoexam.ui import icons, theme
from demoexam.ui.painted import Painted

HEIGHT, DISC, GAP = 40, 26, 36


class StepState(StrEnum):
    DONE = "done"
    NOW = "now"
    TO_DO = "to do"
    WARN = "warn"
    BAD = "bad"


_TONES = {
    StepState.DONE: "ok",
    StepState.NOW: "accent",
    StepState.WARN: "warn",
    StepState.BAD: "bad",
}
_SIGNS = {StepState.DONE: "check", StepState.WARN: "triangle-alert", StepState.BAD: "x"}
_WORDS = {
    StepState.DONE: "готово",
    StepState.NOW: "сейчас",
    StepState.TO_DO: "впереди",
    StepState.WARN: "с замечанием",
    StepState.BAD: "не пройдено",
}


@dataclass(frozen=True)
class Step:
    title: str
    detail: str
    state: StepState


class Steps(Painted):
    """Steps side by side; a click or Enter on one emits `chosen` with its number."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._steps: Sequence[Step] = ()
        self._current = 0
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_steps(self, steps: Sequence[Step]) -> None:
        self._steps = steps
        said = "; ".join(f"{one.title}: {one.detail}, {_WORDS[one.state]}" for one in steps)
        self.setAccessibleName(f"Готовность: {said}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(130 * max(len(self._steps), 1), HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if move is not None:
            self._current = min(max(self._current + move, 0), len(self._steps) - 1)
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit(self._current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._steps:
            self._current = min(int(event.position().x() / self._wide()), len(self._steps) - 1)
            self.chosen.emit(self._current)

    def draw(self, painter: QPainter) -> None:
        for number, step in enumerate(self._steps):
            left = number * self._wide()
            self._disc(painter, left, number, step.state)
            end = self._texts(painter, left, step)
            if number < len(self._steps) - 1:
                self._link(painter, end + 12, left + self._wide() - 10, step.state)
        if self.hasFocus() and self._steps:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            here = QRectF(self._current * self._wide() + 1, 1, self._wide() - 8, HEIGHT - 2)
            painter.drawRoundedRect(here, 6, 6)

    def _wide(self) -> float:
        return self.width() / max(len(self._steps), 1)

    def _disc(self, painter: QPainter, left: float, number: int, state: StepState) -> None:
        box = QRectF(left + 4, 6, DISC, DISC)
        tone = _TONES.get(state)
        painter.setPen(QPen(theme.color(tone or "edge"), 2))
        painter.setBrush(theme.color(tone) if tone else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        if sign := _SIGNS.get(state):
            painter.drawPixmap(
                QPointF(box.x() + 5, box.y() + 5), icons.pixmap(sign, "on_accent", 16)
            )
            return
        painter.setFont(theme.font(12, QFont.Weight.DemiBold))
        painter.setPen(theme.color("on_accent" if tone else "muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number + 1))

    def _texts(self, painter: QPainter, left: float, step: Step) -> float:
        """Draw both lines and return where they end."""
        tone = _TONES.get(step.state)
        plain = step.state in {StepState.DONE, StepState.TO_DO}
        lines = (
            (step.title, theme.font(13, QFont.Weight.DemiBold), "text" if tone else "muted", 1),
            (step.detail, theme.font(12), "muted" if plain else f"{tone}_text", 19),
        )
        end, most = left + GAP, int(self._wide() - GAP - 8)
        for words, face, colour, top in lines:
            metrics = QFontMetrics(face)
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, most)
            painter.setFont(face)
            painter.setPen(theme.color(colour))
            painter.drawText(
                QRectF(left + GAP, top, most, 19), Qt.AlignmentFlag.AlignVCenter, shown
            )
            end = max(end, left + GAP + metrics.horizontalAdvance(shown))
        return end

    def _link(self, painter: QPainter, start: float, end: float, state: StepState) -> None:
        if end > start:
            done = state == StepState.DONE
            style = Qt.PenStyle.SolidLine if done else Qt.PenStyle.DotLine
            painter.setPen(QPen(theme.color("ok" if done else "edge"), 2, style))
            painter.drawLine(QPointF(start, HEIGHT / 2 - 1), QPointF(end, HEIGHT / 2 - 1))
