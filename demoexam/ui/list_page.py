"""The usual page of a directory: filter row, table, foot, and the inspector at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from demoexam.text import counted
from demoexam.ui import icons, theme
from demoexam.ui.cards import EmptyState
from demoexam.ui.carrier import Carrier
from demoexam.ui.inspector import Inspector
from demoexam.ui.page import PAGE_MARGINS, Page, Place
from demoexam.ui.query_table import QueryTable, TableSource
from demoexam.ui.table_files import Everything
from demoexam.ui.table_view import TableView
from demoexam.ui.widgets import Button, Chip, fill, label, row
from demoexam.ui.workspace import Workspace

DEBOUNCE_MS, LONG_TABLE = 80, 20_000
LEAST_FILTER, FILTER_EDGES = 190, 64  # the edges: the glass, the cross, the paddings
SIDE_BY_SIDE = 900  # below this page width the inspector takes the table's place


class FilterEdit(QLineEdit):
    """Where one types a filter: Esc empties it, Enter and the arrow down go to the table."""

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(f"Отбор: {placeholder}")
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(LEAST_FILTER)
        self._glass = QAction("Отбор", self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        for button in self.findChildren(QToolButton):
            if not button.accessibleName() and not button.text():
                button.setAccessibleName("Очистить отбор")
        theme.follow(self)

    def sizeHint(self) -> QSize:
        """As wide as its placeholder asks; it gives way down to the least width."""
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        hint = super().sizeHint()
        return QSize(max(LEAST_FILTER, words + FILTER_EDGES), hint.height())

    def retint(self) -> None:
        self._glass.setIcon(icons.icon("search", "faint"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class ListPage(Page):
    """A filtered table of one kind of record.

    A subclass calls `build(...)` once in `__init__`, and overrides `show_record(id)` to fill its
    inspector. Places it understands: {"id": …} points at a record, {"filter": …} types a filter.
    Ctrl+E writes the rows to a file, Ctrl+V takes PASTED rows: a value of `Kind`, or "auto".
    """

    NOUNS = ("запись", "записи", "записей")
    EVERYTHING: Everything | None = None
    PASTED: str | None = None

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.chips: Sequence[Chip] = ()
        self._wait = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._wait.timeout.connect(self._apply_filter)

    def build(
        self, source: TableSource, *, placeholder: str, empty: EmptyState,
        chips: Sequence[Chip] = (), tools: Sequence[QWidget] = (),
        inspector: Inspector | None = None, row_height: int = 35,
    ) -> None:  # fmt: skip
        """Put the page together; `empty` is shown while there is no record at all."""
        self.table = QueryTable(source, self)
        self.view = TableView(self.table, self.TITLE, row_height)
        self.filter, self.chips, self.inspector = FilterEdit(placeholder), chips, inspector
        self.count = label("", "muted")
        self.foot = row(self.count, None, spacing=8, margins=(16, 8, 16, 8))
        self.reset_button = Button("Сбросить", look="link")
        self.empty = empty
        self.carrier = Carrier(
            self.workspace, self.view, self.TITLE, self.NOUNS, everything=self.EVERYTHING,
            kind=self.PASTED, narrowed=lambda: ", ".join(self._narrowing()),
        )  # fmt: skip
        self.export_button = Button("", "download", "icon", name="Выгрузить… (Ctrl+E)")
        self._lay_out([*tools, self.export_button])
        self._connect()

    def show_record(self, record_id: str) -> None:
        """Fill the inspector with a record."""

    def reload(self) -> None:
        with self.view.keeping():
            self.table.reload()
            self._after_rows()
        if self.inspector is not None and self.inspector.isVisible():
            self._inspect(self.view.current_id())

    def total(self) -> int:
        """How many records there are in all; 0 shows the empty state."""
        count = getattr(self.table.source, "total", None)
        return int(count()) if count is not None else self.table.rowCount()

    def focus_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def export_rows(self) -> None:
        self.carrier.export()

    def go_to(self, place: Place) -> None:
        if "filter" in place:
            self.filter.setText(place["filter"])
            self._apply_filter()
        if "id" in place:
            self._reset_filters()
            self.view.point_at(place["id"])
            self.open_record(place["id"])

    def open_record(self, record_id: str) -> None:
        """Enter on a row: the inspector opens beside the table."""
        if self.inspector is not None:
            self.inspector.show()
            self._fold()
            self._inspect(record_id)

    def close_inspector(self) -> None:
        if self.inspector is not None:
            self.inspector.hide()
            self._fold()
            self.view.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _lay_out(self, tools: Sequence[QWidget]) -> None:
        filters = row(self.filter, *self.chips, self.reset_button, None, *tools, spacing=8)
        panel, foot = QFrame(), QFrame()
        panel.setProperty("look", "card")
        foot.setProperty("look", "foot")
        foot.setLayout(self.foot)
        panel.setLayout(fill(QVBoxLayout(), self.view, foot, spacing=0, margins=(1, 1, 1, 1)))
        left = self._left = QWidget()
        column = fill(QVBoxLayout(left), filters, panel, spacing=12)
        column.setStretch(1, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self.splitter.setHandleWidth(14)
        self.splitter.addWidget(left)
        if self.inspector is not None:
            self.splitter.addWidget(self.inspector)
            self.inspector.hide()
        self.splitter.setStretchFactor(0, 3)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.splitter)
        self._stack.addWidget(self.empty)
        self.setLayout(fill(QHBoxLayout(), self._stack, margins=PAGE_MARGINS))

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._type)
        self.filter.returnPressed.connect(self._enter)
        self.reset_button.clicked.connect(self._reset_filters)
        for chip in self.chips:
            chip.chosen.connect(lambda _value: self._apply_filter())
        self.export_button.clicked.connect(self.carrier.export)
        self.carrier.bind(self._left, self.empty)
        self.view.opened.connect(self.open_record)
        self.view.show_widths(self.workspace.local.widths.get(self.TITLE, []))
        self.view.widened.connect(self._keep_widths)
        self.view.pointed.connect(self._follow)
        if self.inspector is not None:
            self.inspector.closed.connect(self.close_inspector)

    def _keep_widths(self, widths: list[int]) -> None:
        self.workspace.local.widths[self.TITLE] = widths
        self.workspace.local.save()

    def _type(self) -> None:
        if self.table.rowCount() > LONG_TABLE or self._wait.isActive():
            self._wait.start()
        else:
            self._apply_filter()

    def _enter(self) -> None:
        self._apply_filter()
        if self.table.rowCount():
            self.view.setFocus()
            self.view.selectRow(0)

    def _apply_filter(self) -> None:
        self._wait.stop()
        self.table.set_filter(self.filter.text())
        self._after_rows()

    def _reset_filters(self) -> None:
        for chip in self.chips:
            chip.reset()
        self.filter.setText("")
        self._apply_filter()

    def _after_rows(self) -> None:
        shown, total = self.table.rowCount(), self.total()
        filtered = bool(self.filter.text().strip()) or any(map(_active, self.chips))
        self._stack.setCurrentWidget(self.splitter if total or filtered else self.empty)
        self.reset_button.setVisible(filtered)
        self.count.setText(
            f"Показано {shown} из {total}" if filtered else counted(total, *self.NOUNS)
        )
        self.view.show_nothing("" if shown else self._nothing())
        self.set_heading(self.TITLE, self.summary(total))

    def summary(self, total: int) -> str:
        """The line under the title."""
        return counted(total, *self.NOUNS)

    def _nothing(self) -> str:
        words = ", ".join(self._narrowing())
        return f"Ничего не найдено по отбору {words}.\nНажмите «Сбросить» или Esc."

    def _narrowing(self) -> list[str]:
        """What narrows the list: the words typed, and what the chips say."""
        typed = self.filter.text().strip()
        words = [f"«{typed}»"] if typed else []
        return words + [chip.text().strip() for chip in self.chips if _active(chip)]

    def _follow(self, record_id: str) -> None:
        if record_id and self.inspector is not None and self.inspector.isVisible():
            self._inspect(record_id)

    def _inspect(self, record_id: str) -> None:
        if record_id:
            self.show_record(record_id)
        else:
            self.close_inspector()

    def _fold(self) -> None:
        """A narrow page shows the table or the inspector, not both."""
        if self.inspector is not None:
            narrow = self.width() < theme.px(SIDE_BY_SIDE)
            self._left.setVisible(not (narrow and self.inspector.isVisibleTo(self)))


def _active(chip: Chip) -> bool:
    return bool(chip.property("active") == "true")
