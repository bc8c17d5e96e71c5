"""The top of the import: file, then three steps on one line, then the filter of rows."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from demoexam.exchange.cells import Book
from demoexam.exchange.vocabulary import KIND_NAMES
from demoexam.services.imports_choices import ALL_SHEETS
from demoexam.services.imports_plan import Status
from demoexam.text import counted, day_month
from demoexam.ui.fields import ChoiceField
from demoexam.ui.importing.board import Board
from demoexam.ui.importing.preview_model import ALL, NOTED
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import (
    Button,
    ElidedLabel,
    IconLabel,
    Pill,
    Segments,
    clear,
    column,
    fill,
    label,
    row,
)

KILO = 1024
ROWS = ("строка", "строки", "строк")


class StepsBar(QWidget):
    """`sheet_chosen`, `kind_chosen`: other choices; `other_asked`: another file."""

    sheet_chosen = Signal(str)
    kind_chosen = Signal(str)
    other_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sheet, self.kind = ChoiceField(), ChoiceField()
        self.sheet.setAccessibleName("Лист файла")
        self.kind.setAccessibleName("Что в файле")
        self.kind.show_options([(kind.value, name) for kind, name in KIND_NAMES.items()])
        self.sheet.setFixedWidth(230)
        self.kind.setFixedWidth(174)
        self.header, self.columns, self.check = Pill(), Pill(), Pill()
        self.file, self.about = ElidedLabel("", "strong"), ElidedLabel("", "muted")
        self.other = Button("Другой…", look="small", name="Выбрать другой файл")
        self._lay_out()
        self.sheet.written.connect(self.sheet_chosen.emit)
        self.kind.written.connect(self.kind_chosen.emit)
        self.other.clicked.connect(self.other_asked)

    def show_file(self, path: Path) -> None:
        self.file.show_text(path.name)
        self.about.show_text(_about(path))

    def show_board(self, book: Book, board: Board) -> None:
        """What was recognised; `book` is the whole file with all its sheets."""
        self.sheet.show_options(sheet_options(book, board))
        self.sheet.show_value(board.preview.choices.sheet)
        self.kind.show_value(board.kind.value)
        first = board.preview.tables[0].lines[0].number - 1
        one = len(board.preview.tables) == 1
        sheets = counted(len(board.preview.tables), "лист", "листа", "листов")
        self.header.show_state(f"шапка: строка {first}" if one else sheets, Tone.OK)
        known, of = board.recognised
        self.columns.show_state(f"узнаны {known} из {of}", Tone.OK if known == of else Tone.WARN)
        self.check.show_state(*_verdict(board))

    def _lay_out(self) -> None:
        chip = QFrame()
        chip.setProperty("look", "sub")
        words = column(self.file, self.about, spacing=0)
        inside = row(IconLabel("file-spreadsheet", "ok", 18), words, self.other, spacing=10,
                     margins=(12, 4, 6, 4))  # fmt: skip
        inside.setStretch(1, 1)
        chip.setLayout(inside)
        chip.setMinimumWidth(230)
        layout = row(
            _step(1, "Лист"), self.sheet, self.kind, self.header, 8,
            _step(2, "Столбцы"), self.columns, 8, _step(3, "Проверка"), self.check, 8, chip,
            spacing=8,
        )  # fmt: skip
        layout.setStretchFactor(chip, 1)
        self.setLayout(layout)


class RowFilter(QWidget):
    """Which rows are seen, with their numbers; and the way from problem to problem."""

    chosen = Signal(str)
    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._place = row(spacing=0)
        self.segments = Segments([(ALL, "Все")])
        self.back = Button("", "chevron-left", "icon", name="Предыдущая проблема (Shift+F8)")
        self.on = Button("", "chevron-right", "icon", name="Следующая проблема (F8)")
        self.words = label("", "muted")
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.on.clicked.connect(lambda: self.stepped.emit(1))
        layout = row(self._place, None, self.words, self.back, self.on, spacing=8)
        self.setLayout(layout)

    def show_board(self, board: Board, chosen: str) -> str:
        """Rebuild the segments; the choice that is in force afterwards is returned."""
        options = _options(board)
        clear(self._place)
        self.segments = Segments(options, "Какие строки показать")
        self.segments.chosen.connect(self.chosen.emit)
        self._place.addWidget(self.segments)
        kept = chosen if chosen in {value for value, _ in options} else ALL
        self.segments.show_value(kept)
        problems = board.problems
        said = counted(problems, "проблема", "проблемы", "проблем")
        self.words.setText(f"{said}, F8 — к следующей" if problems else "проблем нет")
        for button in (self.back, self.on):
            button.setEnabled(bool(problems))
        return kept


def _verdict(board: Board) -> tuple[str, str]:
    """The third step in a word: what is refused, else what is put off, else all is well."""
    if bad := board.to_skip:
        return counted(bad, "ошибка", "ошибки", "ошибок"), Tone.BAD
    if held := board.counts[Status.HELD]:
        return f"отложатся {held}", Tone.WARN
    return "ошибок нет", Tone.OK


def sheet_options(book: Book, board: Board) -> list[tuple[str, str]]:
    """Every sheet with its number of rows; hidden ones are named as such.

    A visible sheet which alone holds a list stands for the whole file.
    """
    tables = {table.sheet for table in board.preview.tables}
    visible = [sheet.name for sheet in book.sheets if not sheet.hidden]
    whole = board.preview.choices.sheet == ALL_SHEETS
    only = next(iter(tables)) if whole and len(tables) == 1 else ""
    only = visible[0] if len(visible) == 1 else only
    options = [] if only else [(ALL_SHEETS, "Все листы со списками")]
    for sheet in book.sheets:
        mark = " (скрытый)" if sheet.hidden else ""
        count = counted(board.filled[sheet.name], *ROWS)
        value = ALL_SHEETS if sheet.name == only else sheet.name
        options.append((value, f"{sheet.name}{mark} · {count}"))
    return options


def _options(board: Board) -> Sequence[tuple[str, str]]:
    counts = board.counts
    told = [
        (Status.NEW.value, "Новые", counts[Status.NEW]),
        (Status.CHANGED.value, "Изменятся", counts[Status.CHANGED]),
        (Status.SAME.value, "Те же", counts[Status.SAME]),
        (Status.DUPLICATE.value, "Повторы", counts[Status.DUPLICATE]),
        (Status.HELD.value, "Отложатся", counts[Status.HELD]),
        (NOTED, "Замечания", board.noted),
        (Status.ERROR.value, "Ошибки", counts[Status.ERROR]),
    ]
    shown = [(value, f"{name} {count}") for value, name, count in told if count]
    return [(ALL, f"Все {len(board.rows)}"), *shown]


def _step(number: int, title: str) -> QHBoxLayout:
    disc = QLabel(str(number))
    disc.setProperty("look", "badge")
    disc.setProperty("tone", Tone.ACCENT)
    disc.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return fill(QHBoxLayout(), disc, label(title, "strong"), spacing=7)


def _about(path: Path) -> str:
    try:
        facts = path.stat()
    except OSError:
        return ""
    size = f"{max(1, round(facts.st_size / KILO))} КБ"
    return f"{size}, изменён {day_month(datetime.fromtimestamp(facts.st_mtime).date())}"
