"""The check before an exam: what is wrong with one button a line, then what is well."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from demoexam.rules.terms import Answer
from demoexam.rules.violation import Violation
from demoexam.services.exam_view import ExamCard
from demoexam.services.paper_states import PaperState
from demoexam.text import counted, day_month, percent
from demoexam.ui import theme
from demoexam.ui.cards import Action, Card
from demoexam.ui.dialogs import open_dialog
from demoexam.ui.exams.actions import ExamActions
from demoexam.ui.exams.finding_words import (
    ICONS,
    TONES,
    TOPICS,
    passed_topics,
    sentence,
    title,
)
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import ElidedLabel, IconLabel, clear, column, label, row

COLUMNS, PASSED = 3, 38


class ChecksCard(Card):
    """Lists an ExamCard's findings and the checks that were passed."""

    def __init__(self, actions: ExamActions) -> None:
        super().__init__("Проверка перед экзаменом", " ")
        self._actions = actions
        self.troubles, self._passed = column(spacing=4), QGridLayout()
        self._passed.setHorizontalSpacing(18)
        self._passed.setVerticalSpacing(8)
        for number in range(COLUMNS):
            self._passed.setColumnStretch(number, 1)
        self.add(self.troubles, self._passed)

    def show_card(self, card: ExamCard) -> None:
        passed = passed_topics(card.findings)
        self.remark.setText(f"{len(passed)} из {len(TOPICS)} пройдено")
        clear(self.troubles)
        for found in card.findings:
            self.troubles.addWidget(self._trouble(found))
        clear(self._passed)
        for number, topic in enumerate(passed):
            line = _passed_line(topic.passed, _detail(topic.name, card))
            self._passed.addWidget(line, number // COLUMNS, number % COLUMNS)

    def show_outdated(self, session_id: str, papers: Sequence[PaperState]) -> None:
        """Under the findings: prints that hold no more, with a way to print them anew."""
        if not papers:
            return
        codes = [one.code for one in papers]
        facts = {"session_id": session_id, "forms": codes}
        again = Action(
            "Напечатать",
            lambda: open_dialog("print", self._actions.workspace, self, **facts),
            "printer",
        )
        name = f"Устарело напечатанное: {', '.join(codes)}"
        words = papers[0].stale if len(papers) == 1 else "После печати экзамен изменили."
        line = _line("triangle-alert", Tone.WARN, name, words, [again])
        line.setAccessibleName(f"{name}. {words}")
        self.troubles.addWidget(line)

    def _trouble(self, found: Violation) -> QWidget:
        name = f"Отложено: {title(found).lower()}" if found.held else title(found)
        ways = self._actions.ways_out(found, most=1)
        line = _line(ICONS[found.level], TONES[found.level], name, str(found), ways)
        line.setAccessibleName(sentence(found))
        return line


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


def _passed_line(name: str, detail: str) -> QWidget:
    below = [ElidedLabel(detail, "muted")] if detail else []
    words = column(ElidedLabel(name), *below)
    words.setSpacing(0)
    line = QWidget()
    line.setFixedHeight(theme.px(PASSED))
    line.setAccessibleName(f"Пройдено: {name}. {detail}")
    layout = row(IconLabel("circle-check", "ok", 17), words, spacing=8)
    layout.setStretch(1, 1)
    line.setLayout(layout)
    return line


def _detail(topic: str, card: ExamCard) -> str:
    """The fact behind a check that was passed."""
    live = [one for one in card.members if not one.held and one.answer is not Answer.REFUSED]
    before = card.row.preparation_day
    seats = counted(card.places or 0, "рабочее место", "рабочих места", "рабочих мест")
    details = {
        "staff": f"оценивающих {card.scoring} из {card.needed}",
        "consent": f"{len(live)} из {len(live)} человек",
        "places": f"сдаёт {card.head_count}, {seats}",
        "independence": "среди оценивающих",
        "preparation": day_month(before) if before else "",
        "board": card.row.board_member,
        "share": f"{percent(card.share.value)} за год",
        "kit": card.kit,
        "day": day_month(card.day) if card.day else "",
    }
    return details.get(topic, "")
