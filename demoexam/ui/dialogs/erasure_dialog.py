"""«Удалить персональные данные»: says what goes and what stays, and asks twice."""

from functools import partial
from html import escape

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from demoexam.errors import UserError
from demoexam.services.records.erasure import OPERATION, ErasurePlan, erase_person, erasure_plan
from demoexam.text import counted
from demoexam.ui.cards import FindingStrip
from demoexam.ui.fields import Form, TextField
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, column, label, row
from demoexam.ui.workspace import Workspace

WIDTH = 560
WHAT = {
    "expert": "ФИО, телефон, e-mail, заметка, документ о согласии, номера свидетельств, должности "
    "и причины, а также всё это в истории записей",
    "examinee": "ФИО, заметки, а также всё это в истории записей",
}
STAYS = {
    "expert": "места работы, компетенции, сроки свидетельств{duties}: доля работодателей и "
    "отчёты не изменятся. Вместо имени будет «Удалённые данные»",
    "examinee": "место в группе{duties}. Вместо имени будет «Удалённые данные»",
}
WORDS = {
    "expert": ("назначение на экзамен", "назначения на экзамены", "назначений на экзамены"),
    "examinee": ("экзамен с баллами", "экзамена с баллами", "экзаменов с баллами"),
}
_COPIES = (
    "<b>Не тронет</b> резервные копии базы и напечатанные бумаги. Копии лежат рядом с базой "
    "({copies}, папка backups) и там, куда вы их сохраняли: удалите старые сами."
)


class ErasureDialog(QDialog):
    """The red button works once «понимаю» is ticked; Enter never presses it by itself."""

    def __init__(
        self, workspace: Workspace, parent: QWidget | None, *, table: str, record_id: str
    ) -> None:
        super().__init__(parent.window() if parent else None)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.workspace, self._table, self._record_id = workspace, table, record_id
        self.setWindowTitle("Удалить персональные данные")
        plan = workspace.read(partial(erasure_plan, table=table, record_id=record_id))
        self.reason = TextField("например: отозвал согласие")
        self.sure = QCheckBox("Понимаю: отменить это будет нельзя")
        self.strip = FindingStrip(Tone.BAD)
        self.strip.hide()
        form = Form()
        form.add("&Почему", self.reason)
        self.setLayout(
            column(
                label(f"Удалить персональные данные: {plan.name}", "section", wrap=True), 4,
                self._told(plan), form, self.sure, self.strip, None, self._make_buttons(),
                spacing=10, margins=(20, 16, 20, 16),
            )
        )  # fmt: skip
        self.setMinimumWidth(WIDTH)
        self.sure.toggled.connect(self.ok_button.setEnabled)
        if plan.done:
            self.sure.setEnabled(False)
            self.strip.show_finding(Tone.OK, "Персональные данные уже удалены.")

    def erase(self) -> None:
        self.ok_button.setEnabled(False)
        self.workspace.perform(
            erase_person, operation=OPERATION, on_done=self._finish, on_refused=self._refuse,
            table=self._table, record_id=self._record_id, reason=self.reason.value().strip(),
        )  # fmt: skip

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reason.setFocus()

    def _told(self, plan: ErasurePlan) -> QWidget:
        duties = f" и {counted(plan.duties, *WORDS[self._table])}" if plan.duties else ""
        copies = escape(str(self.workspace.store.path.parent))
        said = (
            f"<b>Исчезнет</b> на всех компьютерах после обмена: {WHAT[self._table]}.",
            f"<b>Останется:</b> {STAYS[self._table].format(duties=duties)}.",
            _COPIES.format(copies=copies),
        )
        box = QWidget()
        box.setLayout(column(*(label(each, wrap=True) for each in said), spacing=8))
        return box

    def _make_buttons(self) -> QWidget:
        self.ok_button = Button("Удалить навсегда", "trash-2", "danger")
        self.ok_button.setAutoDefault(False)
        self.ok_button.setEnabled(False)
        self.ok_button.clicked.connect(self.erase)
        folder = Button("Показать копии", "folder-open", "link")
        folder.setAutoDefault(False)
        folder.clicked.connect(self._show_copies)
        cancel = Button("Отмена")
        cancel.setDefault(True)
        cancel.clicked.connect(self.reject)
        box = QWidget()
        box.setLayout(row(folder, None, cancel, self.ok_button, spacing=8))
        return box

    def _show_copies(self) -> None:
        place = self.workspace.store.path.parent
        copies = place / "backups"
        shown = copies if copies.is_dir() else place
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(shown)))

    def _finish(self, _rows: object) -> None:
        self.accept()

    def _refuse(self, error: UserError) -> None:
        self.ok_button.setEnabled(self.sure.isChecked())
        self.strip.show_finding(Tone.BAD, escape(f"{error} {error.hint}".strip()))
