"""The students of one group: a table with keys of its own."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from demoexam.models.groups import Examinee
from demoexam.services.directory.directory import StudentLine, student_lines
from demoexam.text import short_date
from demoexam.ui.directories.line_source import LineSource, column
from demoexam.ui.query_table import Cell, Column, QueryTable, Row
from demoexam.ui.table_view import TableView
from demoexam.ui.tokens import Tone
from demoexam.ui.workspace import Workspace

COLUMNS = (
    column(Column("name", "Студент", 220, stretch=True), Examinee.skey),
    column(Column("assistant", "Ассистент", 92), Examinee.needs_assistant.desc()),
    column(Column("exam", "Экзамен", 100)),
)


class StudentTable(TableView):
    """Enter opens, Ins adds, Ctrl+V pastes a list, Del deletes, Space marks the assistant."""

    adding = Signal()
    pasting = Signal()
    deleting = Signal()
    marking = Signal()

    def __init__(self, workspace: Workspace) -> None:
        self.group_id = ""
        source = LineSource(
            workspace, Examinee, COLUMNS, natural=Examinee.skey, shown=_row, lines=student_lines,
            where=lambda: (Examinee.group_id == self.group_id,),
        )  # fmt: skip
        self.students = QueryTable(source)
        super().__init__(self.students, "Студенты группы")
        self.students.setParent(self)

    def show_group(self, group_id: str) -> None:
        if group_id == self.group_id:
            with self.keeping():
                self.students.reload()
        else:
            self.group_id = group_id
            self.students.reload()
        empty = "Вставьте список из Excel (Ctrl+V) или добавьте студента (Ins)."
        self.show_nothing("" if self.students.rowCount() else empty)

    def event(self, event: QEvent) -> bool:
        """Keys that mean something for the whole window mean the student here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            ours = event.key() in {Qt.Key.Key_Insert, Qt.Key.Key_Delete, Qt.Key.Key_Space}
            if ours or event.matches(QKeySequence.StandardKey.Paste):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        told = {
            Qt.Key.Key_Insert: self.adding,
            Qt.Key.Key_Delete: self.deleting,
            Qt.Key.Key_Space: self.marking,
        }.get(Qt.Key(event.key()))
        if event.matches(QKeySequence.StandardKey.Paste):
            told = self.pasting
        if told is not None:
            told.emit()
        else:
            super().keyPressEvent(event)


def _row(line: StudentLine) -> Row:
    assistant = Cell("нужен", tone=Tone.WARN, pill=True) if line.needs_assistant else ""
    return Row(
        line.id,
        (
            Cell(line.name, tip=line.note),
            assistant,
            Cell(short_date(line.exam_day)) if line.exam_day else Cell("нет", tone=Tone.GREY),
        ),
    )
