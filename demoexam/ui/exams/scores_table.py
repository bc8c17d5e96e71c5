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

from demoexam.rules.grading import Scale, hundredths
from demoexam.rules.incidents import typed_hour
from demoexam.rules.terms import SessionState
from demoexam.services.exams.people import PlaceRow
from demoexam.services.exams.view import ExamCard, ModuleColumn
from demoexam.text import percent
from demoexam.ui.exams.score_values import (
    check_hour,
    check_typed,
    meant,
    shown_points,
    ungraded,
)

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NUMBER, NAME, PLACE, CAME, FIRST = 0, 1, 2, 3, 4
GRADES = {5: "отлично", 4: "хорошо", 3: "удовл.", 2: "неуд."}
ABSENT = "н/я"
TOTAL, PER_CENT, GRADE, FINISHED, NOTE = range(5)  # behind the modules
HOUR = 0  # stands for the hour where modules have their numbers


class ScoresTable(QAbstractTableModel):
    """Rows are examinees; a wrong value stays in its cell, unwritten, until it is mended."""

    entered = Signal(list)  # of (place id, module number, as typed)
    timed = Signal(list)  # of (place id, the hour as typed)
    refused = Signal(QModelIndex, str, str)  # the cell, why, a value that may have been meant
    mended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.people: list[PlaceRow] = []
        self.modules: Sequence[ModuleColumn] = ()
        self.wrong: dict[tuple[str, int], str] = {}
        self.scale = Scale()
        self._locked = False
        self._begins, self._ends = "", ""
        self._brief = False

    def show_briefly(self, *, brief: bool) -> None:
        """Narrow columns have shorter titles."""
        self._brief = brief

    def show(self, card: ExamCard) -> None:
        """Show a sitting; the same people are refreshed in place, under an open editor too."""
        same = [one.examinee_id for one in self.people] == [o.examinee_id for o in card.examinees]
        same = same and list(self.modules) == list(card.modules)
        self.scale = Scale(*card.bounds)
        self._locked = card.state is SessionState.CLOSED
        hours = (card.row.starts_at, card.row.ends_at)
        self._begins, self._ends = (f"{at:%H:%M}" if at else "" for at in hours)
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
        """The first column behind the modules: total, per cent, grade, hour, note."""
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

    def needs_nothing(self, row: int) -> bool:
        """He was absent, or his work is not scored: the protocol is complete without points."""
        return not self.people[row].needs_points

    def is_full(self, row: int) -> bool:
        """Points of every module are known, and none of them is wrong."""
        mine = self.people[row].place_id
        wrong = any(place == mine and field != HOUR for place, field in self.wrong)
        return bool(self.modules) and not wrong and self.missing(row) == 0

    def missing(self, row: int) -> int:
        known = self.points(row)
        return sum(str(module.number) not in known for module in self.modules)

    def total(self, row: int) -> int | None:
        """Hundredths, once everything is filled in."""
        if self.needs_nothing(row) or not self.is_full(row):
            return None
        return sum(self.points(row)[str(module.number)] for module in self.modules)

    def grade(self, row: int) -> int | None:
        total = self.total(row)
        return None if total is None else self.scale.grade(total, self.maximum)

    def field(self, column: int) -> int | None:
        """What a column takes: a module's number, or HOUR; None of those nobody types in."""
        module = self.module(column)
        return module.number if module else HOUR if column == self.after + FINISHED else None

    def wrong_text(self, index: Index) -> str | None:
        field = self.field(index.column())
        if field is None:
            return None
        return self.wrong.get((self.people[index.row()].place_id, field))

    def is_open(self, index: Index) -> bool:
        """Something can be typed here."""
        field, one = self.field(index.column()), self.people[index.row()]
        if field is None or self._locked or not one.place_id or one.attended is False:
            return False
        return not one.outcome if field == HOUR else one.scored

    # -- typing ---------------------------------------------------------------------------

    def enter(self, index: Index, typed: str) -> bool:
        """Take what was typed; False when it stays unwritten in its cell."""
        return self.enter_block([(index, typed)])

    def enter_block(self, cells: Sequence[tuple[Index, str]]) -> bool:
        """Take many cells at once; the right ones are written together, the wrong ones stay."""
        points: list[tuple[str, int, str]] = []
        hours: list[tuple[str, str]] = []
        well = True
        for index, typed in cells:
            field, text = self.field(index.column()), typed.strip()
            if field is None or not self.is_open(index):
                continue
            place = self.people[index.row()].place_id
            if self._keeps_wrong(index, field, text):
                well = False
            elif field == HOUR and self._keep_hour(index.row(), text):
                hours.append((place, text))
            elif field != HOUR and self._keep(index.row(), field, text):
                points.append((place, field, text))
        if points:
            self.entered.emit(points)
        if hours:
            self.timed.emit(hours)
        return well

    def _keeps_wrong(self, index: Index, field: int, text: str) -> bool:
        problem, proposal = self._judge(index, text)
        if not problem:
            self.forget_wrong(index)
            return False
        self.wrong[self.people[index.row()].place_id, field] = text
        self._tell(index.row())
        here = self.index(index.row(), index.column())
        self.refused.emit(here, problem, proposal)
        return True

    def _judge(self, index: Index, text: str) -> tuple[str, str]:
        """What is wrong with a text, and what may have been meant."""
        module = self.module(index.column())
        if module is not None:
            return check_typed(text, module.max_points), meant(text, module.max_points)
        return check_hour(text, self._begins, self.people[index.row()].ends_by), ""

    def forget_wrong(self, index: Index) -> None:
        """The earlier value comes back."""
        field = self.field(index.column())
        if field is not None:
            key = self.people[index.row()].place_id, field
            if self.wrong.pop(key, None) is not None:
                self._tell(index.row())
                self.mended.emit()

    def _keep(self, row: int, number: int, text: str) -> bool:
        """Show the value at once, the store confirms it a moment later; False if it is known."""
        key, value = str(number), hundredths(text) if text else None
        if self.points(row).get(key) == value:
            return False
        known = {each: given for each, given in self.points(row).items() if each != key}
        if value is not None:
            known[key] = value
        self.people[row] = replace(self.people[row], points=known)
        self._tell(row)
        return True

    def _keep_hour(self, row: int, text: str) -> bool:
        hour = typed_hour(text)
        if self.people[row].finished_at == hour:
            return False
        self.people[row] = replace(self.people[row], finished_at=hour)
        self._tell(row)
        return True

    def _tell(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))

    # -- Qt's questions -------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.people)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self.after + NOTE + 1

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
            left = section in {NAME, self.after + GRADE, self.after + NOTE}
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter if left else CENTER
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if role in {Role.DisplayRole, Role.EditRole}:
            return self.text(index.row(), index.column())
        if role == Role.ToolTipRole and index.column() >= self.after:
            total = index.column() == self.after  # a narrow grid has no room for the per cent
            return self.text(index.row(), self.after + PER_CENT if total else index.column())
        if role == Role.AccessibleTextRole:
            title = self._title(index.column()).replace("\n", ", ")
            return f"{title}: {self.text(index.row(), index.column()) or 'пусто'}"
        return None

    def text(self, row: int, column: int) -> str:
        one, module = self.people[row], self.module(column)
        if module is not None:
            wrong = self.wrong.get((one.place_id, module.number))
            known = self.points(row).get(str(module.number))
            if self.needs_nothing(row):
                return ABSENT if self.is_absent(row) else "—"
            return wrong or ("" if known is None else shown_points(known))
        fixed = {NUMBER: str(row + 1), NAME: one.name, PLACE: str(one.workplace or "—")}
        if column in fixed:
            return fixed[column]
        if column == CAME:
            return {True: "да", False: "нет", None: ""}[one.attended]
        return self._result(row, column - self.after)

    def _result(self, row: int, part: int) -> str:
        one, total, grade = self.people[row], self.total(row), self.grade(row)
        if part == TOTAL:
            return "—" if total is None else shown_points(total)
        if part == PER_CENT:
            return "—" if total is None else percent(Fraction(total, self.maximum), 2)
        if part == GRADE:
            return f"{grade} {GRADES[grade]}" if grade else ungraded(one)
        if part == FINISHED:
            return self.wrong.get((one.place_id, HOUR)) or one.finished_at
        return one.remark

    def _title(self, column: int) -> str:
        module = self.module(column)
        if module is not None:
            return f"М{module.number}\n{self._most} {shown_points(module.max_points)}"
        fixed = {NUMBER: "№", NAME: "Студент", PLACE: "Место", CAME: "Явка"}
        if column in fixed:
            return fixed[column]
        until = f"\nдо {self._ends}" if self._ends else ""
        total = f"Итого\n{self._most} {shown_points(self.maximum)}"
        note = "Прим." if self._brief else "Примечание"
        return (total, "Процент", "Отметка", f"Закончил{until}", note)[column - self.after]

    @property
    def _most(self) -> str:
        return "из" if self._brief else "макс."


CENTER = Qt.AlignmentFlag.AlignCenter
