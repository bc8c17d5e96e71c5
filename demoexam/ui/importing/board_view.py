"""The three steps on one page: choices on top, rows with their fate, the row's story beside."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from demoexam.exchange.cells import Book, Place
from demoexam.services.imports.plan import Decision, Status
from demoexam.ui.importing.board import Board, BoardRow
from demoexam.ui.importing.columns import remapped
from demoexam.ui.importing.preview_model import ALL, PreviewModel
from demoexam.ui.importing.preview_view import PreviewView
from demoexam.ui.importing.row_filter import RowFilter
from demoexam.ui.importing.side_panel import SidePanel
from demoexam.ui.importing.steps_bar import StepsBar
from demoexam.ui.importing.warnings_strip import Warnings
from demoexam.ui.widgets import Button, column, fill, rule
from demoexam.ui.widgets import row as beside


class BoardView(QWidget):
    """`chosen` is what the user has changed, by the names of Choices."""

    chosen = Signal(dict)
    other_asked = Signal()
    save_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._board: Board | None = None
        self._filter, self._fresh, self._next = ALL, True, False
        self._waiting: tuple[Book, Board] | None = None
        self.model = PreviewModel(self)
        self.steps, self.warnings, self.rows = StepsBar(), Warnings(), RowFilter()
        self.table, self.panel = PreviewView(self.model), SidePanel()
        self._busy = QProgressBar(textVisible=False)
        self._busy.setRange(0, 0)
        self._busy.setAccessibleName("Пересчёт")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._lay_out()
        self._connect()

    def show_file(self, name: str, path: Path | None) -> None:
        self.steps.show_file(name, path)
        self._filter, self._fresh = ALL, True

    def show_board(self, book: Book, board: Board) -> None:
        """What was typed or chosen is planned; a cell that is being typed in is not disturbed."""
        if self.table.is_typed_in:
            self._waiting = (book, board)
            return
        self._waiting = None
        fresh, self._fresh, self._board = self._fresh, False, board
        self.steps.show_board(book, board)
        self.warnings.show_preview(book, board.preview)
        self._filter = self.rows.show_board(board, ALL if fresh else self._filter)
        self.table.show_board(board, self._filter)
        self._point(self.table.body.currentIndex().row())
        if fresh:
            self.table.setFocus()
        if self._next:
            self._next = False
            self._to_undecided()

    def show_busy(self, busy: bool) -> None:
        """A thin line over the table while the rows are planned anew."""
        self._busy.setRange(0, 0 if busy else 1)
        self._busy.setVisible(busy)

    def show_errors(self) -> None:
        """Only the refused rows, the cursor on the bad cell of the first."""
        self.rows.show_only(Status.ERROR.value)
        if self.model.rowCount():
            self.table.go_to(0)

    def key_order(self) -> Sequence[QWidget]:
        """The way of the Tab key: the steps, the filter, the rows, the answers."""
        steps, rows, similar = self.steps, self.rows, self.panel.similar
        columns = self.table.body.header().choices()
        ticks = self.warnings.hidden.ticks.values()
        return [
            steps.sheet, steps.header, *columns, steps.save, steps.other,
            self.warnings.college.field, *ticks, *rows.segments.findChildren(Button),
            rows.hide_same, rows.back, rows.on, self.table.body, *similar.radios.values(),
            similar.apply, similar.all, similar.later, similar.back, similar.on,
            self.panel.row.fix,
        ]  # fmt: skip

    def _catch_up(self) -> None:
        """Show the board that came while a cell was typed in."""
        if self._waiting is not None:
            self.show_board(*self._waiting)

    def _show_only(self, which: str, hide_same: bool) -> None:
        self._filter = which
        self.table.show_only(which, hide_same=hide_same)
        self._point(self.table.body.currentIndex().row())

    def _point(self, at: int) -> None:
        if self._board is None:
            return
        row = self._row(at)
        self.panel.show_row(self._board, row)
        if row is not None and row.plan.place.sheet != self.steps.sheet_shown:
            self.steps.show_sheet(self._board, row.plan.place.sheet)

    def _row(self, at: int) -> BoardRow | None:
        return self.model.board_row(at) if 0 <= at < self.model.rowCount() else None

    def _map(self, section: int, name: str) -> None:
        """Give a column its meaning; the field's former column loses it."""
        if self._board is not None:
            tables = self._board.preview.tables
            self.chosen.emit({"columns": remapped(tables, self.model.column(section), name)})

    def _head(self, sheet: str, rows: tuple[int, int]) -> None:
        """Other header rows: what the user said of the sheet's columns was of the former ones."""
        if self._board is not None:
            tables = self._board.preview.tables
            former = dict.fromkeys(table.key for table in tables if table.sheet == sheet)
            self.chosen.emit({"headers": {sheet: rows}, "columns": former})

    def _mend(self, sheet: str, line: int, at: int, text: str) -> None:
        self.chosen.emit({"cells": {(sheet, line, at): text}})

    def _decide(self, places: Sequence[Place], word: Decision | None) -> None:
        self._next = word is not None and self.panel.compares
        self.chosen.emit({"persons": dict.fromkeys(places, word)})

    def _to_undecided(self) -> None:
        """On to the next open question, the keys staying with the answers."""
        if self._board is not None and self._board.undecided:
            self._go(self._board.undecided, 1)
            self.panel.similar.focus_choice()
        else:
            self.table.setFocus()

    def _step_similar(self, step: int) -> None:
        if self._board is not None:
            self._go([*self._board.alike], step)

    def _go(self, places: Sequence[Place], step: int) -> None:
        """To the next of these rows from here, going round; all rows are shown if it is hidden."""
        rows = self._board.rows if self._board is not None else ()
        turn = {row.plan.place: number for number, row in enumerate(rows)}
        row = self._row(self.table.body.currentIndex().row())
        here = turn[row.plan.place] if row else -1
        away = [place for place in places if (turn[place] - here) * step > 0]
        target = (away or list(places))[0 if step > 0 else -1]
        if (at := self.model.find(target)) < 0:
            self.rows.show_only(ALL)
            at = self.model.find(target)
        self.table.go_to(at)

    def _enter(self) -> None:
        """Enter on a row: answer its question, or mend its cell."""
        if self.panel.compares:
            self.panel.similar.focus_choice()
        else:
            self.table.edit_cell()

    def _choose(self, **changed: Any) -> None:
        self.chosen.emit(changed)

    def _lay_out(self) -> None:
        self._busy.hide()
        self.steps.columns_title.setBuddy(self.table.body.header())
        top = column(self.steps, self.warnings, self.rows, spacing=8, margins=(24, 8, 24, 8))
        grid = fill(QVBoxLayout(), self._busy, self.table, spacing=0)
        body = beside(grid, self.panel, spacing=0)
        body.setStretch(0, 1)
        layout = column(top, rule(), body, spacing=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        steps = self.steps
        steps.sheet_chosen.connect(lambda name: self._choose(sheet=name))
        steps.kind_chosen.connect(lambda kind: self._choose(kind=kind, columns=None))
        steps.header_chosen.connect(self._head)
        steps.other_asked.connect(self.other_asked)
        steps.save_asked.connect(self.save_asked)
        self.warnings.hidden_taken.connect(lambda names: self._choose(hidden=names))
        self.warnings.afresh_asked.connect(lambda: self._choose(recalled=False))
        self.warnings.college.named.connect(lambda name: self._choose(college=name))
        self.rows.chosen.connect(self._show_only)
        self.rows.stepped.connect(self.table.go_to_problem)
        self.table.pointed.connect(self._point)
        self.table.mapped.connect(self._map)
        self.table.typing_ended.connect(self._catch_up)
        self.table.body.entered.connect(self._enter)
        self.model.typed.connect(self._mend)
        self.panel.row.fix_asked.connect(self.table.edit_cell)
        self.panel.similar.decided.connect(self._decide)
        self.panel.similar.stepped.connect(self._step_similar)
        self.panel.similar.left.connect(self.table.setFocus)
        for keys, step in (("F8", 1), ("Shift+F8", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(lambda step=step: self.table.go_to_problem(step))
