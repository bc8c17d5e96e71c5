"""The three steps on one line: sheet, header rows, columns; and the file they belong to."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from demoexam.exchange.cells import Book
from demoexam.exchange.vocabulary import KIND_NAMES
from demoexam.services.imports.choices import ALL_SHEETS
from demoexam.services.imports.imports import AUTO
from demoexam.text import counted, day_month
from demoexam.ui import theme
from demoexam.ui.fields import ChoiceField
from demoexam.ui.importing.board import Board
from demoexam.ui.importing.header_choices import APART, NO_HEADER, Rows, header_options
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, ElidedLabel, IconLabel, Pill, fill, label, row
from demoexam.ui.widgets import column as stacked

KILO = 1024
ROWS = ("строка", "строки", "строк")
NARROW = 1220  # design pixels: below them the words that can be spared go
SHEET, HEADER, FILE = 208, 122, 190
SHEET_WORDS = 14  # letters of a sheet's name beside its header rows
LIST, ARROW = 330, 40  # the width of the open list; what the arrow and the edges take


class StepChoice(ChoiceField):
    """A combo as narrow as its choice; the open list is wide enough for what explains it."""

    def __init__(self, name: str, width: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedWidth(theme.px(width))
        self.view().setMinimumWidth(theme.px(LIST))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        text = option.currentText.partition(APART)[0]
        room = self.width() - ARROW
        option.currentText = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()


class StepsBar(QWidget):
    """What the file is read as; each signal is another choice of the user."""

    sheet_chosen = Signal(str)
    header_chosen = Signal(str, object)  # sheet, (first, last) row of titles
    kind_chosen = Signal(str)
    save_asked = Signal()
    other_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sheet = StepChoice("Лист файла", SHEET)
        self.header = StepChoice("Строка заголовков", HEADER)
        self.kind = StepChoice("Что в файле", SHEET)
        self.found, self.columns = Pill(), Pill()
        self.save = Button("Сохранить &разметку", "save", "small")
        self.file, self.about = ElidedLabel("", "strong"), ElidedLabel("", "muted")
        self.other = Button("&Другой…", look="small", name="Выбрать другой файл")
        self.columns_title = label("С&толбцы", "strong")
        self.sheet_shown = ""
        self._narrow = False
        self._lay_out()
        self.sheet.written.connect(self.sheet_chosen.emit)
        self.header.written.connect(lambda rows: self.header_chosen.emit(self.sheet_shown, rows))
        self.kind.written.connect(self.kind_chosen.emit)
        self.save.clicked.connect(self.save_asked)
        self.other.clicked.connect(self.other_asked)

    def show_file(self, name: str, path: Path | None) -> None:
        """`path` is None for rows that come from the clipboard."""
        self.file.show_text(name)
        self.about.show_text(_about(path) if path else "вставлено из буфера")

    def show_board(self, book: Book, board: Board) -> None:
        """What was recognised; `book` is the whole file with all its sheets."""
        choices = board.preview.choices
        self.sheet.show_options(sheet_options(book, board))
        self.sheet.show_value(choices.sheet)
        self.sheet.setToolTip(self.sheet.currentText())
        self.kind.show_options(_kind_options(board))
        self.kind.show_value(choices.kind)
        known, of = board.recognised
        self.columns.show_state(f"узнаны {known} из {of}", Tone.OK if known == of else Tone.WARN)
        tables = board.preview.tables
        if all(table.key in board.preview.remembered for table in tables):
            self.show_saved()
        else:
            self.show_unsaved(possible=any(table.titles for table in tables))
        self.show_sheet(board, self.sheet_shown)

    def show_sheet(self, board: Board, sheet: str) -> None:
        """Step 2 speaks of the sheet that the cursor is on."""
        tables = {table.sheet: table for table in reversed(board.preview.tables)}
        table = tables.get(sheet) or board.preview.tables[0]
        self.sheet_shown = table.sheet
        lines = next(each.lines for each in board.preview.book.sheets if each.name == table.sheet)
        rows: Rows = table.header_rows
        self.header.show_options(header_options(lines, rows))
        self.header.show_value(rows)
        self.header.setAccessibleName(f"Строка заголовков листа «{table.sheet}»")
        by_hand = table.sheet in board.preview.choices.headers
        found = "выбрана" if by_hand else "найдена" if rows != NO_HEADER else "не нужна"
        if len(tables) > 1:
            found = f"лист {shortened(table.sheet, SHEET_WORDS)}"
        self.found.show_state(found, Tone.ACCENT if by_hand or len(tables) > 1 else Tone.OK)

    def show_saved(self) -> None:
        """The columns are remembered."""
        self.save.setText(" Сохранена" if not self._narrow else "")
        self.save.show_icon("check", "ok")
        self.save.setEnabled(False)

    def show_unsaved(self, *, possible: bool) -> None:
        """`possible`: there is something to remember, and it is not remembered yet."""
        self.save.show_icon("save", "muted")
        self.save.setText("" if self._narrow else " Сохранить &разметку")
        self.save.setEnabled(possible)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.px(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self.found.setVisible(not narrow)
            self.about.setVisible(not narrow)
            self.save.setText("" if narrow else " Сохранить &разметку")

    def _lay_out(self) -> None:
        self.save.setToolTip(
            "Запомнить, что значат столбцы: следующий файл с такими заголовками "
            "будет разобран так же"
        )
        chip = QFrame()
        chip.setProperty("look", "sub")
        words = stacked(self.file, self.about, spacing=0)
        inside = row(IconLabel("file-spreadsheet", "ok", 18), words, self.other, spacing=8,
                     margins=(10, 4, 6, 4))  # fmt: skip
        inside.setStretch(1, 1)
        chip.setLayout(inside)
        chip.setMinimumWidth(theme.px(FILE))
        layout = row(
            _step(1, label("&Лист", "strong"), self.sheet), self.sheet, 6,
            _step(2, label("&Заголовки", "strong"), self.header), self.header, self.found, 6,
            _step(3, self.columns_title, None), self.columns, self.save, 6, chip, spacing=8,
        )  # fmt: skip
        layout.setStretchFactor(chip, 1)
        self.setLayout(layout)


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def sheet_options(book: Book, board: Board) -> list[tuple[str, str]]:
    """Every sheet with its number of rows; hidden ones are named as such.

    A visible sheet which alone holds a list stands for the whole file.
    """
    tables = {table.sheet for table in board.preview.tables}
    visible = [sheet.name for sheet in book.sheets if not sheet.hidden]
    whole = board.preview.choices.sheet == ALL_SHEETS
    only = next(iter(tables)) if whole and len(tables) == 1 else ""
    only = visible[0] if len(visible) == 1 and not board.preview.choices.hidden else only
    count = counted(len(tables), "лист", "листа", "листов")
    named = f"Все списки · {count}" if whole else "Все листы со списками"
    options = [] if only else [(ALL_SHEETS, named)]
    for sheet in book.sheets:
        mark = " (скрытый)" if sheet.hidden else ""
        rows = counted(board.filled[sheet.name], *ROWS)
        value = ALL_SHEETS if sheet.name == only else sheet.name
        options.append((value, f"{sheet.name}{mark} · {rows}"))
    return options


def _kind_options(board: Board) -> Sequence[tuple[str, str]]:
    """What the program thinks, then each kind by itself."""
    kinds = dict.fromkeys(KIND_NAMES[table.kind] for table in board.preview.tables)
    named = ", ".join(kinds)
    found = f"{named} (узнано)" if board.preview.choices.kind == AUTO else "узнать по содержимому"
    return [(AUTO, found), *((kind.value, name) for kind, name in KIND_NAMES.items())]


def _step(number: int, title: QLabel, field: QWidget | None) -> QHBoxLayout:
    disc = QLabel(str(number))
    disc.setProperty("look", "step")
    disc.setAlignment(Qt.AlignmentFlag.AlignCenter)
    if field is not None:
        title.setBuddy(field)
    return fill(QHBoxLayout(), disc, title, spacing=7)


def _about(path: Path) -> str:
    try:
        facts = path.stat()
    except OSError:
        return ""
    size = f"{max(1, round(facts.st_size / KILO))} КБ"
    return f"{size}, изменён {day_month(datetime.fromtimestamp(facts.st_mtime).date())}"
