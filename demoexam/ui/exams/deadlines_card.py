"""The card of an exam's deadlines: by which day each thing, and a tick for what is done."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from demoexam.rules.deadlines import (
    ACQUAINTANCE,
    DRAW,
    PLAN,
    PROTOCOLS,
    READINESS,
    Deadline,
    DeadlineState,
)
from demoexam.services.deadlines.deadlines import mark_done, tickable, unmark_done
from demoexam.services.exams.view import ExamCard
from demoexam.text import counted, day_month
from demoexam.ui.cards import Action, Card
from demoexam.ui.deadline_words import due_words, left_tone, left_words
from demoexam.ui.dialogs import open_dialog
from demoexam.ui.exams.actions import ExamActions
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, ElidedLabel, IconLabel, clear, column, label, row

SHEETS = {ACQUAINTANCE: "3.3", READINESS: "3.4"}
OPEN = {DeadlineState.DUE, DeadlineState.OVERDUE}
SIGNS = {
    Tone.OK: "circle-check",
    Tone.BAD: "circle-x",
    Tone.WARN: "clock",
    Tone.ACCENT: "clock",
    Tone.GREY: "circle-dashed",
}


class DeadlinesCard(Card):
    """Shows what concerns the exam, a line each; Tab leads from button to button."""

    def __init__(self, actions: ExamActions) -> None:
        super().__init__("Сроки", " ")
        self._actions = actions
        self._session_id, self._group, self._year = "", "", 0
        self._buttons: dict[str, Button] = {}
        self._wanted = ""  # the line whose button has the focus, through a reload
        self.lines, self.rest = column(spacing=6), label("", "muted", wrap=True)
        self.add(self.lines, self.rest)
        self.hide()

    def show_card(self, card: ExamCard) -> None:
        """Another exam: nothing is shown until its deadlines are read."""
        if card.id != self._session_id:
            self._session_id, self._wanted = card.id, ""
            self.hide()
        self._group, self._year = card.group, card.day.year if card.day else 0

    def show_deadlines(self, told: Sequence[Deadline]) -> None:
        self._wanted = self._focused() or self._wanted
        self.setVisible(bool(told))
        clear(self.lines)
        self._buttons.clear()
        ours = [one for one in told if one.state is not DeadlineState.NOT_APPLICABLE]
        for one in ours:
            self.lines.addWidget(self._line(one))
        left = sum(one.state in OPEN and not one.term.passes for one in ours)
        self.remark.setText(f"осталось {counted(left, 'дело', 'дела', 'дел')}" if left else "")
        spared = [one for one in told if one.spared]
        reasons = dict.fromkeys(one.spared for one in spared)
        self.rest.setVisible(bool(spared))
        self.rest.setText(f"Не отслеживаются: {len(spared)} ({'; '.join(reasons)}).")
        if self._wanted in self._buttons:
            self._buttons[self._wanted].setFocus()
        self._wanted = ""

    def focus_on(self, code: str = "") -> None:
        """Go to the button of a line; else to the first thing that can be done."""
        buttons = [self._buttons[code]] if code in self._buttons else [*self._buttons.values()]
        if buttons:
            buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _focused(self) -> str:
        return next((code for code, one in self._buttons.items() if one.hasFocus()), "")

    def _line(self, one: Deadline) -> QWidget:
        words, tone = deadline_words(one)
        sign = IconLabel(SIGNS[tone], tone, 17)
        below = row(label(words, "tone-small", tone=tone), ElidedLabel(one.term.source, "muted"))
        below.setStretch(1, 1)
        told = column(label(one.term.title, wrap=True), below)
        told.setSpacing(0)
        layout = row(sign, told, spacing=8)
        layout.setStretch(1, 1)
        for button in self._tools(one):
            layout.addWidget(button)
        line = QWidget()
        line.setAccessibleName(f"{one.term.title}: {words}. {one.term.source}")
        line.setLayout(layout)
        return line

    def _tools(self, one: Deadline) -> list[Button]:
        code, made = one.term.code, list[Button]()
        if code in SHEETS and one.state in OPEN:
            sheet = Button("", "printer", "icon", name=f"Печать {SHEETS[code]}: {one.term.title}")
            sheet.clicked.connect(lambda _checked: self._print(SHEETS[code]))
            made.append(sheet)
        action = self._way(one)
        if action is not None:
            button = action.button("small")
            button.setAccessibleName(f"{action.text}: {one.term.title}")
            self._buttons[code] = button
            made.append(button)
            if one.state is DeadlineState.OVERDUE and tickable(one):
                button.setMenu(self._when(one, button))
        return made

    def _way(self, one: Deadline) -> Action | None:
        """The button of a line: a tick, its taking back, or where the thing is done."""
        if one.done is not None and one.done.by_hand:
            return Action("Снять отметку", partial(self._unmark, one))
        if tickable(one):
            return Action("Сделано", partial(self._mark, one, date.today()))
        if one.state not in OPEN:
            return None
        ways: dict[str, tuple[str, Callable[[], object]]] = {
            PLAN: ("Утвердить план", self._approve),
            DRAW: ("К местам", partial(self._go, "places")),
            PROTOCOLS: ("К оценкам", partial(self._go, "scores")),
        }
        return Action(*ways[one.term.code]) if one.term.code in ways else None

    def _when(self, one: Deadline, button: Button) -> QMenu:
        """When it was done, where its day is over: a tick of today would say it was late."""
        menu = QMenu(button)
        in_time = menu.addAction(f"Сделано в срок, {day_month(one.due)}")
        in_time.triggered.connect(lambda _on=False: self._mark(one, one.due))
        now = menu.addAction("Сделано сегодня")
        now.triggered.connect(lambda _on=False: self._mark(one, date.today()))
        return menu

    def _mark(self, one: Deadline, day: date) -> None:
        self._wanted = one.term.code
        self._actions.workspace.perform(
            mark_done,
            operation=f"отмечено: {_small(one.term.title)}, {self._group}",
            session_id=self._session_id,
            code=one.term.code,
            day=day,
        )

    def _unmark(self, one: Deadline) -> None:
        self._wanted = one.term.code
        self._actions.workspace.perform(
            unmark_done,
            operation=f"снята отметка: {_small(one.term.title)}, {self._group}",
            session_id=self._session_id,
            code=one.term.code,
        )

    def _go(self, tab: str) -> None:
        self._actions.going.emit("exams", {"id": self._session_id, "tab": tab})

    def _approve(self) -> None:
        open_dialog("plan versions", self._actions.workspace, self, year=self._year)

    def _print(self, form: str) -> None:
        facts = {"session_id": self._session_id, "forms": [form]}
        open_dialog("print", self._actions.workspace, self, **facts)


def deadline_words(one: Deadline) -> tuple[str, Tone]:
    """The state of a deadline in a few words, and its tone."""
    if one.state is DeadlineState.NOT_APPLICABLE:
        return one.spared, Tone.GREY
    if one.state is not DeadlineState.MET:
        remark = f", {one.remark}" if one.remark else ""
        words = f"до {due_words(one.due)}, {left_words(one.days_left)}{remark}"
        return words, left_tone(one.days_left)
    if one.done is None:
        return f"закончился {day_month(one.due)}", Tone.OK
    on = f" {day_month(one.done.day)}" if one.done.day else ""
    late = ", позже срока" if one.late else ""
    return f"сделано{on}{late}", Tone.WARN if one.late else Tone.OK


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]
