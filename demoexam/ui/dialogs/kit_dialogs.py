"""The small forms of assessment kits: a new kit, a line of its staffing table, a module."""

from typing import Any

from PySide6.QtWidgets import QWidget

from demoexam.rules.terms import EXAM_LEVEL_NAMES, ExamLevel
from demoexam.ui.dialogs.record_dialog import RecordDialog
from demoexam.ui.dialogs.record_picker import RecordPicker
from demoexam.ui.directories.points_field import PointsField
from demoexam.ui.fields import ChoiceField, NumberField, TextField
from demoexam.ui.workspace import Workspace

LEVELS = tuple((level, EXAM_LEVEL_NAMES[level]) for level in ExamLevel)
NO_LIMIT = 0


class KitDialog(RecordDialog):
    """`term` is what the college calls a kit: КОД or КИМ."""

    TABLE, NEW, CHANGE = "assessment_kit", "новый комплект", "правка комплекта"

    def __init__(self, workspace: Workspace, parent: QWidget, *, term: str) -> None:
        super().__init__(workspace, parent)
        year = workspace.year
        picker = RecordPicker(workspace, "specialty", "код или название")
        self.ask("specialty_id", "&Специальность или профессия", picker, needed=True)
        code = TextField(f"{term} 09.02.07-2-{year}")
        self.ask("code", f"&Шифр {term}", code, needed=True)
        self.ask("level", "&Уровень", ChoiceField(LEVELS)).show_value(ExamLevel.BASIC)
        self.ask("year", "&Год", NumberField(2020, 2100)).show_value(year)
        self.ask("minutes", "&Длительность одного дня", NumberField(1, 720, "мин"))
        self._fields["minutes"].show_value(180)
        self.ask("exam_days", "Д&ней", NumberField(1, 2)).show_value(1)
        self.ask("core_points", "&Баллов в общей части", PointsField())
        self.ask("variable_points", "Баллов в &вариативной части", PointsField())


class StaffingDialog(RecordDialog):
    """So many workplaces need so many experts, the chief not counted."""

    TABLE, NEW = "staffing_rule", "строка численности экспертов"
    CHANGE, DELETE = "правка численности экспертов", "удаление строки численности"

    def __init__(self, workspace: Workspace, parent: QWidget, **facts: Any) -> None:
        super().__init__(workspace, parent, **facts)
        self.ask("workplaces_from", "Рабочих мест &от", NumberField(1, 500))
        upper = NumberField(NO_LIMIT, 500)
        upper.setSpecialValueText("и больше")
        self.ask("workplaces_to", "&до", upper)
        self.ask("minimum", "Экспертов &не меньше", NumberField(1, 100))
        advised = NumberField(NO_LIMIT, 100)
        advised.setSpecialValueText("не указано")
        self.ask("recommended", "&Рекомендуется", advised)

    def values(self) -> dict[str, Any]:
        values = super().values()
        for name in ("workplaces_to", "recommended"):
            values[name] = values[name] or None
        return values


class ModuleDialog(RecordDialog):
    TABLE, NEW = "task_module", "новый модуль задания"
    CHANGE, DELETE = "правка модуля", "удаление модуля"

    def __init__(self, workspace: Workspace, parent: QWidget, **facts: Any) -> None:
        super().__init__(workspace, parent, **facts)
        self.ask("number", "&Номер", NumberField(1, 99))
        self.ask("title", "Н&азвание", TextField())
        self.ask("minutes", "&Время", NumberField(0, 720, "мин"))
        self.ask("max_points", "&Баллов, не больше", PointsField(), needed=True)
