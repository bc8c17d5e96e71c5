"""The card's tab of history: who changed the exam, when and what."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from demoexam.services.exam_history import HistoryLine, sitting_history
from demoexam.services.exam_view import ExamCard
from demoexam.text import clock, short_date
from demoexam.ui.query_table import Cell, Column, QueryTable, Row
from demoexam.ui.table_view import TableView
from demoexam.ui.widgets import fill
from demoexam.ui.workspace import Workspace

COLUMNS = (
    Column("at", "Когда", 160, sortable=False),
    Column("who", "Кто", 200, sortable=False),
    Column("text", "Что", 400, stretch=True, sortable=False),
)


class HistorySource:
    """Operations, newest first."""

    columns: Sequence[Column] = COLUMNS

    def __init__(self) -> None:
        self._lines: Sequence[HistoryLine] = ()

    def show(self, lines: Sequence[HistoryLine]) -> None:
        self._lines = lines

    def ids(self, _filter_text: str, _sort: str, _descending: bool) -> Sequence[int]:
        return range(len(self._lines))

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        return {number: _row(number, self._lines[number]) for number in ids}


class HistoryTab(QWidget):
    """The journal of one sitting; taking back is Ctrl+Z."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._source = HistorySource()
        self.table = QueryTable(self._source, self)
        self.view = TableView(self.table, "История экзамена")
        panel = QFrame()
        panel.setProperty("look", "card")
        panel.setLayout(fill(QVBoxLayout(), self.view, margins=(1, 1, 1, 1)))
        self.setLayout(fill(QVBoxLayout(), panel))

    def show_card(self, card: ExamCard) -> None:
        query = partial(sitting_history, session_id=card.id)
        self._workspace.load(query, self._show, slot="exam history")

    def focus_first(self) -> None:
        self.view.setFocus(Qt.FocusReason.TabFocusReason)

    def _show(self, lines: Sequence[HistoryLine]) -> None:
        self._source.show(lines)
        self.table.reload()
        self.view.show_nothing("" if lines else "Записей об этом экзамене в журнале нет.")


def _row(number: int, line: HistoryLine) -> Row:
    at = f"{short_date(line.at.date())}, {clock(line.at)}"
    return Row(str(number), (at, line.who or "вне программы", Cell(line.text, strong=True)))
