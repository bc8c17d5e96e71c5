"""Настройки → База и копии: where the data lie, copies of them, and the journal of actions."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog
from sqlalchemy.orm import Session

from demoexam.progress import Progress
from demoexam.services.history import past_operations
from demoexam.store.backup import verified_copy
from demoexam.store.undo import PastOperation
from demoexam.text import clock, short_date
from demoexam.ui.carrier import Carrier
from demoexam.ui.list_source import ListSource
from demoexam.ui.preferences.section import Section
from demoexam.ui.query_table import Cell, Column, QueryTable, Row
from demoexam.ui.table_view import TableView
from demoexam.ui.widgets import Button, ElidedLabel, label, row
from demoexam.ui.workspace import Workspace

COLUMNS = (
    Column("at", "Когда", 140),
    Column("text", "Действие", 300, stretch=True),
    Column("state", "", 110),
)
COPIES, SHOWN = "backups", 100


class StoreSection(Section):
    TITLE = "База и копии"
    ICON = "database"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        card = self.card("Файл базы")
        self.path = ElidedLabel(str(workspace.store.path))
        choose = Button("Открыть другую…", "folder-open", "small")
        choose.clicked.connect(lambda: workspace.asked.emit("choose_store", None))
        sample = Button("Учебная база", "flask-conical", "small")
        sample.clicked.connect(lambda: workspace.asked.emit("open_sample", None))
        card.add(self.path, row(choose, sample, None))
        self._add_copies()
        self._add_history()

    def show_values(self, session: Session) -> None:
        self.source.show_rows([_row(past) for past in past_operations(session, limit=SHOWN)])
        with self.view.keeping():
            self.table.reload()
        self.view.show_nothing("" if self.table.rowCount() else "Действий пока не было.")

    def copy_to(self, target: Path) -> None:
        """Make a checked copy of the live store."""
        source = self.workspace.store.path

        def job(_progress: Progress) -> Path:
            return verified_copy(source, target)

        self.workspace.run(job, title="Копируем базу…", on_done=self._tell_copy)

    def _add_copies(self) -> None:
        card = self.card("Резервные копии", "копия проверяется: открывается и цела")
        now = Button("Сделать копию", "copy", "small")
        now.clicked.connect(self._copy_now)
        elsewhere = Button("Копия в папку…", "download", "small")
        elsewhere.clicked.connect(self._choose_target)
        restore = Button("Восстановить из копии…", "history", "small")
        restore.clicked.connect(lambda: self.workspace.asked.emit("choose_copy", None))
        self.copied = label("", "tone-small", tone="ok", wrap=True)
        card.add(row(now, elsewhere, restore, None), self.copied)
        self.copied.hide()

    def _add_history(self) -> None:
        card = self.card("Журнал действий", "последние сто; отменить последнее: Ctrl+Z")
        self.source = ListSource(COLUMNS)
        self.table = QueryTable(self.source, self)
        self.view = TableView(self.table, "Журнал действий")
        Carrier(self.workspace, self.view, "Журнал действий").bind_export(self.view)
        self.view.setMinimumHeight(300)
        card.add(self.view)

    def _copy_now(self) -> None:
        self.copy_to(self.workspace.store.path.parent / COPIES / self._name())

    def _choose_target(self) -> None:
        dialog = QFileDialog(self.window(), "Копия базы", self._name(), "База программы (*.db)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("db")
        dialog.fileSelected.connect(lambda name: self.copy_to(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _name(self) -> str:
        return f"{self.workspace.store.path.stem}-{datetime.now():%Y-%m-%d-%H%M%S}.db"

    def _tell_copy(self, target: Path) -> None:
        self.copied.setText(f"Копия готова: {target}")
        self.copied.show()


def _row(past: PastOperation) -> Row:
    at = datetime.fromisoformat(str(past.at)).replace(tzinfo=UTC).astimezone()
    state = "" if past.done else "отменено"
    cells = (f"{short_date(at)} {clock(at)}", Cell(past.text, tip=past.text), state)
    return Row(past.id, cells, faint=not past.done)
