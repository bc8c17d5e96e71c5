"""The people of a year's board as rows to type in, with an empty one for the next."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from demoexam.errors import UserError
from demoexam.rules.terms import BoardRole
from demoexam.services.papers.board import (
    ORDER,
    BoardSeat,
    add_board_member,
    change_board_member,
    remove_board_member,
)
from demoexam.services.records.labels import BOARD_ROLES
from demoexam.ui.fields import ChoiceField, TextField
from demoexam.ui.widgets import Button, clear, fill, label
from demoexam.ui.workspace import Workspace

BRIEFLY = {BoardRole.DEPUTY: "заместитель"}  # the names need the room
ROLES = tuple((role, BRIEFLY.get(role, BOARD_ROLES[role])) for role in ORDER)
HEADINGS = ("Роль", "Фамилия, имя, отчество", "Место работы, должность")
HINTS = ("", "Иванов Иван Иванович", "директор ООО «Завод»")


class Seat:
    """The fields of one row and the button at its end."""

    def __init__(self, who: str, icon: str, does: str) -> None:
        self.role = ChoiceField(ROLES)
        self.name, self.post = TextField(HINTS[1]), TextField(HINTS[2])
        self.button = Button("", icon, "icon", name=does)
        for field, heading in zip(self.fields, HEADINGS, strict=True):
            field.setAccessibleName(f"{heading}: {who}")

    @property
    def fields(self) -> tuple[ChoiceField | TextField, ...]:
        return (self.role, self.name, self.post)


class BoardPeople(QWidget):
    """Tab goes through the cells, Enter writes; Enter in the last row adds its person."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._college, self._year = "", 0
        self.seats: dict[str, Seat] = {}
        self._roles: dict[str, BoardRole] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._grid.setColumnStretch(1, 5)
        self._grid.setColumnStretch(2, 4)
        self.new = Seat("новый член комиссии", "user-plus", "Добавить в комиссию")
        self.new.role.show_value(BoardRole.MEMBER)
        self.new.button.clicked.connect(self.add)
        for field in (self.new.name, self.new.post):
            field.returnPressed.connect(self.add)
        fill(QVBoxLayout(self), self._grid)
        self._lay_out([])

    def show_seats(self, college: str, year: int, seats: Sequence[BoardSeat]) -> None:
        if (self._college, self._year) != (college, year):
            self.seats = {}
        self._college, self._year = college, year
        if list(self.seats) != [seat.id for seat in seats]:
            self._lay_out(seats)
        self._roles = {seat.id: seat.role for seat in seats}
        for seat in seats:
            fields = self.seats[seat.id]
            fields.role.show_value(seat.role)
            fields.name.show_value(seat.name.full)
            fields.post.show_value(seat.post)
        self.setEnabled(bool(college))

    def add(self) -> None:
        """Seat the person of the last row."""
        self._workspace.perform(
            add_board_member, operation="член комиссии", college_id=self._college,
            year=self._year, name=self.new.name.text(), post=self.new.post.text(),
            role=self.new.role.value(), on_done=self._added, on_refused=self._refuse_new,
        )  # fmt: skip

    def _lay_out(self, seats: Sequence[BoardSeat]) -> None:
        """Rows anew; the cursor stays with the person it was with."""
        focused = self._focused()
        for part in (*self.new.fields, self.new.button):
            self._grid.removeWidget(part)
        clear(self._grid)
        self.seats = {}
        for column, heading in enumerate(HEADINGS):
            self._grid.addWidget(label(heading, "muted"), 0, column)
        for number, seat in enumerate(seats, start=1):
            self._add_row(number, seat)
        for column, part in enumerate((*self.new.fields, self.new.button)):
            self._grid.addWidget(part, len(seats) + 1, column)
        self._keep_tab_order()
        if focused and focused[0] in self.seats:
            self.seats[focused[0]].fields[focused[1]].setFocus()
        elif focused:
            self.new.name.setFocus()

    def _add_row(self, number: int, seat: BoardSeat) -> None:
        fields = self.seats[seat.id] = Seat(
            seat.name.full, "trash-2", f"Убрать из комиссии: {seat.name.full}"
        )
        keys = ("role", "name", "post")
        for column, (key, field) in enumerate(zip(keys, fields.fields, strict=True)):
            field.written.connect(partial(self._write, seat.id, key))
            self._grid.addWidget(field, number, column)
        fields.button.clicked.connect(lambda _checked=False: self._remove(seat.id))
        self._grid.addWidget(fields.button, number, len(keys))

    def _keep_tab_order(self) -> None:
        """Rows were made after the last one: Tab must not come to it first."""
        rows = [(*seat.fields, seat.button) for seat in self.seats.values()]
        order = [one for fields in (*rows, (*self.new.fields, self.new.button)) for one in fields]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    def _focused(self) -> tuple[str, int] | None:
        for ident, seat in self.seats.items():
            for column, field in enumerate(seat.fields):
                if field.hasFocus():
                    return ident, column
        return None

    def _write(self, ident: str, key: str, value: object) -> None:
        self._workspace.perform(
            partial(change_board_member, member_id=ident, **{key: value}),  # type: ignore[arg-type]
            operation="член комиссии", on_refused=partial(self._refuse, ident, key),
        )  # fmt: skip

    def _remove(self, ident: str) -> None:
        self.new.name.setFocus()  # the button goes away with its row
        self._workspace.perform(remove_board_member, operation="выход из комиссии", member_id=ident)

    def _added(self, _ident: object) -> None:
        for field in (self.new.name, self.new.post):
            field.clear()
            field.show_value("")
        self.new.role.show_value(BoardRole.MEMBER)
        self.new.name.setFocus()

    def _refuse(self, ident: str, key: str, error: UserError) -> None:
        if ident in self.seats:
            self.seats[ident].role.show_value(self._roles[ident])
            getattr(self.seats[ident], key).show_problem(f"{error} {error.hint}")
        self._workspace.refused.emit(error)

    def _refuse_new(self, error: UserError) -> None:
        self.new.name.show_problem(f"{error} {error.hint}")
        self._workspace.refused.emit(error)
