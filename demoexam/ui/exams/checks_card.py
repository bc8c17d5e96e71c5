"""The check before an exam: what is wrong with a button a line, then what is well or unknown."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from demoexam.rules.violation import Violation
from demoexam.services.exams.preflight import Check, Step, StepKind, rule_checks
from demoexam.services.exams.view import ExamCard
from demoexam.ui import theme
from demoexam.ui.cards import Action, Card
from demoexam.ui.dialogs import open_dialog
from demoexam.ui.exams.actions import ExamActions
from demoexam.ui.exams.finding_words import ICONS, TONES, sentence, title
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import ElidedLabel, IconLabel, clear, column, label, row

COLUMNS, PASSED = 3, 38
SIGNS = {True: ("circle-check", Tone.OK, "Пройдено"), None: ("circle-dashed", Tone.GREY, "Неясно")}


class ChecksCard(Card):
    """Lists the checks of an exam: the rules' at once, those that take longer when they come."""

    deadlines_wanted = Signal()

    def __init__(self, actions: ExamActions) -> None:
        super().__init__("Проверка перед экзаменом", " ")
        self._actions = actions
        self._checks: list[Check] = []
        self._session_id = ""
        self.troubles, self._passed = column(spacing=4), QGridLayout()
        self._passed.setHorizontalSpacing(18)
        self._passed.setVerticalSpacing(8)
        for number in range(COLUMNS):
            self._passed.setColumnStretch(number, 1)
        self.add(self.troubles, self._passed)

    def show_card(self, card: ExamCard) -> None:
        self._session_id = card.id
        self._checks = []
        clear(self.troubles)
        self.show_more(rule_checks(card))

    def show_more(self, checks: Sequence[Check]) -> None:
        """Add checks to those in sight; a line that has the focus is left as it is."""
        self._checks += checks
        for one in checks:
            if one.ok is False:
                self.troubles.addWidget(self._trouble(one))
        clear(self._passed)
        well = [one for one in self._checks if one.ok is not False]
        for number, one in enumerate(well):
            self._passed.addWidget(_well(one), number // COLUMNS, number % COLUMNS)
        passed = sum(one.ok is True for one in self._checks)
        self.remark.setText(f"{passed} из {len(self._checks)} пройдено")

    def _trouble(self, check: Check) -> QWidget:
        if check.finding is not None:
            return self._finding(check.finding)
        ways = [self._step(check.step)] if check.step else []
        line = _line("triangle-alert", Tone.WARN, check.title, check.reason, ways)
        line.setAccessibleName(f"{check.title}. {check.reason}")
        return line

    def _finding(self, found: Violation) -> QWidget:
        name = f"Отложено: {title(found).lower()}" if found.held else title(found)
        ways = self._actions.ways_out(found, most=1)
        line = _line(ICONS[found.level], TONES[found.level], name, str(found), ways)
        line.setAccessibleName(sentence(found))
        return line

    def _step(self, step: Step) -> Action:
        if step.kind is StepKind.DEADLINES:
            return Action(step.label, self.deadlines_wanted.emit, "clock")
        return Action(step.label, lambda: self._print(step.forms), "printer")

    def _print(self, codes: Sequence[str]) -> None:
        facts = {"session_id": self._session_id, "forms": list(codes) or None}
        open_dialog("print", self._actions.workspace, self, **facts)


def _line(icon: str, tone: str, name: str, text: str, ways: Sequence[Action]) -> QWidget:
    """A sign, what is wrong, what exactly, and the buttons out of it."""
    sign = IconLabel(icon, tone, 17)
    words = column(label(name, "tone-strong", tone=tone), label(text, "muted", wrap=True))
    words.setSpacing(0)
    layout = row(sign, words, spacing=8)
    layout.setStretch(1, 1)
    layout.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
    for action in ways:
        button = action.button("small")
        button.setAccessibleName(f"{action.text}: {name}")
        layout.addWidget(button)
    line = QWidget()
    line.setLayout(layout)
    return line


def _well(check: Check) -> QWidget:
    """A check that was passed, or one that cannot be told yet."""
    icon, tone, word = SIGNS[check.ok or None]
    below = [ElidedLabel(check.reason, "muted")] if check.reason else []
    words = column(ElidedLabel(check.title), *below)
    words.setSpacing(0)
    line = QWidget()
    line.setFixedHeight(theme.px(PASSED))
    line.setAccessibleName(f"{word}: {check.title}. {check.reason}")
    layout = row(IconLabel(icon, tone, 17), words, spacing=8)
    layout.setStretch(1, 1)
    line.setLayout(layout)
    return line
