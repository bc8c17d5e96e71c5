"""A table of any length: the database filters and sorts, only the rows in sight are fetched."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
BLOCK, KEPT_BLOCKS = 100, 40

# Asked for each painted cell by views; answering them first keeps painting cheap.
_KNOWN = frozenset(
    {
        Role.DisplayRole,
        Role.ToolTipRole,
        Role.AccessibleTextRole,
        Role.TextAlignmentRole,
        Role.UserRole,
    }
)


@dataclass(frozen=True)
class Column:
    """A column: `name` is what the source sorts by; `minor` ones hide in a narrow window."""

    name: str
    title: str
    width: int = 120
    stretch: bool = False
    right: bool = False
    minor: bool = False
    sortable: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows: text, perhaps a second line, a tone, an icon, an oval around it."""

    text: str
    below: str = ""
    tone: str = ""
    pill: bool = False
    strong: bool = False
    icon: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A record as shown: its id, one cell (or plain text) per column, a stripe at its left."""

    id: str
    cells: Sequence[Cell | str]
    stripe: str = ""
    faint: bool = False


class TableSource(Protocol):
    """Where a table's rows come from; see sources.QuerySource for the one over SQL."""

    @property
    def columns(self) -> Sequence[Column]: ...

    def ids(self, filter_text: str, sort: str, descending: bool) -> Sequence[int]:
        """Keys of the rows that pass the filter, in order; `sort` "" is the natural order."""
        ...

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows with these keys; a key which is gone may be missing."""
        ...


@dataclass
class _Blocks:
    """The latest blocks of rows, least recently used first."""

    kept: OrderedDict[int, Mapping[int, Row]] = field(default_factory=OrderedDict)

    def find(self, number: int) -> Mapping[int, Row] | None:
        block = self.kept.get(number)
        if block is not None:
            self.kept.move_to_end(number)
        return block

    def keep(self, number: int, block: Mapping[int, Row]) -> None:
        self.kept[number] = block
        while len(self.kept) > KEPT_BLOCKS:
            self.kept.popitem(last=False)


GONE = Row("", ())
NO_CELL = Cell("")


class QueryTable(QAbstractTableModel):
    """Qt's view of a TableSource: a list of keys, and blocks of rows fetched as shown."""

    def __init__(self, source: TableSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self.columns = tuple(source.columns)
        self._ids: Sequence[int] = ()
        self._blocks = _Blocks()
        self._sort, self._descending = "", False
        self.filter_text = ""

    def reload(self) -> None:
        """Ask the source anew, with the present filter and order."""
        ids = self.source.ids(self.filter_text, self._sort, self._descending)
        self.beginResetModel()
        self._ids, self._blocks = ids, _Blocks()
        self.endResetModel()

    def set_filter(self, text: str) -> None:
        self.filter_text = text
        self.reload()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; -1 is the natural order. Takes effect at once."""
        known = 0 <= column < len(self.columns)
        self._sort = self.columns[column].name if known else ""
        self._descending = order == Qt.SortOrder.DescendingOrder
        self.reload()

    def row(self, number: int) -> Row:
        block_number = number // BLOCK
        block = self._blocks.find(block_number)
        if block is None:
            start = block_number * BLOCK
            block = self.source.rows(self._ids[start : start + BLOCK])
            self._blocks.keep(block_number, block)
        return block.get(self._ids[number], GONE)

    def cell(self, number: int, column: int) -> Cell:
        cells = self.row(number).cells
        if column >= len(cells):
            return NO_CELL
        found = cells[column]
        return found if isinstance(found, Cell) else Cell(found)

    def keys(self, numbers: Sequence[int] | None = None) -> list[int]:
        """The source's keys of some rows, or of all, as they stand in the table."""
        return list(self._ids) if numbers is None else [self._ids[each] for each in numbers]

    def record_id(self, number: int) -> str:
        """The id of the record in a row; "" when there is none."""
        return self.row(number).id if 0 <= number < len(self._ids) else ""

    def find(self, record_id: str, within: int = 5_000) -> int:
        """The row of a record, or -1; a source without `key_of` is searched `within` rows."""
        if not record_id:
            return -1
        if (key_of := getattr(self.source, "key_of", None)) is not None:
            key = key_of(record_id)
            return self._ids.index(key) if key in self._ids else -1
        for start in range(0, min(len(self._ids), within), BLOCK):
            for number in range(start, min(start + BLOCK, len(self._ids))):
                if self.row(number).id == record_id:
                    return number
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return self.columns[section].title
        if role == Role.TextAlignmentRole:
            return _alignment(self.columns[section])
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if role not in _KNOWN or not index.isValid():
            return None
        if role == Role.TextAlignmentRole:
            return _alignment(self.columns[index.column()])
        if role == Role.UserRole:
            return self.row(index.row()).id
        cell = self.cell(index.row(), index.column())
        if role == Role.ToolTipRole:
            return cell.tip or None
        if role == Role.AccessibleTextRole and cell.below:
            return f"{cell.text}, {cell.below}"
        return cell.text


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
