"""Who of the expert group assesses what, and where: one table of texts, written at once."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLineEdit, QScrollArea, QWidget

from demoexam.errors import UserError
from demoexam.rules.duties import Share
from demoexam.services.exams.duties import ExpertDuty, duties, set_duties
from demoexam.ui.cards import FindingStrip
from demoexam.ui.dialogs.list_layout import fit_window
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, ElidedLabel, column, label, row
from demoexam.ui.workspace import Workspace

SIZE, LEAST = (820, 470), (620, 340)
NAME, PLACES = 230, 150  # px of the columns at the sides
TOLD = (
    "Так напечатает протокол 3.5 «О распределении обязанностей». Главный и технический эксперты "
    "результаты не оценивают, их здесь нет."
)


class DutiesDialog(QDialog):
    """A line for each scoring expert; Enter writes them all, Esc leaves all as it was."""

    saved = Signal()

    def __init__(
        self, workspace: Workspace, parent: QWidget, *, session_id: str, group: str
    ) -> None:
        super().__init__(parent)
        self.workspace, self._session_id, self._group = workspace, session_id, group
        self._experts: Sequence[ExpertDuty] = ()
        self.fields: list[tuple[QLineEdit, QLineEdit]] = []  # duty, workplaces
        self.share = Button("Распределить поровну", "wand-sparkles")
        self.ok_button = Button("Сохранить", look="primary")
        self.strip = FindingStrip(Tone.BAD)
        self._grid = QGridLayout()
        self._assemble()
        query = partial(duties, session_id=session_id)
        workspace.load(query, self._show, slot="duties")

    def propose(self) -> None:
        """Fill all lines anew; nothing is written until one saves."""
        for expert, (duty, places) in zip(self._experts, self.fields, strict=True):
            duty.setText(expert.proposed.duty)
            places.setText(expert.proposed.workplaces)

    def save(self) -> None:
        self.ok_button.setEnabled(False)
        shares = {
            expert.assignment_id: Share(duty.text(), places.text())
            for expert, (duty, places) in zip(self._experts, self.fields, strict=True)
        }
        self.workspace.perform(
            set_duties, operation=f"обязанности экспертов: {self._group}",
            on_done=self._finish, on_refused=self._refuse,
            session_id=self._session_id, shares=shares,
        )  # fmt: skip

    def _finish(self, _nothing: object) -> None:
        self.saved.emit()
        self.accept()

    def _refuse(self, error: UserError) -> None:
        self.ok_button.setEnabled(True)
        self.strip.show_finding(Tone.BAD, f"{error} {error.hint}".strip(), ())

    def _show(self, experts: Sequence[ExpertDuty]) -> None:
        self._experts = experts
        for number, expert in enumerate(experts, start=1):
            name = ElidedLabel(expert.name)
            duty, places = QLineEdit(expert.duty), QLineEdit(expert.workplaces)
            duty.setAccessibleName(f"{expert.name}: обязанность")
            places.setAccessibleName(f"{expert.name}: рабочие места")
            duty.setPlaceholderText(expert.proposed.duty)
            places.setPlaceholderText(expert.proposed.workplaces)
            for at, widget in enumerate((name, duty, places)):
                self._grid.addWidget(widget, number, at)
            self.fields.append((duty, places))
        self._grid.setRowStretch(len(experts) + 1, 1)
        self.ok_button.setEnabled(bool(experts))
        self.share.setEnabled(bool(experts))
        if self.fields:
            self.fields[0][0].setFocus(Qt.FocusReason.TabFocusReason)

    def _assemble(self) -> None:
        self.setWindowTitle(f"Обязанности экспертов: {self._group}")
        self.strip.hide()
        inside, area = QWidget(), QScrollArea(widgetResizable=True)
        inside.setProperty("look", "clear")
        inside.setLayout(self._grid)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self._grid.setContentsMargins(0, 0, 6, 0)
        self._grid.setColumnMinimumWidth(0, NAME)
        self._grid.setColumnMinimumWidth(2, PLACES)
        self._grid.setColumnStretch(1, 1)
        for at, title in enumerate(("Эксперт", "Обязанность (модуль, критерии)", "Рабочие места")):
            self._grid.addWidget(label(title, "muted"), 0, at)
        closer = Button("Отмена")
        closer.clicked.connect(lambda _checked: self.reject())
        self.share.clicked.connect(lambda _checked: self.propose())
        self.ok_button.clicked.connect(lambda _checked: self.save())
        self.ok_button.setDefault(True)
        for button in (closer, self.share):
            button.setAutoDefault(False)
        for button in (self.share, self.ok_button):
            button.setEnabled(False)
        layout = column(
            label(self.windowTitle(), "section"), label(TOLD, "soft", wrap=True), area, self.strip,
            row(self.share, None, closer, self.ok_button), spacing=10, margins=(20, 16, 20, 14),
        )  # fmt: skip
        layout.setStretch(2, 1)
        self.setLayout(layout)
        fit_window(self, SIZE, LEAST)
