"""Загрузка из файла: sheet, columns and rows on one page; nothing is written until the button."""

from collections.abc import Sequence
from itertools import pairwise
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
from demoexam.exchange.cells import Book
from demoexam.services.imports.choices import open_book
from demoexam.services.imports.imports import AUTO
from demoexam.services.imports.plan import ImportOutcome
from demoexam.ui.cards import Action, EmptyState
from demoexam.ui.importing.board import Board
from demoexam.ui.importing.board_view import BoardView
from demoexam.ui.importing.done_view import DoneView
from demoexam.ui.importing.foot import Foot, Head
from demoexam.ui.importing.leaving import ask_leave
from demoexam.ui.importing.loading import Loader, Reader
from demoexam.ui.importing.progress_view import ProgressView
from demoexam.ui.importing.rejected import RejectedRows
from demoexam.ui.importing.wording import (
    CLIPBOARD_NOTE,
    FILE_NOTE,
    HEADINGS,
    INVITATION,
    TABLES_OF,
)
from demoexam.ui.widgets import Button, column, rule
from demoexam.ui.workspace import Workspace

MARGIN, TITLE_BAR = 24, 32


class ImportDialog(QDialog):
    """Files are taken one after another, or a `book` of rows that were pasted.

    `loaded` tells the outcome of each. `kind` is a value of `Kind` where the caller knows it;
    `reader` reads a file off the GUI thread.
    """

    loaded = Signal(object)  # an ImportOutcome

    def __init__(
        self, workspace: Workspace, parent: QWidget | None = None, *,
        files: Sequence[Path] = (), path: Path | None = None, book: Book | None = None,
        kind: str = AUTO, reader: Reader = open_book,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.workspace = workspace
        self._sources: list[Path | Book] = [*files]
        self._sources += [one for one in (path, book) if one is not None]
        self._kind, self._at, self._writing = kind, 0, False
        self.loader, self.skipped = Loader(workspace, self, reader), RejectedRows(workspace, self)
        self.head, self.foot = Head(), Foot()
        self.invitation = EmptyState("upload", "Выберите файл или перетащите его сюда", INVITATION)
        self.trouble = EmptyState("triangle-alert", "")
        self.progress, self.view, self.ending = ProgressView(), BoardView(), DoneView()
        self._build()
        self._connect()
        self.setAcceptDrops(True)
        self.setWindowTitle("Загрузка из файла")
        self._take_size(parent)
        self._open_source()

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
        self._sources[self._at : self._at + 1] = files
        self._open_source()

    def load(self) -> None:
        """Write the plan as one operation."""
        if self.board is None or not self.foot.load.isEnabled():
            return
        self._writing = True
        self._show_buttons()
        self.loader.write(self._after_load, self._after_refusal)

    def skip(self) -> None:
        """Leave this file and go on to the next one, or close."""
        self.loader.cancel()
        self._at += 1
        if self._at < len(self._sources):
            self._open_source()
        else:
            self.reject()

    def leave(self) -> None:
        """Close; mended cells and answers are not thrown away without a question."""
        if self.stack.currentWidget() is self.ending:
            self._go_on()
        elif self.stack.currentWidget() is self.view and self.loader.is_touched:
            ask_leave(self, self.reject)
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
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
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

    def _open_source(self) -> None:
        self.loader.cancel()
        if self._at >= len(self._sources):
            self._show(self.invitation, "Загрузка из файла", "Ничего не записано")
            return
        source = self._sources[self._at]
        self._show(self.progress, f"Читаю «{source.name}»", self._place())
        self.progress.show_file(source.name)
        self.progress.stop.setFocus()
        if isinstance(source, Book):
            self.view.show_file(source.name, None)
            self.loader.open_book(source, self._kind)
        else:
            self.view.show_file(source.name, source)
            self.loader.open(source, self._kind)

    def _show_board(self, board: Board) -> None:
        kinds = board.preview.plan.content.kinds
        title = HEADINGS[board.kind] if len(kinds) == 1 else "Загрузка из файла"
        self._show(self.view, title, self._place())
        self.view.show_board(self.loader.book, board)
        self._show_buttons()
        foot, head = self.foot, self.head
        ends = (foot.problems, foot.skip, foot.close_button, foot.load)
        way = [*self.view.key_order(), *ends, self.view.steps.kind, head.help, head.cross]
        for one, following in pairwise(way):
            QWidget.setTabOrder(one, following)

    def _show_trouble(self, error: UserError) -> None:
        """The file cannot be read: say it in the dialog's place and offer what can be done."""
        self.trouble.show_words(str(error), error.hint)
        ways = [
            Action("Выбрать другой файл", self.ask_file, "folder-open"),
            Action("Повторить", self._open_source, "refresh-cw"),
        ]
        self.trouble.show_actions(ways)
        self._show(self.trouble, "Файл не загружен", "Ничего не записано")
        buttons = (one for one in self.trouble.findChildren(Button) if not one.isHidden())
        next(buttons).setFocus()
        self.trouble.setAccessibleName(f"{error} {error.hint}")

    def _show_refusal(self, error: UserError) -> None:
        """A choice did not work: keep the plan shown, put the fields back."""
        if (board := self.board) is not None:
            self.view.show_board(self.loader.book, board)
            self.view.warnings.show_refusal(str(error), error.hint)
            self._show_buttons()

    def _after_load(self, outcome: ImportOutcome) -> None:
        self._writing = False
        board = self.board
        if board is not None:
            self.workspace.performed.emit(board.preview.plan.summary())
        self.loaded.emit(outcome)
        if board is not None and board.errors:
            self._keep_rejected(board)
        else:
            self._go_on()

    def _keep_rejected(self, board: Board) -> None:
        """What was skipped goes beside the file, or where the user says."""
        source = self._sources[self._at]
        self.ending.show_load(board, source.name, more=self._at + 1 < len(self._sources))
        self._show(self.ending, "Загружено", "Отменить загрузку можно в главном окне: Ctrl+Z")
        self.ending.next.setFocus()
        if isinstance(source, Path):
            self.skipped.save_beside(board.preview, source)
        else:
            self.skipped.take(board.preview)
            self.ending.show_unsaved("", "Их можно сохранить в файл, исправить и загрузить снова.")

    def _after_keeping(self, _nothing: object) -> None:
        self.view.steps.show_saved()

    def _after_refusal(self, error: UserError) -> None:
        self._writing = False
        self.view.warnings.show_refusal(str(error), error.hint)
        self._show_buttons()

    def _go_on(self) -> None:
        """To the next file, or out."""
        self._at += 1
        if self._at < len(self._sources):
            self._open_source()
        else:
            self.loader.cancel()
            self.accept()

    def _show(self, part: QWidget, title: str, hint: str) -> None:
        self.stack.setCurrentWidget(part)
        self.head.show_words(title, hint, with_kind=part is self.view)
        self._show_buttons()

    def _show_buttons(self) -> None:
        shown = self.stack.currentWidget()
        board = self.board if shown is self.view else None
        waiting = len(self._sources) - self._at - 1
        self.foot.setVisible(shown is not self.ending)
        pasted = self._at < len(self._sources) and isinstance(self._sources[self._at], Book)
        note = CLIPBOARD_NOTE if pasted or board is None or not board.errors else FILE_NOTE
        self.foot.show_board(board, note, writing=self._writing, busy=self.loader.busy)
        self.foot.skip.setVisible(waiting > 0)

    def _place(self) -> str:
        said = "Ничего не записано, пока не нажата кнопка внизу"
        if len(self._sources) > 1:
            said += f" · файл {self._at + 1} из {len(self._sources)}"
        return said

    def _build(self) -> None:
        self.stack = QStackedWidget()
        for part in (self.invitation, self.progress, self.trouble, self.view, self.ending):
            self.stack.addWidget(part)
        self.invitation.show_actions([Action("Выбрать файл…", self.ask_file, "folder-open")])
        self.head.take_kind(self.view.steps.kind)
        layout = column(self.head, rule(), self.stack, rule(), self.foot, spacing=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.loader.shown.connect(self._show_board)
        self.loader.failed.connect(self._show_trouble)
        self.loader.refused.connect(self._show_refusal)
        self.loader.working.connect(self._show_buttons)
        self.loader.working.connect(lambda: self.view.show_busy(self.loader.busy))
        self.loader.progressed.connect(self.progress.show_progress)
        self.loader.judged.connect(self.view.panel.effect.show_effect)
        self.loader.unjudged.connect(self.view.panel.effect.show_no_effect)
        self.progress.cancelled.connect(self.skip)
        self.view.chosen.connect(self.loader.choose)
        self.view.other_asked.connect(self.ask_file)
        self.view.save_asked.connect(
            lambda: self.loader.keep_columns(self._after_keeping, self._show_refusal)
        )
        self.skipped.saved.connect(self.ending.show_saved)
        self.skipped.refused.connect(lambda error: self.ending.show_unsaved(str(error), error.hint))
        self.ending.place_asked.connect(self.skipped.ask_where)
        self.ending.ended.connect(self._go_on)
        self.head.closed.connect(self.leave)
        self.foot.problems.clicked.connect(self.view.show_errors)
        self.foot.skip.clicked.connect(self.skip)
        self.foot.close_button.clicked.connect(self.leave)
        self.foot.load.clicked.connect(self.load)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.load)
        QShortcut(QKeySequence("F1"), self).activated.connect(self.head.help.click)

    def _take_size(self, parent: QWidget | None) -> None:
        """Nearly the whole window."""
        if parent is not None:
            self.resize(parent.width() - MARGIN, parent.height() - MARGIN - TITLE_BAR)
        else:
            self.resize(1200, 800)
