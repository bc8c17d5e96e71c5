"""«В календарь»: the season or one exam saved as a file that any calendar takes."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import Shiboken

from demoexam.progress import Progress
from demoexam.text import counted
from demoexam.ui.workspace import Workspace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

EVENTS = ("событие", "события", "событий")
Saving = Callable[["Session", Path], int]


def ask_season(workspace: Workspace, parent: QWidget) -> QFileDialog:
    """Ask where to save the exams of the window's year; the dialog is shown, not run."""
    year = workspace.year

    def save(session: "Session", path: Path) -> int:
        from demoexam.services.season.calendar_file import save_season_calendar

        first, last = date(year, 1, 1), date(year, 12, 31)
        return save_season_calendar(session, path, first=first, last=last, today=date.today())

    return _ask(workspace, parent, f"Экзамены {year}", save)


def ask_exam(workspace: Workspace, parent: QWidget, *, session_id: str, name: str) -> QFileDialog:
    """Ask where to save one exam."""

    def save(session: "Session", path: Path) -> int:
        from demoexam.services.season.calendar_file import save_exam_calendar

        return save_exam_calendar(session, path, session_id=session_id, today=date.today())

    return _ask(workspace, parent, f"Экзамен {name}", save)


def _ask(workspace: Workspace, parent: QWidget, name: str, save: Saving) -> QFileDialog:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    where = Path(folder) / f"{name}.ics"
    asked = QFileDialog(parent.window(), "В календарь", str(where), "Календарь (*.ics)")
    asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    asked.setDefaultSuffix("ics")
    asked.fileSelected.connect(lambda chosen: _write(workspace, parent, Path(chosen), save))
    asked.finished.connect(asked.deleteLater)
    asked.open()
    return asked


def _write(workspace: Workspace, parent: QWidget, path: Path, save: Saving) -> None:
    """In a task; what prevents it is told in the window's strip."""

    def job(_progress: Progress) -> int:
        with workspace.store.reading() as session:
            return save(session, path)

    workspace.run(job, title=f"календарь «{path.name}»", on_done=partial(_tell, parent, path))


def _tell(parent: QWidget, path: Path, events: int) -> None:
    if not Shiboken.isValid(parent):
        return
    status: Any = getattr(parent.window(), "status", None)
    if status is not None:
        words = f"В календарь: {counted(events, *EVENTS)} — {path.name}"
        status.show_action(f"{words}, папка «{path.parent.name}»", undoable=False)
