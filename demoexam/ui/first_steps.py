"""The three first steps of a new store, with ticks for those already made."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from demoexam.text import counted
from demoexam.ui.cards import Card
from demoexam.ui.widgets import Button, IconLabel, Pill, column, fill, label, row


class FirstStep(NamedTuple):
    """A step: what is counted, its icon and words, its button and where that leads."""

    counted: str
    icon: str
    title: str
    text: str
    button: str
    page: str
    nouns: tuple[str, str, str]


STEPS = (
    FirstStep(
        "experts", "users", "Загрузить экспертов",
        "Из Excel или вставкой: столбцы узнаем сами, ошибки покажем до записи.",
        "Загрузить…", "import", ("эксперт", "эксперта", "экспертов"),
    ),
    FirstStep(
        "workshops", "wrench", "Добавить мастерские",
        "Места, часы работы, аккредитация и комплекты заданий.",
        "Мастерские", "workshops", ("мастерская", "мастерские", "мастерских"),
    ),
    FirstStep(
        "sittings", "calendar-range", "Назначить экзамен",
        "Даты и эксперты подбираются, противоречия видны сразу.",
        "Экзамены", "exams", ("экзамен", "экзамена", "экзаменов"),
    ),
)  # fmt: skip


class FirstSteps(Card):
    """Shown on Обзор until each of the steps is made."""

    going = Signal(str, object)

    def __init__(self) -> None:
        super().__init__("Три первых шага", "в любом порядке")
        self._lines = [_StepLine(step, number) for number, step in enumerate(STEPS, start=1)]
        steps = row(spacing=18)
        for line in self._lines:
            steps.addWidget(line, 1)
            line.button.clicked.connect(lambda _=False, line=line: self._go(line.step))
        self.add(steps)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        for line in self._lines:
            line.show_count(counts.get(line.step.counted, 0))
        self.setVisible(not self.made(counts))

    @staticmethod
    def made(counts: Mapping[str, int]) -> bool:
        """Whether each of the steps has been made."""
        return all(counts.get(step.counted, 0) for step in STEPS)

    def _go(self, step: FirstStep) -> None:
        self.going.emit(step.page, {"files": []} if step.page == "import" else {})


class _StepLine(QWidget):
    def __init__(self, step: FirstStep, number: int) -> None:
        super().__init__()
        self.step = step
        self._number = Pill(str(number), "grey", look="badge")
        self._tick = IconLabel("circle-check", "ok", 22)
        self._done = label("", "tone-small", tone="ok")
        self.button = Button(step.button, look="small")
        self.button.setAccessibleName(f"{step.button} {step.title}")
        title = row(IconLabel(step.icon, "accent", 17), label(step.title, "title"), None, spacing=6)
        words = column(title, label(step.text, "muted", wrap=True), spacing=4)
        words.addLayout(row(self.button, self._done, None, spacing=10))
        mark = column(self._number, self._tick, None)
        layout = fill(QHBoxLayout(self), mark, words, spacing=12)
        layout.setStretch(1, 1)

    def show_count(self, count: int) -> None:
        self._number.setVisible(not count)
        self._tick.setVisible(bool(count))
        self._done.setText(f"Есть {counted(count, *self.step.nouns)}" if count else "")
