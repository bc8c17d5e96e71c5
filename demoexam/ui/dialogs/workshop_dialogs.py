"""The small forms of workshops: a new one, its exam center, its places."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from html import escape
from typing import Any

from PySide6.QtWidgets import QWidget

from demoexam.services.college.college import college_settings
from demoexam.services.directory.writes import save_record
from demoexam.services.plan.what_if import Broken, broken_if, change_and_hold
from demoexam.services.records import choices
from demoexam.text import counted
from demoexam.ui.dialogs.record_dialog import RecordDialog
from demoexam.ui.dialogs.record_picker import RecordPicker
from demoexam.ui.fields import ChoiceField, NumberField, TextField
from demoexam.ui.tokens import Tone
from demoexam.ui.workspace import Workspace

WIDE = 560
TOLD = 4  # broken exams named one by one


class WorkshopDialog(RecordDialog):
    TABLE, NEW, CHANGE = "workshop", "новая мастерская", "правка мастерской"

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(workspace, parent)
        own = workspace.read(college_settings).own_college or None
        self.ask("name", "&Название", TextField("Сварочные технологии"), needed=True)
        college = RecordPicker(workspace, "organization", "чья мастерская")
        self.ask("organization_id", "&Организация", college, needed=True).show_value(own)
        centers = workspace.read(choices.centers)
        options = [(None, "не указан"), *centers]
        center = self.ask("exam_center_id", "&Центр проведения", ChoiceField(options))
        center.show_value(centers[0][0] if len(centers) == 1 else None)
        self.ask("room", "&Кабинет", TextField())
        self.ask("places", "&Рабочих мест", NumberField(1, 200)).show_value(1)


class CenterDialog(RecordDialog):
    """The exam center's name and address stand in the header of every paper."""

    TABLE, NEW = "exam_center", "новый центр проведения экзамена"
    CHANGE = "правка центра проведения экзамена"

    def __init__(self, workspace: Workspace, parent: QWidget, **facts: Any) -> None:
        super().__init__(workspace, parent, **facts)
        self.ask("name", "&Название", TextField("ЦПДЭ № 1"), needed=True)
        self.ask("address", "&Адрес", TextField("г. Казань, ул. Учебная, д. 1"))


class RecheckedDialog(RecordDialog):
    """A change of a workshop that may break planned exams: they are named before it is made."""

    def __init__(self, workspace: Workspace, parent: QWidget, **facts: Any) -> None:
        super().__init__(workspace, parent, **facts)
        self.workshop_id = self.record_id
        self._values: Mapping[str, Any] = {}
        self._warned: Mapping[str, Any] | None = None
        self.setMinimumWidth(WIDE)

    def write(self, values: Mapping[str, Any]) -> None:
        """Ask first which exams it breaks; the second time with the same values make it."""
        if values == self._warned:
            self._change_and_hold(values)
            return
        self._values = dict(values)
        self.ok_button.setEnabled(False)
        change = partial(
            save_record, table=self.TABLE, record_id=self.record_id, values=dict(values)
        )
        self.workspace.load(
            partial(broken_if, change=change, workshop_id=self.workshop_id, today=date.today()),
            self._warn,
            slot="broken",
            on_refused=self.refuse,
        )

    def _warn(self, found: Sequence[Broken]) -> None:
        if not found:
            super().write(self._values)
            return
        self._warned = self._values
        number = len({one.session_id for one in found})
        told = [f"<b>Нарушит {counted(number, 'экзамен', 'экзамена', 'экзаменов')}.</b>"]
        told += [f"• {escape(one.reason)}" for one in found[:TOLD]]
        if len(found) > TOLD:
            told.append(f"• и ещё {len(found) - TOLD}")
        told.append("Если изменить, они уйдут из плана и будут ждать исправления.")
        self.tell("<br>".join(told), Tone.WARN)
        self.ok_button.setText("Изменить всё равно")

    def _change_and_hold(self, values: Mapping[str, Any]) -> None:
        self.workspace.perform(
            change_and_hold, operation=self.operation, on_done=self.finish,
            on_refused=self.refuse, table=self.TABLE, record_id=self.record_id,
            values=dict(values), workshop_id=self.workshop_id, today=date.today(),
        )  # fmt: skip


class PlacesDialog(RecheckedDialog):
    TABLE, CHANGE = "workshop", "число рабочих мест"

    def __init__(self, workspace: Workspace, parent: QWidget, **facts: Any) -> None:
        super().__init__(workspace, parent, **facts)
        self.ask("places", "&Рабочих мест", NumberField(1, 200))
