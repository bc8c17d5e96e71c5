"""The three cards of the page Синхронизация: how it stands, what waits, what to decide."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from demoexam.text import counted, plural
from demoexam.ui.cards import Card
from demoexam.ui.syncing import words
from demoexam.ui.syncing.exchanger import PERIODS, Exchanger, local_now
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import (
    Button,
    Segments,
    Sign,
    clear,
    column,
    label,
    restyle,
    row,
)

if TYPE_CHECKING:
    from demoexam.services.syncing.exchange import ParkedLine, SyncState

PERIOD_WORDS = {5: "5 мин", 15: "15 мин", 60: "час", 0: "нет"}
REST_SENT = "Остальное уже в общем хранилище."
ALL_SENT = "Всё, что вы сделали, уже в общем хранилище."
SHOWN = 2  # parked records named on the card
HEIGHT = 176


class SyncCard(Card):
    """The three stand side by side, equally wide."""

    def __init__(self, title: str, link: str = "") -> None:
        super().__init__(title, link=link)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(HEIGHT)


class StateCard(SyncCard):
    """The state in words, one button, how often it goes by itself."""

    def __init__(self, exchanger: Exchanger) -> None:
        super().__init__("Состояние", link="Подключение…")
        self._exchanger = exchanger
        self.sign = Sign("cloud", Tone.OK)
        self.words, self.detail = label("", "strong", wrap=True), label("", "muted", wrap=True)
        self.button = Button("Обменяться  F5", "refresh-cw", "primary")
        self.button.setAccessibleName("Обменяться с общим хранилищем (F5)")
        self.button.clicked.connect(lambda _checked: exchanger.exchange(asked=True))
        self.stopper = Button("Остановить")
        self.stopper.clicked.connect(lambda _checked: exchanger.stop())
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.period = Segments([(one, PERIOD_WORDS[one]) for one in PERIODS], "Как часто обмен сам")
        self.period.setToolTip("Как часто программа обменивается сама")
        self.period.chosen.connect(self._set_period)
        told = row(self.sign, column(self.words, self.detail, spacing=1), spacing=12)
        told.setStretch(1, 1)
        self.add(
            told, self.bar, None, row(self.button, self.stopper, None),
            row(label("Сам:", "muted"), self.period, None, spacing=8),
        )  # fmt: skip

    def show_state(self, state: "SyncState") -> None:
        running = self._exchanger.running is not None
        said, tone = words.state_words(state, local_now())
        trouble = self._exchanger.question is not None or bool(state.trouble)
        if running:
            said, tone = "Идёт обмен…", Tone.ACCENT
        elif trouble:
            said = state.trouble or str(self._exchanger.question)
        elif state.last_at:
            said = f"Обмен {words.ago(state.last_at, local_now())}"
        self.sign.show_icon("refresh-cw" if running else "cloud", tone)
        restyle(self.sign, tone=tone)
        self.words.setText(said[:1].upper() + said[1:])
        self.detail.setText("" if running else self._detail(state))
        self.detail.setVisible(bool(self.detail.text()))
        self.bar.setVisible(running)
        self.button.setVisible(not running)
        self.stopper.setVisible(running)
        if self._exchanger.period in PERIODS:
            self.period.show_value(self._exchanger.period)

    def _detail(self, state: "SyncState") -> str:
        """What to do about a failure; else what the last exchange brought, and with whom."""
        return state.advice if state.trouble else self._exchanger.told or state.words

    def _set_period(self, minutes: object) -> None:
        self._exchanger.set_period(int(str(minutes)))


class WaitingCard(SyncCard):
    """What goes with the next exchange, and what the hub did not take, with the reason."""

    opened = Signal(str, str)  # table, record id
    again = Signal()

    def __init__(self) -> None:
        super().__init__("Ждёт отправки", link="Отправить ещё раз")
        self.linked.connect(self.again)
        self.figure, self.words = label("", "key"), label("", "soft", wrap=True)
        self.refused = label("", "tone-strong", tone="bad")
        self.lines = column(spacing=4)
        told = row(self.figure, self.words, spacing=12)
        told.setStretch(1, 1)
        self.add(told, self.refused, self.lines, None)

    def show_state(self, state: "SyncState", parked: Sequence["ParkedLine"]) -> None:
        self.figure.setText(str(state.unsent))
        noun = counted(state.unsent, *words.EDITS).split("\u00a0", 1)[1]
        goes = plural(state.unsent, "уйдёт", "уйдут", "уйдут")
        waiting = f"{noun} на этом компьютере: {goes} при обмене."
        self.words.setText(waiting if state.unsent else REST_SENT if state.parked else ALL_SENT)
        self.link.setVisible(bool(state.parked))
        self.figure.setVisible(bool(state.unsent))
        self.refused.setText(f"Не принято: {state.parked}")
        self.refused.setVisible(bool(state.parked))
        clear(self.lines)
        for one in parked[:SHOWN]:
            self.lines.addWidget(self._line(one))
        if len(parked) > SHOWN:
            self.lines.addWidget(label(f"и ещё {len(parked) - SHOWN}", "muted"))

    def _line(self, one: "ParkedLine") -> QWidget:
        told = label(f"{one.title}: {one.reason}", wrap=True)
        opener = Button("Открыть", look="link", name=f"Открыть: {one.title}. {one.reason}")
        opener.clicked.connect(lambda: self.opened.emit(one.table, one.record_id))
        box = QWidget()
        layout = row(told, opener, spacing=8)
        layout.setStretch(0, 1)
        box.setLayout(layout)
        return box


class DecideCard(SyncCard):
    """How many conflicts wait for a person, by kind, and the button to the first of them."""

    deciding = Signal()

    def __init__(self) -> None:
        super().__init__("Расхождения")
        self.figure, self.words = label("", "key"), label("", "soft", wrap=True)
        self.button = Button("Решить…", "check", "primary")
        self.button.clicked.connect(self.deciding)
        told = row(self.figure, self.words, spacing=12)
        told.setStretch(1, 1)
        self.add(told, None, row(self.button, None))

    def show_kinds(self, kinds: Sequence[tuple[str, int]]) -> None:
        number = sum(count for _, count in kinds)
        self.figure.setText(str(number))
        self.figure.setVisible(bool(number))
        self.words.setText(
            ", ".join(f"{word}: {count}" for word, count in kinds)
            or "Расхождений нет: решать нечего."
        )
        self.button.setVisible(bool(number))
