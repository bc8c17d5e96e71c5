"""Настройки → Бумаги: the word for a kit's code, numbers of documents, the scale of grades."""

from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from demoexam.documents.numbers import USUAL, document_number
from demoexam.services.college.college import (
    change_setting,
    college_settings,
    grade_bounds,
    set_grade_bounds,
)
from demoexam.services.papers.number_pattern import change_number_pattern, number_pattern
from demoexam.ui.fields import ChoiceField, Form, NumberField, TextField
from demoexam.ui.preferences.section import Section
from demoexam.ui.widgets import column, label, row
from demoexam.ui.workspace import Workspace

TERMS = (("КОД", "КОД: комплект оценочной документации"), ("ФОД", "ФОД: фонд оценочных средств"))
EXAMPLES = (("14", "3.9", 2026), ("14", "3.17", 2026, 3))
GRADES = (("three", "«3» от"), ("four", "«4» от"), ("five", "«5» от"))


class PapersSection(Section):
    TITLE = "Бумаги и оценки"
    ICON = "file-text"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        card = self.card("Слова в бумагах")
        self.term = ChoiceField(TERMS)
        form = Form(beside=True)
        form.add("&Комплект называть", self.term)
        card.add(form)
        self.write_with(self.term, change_setting, "слово для комплекта", key="kit_term")
        self._add_numbers()
        self._add_grades()

    def show_values(self, session: Session) -> None:
        settings = college_settings(session)
        if settings.kit_term not in dict(TERMS):
            self.term.show_options([*TERMS, (settings.kit_term, settings.kit_term)])
        self.term.show_value(settings.kit_term)
        pattern = number_pattern(session)
        self.numbers.show_value(pattern)
        numbers = [document_number(pattern, *one) for one in EXAMPLES]
        self.example.setText(f"Например: {numbers[0]}; третий экземпляр: {numbers[1]}.")
        for field, bound in zip(self.bounds.values(), grade_bounds(session), strict=True):
            field.show_value(bound)

    def _add_numbers(self) -> None:
        card = self.card("Номера документов", "кроме полей — латинские буквы и знаки - / . _")
        self.numbers, self.example = TextField(USUAL), label("", "muted", wrap=True)
        form = Form(beside=True)
        form.add("&Номер", self.numbers)
        words = (
            "{head} — номер экзамена, {form} — номер формы, {year} — год. Напечатанное прежде "
            "сохраняет свой номер и отмечается как устаревшее."
        )
        card.add(form, self.example, label(words, "muted", wrap=True))
        self.write_with(self.numbers, change_number_pattern, "номера документов")

    def _add_grades(self) -> None:
        card = self.card("Шкала оценок", "доля набранных баллов, %")
        self.bounds = {name: NumberField(1, 100, "%") for name, _ in GRADES}
        fields = row(spacing=12)
        for name, title in GRADES:
            self.bounds[name].setAccessibleName(title)
            self.bounds[name].written.connect(self._write)
            fields.addLayout(column(label(title, "muted"), self.bounds[name], spacing=2))
        fields.addStretch(1)
        words = "Ниже границы «3» — оценка «2». До перевода в оценку баллы не округляются."
        card.add(fields, label(words, "muted", wrap=True))

    def _write(self, _value: object) -> None:
        bounds: dict[str, Any] = {name: one.value() for name, one in self.bounds.items()}
        self.workspace.perform(partial(set_grade_bounds, **bounds), operation="шкала оценок")
