"""Small building blocks: labels, buttons, pills and layouts in the style of the theme."""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from demoexam.ui import icons, theme
from demoexam.ui.tokens import Tone

Part = QWidget | QLayout | int | None
Margins = tuple[int, int, int, int]
LayoutT = TypeVar("LayoutT", bound=QBoxLayout)


def row(*parts: Part, spacing: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """A horizontal layout; None is a stretch, a number is empty pixels."""
    layout = QHBoxLayout()
    return fill(layout, *parts, spacing=spacing, margins=margins)


def column(*parts: Part, spacing: int = 4, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """A vertical layout; None is a stretch, a number is empty pixels."""
    layout = QVBoxLayout()
    return fill(layout, *parts, spacing=spacing, margins=margins)


def fill(
    layout: LayoutT, *parts: Part, spacing: int = 8, margins: Margins = (0, 0, 0, 0)
) -> LayoutT:
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        elif part is None:
            layout.addStretch(1)
        else:
            layout.addSpacing(part)
    return layout


def clear(layout: QLayout) -> None:
    """Take everything out of a layout; the widgets are deleted."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def restyle(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties (look, tone, step) and let the style sheet see them."""
    changed = {name: one for name, one in properties.items() if widget.property(name) != one}
    for name, value in changed.items():
        widget.setProperty(name, value)
    if changed and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def label(text: str = "", step: str = "", *, wrap: bool = False, tone: str = "") -> QLabel:
    """A label in a step of type: page, section, title, strong, muted, soft, caption, key, tone."""
    made = QLabel(text)
    if step:
        made.setProperty("step", step)
    if tone:
        made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    return made


class ElidedLabel(QLabel):
    """One line which ends in … when it does not fit; the whole text is its tool tip."""

    def __init__(self, text: str = "", step: str = "") -> None:
        super().__init__(text)
        self._whole = text
        self.setProperty("step", step)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        self._whole = text
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        fitted = self.fontMetrics().elidedText(
            self._whole, Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        self.setText(fitted)
        self.setToolTip(self._whole if fitted != self._whole else "")
        self.setAccessibleName(self._whole)


class Pill(QLabel):
    """A word on a coloured oval: the state of something."""

    def __init__(self, text: str = "", tone: str = Tone.ACCENT, look: str = "pill") -> None:
        super().__init__(text)
        self.setProperty("look", look)
        self.setProperty("tone", tone)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_state(self, text: str, tone: str) -> None:
        self.setText(text)
        restyle(self, tone=tone)


class IconLabel(QLabel):
    """An icon in a token's colour; follows the theme."""

    def __init__(self, name: str, color: str = "muted", size: int = 16) -> None:
        super().__init__()
        self._name, self._color, self._size = name, color, size
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedSize(size + 2, size + 2)
        theme.follow(self)

    def show_icon(self, name: str, color: str) -> None:
        self._name, self._color = name, color
        self.retint()

    def retint(self) -> None:
        self.setPixmap(icons.pixmap(self._name, self._color, self._size))


class Sign(IconLabel):
    """An icon on a tinted square, before a line that wants attention."""

    def __init__(self, name: str, tone: str, side: int = 32, size: int = 17) -> None:
        super().__init__(name, tone, size)
        self.setProperty("look", "sign")
        self.setProperty("tone", tone)
        self.setFixedSize(side, side)


class Button(QPushButton):
    """A push button; `look` is "", primary, link, small, icon, segment, danger or chip.

    A button with an icon only needs `name`: what a screen reader says, and its tool tip.
    """

    def __init__(
        self, text: str = "", icon: str = "", look: str = "", *, name: str = "", color: str = ""
    ) -> None:
        super().__init__(f" {text}" if icon and text else text)
        self._icon = icon
        self._color = color or ("on_accent" if look == "primary" else "muted")
        if look:
            self.setProperty("look", look)
        if name:
            self.setAccessibleName(name)
            self.setToolTip(name)
        elif icon and text:
            self.setAccessibleName(text.replace("&", ""))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        side = 14 if look in {"small", "link"} else 16
        self.setIconSize(QSize(side, side))
        if icon:
            theme.follow(self)

    def show_icon(self, icon: str, color: str = "") -> None:
        self._icon, self._color = icon, color or self._color
        theme.follow(self)

    def retint(self) -> None:
        if self._icon:
            self.setIcon(icons.icon(self._icon, self._color, self.iconSize().width()))


class Segments(QWidget):
    """A few choices side by side, one of them taken."""

    chosen = Signal(object)

    def __init__(self, options: Sequence[tuple[object, str]], name: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._values = [value for value, _ in options]
        self._group = QButtonGroup(self, exclusive=True)
        layout = row(spacing=0)
        for number, (_, text) in enumerate(options):
            button = Button(text, look="segment")
            button.setCheckable(True)
            button.setProperty("end", _end(number, len(options)))
            self._group.addButton(button, number)
            layout.addWidget(button)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(lambda number: self.chosen.emit(self._values[number]))

    def value(self) -> object:
        return self._values[self._group.checkedId()]

    def show_value(self, value: object) -> None:
        """Take a choice without announcing it."""
        self._group.button(self._values.index(value)).setChecked(True)

    def show_text(self, value: object, text: str) -> None:
        self._group.button(self._values.index(value)).setText(text)


def _end(number: int, count: int) -> str:
    return "first" if number == 0 else "last" if number == count - 1 else "middle"


CHIP_INSET = "   "  # Qt passes over the left padding of a button that has a menu


class Chip(Button):
    """A filter over a table: «Сторона: все ▾»; the first option means no filter."""

    chosen = Signal(object)

    def __init__(self, title: str, options: Sequence[tuple[object, str]]) -> None:
        super().__init__(look="chip")
        self._title = title
        self.setMenu(QMenu(self))
        self._actions = QActionGroup(self)
        self.show_options(options)

    def show_options(self, options: Sequence[tuple[object, str]]) -> None:
        """Offer other options, keeping the choice if it is still among them."""
        kept = self.value() if self._actions.actions() else None
        for action in self._actions.actions():
            self._actions.removeAction(action)
            action.deleteLater()
        self._options = list(options)
        for value, text in self._options:
            action = self.menu().addAction(text)
            action.setCheckable(True)
            action.setData(value)
            action.triggered.connect(self._choose)
            self._actions.addAction(action)
        values = [value for value, _ in self._options]
        self.show_value(kept if kept in values else values[0])

    def value(self) -> object:
        return next((one.data() for one in self._actions.actions() if one.isChecked()), None)

    def show_value(self, value: object) -> None:
        """Take an option without announcing it."""
        for action, (option, text) in zip(self._actions.actions(), self._options, strict=True):
            if option == value:
                action.setChecked(True)
                words = f"{self._title}: {text}"
                self.setText(CHIP_INSET + words)
                self.setAccessibleName(words)
                restyle(self, active=str(option != self._options[0][0]).lower())

    def reset(self) -> None:
        self.show_value(self._options[0][0])

    def _choose(self) -> None:
        value = self.value()
        self.show_value(value)
        self.chosen.emit(value)


def rule() -> QFrame:
    """A thin line across."""
    line = QFrame()
    line.setProperty("look", "rule")
    return line
