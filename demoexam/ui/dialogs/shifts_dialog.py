"""«Разбить на смены»: what would become of a group that is larger than the workshop."""

from collections.abc import Sequence
from datetime import date, time
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QWidget

from demoexam.errors import RulesBroken, UserError
from demoexam.services.exams.draft import Choices, GroupChoice, choices
from demoexam.services.exams.shift_experts import staffed_shifts
from demoexam.services.exams.shift_making import make_shifts
from demoexam.services.exams.shifts import Shift, propose_shifts, splitting_of
from demoexam.services.plan.plan_guard import Saved
from demoexam.text import counted
from demoexam.ui.cards import FindingStrip
from demoexam.ui.dialogs.exam_form import FIRST_HOUR, SEATS, STUDENTS, SearchChoice
from demoexam.ui.dialogs.list_layout import fit_window
from demoexam.ui.dialogs.shifts_rows import lacking_words, shift_row, together_words
from demoexam.ui.exams.exam_words import LEVELS
from demoexam.ui.fields import DateField, TimeField
from demoexam.ui.page import scrolled
from demoexam.ui.query_table import Column
from demoexam.ui.short_table import ShortTable
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, column, label, row, rule
from demoexam.ui.workspace import Workspace

SIZE, LEAST = (900, 520), (640, 420)
SHIFTS = ("смену", "смены", "смен")
COLUMNS = (
    Column("number", "Смена", 70),
    Column("day", "День", 140),
    Column("hours", "Часы", 110),
    Column("count", "Человек", 80, right=True),
    Column("people", "С кого по кого", 220, stretch=True),
    Column("experts", "Эксперты", 150),
)
SAME_GROUP = "&Сразу назначить экспертов: тех же, где они свободны, на остальные места подобрать"
MISSING = "Выберите комплект, мастерскую и день: смены появятся здесь."
NOT_NEEDED = "Все помещаются сразу: делить на смены не нужно."


