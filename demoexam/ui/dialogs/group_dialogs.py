"""A new group, one student, and a list of students pasted from a table."""

from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from demoexam.services.college.college import college_settings
from demoexam.services.directory.writes import PastedName, add_students, read_names
from demoexam.services.records import choices
from demoexam.text import counted, full_name
from demoexam.ui.dialogs.erasure_dialog import ErasureDialog
from demoexam.ui.dialogs.record_dialog import RecordDialog
from demoexam.ui.dialogs.record_picker import RecordPicker
from demoexam.ui.directories.history_button import history_button
from demoexam.ui.fields import FlagField, NumberField, TextField
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, label, row
from demoexam.ui.workspace import Workspace

TOLD = 5  # wrong lines named one by one


class GroupDialog(RecordDialog):
    TABLE, NEW, CHANGE = "study_group", "новая группа", "правка группы"

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(workspace, parent)
        own = workspace.read(college_settings).own_college or None
        self.ask("name", "&Название", TextField("ИС-41"), needed=True)
        college = RecordPicker(
            workspace, "organization", "колледж",
            find=lambda session, typed: choices.find_colleges(session, typed=typed),
        )  # fmt: skip
        self.ask("college_id", "&Колледж", college, needed=True).show_value(own)
        specialty = RecordPicker(workspace, "specialty", "код или название")
        self.ask("specialty_id", "&Специальность или профессия", specialty)
        self.ask("year", "&Год выпуска", NumberField(2020, 2100)).show_value(workspace.year)
        self.ask("head_count", "&Студентов по плану", NumberField(0, 500))


class StudentDialog(RecordDialog):
    TABLE, NEW = "examinee", "новый студент"
    CHANGE, DELETE = "правка студента", "удаление студента"

    def __init__(self, workspace: Workspace, parent: QWidget, **facts: Any) -> None:
        super().__init__(workspace, parent, **facts)
        self.ask("last_name", "&Фамилия", TextField(), needed=True)
        self.ask("first_name", "&Имя", TextField(), needed=True)
        self.ask("middle_name", "&Отчество", TextField("если есть"))
        self.ask("note", "&Заметка", TextField())
        self.assistant = FlagField("Нужен ассистент")
        self.assistant.show_value((facts.get("values") or {}).get("needs_assistant", False))
        self.below.addWidget(self.assistant)
        if self.record_id:
            self.below.addLayout(self._make_links())

    def ask_erasure(self) -> None:
        """Instead of this form: what is typed here would be written over the erased."""
        over, ident = self.parentWidget(), self.record_id
        self.reject()
        ErasureDialog(self.workspace, over, table=self.TABLE, record_id=ident).open()

    def _make_links(self) -> Any:
        history = history_button(self.workspace, self, lambda: (self.TABLE, self.record_id))
        erase = Button("Удалить персональные данные…", look="link")
        erase.clicked.connect(self.ask_erasure)
        for each in (history, erase):
            each.setAutoDefault(False)
        return row(history, erase, None, spacing=12)

    def values(self) -> dict[str, Any]:
        return super().values() | {"needs_assistant": self.assistant.value()}


class PasteDialog(RecordDialog):
    """Names, one a line; what will be added is told while one types."""

    TABLE, NEW = "examinee", "список студентов"

    def __init__(
        self, workspace: Workspace, parent: QWidget, *, group_id: str, known: list[str]
    ) -> None:
        super().__init__(workspace, parent)
        self._group, self._known = group_id, known
        self._names: list[PastedName] = []
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText("Абрамова Анна Ильинична\nБелов Олег Петрович")
        self.text.setMinimumHeight(220)
        self.text.setTabChangesFocus(True)
        self.count = label("", "soft", wrap=True)
        self.form.add("&ФИО студентов, по одному в строке", self.text)
        self.below.addWidget(self.count)
        self.text.textChanged.connect(self._preview)
        self.text.setPlainText(_pasted())
        self._preview()

    def save(self) -> None:
        names = [name for name in self._names if not name.problem]
        self.ok_button.setEnabled(False)
        self.workspace.perform(
            add_students,
            operation=f"список студентов: {counted(len(names), 'человек', 'человека', 'человек')}",
            on_done=self._close, on_refused=self.refuse, group_id=self._group,
            names=names,
        )  # fmt: skip

    def _preview(self) -> None:
        self._names = read_names(self.text.toPlainText(), self._known)
        sound = [name for name in self._names if not name.problem]
        wrong = [name for name in self._names if name.problem]
        students = counted(len(sound), "студент", "студента", "студентов")
        self.count.setText(f"Будет добавлено: {students}.")
        self.ok_button.setText(f"Добавить {len(sound)}" if sound else "Добавить")
        self.ok_button.setEnabled(bool(sound))
        self.strip.show_finding(Tone.WARN, "<br>".join(_told(wrong)))


def _told(wrong: list[PastedName]) -> list[str]:
    if not wrong:
        return []
    lines = [f"Не будет добавлено: {len(wrong)}."]
    for name in wrong[:TOLD]:
        who = full_name(name.last_name, name.first_name, name.middle_name)
        lines.append(f"• {who}: {name.problem}")
    return lines


def _pasted() -> str:
    """What lies on the clipboard, if it looks like a list of names."""
    text = QGuiApplication.clipboard().text()
    return text if any(not name.problem for name in read_names(text)) else ""
