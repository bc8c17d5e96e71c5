"""Printing a day: its exams and forms to tick, what is missing, the pages as they will be."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from demoexam.services.papers.exam_papers import DaySitting, day_of, day_sittings, exam_days
from demoexam.services.papers.files import Suffix
from demoexam.services.papers.papers import Package, Wanted, made_package
from demoexam.ui import theme
from demoexam.ui.dialogs.pdf_view import PdfPages
from demoexam.ui.dialogs.print_choice import PrintChoice
from demoexam.ui.dialogs.print_output import PackageOutput
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, column, row, rule
from demoexam.ui.workspace import Workspace

SIZE, LEAST, LISTS_WIDE, ROOMY = (1340, 720), (640, 440), 760, 1180
PREVIEW_PAUSE_MS = 250
NO_DAYS = "Экзаменов с датой ещё нет: назначьте экзамен, и его бумаги появятся здесь."
NO_EXAMS = "В этот день экзаменов нет: выберите другой."
FOLDER_FILES: tuple[tuple[str, tuple[Suffix, ...]], ...] = (
    ("Файлы PDF", (".pdf",)),
    ("Файлы Word", (".docx",)),
    ("PDF и Word", (".pdf", ".docx")),
)


class PrintDialog(QDialog):
    """Ctrl+S saves the ticked papers as PDF, Ctrl+P prints them, Alt+arrows change the day."""

    def __init__(
        self, workspace: Workspace, parent: QWidget | None = None, *, day: date | None = None,
        session_id: str | None = None, forms: Sequence[str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.workspace = workspace
        self._first = session_id
        self._days = workspace.read(exam_days)
        self.choice = PrintChoice(self._days, forms)
        self.pages, self.output = PdfPages(), PackageOutput(workspace)
        self.folder_button = Button("В папку…", "folder-open")
        self.word_button = Button("В Word…", "file-text")
        self.save_button = Button("Сохранить PDF", "file-down")
        self.print_button = Button("Печать", "printer", "primary")
        self.look_button = Button("Просмотр", "eye")
        self._shown: Wanted | None = None
        self._pause = QTimer(self, singleShot=True, interval=PREVIEW_PAUSE_MS)
        self._assemble()
        self._connect()
        self.show_day(self._first_day(day))

    @property
    def day(self) -> date | None:
        return self.choice.day

    # -- what is chosen -------------------------------------------------------------------

    def show_day(self, day: date | None) -> None:
        """Read the exams of a day; the state of each paper is worked out off this thread."""
        self.choice.show_day(day)
        if day is None:
            self.output.tell(NO_DAYS, Tone.ACCENT)
            self._enable(can=False)
            return
        self.choice.count.setText("читается…")
        query = partial(day_sittings, day=day)
        self.workspace.load(query, self._show_sittings, slot="print day")

    def _first_day(self, day: date | None) -> date | None:
        if self._first is not None and day is None:
            ident = self._first
            day = self.workspace.read(lambda session: day_of(session, ident))
        if day is None:
            today = date.today()
            day = next((each for each in self._days if each >= today), None)
        return day or (self._days[-1] if self._days else None)

    def _show_sittings(self, sittings: list[DaySitting]) -> None:
        self.choice.show_sittings(sittings, self._first)
        self._first = None
        self.output.tell("" if sittings else NO_EXAMS, Tone.ACCENT)
        self.choice.exams.setFocus(Qt.FocusReason.OtherFocusReason)
        self._look()

    def _refresh(self) -> None:
        """What was printed is not outdated any more."""
        if self.day is not None:
            query = partial(day_sittings, day=self.day)
            self.workspace.load(query, self.choice.refresh, slot="print day")

    # -- the preview ----------------------------------------------------------------------

    def _look(self) -> None:
        """Make the pages of the exam under the cursor, a moment after the last change."""
        self._enable(can=not self.choice.is_empty())
        self._pause.start()

    def _preview(self) -> None:
        here, wanted = self.choice.current(), self.choice.wanted()
        if here is None or here.held or not wanted.forms:
            self._shown = None
            self.pages.clear()
            return
        only = replace(wanted, day=None, session_ids=None, session_id=here.id, copies={})
        if only == self._shown:
            return
        self._shown = only
        self.pages.title.show_text("Готовится просмотр…")
        query = partial(made_package, wanted=only)
        self.workspace.load(query, self._show_pages, slot="print preview")

    def _show_pages(self, made: Package) -> None:
        here = self.choice.current()
        self.pages.show_pdf(made.pdf, here.group if here else "")
        self._turn_to(self.choice.papers.current_id())

    def _turn_to(self, code: str) -> None:
        """Show the first page of a form; the file's bookmarks tell where it begins."""
        for title, page in self.pages.bookmarks():
            if title.split()[0] == code:
                self.pages.go_to_page(page)
                return

    # -- output ---------------------------------------------------------------------------

    def save(self) -> None:
        """Ask where to put the PDF."""
        if self.save_button.isEnabled():
            self.output.save(self.choice.wanted())

    def save_word(self) -> None:
        if self.word_button.isEnabled():
            self.output.save(self.choice.wanted(), "docx")

    def save_files(self, suffixes: Sequence[Suffix]) -> None:
        if self.folder_button.isEnabled():
            self.output.save_files(self.choice.wanted(), suffixes)

    def print(self) -> None:
        """Make the package, then ask for the printer."""
        if self.print_button.isEnabled():
            self.output.print(self.choice.wanted(), duplex=self.choice.duplex.isChecked())

    def _enable(self, *, can: bool) -> None:
        outputs = self.folder_button, self.word_button, self.save_button, self.print_button
        for button in outputs:
            button.setEnabled(can)

    def _wait(self, busy: bool) -> None:
        self._enable(can=not busy and not self.choice.is_empty())

    def reject(self) -> None:
        if self.output.may_close():
            super().reject()

    def _open(self, session_id: str) -> None:
        """Go to the exam whose data is missing."""
        opener = getattr(self.parent(), "open_page", None)
        if opener is not None:
            opener("exams", {"id": session_id})
            self.reject()

    # -- building -------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= theme.px(ROOMY)
        self.look_button.setVisible(not roomy)
        self.choice.setMaximumWidth(theme.px(LISTS_WIDE) if roomy else 16_777_215)
        self._fold(looking=roomy)

    def _fold(self, *, looking: bool) -> None:
        """Without room for both, the pages take the lists' place."""
        roomy = self.width() >= theme.px(ROOMY)
        self.pages.setVisible(looking)
        self.choice.setVisible(roomy or not looking)
        self.look_button.setText(" К списку" if looking else " Просмотр")

    def _assemble(self) -> None:
        self.setWindowTitle("Пакет дня")
        self.setMinimumSize(*LEAST)
        parent = self.parentWidget()
        wide, high = SIZE
        if parent is not None:
            wide, high = min(wide, parent.width() - 20), min(high, parent.height() - 20)
        body = row(self.choice, self.pages, spacing=0)
        body.setStretch(0, 11)
        body.setStretch(1, 9)
        closer = Button("Закрыть")
        closer.clicked.connect(lambda _checked: self.reject())
        menu = QMenu(self.folder_button)
        for text, suffixes in FOLDER_FILES:
            menu.addAction(text, partial(self.save_files, suffixes))
        self.folder_button.setMenu(menu)
        buttons = (
            self.look_button, closer, self.folder_button, self.word_button, self.save_button,
            self.print_button,
        )  # fmt: skip
        for button in buttons:
            button.setAutoDefault(False)
        foot = row(self.output, None, *buttons, margins=(16, 10, 16, 12))
        foot.setStretch(0, 1)
        told = row(self.output.told, margins=(16, 10, 16, 0))
        layout = column(body, rule(), told, foot, spacing=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.resize(max(wide, LEAST[0]), max(high, LEAST[1]))
        self.setWindowModality(Qt.WindowModality.WindowModal)

    def _connect(self) -> None:
        self._pause.timeout.connect(self._preview)
        self.choice.changed.connect(self._look)
        self.choice.pointed.connect(self._turn_to)
        self.choice.day_wanted.connect(self.show_day)
        self.choice.missing.wanted.connect(self._open)
        self.save_button.clicked.connect(lambda _checked: self.save())
        self.word_button.clicked.connect(lambda _checked: self.save_word())
        self.print_button.clicked.connect(lambda _checked: self.print())
        self.look_button.clicked.connect(lambda _on: self._fold(looking=self.pages.isHidden()))
        self.output.busy.connect(self._wait)
        self.output.out.connect(self._refresh)
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+S": self.save,
            "Ctrl+P": self.print,
            "Alt+Left": partial(self.choice.step, -1),
            "Alt+Right": partial(self.choice.step, 1),
        }
        for sequence, run in keys.items():
            QShortcut(QKeySequence(sequence), self).activated.connect(run)
