"""One question of a conflict: two values side by side as cards, and perhaps a third, typed."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from demoexam.ui.widgets import Button, column, label

MINE, HUB = "mine", "hub"
CARD_EDGES = 58  # of a card's width, beside its text
OTHER = "другое значение…"
ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


class ChoiceCard(QRadioButton):
    """A value as a card; the text ends in … when it does not fit, and is the tool tip then."""

    moved = Signal(int, int)  # the arrow keys: across and down

    def __init__(self, text: str, said: str) -> None:
        super().__init__()
        self._whole = text
        self.setProperty("look", "choice")
        self.setAccessibleName(said)
        self.setAutoExclusive(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - CARD_EDGES
        fitted = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(fitted.replace("&", "&&"))
        self.setToolTip(self._whole if fitted != self._whole else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = ARROWS.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()  # the dialog's own keys: another record
        elif step is not None:
            self.moved.emit(*step)
        else:
            super().keyPressEvent(event)


class CardArea(QScrollArea):
    """Where cards are scrolled; leaves Alt and an arrow to the dialog around it."""

    def __init__(self) -> None:
        super().__init__(widgetResizable=True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)


class Question(QObject):
    """A unit of columns that was written on both sides. `chosen`: another answer now."""

    chosen = Signal()
    left = Signal(int)  # the arrow up or down on a card: to the question before or after

    def __init__(
        self, key: str, caption: str, texts: Mapping[str, str], names: Sequence[str],
        typed: str = "", *, parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.key, self._begin = key, typed
        self.caption = label(caption, "strong", wrap=True)
        self.cards = {
            side: ChoiceCard(text, f"{caption}. {name}: {text}")
            for (side, text), name in zip(texts.items(), names, strict=True)
        }
        self._group = QButtonGroup(self, exclusive=True)
        for side, card in self.cards.items():
            self._group.addButton(card)
            card.moved.connect(self._move)
            card.toggled.connect(lambda on, side=side: self._toggle(side, on))
        self.link, self.edit = Button(OTHER, look="link-soft"), QLineEdit()
        self.link.setAccessibleName(f"{caption}: {OTHER}")
        self.link.clicked.connect(lambda _checked: self.type_other())
        self.edit.setAccessibleName(f"{caption}: другое значение")
        self.edit.textEdited.connect(self._typed)
        self._may_type = False

    def allow_typing(self, *, allowed: bool) -> None:
        """A third value may be typed; say so before `place`."""
        self._may_type = allowed

    def place(self, grid: QGridLayout, line: int) -> None:
        """Fill one line of the conflict's grid: caption, ours, the hub's, another value below."""
        grid.addWidget(self.caption, line * 2, 0, Qt.AlignmentFlag.AlignVCenter)
        for place, card in enumerate(self.cards.values(), start=1):
            grid.addWidget(card, line * 2, place)
        if self._may_type:
            below = QWidget()
            words = column(self.link, self.edit, spacing=0)
            words.setAlignment(self.link, Qt.AlignmentFlag.AlignLeft)
            below.setLayout(words)
            self.edit.hide()
            grid.addWidget(below, line * 2 + 1, 1, 1, 2)

    def answer(self) -> str | None:
        """Which side, or "=" and what was typed; None while nothing is chosen."""
        if typed := self.edit.text().strip():
            return f"={typed}"
        return next((side for side, card in self.cards.items() if card.isChecked()), None)

    def choose(self, side: str) -> None:
        self.cards[side].setChecked(True)

    def focus(self, side: str = "") -> None:
        """Put the keyboard on a card: the one named, the chosen one, or ours."""
        chosen = next((one for one in self.cards.values() if one.isChecked()), None)
        card = self.cards.get(side) or chosen or next(iter(self.cards.values()))
        card.setFocus(Qt.FocusReason.TabFocusReason)

    def focused_side(self) -> str:
        return next((side for side, card in self.cards.items() if card.hasFocus()), "")

    def type_other(self) -> None:
        """Open the line for a third value, beginning with ours."""
        self.link.hide()
        self.edit.show()
        self.edit.setText(self._begin)
        self.edit.selectAll()
        self._typed(self._begin)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, across: int, down: int) -> None:
        if down:
            self.left.emit(down)
            return
        side = MINE if across < 0 else HUB
        self.choose(side)
        self.focus(side)

    def _toggle(self, _side: str, on: bool) -> None:
        if on:
            self.edit.clear()
            self.chosen.emit()

    def _typed(self, text: str) -> None:
        """What is typed is the answer; an empty line leaves the choice open again."""
        if text.strip():
            self._group.setExclusive(False)
            for card in self.cards.values():
                card.setChecked(False)
            self._group.setExclusive(True)
        self.chosen.emit()
