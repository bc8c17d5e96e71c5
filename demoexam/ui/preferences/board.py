"""Настройки → Комиссия и подписи: who signs, the board of a year, names in their cases."""

from datetime import date

from PySide6.QtGui import QShowEvent
from sqlalchemy.orm import Session

from demoexam.models.organizations import Organization
from demoexam.services.college.college import college_settings
from demoexam.services.college.day_timing import change_day_timing, day_timing
from demoexam.services.papers.board import BoardCard, board_card, copy_board, write_board_order
from demoexam.services.papers.signers import change_signer, college_signers
from demoexam.services.records.records import change_record
from demoexam.ui.fields import (
    ChoiceField,
    DateField,
    Field,
    Form,
    NumberField,
    TextField,
    TimeField,
)
from demoexam.ui.preferences.board_people import BoardPeople
from demoexam.ui.preferences.cases_card import CasesCard
from demoexam.ui.preferences.section import Section
from demoexam.ui.widgets import Button, label, row
from demoexam.ui.workspace import Workspace

HEAD = (
    ("head_post", "&Должность руководителя", "Директор"),
    ("head_name", "&Руководитель", "Иванов Иван Иванович"),
)
SIGNERS = (
    ("deputy_post", "Должность &заместителя", "Заместитель директора по учебно-…"),
    ("deputy_name", "За&меститель, подписывает план", "Иванов Иван Иванович"),
    ("coordinator_name", "&Координатор", "Иванов Иван Иванович"),
)
NO_COLLEGE = "Сначала назовите свой колледж в разделе «Колледж»."


class BoardSection(Section):
    TITLE = "Комиссия и подписи"
    ICON = "users"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._college = ""
        self._add_signers()
        self._add_board()
        self._add_timing()
        self.cases = CasesCard(workspace)
        self._cards.addWidget(self.cases)

    def show_values(self, session: Session) -> None:
        self._college = college_settings(session).own_college
        college = session.get(Organization, self._college) if self._college else None
        signers, timing = college_signers(session), day_timing(session)
        for name, _, _ in HEAD:
            self.signers[name].show_value(getattr(college, name) if college else "")
            self.signers[name].setEnabled(college is not None)
        for name, _, _ in SIGNERS:
            self.signers[name].show_value(getattr(signers, name))
        self._show_years()
        self._show_board(session)
        for name, field in self.timing.items():
            field.show_value(_shown(getattr(timing, name)))
        self._load_cases()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._load_cases()

    def _load_cases(self) -> None:
        if self.isVisible():
            self.cases.load(self._college, self._shown_year())

    def _add_signers(self) -> None:
        card = self.card("Кто подписывает", "пустое имя оставляет черту для записи от руки")
        self.signers = {name: TextField(hint) for name, _, hint in (*HEAD, *SIGNERS)}
        form = Form(beside=True)
        for name, title, _ in (*HEAD, *SIGNERS):
            form.add(title, self.signers[name])
        card.add(form)
        for name, _, _ in HEAD:
            self.signers[name].written.connect(lambda value, name=name: self._write(name, value))
        for name, title, _ in SIGNERS:
            words = f"подпись: {title.replace('&', '').partition(',')[0].lower()}"
            self.write_with(self.signers[name], change_signer, words, key=name)

    def _add_board(self) -> None:
        card = self.card("Государственная экзаменационная комиссия", "состав на календарный год")
        self.year, self.number, self.day = ChoiceField(), TextField("15-у"), DateField()
        self.year.written.connect(lambda _year: self.reload_board())
        titles = ("&Год", "Номер &приказа", "Д&ата приказа")
        order = row(spacing=12)
        for title, field in zip(titles, (self.year, self.number, self.day), strict=True):
            form = Form()
            form.add(title, field)
            order.addWidget(form, 1)
        self.people = BoardPeople(self.workspace)
        self.copy = Button("Взять прошлогодний состав", "copy", "small")
        self.copy.clicked.connect(self._copy)
        self.no_college = label(NO_COLLEGE, "tone-small", tone="warn", wrap=True)
        card.add(order, self.no_college, self.people, row(self.copy, None))
        for field in (self.number, self.day):
            field.written.connect(lambda _value: self._write_order())

    def _add_timing(self) -> None:
        card = self.card("План дня", "для формы 3.2; остальное — по датам и часам экзаменов")
        self.timing: dict[str, Field] = {
            "preparation_from": TimeField(),
            "break_minutes": NumberField(0, 120, "мин"),
            "break_after": NumberField(0, 480, "мин"),
            "results": NumberField(0, 480, "мин"),
        }
        titles = (
            "Начало подготовительного дня",
            "Перерыв, если он входит в часы экзамена",
            "Перерыв начинается после",
            "Оценивание, протокол и заседание ГЭК",
        )
        form = Form(beside=True)
        for (name, field), title in zip(self.timing.items(), titles, strict=True):
            form.add(title, field)  # type: ignore[arg-type]  # every field is a widget
            field.written.connect(lambda value, name=name: self._write_timing(name, value))
        card.add(form)

    def reload_board(self) -> None:
        with self.workspace.store.reading() as session:
            self._show_board(session)
        self._load_cases()

    def _shown_year(self) -> int:
        return int(self.year.value() or self.workspace.year)

    def _show_years(self) -> None:
        """The chosen year stays; at first it is the one all pages speak of."""
        first = self.year.count() == 0
        years = sorted({self.workspace.year, *range(date.today().year + 1, 2021, -1)}, reverse=True)
        self.year.show_options([(year, str(year)) for year in years])
        if first:
            self.year.show_value(self.workspace.year)

    def _show_board(self, session: Session) -> None:
        year = self._shown_year()
        card = (
            board_card(session, college_id=self._college, year=year)
            if self._college
            else BoardCard()
        )
        self.number.show_value(card.order_number)
        self.day.show_value(card.order_date)
        self.people.show_seats(self._college, year, card.seats)
        self.copy.setVisible(card.earlier is not None)
        self.copy.setText(f" Взять состав {card.earlier} года")
        self.no_college.setVisible(not self._college)
        for field in (self.number, self.day):
            field.setEnabled(bool(self._college))

    def _copy(self) -> None:
        self.workspace.perform(
            copy_board, operation="прошлогодний состав комиссии", college_id=self._college,
            year=self._shown_year(),
        )  # fmt: skip

    def _write_order(self) -> None:
        self.workspace.perform(
            write_board_order, operation="приказ о составе комиссии", college_id=self._college,
            year=self._shown_year(), number=self.number.value(), day=self.day.value(),
        )  # fmt: skip

    def _write_timing(self, name: str, value: object) -> None:
        kept = f"{value:%H:%M}" if name == "preparation_from" and value else value
        self.workspace.perform(
            change_day_timing, operation="сроки дня", key=name, value=kept,
            on_refused=lambda error: self.timing[name].show_problem(str(error)),
        )  # fmt: skip

    def _write(self, name: str, value: str) -> None:
        self.workspace.perform(
            change_record, operation="руководитель колледжа", table="organization",
            record_id=self._college, values={name: value},
        )  # fmt: skip


def _shown(value: object) -> object:
    from datetime import time

    return time.fromisoformat(value) if isinstance(value, str) else value
