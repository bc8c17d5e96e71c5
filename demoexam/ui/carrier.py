"""What a table does with other programs: rows copied, written to a file, pasted from a table."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from demoexam.errors import Refused, UserError
from demoexam.text import counted
from demoexam.ui import dialogs
from demoexam.ui.table_files import Everything
from demoexam.ui.table_text import with_tabs
from demoexam.ui.table_view import TableView
from demoexam.ui.workspace import Workspace

AT_ONCE = 1_000  # so many rows are copied on the spot; more of them in the background
AUTO = "auto"
ROWS = ("строка", "строки", "строк")
EXPORT = "Ctrl+E"


def nothing_said() -> str:
    return ""


class Carrier(QObject):
    """Serves one table. `kind` is the list that pasted rows are taken for; None takes no rows.

    `pasting` is what the menu does instead of `paste`.
    """

    def __init__(
        self, workspace: Workspace, view: TableView, title: str,
        nouns: tuple[str, str, str] = ROWS, *,
        everything: Everything | None = None, kind: str | None = None,
        narrowed: Callable[[], str] = nothing_said, pasting: Callable[[], object] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(view)
        self.title, self.nouns, self.everything = title, nouns, everything
        self._workspace, self._view, self._kind, self._narrowed = workspace, view, kind, narrowed
        self._pasting = pasting or self.paste
        view.serve(self)

    def bind_export(self, owner: QWidget) -> None:
        """Let Ctrl+E work while the focus is in this widget."""
        self._bind(EXPORT, self.export, owner)

    def bind(self, *owners: QWidget) -> None:
        """Let the keys work while the focus is on one of these widgets or in it."""
        for owner in owners:
            self.bind_export(owner)
            if self._kind is not None:
                self._bind(QKeySequence.StandardKey.Paste, self.paste, owner)

    def copy(self, *, titled: bool = False) -> None:
        """Put the selected rows on the clipboard; many of them are read in the background."""
        rows = self._view.chosen_rows()
        wanted = self._view.wanted(rows)
        if len(rows) > AT_ONCE:
            self._workspace.run(
                lambda progress: with_tabs(wanted, titled=titled, progress=progress),
                title=f"копирование: {counted(len(rows), *self.nouns)}", on_done=self._keep,
            )  # fmt: skip
        elif rows:
            self._keep(with_tabs(wanted, titled=titled))

    def export(self) -> None:
        """Ask which rows and columns, and where to."""
        made = dialogs.open_dialog("export", self._workspace, self._view, table=self)
        made.saved.connect(self._tell_saved)  # type: ignore[attr-defined]

    def paste(self) -> None:
        """Rows copied in another program open the import, as if they had come in a file."""
        mime = QGuiApplication.clipboard().mimeData()
        files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if files:
            dialogs.open_dialog("import", self._workspace, self._view, files=files)
        elif text := mime.text().strip("\n\r"):
            kind = self._kind or AUTO
            self._workspace.run(
                lambda _progress: _read(text, kind), title="чтение буфера обмена",
                on_done=self._open,
            )  # fmt: skip
        else:
            self._workspace.refused.emit(
                Refused(
                    "В буфере обмена нет строк таблицы.",
                    "Скопируйте строки в Excel (Ctrl+C) и нажмите Ctrl+V здесь ещё раз.",
                )
            )

    def add_to(self, menu: QMenu) -> None:
        """The lines of the table's menu."""
        if self._kind is not None:
            menu.addAction("&Вставить строки…\tCtrl+V").triggered.connect(self._pasting)
        menu.addAction(f"В&ыгрузить…\t{EXPORT}").triggered.connect(self.export)

    @property
    def view(self) -> TableView:
        return self._view

    def narrowed(self) -> str:
        """By what the rows are narrowed, in words; "" when all are shown."""
        return self._narrowed()

    def _keep(self, text: object) -> None:
        QGuiApplication.clipboard().setText(str(text))

    def _open(self, answer: tuple[object, str]) -> None:
        book, kind = answer
        dialogs.open_dialog("import", self._workspace, self._view, book=book, kind=kind)

    def _tell_saved(self, path: Path, rows: int) -> None:
        status: Any = getattr(self._view.window(), "status", None)
        if status is not None:
            words = f"Выгружено: {counted(rows, *ROWS)} — {path.name}"
            status.show_action(f"{words}, папка «{path.parent.name}»", undoable=False)

    def _bind(self, keys: Any, run: Callable[[], object], owner: QWidget) -> None:
        shortcut = QShortcut(QKeySequence(keys), owner)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(run)


def _read(text: str, kind: str) -> tuple[object, str]:
    """The rows, and their kind: the one expected here, if they can be of it."""
    from demoexam.exchange.recognition import tables_in
    from demoexam.exchange.text_tables import read_pasted
    from demoexam.services.imports.imports import kind_of

    book = read_pasted(text)
    try:
        tables_in(book, kind_of(kind))
    except UserError:  # another list, pasted here; or none, as the import will tell
        return book, AUTO
    return book, kind
