"""The fields of an exam, and how they follow one another."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QGridLayout, QLineEdit, QWidget

from demoexam.rules.days import hours
from demoexam.services.exams.draft import Choices, GroupChoice, KitChoice
from demoexam.text import WEEKDAYS, counted
from demoexam.ui.exams.exam_words import LEVELS
from demoexam.ui.fields import DateField, NumberField, TextField, TimeField
from demoexam.ui.widgets import label

STUDENTS = ("студент", "студента", "студентов")
SEATS = ("место", "места", "мест")
FIRST_HOUR = time(9)


class SearchChoice(QComboBox):
    """A choice among many: typing any part of a name narrows the list."""

    chosen = Signal()

    def __init__(self, prompt: str) -> None:
        super().__init__()
        self._edit = QLineEdit()
        self.setEditable(True)
        self.setLineEdit(self._edit)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._edit.setPlaceholderText(prompt)
        completer = QCompleter(self.model(), self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.setMinimumContentsLength(20)
        self.currentIndexChanged.connect(self._choose)
        self._edit.editingFinished.connect(self._settle)

    def show_options(self, options: Sequence[tuple[Any, str]]) -> None:
        """Offer these; what was chosen stays if it is among them, else nothing is."""
        kept = self.value()
        self.blockSignals(True)
        self.clear()
        for value, text in options:
            self.addItem(text, value)
        self.blockSignals(False)
        self.show_value(kept)

    def value(self) -> Any:
        return self.currentData()

    def show_value(self, value: object) -> None:
        numbers = (n for n in range(self.count()) if self.itemData(n) == value)
        number = next(numbers, -1) if value is not None else -1
        if number != self.currentIndex():
            self.setCurrentIndex(number)
        elif number < 0:
            self._edit.clear()
        self._edit.setCursorPosition(0)

    def _choose(self) -> None:
        self._edit.setCursorPosition(0)
        self.chosen.emit()

    def _settle(self) -> None:
        """What is typed is one of the choices, or the last choice comes back."""
        number = self.findText(self._edit.text().strip(), Qt.MatchFlag.MatchFixedString)
        if number >= 0:
            self.setCurrentIndex(number)
        else:
            self._edit.setText(self.currentText() if self.currentIndex() >= 0 else "")


class ExamForm(QWidget):
    """Group, kit, workshop, days, hours, the board's witness; `changed` after each choice."""

    changed = Signal()

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self.choices = choices
        self.group, self.kit = SearchChoice("Группа"), SearchChoice("Комплект")
        self.workshop = SearchChoice("Мастерская")
        self.heads = NumberField(0, 500)
        self.day, self.second, self.before = DateField(), DateField(), DateField()
        self.start, self.end = TimeField(), TimeField()
        self.board, self.note = QComboBox(), TextField("Почему так")
        self.board.setEditable(True)
        self.weekday = label("", "muted")
        self._own_end = False  # the end was typed by hand
        self._lay_out()
        self._fill()
        self._connect()

    # -- values ---------------------------------------------------------------------------

    def group_choice(self) -> GroupChoice | None:
        return next((one for one in self.choices.groups if one.id == self.group.value()), None)

    def kit_choice(self) -> KitChoice | None:
        return next((one for one in self.choices.kits if one.id == self.kit.value()), None)

    def starts_at(self) -> datetime | None:
        day, start = self.day.value(), self.start.value()
        return datetime.combine(day, start) if day and start else None

    def ends_at(self) -> datetime | None:
        starts_at, end = self.starts_at(), self.end.value()
        if starts_at is None:
            return None
        return datetime.combine(starts_at.date(), end) if end else self._kit_end()

    def board_member(self) -> str:
        return str(self.board.currentText()).strip()

    def show_days(self, before: date, second: date) -> None:
        """Propose the days that hang on the exam's day, where nothing was typed."""
        kit = self.kit_choice()
        self.before.show_value(before)
        self.second.show_value(second if kit and kit.exam_days > 1 else None)

    def show_hours(self, starts_at: datetime | None, ends_at: datetime | None) -> None:
        self.day.show_value(starts_at.date() if starts_at else None)
        self.start.show_value(starts_at.time() if starts_at else FIRST_HOUR)
        end = self._kit_end()
        self._own_end = bool(ends_at and end and ends_at.time() != end.time())
        self.end.show_value(ends_at.time() if ends_at else end.time() if end else None)
        self._show_weekday()

    def show_boards(self, names: Sequence[str]) -> None:
        kept = self.board_member()
        self.board.clear()
        self.board.addItems(list(names))
        self.board.setCurrentText(kept)

    def field(self, name: str) -> QWidget:
        """A field by the name that a finding's fix gives it."""
        named: dict[str, QWidget] = {
            "day": self.day,
            "workshop": self.workshop,
            "kit": self.kit,
            "heads": self.heads,
            "board": self.board,
        }
        return named.get(name, self.group if self.group.isEnabled() else self.day)

    # -- one field follows another --------------------------------------------------------

    def offer_kits(self) -> None:
        """Kits of the group's specialty and the exam's year first, all others after them."""
        group, day = self.group_choice(), self.day.value()
        year = day.year if day else date.today().year
        known = self.choices.kits
        fitting = [one for one in known if group is None or one.specialty_id == group.specialty_id]
        fitting = [one for one in fitting if one.year in {None, year}] or fitting
        chosen = self.kit.value()
        ids = {one.id for one in fitting}
        rest = [one for one in known if one.id not in ids]
        self.kit.show_options([(one.id, _kit_words(one)) for one in (*fitting, *rest)])
        if chosen is None and group is not None and fitting:
            self.kit.show_value(fitting[-1].id)

    def _follow_group(self) -> None:
        group = self.group_choice()
        if group is not None:
            self.heads.show_value(group.head_count)
        self.offer_kits()
        self.changed.emit()

    def _follow_kit(self) -> None:
        if not self._own_end:
            end = self._kit_end()
            self.end.show_value(end.time() if end else None)
        self.changed.emit()

    def _follow_day(self) -> None:
        self._show_weekday()
        self.offer_kits()
        self._follow_kit()

    def _type_end(self) -> None:
        self._own_end = self.end.value() is not None
        self.changed.emit()

    def _kit_end(self) -> datetime | None:
        kit, starts_at = self.kit_choice(), self.starts_at()
        if kit is None or starts_at is None:
            return None
        return starts_at + timedelta(minutes=kit.minutes)

    def _show_weekday(self) -> None:
        day = self.day.value()
        self.weekday.setText(WEEKDAYS[day.weekday()] if day else "")

    def _fill(self) -> None:
        groups = [
            (one.id, f"{one.name} · {counted(one.head_count, *STUDENTS)} · {one.college}")
            for one in self.choices.groups
        ]
        self.group.show_options(groups)
        rooms = [
            (one.id, f"{one.name} · {counted(one.places, *SEATS)}")
            for one in self.choices.workshops
        ]
        self.workshop.show_options([(None, "Не выбрана"), *rooms])
        self.offer_kits()
        self.start.show_value(FIRST_HOUR)

    def _connect(self) -> None:
        self.group.chosen.connect(self._follow_group)
        self.kit.chosen.connect(self._follow_kit)
        self.workshop.chosen.connect(self.changed)
        self.day.written.connect(lambda _day: self._follow_day())
        self.start.written.connect(lambda _time: self._follow_kit())
        self.end.written.connect(lambda _time: self._type_end())
        for field in (self.heads, self.second, self.before):
            field.written.connect(lambda _value: self.changed.emit())
        self.board.currentTextChanged.connect(lambda _text: self.changed.emit())

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        rows: list[list[tuple[str, QWidget, int]]] = [
            [("&Группа", self.group, 3), ("&Сдаёт студентов", self.heads, 1)],
            [("&Комплект", self.kit, 4)],
            [("&Мастерская", self.workshop, 4)],
            [("&День экзамена", self.day, 1), ("&Начало", self.start, 1), ("К&онец", self.end, 1)],
            [("&Второй день", self.second, 1), ("День С-&1", self.before, 1),
             ("&Член ГЭК на площадке", self.board, 2)],
            [("&Примечание", self.note, 4)],
        ]  # fmt: skip
        for number, fields in enumerate(rows):
            at = 0
            for title, field, wide in fields:
                caption = label(title, "muted")
                caption.setBuddy(field)
                field.setAccessibleName(title.replace("&", ""))
                grid.addWidget(caption, number * 3, at, 1, wide)
                grid.addWidget(field, number * 3 + 1, at, 1, wide)
                at += wide
            grid.setRowMinimumHeight(number * 3 + 2, 8)
        grid.addWidget(self.weekday, 10, 3)
        for number in range(4):
            grid.setColumnStretch(number, 1)


def _kit_words(one: KitChoice) -> str:
    days = ", два дня" if one.exam_days > 1 else ""
    return f"{one.code} · {LEVELS[one.level]} · {hours(one.minutes)}{days}"
