"""The people behind a number, beside the table; Esc closes it, Enter opens a person's card."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from demoexam.rules.terms import SIDE_NAMES, Side
from demoexam.services.share.people import Person
from demoexam.text import counted, words
from demoexam.ui.list_page import FilterEdit
from demoexam.ui.query_table import Cell, Column, QueryTable, Row
from demoexam.ui.table_view import TableView
from demoexam.ui.widgets import Button, ElidedLabel, Segments, column, fill, label, row

WIDTH = 376
EMPLOYERS, OTHERS, UNKNOWN = "employers", "others", "unknown"
_LABELS = {EMPLOYERS: "Работодатели", OTHERS: "Остальные", UNKNOWN: "Не вошли"}
PERSON_ROW = 46


class PeopleSource:
    """One side's people, filtered by words of their names and organizations."""

    def __init__(self) -> None:
        self.columns = (
            Column("name", "Эксперт", 200, stretch=True),
            Column("sittings", "Экз.", 56, right=True),
        )
        self._people: Sequence[Person] = ()

    def show(self, people: Sequence[Person]) -> None:
        self._people = people

    def person(self, number: int) -> Person:
        return self._people[number]

    def ids(self, filter_text: str, sort: str, descending: bool) -> Sequence[int]:
        typed = words(filter_text)
        keys = [key for key, one in enumerate(self._people) if _found(one, typed)]
        if sort == "sittings":
            keys.sort(key=lambda key: self._people[key].sittings)
        return keys[::-1] if descending else keys

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        return {key: _row(self._people[key]) for key in ids}


class PeoplePanel(QFrame):
    """`opened` asks for a person's card."""

    opened = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.setFixedWidth(WIDTH)
        self.title, self.summary = ElidedLabel("", "section"), label("", "muted", wrap=True)
        self.sides = Segments(list(_LABELS.items()), "Сторона")
        self.filter = FilterEdit("Найти человека")
        self.source = PeopleSource()
        self.table = QueryTable(self.source, self)
        self.view = TableView(self.table, "Люди за числом", PERSON_ROW)
        self.card_button = Button("Открыть карточку", "users")
        self._people: dict[str, list[Person]] = {side: [] for side in _LABELS}
        self._lay_out()
        self._connect()

    def show_people(self, title: str, summary: str, people: Sequence[Person], side: str) -> None:
        """All people of a row; `side` is the segment to begin with."""
        self._people = {name: [one for one in people if _side(one) == name] for name in _LABELS}
        self.title.show_text(title)
        self.summary.setText(summary)
        self.setAccessibleName(f"Люди: {title}, {summary}")
        for name, text in _LABELS.items():
            self.sides.show_text(name, f"{text} {len(self._people[name])}")
        self.sides.show_value(side)
        self.filter.clear()
        self._show_side()

    def take_focus(self) -> None:
        self.view.setFocus()
        if self.table.rowCount():
            self.view.selectRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _show_side(self) -> None:
        side = str(self.sides.value())
        self.source.show(self._people[side])
        self._filter()

    def _filter(self) -> None:
        self.table.set_filter(self.filter.text())
        shown = self.table.rowCount()
        nobody = "Никого не найдено." if self.filter.text() else _NOBODY[str(self.sides.value())]
        self.view.show_nothing("" if shown else nobody)
        self.card_button.setEnabled(bool(shown))

    def _lay_out(self) -> None:
        closer = Button("", "x", "icon", name="Закрыть список людей (Esc)")
        closer.clicked.connect(self.closed)
        head = row(column(self.title, self.summary, spacing=2), closer, spacing=8)
        head.setStretch(0, 1)
        head.setAlignment(closer, Qt.AlignmentFlag.AlignTop)
        layout = fill(QVBoxLayout(self), head, self.sides, self.filter, spacing=10,
                      margins=(14, 12, 14, 12))  # fmt: skip
        layout.addWidget(self.view, 1)
        layout.addWidget(self.card_button)

    def _connect(self) -> None:
        self.sides.chosen.connect(lambda _side: self._show_side())
        self.filter.textChanged.connect(lambda _text: self._filter())
        self.filter.returnPressed.connect(self.take_focus)
        self.view.opened.connect(self._open)
        self.card_button.clicked.connect(lambda: self._open(self.view.current_id()))

    def _open(self, expert_id: str) -> None:
        if expert_id:
            self.opened.emit(expert_id)


_NOBODY = {
    EMPLOYERS: "Работников предприятий здесь нет.",
    OTHERS: "Других экспертов здесь нет.",
    UNKNOWN: "У всех указано место работы.",
}


def _side(person: Person) -> str:
    if person.side is Side.EMPLOYER:
        return EMPLOYERS
    return UNKNOWN if person.side is Side.UNKNOWN else OTHERS


def _found(person: Person, typed: Sequence[str]) -> bool:
    if not typed:
        return True
    said = words(f"{person.name} {person.organization} {person.post}")
    return all(any(each.startswith(word) for each in said) for word in typed)


def _row(person: Person) -> Row:
    place = person.organization or "место работы не указано"
    below = f"{place} · {person.post}" if person.post else place
    tip = f"{person.name}: {SIDE_NAMES[person.side]}, {below}"
    if person.units != 1:
        tip += f", в счёте {counted(person.units, 'единица', 'единицы', 'единиц')}"
    cells = [Cell(person.name, below, strong=True, tip=tip), Cell(str(person.sittings))]
    return Row(person.expert_id, cells)
