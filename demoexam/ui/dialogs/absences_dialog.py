"""Days when experts cannot come, from a calendar or a table: looked at, then written at once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from demoexam.errors import UserError
from demoexam.progress import Progress
from demoexam.services.experts.availability_import import (
    AbsenceLine,
    Standing,
    matched,
    write_lines,
)
from demoexam.text import counted, short_date
from demoexam.ui.cards import FindingStrip
from demoexam.ui.dialogs.list_layout import fit_window, list_card
from demoexam.ui.list_source import ListSource
from demoexam.ui.query_table import Cell, Column, QueryTable, Row
from demoexam.ui.table_view import TableView
from demoexam.ui.tasks import Task
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, column, label, row
from demoexam.ui.workspace import Workspace

SIZE, LEAST = (980, 600), (620, 380)
FILES = "Календари и таблицы (*.ics *.ical *.xlsx *.xls *.xlsb *.ods *.csv *.txt);;Все файлы (*)"
COLUMNS = (
    Column("state", "Что будет", 150),
    Column("expert", "Эксперт", 230, stretch=True),
    Column("days", "Дни", 190, sortable=False),
    Column("kind", "Как", 150, minor=True),
    Column("reason", "Причина", 190),
    Column("where", "Откуда", 150, minor=True),
)
STATES = {
    Standing.NEW: ("добавится", Tone.OK),
    Standing.KNOWN: ("уже есть", Tone.GREY),
    Standing.PAST: ("уже прошло", Tone.GREY),
    Standing.NOBODY: ("эксперт не найден", Tone.WARN),
    Standing.SEVERAL: ("тёзки: в карточке", Tone.WARN),
    Standing.BROKEN: ("не прочитано", Tone.BAD),
}
PERIODS = ("период", "периода", "периодов")
HINT = (
    "Файл календаря iCal (.ics) или таблица со столбцами «ФИО», «С», «По», «Причина», "
    "«Только эти дни». До записи всё можно посмотреть."
)
NOTHING = "Выберите файл: здесь будет видно, что найдено и что добавится."


class AbsencesDialog(QDialog):
    """With `expert_id` the whole file is about that expert."""

    def __init__(
        self, workspace: Workspace, parent: QWidget, *, expert_id: str = "",
        path: Path | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent.window())
        self.workspace, self._expert_id = workspace, expert_id
        self.lines: Sequence[AbsenceLine] = ()
        self._task: Task | None = None
        self.source = ListSource(COLUMNS)
        self.table = QueryTable(self.source, self)
        self.view = TableView(self.table, "Что найдено в файле")
        self.strip = FindingStrip(Tone.BAD)
        self.name, self.count = label(HINT, "muted", wrap=True), label("", "muted")
        self.choose_button = Button("Выбрать файл…", "upload")
        self.write_button = Button("Записать", look="primary")
        self._assemble()
        self.view.show_nothing(NOTHING)
        self._show(())
        if path is not None:
            self.load(path)

    def choose(self) -> None:
        dialog = QFileDialog(self, "Когда эксперты не могут", "", FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda chosen: self.load(Path(chosen)))
        dialog.open()

    def load(self, path: Path) -> None:
        """Read the file off the GUI thread and show what would be written."""
        from demoexam.exchange.availability_files import read_absences

        if self._task is not None:
            self._task.cancel()
        self.strip.hide()
        self.name.setText(path.name)
        today = date.today()

        def job(progress: Progress) -> list[AbsenceLine]:
            rows = read_absences(path, today=today, progress=progress)
            with self.workspace.store.reading() as session:
                return matched(session, rows=rows, today=today, expert_id=self._expert_id)

        self.view.show_nothing("Файл читается…")
        self._task = self.workspace.run(
            job, title=f"Чтение файла {path.name}", on_done=self._show, on_refused=self._refuse
        )

    def write(self) -> None:
        """All new periods as one operation."""
        new = [line for line in self.lines if line.standing is Standing.NEW]
        if new:
            self.write_button.setEnabled(False)
            told = counted(len(new), *PERIODS)
            self.workspace.perform(
                write_lines, operation=f"недоступность экспертов из файла: {told}", lines=new,
                on_done=self._finish, on_refused=self._refuse,
            )  # fmt: skip

    def _finish(self, _count: object) -> None:
        self.accept()

    def _show(self, lines: Sequence[AbsenceLine]) -> None:
        order = list(Standing)
        self.lines = sorted(lines, key=lambda line: order.index(line.standing))
        self.source.show_rows(list(_rows(self.lines)))
        self.table.reload()
        if self.lines:
            self.view.show_nothing("")
            self.view.selectRow(0)
        found = Counter(line.standing for line in self.lines)
        told = (f"{STATES[one][0]}: {found[one]}" for one in Standing if found[one])
        self.count.setText(" · ".join(told))
        new = found[Standing.NEW]
        self.write_button.setEnabled(bool(new))
        self.write_button.setText(f"Записать {counted(new, *PERIODS)}" if new else "Записать")
        if new:
            self.write_button.setFocus()

    def _refuse(self, error: UserError) -> None:
        self._show(())
        self.view.show_nothing(NOTHING)
        self.strip.show_finding(Tone.BAD, f"{error} {error.hint}".strip())

    def _assemble(self) -> None:
        self.setWindowTitle("Когда эксперты не могут: из файла")
        closer = Button("Отмена")
        closer.clicked.connect(lambda _checked: self.reject())
        self.choose_button.clicked.connect(lambda _checked: self.choose())
        self.write_button.clicked.connect(lambda _checked: self.write())
        for button in (closer, self.choose_button):
            button.setAutoDefault(False)
        self.strip.hide()
        panel = list_card(self.view, self.count)
        tools = row(self.choose_button, self.name, spacing=14)
        tools.setStretch(1, 1)
        layout = column(
            label(self.windowTitle(), "section"), tools, self.strip, panel,
            row(None, closer, self.write_button), spacing=10, margins=(20, 16, 20, 14),
        )  # fmt: skip
        layout.setStretch(3, 1)
        self.setLayout(layout)
        fit_window(self, SIZE, LEAST)
        self.choose_button.setFocus()


def _rows(lines: Iterable[AbsenceLine]) -> Iterator[Row]:
    for number, line in enumerate(lines):
        words, tone = STATES[line.standing]
        state = Cell(words, tone=tone, pill=True, tip=line.row.problem)
        reason = line.row.problem or line.row.reason
        yield Row(
            str(number),
            (state, Cell(line.expert, strong=True), _days(line), _kind(line),
             Cell(reason, tip=reason), line.row.where),
            faint=line.standing in {Standing.KNOWN, Standing.PAST},
        )  # fmt: skip


def _days(line: AbsenceLine) -> str:
    first, last = line.row.from_day, line.row.to_day
    if first is None or last is None or first == last:
        return short_date(first) if first else ""
    return f"{short_date(first)} — {short_date(last)}"


def _kind(line: AbsenceLine) -> str:
    if line.row.only_these:
        return "лучше в эти дни" if line.row.soft else "только эти дни"
    return "нежелательно" if line.row.soft else "не может"
