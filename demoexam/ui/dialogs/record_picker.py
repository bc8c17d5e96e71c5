"""A field in which one types a few letters and takes a record from the list that opens."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit
from sqlalchemy.orm import Session

from demoexam.services.records import choices
from demoexam.text import fold
from demoexam.ui import icons
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import restyle
from demoexam.ui.workspace import Workspace

Finder = Callable[[Session, str], Sequence[tuple[str, str]]]
NOT_CHOSEN = "Выберите из списка: начните вводить название."


class RecordPicker(QLineEdit):
    """Its value is the id of a record of `table`, or None while it is empty."""

    written = Signal(object)

    def __init__(
        self, workspace: Workspace, table: str, placeholder: str = "Начните вводить…",
        *, find: Finder | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._workspace, self._table = workspace, table
        self._find: Finder = find or (
            lambda session, typed: choices.find_choices(session, table=table, typed=typed)
        )
        self._value: str | None = None
        self._shown, self._problem = "", ""
        self._offered: dict[str, str] = {}
        self.setPlaceholderText(placeholder)
        self.addAction(icons.icon("search", "faint"), QLineEdit.ActionPosition.LeadingPosition)
        self._list = QStringListModel(self)
        self._completer = QCompleter(self._list, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(10)
        self._completer.activated.connect(self._take)
        self.setCompleter(self._completer)
        self.textEdited.connect(self._offer)
        self.editingFinished.connect(self._leave)

    def value(self) -> str | None:
        return self._value

    def show_value(self, value: str | None) -> None:
        self._value = value
        read = partial(choices.label_of, table=self._table, record_id=value)
        self._shown = self._workspace.read(read) if value else ""
        self.setText(self._shown)
        self.setCursorPosition(0)
        self.show_problem("")

    def show_problem(self, text: str) -> None:
        self._problem = text
        self.setToolTip(text)
        self.setAccessibleDescription(text)
        restyle(self, tone=Tone.BAD if text else "")

    def problem(self) -> str:
        return self._problem

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            self.show_value(self._value)
        elif event.key() == Qt.Key.Key_Down and not self._is_open():
            self._offer(self.text() if self.text() != self._shown else "")
            self._completer.complete()
        else:
            super().keyPressEvent(event)

    def _is_open(self) -> bool:
        popup = self._completer.popup()
        return popup is not None and popup.isVisible()

    def _offer(self, typed: str) -> None:
        found = self._workspace.read(lambda session: self._find(session, typed.strip()))
        self._offered = {text: ident for ident, text in found}
        self._list.setStringList(list(self._offered))

    def _take(self, text: str) -> None:
        if text in self._offered:
            self._become(self._offered[text], text)

    def _leave(self) -> None:
        typed = self.text().strip()
        if self._is_open() or typed == self._shown:
            return
        if not typed:
            self._become(None, "")
            return
        self._offer(typed)
        exact = [text for text in self._offered if fold(text).startswith(fold(typed))]
        if len(self._offered) == 1 or len(exact) == 1:
            text = exact[0] if exact else next(iter(self._offered))
            self._become(self._offered[text], text)
        else:
            self.show_problem(NOT_CHOSEN)

    def _become(self, value: str | None, text: str) -> None:
        changed = value != self._value
        self._value, self._shown = value, text
        self.setText(text)
        self.setCursorPosition(0)
        self.show_problem("")
        if changed:
            self.written.emit(value)
