"""The card's tab of workplaces: who sits where, the draw and its recorded seed."""

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from demoexam.errors import UserError
from demoexam.services.exams.people import PlaceRow
from demoexam.services.exams.view import ExamCard
from demoexam.text import clock, counted, day_month
from demoexam.ui.cards import Action, EmptyState
from demoexam.ui.exams.actions import ExamActions
from demoexam.ui.exams.ask_line import AskLine
from demoexam.ui.query_table import Cell, Column, QueryTable, Row
from demoexam.ui.table_view import TableView
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, fill, label, row, rule

COLUMNS = (
    Column("number", "№", 56, right=True, sortable=False),
    Column("name", "Студент", 300, stretch=True, sortable=False),
    Column("workplace", "Рабочее место", 130, right=True, sortable=False),
    Column("hand", "После жеребьёвки", 250, sortable=False),
    Column("came", "Явка", 120, sortable=False),
    Column("note", "Примечание", 220, sortable=False, minor=True),
)
CAME = {True: ("явился", Tone.OK), False: ("не явился", Tone.WARN), None: ("не отмечена", "")}


class PlaceSource:
    """Examinees of the sitting, in Russian order."""

    columns: Sequence[Column] = COLUMNS

    def __init__(self) -> None:
        self.people: Sequence[PlaceRow] = ()

    def show(self, people: Sequence[PlaceRow]) -> None:
        self.people = people

    def ids(self, _filter_text: str, _sort: str, _descending: bool) -> Sequence[int]:
        return range(len(self.people))

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        return {number: _row(number, self.people[number]) for number in ids}


