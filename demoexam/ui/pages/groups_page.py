"""Study groups and, beside the list, the students of the one under the cursor."""

from functools import partial

from sqlalchemy import ColumnElement, func, select

from demoexam.exchange.vocabulary import Kind
from demoexam.models.exams import ExamSession
from demoexam.models.groups import Examinee, StudyGroup
from demoexam.models.kits import Specialty
from demoexam.models.organizations import Organization
from demoexam.services.directory.cards import GroupCard, group_card
from demoexam.services.directory.directory import GroupLine, group_lines
from demoexam.services.exports.table_export import students_of
from demoexam.ui import theme
from demoexam.ui.dialogs import open_dialog
from demoexam.ui.dialogs.group_dialogs import GroupDialog
from demoexam.ui.directories.directory_page import DirectoryPage
from demoexam.ui.directories.group_inspector import GroupInspector, exam_words
from demoexam.ui.directories.line_source import LineSource, column
from demoexam.ui.list_page import SIDE_BY_SIDE
from demoexam.ui.query_table import Cell, Column, Row
from demoexam.ui.table_files import Everything
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Chip
from demoexam.ui.workspace import Workspace

EXAMS = ((None, "все"), (True, "назначен"), (False, "не назначен"))


class GroupsPage(DirectoryPage):
    """Places: {"id"}, {"filter"}."""

    TITLE = "Группы"
    NOUNS = ("группа", "группы", "групп")
    TABLE, ADD, ONE = "study_group", "Новая группа", "группы"
    EVERYTHING = Everything(
        Kind.STUDENTS, "Сту&денты этих групп (можно загрузить обратно)",
        numbers=students_of,
    )  # fmt: skip
    PASTED = Kind.STUDENTS
    TABLES = frozenset(
        {"study_group", "examinee", "exam_session", "exam_place", "organization", "specialty"}
    )

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._unseen = True
        self.this_year = Chip("Год", ((None, "все"), (True, "выбранный вверху")))
        self.planned = Chip("Экзамен", EXAMS)
        self.card = GroupInspector(workspace)
        empty = self.empty_state(
            "graduation-cap", "Пока нет ни одной группы",
            "Загрузите список студентов из Excel: группы запишутся вместе с ними. Или добавьте "
            "группу вручную и вставьте в неё фамилии, по одной в строке.",
        )  # fmt: skip
        self.build(
            self._source(), placeholder="Название группы", empty=empty,
            chips=(self.this_year, self.planned), tools=(self.load_button(),), inspector=self.card,
        )  # fmt: skip
        self.finish()
        self.write_through(self.card.form)
        self.card.deleting.connect(lambda: self.delete([self.record_id]))
        self.card.examining.connect(self.send_to_exam)
        self.card.splitting.connect(self.split_into_shifts)
        self.card.exam_opened.connect(lambda ident: self.going.emit("exams", {"id": ident}))

    def reload(self) -> None:
        """The first time, the first group's students are shown beside the list."""
        super().reload()
        if self._unseen and self.table.rowCount() and self.width() >= theme.px(SIDE_BY_SIDE):
            self._unseen = False
            self.view.selectRow(0)
            self.open_record(self.view.current_id())

    def show_record(self, record_id: str) -> None:
        self.record_id = record_id
        self.workspace.load(
            partial(group_card, record_id=record_id), self._show_card, slot="group",
            on_refused=self.leave_card,
        )  # fmt: skip

    def add(self) -> None:
        dialog = GroupDialog(self.workspace, self)
        dialog.saved.connect(self.show_new)
        dialog.open()

    def send_to_exam(self) -> None:
        """A new exam of the group, on its page."""
        if self.record_id:
            self.going.emit("exams", {"new": {"group_id": self.record_id}})

    def split_into_shifts(self) -> None:
        """Exams of the group that fit into a workshop, one after another."""
        if self.record_id:
            open_dialog("shifts", self.workspace, self, group_id=self.record_id)

    def _show_card(self, card: GroupCard) -> None:
        if card.id == self.record_id:
            self.card.show_card(card)

    def _source(self) -> LineSource:
        students = (
            select(func.count())
            .where(Examinee.group_id == StudyGroup.id, Examinee.live())
            .scalar_subquery()
        )
        day = (
            select(func.min(ExamSession.starts_at))
            .where(ExamSession.group_id == StudyGroup.id, ExamSession.live())
            .scalar_subquery()
        )
        columns = (
            column(Column("name", "Группа", 110), StudyGroup.skey),
            column(Column("college", "Колледж", 180, minor=True), Organization.skey, joined=True),
            column(
                Column("specialty", "Специальность", 180, stretch=True), Specialty.code,
                joined=True,
            ),
            column(Column("year", "Год", 60, right=True), StudyGroup.year),
            column(Column("students", "Студентов", 92, right=True), students),
            column(Column("exam", "Экзамен", 178), day),
        )  # fmt: skip
        return LineSource(
            self.workspace, StudyGroup, columns, natural=StudyGroup.skey, shown=_row,
            lines=group_lines, where=self._conditions,
            join=lambda query: query.join(
                Organization, Organization.id == StudyGroup.college_id
            ).outerjoin(Specialty, Specialty.id == StudyGroup.specialty_id),
        )  # fmt: skip

    def _conditions(self) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self.this_year.value():
            found.append(StudyGroup.year == self.workspace.year)
        if self.planned.value() is not None:
            planned = select(ExamSession.group_id).where(ExamSession.live())
            has = StudyGroup.id.in_(planned)
            found.append(has if self.planned.value() else ~has)
        return found


def _row(line: GroupLine) -> Row:
    students = str(line.students)
    if line.planned is not None and line.planned != line.students:
        students = f"{line.students} из {line.planned}"
    exam = exam_words(line.exams)
    held = any(exam.held for exam in line.exams)
    return Row(
        line.id,
        (
            Cell(line.name, strong=True),
            Cell(line.college, tip=line.college),
            Cell(line.specialty or "не указана", tip=line.specialty),
            str(line.year or ""),
            students,
            Cell(exam or "не назначен", tone=Tone.BAD if held else "" if exam else Tone.WARN),
        ),
    )
