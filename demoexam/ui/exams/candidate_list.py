"""The list of candidates for a seat: each with what speaks for and against him."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from demoexam.rules.terms import Role
from demoexam.services.exams.candidates import Candidate, Verdict
from demoexam.services.share.effect import Trend
from demoexam.text import short_name
from demoexam.ui import icons, theme
from demoexam.ui.exams.exam_words import SIDES
from demoexam.ui.tokens import Tone

Index = QModelIndex | QPersistentModelIndex
PAD, GAP, ICON, BUTTON_WIDE, BUTTON_HIGH = 10, 6, 14, 84, 26
BATCH = 40
SHORT = 3  # reasons of a candidate who is not the current one
STRONG = QFont.Weight.DemiBold
SIGNS = {
    Verdict.FOR: ("check", "ok", "text"),
    Verdict.AGAINST: ("minus", "warn", "warn_text"),
    Verdict.BAN: ("ban", "bad", "bad_text"),
}
TRENDS = {
    Trend.RISES: "ok",
    Trend.STAYS: "accent",
    Trend.FALLS: "warn",
    Trend.NOT_COUNTED: "grey",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line under a candidate's name."""

    icon: str
    color: str
    ink: str
    text: str
    strong: bool = False


def lines_of(one: Candidate, *, whole: bool) -> list[Line]:
    """Bans and doubts first; the share's effect last, unless he may not be chosen anyway."""
    reasons = one.reasons if whole else one.reasons[:SHORT]
    found = [Line(*SIGNS[reason.verdict], reason.text) for reason in reasons]
    if one.allowed:
        tone = TRENDS[one.effect.trend]
        found.append(Line("chart-column", tone, f"{tone}_text", str(one.effect), strong=True))
    return found


def spoken(one: Candidate) -> str:
    """The whole of a candidate for a screen reader."""
    told = "; ".join(reason.text for reason in one.reasons)
    may = "" if one.allowed else "назначить нельзя; "
    side = SIDES[one.side][0].lower()
    return f"{one.name}, {side}, {one.organization}: {may}{told}; {one.effect}"


def fitting_name(name: str, metrics: QFontMetrics, room: int) -> str:
    """The whole name, or the family name with initials where the whole does not fit."""
    last, first, middle, *_ = [*name.split(), "", "", ""]
    elided = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
    if elided == name:
        return name
    return metrics.elidedText(short_name(last, first, middle), Qt.TextElideMode.ElideRight, room)


