"""A window that takes files dropped anywhere on it."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:
    from demoexam.ui.drop_veil import DropVeil


class DropWindow(QMainWindow):
    """Subclasses say in `take_files` what becomes of the files."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)

    def take_files(self, files: list[Path]) -> None:
        raise NotImplementedError

    @cached_property
    def veil(self) -> "DropVeil":
        """What shows, over the whole window, that files dragged over it will be taken."""
        from demoexam.ui.drop_veil import DropVeil

        made = DropVeil(self)
        made.dropped.connect(self.take_files)
        return made

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.veil.cover()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.veil.leave_soon()

    def dropEvent(self, event: QDropEvent) -> None:
        """The drop came before the veil did."""
        self.veil.dropEvent(event)
