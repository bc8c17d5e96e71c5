"""A new organization; and the change of its kind, told by what it does to the share."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from demoexam.errors import UserError
from demoexam.rules.terms import KIND_NAMES, OrganizationKind
from demoexam.services.directory.directory import industries
from demoexam.services.directory.writes import save_record
from demoexam.services.plan.what_if import ShareChange, share_if
from demoexam.ui.cards import FindingStrip
from demoexam.ui.dialogs.record_dialog import RecordDialog
from demoexam.ui.fields import ChoiceField, TextField
from demoexam.ui.tokens import Tone
from demoexam.ui.workspace import Workspace

KINDS = tuple((kind, KIND_NAMES[kind]) for kind in OrganizationKind)


class OrganizationDialog(RecordDialog):
    TABLE, NEW, CHANGE = "organization", "новая организация", "правка организации"

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(workspace, parent)
        self.ask("short_name", "&Название", TextField("ООО «Вектор»"), needed=True)
        self.ask("kind", "&Вид", ChoiceField(KINDS)).show_value(OrganizationKind.EMPLOYER)
        self.ask("inn", "&ИНН", TextField("10 цифр"))
        self.ask("city", "&Город", TextField())
        options = [(None, "не указана"), *workspace.read(industries)]
        self.ask("industry_id", "&Отрасль", ChoiceField(options))


class KindDialog(RecordDialog):
    """Another kind moves all its experts to another side: shown before it is written."""

    TABLE, CHANGE = "organization", "смена вида организации"

    def __init__(self, workspace: Workspace, parent: QWidget, **facts: Any) -> None:
        super().__init__(workspace, parent, **facts)
        self.kind = self.ask("kind", "&Вид организации", ChoiceField(KINDS))
        self.effect = FindingStrip(Tone.ACCENT)
        self.effect.hide()
        self.below.addWidget(self.effect)
        self.kind.written.connect(self.ask_effect)
        self.ask_effect()

    def ask_effect(self, _kind: object = None) -> None:
        """Count the share with the kind chosen; the answer comes a moment later."""
        change = partial(
            save_record, table=self.TABLE, record_id=self.record_id, values=self.values()
        )
        year, today = self.workspace.year, date.today()
        self.workspace.load(
            lambda session: share_if(session, change, year=year, today=today),
            self._show_effect,
            slot="effect",
            on_refused=self._show_refusal,
        )

    def _show_effect(self, change: ShareChange) -> None:
        self.effect.show_finding(Tone.ACCENT, str(change))

    def _show_refusal(self, error: UserError) -> None:
        self.effect.show_finding(Tone.WARN, f"{error} {error.hint}".strip())