class ShiftsDialog(QDialog):
    """Shows the shifts as they are chosen; one button makes all of them. `made` tells the ids."""

    made = Signal(object)

    def __init__(
        self, workspace: Workspace, parent: QWidget | None = None, *, group_id: str = "",
        kit_id: str = "", workshop_id: str = "", day: date | None = None,
        start: time | None = None, session_id: str = "",
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.workspace, self._session_id, self._group_id = workspace, session_id, group_id
        self.kit, self.workshop = SearchChoice("Комплект"), SearchChoice("Мастерская")
        self.day, self.start = DateField(), TimeField()
        self.table = ShortTable("Смены", COLUMNS, "Смен пока нет")
        self.said, self.refusal = label("", "soft", wrap=True), FindingStrip(Tone.BAD)
        self.experts = QCheckBox(SAME_GROUP)
        self.experts.setChecked(True)
        self.split_button = Button("Разбить на смены", "layers", "primary")
        self.shifts: Sequence[Shift] = ()
        self._fill(workshop_id, kit_id, day, start)
        self._assemble()
        self._connect()
        self.propose()

    def propose(self) -> None:
        """Ask what the shifts would be for what is chosen now."""
        self.refusal.hide()
        day, start = self.day.value(), self.start.value()
        if not (self.kit.value() and self.workshop.value() and day and start):
            self._show_nothing(MISSING)
            return
        proposal = staffed_shifts if self.experts.isChecked() else propose_shifts
        query = partial(
            proposal, **self._where(), day=day, first_start=start, session_id=self._session_id
        )
        self.workspace.load(query, self._show, slot="shifts", on_refused=self._cannot)

    def _where(self) -> dict[str, Any]:
        return {
            "group_id": self._group_id,
            "kit_id": self.kit.value(),
            "workshop_id": self.workshop.value(),
        }

    def split(self) -> None:
        """Make the shifts that are shown; a refusal is told in the dialog, which stays open."""
        self.split_button.setEnabled(False)
        number = counted(len(self.shifts), *SHIFTS)
        self.workspace.perform(
            make_shifts, operation=f"группа {self._group.name} разбита на {number}",
            on_done=self._done, on_refused=self._refuse, shifts=self.shifts, **self._where(),
        )  # fmt: skip

    def _show(self, shifts: Sequence[Shift]) -> None:
        self.shifts = shifts
        self.table.show_rows([shift_row(number, one) for number, one in enumerate(shifts, start=1)])
        several = len(shifts) > 1
        self.said.setText(self._effect(shifts) if several else NOT_NEEDED)
        words = f"Разбить на {counted(len(shifts), *SHIFTS)}" if several else "Разбить на смены"
        self.split_button.setText(f" {words}")
        self.split_button.setAccessibleName(words)
        self.split_button.setEnabled(several)

    def _effect(self, shifts: Sequence[Shift]) -> str:
        kept = sum(bool(one.session_id) for one in shifts)
        new = counted(len(shifts) - kept, "новый экзамен", "новых экзамена", "новых экзаменов")
        stays = "Уже назначенный экзамен станет первой сменой. " if kept == 1 else ""
        if kept > 1:
            stays = f"Уже назначенные экзамены ({kept}) станут первыми сменами. "
        bare = "" if self.experts.isChecked() else ", пока без экспертов"
        added = f"Появится {new}{bare}. " if len(shifts) > kept else ""
        told = f"{stays}{added}{lacking_words(shifts)}{together_words(shifts)}"
        return f"{told}Рабочие места распределит жеребьёвка каждой смены."

    def _show_nothing(self, words: str) -> None:
        self.shifts = ()
        self.table.show_rows([])
        self.said.setText(words)
        self.split_button.setEnabled(False)

    def _cannot(self, error: UserError) -> None:
        self._show_nothing("")
        self._tell(error)

    def _refuse(self, error: UserError) -> None:
        self.split_button.setEnabled(True)
        self._tell(error)

    def _tell(self, error: UserError) -> None:
        broken = error.violations if isinstance(error, RulesBroken) else ()
        text = "<br>".join(map(str, broken)) or f"<b>{error}</b> {error.hint}"
        self.refusal.show_finding(Tone.BAD, text)

    def _done(self, saved: Sequence[Saved]) -> None:
        self.made.emit([one.id for one in saved])
        self.accept()

    # -- building -------------------------------------------------------------------------

    def _fill(self, workshop_id: str, kit_id: str, day: date | None, start: time | None) -> None:
        offered = self.workspace.read(choices)
        group, sitting = self._group_id, self._session_id
        known = self.workspace.read(
            lambda session: splitting_of(session, group_id=group, session_id=sitting)
        )
        self._group_id = known.group_id
        self._group: GroupChoice = next(g for g in offered.groups if g.id == self._group_id)
        self._offer(offered, kit_id or known.kit_id)
        self.workshop.show_value(workshop_id or known.workshop_id or None)
        begin = known.starts_at
        self.day.show_value(day or (begin.date() if begin else None))
        self.start.show_value(start or (begin.time() if begin else FIRST_HOUR))

    def _offer(self, offered: Choices, kit_id: str) -> None:
        """Kits of the group's specialty, or all if there is none; the last one is the likeliest."""
        fitting = [
            one
            for one in offered.kits
            if one.specialty_id == self._group.specialty_id or one.id == kit_id
        ]
        kits = fitting or offered.kits
        self.kit.show_options([(one.id, f"{one.code} · {LEVELS[one.level]}") for one in kits])
        self.kit.show_value(kit_id or (kits[-1].id if kits else None))
        self.workshop.show_options(
            [(one.id, f"{one.name} · {counted(one.places, *SEATS)}") for one in offered.workshops]
        )

    def _assemble(self) -> None:
        self.setWindowTitle("Разбить на смены")
        self.refusal.hide()
        people = counted(self._group.head_count, *STUDENTS)
        title = label(f"Группа {self._group.name}: {people}", "section")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        fields: list[tuple[str, QWidget, int]] = [
            ("&Комплект", self.kit, 4), ("&Мастерская", self.workshop, 4),
            ("&Первый день", self.day, 2), ("&Начало", self.start, 1),
        ]  # fmt: skip
        for at, (name, field, wide) in enumerate(fields):
            caption = label(name, "muted")
            caption.setBuddy(field)
            field.setAccessibleName(name.replace("&", ""))
            grid.addWidget(caption, 0, at)
            grid.addWidget(field, 1, at)
            grid.setColumnStretch(at, wide)
        cancel = Button("Отмена")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.split_button.setDefault(True)
        table = scrolled(self.table)
        body = column(
            title, 4, grid, 8, table, 6, self.experts, self.said, self.refusal,
            spacing=4, margins=(20, 16, 20, 12),
        )  # fmt: skip
        body.setStretch(4, 1)
        foot = row(None, cancel, self.split_button, margins=(20, 10, 20, 12))
        layout = column(body, rule(), foot, spacing=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        fit_window(self, SIZE, LEAST)

    def _connect(self) -> None:
        self.kit.chosen.connect(self.propose)
        self.workshop.chosen.connect(self.propose)
        self.day.written.connect(lambda _day: self.propose())
        self.start.written.connect(lambda _start: self.propose())
        self.experts.toggled.connect(lambda _on: self.propose())
        self.split_button.clicked.connect(lambda _checked: self.split())
