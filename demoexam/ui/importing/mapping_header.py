"""The header of the preview: the file's caption above, the column's meaning in a combo below."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QHeaderView, QTableView

from demoexam.ui import icons, theme
from demoexam.ui.fields import ChoiceField
from demoexam.ui.importing.columns import GUESSED, SKIPPED, SURE, FileColumn
from demoexam.ui.importing.preview_model import FIRST_CELL
from demoexam.ui.importing.wording import FIELD_NAMES

CAPTION, HEIGHT, GAP = 25, 60, 6
CHEVRON, POPUP = 14, 200
SKIP = ""
_SAID = {SURE: "узнан", GUESSED: "угадан по содержимому", SKIPPED: "не загружается"}


class MeaningChoice(ChoiceField):
    """Blue when the meaning is sure, amber when guessed, dashed when the column is skipped.

    The combos of a header are one stop of the Tab key: arrows go from one to the next, Down and
    Space open the list, Ctrl+Down and Esc go back to the rows.
    """

    stepped = Signal(int)  # to the combo at the left (-1) or right (1)
    reached = Signal()
    left = Signal()

    def __init__(self, column: FileColumn) -> None:
        named = sorted((FIELD_NAMES.get(name, name), name) for name in column.fields)
        super().__init__([(SKIP, "Не загружать"), *((name, text) for text, name in named)])
        self.show_value(column.field)
        self.belief = column.belief
        self.setAccessibleName(f"Смысл столбца «{column.caption}», {_SAID[column.belief]}")
        self.setToolTip(f"{column.caption}: {_SAID[column.belief]}")
        self.view().setMinimumWidth(theme.px(POPUP))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No key changes the meaning of a closed combo: a slip would plan the file anew."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape or (control and event.key() == Qt.Key.Key_Down):
            self.left.emit()
        elif event.key() in _OPENING:
            self.showPopup()
        elif event.text().isprintable() and event.text():
            self.showPopup()
            self.view().keyboardSearch(event.text())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.reached.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge, ground, ink = _COLOURS[self.belief]
        pen = QPen(theme.color("accent" if self.hasFocus() else edge), 2 if self.hasFocus() else 1)
        if self.belief == SKIPPED and not self.hasFocus():
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.color(ground))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, 6, 6)
        self._words(painter, box, ink)
        painter.end()

    def _words(self, painter: QPainter, box: QRectF, ink: str) -> None:
        face = theme.font(12, QFont.Weight.DemiBold)
        room = box.adjusted(9, 0, -CHEVRON - 8, 0)
        text = f"{self.currentText()} ?" if self.belief == GUESSED else self.currentText()
        painter.setFont(face)
        painter.setPen(theme.color(ink))
        elided = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, elided)
        at = QPointF(box.right() - CHEVRON - 5, box.center().y() - CHEVRON / 2)
        painter.drawPixmap(at, icons.pixmap("chevron-down", ink, CHEVRON))


_FAR = 10_000  # columns
_STEPS = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -_FAR, Qt.Key.Key_End: _FAR,
}  # fmt: skip
_OPENING = frozenset(
    {
        Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter,
        Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_F4,
    }
)  # fmt: skip
_COLOURS = {
    SURE: ("accent", "accent_bg", "accent_text"),
    GUESSED: ("warn", "warn_bg", "warn_text"),
    SKIPPED: ("field", "card", "faint"),
}


class MappingHeader(QHeaderView):
    """`chosen`: the section of a column and the field that the user gave it ("": skip).

    `reached`: the combo of a section has the focus; `left`: the focus goes back to the rows.
    """

    chosen = Signal(int, str)
    reached = Signal(int)
    left = Signal()

    def __init__(self, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self._choices: dict[int, MeaningChoice] = {}
        self.setFixedHeight(theme.px(HEIGHT))
        self.setSectionsClickable(False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a caption's letter leads to the combos
        self.setHighlightSections(False)
        self.sectionResized.connect(lambda *_: self._place())
        self.geometriesChanged.connect(self._place)
        view.horizontalScrollBar().valueChanged.connect(lambda _: self._place())

    def show_columns(self, columns: Sequence[FileColumn]) -> None:
        """New combos for new columns; the one that had the focus keeps it."""
        focused = next((at for at, one in self._choices.items() if one.hasFocus()), None)
        for choice in self._choices.values():
            choice.hide()
            choice.deleteLater()
        self._choices = {}
        for section, column in enumerate(columns, FIRST_CELL):
            self._choices[section] = self._made(section, column)
        self._place()
        self._stop_at(focused if focused in self._choices else FIRST_CELL)
        if focused in self._choices:
            self._choices[focused].setFocus()

    def choice(self, section: int) -> MeaningChoice:
        return self._choices[section]

    def choices(self) -> Sequence[MeaningChoice]:
        """From left to right."""
        return [*self._choices.values()]

    def enter(self, section: int) -> None:
        """Give the focus to the combo of a section, or to the first one."""
        if self._choices:
            at = section if section in self._choices else min(self._choices)
            self._choices[at].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _made(self, section: int, column: FileColumn) -> MeaningChoice:
        choice = MeaningChoice(column)
        choice.setParent(self.viewport())
        choice.written.connect(lambda name: self.chosen.emit(section, name))
        choice.stepped.connect(lambda step: self._step(section, step))
        choice.reached.connect(lambda: self._take_focus(section))
        choice.left.connect(self.left)
        choice.show()
        return choice

    def _step(self, section: int, step: int) -> None:
        at = min(max(section + step, min(self._choices)), max(self._choices))
        self._choices[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _take_focus(self, section: int) -> None:
        self._stop_at(section)
        self.reached.emit(section)

    def _stop_at(self, section: int) -> None:
        """Let Tab stop at one combo only."""
        for at, choice in self._choices.items():
            here = at == section
            choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)
            if here:
                self.setFocusProxy(choice)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintSection(self, painter: QPainter, box: QRect, section: int) -> None:
        painter.save()
        painter.fillRect(box, theme.color("bg"))
        painter.fillRect(box.x(), box.bottom(), box.width(), 1, theme.color("line"))
        model = self.model()
        words = model.headerData(section, Qt.Orientation.Horizontal)
        face = theme.font(12)
        painter.setFont(face)
        painter.setPen(theme.color("muted"))
        line = QRectF(box.x() + 10, box.y() + 2, box.width() - 14, theme.px(CAPTION))
        text = QFontMetrics(face).elidedText(
            str(words), Qt.TextElideMode.ElideRight, int(line.width())
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def _place(self) -> None:
        top, height = theme.px(CAPTION), theme.px(HEIGHT) - theme.px(CAPTION) - GAP
        for section, choice in self._choices.items():
            left = self.sectionViewportPosition(section)
            choice.setGeometry(left + 6, top, max(self.sectionSize(section) - 12, 30), height)
