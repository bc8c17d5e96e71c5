"""«Когда не может» in an expert's card: periods as lines, and days on a month's strip."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from demoexam.rules.plan import AbsenceFacts
from demoexam.services.experts.availability import DayState, mark_days
from demoexam.services.experts.card import ExpertCard
from demoexam.text import day_month
from demoexam.ui.availability.month_strip import MonthStrip
from demoexam.ui.directories.expert_words import absence_lines
from demoexam.ui.directories.part_list import PartList
from demoexam.ui.widgets import Button, label, row
from demoexam.ui.workspace import Workspace

FACTS = ("from_day", "to_day", "only_these", "reason", "soft")
MONTH_NAMES = (
    "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь", "Июль", "Август", "Сентябрь", "Октябрь",
    "Ноябрь", "Декабрь",
)  # fmt: skip
DONE = {
    DayState.FREE: "снова может", DayState.WISH: "просит не ставить", DayState.AWAY: "не может",
}  # fmt: skip


class AbsencePart(PartList):
    """Days marked on the strip are written at once, each mark as one operation.

    Its words name nobody: the journal outlives an erased person.
    """

    loading = Signal()  # days from a file are wanted

    def __init__(self, workspace: Workspace) -> None:
        super().__init__("Когда не может", "Добавить период недоступности", "Ограничений нет.")
        self.workspace = workspace
        self._card: ExpertCard | None = None
        self.strip, self.month = MonthStrip(), label("", "muted")
        self.load_button = Button("Из файла", "upload", "link", name="Загрузить из календаря")
        self.load_button.clicked.connect(self.loading)
        self.head.addWidget(self.load_button)
        self._lay_out()
        self.strip.marked.connect(self._mark)
        self.strip.turned.connect(self._show_month)
        self._show_month(self.strip.month)

    def show_card(self, card: ExpertCard, today: date) -> None:
        if self._card is None or card.id != self._card.id:
            self.strip.show_month(today)
        self._card = card
        absences = [
            AbsenceFacts(**{name: part.values[name] for name in FACTS}) for part in card.absences
        ]
        live = (duty for duty in card.duties if not duty.held and duty.answer != "refused")
        self.strip.show_days(absences, frozenset(duty.day for duty in live), today)
        self.show_lines(absence_lines(card))

    def _mark(self, first: date, last: date, state: DayState) -> None:
        card = self._card
        if card is None:
            return
        days = day_month(first) if first == last else f"{day_month(first)} — {day_month(last)}"
        self.workspace.perform(
            mark_days, operation=f"эксперт {DONE[state]}: {days}", expert_id=card.id,
            first=first, last=last, state=state,
        )  # fmt: skip

    def _show_month(self, first: date) -> None:
        self.month.setText(f"{MONTH_NAMES[first.month - 1]} {first.year}")

    def _lay_out(self) -> None:
        back = Button("", "chevron-left", "icon", name="Месяц раньше")
        forth = Button("", "chevron-right", "icon", name="Месяц позже")
        back.clicked.connect(partial(self.strip.turn, -1))
        forth.clicked.connect(partial(self.strip.turn, 1))
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertLayout(1, row(back, forth, self.month, None, spacing=4))
            layout.insertWidget(2, self.strip)
