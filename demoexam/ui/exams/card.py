"""The card of one exam: head, tabs, the worst finding, and what can be done next."""

from collections.abc import Callable, Sequence
from functools import partial
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from demoexam.errors import UserError
from demoexam.rules.terms import Level, SessionState
from demoexam.services.exams.closing import PointsMissing, TimeStands
from demoexam.services.exams.view import ExamCard, exam_card
from demoexam.text import counted, day_month
from demoexam.ui import dialogs
from demoexam.ui.calendar_saving import ask_exam
from demoexam.ui.cards import Action, FindingStrip
from demoexam.ui.exams.actions import ExamActions
from demoexam.ui.exams.ask_line import AskLine
from demoexam.ui.exams.documents_tab import DocumentsTab
from demoexam.ui.exams.finding_words import TONES, worst
from demoexam.ui.exams.group_tab import GroupTab
from demoexam.ui.exams.header import TABS_OF_STEPS, ExamHeader, filled_of
from demoexam.ui.exams.history_tab import HistoryTab
from demoexam.ui.exams.incidents_tab import IncidentsTab
from demoexam.ui.exams.places_tab import PlacesTab
from demoexam.ui.exams.scores_tab import ScoresTab
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, fill, row
from demoexam.ui.workspace import Workspace

TABS = (
    ("group", "Экспертная группа"),
    ("places", "Места"),
    ("course", "Ход экзамена"),
    ("scores", "Оценки"),
    ("documents", "Документы"),
    ("history", "История"),
)
Tab = GroupTab | PlacesTab | IncidentsTab | ScoresTab | DocumentsTab | HistoryTab
LEAST = 160  # a low window shrinks the tab in sight, not to the needs of the others
OVER = {SessionState.DONE, SessionState.CLOSED}


