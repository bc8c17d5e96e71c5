"""The view of a QueryTable: sorting headers, copying, opening, column chooser, empty result."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Protocol

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QKeyCombination,
    QModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QMenu, QTableView, QWidget

from demoexam.ui import theme
from demoexam.ui.cell_delegate import CellDelegate
from demoexam.ui.query_table import Index, QueryTable
from demoexam.ui.table_text import Wanted, with_tabs

ROW, HEADER = 35, 34
LEGIBLE = 140  # a stretching column's least width
SETTLE_MS = 500
UNSORTED = -1
WITH_TITLES = QKeyCombination(
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_C
)
KEPT = 500  # so many selected rows are found again after a reload


class Carrying(Protocol):
    """What a table can do with other programs; see `ui.carrier`."""

    def copy(self, *, titled: bool = False) -> None: ...
    def add_to(self, menu: QMenu) -> None: ...


class TableView(QTableView):
    """Shows a QueryTable. Enter or a double click opens the record under the cursor."""

    opened = Signal(str)  # record id
    widened = Signal(list)  # the columns' widths, some time after the user changed one
    pointed = Signal(str)  # record id under the cursor, "" for none

    def __init__(self, model: QueryTable, name: str, row_height: int = ROW) -> None:
        super().__init__()
        self._table = model
        self._hidden: set[int] = set()
        self._sorted = UNSORTED
        self._carrier: Carrying | None = None
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self._behave(row_height)
        self._lay_out_header()
        self._nothing = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter)
        self._nothing.setProperty("step", "soft")
        self._nothing.setWordWrap(True)
        self._nothing.hide()
        model.modelReset.connect(self._after_reset)
        self.doubleClicked.connect(self._open)

    def current_id(self) -> str:
        return self._table.record_id(self.currentIndex().row())

    def chosen_ids(self) -> list[str]:
        """Ids of the selected rows, from top to bottom."""
        return [self._table.record_id(number) for number in self.chosen_rows()]

    def point_at(self, record_id: str) -> None:
        """Put the cursor on a record if it is in the list, whatever keys are held down."""
        if (number := self._table.find(record_id)) >= 0:
            self._choose(number, [record_id])
            self.scrollTo(self.currentIndex())

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """Around a reload: cursor, selection and the row at the top stay, whatever came or went."""
        here, chosen = self.current_id(), self.chosen_ids()
        top, across = self._table.record_id(self.rowAt(0)), self.horizontalScrollBar().value()
        yield
        number = self._table.find(here)
        if number >= 0:
            self._choose(number, chosen if len(chosen) <= KEPT else [here])
        if (line := self._table.find(top)) >= 0:
            self.verticalScrollBar().setValue(line)
        self.horizontalScrollBar().setValue(across)

    def _choose(self, number: int, chosen: Sequence[str]) -> None:
        """Put the cursor on a row and select some; the rows in sight stay where they are."""
        flags, selection = QItemSelectionModel.SelectionFlag, QItemSelection()
        last = len(self._table.columns) - 1
        for each in {self._table.find(one) for one in chosen} - {-1}:
            selection.select(self._table.index(each, 0), self._table.index(each, last))
        self.setAutoScroll(False)
        self.selectionModel().select(selection, flags.ClearAndSelect)
        self.selectionModel().setCurrentIndex(self._table.index(number, 0), flags.NoUpdate)
        self.setAutoScroll(True)

    def show_nothing(self, text: str) -> None:
        """The words over an empty table; an empty text hides them."""
        self._nothing.setText(text)
        self._nothing.setVisible(bool(text))
        self._place_nothing()

    def serve(self, carrier: Carrying) -> None:
        """Give the table a way to other programs beyond the copying of a few rows."""
        self._carrier = carrier

    def chosen_rows(self) -> list[int]:
        """The selected rows, from top to bottom; `selectedRows` takes seconds for a long list."""
        chosen = self.selectionModel().selection()
        spans = [chosen.at(number) for number in range(chosen.count())]
        return sorted({row for one in spans for row in range(one.top(), one.bottom() + 1)})

    def shown_places(self) -> list[int]:
        """The columns in sight that have a title."""
        columns = enumerate(self._table.columns)
        return [at for at, one in columns if one.title and not self.isColumnHidden(at)]

    def wanted(self, rows: Sequence[int] | None = None, *, hidden: bool = False) -> Wanted:
        """Some rows, or all, with the columns in sight, or with the hidden ones too."""
        everything = [at for at, one in enumerate(self._table.columns) if one.title]
        places = everything if hidden else self.shown_places()
        return Wanted(self._table.source, self._table.keys(rows), places)

    def copy(self, *, titled: bool = False) -> None:
        """Put the selected rows on the clipboard for a spreadsheet, perhaps with the titles."""
        if self._carrier is not None:
            self._carrier.copy(titled=titled)
        elif rows := self.chosen_rows():
            text = with_tabs(self.wanted(rows), titled=titled)
            QGuiApplication.clipboard().setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.keyCombination() == WITH_TITLES:
            self.copy(titled=True)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.pointed.emit(self._table.record_id(current.row()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hide_minor()
        self._place_nothing()

    def _place_nothing(self) -> None:
        self._nothing.setGeometry(self.rect().adjusted(24, HEADER + 12, -24, -12))

    def _behave(self, row_height: int) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerWidget(QWidget())
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(theme.px(row_height))
        rows.setDefaultSectionSize(theme.px(row_height))

    def _lay_out_header(self) -> None:
        header = self.horizontalHeader()
        header.setFixedHeight(HEADER)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(44)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(UNSORTED, Qt.SortOrder.AscendingOrder)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(
            lambda at: self.menu().popup(header.mapToGlobal(at))
        )
        header.sortIndicatorChanged.connect(self._sort)
        for number, column in enumerate(self._table.columns):
            self.setColumnWidth(number, theme.px(column.width))
            if column.stretch:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(lambda: self.widened.emit(self.widths()))
        header.sectionResized.connect(self._note_width)

    def widths(self) -> list[int]:
        """Of all columns, hidden ones too."""
        return [self.columnWidth(number) for number in range(len(self._table.columns))]

    def show_widths(self, widths: Sequence[int]) -> None:
        """Widths kept from another time; those of another set of columns are passed over."""
        if len(widths) == len(self._table.columns):
            for number, width in enumerate(widths):
                if width and not self._table.columns[number].stretch:
                    self.setColumnWidth(number, width)

    def _note_width(self, number: int, _before: int, _now: int) -> None:
        if self.isVisible() and not self._table.columns[number].stretch:
            self._settle.start()

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        if column != UNSORTED and not self._table.columns[column].sortable:
            self.horizontalHeader().setSortIndicator(UNSORTED, order)
            return
        here = self.current_id()
        self._table.sort(column, order)
        self.point_at(here)

    def _hide_minor(self) -> None:
        """Minor columns go, the last first, until the stretching ones keep a legible width."""
        columns = list(enumerate(self._table.columns))
        hidden = set(self._hidden)
        for number, column in reversed(columns):
            if column.minor and self._needed(hidden) > self.width():
                hidden.add(number)
        for number, _ in columns:
            if (number in hidden) != self.isColumnHidden(number):
                self.setColumnHidden(number, number in hidden)

    def _needed(self, hidden: set[int]) -> int:
        shown = [one for n, one in enumerate(self._table.columns) if n not in hidden]
        return sum(theme.px(max(one.width, LEGIBLE) if one.stretch else one.width) for one in shown)

    def menu(self) -> QMenu:
        """What the header does by mouse, for the keyboard: order and columns."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add_header_menus(menu)
        return menu

    def row_menu(self) -> QMenu:
        """What rows can do with other programs, and all that the header does."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        some = bool(self.chosen_rows())
        for words, titled in (("&Копировать\tCtrl+C", False),
                              ("Копировать с &заголовками\tCtrl+Shift+C", True)):  # fmt: skip
            action = menu.addAction(words)
            action.setEnabled(some)
            action.triggered.connect(lambda _on=False, titled=titled: self.copy(titled=titled))
        if self._carrier is not None:
            self._carrier.add_to(menu)
        menu.addSeparator()
        self._add_header_menus(menu)
        return menu

    def _add_header_menus(self, menu: QMenu) -> None:
        order, columns = menu.addMenu("Сортировать по"), menu.addMenu("Столбцы")
        for number, column in enumerate(self._table.columns):
            if column.sortable and column.title:
                order.addAction(column.title).triggered.connect(partial(self._sort_by, number))
            if number and column.title:
                action = columns.addAction(column.title)
                action.setCheckable(True)
                action.setChecked(number not in self._hidden)
                action.toggled.connect(partial(self._show_column, number))
        order.addSeparator()
        order.addAction("Обычный порядок").triggered.connect(partial(self._sort_by, UNSORTED))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.row_menu().popup(event.globalPos())

    def _sort_by(self, number: int) -> None:
        """Ascending; once more, descending."""
        header = self.horizontalHeader()
        again = header.sortIndicatorSection() == number
        ascending = not again or header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        order = Qt.SortOrder.AscendingOrder if ascending else Qt.SortOrder.DescendingOrder
        header.setSortIndicator(number, order)

    def _show_column(self, number: int, shown: bool) -> None:
        (self._hidden.discard if shown else self._hidden.add)(number)
        self._hide_minor()

    def _after_reset(self) -> None:
        self.executeDelayedItemsLayout()  # else the rows are painted before it, and again after
        self.pointed.emit("")

    def _open(self, index: QModelIndex) -> None:
        if record_id := self._table.record_id(index.row()):
            self.opened.emit(record_id)
