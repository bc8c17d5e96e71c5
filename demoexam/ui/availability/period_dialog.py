"""One period of absence for several experts at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from demoexam.services.experts.availability import Period, add_period
from demoexam.text import counted
from demoexam.ui.dialogs.expert_dialogs import AbsenceDialog
from demoexam.ui.workspace import Workspace

PEOPLE = ("эксперт", "эксперта", "экспертов")


class PeriodDialog(AbsenceDialog):
    """Who has the period already is left as he is."""

    def __init__(self, workspace: Workspace, parent: QWidget, *, expert_ids: Sequence[str]) -> None:
        super().__init__(workspace, parent)
        self._expert_ids = list(expert_ids)
        told = counted(len(self._expert_ids), *PEOPLE)
        self.operation = f"недоступность: {told}"
        self.ok_button.setText(f"Отметить: {told}")

    def write(self, values: Mapping[str, Any]) -> None:
        self.ok_button.setEnabled(False)
        self.workspace.perform(
            add_period, operation=self.operation, on_done=self._close, on_refused=self.refuse,
            expert_ids=self._expert_ids, period=Period(**values),
        )  # fmt: skip
