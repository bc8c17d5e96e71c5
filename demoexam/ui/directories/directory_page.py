"""What the pages of the directories share: adding, deleting, writing in place, the empty state."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMessageBox, QWidget
from shiboken6 import Shiboken

from demoexam.errors import UserError
from demoexam.services.directory.writes import delete_records
from demoexam.services.records.records import change_record
from demoexam.text import counted
from demoexam.ui import dialogs
from demoexam.ui.cards import Action, EmptyState
from demoexam.ui.directories.record_form import RecordForm
from demoexam.ui.list_page import ListPage
from demoexam.ui.widgets import Button
from demoexam.ui.workspace import Workspace


class DirectoryPage(ListPage):
    """A list of one kind of record. Ins adds, Enter and F2 open the card, Del deletes with undo."""

    TABLE = ""
    ADD = ""  # «Новый эксперт»
    ONE = ""  # whose: «эксперта», for the words of operations

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.record_id = ""  # shown in the inspector

    def add(self) -> None:
        """Ask for what a new record needs."""
        raise NotImplementedError

    def delete_chosen(self) -> None:
        """Put the selected records into the basket; several are asked about first."""
        chosen = self.view.chosen_ids()
        if len(chosen) > 1:
            self._ask_deletion(chosen)
        elif chosen:
            self.delete(chosen)

    def delete(self, record_ids: Sequence[str]) -> None:
        some = f": {counted(len(record_ids), *self.NOUNS)}" if len(record_ids) > 1 else ""
        self.workspace.perform(
            delete_records, operation=f"удаление {self.ONE}{some}", table=self.TABLE,
            record_ids=list(record_ids),
        )  # fmt: skip

    def show_new(self, record_id: str) -> None:
        """Point at a record that was just made."""
        self.go_to({"id": record_id})

    def finish(self) -> None:
        """After `build`: the primary action and the keys."""
        self.set_primary(self.ADD, self.add)
        self.bind(QKeySequence.StandardKey.Delete, self.delete_chosen, self.view)
        self.remover = Button("Удалить выбранное", "trash-2", "small")
        self.remover.clicked.connect(self.delete_chosen)
        self.remover.hide()
        self.foot.addWidget(self.remover)
        self.view.selectionModel().selectionChanged.connect(self._tell_chosen)

    def bind(self, keys: Any, run: Any, owner: QWidget | None = None) -> None:
        """A key that works while the focus is on the page, or on `owner` alone."""
        context = Qt.ShortcutContext
        shortcut = QShortcut(QKeySequence(keys), owner or self)
        shortcut.setContext(context.WidgetShortcut if owner else context.WidgetWithChildrenShortcut)
        shortcut.activated.connect(run)

    def write_through(self, form: RecordForm) -> None:
        """Write each field of the form as it is left, as an operation of its own."""

        def write(name: str, value: object) -> None:
            def refuse(error: Exception) -> None:
                if Shiboken.isValid(form):  # the page may be gone by now
                    form.refuse(name, value, error)
                self.workspace.refused.emit(error)

            self.workspace.perform(
                change_record, operation=f"правка {self.ONE}: {form.title(name)}",
                on_refused=refuse, table=self.TABLE, record_id=self.record_id,
                values={name: value},
            )  # fmt: skip

        form.wrote.connect(write)

    def empty_state(self, icon: str, title: str, text: str) -> EmptyState:
        """Load from Excel, or add the first one by hand."""
        by_hand = Action("Добавить вручную", self.add, "plus")
        load = Action("Загрузить из Excel…", self.load_file, "upload")
        return EmptyState(icon, title, text, [load, by_hand])

    def load_button(self) -> Button:
        """The tool above the table."""
        button = Button("", "upload", "icon", name="Загрузить из Excel (Ctrl+I)")
        button.clicked.connect(self.load_file)
        return button

    def load_file(self) -> None:
        dialogs.open_dialog("import", self.workspace, self, files=[])

    def close_inspector(self) -> None:
        self.record_id = ""
        super().close_inspector()

    def leave_card(self, _error: UserError) -> None:
        """The record is not there any more."""
        self.close_inspector()

    @property
    def today(self) -> date:
        return date.today()

    def _tell_chosen(self) -> None:
        """Several rows chosen are told below the table, with what can be done to all of them."""
        chosen = len(self.view.chosen_rows())
        several = chosen > 1
        if several:
            self.count.setText(f"Выбрано: {counted(chosen, *self.NOUNS)}")
        elif self.remover.isVisibleTo(self):
            self._after_rows()
        self.remover.setVisible(several)

    def _ask_deletion(self, chosen: Sequence[str]) -> None:
        box = QMessageBox(self.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Удаление")
        box.setText(f"Удалить {counted(len(chosen), *self.NOUNS)}?")
        box.setInformativeText("Их можно вернуть: Ctrl+Z или «Отменить» внизу окна.")
        yes = box.addButton("Удалить", QMessageBox.ButtonRole.AcceptRole)
        no = box.addButton("Оставить", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        yes.clicked.connect(lambda: self.delete(chosen))
        box.open()
