"""A small form over the window for one record: Enter writes it, Esc leaves all as it was."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from demoexam.errors import UserError
from demoexam.services.directory.writes import delete_records, save_record
from demoexam.ui.cards import Action, FindingStrip
from demoexam.ui.fields import Form
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, column, label, row
from demoexam.ui.workspace import Workspace

WIDTH = 460


class RecordDialog(QDialog):
    """Subclasses call `ask(...)` for each field. `fixed` values are written with the others."""

    saved = Signal(str)  # the record's id

    TABLE = ""
    NEW = ""  # title and words of the operation: «новое свидетельство»
    CHANGE = ""  # «правка свидетельства»
    DELETE = ""  # «удаление свидетельства»; "" for what cannot be deleted here

    def __init__(
        self, workspace: Workspace, parent: QWidget, *, record_id: str = "",
        values: Mapping[str, Any] | None = None, fixed: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.workspace, self.record_id = workspace, record_id
        self._given, self._fixed = dict(values or {}), dict(fixed or {})
        self._fields: dict[str, Any] = {}
        self._needed: dict[str, str] = {}
        operation = self.CHANGE if record_id else self.NEW
        self.operation = operation
        self.setWindowTitle(operation[:1].upper() + operation[1:])
        self.form, self.below = Form(), column(spacing=8)
        self.strip = FindingStrip(Tone.BAD)
        self.strip.hide()
        self._buttons = self._make_buttons()
        self.setLayout(
            column(
                label(self.windowTitle(), "section"), 6, self.form, self.below, self.strip, None,
                self._buttons, spacing=8, margins=(20, 16, 20, 16),
            )
        )  # fmt: skip
        self.setMinimumWidth(WIDTH)

    def ask(self, name: str, title: str, field: Any, *, needed: bool = False) -> Any:
        """Add a field for a column; a `needed` one must not stay empty."""
        self.form.add(title, field)
        if name in self._given:
            field.show_value(self._given[name])
        self._fields[name] = field
        if needed:
            self._needed[name] = title
        return field

    def values(self) -> dict[str, Any]:
        """What will be written."""
        typed = {name: _value(field) for name, field in self._fields.items()}
        return self._fixed | typed

    def save(self) -> None:
        self._commit_typing()
        if self._complain():
            return
        self.write(self.values())

    def write(self, values: Mapping[str, Any]) -> None:
        """Queue the write; the dialog closes when it is done and stays when it is refused."""
        self.ok_button.setEnabled(False)
        self.workspace.perform(
            save_record, operation=self.operation, on_done=self.finish, on_refused=self.refuse,
            table=self.TABLE, record_id=self.record_id, values=dict(values),
        )  # fmt: skip

    def finish(self, record_id: str) -> None:
        self.saved.emit(record_id)
        self.accept()

    def refuse(self, error: UserError) -> None:
        self.tell(f"{error} {error.hint}".strip())

    def tell(self, text: str, tone: str = Tone.BAD, *actions: Action) -> None:
        """Say what stands against writing."""
        self.ok_button.setEnabled(True)
        self.strip.show_finding(tone, text, actions)

    def delete(self) -> None:
        self.workspace.perform(
            delete_records, operation=self.DELETE, on_done=self._close,
            on_refused=self.refuse, table=self.TABLE, record_ids=[self.record_id],
        )  # fmt: skip

    def showEvent(self, event: QShowEvent) -> None:
        """One starts typing in the first field."""
        super().showEvent(event)
        first: QWidget | None = next(iter(self._fields.values()), None)
        if first is not None:
            first.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if pressed and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        else:
            super().keyPressEvent(event)

    def _make_buttons(self) -> Any:
        self.ok_button = Button("Сохранить" if self.record_id else "Добавить", look="primary")
        self.ok_button.setDefault(True)
        self.ok_button.clicked.connect(self.save)
        self.cancel_button = Button("Отмена")
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.reject)
        buttons = row(None, self.cancel_button, self.ok_button, spacing=8)
        if self.record_id and self.DELETE:
            remover = Button("Удалить", "trash-2")
            remover.setAutoDefault(False)
            remover.clicked.connect(self.delete)
            buttons.insertWidget(0, remover)
        return buttons

    def _close(self, _result: object) -> None:
        self.accept()

    def _commit_typing(self) -> None:
        """A field is written when it is left; leave it."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused) and focused is not self.ok_button:
            focused.clearFocus()
            focused.setFocus()

    def _complain(self) -> bool:
        for field in self._fields.values():
            problem = getattr(field, "problem", str)()
            if problem:
                self.tell(problem)
                field.setFocus()
                return True
        for name, title in self._needed.items():
            if _value(self._fields[name]) in {None, ""}:
                self.tell(f"Заполните поле «{title.replace('&', '')}».")
                self._fields[name].setFocus()
                return True
        return False


def _value(field: Any) -> Any:
    value = field.value()
    return " ".join(value.split(" ")).strip() if isinstance(value, str) else value
