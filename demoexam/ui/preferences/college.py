"""Настройки → Колледж: how it is written in the papers, its logo, the year to begin with."""

from datetime import date

from sqlalchemy.orm import Session

from demoexam.models.organizations import Organization
from demoexam.services.college.college import change_setting, college_settings, found_college
from demoexam.services.records.records import change_record
from demoexam.ui.fields import ChoiceField, Form, TextField
from demoexam.ui.preferences.letterhead_cards import LogoCard, WordingCard
from demoexam.ui.preferences.section import Section
from demoexam.ui.widgets import label
from demoexam.ui.workspace import Workspace

FIELDS = (
    ("short_name", "Краткое &название", "Колледж связи"),
    ("full_name", "&Полное название, как в бумагах", "Государственное бюджетное …"),
    ("founder", "Учредитель", "Министерство образования … области"),
    ("legal_form", "Вид учреждения для шапки", "Государственное бюджетное учреждение"),
    ("inn", "&ИНН", "10 цифр"),
    ("city", "&Город", ""),
    ("address", "&Адрес", ""),
    ("head_post", "&Должность руководителя", "Директор"),
    ("head_name", "Руководитель", "Иванов Иван Иванович"),
    ("phone", "&Телефон", ""),
    ("email", "&E-mail", ""),
)


class CollegeSection(Section):
    TITLE = "Колледж"
    ICON = "graduation-cap"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._college = ""
        card = self.card("Колледж", "так он печатается в шапке и подписях")
        self.fields = {name: TextField(hint) for name, _, hint in FIELDS}
        form = Form(beside=True)
        for name, title, _ in FIELDS:
            form.add(title, self.fields[name])
            self.fields[name].written.connect(lambda value, name=name: self._write(name, value))
        card.add(form)
        self.logo, self.wording = LogoCard(workspace), WordingCard(workspace)
        self._cards.addWidget(self.logo)
        self._cards.addWidget(self.wording)
        self._add_year()

    def show_values(self, session: Session) -> None:
        settings = college_settings(session)
        self._college = settings.own_college
        college = session.get(Organization, settings.own_college) if settings.own_college else None
        for name, field in self.fields.items():
            field.show_value(getattr(college, name) or "" if college else "")
            field.setEnabled(college is not None or name == "short_name")
        self.logo.show_values(session)
        self.wording.show_values(session)
        self.year.show_value(settings.working_year)

    def _add_year(self) -> None:
        card = self.card("Рабочий год")
        years = range(date.today().year + 1, date.today().year - 5, -1)
        self.year = ChoiceField([(0, "ближайший с экзаменами"), *((y, str(y)) for y in years)])
        form = Form(beside=True)
        form.add("&Открывать программу на годе", self.year)
        card.add(form, label("Год можно сменить и в верхней строке окна.", "muted"))
        self.write_with(self.year, change_setting, "рабочий год", key="working_year")

    def _write(self, name: str, value: str) -> None:
        if self._college:
            self.workspace.perform(
                change_record, operation="реквизиты колледжа", table="organization",
                record_id=self._college, values={name: value or None if name == "inn" else value},
                on_refused=lambda error: self._refuse(name, error),
            )  # fmt: skip
        else:
            self.workspace.perform(found_college, operation="свой колледж", name=value)

    def _refuse(self, name: str, error: Exception) -> None:
        self.fields[name].show_problem(str(error))
        self.workspace.refused.emit(error)
