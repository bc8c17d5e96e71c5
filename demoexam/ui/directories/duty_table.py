"""The exams of an expert's year as a small table of words; a click on a group opens the exam."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from demoexam.rules.terms import Role
from demoexam.services.experts.card import Duty
from demoexam.text import MONTHS_SHORT, counted
from demoexam.ui.directories.expert_words import duty_sign
from demoexam.ui.directories.roster_source import SIDES
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, IconLabel, Pill, clear, label, row

SHOWN = 10
TITLES = ("Дата", "Группа", "Роль", "На эту дату", "Состояние")
ROLES = {Role.CHIEF: "Главный", Role.SCORING: "Оценивает", Role.TECHNICAL: "Технический"}


class DutyTable(QWidget):
    opened = Signal(str)  # the sitting's id

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(4, 1)

    def show_duties(self, duties: Sequence[Duty], today: date) -> None:
        """The nearest exams come first into sight when there are more than fit."""
        clear(self._grid)
        if not duties:
            self._grid.addWidget(label("В этом году экзаменов нет.", "muted"), 0, 0, 1, 5)
            return
        for place, title in enumerate(TITLES):
            self._grid.addWidget(label(title, "muted"), 0, place)
        first = next((n for n, duty in enumerate(duties) if duty.day >= today), len(duties))
        start = max(0, min(first - SHOWN // 2, len(duties) - SHOWN))
        for line, duty in enumerate(duties[start : start + SHOWN], start=1):
            self._line(line, duty, today)
        if (left := len(duties) - SHOWN) > 0:
            more = f"и ещё {counted(left, 'экзамен', 'экзамена', 'экзаменов')}"
            self._grid.addWidget(label(more, "muted"), SHOWN + 1, 0, 1, 5)

    def _line(self, line: int, duty: Duty, today: date) -> None:
        day = f"{duty.day.day} {MONTHS_SHORT[duty.day.month - 1]}"
        self._grid.addWidget(label(day, "soft"), line, 0)
        group = Button(duty.group, look="link", name=f"Экзамен {duty.group}, {day}")
        group.clicked.connect(lambda: self.opened.emit(duty.session_id))
        self._grid.addWidget(group, line, 1)
        self._grid.addWidget(label(ROLES[duty.role]), line, 2)
        name, tone = SIDES[duty.side]
        if duty.role is Role.TECHNICAL:
            name, tone = "Не в доле", Tone.GREY
        self._grid.addWidget(Pill(name, tone), line, 3)
        icon, sign, words = duty_sign(duty, today)
        state = label(words, "tone" if sign != Tone.OK else "soft", tone=sign)
        self._grid.addLayout(row(IconLabel(icon, sign), state, None, spacing=6), line, 4)
