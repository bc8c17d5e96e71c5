"""The card of an expert: contacts, places of work in time, papers, exams, conflicts."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QMenu

from demoexam.rules.shares import deciding_job
from demoexam.services.experts.card import ExpertCard, Part
from demoexam.text import day_month
from demoexam.ui.availability.absence_part import AbsencePart
from demoexam.ui.cards import Action, FindingStrip
from demoexam.ui.dialogs import open_dialog
from demoexam.ui.dialogs.employment_dialog import EmploymentDialog
from demoexam.ui.dialogs.erasure_dialog import ErasureDialog
from demoexam.ui.dialogs.expert_dialogs import (
    AbsenceDialog,
    CertificateDialog,
    CompetenceDialog,
    ConsentDialog,
    KinDialog,
    TaughtDialog,
)
from demoexam.ui.dialogs.record_dialog import RecordDialog
from demoexam.ui.directories import expert_words
from demoexam.ui.directories.duty_table import DutyTable
from demoexam.ui.directories.expert_words import CONSENT
from demoexam.ui.directories.history_button import history_button
from demoexam.ui.directories.part_list import PartLine, PartList
from demoexam.ui.directories.record_form import RecordForm
from demoexam.ui.directories.roster_source import SIDES
from demoexam.ui.directories.year_axis import Dot, Span, YearAxis
from demoexam.ui.fields import FlagField, MemoField, TextField
from demoexam.ui.inspector import Inspector
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, ElidedLabel, IconLabel, Pill, clear, row, rule
from demoexam.ui.workspace import Workspace

WIDTH = 454


class ExpertInspector(Inspector):
    """Widgets are made once and filled anew, so that a field being typed in stays as it is."""

    deleting = Signal()
    exam_opened = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(avatar=True)
        self.workspace = workspace
        self.card: ExpertCard | None = None
        remover = Button("", "trash-2", "icon", name="Удалить эксперта (Del)")
        remover.clicked.connect(self.deleting)
        self.more = Button("", "ellipsis", "icon", name="Ещё: история, персональные данные")
        self.more.clicked.connect(self.open_menu)
        for tool in (self.more, remover):
            self.tools.addWidget(tool, 0, Qt.AlignmentFlag.AlignTop)
        self.menu = QMenu(self)
        self.menu.addAction("История записи…").triggered.connect(self.show_history)
        self.menu.addSeparator()
        self.menu.addAction("Удалить персональные данные…").triggered.connect(self.ask_erasure)
        self.setMinimumWidth(WIDTH - 20)
        self._make_parts()
        self._connect()
        self._changed = ElidedLabel("", "muted")
        self.foot.addWidget(IconLabel("history", "faint", 14))
        self.foot.addWidget(self._changed, 1)
        self.history = history_button(workspace, self, lambda: ("expert", self._card().id))
        self.foot.addWidget(self.history)

    def show_card(self, card: ExpertCard, today: date) -> None:
        self.card = card
        letters = card.values["last_name"][:1] + card.values["first_name"][:1]
        self.show_title(card.name, letters)
        self._show_side(card)
        self.contacts.show_record(card.id, card.values)
        self.names.show_record(card.id, card.values)
        self._show_year(card, today)
        self.jobs.show_lines(expert_words.job_lines(card.jobs))
        self.counted.show_finding(Tone.ACCENT, card.counted, self._decision(card, today))
        self.competences.show_lines(
            [PartLine(part.id, part.title, part.detail) for part in card.competences]
        )
        self.papers.show_lines(expert_words.paper_lines(card, today))
        self.duties.show_duties(card.duties, today)
        self.absences.show_card(card, today)
        self.conflicts.show_lines(list(expert_words.conflict_lines(card)))
        self._changed.show_text(expert_words.changed_words(card.changed))

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, super().sizeHint().height())

    def add_job(self) -> None:
        self._open(EmploymentDialog)

    def load_absences(self) -> None:
        """Days of this expert from his calendar or a table."""
        open_dialog("absences", self.workspace, self, expert_id=self._card().id)

    def open_menu(self) -> None:
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def show_history(self) -> None:
        self.history.click()

    def ask_erasure(self) -> None:
        """Ask before the person's data goes for good."""
        ErasureDialog(self.workspace, self, table="expert", record_id=self._card().id).open()

    def _make_parts(self) -> None:
        self.contacts, self.names = RecordForm(2), RecordForm(3)
        self.contacts.add_field("phone", "Телефон", TextField("+7 900 000-00-00"))
        self.contacts.add_field("email", "E-mail", TextField("имя@пример.рф"))
        self.names.add_field("last_name", "Фамилия", TextField())
        self.names.add_field("first_name", "Имя", TextField())
        self.names.add_field("middle_name", "Отчество", TextField())
        self.names.add_field("note", "Заметка", MemoField(lines=2), wide=True)
        self.names.add_flag("active", "Действующий эксперт", FlagField("Действующий эксперт"))
        self.axis, self.counted = YearAxis(), FindingStrip(Tone.ACCENT)
        self.jobs = PartList(
            "Места работы", "Добавить место работы",
            "Мест работы нет: сторона эксперта неизвестна, в доле он не учитывается.", ruled=False,
        )  # fmt: skip
        self.competences = PartList(
            "Компетенции", "Добавить компетенцию", "Не указаны.", ruled=False
        )
        self.papers = PartList("Документы", "Добавить свидетельство", ruled=False)
        self.duties = DutyTable()
        self.absences = AbsencePart(self.workspace)
        self.conflicts = PartList(
            "Конфликты интересов", empty="Не отмечены. Свой колледж проверяется сам."
        )
        taught = Button("Учил группу", "plus", "link", name="Отметить: учил группу")
        kin = Button("Родственник", "plus", "link", name="Отметить: родственник студента")
        taught.clicked.connect(lambda: self._open(TaughtDialog))
        kin.clicked.connect(lambda: self._open(KinDialog))
        self.conflicts.head.addWidget(taught)
        self.conflicts.head.addWidget(kin)
        self._lay_out()

    def _lay_out(self) -> None:
        two = row(self.competences, self.papers, spacing=18)
        two.setStretch(0, 1)
        two.setStretch(1, 1)
        for part in (self.contacts, rule(), self.jobs, self.axis, self.counted, rule()):
            self.body.addWidget(part)
        self.jobs.layout().insertWidget(1, self.axis)  # type: ignore[union-attr]
        self.body.addLayout(two)
        self.body.addWidget(rule())
        self.exams = self.section("Экзамены года", self.duties)
        self.body.addWidget(self.absences)
        self.body.addWidget(self.conflicts)
        self.section("Данные", self.names)

    def _connect(self) -> None:
        self.jobs.adding.connect(self.add_job)
        self.jobs.opened.connect(self._open_job)
        self.competences.adding.connect(lambda: self._open(CompetenceDialog))
        self.competences.opened.connect(lambda key: self._open(CompetenceDialog, key))
        self.papers.adding.connect(lambda: self._open(CertificateDialog))
        self.papers.opened.connect(self._open_paper)
        self.absences.adding.connect(lambda: self._open(AbsenceDialog))
        self.absences.opened.connect(lambda key: self._open(AbsenceDialog, key))
        self.absences.loading.connect(self.load_absences)
        self.conflicts.opened.connect(self._open_conflict)
        self.duties.opened.connect(self.exam_opened)

    def _show_side(self, card: ExpertCard) -> None:
        clear(self.head)
        name, tone = SIDES[card.side]
        self.head.addWidget(Pill(f"{name} сегодня" if card.turn else name, tone))
        if card.turn is not None:
            then, tone = SIDES[card.turn.side]
            self.head.addWidget(IconLabel("arrow-right", "muted", 14))
            self.head.addWidget(Pill(f"{then} с {day_month(card.turn.day)}", tone))
        self.head.addStretch(1)

    def _show_year(self, card: ExpertCard, today: date) -> None:
        spans = [
            Span(job.organization, SIDES[job.side][1], job.valid_from, job.valid_to)
            for job in card.jobs
        ]
        dots = [
            Dot(duty.day, SIDES[duty.side][1])
            for duty in card.duties
            if not duty.held and duty.answer != "refused"
        ]
        self.axis.show_year(self.workspace.year, spans, dots, today)

    def _decision(self, card: ExpertCard, today: date) -> list[Action]:
        """The way to decide otherwise how he counts: the job that tells it."""
        job = deciding_job([each.facts() for each in card.jobs], today)
        if job is None:
            return [Action("Указать место работы", self.add_job)]
        return [Action("Изменить", lambda: self._open_job(job.id))]

    def _open_job(self, key: str) -> None:
        job = next((one for one in self._card().jobs if one.id == key), None)
        if job is not None:
            names = (
                "organization_id", "post", "valid_from", "valid_to", "is_main",
                "counts_as_employer", "override_reason",
            )  # fmt: skip
            self._show(EmploymentDialog, key, {name: getattr(job, name) for name in names})

    def _open_paper(self, key: str) -> None:
        if key == CONSENT:
            self._show(ConsentDialog, self._card().id, self._card().values)
        else:
            self._open(CertificateDialog, key)

    def _open_conflict(self, key: str) -> None:
        kind, _, ident = key.partition(" ")
        self._open(KinDialog if kind == "kin" else TaughtDialog, ident)

    def _open(self, kind: Callable[..., RecordDialog], key: str = "") -> None:
        """The form of a part: a new one, or the one named."""
        card = self._card()
        parts: list[Part] = [
            *card.certificates, *card.competences, *card.absences, *card.taught, *card.kin,
        ]  # fmt: skip
        found = next((part for part in parts if part.id == key), None)
        self._show(kind, key, found.values if found else {})

    def _show(self, kind: Callable[..., RecordDialog], key: str, values: Any) -> None:
        owner = {} if kind is ConsentDialog else {"expert_id": self._card().id}
        dialog = kind(self.workspace, self, record_id=key, values=values, fixed=owner)
        dialog.open()

    def _card(self) -> ExpertCard:
        if self.card is None:
            raise LookupError("the inspector shows nobody")
        return self.card
