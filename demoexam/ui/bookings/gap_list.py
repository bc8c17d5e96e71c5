"""The dates that a weekly series lacks, each with a button that adds it back."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from demoexam.errors import UserError
from demoexam.services.bookings.series import Gap, add_back, gaps
from demoexam.text import short_date
from demoexam.ui.widgets import Button, clear, column, label, row
from demoexam.ui.workspace import Workspace

SHOWN = 5


class GapList(QWidget):
    """Hidden while the series lacks nothing."""

    refused = Signal(object)  # a UserError

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace, self._booking = workspace, ""
        self._lines = column(spacing=2)
        self.more = label("", "muted")
        self.setLayout(
            column(label("Пропущенные даты повтора", "strong"), self._lines, self.more, spacing=2)
        )
        self.buttons: list[Button] = []
        self.hide()

    def show_series(self, booking_id: str) -> None:
        """Look up what the series of a booking lacks."""
        self._booking = booking_id
        query = partial(gaps, booking_id=booking_id)
        self._workspace.load(query, self._show, slot="booking gaps", on_refused=self._pass_on)

    def _show(self, found: Sequence[Gap]) -> None:
        clear(self._lines)
        self.buttons = []
        for gap in found[:SHOWN]:
            button = Button("Вернуть", "plus", "small")
            button.setAutoDefault(False)
            button.setAccessibleName(f"Вернуть {short_date(gap.day)}")
            button.clicked.connect(partial(self._add, gap.day))
            self.buttons.append(button)
            self._lines.addLayout(row(label(str(gap)), None, button))
        left = len(found) - SHOWN
        self.more.setText(f"и ещё {left}")
        self.more.setVisible(left > 0)
        self.setVisible(bool(found))

    def _add(self, day: date) -> None:
        self._workspace.perform(
            add_back, operation=f"бронь повтора на {short_date(day)}", on_done=self._again,
            on_refused=self._pass_on, booking_id=self._booking, day=day,
        )  # fmt: skip

    def _again(self, _made: object) -> None:
        self.show_series(self._booking)

    def _pass_on(self, error: UserError) -> None:
        self.refused.emit(error)
