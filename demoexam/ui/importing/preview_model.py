"""The rows of a previewed file as a Qt model; the cells stay in the file's own lines."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from demoexam.exchange.cells import Place
from demoexam.services.imports.plan import Status
from demoexam.ui.importing.board import Board, BoardRow
from demoexam.ui.importing.columns import FileColumn
from demoexam.ui.importing.wording import SIGN_NAMES, shown

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NUMBER, OUTCOME, FIRST_CELL = 0, 1, 2
_ANSWERED = frozenset({Role.DisplayRole, Role.EditRole, Role.ToolTipRole, Role.AccessibleTextRole})
ALL, NOTED, SIMILAR = "all", "noted", "similar"


class PreviewModel(QAbstractTableModel):
    """`typed` is a cell that the user has mended: sheet, row, column of the sheet, text."""

    typed = Signal(str, int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: Sequence[FileColumn] = ()
        self._all: Sequence[BoardRow] = ()
        self._rows: Sequence[BoardRow] = ()
        self._typed: dict[tuple[Place, int], str] = {}  # not planned yet
        self._alike: Collection[Place] = ()
        self._filter, self._hides_same = ALL, False

    def show_board(self, board: Board, which: str = ALL) -> None:
        """Another plan; `which` as in `show_only`."""
        self.beginResetModel()
        self._filter = which
        self._typed = {}
        self.columns, self._all, self._alike = board.columns, board.rows, board.alike
        self._rows = self._passing()
        self.endResetModel()

    def show_only(self, which: str, *, hide_same: bool = False) -> None:
        """ALL, NOTED, SIMILAR or a value of Status; `hide_same`: not what stays as it is."""
        self.beginResetModel()
        self._filter, self._hides_same = which, hide_same
        self._rows = self._passing()
        self.endResetModel()

    def board_row(self, number: int) -> BoardRow:
        return self._rows[number]

    def column(self, section: int) -> FileColumn:
        return self.columns[section - FIRST_CELL]

    def find(self, place: Place) -> int:
        """The row in sight that shows this line of the file, or -1."""
        return next((at for at, row in enumerate(self._rows) if row.plan.place == place), -1)

    def next_problem(self, start: int, step: int) -> int:
        """The nearest problem after (or before) a row, going round; -1 when there is none."""
        count = len(self._rows)
        for away in range(1, count + 1):
            at = (start + step * away) % count
            if self._rows[at].is_problem:
                return at
        return -1

    def problem_column(self, number: int) -> int:
        """The first bad cell of a row, as a section of this model."""
        marks = self._rows[number].marks
        fields = (column.field for column in self.columns)
        return next((at for at, name in enumerate(fields, FIRST_CELL) if name in marks), FIRST_CELL)

    def text(self, number: int, section: int) -> str:
        row = self._rows[number]
        if section == NUMBER:
            return str(row.plan.place.row)
        if section == OUTCOME:
            return row.outcome
        if typed := self._typed.get((row.plan.place, section)):
            return typed
        at = self.column(section).places.get(row.table)
        cells = row.line.cells
        return shown(cells[at]) if at is not None and at < len(cells) else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns) + FIRST_CELL

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or role != Role.DisplayRole:
            return None
        if section < FIRST_CELL:
            return ("Строка", "Что будет")[section]
        return self.column(section).caption

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsEditable if index.column() >= FIRST_CELL else usual

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if role not in _ANSWERED or not index.isValid():
            return None
        row, section = self._rows[index.row()], index.column()
        if role == Role.ToolTipRole:
            return self._tip(row, section)
        text = self.text(index.row(), section)
        if role == Role.AccessibleTextRole:
            return f"строка {text}, {SIGN_NAMES[row.look]}" if section == NUMBER else text
        return text

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        text = str(value).strip()
        if role != Role.EditRole or text == self.text(index.row(), index.column()):
            return False
        row = self._rows[index.row()]
        place, at = row.plan.place, self.column(index.column()).places.get(row.table)
        if at is None:
            return False
        self._typed[place, index.column()] = text
        self.typed.emit(place.sheet, place.row, at, text)
        return True

    def _tip(self, row: BoardRow, section: int) -> str | None:
        if section < FIRST_CELL:
            return "\n".join([row.outcome, *row.plan.reasons[1:]])
        finding = row.marks.get(self.column(section).field)
        return None if finding is None else str(finding).partition(": ")[2]

    def _passing(self) -> Sequence[BoardRow]:
        if self._filter == ALL:
            if not self._hides_same:
                return self._all
            return [row for row in self._all if row.plan.status is not Status.SAME]
        if self._filter == NOTED:
            return [row for row in self._all if row.is_noted]
        if self._filter == SIMILAR:
            return [row for row in self._all if row.plan.place in self._alike]
        wanted = Status(self._filter)
        return [row for row in self._all if row.plan.status is wanted]
