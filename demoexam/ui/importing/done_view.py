"""After loading: what came, what was skipped, and where the skipped rows lie."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from demoexam.text import counted
from demoexam.ui.importing.board import Board
from demoexam.ui.importing.rejected import open_folder
from demoexam.ui.widgets import Button, IconLabel, column, label, row

ROWS = ("строка пропущена", "строки пропущены", "строк пропущено")
WAY_ON = (
    "Исправьте их в этом файле и загрузите его: программа узнает столбцы и добавит только "
    "исправленное."
)


class DoneView(QWidget):
    """`ended`: on to the next file, or out; `place_asked`: where to keep the rows of this file."""

    ended = Signal()
    place_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._name, self._path = "", Path()
        self.title, self.skipped = label("", "section", wrap=True), label("", "strong", wrap=True)
        self.where = label("", "soft", wrap=True)
        self.folder = Button("Открыть &папку", "folder-open")
        self.elsewhere = Button("&Сохранить строки…", "save")
        self.next = Button("Готово", look="primary")
        for words in (self.title, self.skipped, self.where):
            words.setMinimumWidth(560)
            words.setMaximumWidth(720)
        self._lay_out()
        self.folder.clicked.connect(lambda: open_folder(self._path))
        self.elsewhere.clicked.connect(lambda: self.place_asked.emit(self._name))
        self.next.clicked.connect(self.ended)

    def show_load(self, board: Board, name: str, *, more: bool) -> None:
        """The rows are not saved anywhere yet."""
        self._name = name
        self.title.setText(board.preview.plan.loaded_words())
        self.skipped.setText(counted(board.errors, *ROWS))
        self.where.setText("Сохраняю их рядом с файлом…")
        self.next.setText("Следующий файл" if more else "Готово")
        self._show_ways(folder=False, elsewhere=False)

    def show_saved(self, path: Path) -> None:
        self._path = path
        self.where.setText(f"Они сохранены в «{path.name}» (папка {path.parent}). {WAY_ON}")
        self.where.setAccessibleName(self.where.text())
        self._show_ways(folder=True, elsewhere=False)

    def show_unsaved(self, reason: str, advice: str) -> None:
        """There is no file of them yet: nowhere to write beside, or nothing to be beside of."""
        self.where.setText(" ".join(part for part in (reason, advice) if part))
        self._show_ways(folder=False, elsewhere=True)

    def _show_ways(self, *, folder: bool, elsewhere: bool) -> None:
        self.folder.setVisible(folder)
        self.elsewhere.setVisible(elsewhere)

    def _lay_out(self) -> None:
        disc = IconLabel("circle-check", "ok", 40)
        disc.setProperty("look", "disc")
        disc.setProperty("tone", "ok")
        disc.setFixedSize(88, 88)
        buttons = row(None, self.next, self.folder, self.elsewhere, None, spacing=8)
        words = (self.title, self.skipped, self.where)
        for each in words:
            each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        lines = (row(None, each, None) for each in words)
        self.setLayout(column(None, row(None, disc, None), 8, *lines, 10, buttons, None, spacing=8))
