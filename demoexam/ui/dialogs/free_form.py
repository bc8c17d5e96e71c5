"""What is looked for: days, kit or minutes, people, side; `changed` after each choice."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from demoexam.rules.terms import Side
from demoexam.services.experts.free_search import KitOption, Wanted
from demoexam.ui.choices import ChoiceField, FlagField, NumberField
from demoexam.ui.exams.exam_words import LEVELS
from demoexam.ui.fields import DateField, TimeField
from demoexam.ui.widgets import label

ANY = "любая"
SIDES = (
    (None, ANY),
    (Side.EMPLOYER, "работодатели"),
    (Side.EDUCATION, "колледжи"),
    (Side.OTHER, "другие"),
)
GAP = 12


class FreeForm(QWidget):
    """Two lines of fields, each under its name; a letter with Alt jumps to a field."""

    changed = Signal()

    def __init__(
        self, kits: Sequence[KitOption], first: date, last: date, kit_id: str, people: int
    ) -> None:
        super().__init__()
        self.first, self.last = DateField(optional=False), DateField(optional=False)
        self.kit, self.people = ChoiceField(), NumberField(0, 500)
        self.minutes, self.side = NumberField(0, 720), ChoiceField(SIDES)
        self.start, self.end = TimeField(), TimeField()
        self.competent = FlagField("Только кто может оценивать комплект")
        self._minutes = {one.id: one.minutes for one in kits}
        self.kit.show_options([(None, "не выбран"), *((one.id, _words(one)) for one in kits)])
        self.first.show_value(first)
        self.last.show_value(last)
        self.people.show_value(people)
        self._lay_out()
        if kit_id in self._minutes:
            self.kit.show_value(kit_id)
            self.minutes.show_value(self._minutes[kit_id])
        self._connect()

    def wanted(self) -> Wanted | None:
        """None while a day is missing."""
        first, last = self.first.value(), self.last.value()
        if first is None or last is None:
            return None
        start, end = self.start.value(), self.end.value()
        side = self.side.value()
        return Wanted(
            first=first,
            last=last,
            kit_id=self.kit.value(),
            minutes=self.minutes.value(),
            people=self.people.value(),
            side=Side(str(side)) if side else None,
            competent_only=self.competent.value(),
            hours=(start, end) if start and end and start < end else None,
        )

    def _follow_kit(self) -> None:
        self.minutes.show_value(self._minutes.get(self.kit.value(), 0))
        self.changed.emit()

    def _connect(self) -> None:
        self.kit.written.connect(lambda _kit: self._follow_kit())
        for field in (
            self.first, self.last, self.people, self.minutes, self.side, self.start, self.end,
            self.competent,
        ):  # fmt: skip
            field.written.connect(lambda _value: self.changed.emit())

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(3)
        fields: tuple[tuple[str, QWidget, int], ...] = (
            ("&С", self.first, 1), ("&По", self.last, 1), ("&Комплект", self.kit, 3),
            ("&Минут", self.minutes, 1), ("&Человек", self.people, 1),
            ("С&торона эксперта", self.side, 2), ("&Эксперт нужен с", self.start, 1),
            ("&до", self.end, 1),
        )  # fmt: skip
        for place, (title, field, stretch) in enumerate(fields):
            caption = label(title, "muted")
            caption.setBuddy(field)
            field.setAccessibleName(title.replace("&", ""))
            grid.addWidget(caption, 0, place)
            grid.addWidget(field, 1, place)
            grid.setColumnStretch(place, stretch)
        grid.addWidget(self.competent, 2, 0, 1, len(fields))


def _words(one: KitOption) -> str:
    return f"{one.code} · {LEVELS[one.level]}"
