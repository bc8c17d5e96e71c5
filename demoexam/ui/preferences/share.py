"""Настройки → Доля работодателей: the years' targets and how the share is counted."""

from datetime import date

from PySide6.QtWidgets import QGridLayout
from sqlalchemy.orm import Session

from demoexam.rules.terms import CountMethod, SideDate
from demoexam.services.college.college import change_setting, college_settings, set_target, targets
from demoexam.ui.fields import ChoiceField, FlagField, Form, NumberField
from demoexam.ui.preferences.section import Section
from demoexam.ui.widgets import Button, clear, column, label, row
from demoexam.ui.workspace import Workspace

COUNTS = (
    (CountMethod.PERSONS, "по людям: каждый эксперт один раз"),
    (CountMethod.ASSIGNMENTS, "по назначениям: каждое участие в экзамене"),
    (CountMethod.ROSTER, "по реестру: все действующие эксперты"),
)
SIDES = (
    (SideDate.LAST, "по последнему экзамену года"),
    (SideDate.ANY, "работодатель, если был им хотя бы раз"),
    (SideDate.MOST, "по большинству экзаменов года"),
)
PER_ROW = 4


class ShareSection(Section):
    TITLE = "Доля работодателей"
    ICON = "chart-column"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        card = self.card("Цели по годам", "год без своей цели берёт последнюю прежнюю")
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        self.targets: dict[int, NumberField] = {}
        self.more = Button("Добавить год", "plus", "small")
        self.more.clicked.connect(self._add_year)
        self.falling = label("", "tone-small", tone="warn", wrap=True)
        card.add(self._grid, row(self.more, None), self.falling)
        self._add_counting()

    def show_values(self, session: Session) -> None:
        settings, known = college_settings(session), targets(session)
        if list(known) != list(self.targets):
            self._lay_out(list(known))
        for year, percent in known.items():
            self.targets[year].show_value(percent)
        self._warn(known)
        self.count.show_value(settings.share_count)
        self.side.show_value(settings.share_side)
        self.chief.show_value(settings.share_count_chief)

    def _lay_out(self, years: list[int]) -> None:
        clear(self._grid)
        self.targets = {}
        for number, year in enumerate(years):
            field = NumberField(0, 100, "%")
            field.setAccessibleName(f"Цель {year} года")
            self.targets[year] = field
            self.write_with(field, set_target, f"цель {year} года", year=year, named="percent")
            cell = column(label(str(year), "muted"), field, spacing=2)
            self._grid.addLayout(cell, number // PER_ROW, number % PER_ROW)

    def _add_year(self) -> None:
        last = max(self.targets, default=date.today().year - 1)
        percent = self.targets[last].value() if last in self.targets else 70
        self.workspace.perform(
            set_target, operation=f"цель {last + 1} года", year=last + 1, percent=percent
        )

    def _warn(self, known: dict[int, int]) -> None:
        """Targets have only risen so far: a falling one is probably a slip."""
        pairs = zip(list(known.items()), list(known.items())[1:], strict=False)
        falls = [f"{year} года" for (_, before), (year, percent) in pairs if percent < before]
        self.falling.setText(
            f"Цель {', '.join(falls)} ниже прежней: проверьте число." if falls else ""
        )
        self.falling.setVisible(bool(falls))

    def _add_counting(self) -> None:
        card = self.card("Как считать")
        self.count, self.side = ChoiceField(COUNTS), ChoiceField(SIDES)
        self.chief = FlagField("Считать главного эксперта")
        form = Form(beside=True)
        form.add("&Что считать", self.count)
        form.add("&Сторона сменившего работу", self.side)
        form.add("", self.chief)
        self.chief.setAccessibleName("Считать главного эксперта")
        card.add(form)
        self.write_with(self.count, change_setting, "способ подсчёта доли", key="share_count")
        self.write_with(self.side, change_setting, "сторона эксперта в доле", key="share_side")
        self.write_with(
            self.chief, change_setting, "главный эксперт в доле", key="share_count_chief"
        )