class CandidateModel(QAbstractListModel):
    """Candidates in their order of suitability."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: Sequence[Candidate] = ()

    def show(self, candidates: Sequence[Candidate]) -> None:
        self.beginResetModel()
        self._shown = candidates
        self.endResetModel()

    def at(self, number: int) -> Candidate | None:
        return self._shown[number] if 0 <= number < len(self._shown) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one = self.at(index.row())
        if one is None:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return one.name
        return spoken(one) if role == Qt.ItemDataRole.AccessibleTextRole else None


class CandidateView(QListView):
    """Arrows move, Enter (or the button of a line) takes a candidate."""

    taken = Signal(object)  # Candidate

    def __init__(self, model: CandidateModel) -> None:
        super().__init__()
        self.candidates = model
        self.verb = "Назначить"  # on the button of a line
        self.setModel(model)
        self._look = CandidateDelegate(self)
        self.setItemDelegate(self._look)
        self.setAccessibleName("Кандидаты: Enter ставит на место")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSpacing(4)
        self.setLayoutMode(QListView.LayoutMode.Batched)  # thousands are laid out bit by bit
        self.setBatchSize(BATCH)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self._look.pressed.connect(self._take)

    def current(self) -> Candidate | None:
        return self.candidates.at(self.currentIndex().row())

    def point_at(self, expert_id: str) -> None:
        """Put the cursor on a candidate who is still in the list."""
        for number in range(self.candidates.rowCount()):
            one = self.candidates.at(number)
            if one is not None and one.expert_id == expert_id:
                self.setCurrentIndex(self.candidates.index(number))
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        for index in (previous, current):
            if index.isValid():
                self._look.sizeHintChanged.emit(index)
        self.scrollTo(current)

    def _take(self, number: int) -> None:
        one = self.candidates.at(number)
        if one is not None:
            self.setCurrentIndex(self.candidates.index(number))
            self.taken.emit(one)


class CandidateDelegate(QStyledItemDelegate):
    """Paints a candidate as a small card; the current one tells everything."""

    pressed = Signal(int)  # the row whose button was clicked

    def __init__(self, view: CandidateView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        wide = self._view.viewport().width() - 12
        one = self._view.candidates.at(index.row())
        if one is None:
            return QSize(wide, 0)
        inner = wide - 2 * PAD - ICON - 5
        lines = lines_of(one, whole=self._is_current(index))
        high = sum(_height(line, inner) for line in lines)
        return QSize(wide, theme.px(48) + high + PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one = self._view.candidates.at(index.row())
        if one is None:
            return
        current = self._is_current(index)
        box = QRectF(option.rect).adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent" if current else "line"), 1))
        painter.setBrush(theme.color("accent_bg" if current else "card"))
        painter.drawRoundedRect(box, 8, 8)
        self._head(painter, box, one, current=current)
        top = box.y() + theme.px(48)
        for line in lines_of(one, whole=current):
            top += _draw_line(painter, line, box, top)
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            spot = _button(QRectF(option.rect))
            if spot.contains(event.position()):
                self.pressed.emit(index.row())
                return True
        return super().editorEvent(event, model, option, index)

    def _head(self, painter: QPainter, box: QRectF, one: Candidate, *, current: bool) -> None:
        face = theme.font(13, STRONG)
        metrics = QFontMetrics(face)
        room = int(_button(box).x() - box.x() - PAD)
        pill, tone = ("Не в доле", Tone.GREY) if one.role is Role.TECHNICAL else SIDES[one.side]
        oval = QFontMetrics(theme.font(12, STRONG)).horizontalAdvance(pill) + 16
        name = fitting_name(one.name, metrics, room - GAP)
        painter.setFont(face)
        painter.setPen(theme.color("text" if one.allowed else "muted"))
        line = QRectF(box.x() + PAD, box.y() + 5, room, 20)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, name)
        below = QRectF(box.x() + PAD, box.y() + 28, oval, 18)
        _pill(painter, below, pill, tone, current=current)
        at_work = one.organization or "место работы не указано"
        small = QFontMetrics(theme.font(12))
        left = below.right() + GAP
        wide = int(box.right() - left - PAD)
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("muted"))
        shown = small.elidedText(at_work, Qt.TextElideMode.ElideRight, wide)
        painter.drawText(QRectF(left, box.y() + 28, wide, 18), Qt.AlignmentFlag.AlignVCenter, shown)
        words = self._view.verb if one.allowed else "Почему?"
        _draw_button(painter, _button(box), words, allowed=one.allowed, current=current)

    def _is_current(self, index: Index) -> bool:
        return index.row() == self._view.currentIndex().row()


def _button(box: QRectF) -> QRectF:
    return QRectF(box.right() - BUTTON_WIDE - 7, box.y() + 5, BUTTON_WIDE, BUTTON_HIGH - 4)


def _draw_button(
    painter: QPainter, box: QRectF, words: str, *, allowed: bool, current: bool
) -> None:
    painter.setFont(theme.font(12, STRONG if current or not allowed else QFont.Weight.Normal))
    if allowed:
        painter.setPen(theme.color("accent" if current else "edge"))
        painter.setBrush(theme.color("accent" if current else "card"))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(theme.color("on_accent" if current else "text"))
    else:
        painter.setPen(theme.color("accent_text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _pill(painter: QPainter, box: QRectF, text: str, tone: str, *, current: bool) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("card" if current else f"{tone}_bg"))
    painter.drawRoundedRect(box, 9, 9)
    painter.setFont(theme.font(12, STRONG))
    painter.setPen(theme.color(f"{tone}_text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _face(line: Line) -> QFont:
    return theme.font(12, STRONG if line.strong else QFont.Weight.Normal)


def _height(line: Line, wide: int) -> int:
    metrics = QFontMetrics(_face(line))
    box = metrics.boundingRect(QRect(0, 0, wide, 400), Qt.TextFlag.TextWordWrap, line.text)
    return box.height() + 2


def _draw_line(painter: QPainter, line: Line, box: QRectF, top: float) -> int:
    wide = int(box.width()) - 2 * PAD - ICON - 5
    high = _height(line, wide)
    picture = icons.pixmap(line.icon, line.color, ICON)
    painter.drawPixmap(int(box.x()) + PAD, int(top) + 2, picture)
    painter.setFont(_face(line))
    painter.setPen(theme.color(line.ink))
    place = QRectF(box.x() + PAD + ICON + 5, top, wide, high)
    painter.drawText(place, Qt.TextFlag.TextWordWrap, line.text)
    return high
