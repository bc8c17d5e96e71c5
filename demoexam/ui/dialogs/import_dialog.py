"""Загрузка из файла: sheet, columns and rows on one page; nothing is written until the button."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QDialog, QFileDialog, QStackedWidget, QWidget

from demoexam.errors import UserError
from demoexam.services.imports_plan import ImportOutcome
from demoexam.ui.cards import Action, EmptyState
from demoexam.ui.importing.board import Board
from demoexam.ui.importing.board_view import BoardView
from demoexam.ui.importing.loading import Loader
from demoexam.ui.importing.progress_view import ProgressView
from demoexam.ui.importing.wording import HEADINGS
from demoexam.ui.widgets import Button, ElidedLabel, column, label, row, rule
from demoexam.ui.workspace import Workspace

TABLES_OF = "Таблицы (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.txt *.tsv);;Все файлы (*)"
INVITATION = (
    "Список экспертов, студентов, мастерских, комплектов (КОД) или график экзаменов: Excel, "
    "OpenDocument или CSV. Программа сама узнает, что в файле, и покажет, что изменится, до записи."
)
MARGIN = 24


class ImportDialog(QDialog):
    """Files are taken one after another. `loaded` tells the outcome of each."""

    loaded = Signal(object)  # an ImportOutcome

    def __init__(
        self, workspace: Workspace, parent: QWidget | None = None, *,
        files: Sequence[Path] = (), path: Path | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.workspace = workspace
        self._files = [*files, *([path] if path else [])]
        self._at, self._writing = 0, False
        self.loader = Loader(workspace, self)
        self.title, self.hint = ElidedLabel("", "page"), label("", "muted")
        self.invitation = EmptyState("upload", "Выберите файл или перетащите его сюда", INVITATION)
        self.trouble = EmptyState("triangle-alert", "")
        self.progress, self.view = ProgressView(), BoardView()
        self._build()
        self._connect()
        self.setAcceptDrops(True)
        self.setWindowTitle("Загрузка из файла")
        self._take_size(parent)
        self._open_file()

    @property
    def board(self) -> Board | None:
        return self.loader.board

    def ask_file(self) -> None:
        """Choose another file in place of the present one."""
        asked = QFileDialog(self, "Выберите файл для загрузки")
        asked.setFileMode(QFileDialog.FileMode.ExistingFiles)
        asked.setNameFilter(TABLES_OF)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.filesSelected.connect(lambda names: self.take_files([Path(each) for each in names]))
        asked.open()

    def take_files(self, files: Sequence[Path]) -> None:
        """Put files in the place of the present one; those still waiting follow them."""
        self._files[self._at : self._at + 1] = files
        self._open_file()

    def load(self) -> None:
        """Write the plan as one operation."""
        board = self.loader.board
        if board is None or not self.load_button.isEnabled():
            return
        self._writing = True
        self._show_buttons()
        self.loader.write(self._after_load, self._after_refusal)

    def skip(self) -> None:
        """Leave this file and go on to the next one, or close."""
        self.loader.cancel()
        self._at += 1
        if self._at < len(self._files):
            self._open_file()
        else:
            self.reject()

    def reject(self) -> None:
        if not self._writing:
            self.loader.cancel()
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.loader.cancel()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()  # Enter in a field or a cell must not load the file
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files and not self._writing:
            event.acceptProposedAction()
            self.take_files(files)

    def _open_file(self) -> None:
        self.loader.cancel()
        if self._at >= len(self._files):
            self._show(self.invitation, "Загрузка из файла", "Ничего не записано")
            return
        path = self._files[self._at]
        self._show(self.progress, f"Читаю «{path.name}»", self._place())
        self.progress.show_file(path.name)
        self.view.show_file(path)
        self.loader.open(path)

    def _show_board(self, board: Board) -> None:
        self._show(self.view, HEADINGS[board.kind], self._place())
        self.view.show_board(self.loader.book, board)
        self._show_buttons()

    def _show_trouble(self, error: UserError) -> None:
        """The file cannot be read: say it in the dialog's place and offer what can be done."""
        self.trouble.show_words(str(error), error.hint)
        ways = [
            Action("Выбрать другой файл", self.ask_file, "folder-open"),
            Action("Повторить", self._open_file, "refresh-cw"),
        ]
        self.trouble.show_actions(ways)
        self._show(self.trouble, "Файл не загружен", "Ничего не записано")
        buttons = (one for one in self.trouble.findChildren(Button) if not one.isHidden())
        next(buttons).setFocus()
        self.trouble.setAccessibleName(f"{error} {error.hint}")

    def _show_refusal(self, error: UserError) -> None:
        """A choice did not work: keep the plan shown, put the fields back."""
        if (board := self.loader.board) is not None:
            self.view.show_board(self.loader.book, board)
            self.view.warnings.show_refusal(str(error), error.hint)
            self._show_buttons()

    def _after_load(self, outcome: ImportOutcome) -> None:
        self._writing = False
        if (board := self.loader.board) is not None:
            self.workspace.performed.emit(board.preview.plan.summary())
        self.loaded.emit(outcome)
        self._at += 1
        if self._at < len(self._files):
            self._open_file()
        else:
            self.loader.cancel()
            self.accept()

    def _after_refusal(self, error: UserError) -> None:
        self._writing = False
        self.view.warnings.show_refusal(str(error), error.hint)
        self._show_buttons()

    def _show(self, part: QWidget, title: str, hint: str) -> None:
        self.stack.setCurrentWidget(part)
        self.title.show_text(title)
        self.hint.setText(hint)
        self._show_buttons()

    def _show_buttons(self) -> None:
        board = self.loader.board if self.stack.currentWidget() is self.view else None
        waiting = len(self._files) - self._at - 1
        self.skip_button.setVisible(waiting > 0)
        self.skip_button.setEnabled(not self._writing)
        self.close_button.setEnabled(not self._writing)
        self.load_button.setVisible(board is not None)
        self.note.setVisible(board is not None)
        self.problem_button.setVisible(board is not None and bool(board.to_skip))
        if board is None:
            return
        self.problem_button.setText(f" Исправить ошибки: {board.to_skip}")
        words = _load_words(board)
        self.load_button.setText(f" {words}")
        self.load_button.setAccessibleName(words)
        ready = board.preview.plan.changes_anything
        self.load_button.setEnabled(ready and not self._writing and not self.loader.busy)

    def _place(self) -> str:
        said = "Ничего не записано, пока не нажата кнопка внизу"
        if len(self._files) > 1:
            said += f" · файл {self._at + 1} из {len(self._files)}"
        return said

    def _build(self) -> None:
        self.stack = QStackedWidget()
        for part in (self.invitation, self.progress, self.trouble, self.view):
            self.stack.addWidget(part)
        self.invitation.show_actions([Action("Выбрать файл…", self.ask_file, "folder-open")])
        self.problem_button = Button("", "triangle-alert")
        self.skip_button = Button("Пропустить файл")
        self.close_button = Button("Отмена")
        self.load_button = Button("Загрузить", "check", "primary")
        self.load_button.setToolTip("Записать (Ctrl+Enter)")
        self.note = label("Одна операция, отменяется Ctrl+Z.", "muted")
        head = row(column(self.title, self.hint, spacing=1), margins=(24, 12, 24, 10))
        foot = row(
            self.note, None, self.problem_button, self.skip_button, self.close_button,
            self.load_button, spacing=8, margins=(24, 10, 24, 12),
        )  # fmt: skip
        layout = column(head, rule(), self.stack, rule(), foot, spacing=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.loader.shown.connect(self._show_board)
        self.loader.failed.connect(self._show_trouble)
        self.loader.refused.connect(self._show_refusal)
        self.loader.working.connect(self._show_buttons)
        self.loader.working.connect(lambda: self.view.show_busy(self.loader.busy))
        self.loader.progressed.connect(self.progress.show_progress)
        self.loader.judged.connect(self.view.panel.show_effect)
        self.loader.unjudged.connect(self.view.panel.show_no_effect)
        self.progress.cancelled.connect(self.skip)
        self.view.chosen.connect(self.loader.choose)
        self.view.other_asked.connect(self.ask_file)
        self.problem_button.clicked.connect(self.view.show_errors)
        self.skip_button.clicked.connect(self.skip)
        self.close_button.clicked.connect(self.reject)
        self.load_button.clicked.connect(self.load)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.load)

    def _take_size(self, parent: QWidget | None) -> None:
        """Nearly the whole window."""
        if parent is not None:
            self.resize(parent.width() - MARGIN, parent.height() - MARGIN)
        else:
            self.resize(1200, 800)


def _load_words(board: Board) -> str:
    """«Загрузить 58, пропустить 3»."""
    if not board.preview.plan.changes_anything:
        return "Загружать нечего: всё уже есть"
    if not board.to_load:
        return "Загрузить"
    skipped = f", пропустить {board.to_skip}" if board.to_skip else ""
    return f"Загрузить {board.to_load}{skipped}"
