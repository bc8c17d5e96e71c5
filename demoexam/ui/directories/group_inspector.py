"""The group beside the list: its exams, its students, its own facts."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from demoexam.exchange.vocabulary import Kind
from demoexam.models.groups import Examinee
from demoexam.rules.terms import STATE_NAMES
from demoexam.services.directory.cards import GroupCard
from demoexam.services.directory.directory import GroupExam
from demoexam.services.directory.writes import delete_records, names_groups
from demoexam.services.experts.card import values_of
from demoexam.services.records.records import change_record, live_record
from demoexam.text import clock, counted, short_date
from demoexam.ui.carrier import Carrier
from demoexam.ui.dialogs.group_dialogs import PasteDialog, StudentDialog
from demoexam.ui.dialogs.record_picker import RecordPicker
from demoexam.ui.directories.card_inspector import CardInspector
from demoexam.ui.directories.part_list import PartLine, PartList
from demoexam.ui.directories.student_table import StudentTable
from demoexam.ui.fields import NumberField, TextField
from demoexam.ui.table_files import Everything
from demoexam.ui.widgets import Button, clear, fill, label, row
from demoexam.ui.workspace import Workspace

STUDENTS = ("студент", "студента", "студентов")


class GroupInspector(CardInspector):
    TABLE = "study_group"

    examining = Signal()
    splitting = Signal()
    exam_opened = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, "группу", columns=3)
        self.exams = PartList("Экзамены", empty="Экзамен ещё не назначен.", ruled=False)
        self.exams.opened.connect(self.exam_opened)
        self.to_exam = Button("На экзамен", "clipboard-check", "small")
        self.to_exam.clicked.connect(self.examining)
        self.to_shifts = Button("", "layers", "icon", name="Разбить группу на смены…")
        self.to_shifts.clicked.connect(self.splitting)
        self.exams.head.addWidget(self.to_shifts)
        self.exams.head.addWidget(self.to_exam)
        self._make_form()
        self.body.addWidget(self.exams)
        self.body.addWidget(self.form)
        self.students = StudentTable(workspace)
        self.carrier = Carrier(
            workspace, self.students, "Студенты группы", STUDENTS, kind=Kind.STUDENTS,
            everything=Everything(Kind.STUDENTS), pasting=self.paste_students,
        )  # fmt: skip
        self._place_students()

    def show_card(self, card: GroupCard) -> None:
        self.record_id = card.id
        self.show_title(f"Группа {card.values['name']}")
        clear(self.head)
        self.add_remark(f"{card.college} · {card.specialty}".strip(" ·"))
        self.form.show_record(card.id, card.values)
        self.exams.show_lines([_exam(exam) for exam in card.exams])
        self.students.show_group(card.id)
        number = self.students.students.rowCount()
        self.count.setText(counted(number, *STUDENTS))
        self.show_change(card.changed)
        QTimer.singleShot(0, self, self._fit_facts)  # once the new lines are laid out

    def add_student(self) -> None:
        self._open_student("")

    def paste_students(self) -> None:
        """A plain list of names goes into this group; a table that names groups is imported."""
        if names_groups(QGuiApplication.clipboard().text()):
            self.carrier.paste()
            return
        table = self.students.students
        known = [table.cell(number, 0).text for number in range(table.rowCount())]
        PasteDialog(self.workspace, self, group_id=self.record_id, known=known).open()

    def delete_students(self) -> None:
        if chosen := self.students.chosen_ids():
            number = counted(len(chosen), *STUDENTS)
            self.workspace.perform(
                delete_records, operation=f"удаление из группы: {number}", table="examinee",
                record_ids=chosen,
            )  # fmt: skip

    def mark_assistant(self) -> None:
        """Turn the flag of the student under the cursor."""
        if ident := self.students.current_id():
            needed = self.workspace.read(
                lambda session: live_record(session, table="examinee", record_id=ident)
            )
            flag = not needed.needs_assistant if isinstance(needed, Examinee) else True
            self.workspace.perform(
                change_record, operation="отметка «нужен ассистент»", table="examinee",
                record_id=ident, values={"needs_assistant": flag},
            )  # fmt: skip

    def _make_form(self) -> None:
        add = self.form.add_field
        add("name", "Название", TextField())
        add("year", "Год выпуска", NumberField(2020, 2100))
        add("head_count", "По плану", NumberField(0, 500, "чел."))
        picker = RecordPicker(self.workspace, "specialty", "код или название")
        add("specialty_id", "Специальность или профессия", picker, wide=True)

    def _place_students(self) -> None:
        """Below the scrolling facts, with a scroll bar of their own."""
        self.count = label("", "title")
        add = Button("Добавить", "plus", "link", name="Добавить студента (Ins)")
        paste = Button("Вставить список", "copy", "link", name="Вставить список (Ctrl+V)")
        export = Button("", "download", "link", name="Выгрузить студентов… (Ctrl+E)")
        export.clicked.connect(self.carrier.export)
        panel = QFrame()
        head = row(self.count, None, add, paste, export, spacing=8, margins=(16, 4, 16, 4))
        self.carrier.bind_export(panel)
        panel.setLayout(fill(QVBoxLayout(), head, self.students, spacing=0))
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(3, panel)
            layout.setStretch(2, 1)
            layout.setStretch(3, 1)
        add.clicked.connect(self.add_student)
        paste.clicked.connect(self.paste_students)
        self.students.adding.connect(self.add_student)
        self.students.pasting.connect(self.paste_students)
        self.students.deleting.connect(self.delete_students)
        self.students.marking.connect(self.mark_assistant)
        self.students.opened.connect(self._open_student)

    def _fit_facts(self) -> None:
        """The facts take no more height than they need; the students have the rest."""
        scroll = self.findChild(QScrollArea)
        facts = scroll.widget() if scroll is not None else None
        if scroll is not None and facts is not None:
            scroll.setMaximumHeight(facts.sizeHint().height() + 2)

    def _open_student(self, key: str) -> None:
        values = {}
        if key:
            values = self.workspace.read(
                lambda session: values_of(live_record(session, table="examinee", record_id=key))
            )
        dialog = StudentDialog(
            self.workspace, self, record_id=key, values=values,
            fixed={} if key else {"group_id": self.record_id},
        )  # fmt: skip
        dialog.open()


def _exam(exam: GroupExam) -> PartLine:
    starts = exam.starts_at
    day = f"{short_date(starts.date())}, {clock(starts)}" if starts else "дата не назначена"
    state = "отложен: противоречит плану" if exam.held else STATE_NAMES[exam.state]
    icon, tone = ("triangle-alert", "bad") if exam.held else ("clipboard-check", "")
    return PartLine(
        exam.session_id, day, state, icon, tone, button="Открыть экзамен", sign="arrow-right"
    )


def exam_words(exams: Sequence[GroupExam]) -> str:
    """«18.06.2026, объявлен»; the next of several."""
    if not exams:
        return ""
    first = exams[0]
    day = short_date(first.starts_at.date()) if first.starts_at else "без даты"
    more = f" +{len(exams) - 1}" if len(exams) > 1 else ""
    return f"{day}, {STATE_NAMES[first.state]}{more}"
