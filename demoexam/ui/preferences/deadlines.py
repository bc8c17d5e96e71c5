"""Настройки → Сроки: how many days before an exam each thing must be done, and by which law."""

from typing import Any

from PySide6.QtWidgets import QGridLayout
from sqlalchemy.orm import Session

from demoexam.rules.deadlines import TERMS, Term
from demoexam.rules.notice import Counting
from demoexam.services.deadlines.terms import LONGEST, change_term, deadline_terms
from demoexam.ui.fields import ChoiceField, Field, NumberField, TextField
from demoexam.ui.preferences.section import Section
from demoexam.ui.widgets import label
from demoexam.ui.workspace import Workspace

COUNTINGS = ((Counting.CALENDAR, "календарных дней"), (Counting.WORKING, "рабочих дней"))
NAMES = {
    "title": "Что должно быть сделано",
    "days": "Дней",
    "counting": "Каких",
    "source": "Основание",
}
BEFORE = "не позже чем за столько дней до первого дня экзамена"
AFTER = "не позже чем через столько дней после последнего дня; 0 — в тот же день"
EXPLAINED = (
    "Рабочие дни считаются по производственному календарю. Очищенное поле вернёт слова "
    "программы. Сроки видны в карточке экзамена, на странице «Обзор» и в выгрузке в календарь."
)


class DeadlinesSection(Section):
    TITLE = "Сроки"
    ICON = "calendar"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.fields: dict[tuple[str, str], Field] = {}
        for title, remark, after in (("До экзамена", BEFORE, False), ("После", AFTER, True)):
            grid = QGridLayout()
            grid.setHorizontalSpacing(8)
            grid.setVerticalSpacing(4)
            grid.setColumnStretch(0, 1)
            for term in TERMS.values():
                if term.after is after:
                    self._add(grid, term)
            self.card(title, remark).add(grid)
        self.card("").add(label(EXPLAINED, "muted", wrap=True))

    def show_values(self, session: Session) -> None:
        for code, term in deadline_terms(session).items():
            for name in NAMES:
                self.fields[code, name].show_value(getattr(term, name))

    def _add(self, grid: QGridLayout, term: Term) -> None:
        """Two lines: what, how many days of which kind; and the law."""
        made: dict[str, Any] = {
            "title": TextField(term.title),
            "days": NumberField(0, LONGEST, "дн."),
            "counting": ChoiceField(COUNTINGS),
            "source": TextField(term.source),
        }
        line = grid.rowCount()
        grid.setRowMinimumHeight(line, 8)
        for place, (name, field) in enumerate(made.items()):
            field.setAccessibleName(f"{NAMES[name]}: {term.title}")
            self.fields[term.code, name] = field
            self.write_with(
                field, change_term, f"срок: {term.title[:1].lower()}{term.title[1:]}",
                code=term.code, name=name,
            )  # fmt: skip
            if name == "source":
                grid.addWidget(field, line + 2, 0, 1, 3)
            else:
                grid.addWidget(field, line + 1, place)
