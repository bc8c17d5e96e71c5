"""Printing a day: its exams and forms to tick, what is missing, the pages as they will be."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from demoexam.services.exam_papers import DaySitting, day_of, day_sittings, exam_days
from demoexam.services.papers import Package, package
from demoexam.text import WEEKDAYS, counted, day_month, short_date
from demoexam.ui.dialogs.pdf_view import PdfPages
from demoexam.ui.dialogs.print_lists import CheckTable, framed, paper_rows, sitting_rows
from demoexam.ui.dialogs.print_missing import MissingBox
from demoexam.ui.dialogs.print_output import PackageOutput
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, column, label, row, rule
from demoexam.ui.workspace import Workspace

SIZE, LISTS_WIDE, EXAM_ROW = (1310, 720), 690, 48
PREVIEW_PAUSE_MS = 250
EXAMS = ("экзамен", "экзамена", "экзаменов")
NO_DAYS = "Экзаменов с датой ещё нет: назначьте экзамен, и его бумаги появятся здесь."
WORDS_OF_STATES = (
    "Пустой — часть строк напечатается пустой. Устарел — после печати экзамен изменили. "
    "Черновик — экзамену чего-то не хватает, и на листах об этом сказано."
)


class PrintDialog(QDialog):
    """Ctrl+S saves the ticked papers as PDF, Ctrl+P prints them."""

    def __init__(
        self, workspace: Workspace, parent: QWidget | None = None, *, day: date | None = None,
        session_id: str | None = None, forms: Sequence[str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.workspace = workspace
        self.sittings: list[DaySitting] = []
        self._first, self._forms = session_id, forms
        self._days = workspace.read(exam_days)
        self.day = self._first_day(day)
        self.exams = CheckTable("Экзамены дня", ("Экзамен", "Готово"), EXAM_ROW)
        self.papers = CheckTable("Документы", ("Документ", "Данные"))
        self.missing, self.pages = MissingBox(), PdfPages()
        self.output, self.count = PackageOutput(workspace), label("", "muted")
        self.title = label("", "title")
        self.save_button = Button("Сохранить PDF", "file-down")
        self.print_button = Button("Печать", "printer", "primary")
        self._pause = QTimer(self, singleShot=True, interval=PREVIEW_PAUSE_MS)
        self._assemble()
        self._connect()
        self.show_day(self.day)

    # -- what is chosen -------------------------------------------------------------------

    def show_day(self, day: date | None) -> None:
        """Read the exams of a day; the state of each paper is worked out off this thread."""
        self.day = day
        self.title.setText(f"{day_month(day)}, {WEEKDAYS[day.weekday()]}" if day else "Нет дней")
        if day is None:
            self.output.tell(NO_DAYS, Tone.ACCENT)
            self._enable(can=False)
            return
        self.workspace.load(partial(day_sittings, day=day), self._show_sittings, slot="print day")

    def step(self, days: int) -> None:
        """The next or the previous day that has exams."""
        here = self.day
        if here is None:
            return
        later = [day for day in self._days if day > here]
        earlier = [day for day in self._days if day < here]
        if days > 0 and later:
            self.show_day(later[0])
        elif days < 0 and earlier:
            self.show_day(earlier[-1])

    def chosen(self) -> dict[str, Any]:
        """What `package` is asked for."""
        return {
            "day": self.day,
            "session_ids": self.exams.ticked_ids(),
            "forms": self.papers.ticked_ids(),
        }

    def _first_day(self, day: date | None) -> date | None:
        if self._first is not None and day is None:
            ident = self._first
            day = self.workspace.read(lambda session: day_of(session, ident))
        if day is None:
            today = date.today()
            day = next((each for each in self._days if each >= today), None)
        return day or (self._days[-1] if self._days else None)

    def _show_sittings(self, sittings: list[DaySitting]) -> None:
        self.sittings = sittings
        ticked = [self._first] if self._first else None
        self.exams.fill(sitting_rows(sittings, ticked))
        if self._first:
            self.exams.point_at(self._first)
        self._first = None
        self.exams.setFocus(Qt.FocusReason.OtherFocusReason)
        self.count.setText(counted(len(sittings), *EXAMS))
        self._show_papers()
        self._look()

    def _show_papers(self) -> None:
        here = self._current()
        codes = self.papers.ticked_ids() if self.papers.rowCount() else self._forms
        self.papers.fill(paper_rows(here.papers if here else [], codes))
        self._show_missing()

    def _show_missing(self) -> None:
        ticked = set(self.exams.ticked_ids())
        self.missing.show_lines(
            [
                (one.id, one.group, sentence)
                for one in self.sittings
                if one.id in ticked or one.held
                for sentence in one.missing
            ]
        )

    def _current(self) -> DaySitting | None:
        here = self.exams.current_id()
        return next((one for one in self.sittings if one.id == here), None)

    # -- the preview ----------------------------------------------------------------------

    def _look(self) -> None:
        """Make the pages of the exam under the cursor, a moment after the last change."""
        any_form = bool(self.papers.ticked_ids())
        self._enable(can=any_form and bool(self.exams.ticked_ids()))
        self._pause.start()

    def _preview(self) -> None:
        here, forms = self._current(), self.papers.ticked_ids()
        if here is None or here.held or not forms:
            self.pages.clear()
            return
        self.pages.title.setText("Готовится просмотр…")
        query = partial(package, session_id=here.id, forms=forms, registered=False)
        self.workspace.load(query, self._show_pages, slot="print preview")

    def _show_pages(self, made: Package) -> None:
        here = self._current()
        self.pages.show_pdf(made.pdf, here.group if here else "")
        self._turn_to(self.papers.current_id())

    def _turn_to(self, code: str) -> None:
        """Show the first page of a form; the file's bookmarks tell where it begins."""
        for title, page in self.pages.bookmarks():
            if title.split()[0] == code:
                self.pages.go_to_page(page)

    # -- output ---------------------------------------------------------------------------

    def save(self) -> None:
        """Make the package, then ask where to put it."""
        if self.save_button.isEnabled():
            name = f"Пакет {short_date(self.day)}" if self.day else "Пакет"
            self.output.save(self.chosen(), name)

    def print(self) -> None:
        """Make the package, then ask for the printer."""
        if self.print_button.isEnabled():
            self.output.print(self.chosen())

    def _enable(self, *, can: bool) -> None:
        for button in (self.save_button, self.print_button):
            button.setEnabled(can)

    def _open(self, session_id: str) -> None:
        """Go to the exam whose data is missing."""
        opener = getattr(self.parent(), "open_page", None)
        if opener is not None:
            opener("exams", {"id": session_id})
            self.reject()

    # -- building -------------------------------------------------------------------------

    def _assemble(self) -> None:
        self.setWindowTitle("Пакет дня")
        self.resize(*SIZE)
        back = Button("", "chevron-left", "icon", name="Предыдущий день с экзаменами")
        forth = Button("", "chevron-right", "icon", name="Следующий день с экзаменами")
        back.clicked.connect(lambda _checked: self.step(-1))
        forth.clicked.connect(lambda _checked: self.step(1))
        head = row(back, self.title, forth, None, self.count, spacing=10)
        lists = row(framed(self.exams), framed(self.papers), spacing=12)
        lists.setStretch(0, 8)
        lists.setStretch(1, 12)
        left = QWidget()
        left.setFixedWidth(LISTS_WIDE)
        words = label(WORDS_OF_STATES, "muted", wrap=True)
        inside = column(head, self.missing, lists, words, spacing=10, margins=(16, 14, 12, 12))
        inside.setStretch(2, 1)
        left.setLayout(inside)
        body = row(left, self.pages, spacing=0)
        body.setStretch(1, 1)
        closer = Button("Закрыть")
        closer.clicked.connect(lambda _checked: self.reject())
        for button in (back, forth, closer, self.save_button, self.print_button):
            button.setAutoDefault(False)
        foot = row(
            self.output, None, closer, self.save_button, self.print_button,
            margins=(16, 10, 16, 12),
        )  # fmt: skip
        foot.setStretch(0, 1)
        layout = column(body, rule(), foot, spacing=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self._pause.timeout.connect(self._preview)
        self.exams.ticked.connect(self._show_missing)
        self.exams.ticked.connect(self._look)
        self.exams.pointed.connect(lambda _ident: self._show_papers())
        self.exams.pointed.connect(lambda _ident: self._look())
        self.papers.ticked.connect(self._look)
        self.papers.pointed.connect(self._turn_to)
        self.missing.wanted.connect(self._open)
        self.save_button.clicked.connect(lambda _checked: self.save())
        self.print_button.clicked.connect(lambda _checked: self.print())
        self.output.busy.connect(lambda busy: self._enable(can=not busy))
        for keys, run in (("Ctrl+S", self.save), ("Ctrl+P", self.print)):
            QShortcut(QKeySequence(keys), self).activated.connect(run)
        for keys, days in (("Alt+Left", -1), ("Alt+Right", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self.step, days))
        self.setWindowModality(Qt.WindowModality.WindowModal)
