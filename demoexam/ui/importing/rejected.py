"""The rows that were not loaded go to a workbook beside the file, to be mended and loaded again."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from demoexam.errors import UserError
from demoexam.exchange.files_out import save_bytes
from demoexam.progress import Progress
from demoexam.services.imports.choices import Preview
from demoexam.services.imports.rejected import rejected_name, rejected_workbook
from demoexam.ui.workspace import Workspace

_MOST_TRIED = 99


class RejectedRows(QObject):
    """One file's rows at a time; `saved` tells where they are, `refused` why they are nowhere."""

    saved = Signal(object)  # a Path
    refused = Signal(object)  # a UserError

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace, self._window = workspace, parent
        self._made: Callable[[], bytes] = bytes

    def save_beside(self, preview: Preview, path: Path) -> None:
        """Write beside the file, never over another file."""
        self.take(preview)
        self._write(lambda: free_place(path))

    def take(self, preview: Preview) -> None:
        """These rows are the ones that `ask_where` saves."""

        def made() -> bytes:
            return rejected_workbook(preview.plan, preview.book, tables=preview.tables)

        self._made = made

    def ask_where(self, name: str) -> None:
        """Let the user choose the place; the dialog is shown, not run."""
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        offered = Path(QStandardPaths.writableLocation(documents)) / rejected_name(name)
        asked = QFileDialog(
            self._window, "Сохранить пропущенные строки", str(offered), "Книга Excel (*.xlsx)"
        )
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asked.setDefaultSuffix("xlsx")
        asked.fileSelected.connect(lambda chosen: self._write(lambda: Path(chosen)))
        asked.finished.connect(asked.deleteLater)
        asked.open()

    def _write(self, place: Callable[[], Path]) -> None:
        made = self._made

        def job(_progress: Progress) -> Path:
            return save_bytes(place(), made())

        self._workspace.run(
            job, title="сохранение пропущенных строк", on_done=self.saved.emit,
            on_refused=self._refuse,
            apart=True,
        )  # fmt: skip

    def _refuse(self, error: UserError) -> None:
        self.refused.emit(error)


def free_place(path: Path) -> Path:
    """Beside the file, under the first name that is not taken: what was mended is not lost."""
    first = path.with_name(rejected_name(path.name))
    tried = (first.with_stem(f"{first.stem} ({number})") for number in range(2, _MOST_TRIED))
    return next((place for place in (first, *tried) if not place.exists()), first)


def open_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