class ExamCardView(QWidget):
    """Shows one sitting; a tab is filled when it is looked at."""

    gone = Signal()  # the sitting is no more: back to the list
    going = Signal(str, object)
    headed = Signal()  # title and summary are others now

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.exam_id, self.title, self.summary = "", "", ""
        self.card: ExamCard | None = None
        self._stale: set[str] = set()
        self.actions_ = ExamActions(workspace, self)
        self.header, self.strip, self.tabs = ExamHeader(), FindingStrip(Tone.BAD), QTabBar()
        self.group = GroupTab(workspace, self.actions_)
        self.places, self.scores = PlacesTab(self.actions_), ScoresTab(self.actions_)
        self.course, self.line = IncidentsTab(self.actions_), AskLine()
        self.documents, self.history = DocumentsTab(workspace), HistoryTab(workspace)
        self.stack = QStackedWidget()
        self.next = Button("", "check", "primary")
        self.printing = Button("Пакет дня", "printer")
        self._step: Callable[[], object] = self.actions_.announce
        self._assemble()
        self._connect()

    def show_exam(self, session_id: str) -> None:
        """Open the card of a sitting on its first tab."""
        if session_id != self.exam_id:
            self.exam_id = session_id
            self.line.put_away()
            self.tabs.setCurrentIndex(0)
            self.group.focus_first()
        self.reload()

    def reload(self) -> None:
        query = partial(exam_card, session_id=self.exam_id)
        self.workspace.load(query, self._show, slot="exam card", on_refused=self._lost)

    def show_tab(self, name: str) -> None:
        """Open a tab: group, places, course, scores, documents, history."""
        self.tabs.setCurrentIndex([tab for tab, _ in TABS].index(name))

    def show_deadline(self, code: str) -> None:
        """Go to a deadline, once the deadlines are read."""
        self.show_tab("group")
        self.group.want_deadline(code)

    def focus_filter(self) -> None:
        self.show_tab("group")
        self.group.candidates.filter.setFocus()

    def open_form(self, field: str = "") -> None:
        """Change the sitting, beginning with a field."""
        if self.card is not None:
            dialogs.open_dialog("exam", self.workspace, self, session_id=self.card.id, field=field)

    def split_group(self) -> None:
        """Part the group into shifts: this exam becomes one of them."""
        if self.card is not None:
            dialogs.open_dialog("shifts", self.workspace, self, session_id=self.card.id)

    def save_calendar(self) -> None:
        """Its days and deadlines as a file for any calendar."""
        if self.card is not None:
            facts = {"session_id": self.card.id, "name": self.card.group}
            ask_exam(self.workspace, self, **facts)

    def print_package(self, code: str = "") -> None:
        if self.card is not None and self.card.day is not None:
            forms = [code] if code else None
            dialogs.open_dialog("print", self.workspace, self, session_id=self.card.id, forms=forms)

    def _show(self, card: ExamCard) -> None:
        if card.id != self.exam_id:
            return
        self.card = self.actions_.card = card
        day = day_month(card.day) if card.day else "без даты"
        self.title = f"{card.group}, {day}"
        self.summary = f"{card.specialty} · {card.college}"
        self.header.show_card(card)
        self._show_strip(card)
        self._show_tabs(card)
        self._show_actions(card)
        self._stale = {name for name, _ in TABS}
        self._fill_tab()
        self.headed.emit()

    def _lost(self, _error: UserError) -> None:
        self.gone.emit()

    def _fill_tab(self) -> None:
        name = TABS[self.tabs.currentIndex()][0]
        self.stack.setCurrentIndex(self.tabs.currentIndex())
        self.strip.setVisible(name == "group" and bool(self.strip.words.text()))
        if self.card is not None and name in self._stale:
            self._stale.discard(name)
            self._parts[name].show_card(self.card)

    def _show_strip(self, card: ExamCard) -> None:
        told = [found for found in card.findings if found.code != "share_below_target"]
        first = None if card.is_over else worst(told)
        if first is None:
            self.strip.show_finding(Tone.BAD, "")
            return
        more = len(told) - 1
        rest = f" Ещё {counted(more, 'замечание', 'замечания', 'замечаний')} ниже." if more else ""
        held = "Отложено. " if first.held else ""
        tone = TONES[first.level] if first.level is Level.CONTRADICTION else Tone.WARN
        text = f"<b>{held}{escape(first.reason)}</b> {escape(first.way_out)}{rest}"
        self.strip.show_finding(tone, text, self.actions_.ways_out(first))

    def _show_tabs(self, card: ExamCard) -> None:
        filled, present = filled_of(card)
        placed = sum(one.workplace is not None for one in card.examinees)
        counts = {
            "group": str(len(card.members) or ""),
            "places": str(placed or ""),
            "course": str(len(card.incidents) or ""),
            "scores": f"{filled} из {present}" if filled else "",
        }
        for number, (name, title) in enumerate(TABS):
            self.tabs.setTabText(number, f"{title}  {counts.get(name, '')}".rstrip())

    def _show_actions(self, card: ExamCard) -> None:
        told: dict[SessionState, tuple[str, str, Callable[[], object]]] = {
            SessionState.DRAFT: ("Объявить", "check", self.actions_.announce),
            SessionState.PLANNED: ("Объявить", "check", self.actions_.announce),
            SessionState.ANNOUNCED: (
                "Отметить проведённым",
                "circle-check",
                self.actions_.mark_done,
            ),
            SessionState.DONE: ("Закрыть экзамен", "lock", self._close),
        }
        step = told.get(card.state)
        if card.row.held:
            step = ("Вернуть в план", "redo-2", lambda: self.actions_.release(card.id))
        self.next.setVisible(step is not None)
        if step is not None:
            words, icon, self._step = step
            self.next.setText(f" {words}")
            self.next.setAccessibleName(words)
            self.next.show_icon(icon)
        self.printing.setEnabled(card.day is not None)
        self._fill_menu(self._menu_of(card))

    def _menu_of(self, card: ExamCard) -> list[Action | None]:
        """What the button «ещё» offers in this state; None is a line between."""
        do, items = self.actions_, list[Action | None]()
        if card.state not in OVER:
            items.append(Action("Изменить…\tF4", self.open_form, "pencil"))
            items.append(Action("Разбить на смены…", self.split_group, "layers"))
        if card.row.held:
            items.append(Action("Вернуть в план", lambda: do.release(card.id), "redo-2"))
        if card.state is SessionState.DRAFT and card.day is not None:
            items.append(Action("Включить в план", do.include, "calendar-range"))
        if card.state in {SessionState.PLANNED, SessionState.ANNOUNCED}:
            items.append(Action("Вернуть в черновики", do.take_to_draft, "undo-2"))
        if card.state in OVER:
            items.append(Action("Открыть снова: исправить ошибку…", self.ask_reopen, "undo-2"))
        if card.day is not None:
            items.append(Action("В календарь (ics)…", self.save_calendar, "calendar"))
        if card.is_closed:
            return items
        return [*items, None, Action("Удалить экзамен", do.delete, "trash-2")]

    def ask_reopen(self) -> None:
        """Why is it opened anew? Only a closed protocol must say so."""
        closed = self.card is not None and self.card.is_closed
        self.line.ask(
            "Почему экзамен открывают снова?",
            "Открыть",
            lambda reason: self.actions_.reopen(reason, self.line.put_away, self.line.refuse),
            needed="Без причины закрытый экзамен не открывают: она останется в истории."
            if closed
            else "",
            hint="например: в протоколе перепутаны баллы двух участников",
        )

    def _close(self) -> None:
        self.actions_.close(on_refused=self._closing_refused)

    def _closing_refused(self, error: UserError) -> None:
        """What is missing is told where it is entered."""
        self.show_tab("course" if isinstance(error, TimeStands) else "scores")
        self.scores.refuse_closing(error)
        if isinstance(error, TimeStands) or not isinstance(error, PointsMissing):
            self.workspace.refused.emit(error)

    def _fill_menu(self, items: Sequence[Action | None]) -> None:
        from demoexam.ui import icons

        menu = self.header.menu
        menu.clear()
        for item in items:
            if item is None:
                menu.addSeparator()
            else:
                action = menu.addAction(icons.icon(item.icon), item.text)
                action.triggered.connect(lambda _on=False, run=item.run: run())

    def _assemble(self) -> None:
        self._parts: dict[str, Tab] = {
            "group": self.group,
            "places": self.places,
            "course": self.course,
            "scores": self.scores,
            "documents": self.documents,
            "history": self.history,
        }
        for name, title in TABS:
            self.tabs.addTab(title)
            self.stack.addWidget(self._parts[name])
        self.tabs.setAccessibleName("Разделы экзамена: Ctrl+Tab — следующий")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.printing.setToolTip("Ctrl+P")
        self.strip.hide()
        self.stack.setMinimumHeight(LEAST)
        bar = row(self.tabs, self.printing, self.next, spacing=8)
        bar.setStretch(0, 1)
        layout = fill(
            QVBoxLayout(self), self.header, bar, self.line, self.strip, self.stack, spacing=10
        )
        layout.setStretch(4, 1)

    def _connect(self) -> None:
        do = self.actions_
        self.tabs.currentChanged.connect(lambda _number: self._fill_tab())
        self.header.steps.chosen.connect(lambda number: self.show_tab(TABS_OF_STEPS[number]))
        self.next.clicked.connect(lambda _checked: self._step())
        self.printing.clicked.connect(lambda _checked: self.print_package())
        self.documents.printing.connect(self.print_package)
        self.course.printing.connect(self.print_package)
        do.going.connect(self.going)
        do.form_wanted.connect(self.open_form)
        do.split_wanted.connect(self.split_group)
        do.removed.connect(self.gone)
        do.seat_wanted.connect(lambda *_seat: self.show_tab("group"))
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self._turn, step))
        QShortcut(QKeySequence("F4"), self).activated.connect(self.open_form)

    def _turn(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % len(TABS))
        self._parts[TABS[self.tabs.currentIndex()][0]].focus_first()
