"""The page shown instead of a store that cannot be opened: why, and what to do."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from demoexam.errors import UserError
from demoexam.ui.cards import Action, EmptyState
from demoexam.ui.widgets import fill


class Trouble(QWidget):
    """The error's sentence as the title, its advice below, and the ways on as buttons."""

    def __init__(self, error: UserError, actions: Sequence[Action]) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.state = EmptyState("triangle-alert", str(error), error.hint, actions)
        self.state.title.setWordWrap(True)
        fill(QVBoxLayout(self), self.state)


class Waiting(QWidget):
    """What stands in the window while a store is being made or brought up to date."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setProperty("look", "page")
        fill(QVBoxLayout(self), EmptyState("database", text, "Это займёт несколько секунд."))
