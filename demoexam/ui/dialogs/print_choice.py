"""The printing form's left side: the day, its exams and forms, what is missing, the options."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox, QWidget

from demoexam.services.papers.exam_papers import DaySitting
from demoexam.services.papers.papers import PaperState, Wanted
from demoexam.text import WEEKDAYS, counted, day_month
from demoexam.ui.dialogs.print_lists import CheckTable, framed, paper_rows, sitting_rows
from demoexam.ui.dialogs.print_missing import MissingBox
from demoexam.ui.widgets import Button, column, label, row

EXAM_ROW, LATECOMERS, MOST_ROWS = 48, 5, 60
EXAMS = ("экзамен", "экзамена", "экзаменов")
WORDS_OF_STATES = (
    "Пустой — часть строк напечатается пустой. Устарел — после печати экзамен изменили. "
    "Черновик — экзамену чего-то не хватает, и на листах об этом сказано."
)


class PrintChoice(QWidget):
    """What is ticked stays ticked from exam to exam and from day to day."""

    changed = Signal()  # what is to be printed
    pointed = Signal(str)  # the form under the cursor
    day_wanted = Signal(object)

    def __init__(self, days: Sequence[date], forms: Sequence[str] | None) -> None:
        super().__init__()
        self.sittings: Sequence[DaySitting] = ()
        self._days, self._forms = days, forms
        self.day: date | None = None
        self.exams = CheckTable("Экзамены дня", ("Экзамен", "Готово"), EXAM_ROW)
        self.papers = CheckTable("Документы", ("Документ", "Данные", "Копий"))
        self.missing, self.explained = MissingBox(), label(WORDS_OF_STATES, "muted", wrap=True)
        self.days, self.count = QComboBox(), label("", "muted")
        self.late, self.rows = QCheckBox("Листы для опоздавших, строк:"), QSpinBox()
        self.duplex = QCheckBox("Двусторонняя печать")
        self._assemble()
        self._connect()

    def show_day(self, day: date | None) -> None:
        self.day = day
        self.days.setPlaceholderText(_named(day) if day else "Нет дней")
        self.days.setCurrentIndex(self._days.index(day) if day in self._days else -1)

    def show_sittings(self, sittings: Sequence[DaySitting], only: str | None) -> None:
        """`only` ticks and points at one exam of the day."""
        self.sittings = sittings
        self.exams.fill(sitting_rows(sittings, [only] if only else None))
        if only:
            self.exams.point_at(only)
        self.count.setText(counted(len(sittings), *EXAMS))
        self._show_papers()

    def refresh(self, sittings: Sequence[DaySitting]) -> None:
        """The states have changed, what is ticked has not."""
        ticked = self.exams.ticked_ids()
        self.sittings = sittings
        self.exams.fill(sitting_rows(sittings, ticked))
        self._show_papers()

    def current(self) -> DaySitting | None:
        here = self.exams.current_id()
        return next((one for one in self.sittings if one.id == here), None)

    def wanted(self) -> Wanted:
        return Wanted(
            day=self.day,
            session_ids=tuple(self.exams.ticked_ids()),
            forms=tuple(self.papers.ticked_ids()),
            copies=self.papers.copies(),
            latecomers=self.rows.value() if self.late.isChecked() else 0,
        )

    def is_empty(self) -> bool:
        return not (self.exams.ticked_ids() and self.papers.ticked_ids())

    def step(self, days: int) -> None:
        """The next or the previous day that has exams."""
        here = self.day
        if here is None:
            return
        later = [day for day in self._days if day > here]
        earlier = [day for day in self._days if day < here]
        if days > 0 and later:
            self.day_wanted.emit(later[0])
        elif days < 0 and earlier:
            self.day_wanted.emit(earlier[-1])

    def tick_ready(self) -> None:
        """Only what has all its data in the exam under the cursor."""
        here = self.current()
        papers = here.by_day if here else []
        self.papers.tick([one.code for one in papers if not one.missing])

    def tick_needed(self) -> None:
        """What lies on the table on the exam's days."""
        here = self.current()
        self.papers.tick([one.code for one in (here.by_day if here else [])])

    def _show_papers(self) -> None:
        here = self.current()
        codes = self.papers.ticked_ids() if self.papers.rowCount() else self._forms
        self.papers.fill(paper_rows(here.papers if here else [], codes))
        self._show_missing()
        self._explain()

    def _show_missing(self) -> None:
        ticked = set(self.exams.ticked_ids())
        here = [one for one in self.sittings if one.id in ticked or one.held]
        self.missing.show_lines(
            [(one.id, one.group, sentence) for one in here for sentence in one.missing],
            sum(len(one.stale) for one in here),
        )

    def _explain(self) -> None:
        paper = self._paper()
        self.explained.setText((paper.stale if paper else "") or WORDS_OF_STATES)

    def _paper(self) -> PaperState | None:
        here, code = self.current(), self.papers.current_id()
        return next((one for one in (here.papers if here else []) if one.code == code), None)

    # -- building -------------------------------------------------------------------------

    def _assemble(self) -> None:
        self.days.addItems([_named(day) for day in self._days])
        self.days.setAccessibleName("День экзаменов")
        self.days.setMinimumWidth(190)
        self.rows.setRange(1, MOST_ROWS)
        self.rows.setValue(LATECOMERS)
        self.rows.setAccessibleName("Пустых строк на листе для опоздавших")
        self.late.setToolTip("К формам 3.6, 3.7 и 3.8 добавится лист с пустыми строками")
        self.duplex.setToolTip("Каждый документ начнётся с нового листа")
        back = _link("", "chevron-left", "icon", lambda: self.step(-1), "Предыдущий день")
        forth = _link("", "chevron-right", "icon", lambda: self.step(1), "Следующий день")
        head = row(back, self.days, forth, None, self.count, spacing=8)
        every = _link("Нужные в день", "", "link", self.tick_needed)
        ready = _link("Только готовые", "", "link", self.tick_ready)
        title = label("Экзамены", "title")
        title.setMinimumHeight(every.sizeHint().height())
        exams = column(title, framed(self.exams), spacing=6)
        tools = row(label("Документы", "title"), None, every, ready, spacing=10)
        papers = column(tools, framed(self.papers), spacing=6)
        lists = row(exams, papers, spacing=12)
        lists.setStretch(0, 8)
        lists.setStretch(1, 14)
        options = row(self.late, self.rows, 16, self.duplex, None, spacing=6)
        layout = column(
            head, self.missing, lists, self.explained, options,
            spacing=10, margins=(16, 14, 12, 12),
        )  # fmt: skip
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.days.activated.connect(lambda at: self.day_wanted.emit(self._days[at]))
        self.exams.ticked.connect(self._show_missing)
        self.exams.pointed.connect(lambda _ident: self._show_papers())
        self.papers.pointed.connect(lambda _code: self._explain())
        self.papers.pointed.connect(self.pointed)
        for signal in (self.exams.ticked, self.papers.ticked):
            signal.connect(self.changed)
        self.exams.pointed.connect(lambda _ident: self.changed.emit())
        self.late.toggled.connect(lambda _on: self.changed.emit())
        self.rows.valueChanged.connect(lambda _count: self.changed.emit())


def _named(day: date) -> str:
    return f"{day_month(day)}, {WEEKDAYS[day.weekday()]}"


def _link(text: str, icon: str, look: str, run: Callable[[], object], name: str = "") -> Button:
    made = Button(text, icon, look, name=name)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked: run())
    return made
