"""What tests do with the import dialog: wait, look at its rows, press its button."""

from demoexam.services.imports.plan import ImportOutcome
from demoexam.ui.dialogs.import_dialog import ImportDialog
from demoexam.ui.fields import ChoiceField
from demoexam.ui.importing.board import Board, BoardRow


def settled(qtbot, dialog: ImportDialog) -> None:
    """Wait until no reading or planning runs."""
    qtbot.waitUntil(
        lambda: not dialog.loader.busy and dialog.stack.currentWidget() is not dialog.progress
    )


def board(dialog: ImportDialog) -> Board:
    assert dialog.board is not None
    return dialog.board


def row_of(dialog: ImportDialog, number: int) -> BoardRow:
    return dialog.view.model.board_row(number)


def chosen(qtbot, dialog: ImportDialog, field: ChoiceField, value: object) -> None:
    """Take a value of a combo as a user does, and wait until the file is planned anew."""
    at = next(at for at in range(field.count()) if field.itemData(at) == value)
    field.setCurrentIndex(at)
    field.activated.emit(at)
    settled(qtbot, dialog)


def outcomes(dialog: ImportDialog) -> list[str]:
    """«Что будет», row by row as seen."""
    model = dialog.view.model
    return [model.text(at, 1) for at in range(model.rowCount())]


def loaded(qtbot, dialog: ImportDialog) -> ImportOutcome:
    """Press the button and wait until the file is written."""
    assert dialog.foot.load.isEnabled()
    with qtbot.waitSignal(dialog.loaded) as told:
        dialog.foot.load.click()
    return told.args[0]
