"""The strips under the board and the list: many exams at once, a day's copy, a typed place."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from demoexam.services.season.season import Chip
from demoexam.ui.schedule.bulk_bar import Bar, BulkBar, CopyBar
from demoexam.ui.schedule.place_bar import PlaceBar
from demoexam.ui.widgets import fill, restyle


class Bars(QWidget):
    """Each has the keyboard while it is asked something; `left` gives it back."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.bulk, self.copying, self.placing = BulkBar(), CopyBar(), PlaceBar()
        self._all: Sequence[Bar] = (self.placing, self.copying, self.bulk)
        self.setLayout(fill(QVBoxLayout(), *self._all, spacing=6))
        for bar in self._all:
            restyle(bar, look="card")
            bar.hide()
        self.bulk.left.connect(self._leave)
        for bar in (self.copying, self.placing):
            bar.left.connect(bar.hide)
            bar.left.connect(self._leave)
        self.hide()

    def show_chosen(self, chips: Sequence[Chip]) -> None:
        """What can be done to many comes when many are chosen."""
        self.bulk.setVisible(len(chips) > 1)
        if chips:
            self.bulk.show_number(len(chips), pinned=all(chip.pinned for chip in chips))
        self._fit()

    def open(self, bar: Bar) -> None:
        """Make room for one of them."""
        bar.show()
        self.show()

    def _leave(self) -> None:
        self._fit()
        self.left.emit()

    def _fit(self) -> None:
        self.setVisible(any(not bar.isHidden() for bar in self._all))
