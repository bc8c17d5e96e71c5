"""The small forms of an expert's card: certificate, consent, competence, absence, conflicts."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from demoexam.rules.terms import ROLE_NAMES, Role
from demoexam.services.directory.writes import Namesake, namesakes
from demoexam.ui.cards import Action
from demoexam.ui.dialogs.record_dialog import RecordDialog
from demoexam.ui.dialogs.record_picker import RecordPicker
from demoexam.ui.fields import DateField, FlagField, TextField
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import column
from demoexam.ui.workspace import Workspace


class ExpertDialog(RecordDialog):
    """A new expert; one who may be in the roster already is asked about first."""

    TABLE, NEW, CHANGE = "expert", "новый эксперт", "правка эксперта"

    known = Signal(str)  # the user took the one who was there already

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(workspace, parent)
        self._sure = False
        self._values: Mapping[str, Any] = {}
        self.ask("last_name", "&Фамилия", TextField(), needed=True)
        self.ask("first_name", "&Имя", TextField(), needed=True)
        self.ask("middle_name", "&Отчество", TextField("если есть"))
        self.ask("phone", "&Телефон", TextField("+7 900 000-00-00"))
        self.ask("email", "&E-mail", TextField())
        self.ask("consent_on", "&Согласие на обработку данных получено", DateField())

    def write(self, values: Mapping[str, Any]) -> None:
        if self._sure:
            super().write(values)
            return
        self._values = values
        names = {name: str(values[name] or "") for name in NAMES}
        self.workspace.load(
            lambda session: namesakes(session, **names),
            self._ask_about,
            slot="namesakes",
        )

    def _ask_about(self, found: list[Namesake]) -> None:
        if not found:
            super().write(self._values)
            return
        one = found[0]
        self.tell(
            f"Такой эксперт уже есть: {one.name} ({one.reason}).",
            Tone.WARN,
            Action("Открыть его", lambda: self._take(one.id)),
            Action("Всё равно добавить", self._add_anyway),
        )

    def _take(self, record_id: str) -> None:
        self.known.emit(record_id)
        self.reject()

    def _add_anyway(self) -> None:
        self._sure = True
        self.save()


NAMES = ("last_name", "first_name", "middle_name", "phone", "email")


class CertificateDialog(RecordDialog):
    TABLE, NEW = "certificate", "новое свидетельство"
    CHANGE, DELETE = "правка свидетельства", "удаление свидетельства"

    def __init__(self, workspace: Workspace, parent: QWidget, **facts: Any) -> None:
        super().__init__(workspace, parent, **facts)
        self.ask("kind", "&Вид документа", TextField("Свидетельство эксперта"))
        self.ask("number", "&Номер", TextField(), needed=True)
        self.ask("issued_by", "Кем в&ыдано", TextField())
        self.ask("issued_on", "&Дата выдачи", DateField())
        self.ask("valid_until", "Действует &до (пусто — бессрочно)", DateField())


class ConsentDialog(RecordDialog):
    TABLE, CHANGE = "expert", "согласие на обработку данных"

    def __init__(self, workspace: Workspace, parent: QWidget, **facts: Any) -> None:
        super().__init__(workspace, parent, **facts)
        self.ask("consent_on", "&Получено", DateField())
        self.ask("consent_document", "&Документ", TextField("номер, где хранится"))
        self.ask("consent_withdrawn", "&Отозвано", DateField())


class CompetenceDialog(RecordDialog):
    """A specialty or one kit of it, and the roles in which the expert may take part."""

    TABLE, NEW = "competence", "новая компетенция"
    CHANGE, DELETE = "правка компетенции", "удаление компетенции"

    def __init__(self, workspace: Workspace, parent: QWidget, **facts: Any) -> None:
        super().__init__(workspace, parent, **facts)
        picker = RecordPicker(workspace, "specialty", "код или название")
        self.ask("specialty_id", "&Специальность или профессия", picker)
        self.ask("kit_id", "&Комплект, если только он", RecordPicker(workspace, "assessment_kit"))
        given = (facts.get("values") or {}).get("roles", [Role.SCORING])
        self.roles = {role: FlagField(ROLE_NAMES[role].capitalize()) for role in Role}
        for role, flag in self.roles.items():
            flag.show_value(role in given)
        self.below.addLayout(column(*self.roles.values(), spacing=2))

    def values(self) -> dict[str, Any]:
        roles = [role.value for role, flag in self.roles.items() if flag.value()]
        return super().values() | {"roles": roles}

    def save(self) -> None:
        self._commit_typing()
        values = self.values()
        if not values["specialty_id"] and not values["kit_id"]:
            self.tell("Выберите специальность или комплект.")
        elif not values["roles"]:
            self.tell("Отметьте хотя бы одну роль.")
        else:
            super().save()


class AbsenceDialog(RecordDialog):
    TABLE, NEW = "unavailability", "недоступность эксперта"
    CHANGE, DELETE = "правка недоступности", "удаление недоступности"

    def __init__(self, workspace: Workspace, parent: QWidget, **facts: Any) -> None:
        super().__init__(workspace, parent, **facts)
        self.ask("from_day", "&С", DateField(optional=False), needed=True)
        self.ask("to_day", "&По", DateField(optional=False), needed=True)
        self.ask("reason", "П&ричина", TextField("отпуск, командировка"))
        self.only = FlagField("Наоборот: может только в эти дни")
        self.only.show_value((facts.get("values") or {}).get("only_these", False))
        self.soft = FlagField("Только пожелание: если нужно, согласится")
        self.soft.show_value((facts.get("values") or {}).get("soft", False))
        self.below.addWidget(self.only)
        self.below.addWidget(self.soft)

    def values(self) -> dict[str, Any]:
        return super().values() | {"only_these": self.only.value(), "soft": self.soft.value()}

    def save(self) -> None:
        self._commit_typing()
        values = self.values()
        if values["from_day"] and values["to_day"] and values["from_day"] > values["to_day"]:
            self.tell("Период кончается раньше, чем начинается. Исправьте даты.")
        else:
            super().save()


class TaughtDialog(RecordDialog):
    """R2: the expert taught or teaches the group."""

    TABLE, NEW = "teaching_link", "эксперт учил группу"
    CHANGE, DELETE = "правка: эксперт учил группу", "снятие отметки «учил группу»"

    def __init__(self, workspace: Workspace, parent: QWidget, **facts: Any) -> None:
        super().__init__(workspace, parent, **facts)
        self.ask("group_id", "&Группа", RecordPicker(workspace, "study_group"), needed=True)
        self.ask("note", "&Чему и когда", TextField("вёл практику в 2025 году"))


class KinDialog(RecordDialog):
    """R3: the expert is a relative of the examinee."""

    TABLE, NEW = "kinship_link", "эксперт — родственник студента"
    CHANGE, DELETE = "правка родства", "снятие отметки о родстве"

    def __init__(self, workspace: Workspace, parent: QWidget, **facts: Any) -> None:
        super().__init__(workspace, parent, **facts)
        picker = RecordPicker(workspace, "examinee", "фамилия студента")
        self.ask("examinee_id", "&Студент", picker, needed=True)
        self.ask("note", "&Степень родства", TextField())
