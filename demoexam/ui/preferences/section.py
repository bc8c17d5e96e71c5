"""What every section of Настройки is: a scrolling column of cards."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from sqlalchemy.orm import Session

from demoexam.errors import UserError
from demoexam.ui.cards import Card
from demoexam.ui.fields import Field
from demoexam.ui.page import scrolled
from demoexam.ui.widgets import column, fill
from demoexam.ui.workspace import Workspace

WIDTH = 760


class Section(QWidget):
    """Subclasses add cards in `__init__` and fill their fields in `show_values`."""

    TITLE = ""
    ICON = "settings"

    whole = Signal(bool)  # it wants the list of sections out of its way, or back

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.lay_out()

    def lay_out(self) -> None:
        """A scrolling column of cards; a section of another shape has its own."""
        inside = QWidget()
        inside.setMaximumWidth(WIDTH)
        self._cards = column(spacing=14, margins=(0, 0, 12, 0))
        inside.setLayout(column(self._cards, None))
        fill(QHBoxLayout(self), scrolled(inside), spacing=0)

    def show_values(self, session: Session) -> None:
        """Fill the fields from the store; a short look."""

    def card(self, title: str, remark: str = "") -> Card:
        made = Card(title, remark)
        self._cards.addWidget(made)
        return made

    def write_with(
        self, field: Field, service: Callable[..., object], operation: str, **facts: object
    ) -> None:
        """Let `field` perform `service(value=…)` when it is written; a refusal marks the field."""
        name = str(facts.pop("named", "value"))

        def refuse(error: UserError) -> None:
            field.show_problem(f"{error} {error.hint}")
            self.workspace.refused.emit(error)

        def write(value: object) -> None:
            self.workspace.perform(
                partial(service, **{**facts, name: value}), operation=operation, on_refused=refuse
            )

        field.written.connect(write)
