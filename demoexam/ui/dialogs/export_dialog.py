"""Выгрузить таблицу: which rows, which columns, what kind of file; then where to."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QProgressBar,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import Shiboken

from demoexam.errors import UserError
from demoexam.text import counted, short_date
from demoexam.ui import theme
from demoexam.ui.cards import FindingStrip
from demoexam.ui.fields import FlagField
from demoexam.ui.table_files import Order, write
from demoexam.ui.tasks import Task
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, column, label, row
from demoexam.ui.workspace import Workspace

if TYPE_CHECKING:
    from demoexam.ui.carrier import Carrier

WIDTH, UNDER_WORDS = 500, 28
COLUMNS = ("столбец", "столбца", "столбцов")
FILES = {
    "xlsx": ("&Книга Excel (xlsx)", "Книга Excel (*.xlsx)"),
    "csv": ("&Текст для других программ (csv)", "Текстовая таблица (*.csv)"),
}
PRIVATE = "Телефоны и почта — личные данные: не отправляйте такой файл посторонним."


class ExportDialog(QDialog):
    """Nothing is read before a place is chosen; a file that cannot be written is told here."""

    saved = Signal(object, int)  # the Path, and how many rows are in it

    def __init__(self, workspace: Workspace, parent: QWidget, *, table: "Carrier") -> None:
        super().__init__(parent)
        self._workspace, self._table = workspace, table
        self._task: Task | None = None
        self._chosen = table.view.chosen_rows()
        title = f"Выгрузить: {table.title[:1].lower()}{table.title[1:]}"
        self.setWindowTitle(title)
        self.rows, self.columns = QButtonGroup(self), QButtonGroup(self)
        self.files = QButtonGroup(self)
        self.without_contacts = FlagField("Без теле&фонов и почты")
        self.strip, self.bar = FindingStrip(Tone.BAD), QProgressBar()
        self._lay_out(title)
        self._show_contacts()

    def ask_place(self) -> None:
        """Ask where to save; the file is written once a place is chosen."""
        suffix = self._suffix()
        asked = QFileDialog(self, self.windowTitle())
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asked.setNameFilter(FILES[suffix][1])
        asked.setDefaultSuffix(suffix)
        place = QStandardPaths.StandardLocation.DocumentsLocation
        asked.setDirectory(QStandardPaths.writableLocation(place))
        asked.selectFile(f"{self._table.title} {short_date(date.today())}.{suffix}")
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.fileSelected.connect(lambda name: self.save(Path(name)))
        asked.open()

    def save(self, path: Path) -> None:
        """Write the file in a task; the dialog stays until that is done."""
        order, store = self._order(path), self._workspace.store
        self.strip.hide()
        self._show_working(busy=True)
        self._task = self._workspace.run(
            lambda progress: write(store, order, progress), title=f"выгрузка «{path.name}»",
            on_done=self._finish, on_refused=self._refuse,
        )  # fmt: skip
        self._task.progressed.connect(self._show_progress)
        self._task.ended.connect(self._end)

    def reject(self) -> None:
        """While a file is written, this stops the writing; otherwise it closes the dialog."""
        if self._task is not None:
            self._task.cancel()
        else:
            super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.save_button.setFocus()

    def _order(self, path: Path) -> Order:
        picked = self.rows.checkedId() == 1
        whole = self._table.everything if self.columns.checkedId() == 1 else None
        hidden = self.columns.checkedId() == 2  # noqa: PLR2004 -- the third choice
        narrowed = "" if picked else self._table.narrowed()
        rows = self._chosen if picked else None
        return Order(
            path,
            self._table.view.wanted(rows, hidden=hidden),
            self._table.title,
            [f"Отбор: {narrowed}"] if narrowed else [],
            whole,
            contacts=not (self.without_contacts.isChecked() and self._asks_contacts()),
        )

    def _suffix(self) -> str:
        return list(FILES)[self.files.checkedId()]

    def _asks_contacts(self) -> bool:
        whole = self._table.everything
        return whole is not None and whole.has_contacts and self.columns.checkedId() == 1

    def _lay_out(self, title: str) -> None:
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Выгрузка")
        self.bar.hide()
        self.strip.hide()
        self.private = label(PRIVATE, "muted", wrap=True)
        self.save_button = Button("Со&хранить…", look="primary")
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self.ask_place)
        self.close_button = Button("Отмена")
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        private = row(self.private, margins=(UNDER_WORDS, 0, 0, 0))
        contacts = column(self.without_contacts, private, spacing=2)
        self.setLayout(
            column(
                label(title, "section"), 4,
                label("Строки", "title"), self._offer_rows(), 4,
                label("Столбцы", "title"), self._offer_columns(), contacts, 4,
                label("Файл", "title"), self._offer_files(), 4,
                self.strip, self.bar, None,
                row(None, self.close_button, self.save_button, spacing=8),
                spacing=6, margins=(20, 16, 20, 16),
            )
        )  # fmt: skip
        self.setMinimumWidth(theme.px(WIDTH))

    def _offer_rows(self) -> QVBoxLayout:
        """The selected rows are offered first where there are several."""
        number, narrowed = self._table.view.model().rowCount(), self._table.narrowed()
        words = f"В&се: {counted(number, *self._table.nouns)}"
        several = len(self._chosen) > 1
        offered = [f"{words} (по отбору)" if narrowed else words]
        if several:
            offered.append(f"&Выбранные: {counted(len(self._chosen), *self._table.nouns)}")
        layout = _offer(self.rows, "Строки", enumerate(offered), taken=1 if several else 0)
        if narrowed:
            told = label(f"Отбор: {narrowed}", "muted", wrap=True)
            layout.insertLayout(1, row(told, margins=(UNDER_WORDS, 0, 0, 4)))
        return layout

    def _offer_columns(self) -> QVBoxLayout:
        view = self._table.view
        shown, known = len(view.wanted([]).places), len(view.wanted([], hidden=True).places)
        offered = [(0, f"Как в та&блице: {counted(shown, *COLUMNS)}")]
        if known > shown:
            offered.append((2, f"Вместе со скр&ытыми: {counted(known, *COLUMNS)}"))
        if self._table.everything is not None:
            offered.append((1, self._table.everything.words))
        self.columns.idClicked.connect(self._show_contacts)
        return _offer(self.columns, "Столбцы", offered, taken=0)

    def _offer_files(self) -> QVBoxLayout:
        offered = enumerate(words for words, _ in FILES.values())
        return _offer(self.files, "Файл", offered, taken=0)

    def _show_contacts(self) -> None:
        asks = self._asks_contacts()
        self.without_contacts.setVisible(asks)
        self.private.setVisible(asks)

    def _show_working(self, *, busy: bool) -> None:
        self.bar.setRange(0, 0)
        self.bar.setVisible(busy)
        self.save_button.setEnabled(not busy)
        for group in (self.rows, self.columns, self.files):
            for button in group.buttons():
                button.setEnabled(not busy)
        self.without_contacts.setEnabled(not busy)
        self.close_button.setText("Остановить" if busy else "Отмена")

    def _show_progress(self, done: int, total: int) -> None:
        if Shiboken.isValid(self):  # the window may be gone by then
            self.bar.setRange(0, total)
            self.bar.setValue(done)

    def _finish(self, answer: tuple[Path, int]) -> None:
        self._task = None
        self.saved.emit(*answer)
        self.accept()

    def _refuse(self, error: UserError) -> None:
        self.strip.show_finding(Tone.BAD, f"{error} {error.hint}".strip())

    def _end(self) -> None:
        self._task = None
        if Shiboken.isValid(self):
            self._show_working(busy=False)


def _offer(
    group: QButtonGroup, name: str, offered: Iterable[tuple[int, str]], *, taken: int
) -> QVBoxLayout:
    """Choices one below another, one of them taken."""
    layout = column(spacing=0)
    for number, words in offered:
        button = QRadioButton(words)
        button.setAccessibleName(f"{name}: {words.replace('&', '')}")
        group.addButton(button, number)
        layout.addWidget(button)
    group.button(taken).setChecked(True)
    return layout
