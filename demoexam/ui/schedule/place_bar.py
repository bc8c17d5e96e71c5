"""«Поставить на день и час»: a strip where a place is typed, with what the rules say of it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QDate, QTime, Signal
from PySide6.QtWidgets import QDateEdit, QTimeEdit

from demoexam.rules.moves import MoveJudge
from demoexam.rules.placing import Move
from demoexam.services.season.season import Chip, Lane
from demoexam.ui.choices import ChoiceField
from demoexam.ui.schedule.bulk_bar import Bar
from demoexam.ui.schedule.drag import Opinion, moved_by, opinion, start_on, why_then
from demoexam.ui.schedule.geometry import STEP, Board
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, ElidedLabel, column, label, restyle, row


class PlaceBar(Bar):
    """Date, hour and workshop; Enter puts the exam there, Esc goes back.

    Several chosen exams go along with the first one. An exam without a date is offered the first
    free hour of the day until another one is typed.
    """

    placed = Signal(list, list)  # moves, chips
    forbidden = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self._board: Board | None = None
        self._judge: MoveJudge | None = None
        self._chips: Sequence[Chip] = ()
        self._typed = False  # the hour
        self._why = ""
        self.words = label("", "strong")
        self.day, self.hour = QDateEdit(), QTimeEdit()
        self.workshop = ChoiceField()
        self.told = ElidedLabel("", "muted")
        self.put = Button("Поставить", "check", "small")
        self.back = Button("Отмена", look="small")
        self._assemble()
        self._connect()

    def begin(
        self, board: Board, judge: MoveJudge | None, chips: Sequence[Chip], offered: Move
    ) -> None:
        """Ask where these go; what an exam has no place of is taken from the one offered."""
        self._board, self._judge, self._chips = board, judge, chips
        first = chips[0]
        self.words.setText(f"{first.title} — на")
        here = first.starts_at or offered.starts_at
        self._typed = first.starts_at is not None
        for field in (self.day, self.hour, self.workshop):
            field.blockSignals(True)
        self.workshop.show_options([(lane.id, _named(lane, board.lanes)) for lane in board.lanes])
        known = board.lane_of(first.workshop_id) >= 0
        self.workshop.show_value(first.workshop_id if known else offered.workshop_id)
        self.day.setDate(QDate(here.year, here.month, here.day))
        self.hour.setTime(QTime(here.hour, here.minute))
        for field in (self.day, self.hour, self.workshop):
            field.blockSignals(False)
        self.check()
        self.day.setFocus()

    def moves(self) -> list[Move]:
        """What is asked for; nothing when it changes nothing."""
        first, board = self._chips[0], self._board
        when, workshop = self._when(), self.workshop.value()
        if board is None or (first.starts_at, first.workshop_id) == (when, workshop):
            return []
        if first.starts_at is None or board.lane_of(first.workshop_id) < 0:
            return [Move(first.id, workshop, when)]
        down = board.lane_of(workshop) - board.lane_of(first.workshop_id)
        return moved_by(board, self._chips, down, when - first.starts_at)

    def check(self) -> None:
        """Tell what the rules say of the place as it is typed."""
        self._offer_hour()
        told = self._opinion()
        lines = told.words.split("\n")
        self.told.show_text(" ".join(lines[1:]) or lines[0])
        self.told.setAccessibleName(" ".join(lines))
        restyle(self.told, step="tone", tone=told.tone)
        self.put.setEnabled(told.tone != Tone.GREY)

    def act(self) -> None:
        moves, told = self.moves(), self._opinion()
        if told.forbidden:
            self.forbidden.emit(moves)
        elif moves:
            self.placed.emit(moves, list(self._chips))
            self.left.emit()

    def _opinion(self) -> Opinion:
        moves, board = self.moves(), self._board
        if board is None or not moves:
            return Opinion(Tone.GREY, "Здесь он и стоит")
        if not board.first <= moves[0].starts_at.date() <= board.last:
            return Opinion(Tone.BAD, "Это другой год: выберите его вверху.")
        return opinion(board, self._judge, moves, self._why)

    def _offer_hour(self) -> None:
        """The first free hour of the day and workshop, unless the exam or the user has one."""
        if self._typed:
            self._why = ""
            return
        start = start_on(self._judge, self._chips[0], self.workshop.value(), self._when().date())
        self._why = why_then(start)
        self.hour.blockSignals(True)
        self.hour.setTime(QTime(start.at.hour, start.at.minute))
        self.hour.blockSignals(False)

    def _when(self) -> datetime:
        day, hour = self.day.date(), self.hour.time()
        return datetime(day.year(), day.month(), day.day(), hour.hour(), hour.minute())

    def _note_hour(self) -> None:
        self._typed = True
        self.check()

    def _assemble(self) -> None:
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("dd.MM.yyyy")
        self.day.setAccessibleName("День экзамена")
        self.day.setFixedWidth(124)
        self.hour.setDisplayFormat("HH:mm")
        self.hour.setAccessibleName("Начало")
        self.hour.setToolTip(f"Стрелки меняют на час и на {STEP} минут")
        self.hour.setFixedWidth(82)
        self.workshop.setAccessibleName("Мастерская")
        self.workshop.view().setAccessibleName("Мастерские")
        self.workshop.setMinimumWidth(150)
        self.workshop.setSizeAdjustPolicy(
            ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for field in (self.day, self.hour):
            field.lineEdit().setTextMargins(6, 0, 0, 0)
        fields = row(self.words, self.day, self.hour, self.workshop, self.put, self.back, spacing=8)
        fields.setStretch(3, 1)
        self.setLayout(column(fields, self.told, spacing=4, margins=(14, 6, 12, 6)))

    def _connect(self) -> None:
        self.day.dateChanged.connect(lambda _day: self.check())
        self.hour.timeChanged.connect(lambda _hour: self._note_hour())
        self.workshop.currentIndexChanged.connect(lambda _number: self.check())
        self.put.clicked.connect(self.act)
        self.back.clicked.connect(self.left)


def _named(lane: Lane, lanes: Sequence[Lane]) -> str:
    """A workshop by its name; of several with the same name, by its college too."""
    alone = sum(one.name == lane.name for one in lanes) == 1
    return lane.name if alone else ", ".join(filter(None, (lane.name, lane.room, lane.college)))
