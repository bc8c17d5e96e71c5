"""The history of one record: every change in words, and «вернуть это значение» on each."""

from collections.abc import Sequence
from functools import partial
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from demoexam.errors import UserError
from demoexam.services.records.history import EntryKind, HistoryEntry, record_history
from demoexam.services.records.restore import Side, restore_lost, restore_value
from demoexam.ui.cards import Action, FindingStrip
from demoexam.ui.carrier import Carrier
from demoexam.ui.history_table import COLUMNS, rows_of, shortened, when, who
from demoexam.ui.list_source import ListSource
from demoexam.ui.query_table import QueryTable
from demoexam.ui.table_view import TableView
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, clear, column, fill, label, row
from demoexam.ui.workspace import Workspace

LINE = 44
LONGEST = 600
NOTHING = "Об этой записи в журнале ничего нет: она пришла вместе с программой."
NOT_FOUND = "Так ничего не найдено. Сотрите отбор."


class HistoryPanel(QWidget):
    """A filter, the table, and below it the chosen line in full. Enter goes to its button."""

    def __init__(self, workspace: Workspace, name: str = "История записи") -> None:
        super().__init__()
        self._workspace = workspace
        self._shown = ("", "")
        self._entries: dict[str, HistoryEntry] = {}
        self._source = ListSource(COLUMNS)
        self.table = QueryTable(self._source, self)
        self.view = TableView(self.table, name, row_height=LINE)
        Carrier(workspace, self.view, name).bind_export(self)
        self.filter = QLineEdit(
            placeholderText="Поле, человек или значение", clearButtonEnabled=True
        )
        self.filter.setAccessibleName("Отбор в истории")
        self.strip = FindingStrip(Tone.BAD)
        self.strip.hide()
        self.head, self.words = label("", "muted"), label("", wrap=True)
        self._buttons = row(spacing=8)
        self._lay_out()
        self.filter.textChanged.connect(self._filter)
        self.view.pointed.connect(self._point)
        self.view.opened.connect(self._step_to_button)

    def show_record(self, table: str, record_id: str) -> None:
        """Read the history anew; the cursor stays where it was."""
        if (table, record_id) != self._shown:
            self._shown = table, record_id
            self.strip.hide()
        query = partial(record_history, table=table, record_id=record_id)
        self._workspace.load(query, self._show, slot=f"history {id(self)}")

    def focus_first(self) -> None:
        self.view.setFocus(Qt.FocusReason.TabFocusReason)

    def bring_back(self, entry: HistoryEntry, side: Side) -> None:
        """Make a value of the line the present one; what stands against it is told here."""
        self.strip.hide()
        if entry.conflict_id:
            self._workspace.perform(
                restore_lost, operation=entry.wish, on_done=self._tell_brought,
                on_refused=self._refuse, conflict_id=entry.conflict_id, side=side,
            )  # fmt: skip
        else:
            self._workspace.perform(
                restore_value, operation=entry.wish, on_done=self._tell_brought,
                on_refused=self._refuse, change_id=entry.change_id, unit=entry.unit, side=side,
            )  # fmt: skip

    def _lay_out(self) -> None:
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        panel = QFrame()
        panel.setProperty("look", "card")
        panel.setLayout(fill(QVBoxLayout(), self.view, margins=(1, 1, 1, 1)))
        self.detail = QFrame()
        self.detail.setProperty("look", "card")
        self.detail.setLayout(
            column(self.head, self.words, self._buttons, spacing=6, margins=(16, 10, 16, 10))
        )
        self.detail.hide()
        layout = column(self.filter, panel, self.strip, self.detail, spacing=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _show(self, entries: Sequence[HistoryEntry]) -> None:
        self._entries = {entry.key: entry for entry in entries}
        self._source.show_rows(rows_of(entries))
        with self.view.keeping():
            self.table.reload()
        if not self.view.current_id() and self.table.rowCount():
            self.view.selectRow(0)
        self._tell_nothing()
        self._point(self.view.current_id())

    def _filter(self, typed: str) -> None:
        self.table.set_filter(typed)
        self._tell_nothing()

    def _tell_nothing(self) -> None:
        empty = NOT_FOUND if self.filter.text().strip() else NOTHING
        self.view.show_nothing("" if self.table.rowCount() else empty)

    def _point(self, key: str) -> None:
        """Show the line under the cursor in full, with what can be brought back."""
        entry = self._entries.get(key)
        self.detail.setVisible(entry is not None)
        clear(self._buttons)
        if entry is None:
            return
        done = entry.operation or "правка мимо программы"
        self.head.setText(" · ".join((when(entry), who(entry), done)))
        self.words.setText(_words(entry))
        actions = [
            _action(self, entry, side) for side in ("before", "after") if side in entry.sides
        ]
        for number, action in enumerate(actions):
            self._buttons.addWidget(action.button("primary" if number == 0 else ""))
        if not actions and (why := _why_not(entry)):
            self._buttons.addWidget(label(why, "muted"))
        self._buttons.addStretch(1)

    def _step_to_button(self, _key: str) -> None:
        for button in self.detail.findChildren(Button):
            if button.isVisibleTo(self):
                button.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _tell_brought(self, _nothing: object) -> None:
        self.strip.show_finding(
            Tone.OK, "Значение возвращено. Отменить это можно как любую правку."
        )
        self.show_record(*self._shown)

    def _refuse(self, error: UserError) -> None:
        words = f"{error} {error.hint}".strip()
        self.strip.show_finding(Tone.BAD, escape(words).replace("\n", "<br>"))


def _words(entry: HistoryEntry) -> str:
    """The line as sentences, in rich text."""
    what = f"<b>{escape(entry.what)}</b>"
    about = f"{escape(entry.about)}. " if entry.about else ""
    before, after = (escape(shortened(each, LONGEST)) for each in (entry.before, entry.after))
    match entry.kind:
        case EntryKind.CREATED | EntryKind.MERGED:
            return f"{about}{what}. {after}"
        case EntryKind.CONFLICT if before or after:
            return (
                f"{about}{what}: на двух компьютерах записали разное. "
                f"У автора правки: <b>{before}</b>. В общем хранилище: <b>{after}</b>."
            )
        case EntryKind.CONFLICT:
            return f"{about}{what}: {after}"
        case EntryKind.CHANGED:
            return f"{about}{what}: было <b>{before}</b>, стало <b>{after}</b>"
        case _:
            return f"{about}{what}"


def _action(panel: HistoryPanel, entry: HistoryEntry, side: Side) -> Action:
    value = entry.before if side == "before" else entry.after
    words = "Вернуть запись" if entry.unit == "deletion" else f"Вернуть «{shortened(value)}»"
    return Action(words, partial(panel.bring_back, entry, side), "undo-2")


def _why_not(entry: HistoryEntry) -> str:
    match entry.kind:
        case EntryKind.ERASED:
            return "Эти данные удалены по просьбе человека, вернуть их нельзя."
        case EntryKind.CHANGED | EntryKind.CONFLICT if entry.before or entry.after:
            return "Вернуть нечего: так записано и сейчас, или запись удалена."
        case _:
            return ""
