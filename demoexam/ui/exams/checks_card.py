"""The check before an exam: what is wrong with one button a line, then what is well."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from demoexam.rules.terms import Answer
from demoexam.rules.violation import Violation
from demoexam.services.exam_view import ExamCard
from demoexam.text import counted, day_month, percent
from demoexam.ui import theme
from demoexam.ui.cards import Card
from demoexam.ui.exams.actions import ExamActions
from demoexam.ui.exams.finding_words import (
    ICONS,
    TONES,
    TOPICS,
    passed_topics,
    sentence,
    title,
)
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

    def _trouble(self, found: Violation) -> QWidget:
        tone = TONES[found.level]
        sign = IconLabel(ICONS[found.level], tone, 17)
        name = f"Отложено: {title(found).lower()}" if found.held else title(found)
        words = column(label(name, "tone-strong", tone=tone), label(str(found), "muted", wrap=True))
        words.setSpacing(0)
        layout = row(sign, words, spacing=8)
        layout.setStretch(1, 1)
        layout.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        for action in self._actions.ways_out(found, most=1):
            button = action.button("small")
            button.setAccessibleName(f"{action.text}: {title(found)}")
            layout.addWidget(button)
        line = QWidget()
        line.setAccessibleName(sentence(found))
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
