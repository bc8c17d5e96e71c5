"""The usual inspector of a directory: a form written in place, lists of parts, the last change."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from demoexam.services.experts.card import LastChange
from demoexam.ui.directories.expert_words import changed_words
from demoexam.ui.directories.history_button import history_button
from demoexam.ui.directories.record_form import RecordForm
from demoexam.ui.inspector import Inspector
from demoexam.ui.widgets import Button, ElidedLabel, IconLabel
from demoexam.ui.workspace import Workspace

WIDTH = 450


class CardInspector(Inspector):
    """`deleting` is asked of the page; `record_id` is what is shown, a record of TABLE."""

    TABLE = ""

    deleting = Signal()

    def __init__(self, workspace: Workspace, one: str, columns: int = 2) -> None:
        super().__init__()
        self.workspace, self.record_id = workspace, ""
        remover = Button("", "trash-2", "icon", name=f"Удалить {one} (Del)")
        remover.clicked.connect(self.deleting)
        self.add_tool(remover)
        self.setMinimumWidth(WIDTH - 20)
        self.form = RecordForm(columns)
        self._changed = ElidedLabel("", "muted")
        self.foot.addWidget(IconLabel("history", "faint", 14))
        self.foot.addWidget(self._changed, 1)
        self.foot.addWidget(history_button(workspace, self, lambda: (self.TABLE, self.record_id)))

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, super().sizeHint().height())

    def add_tool(self, tool: QWidget) -> None:
        self.tools.insertWidget(0, tool, 0, Qt.AlignmentFlag.AlignTop)

    def add_remark(self, text: str) -> None:
        """A muted line in the head that ends in … when it does not fit."""
        remark = ElidedLabel(text, "muted")
        remark.show_text(text)
        self.head.addWidget(remark, 1)

    def show_change(self, changed: LastChange | None) -> None:
        self._changed.show_text(changed_words(changed))
