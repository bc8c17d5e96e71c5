"""The exchange in the window's frame: status bar, badge, questions, and the wait at the end."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from demoexam.errors import UserError
from demoexam.text import counted
from demoexam.ui import dialogs
from demoexam.ui.cards import Action, FindingStrip
from demoexam.ui.syncing import words
from demoexam.ui.syncing.exchanger import TITLE, local_now
from demoexam.ui.tokens import Tone

if TYPE_CHECKING:
    from demoexam.ui.main_window import MainWindow
    from demoexam.ui.workspace import Workspace

LEAVE_MS = 10_000  # the window waits no longer for its last exchange


class WindowSync(QObject):
    """Made when the window has settled; follows its workspace's exchanger."""

    def __init__(self, window: "MainWindow", workspace: "Workspace") -> None:
        super().__init__(window)
        self._window, self.exchanger = window, workspace.exchanger
        self._leaving = False
        self._strip: FindingStrip | None = None
        self.exchanger.changed.connect(self._show)
        self.exchanger.questioned.connect(self.ask)
        self.exchanger.failed.connect(self._tell_failure)
        self.exchanger.ended.connect(self._go_on_leaving)
        workspace.changed.connect(self._name_college)
        self._show()
        self.exchanger.begin()

    def keeps_open(self) -> bool:
        """Whether the window must stay for a moment: edits that wait are being sent."""
        state = self.exchanger.state
        if self._leaving or state is None or not state.connected or not self.exchanger.period:
            return False
        if not state.unsent or self.exchanger.question is not None:
            return False
        self._leaving = True
        self._tell_leaving(state.unsent)
        self.exchanger.exchange()
        QTimer.singleShot(LEAVE_MS, self, self.close_now)
        return self.exchanger.running is not None

    def close_now(self) -> None:
        """Stop waiting; what was not sent goes at the next exchange."""
        self._leaving = True
        self.exchanger.stop()
        self._window.close()

    def leave(self) -> None:
        """The window turns to another store."""
        self.exchanger.workspace.changed.disconnect(self._name_college)
        self.exchanger.changed.disconnect(self._show)
        self.exchanger.questioned.disconnect(self.ask)
        self.exchanger.failed.disconnect(self._tell_failure)
        self.exchanger.ended.disconnect(self._go_on_leaving)
        self.exchanger.stop()
        self._window.status.show_sync("")
        self._window.navigation.buttons["sync"].show_badge("", Tone.WARN)
        self.deleteLater()

    def ask(self, error: UserError) -> None:
        """A question which only a person can answer: the hub was restored, or is another one."""
        dialogs.open_dialog("hub question", self.exchanger.workspace, self._window, error=error)

    def _tell_failure(self, error: UserError) -> None:
        """The page of the exchange tells it itself; elsewhere the window's strip does."""
        if not self._window.navigation.buttons["sync"].isChecked():
            self.exchanger.workspace.refused.emit(error)

    def _show(self) -> None:
        state = self.exchanger.state
        if state is None:
            return
        number = words.waits(state) if state.connected else 0
        button = self._window.navigation.buttons["sync"]
        button.show_badge(str(number) if number else "", Tone.WARN, words.badge_words(state))
        self._window.status.show_sync(*self._line())

    def _name_college(self, tables: frozenset[str]) -> None:
        """The college of this desktop may have become known by the exchange."""
        if {"organization", "setting"} & tables:
            from demoexam.services.plan.overview import college_name

            name = self._window.navigation.show_college
            self.exchanger.workspace.load(college_name, name, slot="college name")

    def _line(self) -> tuple[str, str]:
        state = self.exchanger.state
        if state is None or not state.connected:
            return "", Tone.OK
        if self.exchanger.running is not None:
            return "идёт обмен…", Tone.ACCENT
        if self.exchanger.told:
            return self.exchanger.told, Tone.OK
        return words.state_words(state, local_now())

    def _tell_leaving(self, unsent: int) -> None:
        if self._strip is None:
            self._strip = self._window.add_strip(Tone.ACCENT)
        edits = counted(unsent, *words.EDITS_OF)
        self._strip.show_finding(
            Tone.ACCENT,
            f"<b>{TITLE}.</b> Отправляем {edits}, окно закроется само.",
            [Action("Закрыть, не дожидаясь", self.close_now)],
        )

    def _go_on_leaving(self) -> None:
        if self._leaving:
            self._window.close()
