"""The filter of «Расписание»: the field over the board, the bar below it, what they find."""

from datetime import datetime

from PySide6.QtCore import QObject, Qt, Signal

from demoexam.rules.moves import MoveJudge
from demoexam.services.season.season import Season
from demoexam.ui.list_page import FilterEdit
from demoexam.ui.schedule.filter_bar import FilterBar
from demoexam.ui.schedule.filtering import Finder


class Search(QObject):
    """`shown` comes with the ids found (None: all are) and the words typed."""

    shown = Signal(object, str)
    stepped = Signal(str)  # to this exam
    closed = Signal()

    def __init__(self, field: FilterEdit, parent: QObject) -> None:
        super().__init__(parent)
        self.field, self.bar = field, FilterBar()
        self.found: frozenset[str] | None = None
        self._finder: Finder | None = None
        field.textChanged.connect(self._type)
        self.bar.changed.connect(self.look)
        self.bar.cleared.connect(self.close)

    @property
    def open(self) -> bool:
        return not self.bar.isHidden()

    def show_season(self, season: Season, judge: MoveJudge | None) -> None:
        """Look through other data, or through the same with other findings."""
        self._finder = Finder(season, judge)
        if self.open:
            self.bar.show_choices(self._finder)
        self.look()

    def begin(self) -> None:
        """Ctrl+F: the keyboard goes to the field, the bar is there."""
        self._show_bar()
        self.look()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def close(self) -> None:
        """Show every exam again."""
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self.bar.reset()
        self.look()
        self.bar.hide()
        self.closed.emit()

    def look(self) -> None:
        """Find anew, and tell what is found."""
        if self._finder is None:
            return
        wish = self.bar.wish(self.field.text())
        self.found = self._finder.found(wish)
        number = None if self.found is None else len(self.found)
        self.bar.show_count(number, len(self._finder.chips))
        self.shown.emit(self.found, wish.text)

    def step(self, steps: int, here: str) -> None:
        """To the next exam found, or the one before, round and round by their dates."""
        ids = self.order()
        if ids and here in ids:
            self.stepped.emit(ids[(ids.index(here) + steps) % len(ids)])
        elif ids:
            self.stepped.emit(ids[0 if steps > 0 else -1])

    def order(self) -> list[str]:
        """What is found by date; what waits for one comes last."""
        chips = self._finder.chips if self._finder is not None and self.found is not None else ()
        found = [chip for chip in chips if chip.id in (self.found or ())]
        found.sort(key=lambda chip: (chip.starts_at or datetime.max, chip.id))
        return [chip.id for chip in found]

    def _type(self, text: str) -> None:
        if text:
            self._show_bar()
        self.look()

    def _show_bar(self) -> None:
        if not self.open and self._finder is not None:
            self.bar.show_choices(self._finder)
            self.bar.show()
