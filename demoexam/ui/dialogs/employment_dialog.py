"""A place of work: dates, main or not, how it counts; the effect on the share before writing."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from demoexam.errors import UserError
from demoexam.services.directory.writes import save_record
from demoexam.services.plan.what_if import ShareChange, share_if
from demoexam.ui.cards import FindingStrip
from demoexam.ui.dialogs.record_dialog import RecordDialog
from demoexam.ui.dialogs.record_picker import RecordPicker
from demoexam.ui.fields import ChoiceField, DateField, FlagField, TextField
from demoexam.ui.tokens import Tone
from demoexam.ui.workspace import Workspace

COUNTS = (
    (None, "по виду организации"),
    (True, "как работодателя (решение координатора)"),
    (False, "не как работодателя (решение координатора)"),
)
PAUSE_MS = 150


class EmploymentDialog(RecordDialog):
    """Asks the store, after each change, what the year's share would be."""

    TABLE, NEW = "employment", "новое место работы"
    CHANGE, DELETE = "правка места работы", "удаление места работы"

    def __init__(self, workspace: Workspace, parent: QWidget, **facts: Any) -> None:
        super().__init__(workspace, parent, **facts)
        given = facts.get("values") or {}
        organization = RecordPicker(workspace, "organization", "название, ИНН или город")
        self.ask("organization_id", "&Организация", organization, needed=True)
        self.ask("post", "&Должность", TextField())
        self.ask("valid_from", "Работает &с (пусто — давно)", DateField())
        self.ask("valid_to", "&По (пусто — по сей день)", DateField())
        self.counts = ChoiceField(COUNTS)
        self.ask("counts_as_employer", "&Учитывать в доле", self.counts)
        self.ask("override_reason", "При&чина решения", TextField("договор от 01.09.2025"))
        self.main = FlagField("Основное место работы")
        self.main.show_value(given.get("is_main", True))
        self.below.addWidget(self.main)
        self.effect = FindingStrip(Tone.ACCENT)
        self.effect.hide()
        self.below.addWidget(self.effect)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.ask_effect)
        for field in (*self._fields.values(), self.main):
            field.written.connect(self._pause.start)
        self.counts.written.connect(self._ask_reason)
        self._ask_reason()

    def values(self) -> dict[str, Any]:
        return super().values() | {"is_main": self.main.value()}

    def save(self) -> None:
        self._commit_typing()
        values = self.values()
        if values["counts_as_employer"] is not None and not values["override_reason"]:
            self.tell("Укажите причину решения: её спросят при проверке доли.")
            self._fields["override_reason"].setFocus()
        else:
            super().save()

    def ask_effect(self) -> None:
        """Count the share with these values; the answer comes a moment later."""
        values = self.values()
        if not values["organization_id"]:
            return
        change = partial(save_record, table=self.TABLE, record_id=self.record_id, values=values)
        year, today = self.workspace.year, date.today()
        self.workspace.load(
            lambda session: share_if(session, change, year=year, today=today),
            self._show_effect, slot="effect", on_refused=self._show_refusal,
        )  # fmt: skip

    def _show_effect(self, change: ShareChange) -> None:
        self.effect.show_finding(Tone.ACCENT, str(change))

    def _show_refusal(self, error: UserError) -> None:
        self.effect.show_finding(Tone.WARN, f"{error} {error.hint}".strip())

    def _ask_reason(self, _value: object = None) -> None:
        decided = self.counts.value() is not None
        self._fields["override_reason"].setEnabled(decided)
        if not decided:
            self._fields["override_reason"].show_value("")
