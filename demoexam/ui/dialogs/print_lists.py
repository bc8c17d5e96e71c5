"""The two lists of the printing form: the day's exams and the forms, each with its state."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from demoexam.services.papers.exam_papers import DaySitting
from demoexam.services.papers.papers import PaperState
from demoexam.text import clock, plural
from demoexam.ui import theme
from demoexam.ui.dialogs.print_cells import MOST_COPIES, TONE, CopiesDelegate, PillDelegate
from demoexam.ui.exams.documents_tab import state_of
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import row

Role = Qt.ItemDataRole
ROW, STATE_WIDE, COPIES_WIDE = 34, 90, 62
IDENT = Role.UserRole
COPIES = 2  # the column
STEPS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}


@dataclass(frozen=True)
class Line:
    """A row: its id, its text, whether it is ticked, its state in a word, a tool tip."""

    ident: str
    text: str
    ticked: bool
    state: tuple[str, str]  # words, tone
    tip: str = ""


class CheckTable(QTableWidget):
    """Rows with a box to tick (Space), a state in words on an oval, and maybe copies.

    Copies are typed as a digit or changed by + and − on the row, or edited by a double click.
    """

    ticked = Signal()
    pointed = Signal(str)  # the id of the current row

    def __init__(self, name: str, titles: Sequence[str], row_height: int = ROW) -> None:
        super().__init__(0, len(titles))
        self.copied = len(titles) > COPIES
        keys = (
            "пробел отмечает, цифра задаёт число экземпляров" if self.copied else "пробел отмечает"
        )
        self.setAccessibleName(f"{name}: {keys}")
        self.setHorizontalHeaderLabels(list(titles))
        self._copies: dict[str, int] = {}
        self._behave(row_height)
        self.itemChanged.connect(self._on_change)
        self.currentCellChanged.connect(self._on_move)

    def fill(self, rows: Sequence[Line]) -> None:
        here = self.current_id()
        self.blockSignals(True)
        self.setRowCount(len(rows))
        for number, line in enumerate(rows):
            self._fill_row(number, line)
        first = next((n for n, row in enumerate(rows) if row.ticked), 0 if rows else -1)
        at = next((n for n, row in enumerate(rows) if row.ident == here), first)
        self.setCurrentCell(at, 0)
        self.blockSignals(False)
        QTimer.singleShot(0, self, lambda: self.scrollTo(self.currentIndex()))
        self.viewport().update()

    def current_id(self) -> str:
        item = self.item(self.currentRow(), 0)
        return str(item.data(IDENT)) if item is not None else ""

    def ticked_ids(self) -> list[str]:
        """Ids of the ticked rows, from top to bottom."""
        return [
            str(item.data(IDENT))
            for item in self._first_cells()
            if item.checkState() == Qt.CheckState.Checked
        ]

    def tick(self, idents: Sequence[str]) -> None:
        """Tick these rows and no others."""
        self.blockSignals(True)
        for item in self._first_cells():
            wanted = item.data(IDENT) in idents
            item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
        self.blockSignals(False)
        self.viewport().update()
        self.ticked.emit()

    def copies(self) -> dict[str, int]:
        """How many of each form, where it is not one."""
        return {ident: count for ident, count in self._copies.items() if count > 1}

    def set_copies(self, ident: str, count: int) -> None:
        for number, item in enumerate(self._first_cells()):
            cell = self.item(number, COPIES)
            if item.data(IDENT) == ident and cell is not None:
                cell.setData(Role.EditRole, min(max(count, 1), MOST_COPIES))

    def point_at(self, ident: str) -> None:
        for number, item in enumerate(self._first_cells()):
            if item.data(IDENT) == ident:
                self.setCurrentCell(number, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here, key = self.current_id(), Qt.Key(event.key())
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if self.copied and plain and event.text().isdecimal() and event.text() != "0":
            self.set_copies(here, int(event.text()))
        elif self.copied and plain and key in STEPS:
            self.set_copies(here, self._copies.get(here, 1) + STEPS[key])
        elif key == Qt.Key.Key_Space and self.currentColumn() != 0:
            self.setCurrentCell(self.currentRow(), 0)
            super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def _first_cells(self) -> list[QTableWidgetItem]:
        items = (self.item(number, 0) for number in range(self.rowCount()))
        return [item for item in items if item is not None]

    def _fill_row(self, number: int, line: Line) -> None:
        item, state = QTableWidgetItem(line.text), QTableWidgetItem(line.state[0])
        item.setData(IDENT, line.ident)
        item.setCheckState(Qt.CheckState.Checked if line.ticked else Qt.CheckState.Unchecked)
        item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
        state.setData(TONE, str(line.state[1]))
        state.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        for column, one in enumerate((item, state)):
            one.setToolTip(line.tip)
            self.setItem(number, column, one)
        if self.copied:
            count = QTableWidgetItem()
            count.setData(Role.EditRole, self._copies.get(line.ident, 1))
            count.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            count.setToolTip("Сколько экземпляров лежит в пакете: цифра, + или −")
            self.setItem(number, COPIES, count)

    def _on_change(self, item: QTableWidgetItem) -> None:
        first = self.item(item.row(), 0)
        if item.column() == COPIES and first is not None:
            self._copies[str(first.data(IDENT))] = int(item.data(Role.EditRole))
        self.ticked.emit()

    def _on_move(self, line: int, _column: int, before: int, _from: int) -> None:
        if line != before:
            self.pointed.emit(self.current_id())

    def _behave(self, row_height: int) -> None:
        self.setItemDelegateForColumn(1, PillDelegate(self))
        self.setItemDelegateForColumn(COPIES, CopiesDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
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
        if self.copied:
            self.setColumnWidth(COPIES, theme.px(COPIES_WIDE))


def framed(table: QTableWidget) -> QFrame:
    """The table on a card."""
    panel = QFrame()
    panel.setProperty("look", "card")
    panel.setLayout(row(table, margins=(1, 4, 1, 4)))
    return panel


def sitting_rows(sittings: Sequence[DaySitting], ticked: Sequence[str] | None) -> list[Line]:
    """A row for each exam of the day."""
    return [
        Line(
            one.id,
            f"{one.group} · {clock(one.starts_at)}\n{one.workshop}",
            not one.held and (ticked is None or one.id in ticked),
            _sitting_state(one),
            "\n".join(one.missing),
        )
        for one in sittings
    ]


def paper_rows(papers: Sequence[PaperState], ticked: Sequence[str] | None) -> list[Line]:
    """A row for each form of an exam; those of the exam day are ticked until somebody chooses."""
    return [
        Line(
            one.code,
            f"{one.code}  {one.name}",
            one.by_day if ticked is None else one.code in ticked,
            state_of(one),
            "\n".join(filter(None, (one.stale, *one.missing))),
        )
        for one in papers
    ]


def _sitting_state(one: DaySitting) -> tuple[str, str]:
    if one.held:
        return "Отложен", Tone.BAD
    if one.stops:
        return "Черновик", Tone.WARN
    if one.outdated:
        words = plural(one.outdated, "устарел", "устарели", "устарели")
        return f"{one.outdated} {words}", Tone.WARN
    if one.ready < len(one.by_day):
        return f"{one.ready} из {len(one.by_day)}", Tone.WARN
    return "Готов", Tone.OK
