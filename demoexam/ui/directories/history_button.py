"""The way from a card to the history of its record."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from demoexam.ui.widgets import Button
from demoexam.ui.workspace import Workspace


def history_button(
    workspace: Workspace, parent: QWidget, record: Callable[[], tuple[str, str]]
) -> Button:
    """A link at the foot of a card; `record` gives the table and the id shown at that moment."""

    def show() -> None:
        from demoexam.ui.dialogs.history_dialog import HistoryDialog

        table, record_id = record()
        if record_id:
            HistoryDialog(workspace, parent, table=table, record_id=record_id).open()

    button = Button("История", look="link", name="История записи: кто и что менял")
    button.clicked.connect(show)
    return button
