"""A record that was changed in two places: one question a unit of columns, as cards."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from demoexam.models.exchange import ConflictKind
from demoexam.services.syncing.cards import ConflictCard, Side, ValueLine
from demoexam.text import clock, day_month, plural, short_date
from demoexam.ui import theme
from demoexam.ui.cards import FindingStrip
from demoexam.ui.syncing.exchanger import local_now
from demoexam.ui.syncing.question import HUB, MINE, Question
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import column, fill, label

CAPTION = 130
NUMBERS = {1: "одно", 2: "два", 3: "три", 4: "четыре", 5: "пять"}
DELETED = (
    "Одни удалили запись, другие в это время её изменили. Пока она оставлена: решите, нужна ли она."
)


class ValuesView(QWidget):
    """`changed`: the answers are others now."""

    changed = Signal()

    def __init__(self, card: ConflictCard) -> None:
        super().__init__()
        self.card = card
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, theme.px(CAPTION))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self.questions = [self._question(line) for line in card.lines]
        self._head()
        for number, question in enumerate(self.questions, start=1):
            question.place(self._grid, number)
        self._tell_merged(len(self.questions) + 1)
        self.effect = FindingStrip()
        calm = "не изменится" in card.effect
        self.effect.show_finding(Tone.ACCENT if calm else Tone.WARN, card.effect)
        fill(QVBoxLayout(self), self._grid, 4, self.effect, None, spacing=8)

    def answers(self) -> Mapping[str, str]:
        """Conflict -> which side, or another value; only what was chosen."""
        told = {question.key: question.answer() for question in self.questions}
        return {key: answer.removeprefix("=") for key, answer in told.items() if answer}

    def choose_all(self, side: str) -> None:
        for question in self.questions:
            question.choose(side)

    def focus_first(self) -> None:
        if self.questions:
            self.questions[0].focus()

    def _question(self, line: ValueLine) -> Question:
        texts = {MINE: line.mine.words, HUB: line.hub.words}
        names = (self.mine_title, "В общем хранилище")
        made = Question(line.conflict_id, line.label, texts, names, line.text, parent=self)
        made.allow_typing(allowed=line.typed)
        made.chosen.connect(self.changed)
        made.left.connect(lambda step: self._walk(made, step))
        return made

    @property
    def mine_title(self) -> str:
        return "У вас" if self.card.here else self.card.who or "На другом компьютере"

    def _head(self) -> None:
        sides = (
            (self.mine_title, [line.mine for line in self.card.lines], self.card.here),
            ("В общем хранилище", [line.hub for line in self.card.lines], False),
        )
        for place, (title, told, ours) in enumerate(sides, start=1):
            words = column(
                label(title, "strong"), label(_when(told, ours=ours), "muted"), spacing=0
            )
            self._grid.addLayout(words, 0, place)

    def _tell_merged(self, line: int) -> None:
        if self.card.merged:
            caption = label("Объединено", "soft")
            told = label("\n".join(self.card.merged), "soft", wrap=True)
            told.setAccessibleName(f"Объединено: {'; '.join(self.card.merged)}")
            self._grid.addWidget(caption, line * 2, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(told, line * 2, 1, 1, 2)

    def _walk(self, here: Question, step: int) -> None:
        """The arrows up and down go through the questions in the same column."""
        number = self.questions.index(here) + step
        if 0 <= number < len(self.questions):
            self.questions[number].focus(here.focused_side())


def sentence(card: ConflictCard) -> str:
    """What happened and what is asked."""
    if card.kind is ConflictKind.DELETION:
        return DELETED
    number = len(card.lines)
    what = NUMBERS.get(number, str(number))
    left = plural(number, "осталось выбрать", "осталось выбрать", "осталось выбрать")
    return (
        "Запись изменили в двух местах. Совпавшие и изменённые с одной стороны поля уже "
        f"объединены, {left} {what}."
    )


def _when(sides: Sequence[Side], *, ours: bool) -> str:
    """«сегодня, 13:05 · Иванова М. П.»: the latest of the values, and who wrote it."""
    dated = sorted((side for side in sides if side.at is not None), key=lambda one: str(one.at))
    last = dated[-1] if dated else sides[-1] if sides else Side("")
    parts = [moment(last.at)] if last.at else []
    if last.who and not ours:
        parts.append(last.who)
    return " · ".join(parts)


def moment(at: datetime) -> str:
    """«сегодня, 13:05», «27 мая, 13:05», «27.05.2025, 13:05»."""
    now = local_now()
    if at.date() == now.date():
        day = "сегодня"
    else:
        day = day_month(at.date()) if at.year == now.year else short_date(at.date())
    return f"{day}, {clock(at)}"
