"""The preview table: row number and «Что будет» stay in sight, the file's columns scroll."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QTableView, QWidget

from demoexam.exchange.cells import Place
from demoexam.ui import theme
from demoexam.ui.importing.board import Board
from demoexam.ui.importing.columns import SKIPPED
from demoexam.ui.importing.mapping_header import MappingHeader
from demoexam.ui.importing.preview_delegate import PreviewDelegate
from demoexam.ui.importing.preview_model import FIRST_CELL, NUMBER, OUTCOME, Index, PreviewModel
from demoexam.ui.widgets import column, row

ROW = 35
NUMBER_WIDTH, OUTCOME_WIDTH = 72, 236
LEAST, MOST, SKIPPED_WIDTH = 96, 250, 104
SAMPLE = 60  # rows that tell a column's width
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
Triggers = QAbstractItemView.EditTrigger


class SideTable(QTableView):
    """One half of the preview; both halves look at the same rows."""

    moved = Signal(int)  # the row under the cursor
    entered = Signal()  # Enter: do what the row under the cursor needs

    def __init__(self, model: PreviewModel, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(PreviewDelegate(self))
        self.setHorizontalHeader(MappingHeader(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerWidget(QWidget())
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.px(ROW))

    def header(self) -> MappingHeader:
        header = self.horizontalHeader()
        assert isinstance(header, MappingHeader)  # noqa: S101 -- set in __init__
        return header

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif control and event.key() == Qt.Key.Key_Up:
            self.header().enter(self.currentIndex().column())
        elif event.key() in _ENTER and self.state() != self.State.EditingState:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.moved.emit(current.row())

    def _copy(self) -> None:
        """The row under the cursor as tab-separated values."""
        model, at = self.model(), self.currentIndex().row()
        if isinstance(model, PreviewModel) and at >= 0:
            texts = [model.text(at, section) for section in range(model.columnCount())]
            QGuiApplication.clipboard().setText("\t".join(texts))


class PreviewView(QWidget):
    """`pointed`: the row under the cursor (-1: none); `mapped`: a section and its new meaning."""

    pointed = Signal(int)
    mapped = Signal(int, str)
    typing_ended = Signal()

    def __init__(self, model: PreviewModel) -> None:
        super().__init__()
        self.model = model
        self.frozen = SideTable(model, "Что будет со строками файла")
        self.body = SideTable(model, "Строки файла")
        self._nothing = QLabel(self.body.viewport(), alignment=Qt.AlignmentFlag.AlignCenter)
        self._nothing.setProperty("step", "soft")
        self._under = QWidget()
        self._shape()
        layout = row(column(self.frozen, self._under, spacing=0), self.body, spacing=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.body)
        self._join()

    def show_board(self, board: Board, which: str) -> None:
        """Show another plan; the cursor stays on its line of the file."""
        here = self._here()
        same = [one.caption for one in board.columns] == [one.caption for one in self.model.columns]
        self.model.show_board(board, which)
        self.body.header().show_columns(board.columns)
        self._hide_other_half()
        if not same:
            self._fit_columns(board)
        self.after_filter()
        self._return_to(here)

    def show_only(self, which: str, *, hide_same: bool) -> None:
        """Fewer rows; the cursor stays on its line of the file while that is seen."""
        here = self._here()
        self.model.show_only(which, hide_same=hide_same)
        self.after_filter()
        self._return_to(here)

    def after_filter(self) -> None:
        """Say why nothing is seen."""
        count = self.model.rowCount()
        self._nothing.setText("" if count else "Таких строк в файле нет")
        self._nothing.setVisible(not count)
        self._nothing.setGeometry(self.body.viewport().rect())
        if count and self.body.currentIndex().row() < 0:
            self.body.setCurrentIndex(self.model.index(0, FIRST_CELL))
        elif not count:
            self.pointed.emit(-1)

    def go_to_problem(self, step: int) -> bool:
        """To the next (1) or previous (-1) row with a problem, onto its bad cell."""
        at = self.model.next_problem(self.body.currentIndex().row(), step)
        if at >= 0:
            self.go_to(at)
        return at >= 0

    def go_to(self, at: int) -> None:
        """The cursor onto a row's bad cell, or its first."""
        self.body.setCurrentIndex(self.model.index(at, self.model.problem_column(at)))
        self.body.scrollTo(self.body.currentIndex())
        self.body.setFocus()

    @property
    def is_typed_in(self) -> bool:
        """Whether a cell is open for typing."""
        return self.body.state() == QAbstractItemView.State.EditingState

    def edit_cell(self) -> None:
        """Open the editor on the cell under the cursor (F2)."""
        if self.body.currentIndex().isValid():
            self.body.setFocus()
            self.body.edit(self.body.currentIndex())

    def _shape(self) -> None:
        width = theme.px(NUMBER_WIDTH) + theme.px(OUTCOME_WIDTH)
        self.frozen.setFixedWidth(width)
        self.frozen.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.frozen.setEditTriggers(Triggers.NoEditTriggers)
        self.frozen.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.frozen.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.setEditTriggers(Triggers.EditKeyPressed | Triggers.DoubleClicked)
        self._under.setFixedHeight(0)

    def _join(self) -> None:
        self.frozen.setSelectionModel(self.body.selectionModel())
        ours, others = self.body.verticalScrollBar(), self.frozen.verticalScrollBar()
        ours.valueChanged.connect(others.setValue)
        others.valueChanged.connect(ours.setValue)
        others.rangeChanged.connect(lambda *_: others.setValue(ours.value()))
        self.body.horizontalScrollBar().rangeChanged.connect(self._level)
        self.body.moved.connect(self.pointed)
        ended = Qt.ConnectionType.QueuedConnection  # once the view knows it itself
        self.body.itemDelegate().closeEditor.connect(self._end_typing, ended)
        self.frozen.clicked.connect(self._take_row)
        self.body.header().chosen.connect(self.mapped)
        self.body.header().reached.connect(self._show_column)
        self.body.header().left.connect(self.body.setFocus)

    def _level(self, _least: int, most: int) -> None:
        """Both halves show the same rows: one is as short as the other's scroll bar makes it."""
        self._under.setFixedHeight(self.body.horizontalScrollBar().sizeHint().height() * bool(most))

    def _take_row(self, index: Index) -> None:
        """A click on the frozen half moves the cursor of the scrolling one."""
        at = self.model.index(index.row(), self.model.problem_column(index.row()))
        self.body.setCurrentIndex(at)
        self.body.setFocus()

    def _end_typing(self) -> None:
        self.typing_ended.emit()

    def _show_column(self, section: int) -> None:
        """Scroll to the column whose combo has the focus."""
        at = self.body.currentIndex().row()
        if at >= 0:
            self.body.setCurrentIndex(self.model.index(at, section))

    def _here(self) -> tuple[Place, int, int] | None:
        """The line of the file under the cursor, the column, and where the row is seen."""
        index = self.body.currentIndex()
        if not index.isValid() or index.row() >= self.model.rowCount():
            return None
        return self.model.board_row(index.row()).plan.place, index.column(), index.row()

    def _return_to(self, here: tuple[Place, int, int] | None) -> None:
        """Back onto that line; if it is seen no more, onto the one that took its place."""
        if here and (count := self.model.rowCount()):
            place, column, row = here
            found = self.model.find(place)
            at = found if found >= 0 else min(row, count - 1)
            index = self.model.index(at, min(column, self.model.columnCount() - 1))
            flags = QItemSelectionModel.SelectionFlag
            self.body.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.body.scrollTo(index)
        self.pointed.emit(self.body.currentIndex().row())

    def _hide_other_half(self) -> None:
        for section in range(self.model.columnCount()):
            self.frozen.setColumnHidden(section, section >= FIRST_CELL)
            self.body.setColumnHidden(section, section < FIRST_CELL)
        self.frozen.setColumnWidth(NUMBER, theme.px(NUMBER_WIDTH))
        self.frozen.setColumnWidth(OUTCOME, theme.px(OUTCOME_WIDTH))

    def _fit_columns(self, board: Board) -> None:
        for section, one in enumerate(board.columns, FIRST_CELL):
            wide = self._width(section) if one.belief != SKIPPED else theme.px(SKIPPED_WIDTH)
            self.body.setColumnWidth(section, wide)

    def _width(self, section: int) -> int:
        """As wide as its first rows, within reason."""
        metrics = self.fontMetrics()
        rows: Sequence[int] = range(min(self.model.rowCount(), SAMPLE))
        longest = max((metrics.horizontalAdvance(self.model.text(at, section)) for at in rows),
                      default=0)  # fmt: skip
        return max(theme.px(LEAST), min(longest + 34, theme.px(MOST)))
