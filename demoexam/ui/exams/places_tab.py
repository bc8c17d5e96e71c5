"""The card's tab of workplaces: who sits where, the draw and its recorded seed."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from demoexam.services.exam_people import PlaceRow
from demoexam.services.exam_view import ExamCard
from demoexam.text import clock, counted, day_month
from demoexam.ui.cards import Action, EmptyState
from demoexam.ui.exams.actions import ExamActions
from demoexam.ui.query_table import Cell, Column, QueryTable, Row
from demoexam.ui.table_view import TableView
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, fill, label, row, rule

COLUMNS = (
    Column("number", "№", 56, right=True, sortable=False),
    Column("name", "Студент", 300, stretch=True, sortable=False),
    Column("workplace", "Рабочее место", 130, right=True, sortable=False),
    Column("came", "Явка", 130, sortable=False),
    Column("note", "Примечание", 240, sortable=False),
)
CAME = {True: ("явился", Tone.OK), False: ("не явился", Tone.WARN), None: ("не отмечена", "")}


class PlaceSource:
    """Examinees of the sitting, in Russian order."""

    columns: Sequence[Column] = COLUMNS

    def __init__(self) -> None:
        self._people: Sequence[PlaceRow] = ()

    def show(self, people: Sequence[PlaceRow]) -> None:
        self._people = people

    def ids(self, _filter_text: str, _sort: str, _descending: bool) -> Sequence[int]:
        return range(len(self._people))

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        return {number: _row(number, self._people[number]) for number in ids}


class PlacesTab(QWidget):
    """A draw gives every examinee a workplace; its seed proves that it was fair."""

    def __init__(self, actions: ExamActions) -> None:
        super().__init__()
        self._actions = actions
        self._source = PlaceSource()
        self.table = QueryTable(self._source, self)
        self.view = TableView(self.table, "Рабочие места")
        self.record, self.seed = label("", "soft"), QLineEdit()
        self.draw = Button("Провести жеребьёвку", "dices", "primary")
        self.add_people = Button("Внести участников из группы", "user-plus")
        self.empty = EmptyState(
            "users",
            "Список участников пуст",
            "Загрузите список группы из Excel или внесите студентов на странице «Группы»: "
            "места распределяют между людьми, а не между номерами.",
            [
                Action(
                    "Открыть «Группы»", lambda: actions.going.emit("groups", {}), "graduation-cap"
                )
            ],
        )
        self._assemble()

    def show_card(self, card: ExamCard) -> None:
        with self.view.keeping():
            self._source.show(card.examinees)
            self.table.reload()
        self._stack.setCurrentIndex(0 if card.examinees else 1)
        self.record.setText(_record(card))
        self.draw.setText(" Провести заново" if card.draw else " Провести жеребьёвку")
        self.draw.setEnabled(not card.is_over and card.day is not None)
        self.seed.setEnabled(self.draw.isEnabled())
        unseated = sum(not one.place_id for one in card.examinees)
        self.add_people.setVisible(bool(unseated) and not card.is_over)

    def focus_first(self) -> None:
        (self.draw if self.draw.isEnabled() else self.view).setFocus(Qt.FocusReason.TabFocusReason)

    def _draw(self) -> None:
        self._actions.draw(self.seed.text().strip() or None)
        self.seed.clear()

    def _assemble(self) -> None:
        self.draw.clicked.connect(lambda _checked: self._draw())
        self.add_people.clicked.connect(lambda _checked: self._actions.seat_group())
        self.seed.setPlaceholderText("Зерно: пусто — выберет программа")
        self.seed.setAccessibleName("Зерно жеребьёвки")
        self.seed.setFixedWidth(270)
        self.record.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = row(self.draw, self.seed, self.add_people, None, spacing=8, margins=(16, 10, 16, 10))
        foot = row(self.record, None, margins=(16, 9, 16, 9))
        panel = QFrame()
        panel.setProperty("look", "card")
        layout = fill(QVBoxLayout(), head, rule(), self.view, rule(), foot, spacing=0)
        layout.setContentsMargins(1, 1, 1, 1)
        panel.setLayout(layout)
        self._stack = QStackedWidget()
        self._stack.addWidget(panel)
        self._stack.addWidget(self.empty)
        self.setLayout(fill(QVBoxLayout(), self._stack))


def _row(number: int, one: PlaceRow) -> Row:
    words, tone = CAME[one.attended]
    place = Cell(str(one.workplace), strong=True) if one.workplace else Cell("—")
    cells = (str(number + 1), Cell(one.name, strong=True), place, Cell(words, tone=tone), one.note)
    return Row(one.examinee_id, cells, faint=one.attended is False)


def _record(card: ExamCard) -> str:
    if card.draw is None:
        return (
            "Жеребьёвка не проведена. Зерно и время запишутся и напечатаются в протоколе 3.9: "
            "по ним любой проверит, что места распределены случайно."
        )
    at = card.draw.drawn_at
    people = counted(len(card.examinees), "участник", "участника", "участников")
    told = f"Жеребьёвка {day_month(at.date())} {at.year}, {clock(at)}: {people}."
    return f"{told} Зерно <b>{card.draw.seed}</b>, контрольная сумма списка {card.draw.list_sum}."
