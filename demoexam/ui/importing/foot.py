"""The head and the foot of the import: what is loaded, and the buttons that end it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from demoexam.ui.fields import ChoiceField
from demoexam.ui.importing.board import Board
from demoexam.ui.widgets import Button, ElidedLabel, IconLabel, column, label, row

CHAPTER = "2_lists.md"  # of the guide


class Head(QWidget):
    """The title, what kind of list it is, help and the cross; `closed`: by the cross."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title, self.hint = ElidedLabel("", "page"), label("", "muted")
        self.help = Button("", "circle-help", "icon", name="Справка (F1)")
        self.cross = Button("", "x", "icon", name="Закрыть (Esc)")
        self._caption = label("&Что в файле", "muted")
        self._place = row(spacing=8)
        layout = row(
            column(self.title, self.hint, spacing=1), self._place, self.help, self.cross,
            spacing=8, margins=(24, 10, 16, 8),
        )  # fmt: skip
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.cross.clicked.connect(self.closed)
        self.help.clicked.connect(self._show_help)

    def take_kind(self, field: ChoiceField) -> None:
        """The choice of the kind of list stands here."""
        self._caption.setBuddy(field)
        self._place.addWidget(self._caption)
        self._place.addWidget(field)
        self._place.addSpacing(8)
        self._kind = field

    def show_words(self, title: str, hint: str, *, with_kind: bool) -> None:
        self.title.show_text(title)
        self.hint.setText(hint)
        self._caption.setVisible(with_kind)
        self._kind.setVisible(with_kind)

    def _show_help(self) -> None:
        from demoexam.ui.help_window import HelpWindow

        guide = HelpWindow(self.window())
        guide.open_chapter(CHAPTER)
        guide.show()


class Foot(QWidget):
    """What will be written, in the words of the button that does it."""

    def __init__(self) -> None:
        super().__init__()
        self.note = label("", "muted")
        self._sign = IconLabel("info", "muted", 16)
        self.problems = Button("", "triangle-alert")
        self.skip = Button("Пропустить &файл")
        self.close_button = Button("Отм&ена")
        self.load = Button("Загрузить", "check", "primary")
        self.load.setToolTip("Записать (Ctrl+Enter)")
        self.setLayout(
            row(
                self._sign, self.note, None, self.problems, self.skip, self.close_button,
                self.load, spacing=8, margins=(24, 9, 24, 10),
            )
        )  # fmt: skip

    def show_board(self, board: Board | None, note: str, *, writing: bool, busy: bool) -> None:
        """Without a board there is only the way out."""
        for part in (self.load, self.note, self._sign):
            part.setVisible(board is not None)
        for button in (self.skip, self.close_button):
            button.setEnabled(not writing)
        self.problems.setVisible(board is not None and bool(board.errors))
        self.note.setText(note)
        if board is None:
            return
        self.problems.setText(f" &Исправить ошибки: {board.errors}")
        words = load_words(board)
        self.load.setText(f" {words}")
        self.load.setAccessibleName(words)
        self.load.setEnabled(board.preview.plan.changes_anything and not writing and not busy)


def load_words(board: Board) -> str:
    """«Загрузить 58, пропустить 3»."""
    if not board.preview.plan.changes_anything:
        if board.rows and board.errors == len(board.rows):
            return "Загружать нечего: во всех строках ошибки"
        return "Загружать нечего: всё уже есть" if board.rows else "Загружать нечего"
    if not board.to_load:
        return "Загрузить"
    skipped = f", пропустить {board.to_skip}" if board.to_skip else ""
    return f"Загрузить {board.to_load}{skipped}"
