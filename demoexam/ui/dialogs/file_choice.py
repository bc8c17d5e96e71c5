"""Asking where a report goes: a workbook or a paper."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

KINDS = {"xlsx": "Книга Excel (*.xlsx)", "pdf": "Документ PDF (*.pdf)"}


def ask_file(parent: QWidget, name: str, suffix: str, save: Callable[[Path], object]) -> None:
    """Call `save` with the place that was chosen; `name` is proposed."""
    asked = QFileDialog(parent, f"Сохранить: {name}")
    asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    asked.setNameFilter(KINDS[suffix])
    asked.setDefaultSuffix(suffix)
    place = QStandardPaths.StandardLocation.DocumentsLocation
    asked.setDirectory(QStandardPaths.writableLocation(place))
    asked.selectFile(f"{name}.{suffix}")
    asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    asked.fileSelected.connect(lambda path: save(Path(path)))
    asked.open()
