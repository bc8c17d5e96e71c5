"""The header of the preview: the file's caption above, the column's meaning in a combo below."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from demoexam.ui import icons, theme
from demoexam.ui.fields import ChoiceField
from demoexam.ui.importing.board import GUESSED, SKIPPED, SURE, FileColumn
from demoexam.ui.importing.preview_model import FIRST_CELL, PreviewModel
from demoexam.ui.importing.wording import FIELD_NAMES

CAPTION, HEIGHT, GAP = 26, 66, 5
CHEVRON = 14
SKIP = ""
_SAID = {SURE: "узнан", GUESSED: "угадан по содержимому", SKIPPED: "не загружается"}


class MeaningChoice(ChoiceField):
    """Blue when the meaning is sure, amber when guessed, dashed when the column is skipped."""

    def __init__(self, column: FileColumn, fields: Sequence[str]) -> None:
        named = sorted((FIELD_NAMES.get(name, name), name) for name in fields)
        super().__init__([(SKIP, "Не загружать"), *((name, text) for text, name in named)])
        self.show_value(column.field)
        self.belief = column.belief
        self.setAccessibleName(f"Смысл столбца «{column.caption}», {_SAID[column.belief]}")
        self.setToolTip(f"{column.caption}: {_SAID[column.belief]}")

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


_COLOURS = {
    SURE: ("accent", "accent_bg", "accent_text"),
    GUESSED: ("warn", "warn_bg", "warn_text"),
    SKIPPED: ("field", "card", "faint"),
}


class MappingHeader(QHeaderView):
    """`chosen`: the section of a column and the field that the user gave it ("": skip)."""

    chosen = Signal(int, str)

    def __init__(self, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self._choices: dict[int, MeaningChoice] = {}
        self.setFixedHeight(theme.px(HEIGHT))
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.sectionResized.connect(lambda *_: self._place())
        self.geometriesChanged.connect(self._place)
        view.horizontalScrollBar().valueChanged.connect(lambda _: self._place())

    def show_columns(self, columns: Sequence[FileColumn], fields: Sequence[str]) -> None:
        """New combos for new columns; without `fields` the captions stand alone."""
        focused = next((at for at, one in self._choices.items() if one.hasFocus()), None)
        for choice in self._choices.values():
            choice.hide()
            choice.deleteLater()
        self._choices = {}
        before: QWidget = self._view
        for section, column in enumerate(columns if fields else (), FIRST_CELL):
            choice = MeaningChoice(column, fields)
            choice.setParent(self.viewport())
            choice.written.connect(lambda name, section=section: self.chosen.emit(section, name))
            choice.show()
            QWidget.setTabOrder(before, choice)  # from the table by Tab, as from left to right
            before = choice
            self._choices[section] = choice
        self._place()
        if focused in self._choices:
            self._choices[focused].setFocus()

    def choice(self, section: int) -> MeaningChoice:
        return self._choices[section]

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
        if isinstance(model, PreviewModel) and section >= FIRST_CELL and not self._choices:
            self._meaning(painter, box, model.column(section))
        painter.restore()

    def _meaning(self, painter: QPainter, box: QRect, column: FileColumn) -> None:
        """The meaning as plain words, where it cannot be changed."""
        below = QRectF(box.x() + 10, box.y() + theme.px(CAPTION), box.width() - 14, 30)
        painter.setPen(theme.color("accent_text"))
        name = ", ".join(column.places)
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, f"листы: {name}")

    def _place(self) -> None:
        top, height = theme.px(CAPTION), theme.px(HEIGHT) - theme.px(CAPTION) - GAP
        for section, choice in self._choices.items():
            left = self.sectionViewportPosition(section)
            choice.setGeometry(left + 6, top, max(self.sectionSize(section) - 12, 30), height)
