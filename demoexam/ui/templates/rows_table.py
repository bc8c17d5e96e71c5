"""A small table of what a part of a form lists: columns, signers, particulars; all in place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from demoexam.ui import theme
from demoexam.ui.templates.words_edit import number_of, number_text

ROW_HEIGHT, AIR = 32, 12
LINE_BREAK = "↵"  # a line break inside a cell, as shown and typed
Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
Line = dict[str, Any]


@dataclass(frozen=True)
class RowField:
    """A column of the table: which key, its heading, how it is edited."""

    key: str
    title: str
    kind: str = "text"  # text, number, flag, choice
    width: int = 0  # 0 takes what is left
    options: Sequence[tuple[str, str]] = ()  # of a choice: value and words


class RowsTable(QTableWidget):
    """Edits a list of dictionaries in place. Alt+arrows move the row."""

    written = Signal()

    def __init__(self, name: str, fields: Sequence[RowField], lines: list[Line]) -> None:
        super().__init__(0, len(fields))
        self._fields, self.lines = fields, lines
        self.setAccessibleName(f"{name}: Alt+стрелки переставляют строку")
        self.setHorizontalHeaderLabels([field.title for field in fields])
        self._dress()
        self.reload()
        self.itemChanged.connect(self._take)

    def reload(self) -> None:
        """Show the lines as they are."""
        self.blockSignals(True)
        self.setRowCount(len(self.lines))
        for row, line in enumerate(self.lines):
            for column, field in enumerate(self._fields):
                self.setItem(row, column, _item(field, line.get(field.key)))
        self.blockSignals(False)
        self.setVisible(bool(self.lines))
        self._fit()

    def show_problem(self, at: Sequence[str | int], text: str) -> None:
        """Mark the cell, or the whole row, that a problem is about."""
        row = at[0] if at and isinstance(at[0], int) else -1
        keys = [field.key for field in self._fields]
        named = len(at) > 1 and at[1] in keys
        columns = [keys.index(str(at[1]))] if named else range(len(keys))
        self.blockSignals(True)
        for column in columns:
            if (item := self.item(row, column)) is not None:
                item.setToolTip(text)
                item.setBackground(theme.color("bad_bg"))
                item.setForeground(theme.color("bad"))
        self.blockSignals(False)

    def clear_problems(self) -> None:
        self.blockSignals(True)
        for row in range(self.rowCount()):
            for column in range(self.columnCount()):
                if (item := self.item(row, column)) is not None and item.toolTip():
                    item.setToolTip("")
                    item.setData(Role.BackgroundRole, None)
                    item.setData(Role.ForegroundRole, None)
        self.blockSignals(False)

    def move_row(self, step: int) -> None:
        """Move the current row up (-1) or down (1)."""
        row, column = self.currentRow(), self.currentColumn()
        if 0 <= row < len(self.lines) and 0 <= row + step < len(self.lines):
            self.lines.insert(row + step, self.lines.pop(row))
            self.reload()
            self.setCurrentCell(row + step, column)
            self.written.emit()

    def insert_blank(self, blank: str) -> None:
        """Put a blank behind the words of the current cell."""
        item = self.item(self.currentRow(), self.currentColumn())
        if item is not None and self._fields[item.column()].kind == "text":
            item.setText(item.text() + blank)

    def first_text(self) -> int:
        """The first column that holds words."""
        return next(at for at, field in enumerate(self._fields) if field.kind == "text")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.move_row(step)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as the rows, which are as high as their words."""
        least = theme.px(ROW_HEIGHT)
        self.resizeRowsToContents()
        for row in range(self.rowCount()):
            self.setRowHeight(row, max(self.rowHeight(row) + AIR, least))
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + 4)

    def _take(self, item: QTableWidgetItem) -> None:
        field, line = self._fields[item.column()], self.lines[item.row()]
        line[field.key] = _READ[field.kind](item)
        self._fit()
        self.written.emit()

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setCornerWidget(QWidget())
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW_HEIGHT))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, field in enumerate(self._fields):
            if field.width:
                self.setColumnWidth(column, theme.px(field.width))
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
            if field.kind == "choice":
                self.setItemDelegateForColumn(column, ChoiceDelegate(field.options, self))


class ChoiceDelegate(QStyledItemDelegate):
    """Edits a cell by a list of values, each with its words."""

    def __init__(self, options: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._options = options

    def displayText(self, value: object, _locale: object) -> str:
        return dict(self._options).get(str(value), str(value))

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index
    ) -> QWidget:
        box = QComboBox(parent)
        for value, words in self._options:
            box.addItem(words, value)
        box.activated.connect(lambda _number: self.commitData.emit(box))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(Role.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())


def _item(field: RowField, value: Any) -> QTableWidgetItem:
    if field.kind == "flag":
        item = QTableWidgetItem("")
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable
                      | Qt.ItemFlag.ItemIsSelectable)  # fmt: skip
        item.setCheckState(Qt.CheckState.Checked if value else Qt.CheckState.Unchecked)
        return item
    shown = number_text(value) if field.kind == "number" else str(value or "")
    item = QTableWidgetItem(shown.replace("\n", LINE_BREAK))
    if field.kind == "number":
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item


_READ: dict[str, Callable[[QTableWidgetItem], Any]] = {
    "text": lambda item: item.text().replace(LINE_BREAK, "\n"),
    "choice": lambda item: item.text(),
    "number": lambda item: number_of(item.text()),
    "flag": lambda item: item.checkState() == Qt.CheckState.Checked,
}
