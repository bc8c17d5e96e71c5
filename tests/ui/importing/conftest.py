"""The import dialog over a real store, opened on files that tests make or that lie in data."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from import_dialog_steps import settled
from openpyxl import Workbook
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from demoexam.exchange.reading import read_book
from demoexam.services.imports.choices import open_book
from demoexam.ui.dialogs.import_dialog import ImportDialog
from demoexam.ui.workspace import Workspace

TITLES = ("ФИО", "Место работы", "Должность", "Телефон", "Почта")
PEOPLE = (
    ("Аверин Павел Денисович", "АО «Вектор»", "наладчик", "+79161234501", "a@example.com"),
    ("Белова Анна Игоревна", "ООО «Заря»", "технолог", "+79161234502", "b@example.com"),
    ("Гусев Илья Маркович", "ГБПОУ «Волжский колледж»", "мастер", "+79161234503", "g@example.com"),
)

Rows = Sequence[Sequence[object]]


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook: its visible rows under TITLES, and other sheets by name, hidden."""

    def write(rows: Rows = PEOPLE, name: str = "список.xlsx", **hidden: Rows) -> Path:
        made = Workbook()
        sheets = {"Эксперты": rows, **hidden}
        for number, (title, lines) in enumerate(sheets.items()):
            sheet = made.active if number == 0 else made.create_sheet()
            sheet.title = title
            sheet.sheet_state = "visible" if number == 0 else "hidden"
            for line in (TITLES, *lines):
                sheet.append([*line])
        path = tmp_path / name
        made.save(path)
        return path

    return write


@pytest.fixture
def opened(
    qtbot: QtBot, workspace: Workspace, qapp: QApplication
) -> Iterator[Callable[..., ImportDialog]]:
    """Open the dialog on files and wait until it shows the first one, read or refused.

    Files are read in this very process, which is quicker; `apart` as the program does it.
    """
    dialogs: list[ImportDialog] = []

    def open_on(*files: Path, apart: bool = False) -> ImportDialog:
        reader = open_book if apart else lambda path, _: read_book(path)
        dialog = ImportDialog(workspace, None, files=files, reader=reader)
        dialogs.append(dialog)
        dialog.resize(1300, 760)
        dialog.open()
        settled(qtbot, dialog)
        return dialog

    yield open_on
    for dialog in dialogs:
        dialog.loader.cancel()
        dialog.close()
        dialog.deleteLater()
