"""The dialogs of the window: a registry, so that each is imported when it is first opened.

A dialog is a subclass of QDialog, built as `MyDialog(workspace, parent, **facts)` and shown with
`open()`, never `exec()`. Name it in DIALOGS below.
"""

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

    from demoexam.ui.workspace import Workspace

DIALOGS = {
    "absences": ("absences_dialog", "AbsencesDialog"),  # expert_id: whose file; path
    "import": ("import_dialog", "ImportDialog"),  # files: list[Path], may be empty
    # group_id, workshop_id, kit_id, day or starts_at of a new exam; or session_id and the field
    "exam": ("exam_edit_dialog", "ExamDialog"),
    "duties": ("duties_dialog", "DutiesDialog"),  # session_id, group: whose experts
    "export": ("export_dialog", "ExportDialog"),  # table: Carrier
    "conflict": ("conflict_dialog", "ConflictDialog"),  # conflict_id
    "duplicates": ("duplicates_dialog", "DuplicatesDialog"),  # table, record_ids: chosen ones
    "free": ("free_dialog", "FreeDialog"),  # first, last; kit_id, or kit: code, level; people; part
    "history": ("history_dialog", "HistoryDialog"),  # table, record_id
    "hub": ("hub_dialog", "HubDialog"),  # url: "" for a new one
    "hub question": ("hub_question", "HubQuestion"),  # error: what the exchange asks
    "print": ("print_dialog", "PrintDialog"),  # day: date | None, session_id: str | None
    # group_id, or session_id of an exam with more people than places
    "shifts": ("shifts_dialog", "ShiftsDialog"),
    "plan versions": ("versions_dialog", "VersionsDialog"),  # year, or else the working one
    "season": ("season_dialog", "SeasonDialog"),
    "printed": ("printed_dialog", "PrintedDialog"),
}


def open_dialog(name: str, workspace: "Workspace", parent: "QWidget", **facts: object) -> "QDialog":
    """Make the dialog over `parent`'s window and show it; it is deleted when closed."""
    from PySide6.QtCore import Qt

    module, kind = DIALOGS[name]
    made = getattr(import_module(f"{__name__}.{module}"), kind)
    dialog = cast("QDialog", made(workspace, parent.window(), **facts))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
