"""The three steps on one page: choices on top, rows with their fate, the row's story beside."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from demoexam.exchange.cells import Book
from demoexam.services.imports_plan import Status
from demoexam.ui.importing.board import Board
from demoexam.ui.importing.preview_model import ALL, PreviewModel
from demoexam.ui.importing.preview_view import PreviewView
from demoexam.ui.importing.row_panel import RowPanel
from demoexam.ui.importing.steps_bar import RowFilter, StepsBar
from demoexam.ui.importing.warnings_strip import Warnings
from demoexam.ui.widgets import column, fill
from demoexam.ui.widgets import row as beside


class BoardView(QWidget):
    """`chosen` is what the user has changed, by the names of Choices."""

    chosen = Signal(dict)
    other_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._board: Board | None = None
        self._filter = ALL
        self.model = PreviewModel(self)
        self.steps, self.warnings, self.rows = StepsBar(), Warnings(), RowFilter()
        self.table, self.panel = PreviewView(self.model), RowPanel()
        self._busy = QProgressBar(textVisible=False)
        self._busy.setRange(0, 0)
        self._busy.setAccessibleName("Пересчёт")
        self._lay_out()
        self._connect()

    def show_file(self, path: Path) -> None:
        self.steps.show_file(path)
        self._filter = ALL

    def show_board(self, book: Book, board: Board) -> None:
        fresh = self._board is None or self._board.preview.book.name != board.preview.book.name
        self._board = board
        self.steps.show_board(book, board)
        self.warnings.show_preview(board.preview)
        self._filter = self.rows.show_board(board, ALL if fresh else self._filter)
        self.table.show_board(board, self._filter)
        self._point(self.table.body.currentIndex().row())
        if fresh:
            self.table.setFocus()

    def show_busy(self, busy: bool) -> None:
        """A thin line over the table while the rows are planned anew."""
        self._busy.setRange(0, 0 if busy else 1)
        self._busy.setVisible(busy)

    def show_errors(self) -> None:
        """Only the refused rows, the cursor on the first."""
        self.rows.segments.show_value(Status.ERROR.value)
        self._show_only(Status.ERROR.value)
        self.table.body.setFocus()

    def _show_only(self, which: str) -> None:
        self._filter = which
        self.model.show_only(which)
        self.table.after_filter()
        self._point(self.table.body.currentIndex().row())

    def _point(self, at: int) -> None:
        row = self.model.board_row(at) if 0 <= at < self.model.rowCount() else None
        several = self._board is not None and not self._board.can_map
        self.panel.show_row(row, with_sheet=several)

    def _map(self, section: int, name: str) -> None:
        """Give a column its meaning; the field's former column loses it."""
        if self._board is None:
            return
        ((sheet, at),) = self.model.column(section).places.items()
        table = self._board.preview.tables[0]
        columns = {field: column for field, column in table.columns.items() if column != at}
        if name:
            columns[name] = at
        self.chosen.emit({"columns": {sheet: columns}})

    def _mend(self, sheet: str, line: int, at: int, text: str) -> None:
        if self._board is not None:
            cells = self._board.preview.choices.cells
            self.chosen.emit({"cells": {**cells, (sheet, line, at): text}})

    def _choose(self, **changed: Any) -> None:
        self.chosen.emit(changed)

    def _lay_out(self) -> None:
        self._busy.hide()
        grid = QFrame()
        grid.setProperty("look", "card")
        grid.setLayout(fill(QVBoxLayout(), self._busy, self.table, spacing=0, margins=(1, 1, 1, 1)))
        body = beside(grid, self.panel, spacing=12)
        body.setStretch(0, 1)
        layout = column(
            self.steps, self.warnings, self.rows, body, spacing=10, margins=(24, 12, 24, 12)
        )
        layout.setStretch(3, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.steps.sheet_chosen.connect(lambda name: self._choose(sheet=name, columns={}))
        self.steps.kind_chosen.connect(lambda kind: self._choose(kind=kind, columns={}))
        self.steps.other_asked.connect(self.other_asked)
        self.warnings.sheet_asked.connect(lambda name: self._choose(sheet=name, columns={}))
        self.warnings.college.named.connect(lambda name: self._choose(college=name))
        self.rows.chosen.connect(self._show_only)
        self.rows.stepped.connect(self.table.go_to_problem)
        self.table.pointed.connect(self._point)
        self.table.mapped.connect(self._map)
        self.model.typed.connect(self._mend)
        self.panel.fix_asked.connect(self.table.edit_cell)
        for keys, step in (("F8", 1), ("Shift+F8", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(lambda step=step: self.table.go_to_problem(step))
