"""How a cell of the grid of points is painted, and the editor one types in."""

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from demoexam.ui import icons, theme
from demoexam.ui.exams.scores_table import (
    ABSENT,
    CAME,
    FINISHED,
    GRADE,
    NAME,
    NOTE,
    NUMBER,
    PER_CENT,
    PLACE,
    Index,
    ScoresTable,
)

PAD = 8
STRONG = QFont.Weight.DemiBold
TONES = {5: "ok", 4: "accent", 3: "warn", 2: "bad"}


class ScoreDelegate(QStyledItemDelegate):
    """Paints the grid, and gives the editor that is filled once."""

    def __init__(self, scores: ScoresTable, parent: QObject) -> None:
        super().__init__(parent)
        self._scores = scores

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hour = self._scores.module(index.column()) is None
        editor.setAccessibleName("Закончил в" if hour else "Баллы")
        editor.setStyleSheet("padding: 0; min-height: 0; border-radius: 4px;")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Only once: a refresh of the table must not overwrite what is being typed."""
        if isinstance(editor, QLineEdit) and not editor.property("filled"):
            editor.setProperty("filled", True)
            editor.setText(str(index.data() or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, _model: object, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            self._scores.enter(index, editor.text())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        scores, box = self._scores, QRectF(option.rect)
        wrong = scores.wrong_text(index) is not None
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _ground(painter, box, self._fill(index, wrong=wrong))
        if index.column() == 0 and any(
            place == scores.people[index.row()].place_id for place, _ in scores.wrong
        ):
            painter.fillRect(QRectF(box.x(), box.y(), 4, box.height() - 1), theme.color("bad"))
        self._content(painter, box, index, wrong=wrong)
        if wrong:
            _frame(painter, box, "bad")
        elif option.state & QStyle.StateFlag.State_HasFocus:
            _frame(painter, box, "accent")
        painter.restore()

    def _fill(self, index: Index, *, wrong: bool) -> str:
        scores = self._scores
        if wrong:
            return "bad_bg"
        if scores.needs_nothing(index.row()):
            return "bg"
        empty = scores.module(index.column()) is not None and not index.data()
        started = bool(scores.points(index.row()))
        return "warn_bg" if empty and started else ""

    def _content(self, painter: QPainter, box: QRectF, index: Index, *, wrong: bool) -> None:
        scores, text = self._scores, str(index.data() or "")
        column_, after = index.column(), scores.after
        absent = scores.needs_nothing(index.row())
        if column_ == CAME:
            _tick(painter, box, scores.people[index.row()].attended)
            return
        if column_ == after + GRADE and text != "—":
            _grade(painter, box, text, scores.grade(index.row()))
            return
        strong = wrong or column_ in {NAME, after}
        ink = "bad_text" if wrong else "faint" if absent or text == ABSENT else "text"
        if column_ in {NUMBER, PLACE, after + PER_CENT, after + FINISHED, after + NOTE}:
            ink = "muted"
        left = column_ in {NAME, after + GRADE, after + NOTE}
        side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignHCenter
        painter.setFont(theme.font(weight=STRONG if strong and not absent else QFont.Weight.Normal))
        painter.setPen(theme.color(ink))
        inner = box.adjusted(PAD, 0, -PAD, -1)
        shown = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(inner.width())
        )
        painter.drawText(inner, side | Qt.AlignmentFlag.AlignVCenter, shown)


def _ground(painter: QPainter, box: QRectF, fill: str) -> None:
    if fill:
        painter.fillRect(box, theme.color(fill))
    painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), theme.color("line"))


def _frame(painter: QPainter, box: QRectF, color: str) -> None:
    painter.setPen(QPen(theme.color(color), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(2, 2, -3, -3), 4, 4)


def _tick(painter: QPainter, box: QRectF, came: bool | None) -> None:
    square = QRectF(box.center().x() - 9, box.center().y() - 10, 18, 18)
    tone = {True: "accent", False: "grey", None: "field"}[came]
    painter.setPen(QPen(theme.color(tone), 1.5))
    painter.setBrush(theme.color(tone) if came is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(square, 4, 4)
    if came is not None:
        sign = icons.pixmap("check" if came else "minus", "on_accent", 14)
        painter.drawPixmap(int(square.x()) + 2, int(square.y()) + 2, sign)


def _grade(painter: QPainter, box: QRectF, text: str, grade: int | None) -> None:
    tone = TONES.get(grade or 0, "grey")
    number, _, words = text.partition(" ") if grade else (text, "", "")
    painter.setFont(theme.font(12, STRONG))
    wide = painter.fontMetrics().horizontalAdvance(number) + 18
    oval = QRectF(box.x() + PAD, box.center().y() - 10, wide, 20)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(f"{tone}_bg"))
    painter.drawRoundedRect(oval, 10, 10)
    painter.setPen(theme.color(f"{tone}_text"))
    painter.drawText(oval, Qt.AlignmentFlag.AlignCenter, number)
    painter.setFont(theme.font(12))
    painter.setPen(theme.color("muted"))
    rest = QRectF(oval.right() + 6, box.y(), box.right() - oval.right() - 8, box.height())
    painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, words)
