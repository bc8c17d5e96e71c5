"""The grid of points as a model: typed values are checked before they are written."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from demoexam.rules.grading import NotPoints, Scale, hundredths
from demoexam.rules.terms import SessionState
from demoexam.services.exam_people import PlaceRow
from demoexam.services.exam_view import ExamCard, ModuleColumn
from demoexam.text import decimal_comma, percent, rounded

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NUMBER, NAME, PLACE, CAME, FIRST = 0, 1, 2, 3, 4
GRADES = {5: "отлично", 4: "хорошо", 3: "удовл.", 2: "неуд."}
ABSENT = "н/я"


def shown_points(value: int) -> str:
    """13,5 of 1350: as short as it can be."""
    number = rounded(Fraction(value, 100), 2).normalize()
    return decimal_comma(f"{number:f}")


class ScoresTable(QAbstractTableModel):
    """Rows are examinees; a wrong value stays in its cell, unwritten, until it is mended."""

    entered = Signal(list)  # of (place id, module number, as typed)
    refused = Signal(QModelIndex, str, str)  # the cell, why, a value that may have been meant
    mended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.people: list[PlaceRow] = []
        self.modules: Sequence[ModuleColumn] = ()
        self.wrong: dict[tuple[str, int], str] = {}
        self.scale = Scale()
        self._locked = False

    def show(self, card: ExamCard) -> None:
        """Show a sitting; the same people are refreshed in place, under an open editor too."""
        same = [one.examinee_id for one in self.people] == [o.examinee_id for o in card.examinees]
        same = same and list(self.modules) == list(card.modules)
        self.scale = Scale(*card.bounds)
        self._locked = card.state is SessionState.CLOSED
        if same:
            self.people = list(card.examinees)
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.people, self.modules, self.wrong = list(card.examinees), card.modules, {}
        self.endResetModel()

    # -- what a row holds -----------------------------------------------------------------

    @property
    def after(self) -> int:
        """The first column behind the modules: total, per cent, grade, note."""
        return FIRST + len(self.modules)

    @property
    def maximum(self) -> int:
        return sum(module.max_points for module in self.modules)

    def module(self, column: int) -> ModuleColumn | None:
        number = column - FIRST
        return self.modules[number] if 0 <= number < len(self.modules) else None

    def points(self, row: int) -> Mapping[str, int]:
        return self.people[row].points or {}

    def is_absent(self, row: int) -> bool:
        return self.people[row].attended is False

    def is_full(self, row: int) -> bool:
        """Points of every module are known, and no cell is wrong."""
        wrong = any(place == self.people[row].place_id for place, _ in self.wrong)
        return bool(self.modules) and not wrong and self.missing(row) == 0

    def missing(self, row: int) -> int:
        known = self.points(row)
        return sum(str(module.number) not in known for module in self.modules)

    def total(self, row: int) -> int | None:
        """Hundredths, once everything is filled in."""
        if self.is_absent(row) or not self.is_full(row):
            return None
        return sum(self.points(row)[str(module.number)] for module in self.modules)

    def grade(self, row: int) -> int | None:
        total = self.total(row)
        return None if total is None else self.scale.grade(total, self.maximum)

    def wrong_text(self, index: Index) -> str | None:
        module = self.module(index.column())
        if module is None:
            return None
        return self.wrong.get((self.people[index.row()].place_id, module.number))

    def is_open(self, index: Index) -> bool:
        """Points can be typed here."""
        if self.module(index.column()) is None or self._locked:
            return False
        return bool(self.people[index.row()].place_id) and not self.is_absent(index.row())

    # -- typing ---------------------------------------------------------------------------

    def enter(self, index: Index, typed: str) -> bool:
        """Take what was typed; False when it stays unwritten in its cell."""
        return self.enter_block([(index, typed)])

    def enter_block(self, cells: Sequence[tuple[Index, str]]) -> bool:
        """Take many cells at once; the right ones are written together, the wrong ones stay."""
        taken, well = [], True
        for index, typed in cells:
            module = self.module(index.column())
            if module is None or not self.is_open(index):
                continue
            if self._keeps_wrong(index, module, typed.strip()):
                well = False
            elif self._keep(index.row(), module, typed.strip()):
                place = self.people[index.row()].place_id
                taken.append((place, module.number, typed.strip()))
        if taken:
            self.entered.emit(taken)
        return well

    def _keeps_wrong(self, index: Index, module: ModuleColumn, text: str) -> bool:
        problem = check_typed(text, module.max_points)
        if not problem:
            self.forget_wrong(index)
            return False
        self.wrong[self.people[index.row()].place_id, module.number] = text
        self._tell(index.row())
        here = self.index(index.row(), index.column())
        self.refused.emit(here, problem, meant(text, module.max_points))
        return True

    def forget_wrong(self, index: Index) -> None:
        """The earlier value comes back."""
        module = self.module(index.column())
        if module is not None:
            key = self.people[index.row()].place_id, module.number
            if self.wrong.pop(key, None) is not None:
                self._tell(index.row())
                self.mended.emit()

    def _keep(self, row: int, module: ModuleColumn, text: str) -> bool:
        """Show the value at once, the store confirms it a moment later; False if it is known."""
        key, value = str(module.number), hundredths(text) if text else None
        if self.points(row).get(key) == value:
            return False
        known = {each: given for each, given in self.points(row).items() if each != key}
        if value is not None:
            known[key] = value
        self.people[row] = replace(self.people[row], points=known)
        self._tell(row)
        return True

    def _tell(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))

    # -- Qt's questions -------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.people)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self.after + 4

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsEditable if self.is_open(index) else usual

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return self._title(section)
        if role == Role.TextAlignmentRole:
            left = section in {NAME, self.after + 2, self.after + 3}
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter if left else CENTER
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if role in {Role.DisplayRole, Role.EditRole}:
            return self.text(index.row(), index.column())
        if role == Role.AccessibleTextRole:
            title = self._title(index.column()).replace("\n", ", ")
            return f"{title}: {self.text(index.row(), index.column()) or 'пусто'}"
        return None

    def text(self, row: int, column: int) -> str:
        one, module = self.people[row], self.module(column)
        if module is not None:
            wrong = self.wrong.get((one.place_id, module.number))
            known = self.points(row).get(str(module.number))
            if self.is_absent(row):
                return ABSENT
            return wrong or ("" if known is None else shown_points(known))
        fixed = {NUMBER: str(row + 1), NAME: one.name, PLACE: str(one.workplace or "—")}
        if column in fixed:
            return fixed[column]
        if column == CAME:
            return {True: "да", False: "нет", None: ""}[one.attended]
        return self._result(row, column - self.after)

    def _result(self, row: int, part: int) -> str:
        total, grade = self.total(row), self.grade(row)
        if part == 0:
            return "—" if total is None else shown_points(total)
        if part == 1:
            return "—" if total is None else percent(Fraction(total, self.maximum), 2)
        if part == 2:  # noqa: PLR2004 -- the grade
            absent = "Не явился" if self.is_absent(row) else "—"
            return absent if grade is None else f"{grade} {GRADES[grade]}"
        return self.people[row].note

    def _title(self, column: int) -> str:
        module = self.module(column)
        if module is not None:
            return f"М{module.number}\nмакс. {shown_points(module.max_points)}"
        fixed = {NUMBER: "№", NAME: "Студент", PLACE: "Место", CAME: "Явка"}
        if column in fixed:
            return fixed[column]
        return (f"Итого\nмакс. {shown_points(self.maximum)}", "Процент", "Отметка", "Примечание")[
            column - self.after
        ]


CENTER = Qt.AlignmentFlag.AlignCenter


def check_typed(typed: str, most: int) -> str:
    """Why these points cannot be; "" if they can."""
    if not typed:
        return ""
    try:
        value = hundredths(typed)
    except NotPoints as problem:
        return str(problem).rstrip(".")
    return f"{shown_points(value)} больше максимума {shown_points(most)}" if value > most else ""


def meant(typed: str, most: int) -> str:
    """A value that may have been meant: a comma left out, or a digit struck twice."""
    digits = "".join(sign for sign in typed if sign.isdigit())
    for part in (10, 100):
        if digits and not int(digits) * 100 % part and int(digits) * 100 // part <= most:
            return shown_points(int(digits) * 100 // part)
    return ""
