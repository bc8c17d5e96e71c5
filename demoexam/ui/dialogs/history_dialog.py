"""«История записи»: who changed what and when, over the window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from demoexam.services.records.words import record_title, table_title
from demoexam.ui import theme
from demoexam.ui.history_panel import HistoryPanel
from demoexam.ui.widgets import Button, ElidedLabel, column, label, row
from demoexam.ui.workspace import Workspace

SIZE = (1080, 640)


class HistoryDialog(QDialog):
    """Follows what is written meanwhile, by an undo too; Esc closes."""

    def __init__(
        self, workspace: Workspace, parent: QWidget, *, table: str, record_id: str
    ) -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("История записи")
        self._record = table, record_id
        title = workspace.read(lambda session: record_title(session, table, record_id))
        self.title = ElidedLabel(f"{table_title(table)}: {title}", "muted")
        self.panel = HistoryPanel(workspace)
        close = Button("Закрыть")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        layout = column(
            label("История записи", "section"), self.title, self.panel, row(None, close),
            spacing=8, margins=(20, 16, 20, 16),
        )  # fmt: skip
        layout.setStretch(2, 1)
        self.setLayout(layout)
        room = parent.window().size()
        wide, high = (theme.px(each) for each in SIZE)
        self.resize(min(wide, max(room.width() - 40, 640)), min(high, max(room.height() - 40, 420)))
        workspace.changed.connect(self._follow)
        self.panel.show_record(*self._record)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.panel.focus_first()

    def _follow(self, _tables: frozenset[str]) -> None:
        self.panel.show_record(*self._record)
