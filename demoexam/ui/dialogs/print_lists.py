"""The two lists of the printing form: the day's exams and the forms, each with its state."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from demoexam.services.exam_papers import DaySitting
from demoexam.services.papers import PaperState
from demoexam.text import clock
from demoexam.ui import theme
from demoexam.ui.exams.documents_tab import state_of
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import row

Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
ROW, STATE_WIDE = 34, 92
IDENT, TONE = Role.UserRole, Role.UserRole.value + 1


class CheckTable(QTableWidget):
    """Rows with a box to tick (Space) and a state in words on an oval."""

    ticked = Signal()
    pointed = Signal(str)  # the id of the current row

    def __init__(self, name: str, titles: tuple[str, str], row_height: int = ROW) -> None:
        super().__init__(0, 2)
        self.setAccessibleName(f"{name}: пробел отмечает")
        self.setHorizontalHeaderLabels(list(titles))
        self.setItemDelegateForColumn(1, PillDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCornerWidget(QWidget())
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(row_height))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(1, theme.px(STATE_WIDE))
        self.itemChanged.connect(lambda _item: self.ticked.emit())
        self.currentCellChanged.connect(lambda *_cells: self.pointed.emit(self.current_id()))

    def fill(self, rows: Sequence[tuple[str, str, bool, tuple[str, str], str]]) -> None:
        """Rows of id, text, ticked, state (words and tone), tool tip."""
        here = self.current_id()
        self.blockSignals(True)
        self.setRowCount(len(rows))
        for number, (ident, text, ticked, (words, tone), tip) in enumerate(rows):
            item, state = QTableWidgetItem(text), QTableWidgetItem(words)
            item.setData(IDENT, ident)
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            state.setData(TONE, str(tone))
            state.setFlags(state.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
            for one in (item, state):
                one.setToolTip(tip)
            self.setItem(number, 0, item)
            self.setItem(number, 1, state)
        at = next((n for n, row in enumerate(rows) if row[0] == here), 0 if rows else -1)
        self.setCurrentCell(at, 0)
        self.blockSignals(False)

    def current_id(self) -> str:
        item = self.item(self.currentRow(), 0)
        return str(item.data(IDENT)) if item is not None else ""

    def ticked_ids(self) -> list[str]:
        """Ids of the ticked rows, from top to bottom."""
        items = (self.item(number, 0) for number in range(self.rowCount()))
        return [
            str(item.data(IDENT))
            for item in items
            if item is not None and item.checkState() == Qt.CheckState.Checked
        ]

    def tick(self, idents: Sequence[str]) -> None:
        """Tick these rows and no others."""
        self.blockSignals(True)
        for number in range(self.rowCount()):
            item = self.item(number, 0)
            if item is not None:
                wanted = item.data(IDENT) in idents
                item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
        self.blockSignals(False)
        self.ticked.emit()

    def point_at(self, ident: str) -> None:
        for number in range(self.rowCount()):
            item = self.item(number, 0)
            if item is not None and item.data(IDENT) == ident:
                self.setCurrentCell(number, 0)


class PillDelegate(QStyledItemDelegate):
    """Paints the state of a row as words on an oval."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        chosen = option.state & QStyle.StateFlag.State_Selected
        painter.fillRect(option.rect, theme.color("accent_bg" if chosen else "card"))
        line = QRectF(option.rect.x(), option.rect.bottom(), option.rect.width(), 1)
        painter.fillRect(line, theme.color("line"))
        words, tone = str(index.data() or ""), str(index.data(TONE) or Tone.GREY)
        box = QRectF(option.rect)
        face = theme.font(12, QFont.Weight.DemiBold)
        wide = QFontMetrics(face).horizontalAdvance(words) + 18
        oval = QRectF(box.x() + 4, box.center().y() - 10, wide, 20)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(f"{tone}_bg"))
        painter.drawRoundedRect(oval, 10, 10)
        painter.setFont(face)
        painter.setPen(theme.color(f"{tone}_text"))
        painter.drawText(oval, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()


def framed(table: QTableWidget) -> QFrame:
    """The table on a card."""
    panel = QFrame()
    panel.setProperty("look", "card")
    panel.setLayout(row(table, margins=(1, 4, 1, 4)))
    return panel


def sitting_rows(
    sittings: Sequence[DaySitting], ticked: Sequence[str] | None
) -> list[tuple[str, str, bool, tuple[str, str], str]]:
    """A row for each exam of the day."""
    rows = []
    for one in sittings:
        chosen = not one.held and (ticked is None or one.id in ticked)
        text = f"{one.group} · {clock(one.starts_at)}\n{one.workshop}"
        rows.append((one.id, text, chosen, _sitting_state(one), "\n".join(one.missing)))
    return rows


def paper_rows(
    papers: Sequence[PaperState], ticked: Sequence[str] | None
) -> list[tuple[str, str, bool, tuple[str, str], str]]:
    """A row for each form of an exam."""
    return [
        (
            one.code,
            f"{one.code}  {one.name}",
            ticked is None or one.code in ticked,
            state_of(one),
            "\n".join(one.missing),
        )
        for one in papers
    ]


def _sitting_state(one: DaySitting) -> tuple[str, str]:
    if one.held:
        return "Отложен", Tone.BAD
    if one.stops:
        return "Черновик", Tone.WARN
    if one.outdated:
        return f"{one.outdated} устарел", Tone.WARN
    if one.ready < len(one.papers):
        return f"{one.ready} из {len(one.papers)}", Tone.WARN
    return "Готов", Tone.OK
