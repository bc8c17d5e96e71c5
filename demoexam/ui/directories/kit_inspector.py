"""The card of a kit: how long it lasts, how many experts it needs, what it is marked by."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from demoexam.rules.terms import EXAM_LEVEL_NAMES
from demoexam.services.directory.cards import KitCard
from demoexam.services.experts.card import Part
from demoexam.text import counted, points
from demoexam.ui.cards import FindingStrip
from demoexam.ui.dialogs.kit_dialogs import LEVELS, ModuleDialog, StaffingDialog
from demoexam.ui.dialogs.record_dialog import RecordDialog
from demoexam.ui.directories.card_inspector import CardInspector
from demoexam.ui.directories.part_list import PartLine, PartList
from demoexam.ui.directories.points_field import PointsField
from demoexam.ui.directories.words_field import WordsField
from demoexam.ui.fields import ChoiceField, NumberField, TextField
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, Pill, clear
from demoexam.ui.workspace import Workspace


class KitInspector(CardInspector):
    TABLE = "assessment_kit"

    duplicating = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, "комплект")
        self._card: KitCard | None = None
        copier = Button("", "copy", "icon", name="Копия на следующий год (F9)")
        copier.clicked.connect(self.duplicating)
        self.add_tool(copier)
        self._make_form()
        self.staffing = PartList(
            "Сколько нужно экспертов", "Добавить строку численности",
            "Таблицы нет: программа не сможет проверить численность группы.",
        )  # fmt: skip
        self.modules = PartList(
            "Модули задания", "Добавить модуль", "Модулей нет: баллы ставить некуда.", ruled=False
        )
        self.sum = FindingStrip(Tone.WARN)
        for part in (self.form, self.staffing, self.modules, self.sum):
            self.body.addWidget(part)
        for parts, kind in ((self.staffing, StaffingDialog), (self.modules, ModuleDialog)):
            parts.adding.connect(lambda kind=kind: self._edit(kind, ""))
            parts.opened.connect(lambda key, kind=kind: self._edit(kind, key))

    def show_card(self, card: KitCard) -> None:
        self._card, self.record_id = card, card.id
        self.show_title(card.values["code"])
        clear(self.head)
        self.head.addWidget(Pill(EXAM_LEVEL_NAMES[card.values["level"]].capitalize()))
        self.add_remark(card.specialty)
        self.form.show_record(card.id, card.values)
        self.staffing.show_lines([_staffing(part) for part in card.staffing])
        self.modules.show_lines([_module(part) for part in card.modules])
        self.sum.show_finding(Tone.WARN, _difference(card))
        self.show_change(card.changed)

    def _make_form(self) -> None:
        add = self.form.add_field
        add("code", "Шифр", TextField(), wide=True)
        add("title", "Название", TextField(), wide=True)
        add("level", "Уровень", ChoiceField(LEVELS))
        add("year", "Год", NumberField(2020, 2100))
        add("minutes", "Время одного дня", NumberField(1, 720, "мин"))
        add("exam_days", "Дней", NumberField(1, 2))
        add("core_points", "Баллов в общей части", PointsField())
        add("variable_points", "Баллов в вариативной части", PointsField())
        add("equipment", "Нужное оборудование, через запятую", WordsField(), wide=True)

    def _edit(self, kind: Callable[..., RecordDialog], key: str) -> None:
        if self._card is None:
            return
        found = [*self._card.staffing, *self._card.modules]
        values = next((part.values for part in found if part.id == key), None)
        if values is None and kind is ModuleDialog:
            numbers = [part.values["number"] for part in self._card.modules]
            values = {"number": max(numbers, default=0) + 1}
        dialog = kind(
            self.workspace, self, record_id=key, values=values,
            fixed={} if key else {"kit_id": self.record_id},
        )  # fmt: skip
        dialog.open()


def _staffing(part: Part) -> PartLine:
    values = part.values
    start, end = values["workplaces_from"], values["workplaces_to"]
    places = f"{start} и больше мест" if end is None else f"{start}–{end} мест"
    advised = values["recommended"]
    detail = f"рекомендуется {advised}" if advised else ""
    return PartLine(part.id, places, detail, "users", right=f"не меньше {values['minimum']}")


def _module(part: Part) -> PartLine:
    values = part.values
    title = f"{values['number']}. {values['title'] or 'без названия'}"
    time = f"{values['minutes']} мин" if values["minutes"] else ""
    return PartLine(part.id, title, time, right=f"{points(values['max_points'])} б.")


def _difference(card: KitCard) -> str:
    """The sum of the modules must be the kit's maximum."""
    if not card.modules or card.points == card.module_points:
        return ""
    modules = counted(len(card.modules), "модуль", "модуля", "модулей")
    return (
        f"{modules} дают {points(card.module_points)} б., а у комплекта {points(card.points)} б. "
        "Исправьте модули или баллы комплекта."
    )