class PlacesTab(QWidget):
    """A draw gives every examinee a workplace; what is changed by hand after it is marked."""

    def __init__(self, actions: ExamActions) -> None:
        super().__init__()
        self._actions = actions
        self._card: ExamCard | None = None
        self._source = PlaceSource()
        self.table = QueryTable(self._source, self)
        self.view = TableView(self.table, "Рабочие места: Enter — изменить место, Del — снять")
        self.record, self.seed = label("", "soft", wrap=True), QLineEdit()
        self.line = AskLine()
        self.draw = Button("Провести жеребьёвку", "dices", "primary")
        self.change = Button("Изменить место  Enter", "pencil")
        self.away = Button("Снять  Del", "trash-2")
        self.add_people = Button("Внести из группы", "user-plus")
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
        if self._card is not None and self._card.id != card.id:
            self.line.put_away()
        self._card = card
        with self.view.keeping():
            self._source.show(card.examinees)
            self.table.reload()
        self._stack.setCurrentIndex(0 if card.examinees else 1)
        self.record.setText(_record(card))
        self.draw.setText(" Провести заново…" if card.draw else " Провести жеребьёвку")
        self.draw.setEnabled(not card.is_over and card.day is not None)
        self.seed.setEnabled(self.draw.isEnabled())
        self.change.setEnabled(not card.is_over and any(one.place_id for one in card.examinees))
        self.away.setEnabled(self.change.isEnabled())
        self.add_people.setVisible(bool(card.waiting) and not card.is_over)

    def focus_first(self) -> None:
        (self.draw if self.draw.isEnabled() else self.view).setFocus(Qt.FocusReason.TabFocusReason)

    def ask_place(self, examinee_id: str = "") -> None:
        """Ask for another workplace of the examinee under the cursor."""
        one = self._current(examinee_id)
        if one is None or not self.change.isEnabled():
            return
        self.line.ask(
            f"{one.name}: рабочее место №",
            "Записать",
            partial(self._set_place, one),
            text=str(one.workplace or ""),
            hint="пусто — без места",
            short=True,
        )

    def remove(self) -> None:
        """Take the examinee under the cursor out of the exam; «Отменить» brings him back."""
        one = self._current()
        if one is not None and self.away.isEnabled():
            self._actions.remove_examinee(one.place_id, one.name)

    def _current(self, examinee_id: str = "") -> PlaceRow | None:
        wanted = examinee_id or self.view.current_id()
        seated = (each for each in self._source.people if each.place_id)
        return next((each for each in seated if each.examinee_id == wanted), None)

    def _set_place(self, one: PlaceRow, typed: str, *, swap: bool = False) -> None:
        if typed and not typed.isdecimal():
            self.line.tell(f"«{typed}» — не номер места.")
            return
        number = int(typed) if typed else None
        if number == one.workplace:
            self.line.put_away()
            return
        self._actions.set_workplace(
            one.place_id,
            number,
            f"рабочее место: {one.name}, № {typed or '—'}",
            swap=swap,
            on_done=self.line.put_away,
            on_refused=lambda error: self._offer_swap(one, typed, error),
        )

    def _offer_swap(self, one: PlaceRow, typed: str, error: UserError) -> None:
        swap = Action(
            "Поменять местами", lambda: self._set_place(one, typed, swap=True), "refresh-cw"
        )
        taken = "holder" in error.facts
        self.line.tell(f"{error} {error.hint}".strip(), (swap,) if taken else ())

    def _draw(self) -> None:
        if self._card is None or self._card.draw is None:
            self._actions.draw(self.seed.text().strip() or None)
            self.seed.clear()
            return
        self.line.ask(
            "Почему жеребьёвка повторяется?",
            "Провести заново",
            self._draw_again,
            needed="Без причины жеребьёвку не повторяют: она печатается в протоколе 3.9.",
            hint="например: два участника заболели, мест стало меньше",
        )

    def _draw_again(self, reason: str) -> None:
        self._actions.draw(
            self.seed.text().strip() or None,
            reason,
            on_done=self._drawn_again,
            on_refused=self.line.refuse,
        )

    def _drawn_again(self, _seed: object) -> None:
        self.seed.clear()
        self.line.put_away()

    def _assemble(self) -> None:
        self.draw.clicked.connect(lambda _checked: self._draw())
        self.change.clicked.connect(lambda _checked: self.ask_place())
        self.away.clicked.connect(lambda _checked: self.remove())
        self.view.opened.connect(self.ask_place)
        key = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.view)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self.remove)
        self.add_people.clicked.connect(lambda _checked: self._actions.seat_group())
        self.seed.setPlaceholderText("Зерно: пусто — выберет программа")
        self.seed.setAccessibleName("Зерно жеребьёвки")
        self.away.setToolTip("Участник не сдаёт этот экзамен: снять его (Del)")
        self.seed.setMinimumWidth(110)
        self.seed.setMaximumWidth(250)
        self.record.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = row(
            self.draw, self.seed, self.add_people, None, self.away, self.change,
            spacing=8, margins=(16, 10, 12, 10),
        )  # fmt: skip
        head.setStretch(1, 100)
        foot = row(self.record, margins=(16, 9, 16, 9))
        panel = QFrame()
        panel.setProperty("look", "card")
        layout = fill(QVBoxLayout(), head, rule(), self.view, rule(), foot, spacing=0)
        layout.setContentsMargins(1, 1, 1, 1)
        panel.setLayout(layout)
        self._stack = QStackedWidget()
        self._stack.addWidget(panel)
        self._stack.addWidget(self.empty)
        self.setLayout(fill(QVBoxLayout(), self.line, self._stack, spacing=8))


def _row(number: int, one: PlaceRow) -> Row:
    words, tone = CAME[one.attended]
    place = Cell(str(one.workplace), strong=True) if one.workplace else Cell("—")
    cells = (
        str(number + 1), Cell(one.name, strong=True), place, _by_hand(one),
        Cell(words, tone=tone), one.remark,
    )  # fmt: skip
    return Row(one.examinee_id, cells, faint=one.attended is False)


def _by_hand(one: PlaceRow) -> Cell:
    """How the place came about, where the draw did not give it."""
    if one.drawn is None:
        return Cell("")
    was = f"было № {one.drawn}" if one.drawn else "без жеребьёвки"
    tip = "Место изменено после жеребьёвки; в протоколе 3.9 это напечатано."
    return Cell(f"изменено вручную: {was}", tone=Tone.WARN, tip=tip)


def _record(card: ExamCard) -> str:
    if card.draw is None:
        return (
            "Жеребьёвка не проведена. Зерно и время запишутся и напечатаются в протоколе 3.9: "
            "по ним любой проверит, что места распределены случайно."
        )
    at = card.draw.drawn_at
    people = counted(len(card.examinees), "участник", "участника", "участников")
    told = f"Жеребьёвка {day_month(at.date())} {at.year}, {clock(at)}: {people}."
    seed = f" Зерно <b>{escape(card.draw.seed)}</b>, контрольная сумма списка {card.draw.list_sum}."
    again = f" Проведена повторно: {escape(card.draw.reason)}." if card.draw.reason else ""
    return told + seed + again
